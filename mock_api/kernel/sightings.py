"""What a view has learnt of a number, record by record, and since when: for every aggregator alike.

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
from simulator.following import Sight
from simulator.parcels.model import Parcel, ScanRecord
from simulator.trackers.lag import learns_at

_COUNTRY_IN = {CHINA: "CN", **{each.timezone: each.code for each in COUNTRIES[:-1]}}


@dataclass(frozen=True, slots=True)
class Learnt:
    """One record, and when the view learnt of it."""

    record: ScanRecord
    at: Instant


def learnt(world: World, view: str, sight: Sight, most: int | None = None) -> tuple[Learnt, ...]:
    """All that *view* knows of the number by now, oldest first. *most*: no more than so many scans,
    for those who stopped looking."""
    parcel, carrier = sight.parcel, sight.carrier
    if parcel is None or carrier is None:
        return ()
    times = learns_at(world.registry.streams, view, carrier, parcel)
    scans = [
        Learnt(record, at)
        for record, at in zip(sight.scans[:most], times, strict=False)  # those that it knows
    ]
    told = [*_announced(sight, parcel, carrier), *scans]
    return (*told, *_called_off(sight, parcel, carrier)) if most is None else tuple(told)


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
    at = parcel.booked_at or parcel.created_at
    if sight.scans:
        at = min(at, sight.scans[0].at)
    yield Learnt(ScanRecord(Scan.LABEL_PRINTED, at, *_origin(sight, carrier)), at)


def _called_off(sight: Sight, parcel: Parcel, carrier: Carrier) -> Iterator[Learnt]:
    if parcel.is_called_off and is_announced(parcel):
        at = parcel.updated_at
        yield Learnt(ScanRecord(Scan.ORDER_CANCELLED, at, *_origin(sight, carrier)), at)


def _origin(sight: Sight, carrier: Carrier) -> tuple[str, str]:
    return (sight.sender.city if sight.sender else carrier.depot), carrier.depot_timezone
