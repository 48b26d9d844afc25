"""Whole working days, as a market counts them: when a local day ends, and which days count.

Its public holidays move deadlines, so the version of the library that knows them is locked.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from simulator.clock import Instant
from simulator.working_hours import MIDNIGHT, WorkingHours, local_hour

OFFICE_DAYS: Final = (0, 1, 2, 3, 4)
"""Monday to Friday."""

_DAY: Final = timedelta(days=1)
_REMEMBERED: Final = 4096
"""Days counted lately: a day's orders all ask the same."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one country, on the clocks of one time zone."""

    timezone: str
    hours: WorkingHours

    def local(self, at: Instant) -> datetime:
        """What the clocks show at *at*."""
        return datetime.fromtimestamp(at, ZoneInfo(self.timezone))

    def instant(self, day: date, clock: time) -> Instant:
        """When the clocks show *clock* on *day*."""
        return Instant(int(datetime.combine(day, clock, ZoneInfo(self.timezone)).timestamp()))

    def last_second(self, day: date) -> Instant:
        """23:59:59: the whole of the last minute still belongs to the day."""
        return Instant(local_hour(day, MIDNIGHT, ZoneInfo(self.timezone)) - 1)

    def is_working(self, day: date) -> bool:
        return self.hours.works_on(day)

    def working_days_after(self, day: date, count: int) -> date:
        """The *count*-th working day after *day*; *day* itself for none."""
        return _working_days_after(self.hours, day, count)


def office_days(timezone: str, holidays: str) -> Calendar:
    """Monday to Friday but for the public holidays of a country, ``US``, or a part, ``GB-ENG``."""
    return Calendar(timezone, WorkingHours(OFFICE_DAYS, holidays=holidays))


@lru_cache(_REMEMBERED)
def _working_days_after(hours: WorkingHours, day: date, count: int) -> date:
    for _ in range(count):
        day += _DAY
        while not hours.works_on(day):
            day += _DAY
    return day
