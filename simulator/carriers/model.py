"""A carrier: where its vans come, when, how much they hold, how long each leg takes, what it costs.

All of it is data. What happens with it is in ``van`` (collecting), in ``parcels.life`` (travel) and
in ``prices``. Every field may be set anew for one world: see ``settings``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from simulator.carriers.abroad import COUNTRY_OF, domestic
from simulator.carriers.mishaps import USUAL, MishapRates, Setbacks
from simulator.carriers.scans import Scan
from simulator.carriers.tariffs import Tariff
from simulator.clock import HOUR, Instant
from simulator.errors import UnknownName
from simulator.words import Word
from simulator.working_hours import WorkingHours, local_hour

__all__ = [
    "CHINA",
    "ELSEWHERE",
    "EVERY_DAY",
    "Carrier",
    "CityService",
    "Kind",
    "Leg",
    "MishapRates",
    "Scan",
    "Service",
    "Setbacks",
]

CHINA: Final = "Asia/Shanghai"
EVERY_DAY: Final = WorkingHours()
_REMEMBERED: Final = 1024
"""Days of vans' rounds: every parcel of a day is promised one of the same few."""
ELSEWHERE: Final = "*"
"""Among routes and tariffs: for every country that has none of its own."""


class Kind(Word):
    """What sort of house it is."""

    LINE = "line"
    """A small-parcel line: consolidates, flies, and injects into a local last mile."""
    EXPRESS = "express"
    """A commercial express: its own network from door to door."""
    POST = "post"


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to one scan: which, where, and the shortest and longest time since the one before.

    A *place* of ``None`` is the recipient's own town. Only working time counts.
    """

    scan: Scan
    span: tuple[int, int]
    place: str | None
    timezone: str
    hours: WorkingHours = EVERY_DAY
    """When somebody works at this leg, by the clocks of its time zone."""


@dataclass(frozen=True, slots=True)
class CityService:
    """Door pickup in a city: the van's local hours, its hold, and how early it must be booked."""

    timezone: str = CHINA
    rounds: tuple[int, ...] = (10, 14, 18)
    """Local hours at which the van sets out, ascending."""
    capacity: int = 400
    """Parcels per round."""
    cut_off: int = HOUR
    """Seconds before a round after which a booking waits for the next one."""
    days: WorkingHours = EVERY_DAY
    """When the van drives. On a half day, only its rounds of the morning take place."""

    def rounds_on(self, day: date) -> tuple[Instant, ...]:
        """When the van sets out on that local day."""
        return _rounds_on(self, day)

    def round_after(self, at: Instant) -> Instant:
        """The first round strictly after *at*."""
        day = datetime.fromtimestamp(at, ZoneInfo(self.timezone)).date()
        while True:
            for instant in _rounds_on(self, day):
                if instant > at:
                    return instant
            day += timedelta(days=1)


@lru_cache(_REMEMBERED)
def _rounds_on(service: CityService, day: date) -> tuple[Instant, ...]:
    """When that day's rounds set out."""
    zone, closes = ZoneInfo(service.timezone), service.days.closes_on(day)
    driven = [hour for hour in service.rounds if service.days.opens <= hour < closes]
    return tuple(local_hour(day, hour, zone) for hour in driven)


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a carrier sells."""

    code: str
    name: str
    product: str
    """How the carrier's own API calls it."""
    transit: tuple[int, int]
    """Working days, shortest and longest, as quoted."""
    pace: float = 1.0
    """Its legs take so many times the route's."""
    price: float = 1.0
    """It costs so many times the tariff's freight."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier's service as the simulation knows it."""

    code: str
    name: str
    kind: Kind
    services: tuple[Service, ...]
    """The first is what is booked when nobody says."""
    cities: dict[str, CityService]
    elsewhere: CityService | None
    """The service in every other city; ``None`` means no door pickup there (H3)."""
    depot: str
    """Where parcels that are dropped off get their first scan."""
    depot_timezone: str
    drop_off_span: tuple[int, int]
    """Shortest and longest way from the seller's door to the depot."""
    routes: dict[str, tuple[Leg, ...]]
    """Every leg from the first scan to the signature, by country of destination."""
    tariffs: dict[str, Tariff]
    mishaps: MishapRates
    sync_lag: tuple[int, int]
    """How much later third-party trackers know of a scan, at least and at most."""
    first_scan_lag: tuple[int, int] = (0, 0)
    """From the van to the first scan. None where couriers scan at the door."""
    pickup_delay: int = 0
    """Vans leave each parcel standing so much longer than they need to."""
    transit_factor: float = 1.0
    """Every leg takes so many times its span."""
    setbacks: Setbacks = USUAL
    """How long it takes when something goes wrong (``docs/mishaps.md``)."""
    abroad: dict[str, CityService] = field(default_factory=dict)
    """Pickup at warehouses in countries of destination (X2), by city."""

    def service_in(self, city: str) -> CityService | None:
        if city in COUNTRY_OF:
            return self.abroad.get(city)
        return self.cities.get(city, self.elsewhere)

    def route_to(self, region: str, city: str = "") -> str:
        """The key, among its routes, of the one from *city* to that country."""
        if city in COUNTRY_OF:
            return domestic(COUNTRY_OF[city])
        return region if region in self.routes else ELSEWHERE

    def depot_for(self, city: str) -> tuple[str, str]:
        """Where a parcel from *city* that is dropped off gets its first scan, and whose time is
        kept there."""
        if city in self.abroad:
            hub = self.routes[domestic(COUNTRY_OF[city])][0]
            return hub.place or city, hub.timezone
        return self.depot, self.depot_timezone

    def service(self, code: str = "") -> Service:
        """The service of that code; left out, what is booked when nobody says."""
        if not code:
            return self.services[0]
        for each in self.services:
            if each.code == code:
                return each
        known = ", ".join(each.code for each in self.services)
        raise UnknownName(f"service of {self.code}", code, known)

    def pace(self, service: str) -> float:
        """How many times a leg's span that service takes."""
        return self.transit_factor * self.service(service).pace
