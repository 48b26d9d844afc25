"""How an entity waits: for its next signal, or for its due time. Nothing else.

The whole future of a world is the waits that are open, and each of them is plain data on its
entity: when it is due, and its place in the queue. A life keeps nothing else, so a world can be
saved as data and every life started again from its entity (see ``World.restore``).
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final

import simpy

from simulator.clock import Instant
from simulator.seconds import Seconds, Standing

Life = Generator[simpy.Event, Any, None]
"""What an entity does with its time: a SimPy process that yields one wait after the other."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """Nobody signalled in time."""


TIME_UP: Final = TimeUp()
_SIGNALLED: Final = 0
"""No wait has this turn: it stands in line for a signal that has come."""


class Agenda:
    """Everybody's places in the queue, and how many still wait for a time to come."""

    __slots__ = ("env", "open_waits", "turns")

    def __init__(self, env: Seconds) -> None:
        self.env = env
        self.open_waits = 0
        """Timed waits that are still wanted: at zero, time alone changes nothing any more."""
        self.turns = 0
        """Places given so far: the next one is the end of the world's queue."""


class Inbox(Standing):
    """Where one entity's signals arrive, and the event that its life yields. At most one wait is
    open at a time.

    A signal that comes while the life is on its way to its next wait is kept for that wait. A world
    at rest has none of these: every life has come to its wait.
    """

    __slots__ = ("_agenda", "_kept", "_open", "_signal", "_timed", "turn")

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.life = None
        self._open = 0
        """The turn of the open wait; zero when none is."""
        self._timed = False
        self._signal: object = None
        """What has come, while the life stands in line to hear it."""
        self._kept: list[object] | None = None
        self.turn = 0
        """Place of the latest wait in the world's queue: later waits have higher turns."""

    @property
    def waiting(self) -> bool:
        return self._open > 0

    def next_signal(self, by: Instant | None = None) -> simpy.Event:
        """The event to yield: its value is the signal, or TIME_UP at *by*, when there is one."""
        assert not self._open, "a life waits for one thing at a time"
        agenda = self._agenda
        if self._kept:
            self._signal = self._kept.pop(0)
            agenda.env.ring_now(self, _SIGNALLED)
            return self
        turn = agenda.turns = agenda.turns + 1
        self.turn = self._open = turn
        if by is None:
            self._timed = False
        else:
            self._timed = True
            agenda.open_waits += 1
            agenda.env.ring_at(by, self, turn)
        return self

    def deliver(self, signal: object) -> None:
        """Wake the waiting life, or keep the signal for its next wait."""
        if not self._open:
            kept = self._kept = self._kept or []
            kept.append(signal)
            return
        # Its place at the due second stays, and will be stale.
        self._open = 0
        if self._timed:
            self._agenda.open_waits -= 1
        self._signal = signal
        self._agenda.env.ring_now(self, _SIGNALLED)

    def ring(self, turn: int) -> None:
        """A signal has come, or time is up; or a wait is meant that was over long ago."""
        if turn == _SIGNALLED:
            heard, self._signal = self._signal, None
        elif turn == self._open:
            self._open = 0
            self._agenda.open_waits -= 1
            heard = TIME_UP
        else:
            return
        if self.life is not None:
            self.life.go_on(heard)


class Chime:
    """Rings once a second is over, when everything else that belongs to that second has happened.

    What is set anew, or stopped, before it rings does not ring.
    """

    __slots__ = ("_agenda", "turn")

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.turn = 0
        """Its place in the world's queue; zero when it is not set."""

    def set(self, by: Instant) -> None:
        agenda = self._agenda
        if not self.turn:
            agenda.open_waits += 1
        turn = agenda.turns = agenda.turns + 1
        self.turn = turn
        agenda.env.ring_after(by, self, turn)

    def unset(self) -> None:
        if self.turn:
            self.turn = 0
            self._agenda.open_waits -= 1

    def ring(self, turn: int) -> None:
        """The second is over; nothing, if it is a second that was given up."""
        if self.turn == turn:
            self.unset()
            self.rung()

    def rung(self) -> None:
        """What happens then."""
        raise NotImplementedError


class QuietBell(Chime):
    """Rings for the books, not for anybody's sake: whoever waits until nothing is awaited any more
    does not wait for it."""

    __slots__ = ("_ring",)

    def __init__(self, agenda: Agenda, ring: Callable[[], None]) -> None:
        super().__init__(agenda)
        self._ring = ring

    def set(self, by: Instant) -> None:
        agenda = self._agenda
        turn = agenda.turns = agenda.turns + 1
        self.turn = turn
        agenda.env.ring_after(by, self, turn)

    def unset(self) -> None:
        self.turn = 0

    def rung(self) -> None:
        self._ring()


class Bell(Chime):
    """A chime that calls whoever hung it up."""

    __slots__ = ("_ring",)

    def __init__(self, agenda: Agenda, ring: Callable[[], None]) -> None:
        super().__init__(agenda)
        self._ring = ring

    def stop(self) -> None:
        self.unset()

    def rung(self) -> None:
        self._ring()
