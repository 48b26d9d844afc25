"""Why a van stays in, and why a courier comes away without a parcel: by hand, by strike, by chance.

Chance is drawn by the van's round, or by the parcel's luck and how many rounds left it standing.
"""

from typing import Final, Protocol

from simulator.carriers import closures
from simulator.carriers.mishaps import Mishap
from simulator.carriers.model import Carrier
from simulator.carriers.scans import Scan
from simulator.carriers.van import Van
from simulator.clock import Instant, later
from simulator.facts import Fact
from simulator.parcels.mishaps import befell
from simulator.parcels.model import Parcel
from simulator.parcels.scanning import scanned
from simulator.registry import Registry
from simulator.streams import Streams

HELD: Final = "held"
SKIPPED: Final = "skipped"
NO_CAPACITY: Final = "no_capacity"


class Setting(Protocol):
    """What couriers need of their world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def mishaps(self) -> float: ...
    @property
    def streams(self) -> Streams: ...
    def record(self, fact: Fact) -> None: ...
    def hometown(self, parcel: Parcel) -> tuple[str, str]: ...
    def carrier(self, code: str) -> Carrier: ...


def stays_in(here: Registry, van: Van) -> str:
    """Why the round that is due does not take place; empty: it does."""
    if here.now < here.held_until(van.carrier):
        return HELD
    if van.skips:
        van.skips -= 1
        return SKIPPED
    if here.closures:
        shut = closures.of_pickups(here.closures, van.carrier, van.city)
        closed = closures.at_that_time(shut, here.now)
        if closed:
            return closed.cause
    rate = here.carrier(van.carrier).mishaps.no_capacity * here.mishaps
    place = f"{van.carrier} {van.city}"
    if rate and here.streams.unit("no capacity", place, here.now) < rate:
        return NO_CAPACITY
    return ""


def passes_by(here: Setting, van: Van, parcel: Parcel) -> bool:
    """Whether the courier comes away without *parcel*: in vain, or because it is fetched only a day
    later."""
    carrier = here.carrier(parcel.carrier)
    if _strikes(here, parcel, Mishap.MISSED_PICKUP, carrier.mishaps.missed_pickup):
        _stands_on(here, parcel, Mishap.MISSED_PICKUP)
        service = carrier.service_in(parcel.city)
        assert service is not None, (parcel.carrier, parcel.city)
        scanned(here, parcel, Scan.PICKUP_FAILED, parcel.city, service.timezone)
        return True
    if _strikes(here, parcel, Mishap.LATE_PICKUP, carrier.mishaps.late_pickup):
        span = carrier.setbacks.late_pickup
        late = here.streams.between("late pickup by", parcel.luck, span, parcel.passed_by)
        _stands_on(here, parcel, Mishap.LATE_PICKUP)
        parcel.collect_from = van.queue[parcel.id] = later(here.now, late)
        return True
    return False


def _strikes(here: Setting, parcel: Parcel, mishap: Mishap, rate: float) -> bool:
    if mishap in parcel.planned:
        return True
    rate *= here.mishaps
    return rate > 0 and here.streams.unit(mishap, parcel.luck, parcel.passed_by) < rate


def _stands_on(here: Setting, parcel: Parcel, mishap: Mishap) -> None:
    befell(here, parcel, mishap)
    parcel.passed_by += 1
