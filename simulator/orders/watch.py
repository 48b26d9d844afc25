"""An order's deadlines: absolute instants, each judged at its own second, once.

A watch never has to be told that a rule was kept. When a due second comes, and all else that
belongs to that second has happened, the order is looked at as it is then: what was done *within* 72
hours was done in time at 72 hours sharp.
"""

from collections.abc import Callable

from simulator.clock import Instant
from simulator.waiting import Agenda


class Watch:
    """What is still to be judged about one order, soonest first."""

    __slots__ = ("_agenda", "_judge", "dues", "turn")

    def __init__(self, agenda: Agenda, judge: Callable[[str], None]) -> None:
        self._agenda = agenda
        self._judge = judge
        self.dues: list[tuple[Instant, str]] = []
        self.turn = 0
        """Place of the wait for the soonest due in the world's queue; zero: no wait."""

    def due(self, rule: str) -> Instant | None:
        """When *rule* will be judged, if it still is to be."""
        return next((at for at, name in self.dues if name == rule), None)

    def add(self, rule: str, at: Instant) -> None:
        """Judge *rule* at *at*."""
        soonest = self.dues[0] if self.dues else None
        self.dues.append((at, rule))
        self.dues.sort()
        if self.dues[0] != soonest:
            self._leave()
            self.wait()

    def stop(self) -> None:
        """Nothing about this order is judged any more."""
        self.dues.clear()
        self._leave()

    def wait(self) -> None:
        """Take a place in the world's queue for the soonest due, if there is one."""
        if self.dues:
            self.turn = self._agenda.enter(self.dues[0][0], self)

    def ring(self) -> None:
        self.turn = 0
        self._agenda.when_the_second_is_over(self._judge_soonest)

    def _judge_soonest(self) -> None:
        if self.turn or not self.dues:
            return  # stopped, or moved, by what happened in this very second
        _, rule = self.dues.pop(0)
        self.wait()
        self._judge(rule)

    def _leave(self) -> None:
        if self.turn:
            self._agenda.dismiss()
            self.turn = 0
