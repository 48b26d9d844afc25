"""Moments as DHL writes them: ``2030-01-08T10:00:00 GMT+08:00``, and how far off they may be."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.dhl.names import NAME
from mock_api.carriers.dhl.refusals import NOT_NEAR, Refused
from mock_api.kernel.sandbox import Sandbox
from simulator.carriers.model import CHINA
from simulator.carriers.routes import COUNTRIES
from simulator.clock import DAY, Instant
from simulator.consigning import city_of
from simulator.people import Address

DAYS_AHEAD: Final = 10
"""Documented: no more than that in the future."""
_PLANNED: Final = re.compile(r"([\d-]{10})T([\d:]{8}) ?GMT([+-]\d\d:\d\d)", re.ASCII)
_SAMPLE: Final = "2010-02-11T17:10:09 GMT+01:00"
_ILL_FORMED: Final = (
    f"998: ShipTimeStamp is not well formatted.(Expected Sample Format : '{_SAMPLE}')"
)
_UNZONED: Final = timedelta(0)
_ZONE_OF: Final = {country.code: country.timezone for country in COUNTRIES} | {"CN": CHINA}
_LATEST: Final = time(18)
_NOON: Final = time(12)
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Planned:
    """When something is to be handed over."""

    at: Instant
    zone: ZoneInfo
    """Of the place."""

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.at, self.zone).date()

    def until(self, closes: time | None) -> Instant:
        """That hour of the same day, at that place; left out, the last van's."""
        closing = datetime.combine(self.day, closes or _LATEST, self.zone)
        return Instant(int(closing.timestamp()))


def planned(sandbox: Sandbox, said: str, where: Address) -> Planned:
    """*said* by a request, of that place: neither past, nor too far ahead.

    A lenient sandbox takes the past for now, and GMT+00:00 for the place's own time: stock clients
    put that behind local hours.
    """
    lenient, zone = sandbox.is_lenient(NAME), zone_of(sandbox, where)
    moment = _read(said)
    if lenient and moment.utcoffset() == _UNZONED:
        moment = moment.replace(tzinfo=zone)
    return _near(sandbox, Planned(Instant(int(moment.timestamp())), zone))


def planned_day(sandbox: Sandbox, day: date, where: Address) -> Planned:
    """Some time that day: at its noon, or now if it is over."""
    zone = zone_of(sandbox, where)
    noon = int(datetime.combine(day, _NOON, zone).timestamp())
    today = datetime.fromtimestamp(sandbox.world.now, zone).date()
    at = max(noon, sandbox.world.now) if day == today else noon
    return _near(sandbox, Planned(Instant(at), zone))


def _near(sandbox: Sandbox, when: Planned) -> Planned:
    now = sandbox.world.now
    if sandbox.is_lenient(NAME):
        when = replace(when, at=Instant(max(when.at, now)))
    if not now <= when.at <= now + DAYS_AHEAD * DAY:
        raise Refused(HTTPStatus.BAD_REQUEST, NOT_NEAR)
    return when


def _read(said: str) -> datetime:
    found = _PLANNED.fullmatch(said.strip())
    try:
        if found:
            return datetime.fromisoformat("{}T{}{}".format(*found.groups()))
    except ValueError:
        pass
    raise Refused(HTTPStatus.BAD_REQUEST, _ILL_FORMED)


def zone_of(sandbox: Sandbox, where: Address) -> ZoneInfo:
    """The place's: of the van that comes there, or of its country."""
    service = sandbox.world.registry.carrier(NAME).service_in(city_of(where))
    return ZoneInfo(service.timezone if service else _ZONE_OF.get(where.region, "UTC"))


def workdays_after(day: date, days: int) -> date:
    """So many weekdays later; public holidays are not looked at (ours)."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() <= _FRIDAY
    return day
