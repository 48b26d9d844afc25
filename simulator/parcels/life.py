"""The life of one parcel from its carrier's hands, or the way to the depot, to the door.

A life may be started at any point: it looks at its parcel and goes on from there. A parcel at the
seller's door has no life of its own; the van that will come for it has (``carriers.van``).
"""

from dataclasses import dataclass
from typing import Protocol

from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.clock import Instant
from simulator.facts import Fact, ParcelScanned
from simulator.parcels.model import Parcel, ParcelStatus, ScanRecord
from simulator.streams import Streams
from simulator.waiting import Life, TimeUp
from simulator.working_hours import worked


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The order was cancelled while its parcel was on the way to the depot."""


class Setting(Protocol):
    """What a parcel needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    def record(self, fact: Fact) -> None: ...
    def parcel_collected(self, parcel: Parcel) -> None: ...
    def parcel_delivered(self, parcel: Parcel) -> None: ...
    def carrier(self, code: str) -> Carrier: ...
    def country(self, parcel: Parcel) -> str:
        """Where it goes."""

    def hometown(self, parcel: Parcel) -> tuple[str, str]:
        """The recipient's town and name."""


def parcel_life(here: Setting, parcel: Parcel) -> Life:
    """To the depot if it is dropped off, or scanned only there; then leg by leg to a signature
    (S1)."""
    carrier = here.carrier(parcel.carrier)
    if parcel.status is ParcelStatus.BOOKED:
        signal: CalledOff | TimeUp = yield parcel.inbox.next_signal(by=parcel.due_at)
        if isinstance(signal, CalledOff) or parcel.is_called_off:
            return
        collect(here, parcel, Scan.PICKED_UP, *carrier.depot_for(parcel.city))
    while parcel.status is ParcelStatus.TRAVELLING:
        yield parcel.inbox.next_signal(by=parcel.due_at)
        _arrive(here, parcel, carrier)


def collect(here: Setting, parcel: Parcel, scan: Scan, place: str, timezone: str) -> None:
    """The carrier has it: its first physical scan, and the first leg begins (D3)."""
    carrier = here.carrier(parcel.carrier)
    parcel.become(ParcelStatus.TRAVELLING, here.now)
    parcel.route = carrier.route_to(here.country(parcel), parcel.city)
    _scanned(here, parcel, ScanRecord(scan, here.now, place, timezone), place)
    _set_out(here, parcel, carrier)
    here.parcel_collected(parcel)


def next_leg(carrier: Carrier, parcel: Parcel) -> Leg:
    """The way that lies before it: a detour's next leg, or else its route's."""
    return parcel.detour[0] if parcel.detour else carrier.routes[parcel.route][parcel.leg]


def _arrive(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    leg = next_leg(carrier, parcel)
    if parcel.detour:
        parcel.detour.pop(0)
        parcel.detours += 1
    else:
        parcel.leg += 1
    town, recipient = here.hometown(parcel) if leg.place is None else (leg.place, "")
    if leg.scan is Scan.DELIVERED:
        parcel.become(ParcelStatus.DELIVERED, here.now)
        parcel.signed_by = recipient
    record = ScanRecord(leg.scan, here.now, town, leg.timezone)
    _scanned(here, parcel, record, leg.place or "")
    if parcel.status is ParcelStatus.TRAVELLING:
        _set_out(here, parcel, carrier)
    else:
        here.parcel_delivered(parcel)


def _set_out(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    """Its next leg begins. Each leg's luck is its own: a detour does not shift the route's."""
    leg = next_leg(carrier, parcel)
    purpose, nth = ("detour", parcel.detours) if parcel.detour else ("leg", parcel.leg)
    drawn = here.streams.between(purpose, parcel.luck, leg.span, nth)
    takes = round(drawn * carrier.pace(parcel.service))
    parcel.due_at = worked(leg.hours, leg.timezone, here.now, takes)


def _scanned(here: Setting, parcel: Parcel, record: ScanRecord, place: str) -> None:
    """The fact names no recipient's town: who lives where is drawn from a pool (``people``)."""
    parcel.add_scan(record)
    here.record(ParcelScanned(parcel.order_id, parcel.id, record.scan, place, record.timezone))
