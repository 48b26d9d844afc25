"""Local days: when one begins and ends, and whether people work on it.

Public holidays are the ``holidays`` library's, asked once per country and year. Its version is
locked with the rest: another one may know of other holidays, and would move a deadline.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from simulator.clock import Instant

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one country, on the clocks of one time zone."""

    timezone: str
    country: str = ""
    """ISO 3166 code, for public holidays; empty: there are none."""
    subdivision: str = ""
    """ISO 3166-2 part after the country, where holidays differ within it."""
    weekend: tuple[int, ...] = (5, 6)
    """Days of rest; Monday is 0."""

    def local(self, at: Instant) -> datetime:
        """What the clocks show at *at*."""
        return datetime.fromtimestamp(at, ZoneInfo(self.timezone))

    def instant(self, day: date, clock: time) -> Instant:
        """When the clocks show *clock* on *day*."""
        moment = datetime.combine(day, clock.replace(tzinfo=None), ZoneInfo(self.timezone))
        return Instant(int(moment.timestamp()))

    def last_second(self, day: date) -> Instant:
        """23:59:59: the whole of the last minute still belongs to the day."""
        return Instant(self.instant(day + _DAY, time()) - 1)

    def is_working(self, day: date) -> bool:
        if day.weekday() in self.weekend:
            return False
        return day not in public_holidays(self.country, self.subdivision, day.year)

    def working_days_after(self, day: date, count: int) -> date:
        """The *count*-th working day after *day*; *day* itself for none."""
        for _ in range(count):
            day += _DAY
            while not self.is_working(day):
                day += _DAY
        return day


@cache
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """The public holidays of one country and year, observed ones included."""
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - not every market counts working days

    return frozenset(
        holidays.country_holidays(country, subdiv=subdivision or None, years=year).keys()
    )
