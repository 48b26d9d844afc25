"""When orders come: counted over many seeds, and held against what the plan promises.

The seeds are fixed, so nothing here is a matter of luck; four standard deviations is what chance
could explain, had they been drawn anew.
"""

from collections import Counter
from datetime import UTC, datetime
from itertools import count, pairwise
from math import log, sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import DAY, HOUR, Instant
from simulator.demand.chance import Draws, exponential, picked
from simulator.demand.rhythms import (
    EVENING,
    HORIZON,
    MICROS,
    WEEKEND,
    Burst,
    Curve,
    Steady,
    Tempo,
)
from simulator.streams import Streams
from simulator.world import STARTS_AT

WEEK = 7 * DAY
BANGKOK = ZoneInfo("Asia/Bangkok")


def arrivals(rhythm, seed, *, lasts, starts_at=STARTS_AT, source="mine"):
    """Seconds from the start, of every order until it *lasts* no longer."""
    streams, reached = Streams(seed), 0
    for nth in count() if rhythm.total is None else range(rhythm.total):
        reached = rhythm.coming(starts_at, reached, nth, Draws(streams, f"{source}/{nth}"))
        if reached is None or reached >= lasts * MICROS:
            return
        yield reached // MICROS


def is_by_chance(found, expected):
    """Whether *found*, a count of independent events, may be one that should be *expected*."""
    return abs(found - expected) <= 4 * sqrt(expected)


@given(unit=st.floats(0, 1, exclude_min=True))
def test_the_own_logarithm_is_the_mathematical_one(unit):
    assert exponential(unit) == pytest.approx(-log(unit), rel=1e-14, abs=1e-300)


def test_the_least_draw_gives_a_long_wait_and_no_error():
    assert 44 < exponential(0.0) < 45


@given(
    weights=st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=1, max_size=6).filter(any),
    unit=st.floats(0, 1),
)
def test_nothing_without_weight_is_picked(weights, unit):
    mix = tuple((str(nth), weight) for nth, weight in enumerate(weights))

    assert weights[int(picked(mix, unit))] > 0


def test_picks_follow_the_weights():
    mix = (("a", 1.0), ("b", 0.0), ("c", 3.0))
    found = Counter(picked(mix, (nth + 0.5) / 400) for nth in range(400))

    assert found == {"a": 100, "c": 300}


@pytest.mark.parametrize("per_hour", [0.5, 40.0, 7200.0])
def test_steady_sources_bring_as_many_as_their_rate_says(per_hour):
    seconds = int(1000 * HOUR / per_hour)
    counts = [len(list(arrivals(Steady(per_hour), seed, lasts=seconds))) for seed in range(60)]

    assert is_by_chance(sum(counts), 60 * 1000)


def test_steady_sources_bring_strangers_as_uneven_as_chance():
    """The counts of equal times have, among strangers, a variance equal to their mean."""
    counts = Counter(
        (seed, at // HOUR) for seed in range(40) for at in arrivals(Steady(9.0), seed, lasts=WEEK)
    )
    hours = [counts[seed, hour] for seed in range(40) for hour in range(7 * 24)]
    mean = sum(hours) / len(hours)
    variance = sum((each - mean) ** 2 for each in hours) / (len(hours) - 1)

    # The variance of (n - 1) x dispersion is about 2 (n - 1).
    assert abs(variance / mean - 1) <= 4 * sqrt(2 / len(hours))


def test_curves_bring_as_many_a_week_as_their_mean_says():
    found = sum(len(list(arrivals(_curve(20.0), seed, lasts=2 * WEEK))) for seed in range(12))

    assert is_by_chance(found, 12 * 2 * 7 * 24 * 20)


def _curve(per_hour):
    return Curve(per_hour, timezone="Asia/Bangkok")


@pytest.fixture(scope="module")
def in_bangkok():
    """Local times of four weeks' orders, over many seeds."""
    return [
        datetime.fromtimestamp(STARTS_AT + at, BANGKOK)
        for seed in range(10)
        for at in arrivals(_curve(20.0), seed, lasts=4 * WEEK)
    ]


def test_a_curves_orders_follow_the_hours_of_the_day(in_bangkok):
    found = Counter(moment.hour for moment in in_bangkok)
    for hour, weight in enumerate(EVENING):
        expected = 10 * 4 * 7 * 24 * 20 * weight / sum(EVENING)
        assert is_by_chance(found[hour], expected), (hour, found[hour], expected)


def test_a_curves_orders_follow_the_days_of_the_week(in_bangkok):
    found = Counter(moment.weekday() for moment in in_bangkok)
    for day, weight in enumerate(WEEKEND):
        expected = 10 * 4 * 7 * 24 * 20 * weight / sum(WEEKEND)
        assert is_by_chance(found[day], expected), (day, found[day], expected)


def test_the_default_curve_peaks_in_the_evening():
    assert max(range(24), key=EVENING.__getitem__) in range(18, 23)


def test_a_curve_keeps_local_time_when_clocks_change():
    """London goes an hour forward on 2030-03-31."""
    noon = Curve(5.0, "Europe/London", tuple(float(hour == 12) for hour in range(24)))
    london = ZoneInfo("Europe/London")
    start = Instant(int(datetime(2030, 3, 27, 15, 20, 10, tzinfo=UTC).timestamp()))
    moments = [
        datetime.fromtimestamp(start + at, london)
        for at in arrivals(noon, 3, lasts=8 * DAY, starts_at=start)
    ]

    assert {moment.hour for moment in moments} == {12}
    assert {moment.day for moment in moments} == {28, 29, 30, 31, 1, 2, 3, 4}


@pytest.mark.parametrize("rhythm", [Steady(3600.0), _curve(300.0)])
def test_orders_come_one_after_the_other(rhythm):
    moments = list(arrivals(rhythm, 5, lasts=HOUR))

    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert len(set(moments)) > 1


def test_a_curve_ends_with_the_calendar():
    start = Instant(HORIZON - 2 * DAY)

    assert len(list(arrivals(_curve(1.0), 1, lasts=WEEK, starts_at=start))) < 100


def density(tempo, time):
    """The rate of a burst at a share of its duration, as its documentation has it."""
    rise, power = {"ordinary": (0.2, 1), "flash": (0.02, 3)}[tempo]
    return time / rise if time < rise else ((1 - time) / (1 - rise)) ** power


@pytest.mark.parametrize("tempo", Tempo)
@pytest.mark.parametrize("orders", [1, 7, 500])
def test_a_burst_brings_each_order_in_its_part_of_the_crowd(tempo, orders):
    """The crowd is added up second by second: no formula is shared with the rhythm."""
    lasts = 3600
    crowd = [0.0]
    for second in range(lasts):
        crowd.append(crowd[-1] + density(tempo, (second + 0.5) / lasts))
    moments = list(arrivals(Burst(orders, lasts, tempo), 11, lasts=lasts))

    assert len(moments) == orders
    for nth, at in enumerate(moments):
        assert 0 <= at < lasts
        # The share that has come by the end of the second, and by its start.
        assert crowd[at + 1] / crowd[-1] >= nth / orders - 1e-5
        assert crowd[at] / crowd[-1] <= (nth + 1) / orders + 1e-5


@given(
    orders=st.integers(1, 200),
    lasts=st.integers(1, 5000),
    tempo=st.sampled_from(Tempo),
    seed=st.integers(0, 9),
)
def test_a_burst_brings_exactly_so_many_in_its_time(orders, lasts, tempo, seed):
    moments = list(arrivals(Burst(orders, lasts, tempo), seed, lasts=lasts))

    assert len(moments) == orders
    assert moments == sorted(moments)


def test_a_flash_is_over_sooner():
    half = {
        tempo: list(arrivals(Burst(101, 10_000, tempo), 1, lasts=10_000))[50] for tempo in Tempo
    }

    assert half[Tempo.FLASH] < half[Tempo.ORDINARY] / 2
