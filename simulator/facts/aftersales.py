"""Facts of buyers and of what they send back: chasing, refusing, returns, replacements."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import OrderFact


@dataclass(frozen=True, slots=True)
class BuyerChased(OrderFact):
    """The buyer asks where the parcel is, for the *nth* time."""

    nth: int


@dataclass(frozen=True, slots=True)
class ParcelUnwanted(OrderFact):
    """The buyer means to refuse the parcel when it comes to the door."""


@dataclass(frozen=True, slots=True)
class ReturnAsked(OrderFact):
    """The buyer wants to send the goods back, or to have others; the seller may answer by
    *answer_by*."""

    return_id: str
    wish: str
    reason: str
    answer_by: Instant


@dataclass(frozen=True, slots=True)
class ReturnMoved(OrderFact):
    """A return came to another status, by whose doing. *By* the platform: time ran out, or it
    decided."""

    return_id: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class ReturnDivided(OrderFact):
    """The seller decides differently about some line items of a refund, a return or a replacement:
    they go on as one of their own, *part_id*, with so much of its money."""

    return_id: str
    part_id: str
    item_ids: tuple[str, ...]
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ReturnDisputed(OrderFact):
    """The buyer does not take the seller's no: the platform looks at it."""

    return_id: str


@dataclass(frozen=True, slots=True)
class ReturnArbitrated(OrderFact):
    """Whom the platform supports, by which row of the liability table, and who bears the cost
    (nobody else than the seller: empty)."""

    return_id: str
    result: str
    row: str
    payer: str


@dataclass(frozen=True, slots=True)
class ReturnBooked(OrderFact):
    """A carrier has been told of the parcel that goes back, and knows it by this number. Its scans
    are ``ParcelScanned``, as every parcel's."""

    return_id: str
    parcel_id: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class OrderReplaced(OrderFact):
    """Other goods were ordered, for nothing, in place of what the order had brought."""

    return_id: str
    replacement_id: str


@dataclass(frozen=True, slots=True)
class CancellationTurnedDown(OrderFact):
    """Why the seller has turned a cancellation down, in the platform's words and in their own; the
    ids of the pictures that they show."""

    cancellation_id: str
    reason: str
    comment: str
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemsCancelled(OrderFact):
    """Single line items were cancelled, and the order goes on without them. They have left their
    parcels; of its own ones that held nothing else, the order has none any more."""

    cancellation_id: str
    item_ids: tuple[str, ...]
    parcels_gone: tuple[str, ...]
    reason: str
    by: str
