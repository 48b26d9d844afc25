"""How a market says by when something is due, and the absolute instant that it means.

Three ways of saying: so many seconds, so many working days of 24 hours, the end of a working day.
"""

from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Final

from simulator.calendar import Calendar
from simulator.clock import MINUTE, Instant, later

_QUARTER: Final = 15 * MINUTE
"""No clock on earth is off by a part of it: within one, the local day and hour stay the same."""
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The same time of day, so many working days on. Days of rest do not count: what starts on
    one, starts with the next working day."""

    working_days: int


@dataclass(frozen=True, slots=True)
class EndOfWorkingDay:
    """Until 23:59 of the *nth* working day after the day of the order.

    With a *cut_off_hour*, what comes at that local hour or later, or on a day of rest, belongs to
    the next working day; the nought-th day is then the one that it belongs to.
    """

    nth: int
    cut_off_hour: int | None = None


DueRule = int | WorkingDays | EndOfWorkingDay
"""A plain number is seconds, as every other duration of a market."""


def due(rule: DueRule, start: Instant, calendar: Calendar) -> Instant:
    """When what starts to count at *start* is due; never before *start*."""
    match rule:
        case int():
            return later(start, rule)
        case WorkingDays(days):
            return _same_time(days, start, calendar)
        case EndOfWorkingDay(nth, cut_off):
            return _end_of_day(nth, cut_off, start // _QUARTER, calendar)


def _same_time(days: int, start: Instant, calendar: Calendar) -> Instant:
    local = calendar.local(start)
    day, clock = local.date(), local.time()
    if not calendar.is_working(day):
        day, clock = calendar.working_days_after(day, 1), time()
    return calendar.instant(calendar.working_days_after(day, days), clock)


@lru_cache(_REMEMBERED)
def _end_of_day(nth: int, cut_off: int | None, quarter: int, calendar: Calendar) -> Instant:
    local = calendar.local(Instant(quarter * _QUARTER))
    day = local.date()
    if cut_off is not None and (local.hour >= cut_off or not calendar.is_working(day)):
        day = calendar.working_days_after(day, 1)
    return calendar.last_second(calendar.working_days_after(day, nth))
