"""How sure a figure is: intervals of shares, and of differences between variants.

Variants are played with the same seeds, and share their luck. So a difference is that of pairs, and
far surer than either share: what luck does to both is not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95
_Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)

Count = tuple[int, int]
"""So many hits, of so many: of one run."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies, in 95 of 100 such sweeps."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int
    interval: Interval

    @property
    def value(self) -> float:
        return self.hits / self.of


@dataclass(frozen=True, slots=True)
class Difference:
    """How much larger the second share is than the first."""

    value: float
    interval: Interval
    unpaired: Interval
    """What it would be, had each variant had seeds of its own."""
    pairs: int


def wilson(hits: float, of: float) -> Interval:
    """Wilson's interval of a share: of that many independent ones, so many were hits. It is sound
    where hits are rare, and never leaves nought to one."""
    assert 0 <= hits <= of, (hits, of)
    share, spread = hits / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    # At the ends the root is exact, but not in floating point.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    return Interval(low, 1.0 if hits == of else min(1.0, middle + half))


def share_of(counts: Sequence[Count]) -> Share | None:
    """The share over all runs; ``None`` where there was nothing to count.

    Orders of one run share a carrier's vans, and may be late together. So Wilson's interval is
    taken of as many independent orders as would vary like these runs do (Kish's effective size):
    with one order a run, of all of them.
    """
    hits, of = _sums(counts)
    if not of:
        return None
    size = of / _design_effect(counts)
    return Share(hits, of, wilson(hits / of * size, size))


def difference(first: Sequence[Count], second: Sequence[Count]) -> Difference | None:
    """Between the shares of two variants, whose counts are in the order of the same seeds; ``None``
    where there was nothing to count.

    The interval is the normal one of the per-seed differences, with half a run more for either
    side (Agresti and Min 2005), which differs as much as runs do that differ: that none did in a
    few runs does not show that none does.
    """
    assert len(first) == len(second), (len(first), len(second))
    if not (sum(of for _, of in first) and sum(of for _, of in second)):
        return None
    before, after = _contributions(first), _contributions(second)
    apart = [late - early for early, late in zip(before, after, strict=True)]
    step, runs, total = _step(apart), len(apart), fsum(apart)
    alone = _about_mean(before) + _about_mean(after) + total**2 / runs
    return Difference(
        value=_share(second) - _share(first),
        interval=_normal(total, fsum(each**2 for each in apart) + step, runs),
        unpaired=_normal(total, alone + step, runs),
        pairs=runs,
    )


def _normal(total: float, squares: float, runs: int) -> Interval:
    """Of the mean of *runs* values with that sum, and of two halves that add nothing to it."""
    size = runs + 2
    middle = total / size
    half = _Z * sqrt(max(0.0, squares - total**2 / size)) / size
    return Interval(max(-1.0, middle - half), min(1.0, middle + half))


def _step(apart: Sequence[float]) -> float:
    """The square of how much runs differ that do; all their orders, where none does. Weighted by
    itself: a run that hardly differs hardly counts."""
    squares = fsum(each**2 for each in apart)
    return fsum(each**4 for each in apart) / squares if squares else 1.0


def _contributions(counts: Sequence[Count]) -> list[float]:
    """What each run adds to the share: their mean is the share, and their spread is its own. With
    as many orders in every run they are the runs' own shares; else it is linearised."""
    share, (_, of) = _share(counts), _sums(counts)
    mean = of / len(counts)
    return [share + (hits - share * each) / mean for hits, each in counts]


def _design_effect(counts: Sequence[Count]) -> float:
    """How many orders tell no more than one independent one; between one and all of a run's."""
    hits, of = _sums(counts)
    runs = sum(each > 0 for _, each in counts)
    if hits in (0, of):
        return of / runs  # nothing differs, so nothing tells how far a run's orders go together
    share = hits / of
    between = fsum((each_hits - share * each) ** 2 for each_hits, each in counts)
    return min(max(1.0, between / (of * share * (1 - share))), of)


def _about_mean(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((each - mean) ** 2 for each in values)


def _sums(counts: Sequence[Count]) -> Count:
    return sum(hits for hits, _ in counts), sum(of for _, of in counts)


def _share(counts: Sequence[Count]) -> float:
    hits, of = _sums(counts)
    return hits / of
