"""All the chance of one run of the swarm: named draws from its seed, in the order of their asking.

Each purpose counts by itself, so that one more draw of a kind shifts no draw of another.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from simulator.streams import Streams

T = TypeVar("T")


class Dice:
    """The draws of one part of a run, by its name."""

    def __init__(self, seed: int, part: str) -> None:
        self._streams = Streams(seed)
        self._part = f"swarm/{part}"
        self._thrown: Counter[str] = Counter()

    def unit(self, purpose: str) -> float:
        """A number in [0, 1)."""
        nth = self._thrown[purpose]
        self._thrown[purpose] += 1
        return self._streams.unit(purpose, self._part, nth)

    def chance(self, purpose: str, probability: float) -> bool:
        return self.unit(purpose) < probability

    def between(self, purpose: str, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.unit(purpose) * (high - low + 1))

    def scale(self, purpose: str, low: int, high: int) -> int:
        """The same, each order of magnitude as likely as the other: wild, and small at most."""
        return int(low * (high / low) ** self.unit(purpose) + 0.5)

    def pick(self, purpose: str, among: Sequence[T]) -> T:
        return among[int(self.unit(purpose) * len(among))]

    def some(self, purpose: str, among: Sequence[T], most: int) -> list[T]:
        """One to *most* different ones, in their order."""
        wanted = self.between(purpose, 1, min(most, len(among)))
        places = sorted(range(len(among)), key=lambda _: self.unit(purpose))[:wanted]
        return [among[place] for place in sorted(places)]

    def weighed(self, purpose: str, weights: Mapping[str, float]) -> str:
        """One of the names, each as likely as its weight says."""
        wanted = self.unit(purpose) * sum(weights.values())
        for name, weight in weights.items():
            wanted -= weight
            if wanted < 0:
                return name
        return list(weights)[-1]
