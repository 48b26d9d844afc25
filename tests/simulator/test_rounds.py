"""When a van comes: local hours, across midnights and clock changes."""

from datetime import UTC, datetime

import pytest

from simulator.carriers.model import EVERY_DAY, CityService
from simulator.working_hours import WorkingHours


def utc(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def next_round():
    def after(text, zone="Europe/London", rounds=(10, 14, 18), days=EVERY_DAY):
        service = CityService(timezone=zone, rounds=rounds, capacity=1, cut_off=0, days=days)
        return datetime.fromtimestamp(service.round_after(utc(text)), UTC).strftime("%d %H:%M")

    return after


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2030-01-07T00:00:00", "07 10:00"),
        ("2030-01-07T09:59:59", "07 10:00"),
        ("2030-01-07T10:00:00", "07 14:00"),
        ("2030-01-07T17:59:59", "07 18:00"),
        ("2030-01-07T18:00:00", "08 10:00"),
        ("2030-01-07T23:59:59", "08 10:00"),
    ],
)
def test_the_next_round_is_strictly_later_and_may_be_tomorrows(next_round, now, then):
    assert next_round(now) == then


def test_rounds_keep_local_hours(next_round):
    assert next_round("2030-01-07T00:00:00", zone="Asia/Shanghai") == "07 02:00"


def test_the_local_day_counts_not_the_utc_day(next_round):
    # 17:00 UTC on the 7th is 01:00 on the 8th in Shanghai.
    assert next_round("2030-01-07T17:00:00", zone="Asia/Shanghai") == "08 02:00"


def test_in_spring_the_van_comes_an_hour_earlier_by_utc(next_round):
    # British clocks go forward on Sunday 2030-03-31 at 01:00 UTC.
    assert next_round("2030-03-30T18:00:00") == "31 09:00"


def test_in_autumn_the_van_comes_an_hour_later_by_utc(next_round):
    # British clocks go back on Sunday 2030-10-27 at 01:00 UTC.
    assert next_round("2030-10-26T17:00:00") == "27 10:00"


def test_a_round_in_the_hour_that_is_skipped_still_takes_place(next_round):
    assert next_round("2030-03-30T12:00:00", rounds=(1,)) == "31 01:00"
    assert next_round("2030-03-31T01:00:00", rounds=(1,)) == "01 00:00"


def test_a_round_in_the_hour_that_comes_twice_takes_place_once(next_round):
    assert next_round("2030-10-26T12:00:00", rounds=(1,)) == "27 00:00"
    assert next_round("2030-10-27T00:00:00", rounds=(1,)) == "28 01:00"


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2030-01-11T18:00:00", "12 10:00"),  # Saturday morning still
        ("2030-01-12T10:00:00", "14 10:00"),  # but no afternoon, and no Sunday
        ("2030-04-18T18:00:00", "20 09:00"),  # over Good Friday
        ("2030-04-20T10:00:00", "23 09:00"),  # over Easter Monday
    ],
)
def test_the_van_rests_when_its_drivers_do(next_round, now, then):
    week = WorkingHours(weekdays=(0, 1, 2, 3, 4, 5), half_days=(5,), holidays="GB-ENG")

    assert next_round(now, days=week) == then
