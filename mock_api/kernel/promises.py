"""By when a parcel is to be there, as carriers' own interfaces quote it: for all of them alike.

A service's transit time is in working days. Carriers count Monday to Friday; that they do not look
at public holidays is ours.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from simulator.carriers.domestic import TRANSIT_DAYS
from simulator.carriers.model import Service
from simulator.carriers.scans import Scan
from simulator.clock import DAY
from simulator.following import Sight

_SATURDAY: Final = 5


def weekdays_after(day: date, count: int) -> date:
    """So many working days later."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def transit_days(service: Service, from_: str, to: str) -> tuple[int, int]:
    """Working days between two countries, or within one: the shortest and the longest."""
    return TRANSIT_DAYS if from_ == to else service.transit


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised when the carrier had it, and what has become of that."""

    earliest: date
    latest: date
    expected: date
    """The latest day; where it is late, a day later for each time that was said, or more, as long
    as it stands for longer (ours)."""


def promise_of(sight: Sight) -> Promise | None:
    """From its first physical scan on. Whether anybody still waits for it, is not asked."""
    parcel, carrier = sight.parcel, sight.carrier
    first = parcel.first_scan if parcel else None
    if parcel is None or carrier is None or first is None:
        return None
    from_, to = (end.region if end else "" for end in (sight.sender, sight.recipient))
    shortest, longest = transit_days(carrier.service(parcel.service), from_, to)
    taken = datetime.fromtimestamp(first.at, ZoneInfo(first.timezone)).date()
    latest = weekdays_after(taken, longest)
    told = sum(record.scan is Scan.DELAYED for record in sight.scans)
    late = max(told, -(-parcel.late_by // DAY)) if told else 0
    return Promise(weekdays_after(taken, shortest), latest, weekdays_after(latest, late))
