"""Weights and sides as requests tell them; whole grams and millimetres, as the world has them.

What units are called, and what is refused in which words, each dialect says for itself.
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Final

G_PER_KG: Final = 1000
G_PER_LB: Final = 453.59237
G_PER_OZ: Final = 28.349523125
MM_PER_CM: Final = 10
MM_PER_INCH: Final = 25.4

MOST: Final = Decimal(10**6)
"""No number of a request is larger."""
_NOISE: Final = 6
"""Decimals behind which a product of floats is noise, and nothing to round up for."""


class NoMeasure(ValueError):
    """A number is missing, is none, or cannot be."""


def number(text: str) -> Decimal:
    """Not negative; nothing said is nought. NoMeasure, if it is none, or beyond all measure."""
    try:
        said = Decimal(text or "0")
    except InvalidOperation:
        raise NoMeasure(text) from None
    if not said.is_finite() or not 0 <= said <= MOST:
        raise NoMeasure(text)
    return said


def rounded_up(amount: float | Decimal) -> int:
    """Whole grams or millimetres, as carriers count them: every one begun, and never none."""
    return max(1, ceil(round(float(amount), _NOISE)))


def nearest(amount: float | Decimal) -> int:
    """Whole ones, as carriers do that round; never none."""
    return max(1, round(amount))


def box(sides: Iterable[int]) -> tuple[int, int, int]:
    """Its length, width and height."""
    length, width, height = sides
    return length, width, height
