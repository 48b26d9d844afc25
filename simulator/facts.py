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
class RefundMoved(OrderFact):
    """A refund was asked for by the buyer, granted, paid, or closed."""

    refund_id: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class RefundPaid(OrderFact):
    """Money went back to the buyer."""

    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReimbursementPaid(OrderFact):
    """The seller was paid for goods that the carrier or the platform lost to them."""

    amount_minor: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PenaltyCharged(OrderFact):
    """The order's failure cost its shop points, until *clears_at*, and money, or either."""

    shop_id: str
    rule: str
    points: int
    amount_minor: int
    clears_at: Instant


@dataclass(frozen=True, slots=True)
class ShopRestricted(Fact):
    """A shop's points have reached a milestone."""

    shop_id: str
    points: int
    sanction: str
