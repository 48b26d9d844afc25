"""Customer service: who may write to whom, what is said, and what becomes of sessions.

It is the setting of every conversation's life: it opens and closes sessions, lets agents join, has
the robot answer where nobody does, and plays buyers who answer and rate by themselves. A refusal is
a DomainError and changes nothing.
"""

from typing import Final

from simulator import ids
from simulator.buyers.talk import talk_of
from simulator.clock import EPOCH, later
from simulator.custom import Custom
from simulator.errors import MayNotWrite, NotOnPlatform, WrongStatus
from simulator.facts import (
    AgentJoined,
    AgentLeft,
    ChatsAccepted,
    ConversationOpened,
    MessageSent,
    MessagesRead,
    SessionBegun,
    SessionEnded,
    SessionRated,
)
from simulator.orders.model import Order
from simulator.registry import Registry
from simulator.service import texts
from simulator.service.cards import require_sayable
from simulator.service.life import STIRRED, conversation_life
from simulator.service.model import (
    BOUGHT_WITHIN,
    BUYER_MAY_BE_SILENT,
    SATISFIED,
    SELLER_MAY_BE_SILENT,
    TALKED_WITHIN,
    Closing,
    Conversation,
    Deed,
    Intent,
    Kind,
    Message,
    Role,
    Said,
    Session,
)
from simulator.waiting import Inbox

_MICROSECONDS: Final = 10**6
_FIVE_OF_TEN: Final = 0.6
"""Of the contented, so many give five stars, and the others four (ours)."""


class ChatDesk:
    """The setting of conversations in one world."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self._custom = Custom(registry)

    # Looking.

    def orders_of(self, talk: Conversation) -> list[Order]:
        return self._custom.orders_of(talk.shop_id, talk.buyer_id)

    def may_write(self, talk: Conversation) -> bool:
        """Whether the seller may: while a session is open, and to whom they know."""
        return talk.session is not None or self._is_known(talk.shop_id, talk.buyer_id)

    def accepts(self, shop_id: str) -> bool:
        """Whether the shop's agents take chats."""
        return shop_id not in self._all.chats.terms.absent

    # What sellers do.

    def open(self, shop_id: str, buyer_id: str) -> Conversation:
        """The conversation of the two, begun now if there was none. No session begins before
        something is said (inferred)."""
        if not self._is_known(shop_id, buyer_id):
            raise MayNotWrite(buyer_id)
        talk = self._all.chats.between(shop_id, buyer_id)
        return talk or self._begin(self._custom.orders_of(shop_id, buyer_id)[-1])

    def seller_says(self, talk: Conversation, said: Said, role: Role | None = None) -> Message:
        """The seller writes: the agent who has the session, or else the shop."""
        if not self.may_write(talk):
            raise MayNotWrite(talk.buyer_id)
        require_sayable(self._all.chats.terms, said, self.orders_of(talk))
        session = talk.session or self._begin_session(talk, Role.SHOP, "")
        by = role or (Role.CUSTOMER_SERVICE if session.has_agent else Role.SHOP)
        message = self._write(talk, by, said)
        self._answered(session)
        talk.waits_for = Role.BUYER
        talk.closes_at = later(self._all.now, BUYER_MAY_BE_SILENT)
        self._buyer_hears(talk, session)
        talk.inbox.deliver(STIRRED)
        return message

    def read(self, talk: Conversation) -> None:
        """The agent has seen what the buyer wrote."""
        if talk.unread and talk.latest:
            talk.unread, talk.read_index = 0, talk.latest.index
            self._all.record(MessagesRead(talk.id, talk.read_index))

    def end(self, talk: Conversation, session: Session) -> None:
        """The agent has nothing to add."""
        if not session.is_open or not session.has_agent:
            status = session.phase if session.is_open else "ENDED"
            raise WrongStatus(session.id, status, "an agent's open session")
        self._close(talk, session, Closing.AGENT)
        talk.inbox.deliver(STIRRED)

    def accept(self, shop_id: str, *, accepted: bool) -> None:
        """From now on the shop's agents take chats, those that wait at once; or only go on with
        what they have (inferred)."""
        if accepted is self.accepts(shop_id):
            return
        absent = self._all.chats.terms.absent
        if accepted:
            absent.remove(shop_id)
        else:
            absent.append(shop_id)
        self._all.record(ChatsAccepted(shop_id, accepted))
        if not accepted:
            return
        for talk in self._all.chats.of(shop_id):
            if talk.session and not talk.session.has_agent:
                self._agent_joins(talk, talk.session)

    # What buyers do.

    def buyer_asks(self, order: Order, said: Said, topic: str) -> Message:
        """The buyer of *order* writes to its shop, as they always may."""
        if order.independent:
            raise NotOnPlatform(order.id)
        talk = self._all.chats.between(order.shop_id, order.buyer_id) or self._begin(order)
        talk.temperament = order.temperament or talk.temperament
        return self.buyer_says(talk, said, topic)

    def buyer_says(self, talk: Conversation, said: Said, topic: str = "") -> Message:
        session = talk.session
        is_new = session is None
        if session is None:
            session = self._begin_session(talk, Role.BUYER, topic)
        now = self._all.now
        message = self._write(talk, Role.BUYER, said)
        talk.unread += 1
        talk.buyer_wrote_at = now
        session.asked_at = session.asked_at or now
        if talk.waits_for != Role.SHOP:
            talk.waits_for = Role.SHOP
            talk.closes_at = later(now, SELLER_MAY_BE_SILENT)
        if is_new and not session.has_agent:
            self._write(talk, Role.ROBOT, Said(Kind.TEXT, texts.ROBOT))
            self._answered(session)
        talk.inbox.deliver(STIRRED)
        return message

    def rate(self, talk: Conversation, session: Session, stars: int, reason: str = "") -> None:
        """The buyer says how well they were served: once, of a session that has ended."""
        if session.is_open or session.stars:
            status = "open" if session.is_open else "rated"
            raise WrongStatus(session.id, status, "an ended session without a rating")
        session.stars, session.rated_at, session.rated_for = stars, self._all.now, reason
        self._all.record(SessionRated(talk.id, session.id, stars))

    # What time does.

    def conversation_due(self, talk: Conversation) -> None:
        """Words before silence: what the buyer says in the last second is in time."""
        now = self._all.now
        while talk.intents and talk.intents[0].at <= now:
            self._carry_out(talk, talk.intents.pop(0))
        session = talk.session
        if session and talk.closes_at <= now:
            silent = talk.waits_for == Role.BUYER
            by = Closing.BUYER_SILENT if silent else Closing.SELLER_SILENT
            self._close(talk, session, by)

    def start_conversation(self, talk: Conversation) -> None:
        self._all.env.process(conversation_life(self, talk))

    # How it is done.

    def _is_known(self, shop_id: str, buyer_id: str) -> bool:
        """From a conversation, an order, or a return."""
        here = self._all
        talk = here.chats.between(shop_id, buyer_id)
        if talk and talk.buyer_wrote_at and later(talk.buyer_wrote_at, TALKED_WITHIN) >= here.now:
            return True
        orders = self._custom.orders_of(shop_id, buyer_id)
        return any(
            later(order.placed_at, BOUGHT_WITHIN) >= here.now or here.returns.of(order.id)
            for order in orders
            if not order.independent
        )

    def _begin(self, order: Order) -> Conversation:
        here = self._all
        talk = Conversation(
            id=here.mint.next_id(ids.CONVERSATION),
            shop_id=order.shop_id,
            buyer_id=order.buyer_id,
            name=order.address.name,
            luck=f"customer/{order.customer}" if order.customer else order.luck,
            created_at=here.now,
            inbox=Inbox(here.agenda),
            temperament=order.temperament,
        )
        here.chats.file(talk)
        here.record(ConversationOpened(talk.id, talk.shop_id, talk.buyer_id))
        self.start_conversation(talk)
        return talk

    def _begin_session(self, talk: Conversation, by: Role, topic: str) -> Session:
        here = self._all
        session = Session(here.mint.next_id(ids.SESSION), here.now, by is Role.BUYER, topic)
        talk.sessions.append(session)
        here.record(SessionBegun(talk.id, session.id, by))
        if self.accepts(talk.shop_id):
            self._agent_joins(talk, session)
        return session

    def _agent_joins(self, talk: Conversation, session: Session) -> None:
        session.has_agent = True
        self._all.record(AgentJoined(talk.id, session.id))
        self._write(talk, Role.SYSTEM, Said(Kind.ALLOCATED_SERVICE))

    def _write(self, talk: Conversation, role: Role, said: Said) -> Message:
        here, latest = self._all, talk.latest
        index = max(latest.index + 1 if latest else 0, here.now * _MICROSECONDS)
        message = Message(here.mint.next_id(ids.MESSAGE), index, role, said, here.now)
        talk.messages.append(message)
        here.record(MessageSent(talk.id, message.id, index, said.kind, role))
        return message

    def _answered(self, session: Session) -> None:
        if session.asked_at and not session.answered_at:
            session.answered_at = self._all.now

    def _close(self, talk: Conversation, session: Session, by: Closing) -> None:
        session.ended_at, session.ended_by = self._all.now, by
        talk.closes_at, talk.waits_for = EPOCH, ""
        self._all.record(SessionEnded(talk.id, session.id, by))
        self._write(talk, Role.SYSTEM, Said(Kind.NOTIFICATION))
        if session.has_agent:
            self._all.record(AgentLeft(talk.id, session.id))
        manner = talk_of(talk.temperament)
        if talk.temperament and session.asked_at:
            nth, streams = len(talk.sessions), self._all.streams
            if streams.unit("buyer rates", talk.luck, nth) < manner.rates:
                after = streams.between("buyer rates after", talk.luck, manner.rates_after, nth)
                talk.intend(Deed.RATE, later(self._all.now, after), session.id)

    # Buyers who live.

    def _buyer_hears(self, talk: Conversation, session: Session) -> None:
        """Means to answer, perhaps, unless they mean to already."""
        talk.addressed += 1
        if not talk.temperament or any(each.deed is Deed.ANSWER for each in talk.intents):
            return
        manner, streams = talk_of(talk.temperament), self._all.streams
        if streams.unit("buyer answers", talk.luck, talk.addressed) < manner.answers:
            after = streams.between(
                "buyer answers after", talk.luck, manner.answers_after, talk.addressed
            )
            talk.intend(Deed.ANSWER, later(self._all.now, after), session.id)

    def _carry_out(self, talk: Conversation, intent: Intent) -> None:
        if intent.deed is Deed.ANSWER:
            choice = texts.TEXTS[texts.Matter.ANSWER]
            drawn = self._all.streams.pick(
                "what buyer answers", talk.luck, len(choice), talk.addressed
            )
            self.buyer_says(talk, Said(Kind.TEXT, choice[drawn]))
            return
        session = next(each for each in talk.sessions if each.id == intent.session_id)
        if not session.stars:
            self.rate(talk, session, *self._judged(talk, session))

    def _judged(self, talk: Conversation, session: Session) -> tuple[int, str]:
        """The buyer's stars, and why there are so few."""
        streams, nth = self._all.streams, len(talk.sessions)
        drawn = streams.unit("buyer's stars", talk.luck, nth)
        slow = session.ended_by == Closing.SELLER_SILENT
        if not slow and drawn < talk_of(talk.temperament).contented:
            again = streams.unit("buyer's fifth star", talk.luck, nth)
            return SATISFIED + (again < _FIVE_OF_TEN), ""
        few = 1 + streams.pick("buyer's few stars", talk.luck, SATISFIED - 1, nth)
        return few, texts.TOO_SLOW if slow else texts.NO_HELP
