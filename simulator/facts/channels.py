"""Facts of the channels: freight, goods abroad, suppliers, and independent shops' promises."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class FreightCharged(OrderFact):
    """What the carrier charges for a parcel, by its list when it was booked."""

    parcel_id: str
    carrier: str
    channel: str
    amount_minor: int
    currency: str
    subsidy_minor: int
    """Of that, what the platform pays (X5)."""


@dataclass(frozen=True, slots=True)
class StockMoved(Fact):
    """Counted goods in a warehouse were reserved, released, taken by a carrier, or have arrived
    (X2). What lies there, and what of it is reserved, is as it was afterwards."""

    warehouse_id: str
    sku_id: str
    cause: str
    units: int
    on_hand: int
    reserved: int
    order_id: str
    """For whom; empty: for nobody."""


@dataclass(frozen=True, slots=True)
class StockOut(Fact):
    """A source's buyer found too few in the warehouse, or the product off sale (none free);
    *instead* says what became of it."""

    source: str
    shop_id: str
    sku_id: str
    wanted: int
    free: int
    instead: str


@dataclass(frozen=True, slots=True)
class ConsignmentSent(Fact):
    """Goods are on their way to a warehouse abroad."""

    consignment_id: str
    warehouse_id: str
    sku_id: str
    units: int
    by: str
    due: Instant


@dataclass(frozen=True, slots=True)
class ConsignmentArrived(Fact):
    """They are there."""

    consignment_id: str
    warehouse_id: str
    sku_id: str
    units: int


@dataclass(frozen=True, slots=True)
class OrderPassedOn(OrderFact):
    """A supplier has the address, and has promised to ship by *promised_by* (X3)."""

    supplier: str
    promised_by: Instant


@dataclass(frozen=True, slots=True)
class SupplierRefused(OrderFact):
    """The supplier cannot ship; the order is the seller's again."""

    supplier: str
    reason: str


@dataclass(frozen=True, slots=True)
class SupplierShipped(OrderFact):
    """The supplier has handed it over, so many seconds later than was promised."""

    supplier: str
    late_s: int


@dataclass(frozen=True, slots=True)
class DeliveryExpected(OrderFact):
    """M4: the buyer of an independent shop still waits at the *due* instant. No rule is broken,
    and nobody is liable."""

    due: Instant
