"""Webhooks on their way: one lane per order, so that no order's news overtakes its own.

A dialect writes messages; the outbox delivers them, retries after the vendor's pauses of *virtual*
time, and remembers every attempt. What comes back changes no fact: it is the integration's doing.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from heapq import heappop, heappush
from itertools import islice
from typing import Final

from mock_api.kernel.durable.kept import Counts, Kept, Of
from mock_api.kernel.faults import OF_WEBHOOKS, Call, Faults, What
from mock_api.kernel.messages import Attempt, Manner, Message, State
from mock_api.limits import USUAL, Limits
from simulator.clock import DAY, Instant, later

BACKLOG_FULL: Final = "backlog full"
"""Why a message was dropped that nobody tried to send."""
OVERTAKEN_WITHIN: Final = DAY
"""So long what is to be sent after the next one waits for it; then it is sent alone (ours)."""
_LOOKED_AT: Final = 100
"""So many of the oldest are looked at for one that has ended, when there are too many."""


Send = Callable[[Message], Awaitable[Attempt]]
_TURNED_AWAY: Final = "webhooks turned away"


def _line(message: Message) -> str:
    """Where it waits: behind all news of its lane, or behind those for its address."""
    return f"{message.lane} {message.url}" if message.manner.apart else message.lane


def _call(message: Message, faults: Faults) -> Call:
    """Whose it is, and what it is about."""
    dialect = message.manner.dialect or message.kind.partition(".")[0]
    return Call(dialect, message.kind, (message.lane, *faults.orders_behind(message.lane)))


def _possible(message: Message) -> frozenset[What]:
    """What could befall it: what nobody signs has no wrong signature."""
    signed_in = message.manner.signed_in.lower()
    if any(name.lower() == signed_in for name in message.headers):
        return OF_WEBHOOKS
    return OF_WEBHOOKS - {What.WEBHOOK_WRONG_SIGNATURE}


def _spoilt(headers: Mapping[str, str], signed_in: str) -> dict[str, str]:
    """The same with a wrong signature, as long as the right one."""
    return {
        name: "0" * len(value) if name.lower() == signed_in.lower() else value
        for name, value in headers.items()
    }


class Outbox:
    """The messages of one sandbox."""

    def __init__(
        self,
        now: Callable[[], Instant],
        send: Send,
        at_once: int,
        faults: Faults | None = None,
        bounds: Limits = USUAL,
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
        self._has_ended = False
        self._written = self._placed = 0
        self._most = bounds.webhooks_waiting
        self.waiting = 0
        """Messages that are still to be sent, or sent again."""
        self._counts = faults.counts if faults else Counts()
        self.delivered = 0
        self._listed = bounds.webhooks_listed
        self.all: Kept[Message] = Kept("webhooks", Of(Message))
        """By number, oldest first: those that wait, and the latest of the others."""

    def write(
        self,
        lane: str,
        kind: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        manner: Manner,
    ) -> Message:
        """A message, due at once, behind whatever its lane still waits for; or as a planned fault
        has it."""
        message = self._message(lane, kind, url, headers, body, manner)
        if self._faults and (self._faults.planned or self._held):
            self._misdeliver(message, self._faults)
        else:
            self._queue(message, _line(message))
        return message

    @property
    def turned_away(self) -> int:
        """Messages that were dropped because too many waited."""
        return self._counts.get(_TURNED_AWAY, 0)

    def resume(self) -> None:
        """Those that wait, of all that were loaded, wait again where they did; one that was under
        way is sent once more."""
        waiting = [each for each in self.all.values() if each.state is State.WAITING]
        for message in sorted(waiting, key=lambda each: each.place):
            if message.queued_in:
                self._line_up(message, message.queued_in)
            else:
                self._held[_line(message)] = message
        for message in self.all.values():
            self._written = max(self._written, message.n)
            self._placed = max(self._placed, message.place)

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
        self.all[str(message.n)] = message
        if len(self.all) > self._listed:
            self._forget_the_oldest()
        return message

    def _forget_the_oldest(self) -> None:
        """Of those that have ended."""
        oldest = islice(self.all.items(), _LOOKED_AT)
        ended = next((key for key, each in oldest if each.state is not State.WAITING), None)
        if ended:
            del self.all[ended]

    def _queue(self, message: Message, lane: str) -> None:
        """Behind the others of its lane; where too many wait in all lanes, the news is lost."""
        if not self._has_room_for(message):
            return
        self._placed += 1
        message.queued_in, message.place = lane, self._placed
        self._changed(message)
        self._line_up(message, lane)

    def _line_up(self, message: Message, lane: str) -> None:
        self.waiting += 1
        waiting = self._lanes.setdefault(lane, deque())
        waiting.append(message)
        if len(waiting) == 1:
            self._to_the_front(message)

    def _changed(self, message: Message) -> None:
        if str(message.n) in self.all:
            self.all.touch(str(message.n))

    def _has_room_for(self, message: Message) -> bool:
        """Whether so many may wait; if not, it is dropped, and counted."""
        if self.waiting + len(self._held) < self._most:
            return True
        message.state, message.reason = State.DROPPED, BACKLOG_FULL
        self._changed(message)
        self._counts.one_more(_TURNED_AWAY)
        return False

    def _misdeliver(self, message: Message, faults: Faults) -> None:
        """Whatever befalls it; then what was held back for it to overtake."""
        plans = list(faults.of_webhook(_call(message, faults), self._now(), _possible(message)))
        lane = _line(message)
        wrongs = {plan.what for plan in plans}
        message.faults = tuple(sorted(wrongs))
        overtaken = self._held.pop(lane, None)
        if What.WEBHOOK_WRONG_SIGNATURE in wrongs:
            message.headers = _spoilt(message.headers, message.manner.signed_in)
        if What.WEBHOOK_LOST in wrongs:
            message.state = State.DROPPED
        elif What.WEBHOOK_REORDERED in wrongs:
            if self._has_room_for(message):
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
        """When the next attempt is due, of those that are not under way; never, once nothing leaves
        any more."""
        if self._has_ended:
            return None
        dues = [each.due_at for each in self._held.values()] if self._held else []
        return min([*dues, self._heads[0][0]]) if self._heads else min(dues, default=None)

    @property
    def is_busy(self) -> bool:
        """Something is due now, or under way."""
        due = self.next_due
        return bool(self._flying) or (due is not None and due <= self._now())

    @property
    def backlog(self) -> int:
        """Messages that are not delivered, and not given up."""
        return self.waiting + len(self._held)

    def kick(self) -> None:
        """Set off every delivery that is due."""
        if self._has_ended:
            return
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

    def end(self) -> None:
        """Nothing leaves any more; what is under way may arrive."""
        self._has_ended = True

    async def close(self, within_s: float = 0.0) -> int:
        """Let what is under way arrive, for so long; then give it up. How many that were."""
        self.end()
        if self._flying and within_s:
            await asyncio.wait(self._flying, timeout=within_s)
        given_up = list(self._flying)
        for task in given_up:
            task.cancel()
        await asyncio.gather(*given_up, return_exceptions=True)
        return len(given_up)

    async def _deliver(self, message: Message) -> None:
        async with self._room:
            if self._has_ended:
                self._to_the_front(message)
                return
            attempt = await self._send(message)
        message.attempts.append(attempt)
        self._changed(message)
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
        self.waiting -= 1
        if waiting:
            waiting[0].due_at = max(waiting[0].due_at, self._now())
            self._changed(waiting[0])
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
