"""How an entity waits: for its next signal, or for its due time. Nothing else.

The whole future of a world is the waits that are open, and each of them is plain data on its
entity: when it is due, and its place in the queue. A life keeps nothing else, so a world can be
saved as data and every life started again from its entity (see ``World.restore``).
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final, Protocol

import simpy
from simpy.events import EventPriority

from simulator.clock import Instant

_LAST: Final = EventPriority(2)
"""SimPy's own priorities are 0 (urgent) and 1 (normal)."""

Life = Generator[simpy.Event, Any, None]
"""What an entity does with its time: a SimPy process that yields one wait after the other."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """Nobody signalled in time."""


TIME_UP: Final = TimeUp()


class Waiter(Protocol):
    """Somebody with a place in the queue, to be rung when the due second comes."""

    turn: int

    def ring(self) -> None: ...


class _Afterthought(simpy.Event):
    """Happens in this second, when everything else that belongs to it has happened."""

    def __init__(self, env: simpy.Environment, act: Callable[[], None]) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        self.callbacks.append(lambda _: act())
        env.schedule(self, _LAST)


class Agenda:
    """Who is due at which second. One SimPy timeout a second, however many wait for it."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.open_waits = 0
        """Timed waits that are still wanted: at zero, time alone changes nothing any more."""
        self._turns = 0
        self._due: dict[int, list[tuple[int, Waiter]]] = {}

    def next_turn(self) -> int:
        """A place at the end of the world's queue."""
        self._turns += 1
        return self._turns

    def enter(self, by: int, waiter: Waiter) -> int:
        """Ring *waiter* at *by*, unless its turn has moved on by then; its new turn."""
        turn = self.next_turn()
        second = self._due.get(by)
        if second is None:
            second = self._due[by] = []
            now = int(self.env.now)
            alarm = self.env.timeout(by - now if by > now else 0)
            alarm.callbacks.append(lambda _: self._ring(by))
        second.append((turn, waiter))
        self.open_waits += 1
        return turn

    def when_the_second_is_over(self, act: Callable[[], None]) -> None:
        """Do *act* after all that happens in the present second."""
        _Afterthought(self.env, act)

    def dismiss(self) -> None:
        """A timed wait is wanted no more; its entry stays and is passed over."""
        self.open_waits -= 1

    def _ring(self, second: int) -> None:
        for turn, waiter in self._due.pop(second):
            if waiter.turn == turn:
                self.open_waits -= 1
                waiter.ring()


class Inbox:
    """Where one entity's signals arrive. At most one wait is open at a time.

    A signal that comes while the life is on its way to its next wait is kept for that wait. A world
    at rest has none of these: every life has come to its wait.
    """

    __slots__ = ("_agenda", "_kept", "_open", "_timed", "turn")

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self._open: simpy.Event | None = None
        self._timed = False
        self._kept: list[object] = []
        self.turn = 0
        """Place of the latest wait in the world's queue: later waits have higher turns."""

    @property
    def waiting(self) -> bool:
        return self._open is not None

    def next_signal(self, by: Instant | None = None) -> simpy.Event:
        """The event to yield: its value is the signal, or TIME_UP at *by*, when there is one."""
        assert self._open is None, "a life waits for one thing at a time"
        event = simpy.Event(self._agenda.env)
        if self._kept:
            event.succeed(self._kept.pop(0))
            return event
        self._open = event
        self._timed = by is not None
        self.turn = self._agenda.next_turn() if by is None else self._agenda.enter(by, self)
        return event

    def deliver(self, signal: object) -> None:
        """Wake the waiting life, or keep the signal for its next wait."""
        event, self._open = self._open, None
        if event is None:
            self._kept.append(signal)
            return
        if self._timed:
            self._agenda.dismiss()
        self.turn = 0
        event.succeed(signal)

    def ring(self) -> None:
        event, self._open = self._open, None
        assert event is not None, "rung without a wait"
        event.succeed(TIME_UP)
