"""Papers that go with parcels and are no parcels: invoices, first-mile bundles, customs lines, what
a seller's own fleet reports, and what a warehouse confirms."""

from dataclasses import dataclass, field

from simulator.clock import EPOCH, Instant
from simulator.waiting import Inbox
from simulator.words import Word


class InvoiceStatus(Word):
    """As the platform says it (webhook 36)."""

    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    INVALID = "INVALID"


class Flaw(Word):
    """Why an invoice is INVALID (webhook 36)."""

    FAILED = "FAILED"
    """The file, or its access key, is no invoice's."""
    NOT_FOUND = "NOT_FOUND"
    NOT_AUTHORIZED = "NOT_AUTHORIZED"
    ACCESS_KEY_DUPLICATE = "ACCESS_KEY_DUPLICATE"


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """What was read in an invoice's file."""

    access_key: str = ""
    """44 digits; empty: there is none."""
    is_authorized: bool = False
    """The tax office's protocol is in it."""


OPEN: tuple[InvoiceStatus, ...] = (InvoiceStatus.PROCESSING, InvoiceStatus.SUCCESS)
"""Such an invoice stands: there is no room for another one."""


@dataclass(slots=True)
class Invoice:
    """The invoice of one parcel: the last one that was uploaded."""

    parcel_id: str
    order_id: str
    """The first of these, for the journal."""
    order_ids: tuple[str, ...]
    file: InvoiceFile
    uploaded_at: Instant
    inbox: Inbox
    status: InvoiceStatus = InvoiceStatus.PROCESSING
    flaw: Flaw | None = None
    due_at: Instant = EPOCH
    """When it has been looked at."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Parcels of several orders that go to the platform's warehouse in one piece."""

    id: str
    shop_id: str
    order_ids: tuple[str, ...]
    handover: str
    provider_id: str
    tracking_number: str
    phone_tail: str
    created_at: Instant


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """What is declared to be in one line item: a SKU, how many, and its share of the price."""

    sku_id: str
    quantity: int
    percent: int


@dataclass(slots=True)
class Declaration:
    """What is declared to customs about one order."""

    order_id: str
    lines: dict[str, list[CustomsLine]] = field(default_factory=dict)
    """By line item."""


@dataclass(frozen=True, slots=True)
class Report:
    """One line of what a seller tells of a parcel that the own fleet drives."""

    code: int
    at_millis: int
    words: str
    failed_reason: str = ""
    proof: str = ""


@dataclass(slots=True)
class Journey:
    """A parcel of the seller's own fleet, as the seller tells of it."""

    parcel_id: str
    order_id: str
    reports: list[Report] = field(default_factory=list)
    failed_reason: str = ""
    """Why the last attempt failed, or the last."""
    proof: str = ""
    """Of the delivery: where the file is."""
    proof_type: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a warehouse says of a parcel that has left it. Times in milliseconds, as it says them.

    They are no facts of the world: who confirms may err.
    """

    parcel_id: str
    warehouse_id: str
    wms_order_id: str
    created_millis: int
    shipped_millis: int
    handed_over_millis: int
    tracking_number: str
