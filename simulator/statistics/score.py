"""The Shop Performance Score: from 0 to 5, by bands, from six metrics with weights.

That there are six metrics, a score from 0 to 5 from thirty delivered orders in ninety days on, and
tiers that begin at 2.5, 3.5 and 4.5, is documented (tiktok-shop facts, sections 14.1 and 14.2).
Where each metric's bands begin, and how the dimensions weigh, is inferred, and stands in tables.
"""

from dataclasses import dataclass
from typing import Final

from simulator.clock import HOUR, Instant
from simulator.statistics.performance import Metric, Performance, Tally
from simulator.words import Word

DELIVERED_LEAST: Final = 30

_EXCELLENT, _GOOD, _POOR = 4.5, 3.5, 2.5
_BEST: Final = 5.0


class Tier(Word):
    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    POOR = "POOR"
    CRITICAL = "CRITICAL"
    NIL = "NIL"
    """Too little happened for a score."""


@dataclass(frozen=True, slots=True)
class Bands:
    """A metric is excellent up to (or from) *excellent*, and critical beyond *poor*."""

    dimension: str
    name: str
    excellent: float
    poor: float
    best: float
    unit: str = "PERCENT"


_GOODS, _LOGISTICS, _SERVICE = "Product satisfaction", "Fulfillment and logistics", "Service"

BANDS: Final = {
    Metric.NRR: Bands(_GOODS, "Negative review rate", 1.0, 5.0, 0.0),
    Metric.NBFR: Bands(_GOODS, "Non-buyer fault return and refund rate", 2.0, 6.0, 0.0),
    # 2.5 %: the platform's limit in the United States (14.2).
    Metric.SFCR: Bands(_LOGISTICS, "Seller fault cancellation rate", 0.5, 2.5, 0.0),
    # 80 %: the same.
    Metric.OTDR: Bands(_LOGISTICS, "On-time delivery rate", 95.0, 80.0, 100.0),
    Metric.AHT: Bands(_SERVICE, "After-sales handle time", 48.0, 240.0, 0.0, "HOURS"),
    Metric.IM_DSAT: Bands(_SERVICE, "Chat dissatisfaction rate", 10.0, 30.0, 0.0),
}
WEIGHTS: Final = {_GOODS: 40, _LOGISTICS: 40, _SERVICE: 20}
"""Percent. Those of dimensions without a score count for the others."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a shop does in one metric. Value and score are ``None`` where nothing happened."""

    metric: Metric
    tally: Tally
    value: float | None
    score: float | None

    @property
    def tier(self) -> Tier:
        return tier(self.score)


def mark(performance: Performance, shop_id: str, metric: Metric, end: Instant) -> Mark:
    """The shop's, over the window that ends at midnight *end*; none before it has a score."""
    tally = performance.tally(shop_id, metric, end)
    if not tally.of or not is_scored(performance, shop_id, end):
        return Mark(metric, tally, None, None)
    value = value_of(metric, tally)
    return Mark(metric, tally, value, _score(value, BANDS[metric]))


def is_scored(performance: Performance, shop_id: str, end: Instant) -> bool:
    return performance.tally(shop_id, Metric.OTDR, end).of >= DELIVERED_LEAST


def marks(performance: Performance, shop_id: str, end: Instant) -> list[Mark]:
    return [mark(performance, shop_id, metric, end) for metric in BANDS]


def value_of(metric: Metric, tally: Tally) -> float:
    """Hours, or percent."""
    if BANDS[metric].unit == "HOURS":
        return tally.part / tally.of / HOUR
    return min(100.0, 100 * tally.part / tally.of)


def of_dimension(found: list[Mark], dimension: str) -> float | None:
    """The mean of its metrics that have a score."""
    scores = [
        each.score
        for each in found
        if each.score is not None and BANDS[each.metric].dimension == dimension
    ]
    return sum(scores) / len(scores) if scores else None


def of_shop(found: list[Mark]) -> float | None:
    """The dimensions' scores by their weights, with one decimal place."""
    pairs = [(of_dimension(found, name), weight) for name, weight in WEIGHTS.items()]
    scored = [(score, weight) for score, weight in pairs if score is not None]
    if not scored:
        return None
    whole = sum(weight for _, weight in scored)
    return round(sum(score * weight for score, weight in scored) / whole, 1)


def tier(score: float | None) -> Tier:
    """A band belongs to its lower end."""
    if score is None:
        return Tier.NIL
    if score >= _EXCELLENT:
        return Tier.EXCELLENT
    if score >= _GOOD:
        return Tier.GOOD
    return Tier.POOR if score >= _POOR else Tier.CRITICAL


def _score(value: float, bands: Bands) -> float:
    """Straight lines: 5 at the best value, 4.5 and 2.5 at the bands' ends, and down at the
    same slope, to nought."""
    better = 1 if bands.best > bands.poor else -1
    if better * value >= better * bands.excellent:
        span = bands.best - bands.excellent
        return _EXCELLENT + (_BEST - _EXCELLENT) * (value - bands.excellent) / span
    slope = (_EXCELLENT - _POOR) / (bands.excellent - bands.poor)
    return max(0.0, _POOR + slope * (value - bands.poor))
