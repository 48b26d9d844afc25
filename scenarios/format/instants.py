"""When something happens, as people write it: ``day 3 18:00``, ``+72h``, ``first shipped +2h``.

Every form is a place in virtual time: of the calendar, from the world's start, or from an order's
own life. Which second it is, is known once its anchor has happened.
"""

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema

from mock_api.kernel.times import instant, seconds
from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR, MINUTE
from simulator.orders.model import Status

NAME: Final = r"[a-z][a-z0-9_-]{0,39}"
PLACED: Final = "placed"
MILESTONES: Final = frozenset({PLACED, *(str(status) for status in Status), *map(str, Scan)})
"""What an order's life can be measured from: its checkout, a status, a scan of its parcel."""

_CLOCK: Final = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_DAY: Final = re.compile(rf"day (?P<day>[1-9]\d{{0,3}}) {_CLOCK}")
_DAY_ALONE: Final = re.compile(r"day(?: \d+)?(?: \+\w+)?")
_DATE: Final = re.compile(rf"(?P<date>[0-3]?\d)\.(?P<month>[01]?\d)\.? {_CLOCK}")
_LATER: Final = re.compile(r"\+(?P<after>\w+)")
_LIFE: Final = re.compile(rf"(?P<order>{NAME})(?: (?P<milestone>\w+))?(?: \+(?P<after>\w+))?")
_FORMS: Final = (
    "write an instant ('day 3 18:00', '23.03 13:00', '2030-01-09T18:00:00Z'), a time from the "
    "start ('+72h'), or one from an order's life ('first +72h', 'first IN_TRANSIT +2h')"
)

_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29
_LEAP: Final = 9
"""Years in which there is a 29 February for certain."""

Milestones = Callable[[str, str], int | None]
"""When the order of a name came to a milestone; ``None`` while it has not."""


@dataclass(frozen=True, slots=True)
class When:
    """A place in virtual time."""

    text: str
    """As it was written."""
    order: str = ""
    """Whose life it counts from; empty: the world's."""
    milestone: str = ""
    after: int = 0
    """Seconds after its anchor."""
    date: tuple[int, int] | None = None
    """Day and month, the first after the start; ``after`` counts from that midnight."""
    at: int | None = None
    """The instant, where the text says all of it."""

    def second(self, start: int, milestones: Milestones) -> int | None:
        """Which second it is in a world that began at *start*; ``None`` while nobody can know."""
        if self.at is not None:
            return self.at
        if self.date:
            return self._next(*self.date, start)
        if not self.order:
            return start + self.after
        anchor = milestones(self.order, self.milestone)
        return None if anchor is None else anchor + self.after

    def _next(self, day: int, month: int, start: int) -> int | None:
        """The first such day and time from the start on; 29 February may be years off."""
        year = datetime.fromtimestamp(start, UTC).year
        for each in range(year, year + _LEAP):
            if month == _FEBRUARY and day == _LEAP_DAY and not isleap(each):
                continue
            second = int(datetime(each, month, day, tzinfo=UTC).timestamp()) + self.after
            if second >= start:
                return second
        return None

    def __str__(self) -> str:
        return self.text


def when(value: object) -> When:
    """Read one of the forms."""
    if isinstance(value, When):
        return value
    text = value.isoformat() if isinstance(value, datetime) else str(value).strip()
    for form, read in () if _DAY_ALONE.fullmatch(text) else _READERS:
        found = form.fullmatch(text)
        if found:
            return read(text, found)
    if text.split(" ")[0] == "day":
        raise ValueError(f"{text!r}: a day has a number from 1 on and a time: 'day 3 18:00'")
    try:
        return When(text, at=instant(text))
    except ValueError:
        raise ValueError(f"{text!r} is no time: {_FORMS}") from None


def _day(text: str, found: re.Match[str]) -> When:
    return When(text, after=(int(found["day"]) - 1) * DAY + _time_of_day(found))


def _date(text: str, found: re.Match[str]) -> When:
    day, month = int(found["date"]), int(found["month"])
    try:
        datetime(2028, month, day, tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{text!r} names no day of the year") from None
    return When(text, date=(day, month), after=_time_of_day(found))


def _later(text: str, found: re.Match[str]) -> When:
    return When(text, after=seconds(found["after"]))


def _life(text: str, found: re.Match[str]) -> When:
    milestone = found["milestone"] or PLACED
    if milestone not in MILESTONES:
        raise ValueError(
            f"{milestone!r} is no milestone of an order's life: name a status "
            f"({', '.join(Status)}), or a scan of its parcel ({', '.join(Scan)})"
        )
    after = seconds(found["after"]) if found["after"] else 0
    return When(text, order=found["order"], milestone=milestone, after=after)


def _time_of_day(found: re.Match[str]) -> int:
    return int(found["hour"]) * HOUR + int(found["minute"]) * MINUTE


_READERS: Final = ((_DAY, _day), (_DATE, _date), (_LATER, _later), (_LIFE, _life))


def shown(seconds_: int) -> str:
    """A duration as people write it: ``2d3h``, ``90s``."""
    sign, left = ("-", -seconds_) if seconds_ < 0 else ("", seconds_)
    parts = []
    for unit, length in (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", 1)):
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count}{unit}")
    return sign + ("".join(parts) or "0s")


_SCHEMA: Final[dict[str, Any]] = {
    "type": "string",
    "description": "When: " + _FORMS,
    "examples": ["day 3 18:00", "+72h", "first IN_TRANSIT +2h"],
}
Time = Annotated[When, BeforeValidator(when), WithJsonSchema(_SCHEMA)]
