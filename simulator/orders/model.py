"""An order: what was bought, who ships it how, and the statuses it may pass through."""

from dataclasses import dataclass, field
from typing import Final

from simulator.channels.model import Channel
from simulator.clock import EPOCH, Instant
from simulator.errors import WrongStatus
from simulator.frozen import frozen
from simulator.orders.watch import Watch
from simulator.people import Address
from simulator.waiting import Inbox
from simulator.words import Word


class Status(Word):
    UNPAID = "UNPAID"
    ON_HOLD = "ON_HOLD"
    AWAITING_SHIPMENT = "AWAITING_SHIPMENT"
    PARTIALLY_SHIPPING = "PARTIALLY_SHIPPING"
    """The seller has shipped some of its line items; where the market splits so."""
    AWAITING_COLLECTION = "AWAITING_COLLECTION"
    IN_TRANSIT = "IN_TRANSIT"
    DELIVERED = "DELIVERED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


NEXT: Final = {
    Status.UNPAID: {Status.ON_HOLD, Status.AWAITING_SHIPMENT, Status.CANCELLED},
    Status.ON_HOLD: {Status.AWAITING_SHIPMENT, Status.CANCELLED},
    Status.AWAITING_SHIPMENT: {
        Status.PARTIALLY_SHIPPING,
        Status.AWAITING_COLLECTION,
        Status.CANCELLED,
    },
    Status.PARTIALLY_SHIPPING: {Status.AWAITING_COLLECTION, Status.CANCELLED},
    Status.AWAITING_COLLECTION: {Status.IN_TRANSIT, Status.COMPLETED, Status.CANCELLED},
    Status.IN_TRANSIT: {Status.DELIVERED, Status.COMPLETED, Status.CANCELLED},
    Status.DELIVERED: {Status.COMPLETED},
    Status.COMPLETED: set(),
    Status.CANCELLED: set(),
}
TO_SHIP: Final = (Status.AWAITING_SHIPMENT, Status.PARTIALLY_SHIPPING)
"""The seller has still something to ship."""


class Mode(Word):
    """Who chooses the carrier, and answers for it."""

    PLATFORM = "platform"
    """M1: a carrier that the platform designates."""
    SELLER = "seller"
    """M2: the seller's own."""


class Party(Word):
    """Who is liable, or who did it."""

    SELLER = "seller"
    CARRIER = "carrier"
    PLATFORM = "platform"
    BUYER = "buyer"


class CancellationStatus(Word):
    PENDING = "pending"
    GRANTED = "granted"
    REFUNDED = "refunded"
    CLOSED = "closed"


@dataclass(slots=True)
class Cancellation:
    """A wish to end the order, and what became of it."""

    id: str
    by: Party
    reason: str
    asked_at: Instant
    due_at: Instant
    """Silence grants it then."""
    status: CancellationStatus = CancellationStatus.PENDING
    moved_at: Instant = EPOCH
    """When its status last changed."""
    item_ids: tuple[str, ...] = ()
    """The line items that it is about."""
    is_request: bool = False
    """It asks the seller; otherwise it is done at once."""
    refund_minor: int = 0
    """What went back to the buyer for it."""
    closed_by: Party | None = None
    """Who ended it without effect: the buyer withdrew it, the seller turned it down, or the
    platform let it go, because the order had been shipped."""


@frozen
class LineItem:
    """One unit of one SKU: the platform has no quantities."""

    id: str
    sku_id: str
    price_minor: int


@dataclass(slots=True)
class Order:
    """One order of one shop."""

    id: str
    shop_id: str
    mode: Mode
    warehouse_id: str
    city: str
    """Where it ships from."""
    buyer_id: str
    address: Address
    items: list[LineItem]
    shipping_fee_minor: int
    placed_at: Instant
    inbox: Inbox
    watch: Watch
    luck: str
    """After what its draws, and its parcels', are named. Not its id: ids are counted, and one more
    source of orders would shift them all."""
    status: Status = Status.UNPAID
    updated_at: Instant = EPOCH
    """When the status last changed, as on the platform."""
    due_at: Instant = EPOCH
    """When this status runs out: what the order's life waits for, if no signal comes first."""
    paid_at: Instant = EPOCH
    has_hold: bool = False
    """It passes, or passed, ON_HOLD."""
    released_at: Instant = EPOCH
    """The remorse hour was over."""
    ready_at: Instant = EPOCH
    """Ready to ship (platform shipping), or marked shipped (seller shipping)."""
    shipped_at: Instant = EPOCH
    delivered_at: Instant = EPOCH
    completed_at: Instant = EPOCH
    cancelled_at: Instant = EPOCH
    parcel_ids: list[str] = field(default_factory=list)
    cancellation: Cancellation | None = None
    """The latest; earlier ones are closed, or were about single line items."""
    earlier_cancellations: tuple[Cancellation, ...] = ()
    cancelled_item_ids: tuple[str, ...] = ()
    """Line items that were cancelled singly, while the order went on."""
    cancel_reason: str = ""
    cancelled_by: Party | None = None
    moves: int = 0
    """How often the buyer changed the address."""
    breaches: list[str] = field(default_factory=list)
    """Rules broken, each once."""
    waived: tuple[str, ...] = ()
    """Of the broken rules, those that do not count against the seller (C1)."""
    behaviour: str = ""
    """Which simulated seller plays this order; empty: the integration does."""
    pays_at: Instant = EPOCH
    """When the buyer means to pay; EPOCH: not without being told to."""
    ready_by: Instant = EPOCH
    """D1's due time; like those below, known once the order is paid."""
    ship_by: Instant = EPOCH
    """D4's."""
    deliver_by: Instant = EPOCH
    """When buyers are promised the delivery, where the market promises one."""
    shipping_due: Instant = EPOCH
    """The platform cancels then, unless the seller's part is done; where the market does so."""
    collection_due: Instant = EPOCH
    """The same, unless there is a scan."""
    delivery_due: Instant = EPOCH
    """The same, unless it is delivered."""
    past_limit: str = ""
    """The limit at which the platform cancelled."""
    channel: Channel = Channel.DIRECT
    """X1-X3: by which way the goods reach the buyer."""
    independent: bool = False
    """M4: of a shop that the platform has no part in."""
    supplier: str = ""
    """X3: who has been given the address, and ships."""
    passed: int = 0
    """How often it was given to a supplier."""
    drafts: int = 1
    """How many parcels the platform drafts for it at payment."""
    drafted: int = 0
    """How many were ever drafted for it: the next one's luck is named after this."""
    customer: str = ""
    """The name under which its buyer comes back; empty: a buyer of this one order."""
    combines: bool = False
    """At payment the platform combines its parcels with others that fit."""
    temperament: str = ""
    """How its buyer behaves; empty: only as told to."""
    open_returns: list[str] = field(default_factory=list)
    """Refunds, returns and replacements that are not over: they keep the after-sales window
    open."""
    replaces: str = ""
    """The order whose goods it replaces, for nothing."""

    @property
    def goods_minor(self) -> int:
        return sum(item.price_minor for item in self.items)

    @property
    def live_items(self) -> list[LineItem]:
        """Those that were not cancelled singly."""
        gone = self.cancelled_item_ids
        return [item for item in self.items if item.id not in gone] if gone else self.items

    @property
    def total_minor(self) -> int:
        return self.goods_minor + self.shipping_fee_minor

    @property
    def ships_from_platform(self) -> bool:
        return self.mode is Mode.PLATFORM

    @property
    def is_over(self) -> bool:
        return self.status in (Status.COMPLETED, Status.CANCELLED)

    @property
    def cancellation_pending(self) -> bool:
        asked = self.cancellation
        return asked is not None and asked.status is CancellationStatus.PENDING

    def require(self, *wanted: Status) -> None:
        if self.status not in wanted:
            raise WrongStatus(self.id, self.status, " or ".join(wanted))

    def become(self, status: Status, at: Instant, due_at: Instant = EPOCH) -> None:
        assert status in NEXT[self.status], (self.id, self.status, status)
        assert at >= self.updated_at, (self.id, self.updated_at, at)
        self.status = status
        self.updated_at = at
        self.due_at = due_at
