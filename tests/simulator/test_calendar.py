"""Local days, days of rest, and how a market says by when something is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from simulator.calendar import Calendar, office_days
from simulator.clock import DAY, HOUR, Instant
from simulator.market.dues import EndOfWorkingDay, WorkingDays, due
from simulator.working_hours import WorkingHours

PACIFIC = office_days("America/Los_Angeles", "US")
VIETNAM = office_days("Asia/Ho_Chi_Minh", "VN")
ENGLAND = office_days("Europe/London", "GB-ENG")


def at(calendar, *moment):
    return Instant(int(datetime(*moment, tzinfo=ZoneInfo(calendar.timezone)).timestamp()))


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (ENGLAND, date(2030, 1, 7), True),
        (ENGLAND, date(2030, 1, 12), False),  # a Saturday
        (ENGLAND, date(2030, 12, 26), False),  # Boxing Day
        (PACIFIC, date(2030, 12, 26), True),
        (PACIFIC, date(2030, 11, 11), False),  # Veterans Day
        (VIETNAM, date(2030, 2, 4), False),  # Tet
        (office_days("Asia/Ho_Chi_Minh", ""), date(2030, 2, 4), True),
        (Calendar("Asia/Ho_Chi_Minh", WorkingHours((0, 1, 2, 3, 4, 5))), date(2030, 1, 12), True),
    ],
)
def test_people_work_on_days_that_are_neither_weekend_nor_holiday(calendar, day, works):
    assert calendar.is_working(day) is works


def test_holidays_may_differ_within_a_country():
    saint_andrew = date(2029, 11, 30)

    assert ENGLAND.is_working(saint_andrew)
    assert not office_days("Europe/London", "GB-SCT").is_working(saint_andrew)


def test_a_day_ends_at_its_own_midnight_even_when_the_clocks_change():
    spring_forward = PACIFIC.last_second(date(2030, 3, 10)) - PACIFIC.last_second(date(2030, 3, 9))

    assert spring_forward == 23 * HOUR
    assert PACIFIC.local(PACIFIC.last_second(date(2030, 3, 10))).hour == 23


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        # Seconds.
        (72 * HOUR, (2030, 1, 11, 15), (2030, 1, 14, 15)),
        # The same time of day, working days later.
        (WorkingDays(2), (2030, 1, 9, 15, 30), (2030, 1, 11, 15, 30)),
        (WorkingDays(2), (2030, 1, 10, 15, 30), (2030, 1, 14, 15, 30)),
        (WorkingDays(1), (2030, 1, 12, 15, 30), (2030, 1, 15, 0, 0)),
        # The end of a working day.
        (EndOfWorkingDay(2), (2030, 1, 9, 0, 0), (2030, 1, 11, 23, 59, 59)),
        (EndOfWorkingDay(2), (2030, 1, 9, 23, 59, 59), (2030, 1, 11, 23, 59, 59)),
        (EndOfWorkingDay(2), (2030, 1, 12, 9), (2030, 1, 15, 23, 59, 59)),
        (EndOfWorkingDay(2), (2030, 2, 14, 9), (2030, 2, 19, 23, 59, 59)),  # Presidents' Day
        # With a cut-off.
        (EndOfWorkingDay(0, 14), (2030, 1, 9, 13, 59, 59), (2030, 1, 9, 23, 59, 59)),
        (EndOfWorkingDay(0, 14), (2030, 1, 9, 14), (2030, 1, 10, 23, 59, 59)),
        (EndOfWorkingDay(0, 14), (2030, 1, 12, 9), (2030, 1, 14, 23, 59, 59)),
        (EndOfWorkingDay(2, 14), (2030, 1, 10, 13), (2030, 1, 14, 23, 59, 59)),
        (EndOfWorkingDay(2, 14), (2030, 1, 10, 15), (2030, 1, 15, 23, 59, 59)),
        (EndOfWorkingDay(2, 14), (2030, 1, 12, 9), (2030, 1, 16, 23, 59, 59)),
    ],
)
def test_due_rules_give_instants(rule, start, expected):
    assert due(rule, at(PACIFIC, *start), PACIFIC) == at(PACIFIC, *expected)


STARTS = st.integers(1_893_456_000, 1_893_456_000 + 800 * DAY).map(Instant)
CALENDARS = st.sampled_from([PACIFIC, VIETNAM, ENGLAND])
RULES = st.one_of(
    st.integers(0, 30 * DAY),
    st.builds(WorkingDays, st.integers(1, 12)),
    st.builds(EndOfWorkingDay, st.integers(1, 12)),
    st.builds(EndOfWorkingDay, st.integers(0, 12), st.integers(0, 23)),
)


@given(rule=RULES, start=STARTS, calendar=CALENDARS, wait=st.integers(0, 10 * DAY))
def test_nothing_is_due_before_it_starts_and_who_starts_later_is_due_no_earlier(
    rule, start, calendar, wait
):
    first = due(rule, start, calendar)

    assert first >= start
    assert due(rule, Instant(start + wait), calendar) >= first


@given(days=st.integers(1, 12), start=STARTS, calendar=CALENDARS)
def test_so_many_working_days_lie_between(days, start, calendar):
    """Counted day by day, with nothing of the model's but which days are working days."""
    end = due(EndOfWorkingDay(days), start, calendar)
    zone = ZoneInfo(calendar.timezone)
    first, last = (
        datetime.fromtimestamp(each, UTC).astimezone(zone).date() for each in (start, end)
    )
    between = [first + timedelta(days=nth + 1) for nth in range((last - first).days)]

    assert sum(calendar.is_working(day) for day in between) == days
    assert calendar.is_working(last)
