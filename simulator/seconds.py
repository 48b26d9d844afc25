"""A SimPy environment of whole seconds: the same order of events, from a queue that is cheaper.

SimPy keeps each event in one heap, by time, priority and number. Here a second's callers stand in
line in the order in which they came: a wait is two places in a list instead of an event of its own.
Seconds are put in order an hour at a time, when that hour comes.
"""

from bisect import insort
from collections import deque
from heapq import heappop, heappush
from operator import neg
from typing import Any, Final, Protocol

from simpy import Environment, Event, Process
from simpy.core import EmptySchedule, Infinity
from simpy.events import NORMAL, PENDING, URGENT, EventPriority, ProcessGenerator

from simulator.clock import HOUR, Instant

LAST: Final = EventPriority(2)
"""Behind SimPy's own priorities, 0 (urgent) and 1 (normal): when the second is over."""


_NOTHING: Final[Any] = None
_NO_HOUR: Final = -1


class Caller(Protocol):
    """Whoever wants to be rung at a second."""

    def ring(self, turn: int) -> None:
        """It is time. *turn* tells which of the caller's calls this is: it may be stale."""


class Seconds(Environment):
    """Time in whole seconds. Within a second: lives that begin, then everything else in the order
    in which it was asked for, then what waits for the second's end."""

    __slots__ = (
        "_begun",
        "_coming",
        "_hour",
        "_hours",
        "_last",
        "_lasts",
        "_lines",
        "_normal",
        "_opening",
        "happened",
        "now",
    )

    now: Instant
    # SimPy's property, as what it is: it is read all the time.

    def __init__(self, initial_time: int = 0) -> None:
        super().__init__(initial_time)
        self.now = Instant(initial_time)
        self.happened = 0
        """Events so far: lives that began, waits that were over, bells; stale ones, too."""
        self._begun: deque[Caller] = deque()
        self._normal: deque[Any] = deque()
        self._last: deque[Any] = deque()
        # Of later seconds: caller, turn, caller, turn, and so on. Flat, because most are short.
        self._lines: dict[int, list[Any]] = {}
        self._lasts: dict[int, list[Any]] = {}
        # The seconds of each hour, in no order; the hours, as a heap; the seconds of the hour that
        # was opened last, soonest at the end.
        self._hours: dict[int, list[int]] = {}
        self._opening: list[int] = []
        self._hour = _NO_HOUR
        self._coming: list[int] = []

    # Asking for a place.

    def process(self, generator: ProcessGenerator) -> Process:
        """A life, which begins before anything else happens."""
        return Living(self, generator)

    def begin(self, caller: Caller) -> None:
        self._begun.append(caller)

    def ring_now(self, caller: Caller, turn: int) -> None:
        """In this second, behind all who stand in line already."""
        self._normal.append(caller)
        self._normal.append(turn)

    def ring_at(self, at: int, caller: Caller, turn: int) -> None:
        """At that second; in this one, if it is over."""
        line = self._lines.get(at)
        if line is not None:
            line.append(caller)
            line.append(turn)
        elif at > self.now:
            self._lines[at] = [caller, turn]
            if at not in self._lasts:
                self._note(at)
        else:
            self.ring_now(caller, turn)

    def ring_after(self, at: int, caller: Caller, turn: int) -> None:
        """When everything else of that second has happened."""
        line = self._lasts.get(at)
        if line is not None:
            line += (caller, turn)
        elif at > self.now:
            self._lasts[at] = [caller, turn]
            if at not in self._lines:
                self._note(at)
        else:
            self._last += (caller, turn)

    def schedule(self, event: Event, priority: EventPriority = NORMAL, delay: float = 0) -> None:
        """SimPy's way of asking, for its own events."""
        caller = _Happening(event)
        if priority <= URGENT:
            assert not delay, "only what happens now is urgent"
            self.begin(caller)
        elif priority == NORMAL:
            self.ring_at(self.now + int(delay), caller, 0)
        else:
            self.ring_after(self.now + int(delay), caller, 0)

    # Time.

    def peek(self) -> float:
        """The second of the next event, or infinity."""
        if self._begun or self._normal or self._last:
            return self.now
        return self._next()

    def step(self) -> None:
        """The next event."""
        if not (self._begun or self._normal or self._last):
            if self._next() == Infinity:
                raise EmptySchedule
            self._turn_to(self._coming[-1])
        self.happened += 1
        if self._begun:
            self._begun.popleft().ring(0)
        else:
            line = self._normal or self._last
            line.popleft().ring(line.popleft())

    def run(self, until: float | Event | None = None) -> Any:
        """Everything before the second *until*, which it is then."""
        if until is None or isinstance(until, Event):
            return super().run(until)
        if until <= self.now:
            raise ValueError(f"until ({until}) must be later than {self.now}")
        self.settle()
        while self._next() < until:
            self._turn_to(self._coming[-1])
            self.settle()
        self._turn_to(int(until))
        return None

    def settle(self) -> None:
        """Everything that is left of this second."""
        begun, normal, last = self._begun, self._normal, self._last
        while True:
            if begun:
                begun.popleft().ring(0)
            elif normal:
                normal.popleft().ring(normal.popleft())
            elif last:
                last.popleft().ring(last.popleft())
            else:
                return
            self.happened += 1

    def _turn_to(self, second: int) -> None:
        """It is that second now: whoever stood in line for it is at the counter."""
        self.now = at = Instant(second)
        if self._coming and self._coming[-1] == at:
            self._coming.pop()
        line = self._lines.pop(at, None)
        if line is not None:
            self._normal.extend(line)
        line = self._lasts.pop(at, None)
        if line is not None:
            self._last.extend(line)

    def _note(self, at: int) -> None:
        """Somebody stands in line for that second, as the first."""
        hour = at // HOUR
        if hour == self._hour:
            insort(self._coming, at, key=neg)
            return
        if hour < self._hour and self._coming:
            # That later hour was opened by who only wanted to know when the next event is.
            self._close()
        seconds = self._hours.get(hour)
        if seconds is None:
            self._hours[hour] = [at]
            heappush(self._opening, hour)
        else:
            seconds.append(at)

    def _next(self) -> float:
        """The next second for which somebody stands in line, now the last of those coming."""
        if not self._coming:
            if not self._opening:
                return Infinity
            self._hour = heappop(self._opening)
            self._coming = sorted(self._hours.pop(self._hour), reverse=True)
        return self._coming[-1]

    def _close(self) -> None:
        self._hours[self._hour] = self._coming
        heappush(self._opening, self._hour)
        self._hour, self._coming = _NO_HOUR, []


class Standing(Event):
    """An event that happens again and again, for one life at a time: what a life yields when it
    waits, without making an event for each wait."""

    __slots__ = ("life",)

    life: "Living | None"


class Living(Process):
    """A SimPy process for lives: it begins and ends without an event of its own.

    What goes wrong in a life goes straight to whoever lets time pass.
    """

    __slots__ = ("_generator", "_ok", "_target", "_value", "callbacks", "env")

    def __init__(self, env: Seconds, generator: ProcessGenerator) -> None:
        self.env = env
        self.callbacks = []
        self._generator = generator
        self._target = _NOTHING
        self._value = PENDING
        env.begin(self)

    def ring(self, _turn: int) -> None:
        """It begins."""
        self.go_on(None)

    def go_on(self, value: Any) -> None:
        """What it waited for has happened, with this *value*: on to its next wait."""
        try:
            event = self._generator.send(value)
        except StopIteration as end:
            self._end(end.value)
            return
        if event is not self._target:
            self._wait_for(event)

    def _resume(self, event: Event) -> None:
        """SimPy's own events call it."""
        assert event.ok, "lives wait for what does not fail"
        self.go_on(event.value)

    def _wait_for(self, event: Event) -> None:
        if isinstance(event, Standing):
            self._target = event
            event.life = self
        elif event.processed:
            self._resume(event)
        else:
            event.callbacks.append(self._resume)

    def _end(self, value: Any) -> None:
        self._ok, self._value = True, value
        if isinstance(self._target, Standing):
            self._target.life = None
        self._target = _NOTHING
        if self.callbacks:
            self.env.schedule(self)
        else:
            self.callbacks = _NOTHING


class _Happening:
    """A SimPy event in line."""

    __slots__ = ("_event",)

    def __init__(self, event: Event) -> None:
        self._event = event

    def ring(self, _turn: int) -> None:
        event = self._event
        callbacks, event.callbacks = event.callbacks, _NOTHING
        for callback in callbacks:
            callback(event)
        if not (event.ok or event.defused):
            failure: Any = event.value
            raise failure
