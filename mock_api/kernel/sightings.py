"""What a view has learnt of a number, record by record, and since when: for every aggregator alike;
and what a carrier tells of its own.

A carrier scans nothing of what is on paper alone. That a label was bought, or called off, it tells
at once whoever asks (inferred): such a record has no lag.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator import World
from simulator.carriers.model import CHINA, Carrier
from simulator.carriers.routes import COUNTRIES
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.clock import Instant
from simulator.facts import (
    Fact,
    ParcelBooked,
    ShipmentVoided,
    TrackerAdded,
    TrackerStopped,
    TrackerUpdated,
)
from simulator.following import Sight
from simulator.parcels.model import Parcel, ScanRecord
from simulator.trackers.lag import learns_at
from simulator.trackers.model import Tracker

_COUNTRY_IN = {CHINA: "CN", **{each.timezone: each.code for each in COUNTRIES[:-1]}}
_ZONE_OF = {country: zone for zone, country in _COUNTRY_IN.items()}


@dataclass(frozen=True, slots=True)
class Learnt:
    """One record, and when the view learnt of it."""

    record: ScanRecord
    at: Instant


def learnt(
    world: World, view: str, sight: Sight, until: Instant | None = None
) -> tuple[Learnt, ...]:
    """All that *view* knows of the number by now, oldest first. *until*: since when it has not
    looked any more."""
    parcel, carrier = sight.parcel, sight.carrier
    if parcel is None or carrier is None:
        return ()
    times = learns_at(world.registry.streams, view, carrier, parcel)
    scans = map(Learnt, sight.scans, times)  # those that it knows
    told = (*_announced(sight, parcel, carrier), *scans, *_called_off(sight, parcel, carrier))
    return told if until is None else tuple(each for each in told if each.at <= until)


def recorded(sight: Sight) -> tuple[ScanRecord, ...]:
    """What a carrier tells of its own, oldest first: its scans, between the forecast and the
    cancellation, which nobody scans."""
    parcel, carrier = sight.parcel, sight.carrier
    if parcel is None or carrier is None:
        return ()
    at, (place, zone) = _announced_at(sight, parcel), _origin(sight, carrier)
    record = (ScanRecord(Scan.ORDER_CREATED, at, place, zone), *sight.scans)
    if not parcel.is_called_off:
        return record
    return (*record, ScanRecord(Scan.ORDER_CANCELLED, parcel.updated_at, place, zone))


def followers(world: World, view: str, number: str) -> list[Tracker]:
    """Who follows that number through that view, oldest first."""
    found = world.registry.trackers.of_number.get(number, ())
    return [each for each in found if each.view == view]


def concerned(world: World, view: str, fact: Fact) -> list[Tracker]:
    """Whom of that view *fact* is about: those that begin, learn or stop; and, while they look,
    those of whose number a label was bought or called off, which no scan says."""
    match fact:
        case TrackerAdded() | TrackerUpdated() | TrackerStopped():
            return [world.trackers.get(fact.tracker_id)] if fact.view == view else []
        case ParcelBooked():
            numbers = [fact.tracking_number]
        case ShipmentVoided():
            shipment = world.shippers.shipment(fact.shipment_id)
            numbers = [each.tracking_number for each in world.shippers.parcels_of(shipment)]
        case _:
            return []
    found = (each for number in numbers for each in followers(world, view, number))
    return [each for each in found if not each.is_stopped]


def is_announced(parcel: Parcel | None) -> bool:
    """A carrier has it on paper, at least."""
    return parcel is not None and bool(parcel.booked_at or parcel.scans)


def country_of(record: ScanRecord) -> str:
    """Where it was scanned: ISO 3166, two letters; empty, if that cannot be told."""
    return _COUNTRY_IN.get(record.timezone, "")


def state_of(record: ScanRecord, sight: Sight) -> str:
    """The province or state in which it was scanned, where that is an end of the way: a town of the
    same name in another country is another town. Empty, if that cannot be told."""
    country = country_of(record)
    for end in (sight.sender, sight.recipient):
        if end and end.city == record.place and country in ("", end.region):
            return end.state
    return ""


def first_physical(records: Iterable[Learnt]) -> Learnt | None:
    """The carrier had it under a scanner for the first time."""
    return next((each for each in records if each.record.scan not in ON_PAPER), None)


def _announced(sight: Sight, parcel: Parcel, carrier: Carrier) -> Iterator[Learnt]:
    if not is_announced(parcel) or (sight.scans and sight.scans[0].scan in ON_PAPER):
        return
    at = _announced_at(sight, parcel)
    yield Learnt(ScanRecord(Scan.LABEL_PRINTED, at, *_origin(sight, carrier)), at)


def _announced_at(sight: Sight, parcel: Parcel) -> Instant:
    """Not after the first scan."""
    at = parcel.booked_at or parcel.created_at
    return min(at, sight.scans[0].at) if sight.scans else at


def _called_off(sight: Sight, parcel: Parcel, carrier: Carrier) -> Iterator[Learnt]:
    if parcel.is_called_off and is_announced(parcel):
        at = parcel.updated_at
        yield Learnt(ScanRecord(Scan.ORDER_CANCELLED, at, *_origin(sight, carrier)), at)


def _origin(sight: Sight, carrier: Carrier) -> tuple[str, str]:
    """Where its sender is, and whose clocks are looked at there."""
    sender = sight.sender
    if sender is None:
        return carrier.depot, carrier.depot_timezone
    return sender.city, _ZONE_OF.get(sender.region, carrier.depot_timezone)
