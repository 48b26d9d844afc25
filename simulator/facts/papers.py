"""Facts of papers: invoices, bundles, customs, and what own fleets and warehouses say."""

from dataclasses import dataclass

from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class InvoiceMoved(OrderFact):
    """The parcel's invoice was uploaded, or looked at. *flaw* says why it is invalid."""

    parcel_id: str
    status: str
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class OrdersBundled(Fact):
    """Their parcels go to the platform's warehouse in one piece."""

    bundle_id: str
    order_ids: tuple[str, ...]
    handover: str


@dataclass(frozen=True, slots=True)
class CustomsDeclared(OrderFact):
    """What is in these line items, for customs."""

    line_item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FleetSetOut(OrderFact):
    """The seller's own fleet drives the parcel: nobody else will scan it."""

    parcel_id: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class FleetReported(OrderFact):
    """The seller's word about such a parcel. *word* is what it means, *detail* the reason."""

    parcel_id: str
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WarehouseConfirmed(OrderFact):
    """A warehouse says that the parcel has left it."""

    parcel_id: str
    warehouse_id: str
