"""How an entity waits: for its next signal, or for its due time. Nothing else.

The whole future of a world is the waits that are open, and each of them is plain data on its
entity: when it is due, and its place in the queue. A life keeps nothing else, so a world can be
saved as data and every life started again from its entity (see ``World.restore``).
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final

import simpy
from simpy.events import NORMAL, EventPriority

from simulator.clock import Instant

_LAST: Final = EventPriority(2)
"""Behind SimPy's own priorities, 0 (urgent) and 1 (normal)."""

Life = Generator[simpy.Event, Any, None]
"""What an entity does with its time: a SimPy process that yields one wait after the other."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """Nobody signalled in time."""


TIME_UP: Final = TimeUp()


class _Alarm(simpy.Event):
    """An event that happens at a second, whoever still waits for it then."""

    def __init__(self, env: simpy.Environment, by: int, priority: EventPriority) -> None:
        super().__init__(env)
        self._ok = True
        self._value = TIME_UP
        env.schedule(self, priority, max(0, by - int(env.now)))


class Agenda:
    """Everybody's places in the queue, and how many still wait for a time to come."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.open_waits = 0
        """Timed waits that are still wanted: at zero, time alone changes nothing any more."""
        self._turns = 0

    def next_turn(self) -> int:
        """A place at the end of the world's queue."""
        self._turns += 1
        return self._turns


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
        agenda = self._agenda
        if self._kept:
            return simpy.Event(agenda.env).succeed(self._kept.pop(0))
        self.turn = agenda.next_turn()
        self._timed = by is not None
        if by is None:
            event = simpy.Event(agenda.env)
        else:
            agenda.open_waits += 1
            event = _Alarm(agenda.env, by, NORMAL)
            event.callbacks.append(self._time_is_up)
        self._open = event
        return event

    def deliver(self, signal: object) -> None:
        """Wake the waiting life, or keep the signal for its next wait."""
        event, self._open = self._open, None
        if event is None:
            self._kept.append(signal)
        elif self._timed:
            # The alarm stays in SimPy's queue, and finds nobody.
            self._agenda.open_waits -= 1
            woken = simpy.Event(self._agenda.env)
            woken.callbacks, event.callbacks = event.callbacks[1:], []
            woken.succeed(signal)
        else:
            event.succeed(signal)

    def _time_is_up(self, _: simpy.Event) -> None:
        self._open = None
        self._agenda.open_waits -= 1


class Bell:
    """Rings once a second is over, when everything else that belongs to that second has happened.

    What is set anew, or stopped, before it rings does not ring.
    """

    __slots__ = ("_agenda", "_ring", "turn")

    def __init__(self, agenda: Agenda, ring: Callable[[], None]) -> None:
        self._agenda = agenda
        self._ring = ring
        self.turn = 0
        """Its place in the world's queue; zero when it is not set."""

    def set(self, by: Instant) -> None:
        self.stop()
        self.turn = turn = self._agenda.next_turn()
        self._agenda.open_waits += 1
        alarm = _Alarm(self._agenda.env, by, _LAST)
        alarm.callbacks.append(lambda _: self._rung(turn))

    def stop(self) -> None:
        if self.turn:
            self.turn = 0
            self._agenda.open_waits -= 1

    def _rung(self, turn: int) -> None:
        if self.turn == turn:
            self.stop()
            self._ring()
