"""The rates by which the platform judges a shop, and the marks it sets for them.

What counts as a hit, and of how many, is said here; the marks are those of the platform's public
pages (facts of the platform, section 14.2). They differ by market and change: hence data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le
from typing import Final

from simulator.clock import DAY, Instant
from simulator.words import Word

_WEEK: Final = 7
_WORKDAYS: Final = 5
_THURSDAY: Final = 3
"""Weekday of the epoch's first day, counted from Monday."""
_PERMILLE: Final = 1000

DELIVERED_WITHIN_DAYS: Final = 6
"""Business days from the order to delivery that still are on time: the US dispatch page
(seller-us university, knowledge 3995852763301633)."""


class RateName(Word):
    """A rate, with what it counts."""

    LATE_DISPATCH = "late_dispatch"
    """Orders with a breach of D1 or D4, of those that were dispatched or had such a breach."""
    ON_TIME_DELIVERY = "on_time_delivery"
    """Delivered in time, of those that were delivered: as UK and EU count, who look at the parcels
    that arrived (changelog of orders, OTDR for seller-shipped orders)."""
    SELLER_FAULT_CANCELLATION = "seller_fault_cancellation"
    """Cancelled by the seller, or by the platform for what the seller left undone, of those that
    were paid (the denominator is inferred)."""
    VALID_TRACKING = "valid_tracking"
    """Seller shipping: the platform saw a scan under the number given, of all marked as shipped."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many hits of so many orders."""

    name: RateName
    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """``None`` when there was nothing to count."""
        return self.hits / self.of if self.of else None


_COMPARED: Final[Mapping[str, Callable[[int, int], bool]]] = {"<=": le, ">=": ge, ">": gt}


@dataclass(frozen=True, slots=True)
class Limit:
    """One side of a mark: ``Limit("<=", 40)`` is at most four per cent."""

    sign: str
    permille: int

    def holds(self, rate: Rate) -> bool:
        return _COMPARED[self.sign](rate.hits * _PERMILLE, self.permille * rate.of)

    def __str__(self) -> str:
        return f"{self.sign} {self.permille / 10:g} %"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the platform wants a rate to be, and from where on it acts; ``None``: no source says."""

    recommended: Limit | None = None
    enforced: Limit | None = None


class Verdict(Word):
    NOTHING_TO_JUDGE = "nothing_to_judge"
    """No orders to count, or no mark known."""
    KEPT = "kept"
    MISSED = "missed"
    """Not as recommended; nothing follows."""
    ENFORCED = "enforced"
    """The platform would act."""


def verdict(rate: Rate, mark: Mark) -> Verdict:
    """Where *rate* stands."""
    if not rate.of or (mark.recommended is None and mark.enforced is None):
        return Verdict.NOTHING_TO_JUDGE
    if mark.enforced and mark.enforced.holds(rate):
        return Verdict.ENFORCED
    if mark.recommended and not mark.recommended.holds(rate):
        return Verdict.MISSED
    return Verdict.KEPT


Marks = Mapping[RateName, Mark]

_US: Final[Marks] = {
    # seller-us university, knowledge 3668989549299511
    RateName.LATE_DISPATCH: Mark(Limit("<=", 40), Limit(">", 100)),
    # seller-us university, knowledge 7671875816589099 (there of a week's orders)
    RateName.ON_TIME_DELIVERY: Mark(Limit(">=", 800)),
    # seller-us university, knowledge 7953001314830094
    RateName.SELLER_FAULT_CANCELLATION: Mark(Limit("<=", 25)),
    # seller-us university, knowledge 1274968588748558
    RateName.VALID_TRACKING: Mark(Limit(">=", 950)),
}
_SEA: Final[Marks] = {
    # seller-th university, knowledge 6837814453094145: a limit on the order volume
    RateName.LATE_DISPATCH: Mark(enforced=Limit(">=", 100)),
    # seller-th university, knowledge 4260207925872400 (there of seven days' orders)
    RateName.SELLER_FAULT_CANCELLATION: Mark(enforced=Limit(">=", 100)),
}
_BY_MARKET: Final[Mapping[str, Marks]] = {
    "standard": _US,  # inferred: the rules of the house name no marks; these are the fullest
    "us": _US,
    "sea": _SEA,
}


def marks_of(market: str) -> Marks:
    """The marks of the market profile of that name; none where no source gives any (the UK)."""
    return _BY_MARKET.get(market, {})


def delivery_due(placed_at: Instant) -> Instant:
    """The end of the sixth business day after the order's own, in UTC. Public holidays count as
    business days: who knows a market's calendar gives ``Statistics`` another promise."""
    day = placed_at // DAY
    weekday = (day + _THURSDAY) % _WEEK
    if weekday >= _WORKDAYS:  # from a weekend, count as from its Friday
        day, weekday = day - (weekday - _WORKDAYS + 1), _WORKDAYS - 1
    weeks, rest = divmod(weekday + DELIVERED_WITHIN_DAYS, _WORKDAYS)
    due_day = day - weekday + weeks * _WEEK + rest
    return Instant((due_day + 1) * DAY - 1)
