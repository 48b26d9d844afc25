"""When work is done: by local calendars, across nights, rest days, holidays and clock changes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator.clock import DAY, HOUR
from simulator.working_hours import WorkingHours, has_public_holidays, worked
from tests.thoroughness import examples

OFFICE = WorkingHours(weekdays=(0, 1, 2, 3, 4), opens=9, closes=17)
SHOP = WorkingHours(weekdays=(0, 1, 2, 3, 4, 5), half_days=(5,), opens=8, closes=18)
BANK = WorkingHours(weekdays=(0, 1, 2, 3, 4), holidays="GB-ENG")


def utc(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def done():
    def said(hours, text, hours_of_work, zone="Europe/London"):
        at = worked(hours, zone, utc(text), round(hours_of_work * HOUR))
        return datetime.fromtimestamp(at, ZoneInfo(zone)).strftime("%a %d %H:%M")

    return said


def test_who_never_rests_is_done_when_the_time_has_passed(done):
    assert done(WorkingHours(), "2030-01-12T23:00:00", 50) == "Tue 15 01:00"


@pytest.mark.parametrize(
    ("begun", "takes", "then"),
    [
        ("2030-01-07T09:00:00", 1, "Mon 07 10:00"),
        ("2030-01-07T03:00:00", 1, "Mon 07 10:00"),
        ("2030-01-07T16:30:00", 1, "Tue 08 09:30"),
        ("2030-01-11T16:30:00", 1, "Mon 14 09:30"),
        ("2030-01-11T20:00:00", 0, "Mon 14 09:00"),
        ("2030-01-07T09:00:00", 8, "Tue 08 09:00"),
        ("2030-01-07T09:00:00", 40, "Mon 14 09:00"),
    ],
)
def test_nights_and_weekends_do_not_count(done, begun, takes, then):
    assert done(OFFICE, begun, takes) == then


def test_half_a_saturday_counts_as_half(done):
    assert done(SHOP, "2030-01-12T12:00:00", 2) == "Mon 14 09:00"


def test_public_holidays_do_not_count(done):
    # Good Friday is on 2030-04-19, Easter Monday on the 22nd.
    assert done(BANK, "2030-04-18T22:00:00", 2) == "Tue 23 01:00"


def test_the_holidays_are_those_of_the_country(done):
    golden_week = WorkingHours(holidays="CN")

    assert done(golden_week, "2030-09-30T15:00:00", 2, "Asia/Shanghai") == "Fri 04 01:00"


def test_the_local_day_counts_not_the_utc_day(done):
    # Sunday 20:00 UTC is Monday morning in Shanghai.
    weekdays = WorkingHours(weekdays=(0, 1, 2, 3, 4))

    assert done(weekdays, "2030-01-13T20:00:00", 1, "Asia/Shanghai") == "Mon 14 05:00"


@pytest.mark.parametrize(("place", "known"), [("GB", True), ("GB-ENG", True), ("XX", False)])
def test_whose_holidays_are_known(place, known):
    assert has_public_holidays(place) is known


@pytest.mark.parametrize("place", ["GB-XX", "", "-", "holidays"])
def test_whose_holidays_are_not(place):
    assert not has_public_holidays(place)


HOURS = st.builds(
    lambda weekdays, half, opens, length, holidays: WorkingHours(
        tuple(sorted(weekdays)), tuple(sorted(half)), opens, min(24, opens + length), 13, holidays
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(0, 6), max_size=2),
    st.integers(0, 12),
    st.integers(1, 24),
    st.sampled_from(["", "GB-ENG", "CN", "US"]),
)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Shanghai", "UTC"])


def by_counting(hours, zone, at, work):
    """Hour by hour on the wall: is somebody at work in it?"""
    zone = ZoneInfo(zone)
    while True:
        local = datetime.fromtimestamp(at, zone)
        closes = hours.closes
        if local.weekday() in hours.half_days:
            closes = min(closes, 13)
        at_work = hours.works_on(local.date()) and hours.opens <= local.hour < closes
        if at_work and work == 0:
            return at
        work -= at_work
        at += HOUR


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(hours=HOURS, zone=ZONES, hour=st.integers(0, 366 * 24), work=st.integers(0, 60))
def test_working_time_is_what_one_counts_on_the_wall(hours, zone, hour, work):
    if all(day in hours.half_days for day in hours.weekdays) and hours.opens >= 13:
        return  # nobody ever works
    at = utc("2030-01-07T00:00:00") + hour * HOUR

    assert worked(hours, zone, at, work * HOUR) == by_counting(hours, zone, at, work)


def test_a_week_without_any_work_is_found_out():
    never = WorkingHours(weekdays=(5,), half_days=(5,), opens=14)

    with pytest.raises(AssertionError):
        worked(never, "UTC", utc("2030-01-07T00:00:00"), DAY)


def test_half_days_end_no_later_than_whole_ones():
    early = WorkingHours(half_days=(5,), closes=11)

    assert early.closes_on(date(2030, 1, 12)) == 11
