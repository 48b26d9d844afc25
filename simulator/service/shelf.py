"""Every conversation of one world, and how its shops answer. Finds and files; decides nothing."""

from dataclasses import dataclass, field
from typing import Final

from simulator.errors import NotFound
from simulator.service.model import Conversation

SENSITIVE: Final = ("whatsapp", "wechat", "telegram", "paypal.me")
"""What may not be said, at first: ways around the platform. Its own list is not public (ours)."""


@dataclass(slots=True)
class ChatTerms:
    """What a world's chats are held by."""

    sensitive: list[str] = field(default_factory=lambda: list(SENSITIVE))
    """In small letters; a message that has one of them in it is refused."""
    absent: list[str] = field(default_factory=list)
    """Shops where no agent accepts chats."""


class ChatShelf:
    """Conversations in the order in which they began."""

    def __init__(self) -> None:
        self.terms = ChatTerms()
        self.all: dict[str, Conversation] = {}
        self._between: dict[tuple[str, str], Conversation] = {}

    def file(self, conversation: Conversation) -> None:
        self.all[conversation.id] = conversation
        self._between[conversation.shop_id, conversation.buyer_id] = conversation

    def between(self, shop_id: str, buyer_id: str) -> Conversation | None:
        return self._between.get((shop_id, buyer_id))

    def of(self, shop_id: str) -> list[Conversation]:
        return [each for each in self.all.values() if each.shop_id == shop_id]

    def get(self, conversation_id: str) -> Conversation:
        try:
            return self.all[conversation_id]
        except KeyError:
            raise NotFound("conversation", conversation_id) from None
