"""What happened. Past tense, immutable, enough to rebuild every read model.

A fact holds ids, names, whole numbers and instants; never an object of the model. Its *kind*, in
the journal and in every report, is its class's name.

* Fact
  - OrderFact: something about one order
    - OrderMoved: its status changed; ``status`` is the new one
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from simulator.clock import Instant


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in the world."""

    @property
    def kind(self) -> str:
        return type(self).__name__

    def values(self) -> object:
        """The fields' values, in their order: what the digest is taken over."""
        kind = type(self)
        read = _READERS.get(kind)
        if read is None:
            read = _READERS[kind] = attrgetter(*(field.name for field in fields(kind)))
        return read(self)


_READERS: Final[dict[type[Fact], Callable[[Fact], object]]] = {}


@dataclass(frozen=True, slots=True)
class OrderFact(Fact):
    order_id: str


@dataclass(frozen=True, slots=True)
class OrderMoved(OrderFact):
    status: str


@dataclass(frozen=True, slots=True)
class OrderPlaced(OrderMoved):
    """The buyer checked out. The fulfilment clock starts here (M3)."""

    shop_id: str
    mode: str
    amount_minor: int
    units: int
    city: str
    region: str
    """ISO 3166 code of the country it goes to."""
    source: str = ""
    """Which source of demand brought the buyer; empty: a command did."""


@dataclass(frozen=True, slots=True)
class OrderPaid(OrderMoved):
    """The buyer paid; on hold for the remorse hour, or at once awaiting shipment."""


@dataclass(frozen=True, slots=True)
class OrderReleased(OrderMoved):
    """The remorse hour is over: the seller may see the address and ship."""


@dataclass(frozen=True, slots=True)
class OrderReadyToShip(OrderMoved):
    """Platform shipping: packed, labelled and set ready to ship (D1)."""


@dataclass(frozen=True, slots=True)
class OrderMarkedShipped(OrderMoved):
    """Seller shipping: the seller said so, with a number and a carrier (D5)."""

    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class OrderShipped(OrderMoved):
    """Delivery has started: every parcel has its first carrier scan (D3)."""


@dataclass(frozen=True, slots=True)
class OrderDelivered(OrderMoved):
    """Every parcel was signed for (S1)."""


@dataclass(frozen=True, slots=True)
class OrderCompleted(OrderMoved):
    """No return and no refund any more."""


@dataclass(frozen=True, slots=True)
class OrderCancelled(OrderMoved):
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class CancellationMoved(OrderFact):
    """A cancellation was asked for, granted, withdrawn or refunded."""

    cancellation_id: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class AddressChanged(OrderFact):
    """The buyer wants the parcel elsewhere."""


@dataclass(frozen=True, slots=True)
class ParcelCreated(OrderFact):
    parcel_id: str


@dataclass(frozen=True, slots=True)
class ParcelBooked(OrderFact):
    """A carrier has been told of the parcel, and its label bears this number."""

    parcel_id: str
    carrier: str
    tracking_number: str
    handover: str


@dataclass(frozen=True, slots=True)
class CarrierNotified(OrderFact):
    """Ready to ship reached the designated carrier, who owes a pickup by *due* (D2)."""

    parcel_id: str
    carrier: str
    due: Instant


@dataclass(frozen=True, slots=True)
class ParcelScanned(OrderFact):
    """A carrier's scan, in the canonical vocabulary, at a place with its own time zone."""

    parcel_id: str
    scan: str
    place: str
    timezone: str


@dataclass(frozen=True, slots=True)
class RuleBreached(OrderFact):
    """A rule's due time passed unmet. *cause* says what was missing, in one word or two."""

    rule: str
    due: Instant
    liable: str
    cause: str


@dataclass(frozen=True, slots=True)
class TrackingAnomaly(OrderFact):
    """The platform's look at third-party tracking data found something wrong (S2)."""

    tracking_number: str
    anomaly: str


@dataclass(frozen=True, slots=True)
class CarrierHeld(Fact):
    """A carrier's vans stay in until *until*."""

    carrier: str
    until: Instant


@dataclass(frozen=True, slots=True)
class RoundSkipped(Fact):
    """A pickup round did not take place; *waiting* parcels stood at the doors."""

    carrier: str
    city: str
    waiting: int


@dataclass(frozen=True, slots=True)
class VanFull(Fact):
    """A pickup round left *left* parcels behind."""

    carrier: str
    city: str
    left: int


@dataclass(frozen=True, slots=True)
class PackingDeclared(OrderFact):
    """The seller said how a parcel is packed; *broken* are the rules that this breaks (P1-P5)."""

    parcel_id: str
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelDeclared(OrderFact):
    """The seller said what a parcel's label is like; *broken* are rules of L1-L6."""

    parcel_id: str
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceAttached(OrderFact):
    """A photo or paper came on file, by its digest (H2)."""

    parcel_id: str
    document_id: str
    media_type: str
    sha256: str
    before_handover: bool


@dataclass(frozen=True, slots=True)
class CarrierComplaintFiled(OrderFact):
    """The seller complains to the platform about the order's logistics provider (C1). It will be
    decided by *decide_by*."""

    complaint_id: str
    carrier: str
    decide_by: Instant


@dataclass(frozen=True, slots=True)
class CarrierComplaintTakenUp(OrderFact):
    """The platform reviews it now."""

    complaint_id: str


@dataclass(frozen=True, slots=True)
class CarrierComplaintDecided(OrderFact):
    """Upheld, and then the carrier is liable; or rejected. *reason* says why."""

    complaint_id: str
    carrier: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class CarrierComplaintAppealed(OrderFact):
    """The seller does not take the rejection: it is under review once more."""

    complaint_id: str
    decide_by: Instant


@dataclass(frozen=True, slots=True)
class BreachWaived(OrderFact):
    """A breach does not count against the seller: the carrier was late (C1). It stays on record."""

    rule: str
    complaint_id: str


@dataclass(frozen=True, slots=True)
class BuyerComplained(OrderFact):
    """The buyer complains (C2); the seller may answer by *answer_by*."""

    complaint_id: str
    cause: str
    answer_by: Instant


@dataclass(frozen=True, slots=True)
class BuyerComplaintAnswered(OrderFact):
    """The seller accepted or contested it, or let the time pass (``silence``)."""

    complaint_id: str
    answer: str


@dataclass(frozen=True, slots=True)
class BuyerComplaintDecided(OrderFact):
    """Who is liable, by which row of the liability table, and what follows. Nobody: empty."""

    complaint_id: str
    row: str
    liable: str
    refund: str
    payer: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class BuyerComplaintClosed(OrderFact):
    """It is over, and so much was paid back."""

    complaint_id: str
    paid_minor: int


@dataclass(frozen=True, slots=True)
class DemandAdded(Fact):
    """A source of orders was opened."""

    source: str
    rhythm: str


@dataclass(frozen=True, slots=True)
class DemandEnded(Fact):
    """A source brings no more orders; *cause* says whether all were placed, its time was over, or
    somebody stopped it."""

    source: str
    placed: int
    cause: str
