"""When FedEx comes to an address: what availabilities tell, and what bookings must keep to.

Times are local to the pickup's place, and bear no zone: a zone that is sent is passed over.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.refusals import NOT_HERE, TOO_FAR, Refused
from simulator import World
from simulator.carriers.model import CityService
from simulator.clock import HOUR, Instant, later
from simulator.consigning import city_of
from simulator.people import Address
from simulator.registry import COUNTRY

DOMESTIC: Final = "DOMESTIC"
INTERNATIONAL: Final = "INTERNATIONAL"
_EARLIER: Final = {DOMESTIC: 0, INTERNATIONAL: HOUR}
"""By how much goods for abroad have to be ready earlier (ours: FedEx says only that it may
differ)."""
DAYS_AHEAD: Final = 14
"""How far ahead a courier can be called (ours)."""
_READY: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_CLOCK: Final = re.compile(r"\d\d:\d\d:\d\d", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offer:
    """What FedEx does there on one day."""

    day: date
    zone: ZoneInfo
    latest_ready: Instant
    """After that, nobody comes on that day any more."""
    access: int
    """Seconds that have to lie between ready and closing."""
    rounds: tuple[Instant, ...]

    def clock(self, at: Instant) -> str:
        return datetime.fromtimestamp(at, self.zone).strftime("%H:%M:%S")


def van_at(world: World, address: Address) -> CityService:
    """The service at that door; refused, if FedEx has none there."""
    van = world.registry.carrier(NAME).service_in(city_of(address))
    if van is None:
        raise NOT_HERE.said()
    return van


def offer(world: World, address: Address, day: date, relationship: str) -> Offer | None:
    """None, if nobody works on that day."""
    there = world.shippers.availability(NAME, address, day)
    if there is None:
        return None
    latest = later(there.cut_off, -_EARLIER[relationship])
    return Offer(day, ZoneInfo(there.timezone), latest, there.access_seconds, there.rounds)


def relationship_at(address: Address) -> str:
    """Of what is picked up there, where its shipper does not say."""
    return INTERNATIONAL if address.region == COUNTRY else DOMESTIC


def require_near(day: date, today: date) -> None:
    """No further ahead than anybody is called."""
    if day > today + timedelta(days=DAYS_AHEAD):
        raise TOO_FAR.said()


def location_of(address: Address) -> str:
    """FedEx's own name for its station there: four letters. They are ours; cancelling asks for
    them again."""
    letters = [each for each in city_of(address).upper() if "A" <= each <= "Z"]
    return "".join(letters[:3]).ljust(3, "X") + "A"


def local(day: date, clock: time, zone: ZoneInfo) -> Instant:
    return Instant(int(datetime.combine(day, clock, zone).timestamp()))


def day_in(text: str, refused: Refused) -> date:
    if not _DAY.fullmatch(text):
        raise refused
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refused from None


def clock_in(text: str, refused: Refused) -> time:
    if not _CLOCK.fullmatch(text):
        raise refused
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise refused from None


def ready_in(text: str, refused: Refused) -> tuple[date, time]:
    """Day and time; its zone is ignored."""
    found = _READY.fullmatch(text)
    if not found:
        raise refused
    return day_in(found[1], refused), clock_in(found[2], refused)
