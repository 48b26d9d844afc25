"""Working time: which local days and hours somebody works, and when so much of it has passed.

Public holidays come from the library ``holidays``. It is imported when the first of them matters.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from simulator.clock import DAY, HOUR, Instant

MIDNIGHT: Final = 24
"""The end of a day, as a closing hour."""

_WEEK: Final = (0, 1, 2, 3, 4, 5, 6)
_CHUNK: Final = 64 * DAY
_LONGEST_DAY: Final = 26 * HOUR
"""A local day with its clock set back, and something to spare."""
_MOST_REST: Final = 6
"""Chunks without any working time after which a calendar is taken to be a mistake."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody works. Weekdays count from Monday, 0; hours are local."""

    weekdays: tuple[int, ...] = _WEEK
    half_days: tuple[int, ...] = ()
    """Of the weekdays, those on which work ends early."""
    opens: int = 0
    closes: int = MIDNIGHT
    half_day_closes: int = 13
    holidays: str = ""
    """Whose public holidays are kept: a country, ``GB``, or a part of one, ``GB-ENG``."""

    @property
    def is_always(self) -> bool:
        """No hour of the year is free."""
        if self.holidays or self.half_days or self.closes - self.opens != MIDNIGHT:
            return False
        return self.weekdays == _WEEK or len(set(self.weekdays)) == len(_WEEK)

    def works_on(self, day: date) -> bool:
        if day.weekday() not in self.weekdays:
            return False
        return not self.holidays or day not in _public_holidays(self.holidays, day.year)

    def closes_on(self, day: date) -> int:
        """The hour at which work ends on that day; its opening hour, if nobody works."""
        if not self.works_on(day):
            return self.opens
        if day.weekday() in self.half_days:
            return max(self.opens, min(self.closes, self.half_day_closes))
        return self.closes


def local_hour(day: date, hour: int, zone: ZoneInfo) -> Instant:
    """That hour of that day, by the clocks of *zone*; hour 24 is the next day's midnight."""
    if hour == MIDNIGHT:
        day, hour = day + timedelta(days=1), 0
    return Instant(int(datetime.combine(day, time(hour), zone).astimezone(UTC).timestamp()))


def worked(hours: WorkingHours, timezone: str, at: Instant, seconds: int) -> Instant:
    """When *seconds* of working time have passed since *at*. Always within working time: work that
    would end as the doors close ends as they open again."""
    if hours.is_always:
        return Instant(at + seconds)
    first = (at - _LONGEST_DAY) // _CHUNK
    left = seconds
    for chunk in range(first, first + _MOST_REST + 1 + seconds // HOUR):
        opened, closed = _windows(hours, timezone, chunk)
        for nth in range(bisect_right(closed, at), len(closed)):
            start = max(opened[nth], at)
            if left < closed[nth] - start:
                return Instant(start + left)
            left -= closed[nth] - start
    raise AssertionError(hours, timezone, at, seconds)


def has_public_holidays(place: str) -> bool:
    """Whether the public holidays of *place* are known."""
    try:
        _public_holidays(place, 2030)
    except (NotImplementedError, TypeError):
        return False
    return True


@cache
def _windows(hours: WorkingHours, timezone: str, chunk: int) -> tuple[list[int], list[int]]:
    """The working times of the local days that begin in that stretch of time: when the doors open,
    and when they close."""
    zone = ZoneInfo(timezone)
    day = datetime.fromtimestamp(chunk * _CHUNK, zone).date()
    opened: list[int] = []
    closed: list[int] = []
    while (begins := local_hour(day, 0, zone)) < (chunk + 1) * _CHUNK:
        closing = hours.closes_on(day)
        if begins >= chunk * _CHUNK and closing > hours.opens:
            opened.append(local_hour(day, hours.opens, zone))
            closed.append(local_hour(day, closing, zone))
        day += timedelta(days=1)
    return opened, closed


@cache
def _public_holidays(place: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - a tenth of a second and ten megabytes, only if needed

    country, _, part = place.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
