"""Intervals, held against published values, closed forms and what they promise."""

from math import isclose, sqrt
from statistics import NormalDist, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sweeping.estimates import difference, share_of, wilson
from simulator.streams import Streams

Z = NormalDist().inv_cdf(0.975)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(hits, of, low, high):
    found = wilson(hits, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 10**7).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
@settings(derandomize=True)
def test_at_wilsons_ends_the_share_is_just_as_far_as_chance_lets_it_be(count):
    hits, of = count
    found = wilson(hits, of)

    assert 0 <= found.low <= hits / of <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert isclose(
                abs(hits / of - end), Z * sqrt(end * (1 - end) / of), rel_tol=1e-5, abs_tol=1e-12
            )


def test_one_order_a_run_is_plainly_wilsons():
    found, plain = share_of([(1, 1)] * 15 + [(0, 1)] * 133).interval, wilson(15, 148)
    assert (isclose(found.low, plain.low), isclose(found.high, plain.high)) == (True, True)


def test_orders_that_are_always_late_together_count_as_one():
    together = share_of([(20, 20)] * 15 + [(0, 20)] * 133)

    assert (together.hits, together.of) == (300, 2960)
    assert isclose(together.interval.low, wilson(15, 148).low)
    assert isclose(together.interval.high, wilson(15, 148).high)


def test_orders_that_are_late_each_by_itself_count_each():
    draw = Streams(1)
    counts = [
        (sum(draw.unit("late", str(run), nth) < 0.3 for nth in range(50)), 50) for run in range(400)
    ]
    share = share_of(counts)
    assert share.interval.width == pytest.approx(wilson(share.hits, share.of).width, rel=0.1)


def test_where_nothing_happened_runs_are_counted_not_their_orders():
    assert share_of([(0, 10)] * 40).interval == wilson(0, 40)
    assert share_of([(10, 10)] * 40).interval == wilson(40, 40)


def test_runs_without_orders_say_nothing():
    assert share_of([(0, 0)] * 3) is None
    assert difference([(0, 0)], [(0, 0)]) is None
    assert share_of([(3, 10), (0, 0), (5, 10)]).value == 0.4


@given(st.lists(st.sampled_from([(0, 0), (0, 1), (1, 0), (1, 1)]), min_size=1, max_size=200))
@settings(derandomize=True)
def test_of_single_orders_the_difference_is_agresti_and_mins(pairs):
    """Statistics in Medicine 24 (2005): a half more in each cell, of the pairs that differ."""
    found = difference([(early, 1) for early, _ in pairs], [(late, 1) for _, late in pairs])
    worse = sum(late > early for early, late in pairs)
    better = sum(late < early for early, late in pairs)
    size = len(pairs) + 2
    middle = (worse - better) / size
    half = Z / size * sqrt(worse + better + 1 - (worse - better) ** 2 / size)

    assert isclose(found.value, (worse - better) / len(pairs), abs_tol=1e-12)
    assert isclose(found.interval.low, max(-1, middle - half), abs_tol=1e-9)
    assert isclose(found.interval.high, min(1, middle + half), abs_tol=1e-9)
    assert found.interval.low <= found.value <= found.interval.high


def test_with_runs_of_one_size_it_is_the_mean_of_the_runs_own_differences():
    first, second = [(1, 10), (3, 10), (2, 10), (0, 10)], [(2, 10), (3, 10), (6, 10), (1, 10)]
    apart = [0.1, 0.0, 0.4, 0.1]
    many = 200
    found = difference(first * many, second * many)

    assert isclose(found.value, sum(apart) / 4)
    spread = stdev(apart * many) / sqrt(4 * many)
    assert found.interval.width == pytest.approx(2 * Z * spread, rel=0.05)


def test_runs_of_different_sizes_count_by_their_orders():
    found = difference([(1, 10), (0, 90)], [(10, 10), (0, 90)])
    assert isclose(found.value, 0.09)


def test_what_luck_does_to_both_is_not_in_the_difference():
    """Each run's shares swing together: the pair's difference does not swing at all."""
    first = [(hits, 20) for hits in (0, 4, 8, 12, 16)] * 40
    second = [(hits + 2, 20) for hits, _ in first]
    found = difference(first, second)

    assert isclose(found.value, 0.1)
    assert found.interval.width * 5 < found.unpaired.width


@pytest.mark.parametrize("worse", [0.0, 0.03])
def test_of_a_hundred_intervals_about_95_hold_the_truth(worse):
    """Runs of five orders; luck is shared by half, and the second variant is *worse* by so much."""
    draw, sweeps, held = Streams(7), 200, 0
    for sweep in range(sweeps):
        first, second = [], []
        for run in range(60):
            units = [draw.unit("order", f"{sweep}.{run}", nth) for nth in range(5)]
            others = [
                draw.unit("other", f"{sweep}.{run}", nth) if nth % 2 else unit
                for nth, unit in enumerate(units)
            ]
            first.append((sum(unit < 0.2 for unit in units), 5))
            second.append((sum(unit < 0.2 + worse for unit in others), 5))
        interval = difference(first, second).interval
        held += interval.low <= worse <= interval.high
    assert 0.92 <= held / sweeps <= 0.985
