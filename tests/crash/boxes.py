"""What the test remembers of the sandboxes: all in its own memory, so that nothing is believed to
have happened because the server says so after it was killed."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


class Cut(Exception):
    """The call got no answer, or one that acknowledges nothing: it may have taken effect."""


class Refused(Exception):
    """Nothing has happened: the server says no, or the test would not know what to expect."""


Check = Callable[[Any], Awaitable[str]]
"""Asks a caller of the restarted server; what is wrong, or nothing."""


@dataclass(slots=True)
class Witness:
    """How to see that an acknowledged call took effect."""

    kind: str
    check: Check
    is_new: bool = True
    """Not looked at since a kill."""


class Said:
    """What one call has to say of one matter, once it was acknowledged."""

    def __init__(self, box: "Box", matter: str) -> None:
        self._box, self._matter = box, matter

    def witness(self, kind: str, check: Check) -> None:
        if self._box.is_trusted:
            self._box.witnesses[self._matter] = Witness(kind, check)


@dataclass(eq=False)
class Box:
    """One sandbox."""

    told: dict[str, Any]
    """As the control API showed it, with its credentials."""
    mark: str
    """In the address of its webhooks."""
    witnesses: dict[str, Witness] = field(default_factory=dict)
    """By the matter that they are about: the last one counts."""
    bulks: dict[str, int] = field(default_factory=dict)
    """Acknowledged calls that place orders, by the customer that only they name."""
    orders: list[str] = field(default_factory=list)
    token: str = ""
    """The latest access token that the seller's calls were given."""
    bearer: str = ""
    is_trusted: bool = True
    """Nobody replaced its world while others called."""
    is_calm: bool = False
    """Nobody replaces its world, branches it off, or has faults spoil its webhooks."""
    dups_ok: bool = False
    """Its webhooks may arrive again: it went back, somebody branched off, or faults double them."""
    acknowledged_at: float = 0.0
    """When the last call began that was acknowledged, in this life of the server."""
    acknowledged_in: dict[int, float] = field(default_factory=dict)
    """The same of each life before."""
    undecided: str = ""
    """What replaced its world and was not acknowledged."""
    is_gone: bool = False
    _matters: dict[str, asyncio.Lock] = field(default_factory=dict)
    _busy: int = 0
    _idle: asyncio.Condition = field(default_factory=asyncio.Condition)
    is_closed: bool = False

    def __post_init__(self) -> None:
        self.token = self.told["access_token"]

    @property
    def id(self) -> str:
        return self.told["id"]

    @asynccontextmanager
    async def shared(self):
        """One of many who call."""
        self._busy += 1
        try:
            yield
        finally:
            async with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    @asynccontextmanager
    async def alone(self, what: str):
        """Its world is replaced: nobody else calls, and what was witnessed before is over."""
        if self.is_closed:
            raise Refused("somebody replaces its world already")
        self.is_closed = True
        try:
            async with self._idle:
                await self._idle.wait_for(lambda: self._busy == 1)
            try:
                yield
            except Cut:
                self.undecided = what
                raise
        finally:
            self.is_closed = False

    def forget(self) -> None:
        """Another world begins."""
        self.witnesses.clear()
        self.bulks.clear()
        self.orders.clear()

    @asynccontextmanager
    async def about(self, matter: str):
        """One call about that matter at a time; what was witnessed of it is open meanwhile."""
        async with self._matters.setdefault(matter, asyncio.Lock()):
            self.witnesses.pop(matter, None)
            yield Said(self, matter)

    def after_a_kill(self) -> None:
        """Whoever held a lock is gone."""
        self._matters.clear()
        self._busy, self._idle, self.is_closed = 0, asyncio.Condition(), False
