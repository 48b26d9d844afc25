"""What is known of a number, by its carrier and by a view; and whose trackers a fact is about: for
every dialect alike.

A carrier scans nothing of what is on paper alone. That a label was bought, or called off, it tells
at once whoever asks (inferred): such a record has no lag.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.kernel.local_time import zone_at
from simulator import World
from simulator.carriers.model import CHINA, Carrier
from simulator.carriers.routes import COUNTRIES
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.clock import Instant
from simulator.facts import (
    Fact,
    LabelCalledOff,
    ParcelBooked,
    ReturnBooked,
    TrackerAdded,
    TrackerStopped,
    TrackerUpdated,
)
from simulator.following import Sight
from simulator.parcels.model import Parcel, ScanRecord
from simulator.trackers.lag import learns_at
from simulator.trackers.model import Tracker

_COUNTRY_IN: Final = {CHINA: "CN", **{each.timezone: each.code for each in COUNTRIES[:-1]}}
_ANNOUNCED: Final = frozenset({Scan.ORDER_CREATED, Scan.LABEL_PRINTED})


@dataclass(frozen=True, slots=True)
class Learnt:
    """One record, and when the view learnt of it."""

    record: ScanRecord
    at: Instant


# Records.


def recorded(sight: Sight) -> tuple[ScanRecord, ...]:
    """What a carrier tells of its own, oldest first: its scans, between the announcement and the
    cancellation, which nobody scans."""
    parcel, carrier = sight.parcel, sight.carrier
    if parcel is None or carrier is None:
        return ()
    told = (*_announcement(sight, parcel, carrier), *sight.scans)
    return (*told, *_cancellation(sight, parcel, carrier))


def learnt(
    world: World, view: str, sight: Sight, until: Instant | None = None
) -> tuple[Learnt, ...]:
    """The same, as far as *view* knows it by now, oldest first. *until*: since when it has not
    looked any more."""
    parcel, carrier = sight.parcel, sight.carrier
    if parcel is None or carrier is None:
        return ()
    times = learns_at(world.registry.streams, view, carrier, parcel)
    told = (
        *(Learnt(each, each.at) for each in _announcement(sight, parcel, carrier)),
        *map(Learnt, sight.scans, times),  # those that it knows
        *(Learnt(each, each.at) for each in _cancellation(sight, parcel, carrier)),
    )
    return told if until is None else tuple(each for each in told if each.at <= until)


def first_physical(records: Iterable[Learnt]) -> Learnt | None:
    """The carrier had it under a scanner for the first time."""
    return next((each for each in records if each.record.scan not in ON_PAPER), None)


def local(record: ScanRecord) -> datetime:
    """When it was, by the clocks of its place."""
    return datetime.fromtimestamp(record.at, ZoneInfo(record.timezone))


def taken_over_by(record: ScanRecord | None) -> str:
    """Of a scan that hands it to a local carrier: which one. Empty of none."""
    return record.place.partition(" at ")[0] if record else ""


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


def _announcement(sight: Sight, parcel: Parcel, carrier: Carrier) -> Iterator[ScanRecord]:
    """Unless it was scanned, not after the first scan."""
    at = parcel.booked_at
    if sight.scans:
        if sight.scans[0].scan in _ANNOUNCED:
            return
        at = min(at, sight.scans[0].at)
    yield ScanRecord(Scan.ORDER_CREATED, at, *_origin(sight, parcel, carrier))


def _cancellation(sight: Sight, parcel: Parcel, carrier: Carrier) -> Iterator[ScanRecord]:
    is_told = bool(sight.scans) and sight.scans[-1].scan is Scan.ORDER_CANCELLED
    if parcel.is_called_off and not is_told:
        origin = _origin(sight, parcel, carrier)
        yield ScanRecord(Scan.ORDER_CANCELLED, parcel.updated_at, *origin)


def _origin(sight: Sight, parcel: Parcel, carrier: Carrier) -> tuple[str, str]:
    """Where its sender is, and whose clocks are looked at there."""
    sender = sight.sender
    return sender.city if sender else parcel.city, zone_at(carrier, sender).key


# Trackers.


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
        case ParcelBooked() | ReturnBooked() | LabelCalledOff():
            found = followers(world, view, fact.tracking_number)
            return [each for each in found if not each.is_stopped]
        case _:
            return []


def is_half_told(world: World, fact: Fact) -> bool:
    """*fact* is that a number is followed of which scans are known: the next fact tells of them,
    and whoever waits for that one says everything once."""
    if not isinstance(fact, TrackerAdded):
        return False
    known = world.trackers.sight(fact.view, fact.number).scans
    return len(known) > world.trackers.get(fact.tracker_id).known
