"""A refund, a return or a replacement: on the platform one kind of request (section 8).

It passes through the statuses of its table, and no others. The numbers are ``terms.ReturnTerms``;
statuses and who moves them are the platform's (§8), which takes ``buyer_shipped`` and ``received``
for one.
"""

from dataclasses import dataclass, field
from typing import Final

from simulator.clock import EPOCH, Instant
from simulator.errors import WrongStatus
from simulator.orders.model import Party
from simulator.waiting import Inbox
from simulator.words import Word


class Kind(Word):
    """What is asked for."""

    REFUND = "refund"
    """The money; the goods are kept, or have not come."""
    RETURN = "return_and_refund"
    """The money, for the goods."""
    REPLACEMENT = "replacement"
    """Other goods. Nothing is sent back (§8: granted, a new order is made)."""


class ReturnStatus(Word):
    """Where it stands."""

    REQUESTED = "requested"
    """Waits for the seller's answer."""
    OFFERED = "offered"
    """The seller offers a part of the money; waits for the buyer's answer."""
    REJECTED = "rejected"
    """Turned down; the buyer may turn to the platform."""
    AWAITING_GOODS = "awaiting_buyer_ship"
    SENT_BACK = "buyer_shipped"
    RECEIVED = "received"
    """The seller has the goods, and time to look at them."""
    RECEIPT_REJECTED = "receipt_rejected"
    """The seller will not pay for what came; the buyer may turn to the platform."""
    GRANTED = "granted"
    COMPLETED = "completed"
    """The money is back, or other goods are ordered."""
    CLOSED = "closed"
    """Withdrawn, given up, or decided for the seller."""


NEXT: Final = {
    ReturnStatus.REQUESTED: {
        ReturnStatus.OFFERED,
        ReturnStatus.REJECTED,
        ReturnStatus.AWAITING_GOODS,
        ReturnStatus.GRANTED,
        ReturnStatus.CLOSED,
    },
    ReturnStatus.OFFERED: {
        ReturnStatus.REQUESTED,
        ReturnStatus.RECEIPT_REJECTED,
        ReturnStatus.GRANTED,
        ReturnStatus.CLOSED,
    },
    ReturnStatus.REJECTED: {
        ReturnStatus.AWAITING_GOODS,
        ReturnStatus.GRANTED,
        ReturnStatus.CLOSED,
    },
    ReturnStatus.AWAITING_GOODS: {ReturnStatus.SENT_BACK, ReturnStatus.CLOSED},
    ReturnStatus.SENT_BACK: {ReturnStatus.RECEIVED, ReturnStatus.GRANTED, ReturnStatus.CLOSED},
    ReturnStatus.RECEIVED: {
        ReturnStatus.OFFERED,
        ReturnStatus.GRANTED,
        ReturnStatus.RECEIPT_REJECTED,
    },
    ReturnStatus.RECEIPT_REJECTED: {ReturnStatus.GRANTED, ReturnStatus.CLOSED},
    ReturnStatus.GRANTED: {ReturnStatus.COMPLETED},
    ReturnStatus.COMPLETED: set(),
    ReturnStatus.CLOSED: set(),
}

TURNED_DOWN: Final = (ReturnStatus.REJECTED, ReturnStatus.RECEIPT_REJECTED)
MAY_WITHDRAW: Final = (
    ReturnStatus.REQUESTED,
    ReturnStatus.REJECTED,
    ReturnStatus.AWAITING_GOODS,
)
"""As long as the goods are with the buyer."""


REFUND_WORDS: Final = {
    ReturnStatus.REQUESTED: "pending",
    ReturnStatus.OFFERED: "offered",
    ReturnStatus.REJECTED: "rejected",
    ReturnStatus.GRANTED: "granted",
    ReturnStatus.COMPLETED: "refunded",
    ReturnStatus.CLOSED: "closed",
}
"""The statuses of a refund, as its facts (``RefundMoved``) say them."""


class Shipment(Word):
    """Who arranges the way back."""

    PLATFORM = "platform"
    """Under a label of the platform's."""
    BUYER = "buyer_arrange"
    """The buyer finds a carrier, and uploads the number."""
    SELLER = "seller"
    """Under a label that the seller has uploaded."""


class Handover(Word):
    """How a carrier gets it from the buyer."""

    DROP_OFF = "drop_off"
    PICKUP = "pickup"


class Arbitration(Word):
    """What the platform says between buyer and seller (§8)."""

    IN_PROGRESS = "in_progress"
    SUPPORT_BUYER = "support_buyer"
    SUPPORT_SELLER = "support_seller"
    CLOSED = "closed"
    """Nobody asked in time, or the buyer gave up."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How the platform decides, and by what."""

    for_buyer: bool
    row: str
    """Of the liability table, or a word of our own."""
    payer: Party | None
    """Who bears what goes back to the buyer; ``None`` is the seller, whose sale it was."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that goes with what somebody says. Nobody looks at it: its sides are as they were
    told, in pixels."""

    id: str
    width: int = 0
    """Nothing: nobody said."""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody did or said about it."""

    at: Instant
    event: str
    """A status, or a word of our own."""
    by: Party
    text: str = ""
    reason: str = ""
    images: tuple[Image, ...] = ()


@dataclass(slots=True)
class Return:
    """One request about one order, and what became of it; or one part of a request that was
    divided."""

    id: str
    order_id: str
    luck: str
    """After what its draws are named."""
    kind: Kind
    reason: str
    asked_at: Instant
    inbox: Inbox
    due_at: Instant
    """When this status runs out; EPOCH: not by itself, the parcel that goes back decides."""
    status: ReturnStatus = ReturnStatus.REQUESTED
    updated_at: Instant = EPOCH
    tracking_number: str = ""
    """Of the parcel that goes back."""
    arbitration: Arbitration | None = None
    disputes: int = 0
    """How often the buyer has turned to the platform."""
    ruling: Ruling | None = None
    """The platform's latest."""
    replacement_id: str = ""
    """The order that was made for it."""
    by: Party = Party.BUYER
    """Who began it."""
    item_ids: list[str] = field(default_factory=list)
    """The line items that it is about."""
    amount_minor: int = 0
    """What goes back to the buyer, if it is granted."""
    is_whole: bool = True
    """Once it is granted, its items are done with: nothing more is to be had for them."""
    paid_minor: int = 0
    """What went back."""
    shipment: Shipment = Shipment.PLATFORM
    handover: Handover = Handover.DROP_OFF
    carrier: str = ""
    """Of the parcel that goes back."""
    parcel_id: str = ""
    """That parcel, once its carrier was told of it."""
    received_at: Instant = EPOCH
    keeps_goods: bool = False
    """The seller lets the buyer keep them."""
    offer_minor: int = 0
    """The part of the money that the seller offers."""
    offer_declined: bool = False
    previous_id: str = ""
    """The request that this one took the place of."""
    next_id: str = ""
    notes: list[Note] = field(default_factory=list)
    part_of: str = ""
    """The return that it was divided from; empty: it was asked for by itself."""
    line_numbers: list[int] = field(default_factory=list)
    """Which of the request's line items these are, counted from nothing, once it is divided."""

    @property
    def origin_id(self) -> str:
        """The return that was asked for: this one, or the one that it is a part of."""
        return self.part_of or self.id

    @property
    def is_open(self) -> bool:
        return self.status not in (ReturnStatus.COMPLETED, ReturnStatus.CLOSED)

    def require(self, *wanted: ReturnStatus) -> None:
        if self.status not in wanted:
            raise WrongStatus(self.id, self.status, " or ".join(wanted))

    def become(self, status: ReturnStatus, at: Instant, due_at: Instant = EPOCH) -> None:
        assert status in NEXT[self.status], (self.id, self.status, status)
        self.status, self.updated_at, self.due_at = status, at, due_at
