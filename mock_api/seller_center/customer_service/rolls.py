"""Conversations and sessions on sorted shelves, for lists with pages.

They are filled when the first list is asked for: a sandbox that asks for none keeps none.
"""

from typing import Final

from mock_api.kernel.index import Index
from mock_api.kernel.questions import Entry
from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.clock import Instant
from simulator.facts import ChatFact, Fact, SessionBegun
from simulator.service.model import Conversation, Session

ACTIVE: Final = "active_time"
BEGUN: Final = "begin_time"
_ONE: Final = "one"
"""The only status: none at all would be filed twice."""


class Rolls:
    """Of one world, by shop."""

    def __init__(self, world: World, in_memory: int) -> None:
        """Of each list so many entries *in_memory*."""
        self._in_memory = in_memory
        self._chats = world.registry.chats
        self._conversations: dict[str, Index] = {}
        self._sessions: dict[str, Index] = {}
        self._whose: dict[str, tuple[Conversation, Session]] = {}
        for talk in self._chats.all.values():
            self._file(talk)
            for session in talk.sessions:
                self._file_session(talk, session)

    def conversations(self, shop_id: str) -> Index:
        """By when something was last written there."""
        return self._conversations.setdefault(shop_id, Index((ACTIVE,), self._in_memory))

    def sessions(self, shop_id: str) -> Index:
        """By when they began."""
        return self._sessions.setdefault(shop_id, Index((BEGUN,), self._in_memory))

    def session(self, session_id: str) -> tuple[Conversation, Session]:
        return self._whose[session_id]

    def hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if not isinstance(fact, ChatFact):
            return
        talk = self._chats.get(fact.conversation_id)
        self._file(talk)
        if isinstance(fact, SessionBegun):
            self._file_session(talk, talk.sessions[-1])

    def _file(self, talk: Conversation) -> None:
        self.conversations(talk.shop_id).put(talk.id, Entry(_ONE, {ACTIVE: talk.active_at}))

    def _file_session(self, talk: Conversation, session: Session) -> None:
        self._whose[session.id] = talk, session
        self.sessions(talk.shop_id).put(session.id, Entry(_ONE, {BEGUN: session.begun_at}))


def rolls_of(sandbox: Sandbox) -> Rolls:
    """The sandbox's, made now if nobody needed them before. It is no event for the world."""
    try:
        return sandbox.attached(Rolls)
    except KeyError:
        rolls = Rolls(sandbox.world, sandbox.limits.listed_in_memory)
        sandbox.attach(rolls)
        sandbox.world.journal.subscribe(rolls.hear)
        return rolls
