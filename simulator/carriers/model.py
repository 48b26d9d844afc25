"""A carrier: where its vans come, when, how much they hold, and how long each leg takes.

All of it is data. What happens with it is in ``van`` (collecting) and in ``parcels.life`` (travel).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from simulator.clock import Instant
from simulator.words import Word


class Scan(Word):
    """The canonical vocabulary of scans, as far as a parcel without mishaps goes (the Open
    Logistics Tracking Standard's unified codes)."""

    LABEL_PRINTED = "label_printed"
    PICKED_UP = "picked_up"
    ARRIVED_AT_HUB = "arrived_at_hub"
    DEPARTED_FROM_HUB = "departed_from_hub"
    ARRIVED_AT_DESTINATION = "arrived_at_destination"
    CLEARANCE_COMPLETED = "clearance_completed"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to one scan: which, where, and the shortest and longest time since the one before.

    A *place* of ``None`` is the recipient's own town.
    """

    scan: Scan
    span: tuple[int, int]
    place: str | None
    timezone: str


@dataclass(frozen=True, slots=True)
class CityService:
    """Door pickup in a city: the van's local hours, its hold, and how early it must be booked."""

    timezone: str
    rounds: tuple[int, ...]
    """Local hours at which the van sets out, ascending."""
    capacity: int
    """Parcels per round."""
    cut_off: int
    """Seconds before a round after which a booking waits for the next one."""

    def round_after(self, at: Instant) -> Instant:
        """The first round strictly after *at*."""
        zone = ZoneInfo(self.timezone)
        day = datetime.fromtimestamp(at, zone).date()
        while True:
            for hour in self.rounds:
                instant = _local(day, hour, zone)
                if instant > at:
                    return instant
            day += timedelta(days=1)


def _local(day: date, hour: int, zone: ZoneInfo) -> Instant:
    moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
    return Instant(int(moment.timestamp()))


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier's service as the simulation knows it."""

    code: str
    name: str
    cities: dict[str, CityService]
    elsewhere: CityService | None
    """The service in every other city; ``None`` means no door pickup there (H3)."""
    depot: str
    """Where parcels that are dropped off get their first scan."""
    depot_timezone: str
    drop_off_span: tuple[int, int]
    """Shortest and longest way from the seller's door to the depot."""
    journey: tuple[Leg, ...]

    def service_in(self, city: str) -> CityService | None:
        return self.cities.get(city, self.elsewhere)
