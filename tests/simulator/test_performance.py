"""The bands of the score, and a sink whose size does not grow with orders."""

import json

import pytest

from simulator.clock import DAY, HOUR, Instant
from simulator.market import market_named
from simulator.registry import Registry
from simulator.statistics.performance import PROBLEMS_KEPT_MOST, Metric, Performance, Problem
from simulator.statistics.score import Tier, mark, marks, of_shop, tier

END = Instant(1_900_000_000 // DAY * DAY)
SHOP = "749400000001000000"


@pytest.fixture
def performance():
    return Performance(Registry(1, END, market_named("us")))


def day(back):
    return Instant(END - back * DAY + HOUR)


@pytest.mark.parametrize(
    ("late", "score", "expected"),
    [
        (0, 5.0, Tier.EXCELLENT),
        (5, 4.5, Tier.EXCELLENT),
        (6, 4.37, Tier.GOOD),
        (20, 2.5, Tier.POOR),
        (21, 2.37, Tier.CRITICAL),
        (100, 0.0, Tier.CRITICAL),
    ],
)
def test_the_score_of_on_time_delivery_by_its_bands(performance, late, score, expected):
    for nth in range(100):
        performance.count(SHOP, Metric.OTDR, day(1), nth >= late)
    found = mark(performance, SHOP, Metric.OTDR, END)

    assert found.score == pytest.approx(score, abs=0.01)
    assert found.tier is expected


def test_a_score_needs_thirty_deliveries_of_the_last_ninety_days(performance):
    performance.count(SHOP, Metric.OTDR, day(91), 1)
    for _ in range(29):
        performance.count(SHOP, Metric.OTDR, day(90), 1)
    performance.count(SHOP, Metric.OTDR, END, 1)  # today does not count before midnight

    assert of_shop(marks(performance, SHOP, END)) is None
    performance.count(SHOP, Metric.OTDR, day(1), 1)
    assert of_shop(marks(performance, SHOP, END)) == 5.0


def test_dimensions_without_anything_to_tell_do_not_count(performance):
    for _ in range(50):
        performance.count(SHOP, Metric.OTDR, day(1), 1)
        performance.count(SHOP, Metric.NBFR, day(1), 0)
    assert of_shop(marks(performance, SHOP, END)) == 5.0
    performance.count(SHOP, Metric.IM_DSAT, day(1), 1)  # what the service group's chats would add
    found = marks(performance, SHOP, END)

    assert of_shop(found) < 5.0
    assert found[-1].tier is Tier.CRITICAL


def test_it_forgets_old_days_and_old_failures(performance):
    for nth in range(3 * PROBLEMS_KEPT_MOST):
        performance.count(SHOP, Metric.OTDR, Instant(nth * DAY), 0)
    kept = performance._record(SHOP).days[Metric.OTDR]

    assert len(kept) <= 182


def test_it_goes_on_from_what_was_saved(performance):
    performance.count(SHOP, Metric.OTDR, day(3), 1)
    performance._record(SHOP).problems["OTDR"] = [Problem("1", day(3), due=day(4))]
    again = Performance(performance._here)
    again.restore(json.loads(json.dumps(performance.save())))

    assert again.save() == performance.save()
    assert again.tally(SHOP, Metric.OTDR, END) == performance.tally(SHOP, Metric.OTDR, END)
    assert tier(None) is Tier.NIL
