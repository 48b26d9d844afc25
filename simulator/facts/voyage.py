"""Facts of a voyage: orders, parcels, vans, deadlines, and where orders come from."""

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact, OrderMoved, fact


@fact
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


@fact
class OrderPaid(OrderMoved):
    """The buyer paid; on hold for the remorse hour, or at once awaiting shipment."""


@fact
class OrderReleased(OrderMoved):
    """The remorse hour is over: the seller may see the address and ship."""


@fact
class OrderPartlyShipped(OrderMoved):
    """The seller has shipped some of its line items, and owes the rest."""


@fact
class OrderReadyToShip(OrderMoved):
    """Platform shipping: packed, labelled and set ready to ship (D1)."""


@fact
class OrderMarkedShipped(OrderMoved):
    """Seller shipping: the seller said so, with a number and a carrier (D5)."""

    carrier: str
    tracking_number: str


@fact
class OrderShipped(OrderMoved):
    """Delivery has started: every parcel has its first carrier scan (D3)."""


@fact
class OrderDelivered(OrderMoved):
    """Every parcel was signed for (S1)."""


@fact
class OrderCompleted(OrderMoved):
    """No return and no refund any more."""


@fact
class OrderCancelled(OrderMoved):
    reason: str
    by: str


@fact
class CancellationMoved(OrderFact):
    """A cancellation was asked for, granted, withdrawn or refunded."""

    cancellation_id: str
    status: str
    by: str


@fact
class AddressChanged(OrderFact):
    """The buyer wants the parcel elsewhere."""


@fact
class ParcelCreated(OrderFact):
    parcel_id: str


@fact
class ParcelBooked(OrderFact):
    """A carrier has been told of the parcel, and its label bears this number."""

    parcel_id: str
    carrier: str
    tracking_number: str
    handover: str


@fact
class CarrierNotified(OrderFact):
    """Ready to ship reached the designated carrier, who owes a pickup by *due* (D2)."""

    parcel_id: str
    carrier: str
    due: Instant


@fact
class ParcelScanned(OrderFact):
    """A carrier's scan, in the canonical vocabulary, at a place with its own time zone."""

    parcel_id: str
    scan: str
    place: str
    timezone: str


@fact
class RuleBreached(OrderFact):
    """A rule's due time passed unmet. *cause* says what was missing, in one word or two."""

    rule: str
    due: Instant
    liable: str
    cause: str


@fact
class TrackingAnomaly(OrderFact):
    """The platform's look at third-party tracking data found something wrong (S2)."""

    tracking_number: str
    anomaly: str


@fact
class CarrierHeld(Fact):
    """A carrier's vans stay in until *until*."""

    carrier: str
    until: Instant


@fact
class RoundSkipped(Fact):
    """A pickup round did not take place; *waiting* parcels stood at the doors."""

    carrier: str
    city: str
    waiting: int
    cause: str = "held"
    """``held`` or ``skipped`` by hand, ``no_capacity``, ``strike`` or ``weather``."""


@fact
class VanFull(Fact):
    """A pickup round left *left* parcels behind."""

    carrier: str
    city: str
    left: int


@fact
class DemandAdded(Fact):
    """A source of orders was opened."""

    source: str
    rhythm: str


@fact
class DemandEnded(Fact):
    """A source brings no more orders; *cause* says whether all were placed, its time was over, or
    somebody stopped it."""

    source: str
    placed: int
    cause: str
