"""What is written between buyers and shops, by hand or through the shop's API."""

from collections.abc import Sequence

from simulator.acts.party import PartyActs
from simulator.commands import command
from simulator.errors import BadSetting, LimitReached, NotFound, WrongStatus
from simulator.facts import SensitiveWordsSet
from simulator.orders.model import Order
from simulator.service.model import STARS, Conversation, Message, Role, Said, Session


class ChatActs(PartyActs):
    """Commands of customer service in one world."""

    party = "chats"

    # Looking.

    def get(self, conversation_id: str) -> Conversation:
        return self._here.chats.get(conversation_id)

    def may_write(self, conversation: Conversation) -> bool:
        """Whether the seller may write there now."""
        return self._platform.chats.may_write(conversation)

    def accepts(self, shop_id: str) -> bool:
        return self._platform.chats.accepts(self._here.shop(shop_id).id)

    def orders_of(self, conversation: Conversation) -> list[Order]:
        """The orders of its buyer's in its shop."""
        return self._platform.chats.orders_of(conversation)

    # Sellers.

    @command
    def open(self, shop_id: str, buyer_id: str) -> Conversation:
        """The one conversation of the two; MayNotWrite, if the buyer is a stranger."""
        return self._platform.chats.open(self._here.shop(shop_id).id, buyer_id)

    @command
    def seller_writes(self, conversation_id: str, said: Said, role: Role | None = None) -> Message:
        """In the open session, or a new one. MayNotWrite, SensitiveContent, BadCard."""
        talk = self.get(conversation_id)
        self._require_room(talk)
        return self._platform.chats.seller_says(talk, said, role)

    @command
    def read(self, conversation_id: str) -> None:
        """All that the buyer wrote is read."""
        self._platform.chats.read(self.get(conversation_id))

    @command
    def end_session(self, conversation_id: str, session_id: str) -> None:
        """An agent's open session ends."""
        talk = self.get(conversation_id)
        self._platform.chats.end(talk, _session(talk, session_id))

    @command
    def accept(self, shop_id: str, *, accepted: bool) -> None:
        """The shop's agents take chats from now on, or no more."""
        self._platform.chats.accept(self._here.shop(shop_id).id, accepted=accepted)

    # Buyers.

    @command
    def buyer_writes(self, order_id: str, said: Said, topic: str = "") -> Message:
        """The order's buyer writes to its shop."""
        order = self._order(order_id)
        self._require_room(self._here.chats.between(order.shop_id, order.buyer_id))
        return self._platform.chats.buyer_asks(order, said, topic)

    @command
    def buyer_rates(self, order_id: str, stars: int, reason: str = "") -> Session:
        """The order's buyer rates the latest session with its shop."""
        order = self._order(order_id)
        if not STARS[0] <= stars <= STARS[1]:
            raise BadSetting("stars", str(stars), "one to five")
        talk = self._here.chats.between(order.shop_id, order.buyer_id)
        if talk is None or not talk.sessions:
            raise WrongStatus(order_id, "not talked about", "a session to rate")
        session = talk.sessions[-1]
        self._platform.chats.rate(talk, session, stars, reason)
        return session

    def _require_room(self, talk: Conversation | None) -> None:
        most = self._here.bounds.messages_per_conversation
        if talk and len(talk.messages) >= most:
            raise LimitReached("messages", f"conversation {talk.id}", most)

    # The platform.

    @command
    def forbid(self, words: Sequence[str]) -> None:
        """What sellers may not say from now on, instead of what they might not until now."""
        if not all(words):
            raise BadSetting("sensitive", "''", "words of one letter or more")
        self._here.chats.terms.sensitive = [word.casefold() for word in words]
        self._here.record(SensitiveWordsSet(len(words)))


def _session(talk: Conversation, session_id: str) -> Session:
    for session in talk.sessions:
        if session.id == session_id:
            return session
    raise NotFound("session", session_id)
