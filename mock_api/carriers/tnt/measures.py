"""Kilograms, metres and cubic metres, as TNT's documents have them; whole grams and millimetres, as
the world does."""

from decimal import Decimal
from math import ceil
from typing import Final

from mock_api.kernel.measures import NoMeasure, number
from simulator.shipments.model import Piece

_THOUSAND: Final = Decimal(1000)
_FLAT: Final = (1, 1, 1)
"""A piece whose sides nobody tells: size does not weigh."""


def count(text: str, default: int = 0) -> int:
    """A whole number."""
    said = number(text) if text else Decimal(default)
    if said != int(said):
        raise NoMeasure(text)
    return int(said)


def grams(text: str) -> int:
    """Of kilograms; more than nothing."""
    said = ceil(number(text) * _THOUSAND)
    if said <= 0:
        raise NoMeasure(text)
    return said


def sides(length: str, width: str, height: str) -> tuple[int, int, int]:
    """Of metres."""
    found = tuple(ceil(number(side) * _THOUSAND) for side in (length, width, height))
    if not any(found):
        return _FLAT
    if not all(found):
        raise NoMeasure(f"{length} x {width} x {height}")
    return (found[0], found[1], found[2])


def cube(volume: str, pieces: int) -> tuple[int, int, int]:
    """The sides of each of so many pieces, if all that is told is the volume of all."""
    said = number(volume) / pieces
    side = ceil(float(said) ** (1 / 3) * 1000 - 1e-6)
    return (side, side, side) if side > 0 else _FLAT


def pieces_of(weight: str, volume: str, many: int) -> tuple[Piece, ...]:
    """So many that are alike, of whose weight and volume the sums are told."""
    each = max(1, ceil(grams(weight) / many))
    return (Piece(each, cube(volume, many)),) * many


def money_minor(text: str) -> int:
    """Hundredths."""
    return round(number(text) * 100)
