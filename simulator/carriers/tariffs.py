"""Tariffs as data: an item fee and a rate per kilogram, by brackets of weight.

One form serves all. A line's tariff has brackets with fees; an express's first weight with steps of
half a kilogram is a bracket whose weights are rounded up to the next step. ``prices`` reckons.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bracket:
    """What weights above *above_g*, up to the next bracket, cost. Money in thousandths of a yuan,
    as published lists have it."""

    above_g: int
    fee_milli: int
    per_kg_milli: int
    step_g: int = 1
    """Weights are rounded up to a multiple of this."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """One carrier's prices to one country, in CNY."""

    brackets: tuple[Bracket, ...]
    """Ascending; the first begins at nought."""
    max_weight_g: int
    max_side_mm: int
    max_sum_mm: int
    """Length, width and height together."""
    divisor: int = 0
    """Cubic centimetres that weigh a kilogram; nought: size does not weigh."""
    volume_tolerance: float = 1.0
    """Size weighs only beyond so many times the actual weight."""
    discount_percent: float = 0.0
    """What sellers, or their agents, get off the list's freight."""
    fuel_percent: float = 0.0
    """On top, of what is left."""
    remote_per_kg_milli: int = 0
    """On top in remote areas, per kilogram; fuel is charged on it, too."""
    remote_least_milli: int = 0
