"""Facts of a voyage: orders, parcels, vans, deadlines, and where orders come from."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact, OrderMoved


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
    channel: str = "direct"
    """X1-X3: how the goods are to reach the buyer."""
    independent: bool = False
    """M4: bought in a shop of the seller's own, of which the platform knows nothing."""


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
