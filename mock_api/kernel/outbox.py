"""Webhooks on their way: one lane per order, so that no order's news overtakes its own.

A dialect writes messages; the outbox delivers them, retries after the vendor's pauses of *virtual*
time, and remembers every attempt. What comes back changes no fact: it is the integration's doing.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, Final

from mock_api.kernel.faults import Faults, What
from simulator.clock import DAY, Instant, later
from simulator.words import Word

KEEP: Final = 10_000
"""Ended messages that stay listed, per sandbox."""
OVERTAKEN_WITHIN: Final = DAY
"""So long what is to be sent after the next one waits for it; then it is sent alone (ours)."""


class State(Word):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    """Every attempt failed; the vendor gives up."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one vendor delivers: which answers are final, and the pauses before further attempts."""

    accepted: frozenset[int]
    pauses: tuple[int, ...]
    signed_in: str = "Authorization"
    """The header with the signature, or with what stands for one."""
    apart: bool = False
    """Each address has a line of its own: one that does not answer holds up no other."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery: when (virtual), and the answer's status, or why there was none."""

    at: Instant
    status: int | None
    error: str
    took_ms: float


@dataclass(slots=True)
class Message:
    """One webhook, ready to be sent as it is."""

    n: int
    lane: str
    kind: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    manner: Manner
    created_at: Instant
    due_at: Instant
    state: State = State.WAITING
    attempts: list[Attempt] = field(default_factory=list)
    queued_in: str = ""
    """The lane that it really waits in."""
    faults: tuple[str, ...] = ()
    """What was done to it on purpose."""

    def shown(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "order_id": self.lane,
            "kind": self.kind,
            "url": self.url,
            "body": self.body.decode(),
            "state": self.state,
            "created_at": self.created_at,
            "faults": self.faults,
            "due_at": self.due_at if self.state is State.WAITING else None,
            "attempts": [
                {"at": a.at, "status": a.status, "error": a.error, "took_ms": a.took_ms}
                for a in self.attempts
            ],
        }


Send = Callable[[Message], Awaitable[Attempt]]


def _line(message: Message) -> str:
    """Where it waits: behind all news of its lane, or behind those for its address."""
    return f"{message.lane} {message.url}" if message.manner.apart else message.lane


def _spoilt(headers: Mapping[str, str], signed_in: str) -> dict[str, str]:
    """The same with a wrong signature, as long as the right one."""
    return {
        name: "0" * len(value) if name.lower() == signed_in.lower() else value
        for name, value in headers.items()
    }


class Outbox:
    """The messages of one sandbox."""

    def __init__(
        self, now: Callable[[], Instant], send: Send, at_once: int, faults: Faults | None = None
    ) -> None:
        self._now = now
        self._send = send
        self._room = asyncio.Semaphore(at_once)
        self._lanes: dict[str, deque[Message]] = {}
        self._heads: list[tuple[Instant, int, Message]] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._faults = faults
        self._held: dict[str, Message] = {}
        """By lane: what is sent after the next one, on purpose."""
        self._written = 0
        self.delivered = 0
        self.all: deque[Message] = deque(maxlen=KEEP)

    def write(
        self,
        lane: str,
        kind: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        manner: Manner,
    ) -> None:
        """A message, due at once, behind whatever its lane still waits for; or as a planned fault
        has it."""
        message = self._message(lane, kind, url, headers, body, manner)
        if self._faults and (self._faults.planned or self._held):
            self._misdeliver(message, self._faults)
        else:
            self._queue(message, _line(message))

    def _message(
        self,
        lane: str,
        kind: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        manner: Manner,
    ) -> Message:
        self._written += 1
        now = self._now()
        message = Message(self._written, lane, kind, url, headers, body, manner, now, now)
        self.all.append(message)
        return message

    def _queue(self, message: Message, lane: str) -> None:
        waiting = self._lanes.setdefault(lane, deque())
        waiting.append(message)
        message.queued_in = lane
        if len(waiting) == 1:
            self._to_the_front(message)

    def _misdeliver(self, message: Message, faults: Faults) -> None:
        """Whatever befalls it; then what was held back for it to overtake."""
        plans = list(faults.of_webhook(message.lane, message.kind, self._now()))
        lane = _line(message)
        wrongs = {plan.what for plan in plans}
        message.faults = tuple(sorted(wrongs))
        overtaken = self._held.pop(lane, None)
        if What.WEBHOOK_WRONG_SIGNATURE in wrongs:
            message.headers = _spoilt(message.headers, message.manner.signed_in)
        if What.WEBHOOK_LOST in wrongs:
            message.state = State.DROPPED
        elif What.WEBHOOK_REORDERED in wrongs:
            self._held[lane] = message
            message.due_at = later(self._now(), OVERTAKEN_WITHIN)
        else:
            late = max((plan.by for plan in plans if plan.what is What.WEBHOOK_DELAYED), default=0)
            message.due_at = later(self._now(), late)
            self._queue(message, f"{lane} late {message.n}" if late else lane)
            if What.WEBHOOK_DOUBLED in wrongs:
                args = (message.kind, message.url, message.headers, message.body, message.manner)
                self._queue(self._message(message.lane, *args), lane)
        if overtaken:
            overtaken.due_at = self._now()
            self._queue(overtaken, lane)

    def _let_go(self) -> None:
        """What was held back in vain: nothing else came in its lane."""
        now = self._now()
        for lane, message in [held for held in self._held.items() if held[1].due_at <= now]:
            del self._held[lane]
            self._queue(message, lane)

    @property
    def next_due(self) -> Instant | None:
        """When the next attempt is due, of those that are not under way."""
        dues = [each.due_at for each in self._held.values()] if self._held else []
        return min([*dues, self._heads[0][0]]) if self._heads else min(dues, default=None)

    @property
    def is_busy(self) -> bool:
        """Something is due now, or under way."""
        due = self.next_due
        return bool(self._flying) or (due is not None and due <= self._now())

    def kick(self) -> None:
        """Set off every delivery that is due."""
        if self._held:
            self._let_go()
        now = self._now()
        while self._heads and self._heads[0][0] <= now:
            _, _, message = heappop(self._heads)
            task = asyncio.create_task(self._deliver(message))
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)

    async def settled(self) -> None:
        """Until nothing is due and nothing is under way."""
        while self.is_busy:
            self.kick()
            if self._flying:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)

    async def _deliver(self, message: Message) -> None:
        async with self._room:
            attempt = await self._send(message)
        message.attempts.append(attempt)
        if attempt.status in message.manner.accepted:
            message.state = State.DELIVERED
            self.delivered += 1
        elif len(message.attempts) > len(message.manner.pauses):
            message.state = State.DROPPED
        else:
            pause = message.manner.pauses[len(message.attempts) - 1]
            message.due_at = later(self._now(), pause)
            self._to_the_front(message)
            return
        self._next_in(message.queued_in)

    def _next_in(self, lane: str) -> None:
        waiting = self._lanes[lane]
        waiting.popleft()
        if waiting:
            waiting[0].due_at = max(waiting[0].due_at, self._now())
            self._to_the_front(waiting[0])
            self.kick()
        else:
            del self._lanes[lane]

    def _to_the_front(self, message: Message) -> None:
        heappush(self._heads, (message.due_at, message.n, message))
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # no server runs: whoever starts one will kick
        loop.call_soon(self.kick)
