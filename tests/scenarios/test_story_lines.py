"""Lines of a parcel's life as sellers' developers write them in issue threads, word for word."""

import pytest

from scenarios.format.story import story_line
from simulator.carriers.scans import Scan

START = 1_893_974_400


@pytest.mark.parametrize(
    ("line", "when", "scan"),
    [
        ("23.03 13:00 waiting for dispatch", "23.03 13:00", Scan.LABEL_PRINTED),
        ("25.03 12:00 in transit", "25.03 12:00", Scan.IN_TRANSIT),
        ("26.03 15:24 out for delivery", "26.03 15:24", Scan.OUT_FOR_DELIVERY),
        ("26.03 18:00 waiting at pick-up point", "26.03 18:00", Scan.AWAITING_PICKUP),
        ("27.03 11:23 delivered", "27.03 11:23", Scan.DELIVERED),
        ("27.03 11:23 Problem with the parcel", "27.03 11:23", Scan.EXCEPTION),
        ("day 3 18:00 courier notice", "day 3 18:00", Scan.DELIVERY_ATTEMPTED),
        ("+50h returning to sender", "+50h", Scan.RETURN_INITIATED),
        ("2030-03-23T13:00:00Z picked_up", "2030-03-23T13:00:00Z", Scan.PICKED_UP),
        ("  25.03 12:00   arrived-at-hub ", "25.03 12:00", Scan.ARRIVED_AT_HUB),
    ],
)
def test_a_line_is_when_and_what(line, when, scan):
    told = story_line(line)
    assert (str(told.at), told.scan) == (when, scan)
    assert story_line(told) == told


@pytest.mark.parametrize("scan", Scan)
def test_every_scan_may_be_said_as_words(scan):
    assert story_line(f"day 2 10:00 {scan.replace('_', ' ')}").scan is scan


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("in transit", "is no line of a story: write when, then what"),
        ("25.03 12:00", "is no line of a story"),
        ("25.03 in transit", "is no line of a story"),
        ("25.03 12:00 flying", "'flying' is nothing that a carrier says; known are waiting for"),
        ("32.03 12:00 in transit", "names no day of the year"),
        ("day 3 in transit", "is no line of a story"),
        ("noon 12:00 in transit", "is no time"),
        ("", "is no line of a story"),
    ],
)
def test_what_is_no_line_is_refused(line, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        story_line(line)
