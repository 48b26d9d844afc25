"""How many units the platform lets travel in one parcel: beyond that, an order has to be split."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CategoryLimit:
    """Of one category (the platform's CATEGORY_ITEM_LIMITATION)."""

    category_id: str
    units_max: int


@dataclass(frozen=True, slots=True)
class ParcelLimits:
    """Of one market. Without limits, nothing has to be split."""

    units_max: int | None = None
    """Of whatever it is (TOTAL_COUNT_LIMITATION)."""
    categories: tuple[CategoryLimit, ...] = ()


NO_LIMITS: Final = ParcelLimits()
