"""The forms in which a scenario says when, and the second that each of them is."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from scenarios.format.instants import Time, when
from scenarios.record import Record
from simulator.clock import DAY, HOUR, MINUTE

START = 1_893_974_400  # 2030-01-07 00:00 UTC, a Monday
NEVER = {}


def second(text, milestones=NEVER, start=START):
    return when(text).second(start, lambda *which: milestones.get(which))


def utc(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+0h", START),
        ("+72h", START + 72 * HOUR),
        ("+1d12h", START + 36 * HOUR),
        ("+90", START + 90),
        ("day 1 00:00", START),
        ("day 3 18:05", START + 2 * DAY + 18 * HOUR + 5 * MINUTE),
        ("day 3 8:05", START + 2 * DAY + 8 * HOUR + 5 * MINUTE),
        ("23.03 13:00", utc(2030, 3, 23, 13)),
        ("1.2. 9:30", utc(2030, 2, 1, 9, 30)),
        ("2030-01-09T18:00:00Z", utc(2030, 1, 9, 18)),
        ("2030-01-09T18:00:00+08:00", utc(2030, 1, 9, 10)),
        ("2030-01-09", utc(2030, 1, 9)),
        ("1970-01-01T00:00:05", 5),
    ],
)
def test_what_the_calendar_and_the_start_say(text, expected):
    assert second(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("06.01 12:00", START, utc(2031, 1, 6, 12)),
        ("07.01 00:00", START, START),
        ("07.01 00:00", START + 1, utc(2031, 1, 7)),
        ("29.02 01:00", START, utc(2032, 2, 29, 1)),
        ("29.02 01:00", utc(2096, 3, 1), utc(2104, 2, 29, 1)),
    ],
)
def test_a_date_is_the_next_such_day_from_the_start_on(text, start, expected):
    assert second(text, start=start) == expected


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("first", "placed"),
        ("first +0s", "placed"),
        ("first placed", "placed"),
        ("first IN_TRANSIT", "IN_TRANSIT"),
        ("first delivered", "delivered"),
    ],
)
def test_an_orders_life_has_milestones(text, milestone):
    assert second(text, {("first", milestone): START + 5}) == START + 5
    assert second(text) is None


def test_what_comes_after_a_milestone_waits_for_it():
    place = "six-parcels out_for_delivery +2h30m"
    assert second(place, {("six-parcels", "out_for_delivery"): START}) == START + 9000
    assert second(place) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("72h", "'72h' is no time: write an instant"),
        ("0", "'0' is no time"),
        ("+soon", "is no duration"),
        ("+72x", "is no duration"),
        ("day 3", "a day has a number from 1 on and a time: 'day 3 18:00'"),
        ("day 0 10:00", "a day has a number from 1 on"),
        ("day 3 +2h", "a day has a number from 1 on"),
        ("day 3 24:00", "a day has a number from 1 on"),
        ("day", "a day has a number from 1 on"),
        ("31.02 10:00", "'31.02 10:00' names no day of the year"),
        ("01.13 10:00", "'01.13 10:00' names no day of the year"),
        ("00.01 10:00", "names no day of the year"),
        ("first SHIPPED", "'SHIPPED' is no milestone of an order's life: name a status (UNPAID"),
        ("First +2h", "'First +2h' is no time"),
        ("first -2h", "'first -2h' is no time"),
        ("", "'' is no time"),
    ],
)
def test_what_is_no_time_is_refused_with_the_forms_there_are(text, words):
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Time).validate_python(text)
    assert words in str(raised.value)


@pytest.mark.parametrize("text", ["day 3 18:00", "first IN_TRANSIT +2h", "2030-01-09"])
def test_a_time_is_shown_as_it_was_written(text):
    assert str(when(text)) == text
    assert when(when(text)) == when(text)


def test_in_an_expectation_a_bare_distance_counts_from_the_orders_checkout(told):
    record: Record = told.placed(7 * HOUR).record
    assert record.second(when("+2h"), "5761") == START + 9 * HOUR
    assert record.second(when("day 1 09:00"), "5761") == START + 9 * HOUR
    assert record.second(when("first +1h"), "another") == START + 8 * HOUR
    assert record.second(when("+2h"), "nobody's") is None
