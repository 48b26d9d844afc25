"""A duration that is shown is the duration that is read; a time is its anchor plus its distance."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from mock_api.kernel.times import seconds
from scenarios.format.instants import shown, when
from tests.thoroughness import examples

START = 1_893_974_400
DAY = 86_400


@given(st.integers(0, 36_600 * DAY))
@settings(max_examples=examples(200), derandomize=True)
def test_what_is_shown_is_read_again(duration):
    assert seconds(shown(duration)) == duration


@given(st.integers(1, 36_600 * DAY))
@settings(max_examples=examples(50), derandomize=True)
def test_what_is_earlier_bears_a_sign(duration):
    assert shown(-duration) == f"-{shown(duration)}"


@given(st.integers(1, 9999), st.integers(0, 23), st.integers(0, 59))
@settings(max_examples=examples(100), derandomize=True)
def test_days_are_counted_from_the_start(day, hour, minute):
    place = when(f"day {day} {hour:02}:{minute:02}")
    expected = START + (day - 1) * DAY + hour * 3600 + minute * 60
    assert place.second(START, lambda *_: pytest.fail("no order is meant")) == expected


@given(st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
@settings(max_examples=examples(100), derandomize=True)
def test_a_life_is_counted_from_its_milestone(came, after):
    place = when(f"first IN_TRANSIT +{shown(after)}")
    milestones = {("first", "IN_TRANSIT"): START + came}
    assert place.second(START, lambda *which: milestones[which]) == START + came + after
