"""How long something took, over many times: exact quantiles, from counts of whole minutes.

Memory follows the number of different minutes, not the number of parcels.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from simulator.clock import MINUTE

_HUNDRED = 100


class Spread:
    """Durations, each known to the minute it lies in; their sum is kept to the second."""

    __slots__ = ("_minutes", "count", "total_s")

    def __init__(self) -> None:
        self._minutes: Counter[int] = Counter()
        self.count = 0
        self.total_s = 0

    def add(self, seconds: int) -> None:
        assert seconds >= 0, seconds
        self._minutes[seconds // MINUTE] += 1
        self.count += 1
        self.total_s += seconds

    @property
    def mean_s(self) -> int:
        """The mean in whole seconds, rounded down; zero of nothing."""
        return self.total_s // self.count if self.count else 0

    def quantiles_min(self, percents: Iterable[int]) -> list[int]:
        """For each of the ascending *percents*, the least minute that so many per cent of all do
        not exceed (the nearest rank); zeros of nothing."""
        ranks = [max(1, -(-self.count * percent // _HUNDRED)) for percent in percents]
        found: list[int] = []
        passed = 0
        for minute in sorted(self._minutes):
            passed += self._minutes[minute]
            while len(found) < len(ranks) and ranks[len(found)] <= passed:
                found.append(minute)
        return found or [0] * len(ranks)

    def save(self) -> list[Any]:
        return [self.total_s, sorted(self._minutes.items())]

    @classmethod
    def restore(cls, saved: list[Any]) -> "Spread":
        """What ``save`` gave, again."""
        spread = cls()
        spread.total_s, minutes = saved
        spread._minutes.update(dict(minutes))
        spread.count = sum(spread._minutes.values())
        return spread
