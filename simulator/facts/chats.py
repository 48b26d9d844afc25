"""Facts of customer service: what is written, read, rated. No text: that is the conversation's."""

from simulator.facts.base import Fact, fact


@fact
class ChatFact(Fact):
    """Something about one conversation."""

    conversation_id: str


@fact
class ConversationOpened(ChatFact):
    shop_id: str
    buyer_id: str


@fact
class MessageSent(ChatFact):
    """Somebody of that role wrote something of that type."""

    message_id: str
    index: int
    type: str
    role: str


@fact
class MessagesRead(ChatFact):
    """The agent has read what the buyer wrote, up to *index*."""

    index: int


@fact
class SessionBegun(ChatFact):
    """By the role that wrote first."""

    session_id: str
    by: str


@fact
class SessionEnded(ChatFact):
    session_id: str
    by: str


@fact
class AgentJoined(ChatFact):
    session_id: str


@fact
class AgentLeft(ChatFact):
    session_id: str


@fact
class SessionRated(ChatFact):
    session_id: str
    stars: int


@fact
class ChatsAccepted(Fact):
    """From now on a shop's agents accept chats, or do not."""

    shop_id: str
    accepted: bool


@fact
class SensitiveWordsSet(Fact):
    """So many words may not be said from now on."""

    count: int
