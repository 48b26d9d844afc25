"""Draws with a shape: waits between strangers, and one of several by weight.

Nothing here asks the platform's mathematics library: its logarithms may differ in the last digit
from machine to machine, and a world may not. The four operations and the square root do not.
"""

from dataclasses import dataclass
from itertools import accumulate
from math import frexp
from typing import Final

from simulator.streams import Streams

Mix = tuple[tuple[str, float], ...]
"""Names with their weights, which need not add up to anything."""

_LN_2: Final = 0.6931471805599453
_SQRT_HALF: Final = 0.7071067811865476
_LEAST: Final = 2.0**-64
_TERMS: Final = tuple(1 / odd for odd in range(21, 0, -2))
"""Of the series of the inverse hyperbolic tangent: at most 0.172 is put into it, and the first term
left out is below the precision of a float."""


@dataclass(frozen=True, slots=True)
class Draws:
    """All the chance of one order of one source."""

    streams: Streams
    entity: str

    def unit(self, purpose: str, nth: int = 0) -> float:
        return self.streams.unit(purpose, self.entity, nth)

    def pick(self, purpose: str, mix: Mix, nth: int = 0) -> str:
        """One of the names; where there is but one, nothing is drawn, and no other draw shifts."""
        return mix[0][0] if len(mix) == 1 else picked(mix, self.unit(purpose, nth))

    def chance(self, purpose: str, probability: float) -> bool:
        """Whether it happens; what is certain is not drawn."""
        if probability in (0, 1):
            return bool(probability)
        return self.unit(purpose) < probability

    def between(self, purpose: str, span: tuple[int, int]) -> int:
        return self.streams.between(purpose, self.entity, span)


def exponential(unit: float) -> float:
    """The wait for an event that comes once in a while, one on average, from a *unit* draw."""
    return -_ln(unit or _LEAST)


def picked(mix: Mix, unit: float) -> str:
    """One of the names, each as likely as its weight says."""
    heights = list(accumulate(weight for _, weight in mix))
    wanted = unit * heights[-1]
    for (name, _), height in zip(mix, heights, strict=True):
        if wanted < height:
            return name
    # The product was rounded up to the whole: the last name that may be drawn at all.
    return next(name for name, weight in reversed(mix) if weight)


def _ln(number: float) -> float:
    fraction, power = frexp(number)
    if fraction < _SQRT_HALF:
        fraction, power = fraction * 2, power - 1
    tangent = (fraction - 1) / (fraction + 1)
    square = tangent * tangent
    series = 0.0
    for term in _TERMS:
        series = series * square + term
    return power * _LN_2 + 2 * tangent * series
