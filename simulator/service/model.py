"""A conversation: what a buyer and a shop write to one another, and who has read it.

There is one for each buyer and shop, for ever. It is lived in sessions: one begins with the first
message, and ends when nobody has anything to add. The numbers are the platform's (tiktok-shop
facts, section 9).
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from simulator.clock import DAY, EPOCH, HOUR, Instant
from simulator.frozen import frozen
from simulator.waiting import Inbox
from simulator.words import Word

BUYER_MAY_BE_SILENT: Final = 6 * HOUR
"""After the seller's latest message (inferred: any later one counts anew)."""
SELLER_MAY_BE_SILENT: Final = 7 * DAY
"""After the oldest message of the buyer's that has no answer (inferred: not the latest)."""
TALKED_WITHIN: Final = 30 * DAY
BOUGHT_WITHIN: Final = 60 * DAY
"""So long after the buyer's last message, or order, the seller may still write first."""
SATISFIED: Final = 4
"""Stars, of five, from which on a buyer counts as satisfied."""
STARS: Final = (1, 5)


class Role(Word):
    """Who writes."""

    BUYER = "BUYER"
    SHOP = "SHOP"
    CUSTOMER_SERVICE = "CUSTOMER_SERVICE"
    SYSTEM = "SYSTEM"
    ROBOT = "ROBOT"


SELLERS: Final = (Role.SHOP, Role.CUSTOMER_SERVICE)
"""Who writes for the seller."""


class Kind(Word):
    """What a message is."""

    TEXT = "TEXT"
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    PRODUCT_CARD = "PRODUCT_CARD"
    ORDER_CARD = "ORDER_CARD"
    RETURN_REFUND_CARD = "RETURN_REFUND_CARD"
    LOGISTICS_CARD = "LOGISTICS_CARD"
    COUPON_CARD = "COUPON_CARD"
    ALLOCATED_SERVICE = "ALLOCATED_SERVICE"
    """An agent joins."""
    NOTIFICATION = "NOTIFICATION"
    """The session is over: the platform asks the buyer for a rating."""


class Phase(Word):
    """Who looks after an open session. The platform documents no values (inferred)."""

    ROBOT = "ROBOT"
    AGENT = "AGENT"


class Closing(Word):
    """Why a session ended."""

    BUYER_SILENT = "buyer_silent"
    SELLER_SILENT = "seller_silent"
    AGENT = "agent"
    """It was ended by hand."""


@frozen
class Said:
    """What one message says. What its kind has no use for is empty."""

    kind: Kind
    text: str = ""
    order_id: str = ""
    parcel_id: str = ""
    sku_id: str = ""
    product_id: str = ""
    url: str = ""
    width: int = 0
    height: int = 0
    video_id: str = ""


@frozen
class Message:
    """One message. Later ones have higher indexes; indexes leave gaps, as the platform's do."""

    id: str
    index: int
    role: Role
    said: Said
    at: Instant


@dataclass(slots=True)
class Session:
    """From the first message until nobody has anything to add."""

    id: str
    begun_at: Instant
    by_buyer: bool
    topic: str = ""
    """What it is about, in the platform's words: AfterSale, Logistics, Presale."""
    has_agent: bool = False
    asked_at: Instant = EPOCH
    """The buyer's first message."""
    answered_at: Instant = EPOCH
    """The first answer to it. Automatic ones count: the platform says so."""
    ended_at: Instant = EPOCH
    ended_by: str = ""
    stars: int = 0
    """Of five; zero: not rated."""
    rated_at: Instant = EPOCH
    rated_for: str = ""
    """Why so few stars."""

    @property
    def is_open(self) -> bool:
        return not self.ended_at

    @property
    def phase(self) -> Phase:
        return Phase.AGENT if self.has_agent else Phase.ROBOT


class Deed(Word):
    """What a simulated buyer may still mean to do."""

    ANSWER = "answer"
    RATE = "rate"


@frozen
class Intent:
    """What a simulated buyer means to do, when, and about which session."""

    at: Instant
    deed: Deed
    session_id: str


@dataclass(slots=True)
class Conversation:
    """All that one buyer and one shop have ever written to one another."""

    id: str
    shop_id: str
    buyer_id: str
    name: str
    """The buyer's."""
    luck: str
    """After what its draws are named."""
    created_at: Instant
    inbox: Inbox
    temperament: str = ""
    """How its buyer behaves; empty: only as told to."""
    messages: list[Message] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    read_index: int = 0
    """The agent has read so far."""
    unread: int = 0
    """The buyer's messages since then."""
    buyer_wrote_at: Instant = EPOCH
    waits_for: str = ""
    """Whose answer is awaited in the open session: the buyer's or the shop's role."""
    closes_at: Instant = EPOCH
    """When the open session ends, unless it comes; EPOCH: none is open."""
    intents: list[Intent] = field(default_factory=list)
    """Soonest first."""
    addressed: int = 0
    """How often the seller wrote: which of the buyer's draws comes next."""

    @property
    def session(self) -> Session | None:
        """The open one."""
        last = self.sessions[-1] if self.sessions else None
        return last if last and last.is_open else None

    @property
    def latest(self) -> Message | None:
        return self.messages[-1] if self.messages else None

    @property
    def active_at(self) -> Instant:
        """When something was last written, or the conversation was begun."""
        return self.messages[-1].at if self.messages else self.created_at

    @property
    def due(self) -> Instant | None:
        """What it waits for: the session's end, or what its buyer means to do."""
        dues = [intent.at for intent in self.intents[:1]]
        if self.closes_at:
            dues.append(self.closes_at)
        return min(dues, default=None)

    def intend(self, deed: Deed, at: Instant, session_id: str) -> None:
        self.intents.append(Intent(at, deed, session_id))
        self.intents.sort(key=_WHEN)

    def message(self, message_id: str) -> Message:
        """The message of that id, which is there; the later, the sooner it is found."""
        return next(each for each in reversed(self.messages) if each.id == message_id)


_WHEN: Final = attrgetter("at")
