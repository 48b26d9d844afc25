"""A conversation's life: it waits for the next word, for its buyer's intents, and for silence."""

from typing import Protocol

from simulator.service.model import Conversation
from simulator.waiting import TIME_UP, Life


class Setting(Protocol):
    """What a conversation needs of its world, and no more."""

    def conversation_due(self, conversation: Conversation) -> None:
        """The time has come that it waited for."""


class Stirred:
    """Something was written, or is meant: what the conversation waits for may be another thing."""


STIRRED = Stirred()


def conversation_life(here: Setting, conversation: Conversation) -> Life:
    """For ever: a buyer may always write again. Without a session it waits for no time."""
    while True:
        signal: Stirred | object = yield conversation.inbox.next_signal(conversation.due)
        if signal is TIME_UP:
            here.conversation_due(conversation)
