"""What is expected of a run as a whole: rates, transit times and counts of facts."""

import pytest

HOUR, DAY = 3600, 86_400


@pytest.fixture
def run(told):
    told.placed().placed(0, "5762", "second")
    told.record.facts[0] |= {"city": "Yiwu", "units": 2}
    told.record.facts[1] |= {"city": "Shenzhen", "units": 2}
    told.record.report = {
        "rates": [
            {"name": "late_dispatch", "share": 0.25, "hits": 1, "of": 4},
            {"name": "valid_tracking", "share": None, "hits": 0, "of": 0},
        ],
        "transits": [
            {"carrier": "jt", "origin": "CN", "destination": "US"}
            | {"p50_min": 600, "p90_min": 1440, "p99_min": 2880}
        ],
    }
    return told


@pytest.mark.parametrize(
    "expected",
    [
        "{rate: late_dispatch, at_most: 0.25}",
        "{rate: late_dispatch, at_least: 0.25}",
        "{transit: jt, p50_at_most: 10h, p99_at_most: 2d}",
        "{fact: OrderPlaced, count: 2}",
        "{fact: OrderPlaced, order: first, count: 1}",
        "{fact: OrderPlaced, values: {city: Yiwu, units: 2}, count: 1}",
        "{fact: ParcelBooked, count: 0}",
    ],
)
def test_a_run_meets_it(run, missed, expected):
    assert missed(f"statistics: [{expected}]", run) == []


@pytest.mark.parametrize(
    ("expected", "wanted", "found"),
    [
        (
            "{rate: late_dispatch, at_most: 0.2}",
            "late_dispatch from 0.0 to 0.2",
            "0.2500 (1 of 4)",
        ),
        (
            "{rate: late_dispatch, at_least: 0.3}",
            "late_dispatch from 0.3 to 1.0",
            "0.2500 (1 of 4)",
        ),
        ("{rate: valid_tracking}", "valid_tracking from 0.0 to 1.0", "nothing to count"),
        ("{transit: jt, p90_at_most: 23h}", "p90 of CN to US within 23h", "1d"),
        ("{transit: dhl, p90_at_most: 23h}", "parcels of dhl", "none was delivered"),
        (
            "{fact: OrderPlaced, values: {city: Yiwu}, count: 2}",
            "exactly 2 OrderPlaced with city Yiwu",
            "1, of 2 OrderPlaced in all",
        ),
    ],
)
def test_a_run_misses_it_and_the_failure_says_by_how_much(run, missed, expected, wanted, found):
    (failure,) = missed(f"statistics: [{expected}]", run)
    assert failure.expectation == "expect.statistics[0]"
    assert (failure.expected, failure.found) == (wanted, found)


def test_facts_that_there_were_are_shown(run, missed):
    (failure,) = missed("statistics: [{fact: OrderPlaced, count: 0}]", run)
    assert [line.split("  ")[0] for line in failure.around] == ["2030-01-07 00:00:00"] * 2
    assert "city Yiwu" in failure.around[0]
