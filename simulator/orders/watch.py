"""An order's deadlines: absolute instants, each judged at its own second, once.

A watch never has to be told that a rule was kept. When a due second comes, and all else that
belongs to that second has happened, the order is looked at as it is then: what was done *within* 72
hours was done in time at 72 hours sharp.
"""

from collections.abc import Callable, Container

from simulator.clock import Instant
from simulator.waiting import Agenda, Chime


class Watch(Chime):
    """What is still to be judged about one order, soonest first."""

    # A chime itself: a bell that called it back would keep it from being forgotten.
    __slots__ = ("_judge", "dues")

    def __init__(self, agenda: Agenda, judge: Callable[[str, Instant], None]) -> None:
        super().__init__(agenda)
        self._judge = judge
        self.dues: list[tuple[Instant, str]] = []

    def due(self, rule: str) -> Instant | None:
        """When *rule* will be judged, if it still is to be."""
        return next((at for at, name in self.dues if name == rule), None)

    def add(self, rule: str, at: Instant) -> None:
        """Judge *rule* at *at*."""
        soonest = self.dues[0] if self.dues else None
        self.dues.append((at, rule))
        self.dues.sort()
        if self.dues[0] != soonest:
            self.wait()

    def add_once(self, rule: str, at: Instant) -> None:
        """The same, unless that is to be judged then anyway."""
        if (at, rule) not in self.dues:
            self.add(rule, at)

    def forget(self, rules: Container[str]) -> None:
        """Judge none of *rules* any more."""
        soonest = self.dues[0] if self.dues else None
        self.dues = [due for due in self.dues if due[1] not in rules]
        if not self.dues:
            self.unset()
        elif self.dues[0] != soonest:
            self.wait()

    def stop(self) -> None:
        """Nothing about this order is judged any more."""
        self.dues.clear()
        self.unset()

    def wait(self) -> None:
        """Take a place in the world's queue for the soonest due, if there is one."""
        if self.dues:
            self.set(self.dues[0][0])

    def rung(self) -> None:
        due, rule = self.dues.pop(0)
        self.wait()
        self._judge(rule, due)
