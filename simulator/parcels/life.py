"""The life of one parcel from its carrier's hands, or the way to the depot, to the door, or to
wherever else it ends.

A life may be started at any point: it looks at its parcel and goes on from there. A parcel at the
seller's door has no life of its own; the van that will come for it has (``carriers.van``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from simulator.carriers import closures
from simulator.carriers.closures import HOME, Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.clock import Instant, later
from simulator.facts import MishapBefell, ParcelBroughtBack, ParcelEnded
from simulator.parcels import door, mishaps, script
from simulator.parcels.model import ON_THE_WAY, Handover, Parcel, ParcelStatus
from simulator.parcels.scanning import remarked, scanned
from simulator.waiting import Life, TimeUp
from simulator.working_hours import worked

_MEANS: Final = {
    Scan.DELIVERED: ParcelStatus.DELIVERED,
    Scan.RETURN_INITIATED: ParcelStatus.RETURNING,
    Scan.RETURNED_TO_SENDER: ParcelStatus.RETURNED,
    Scan.LOST: ParcelStatus.LOST,
}
"""What a parcel becomes by such a scan."""


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The order was cancelled while its parcel was on the way to the depot."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """Somebody has changed what lies before it."""


class Setting(mishaps.Setting, Protocol):
    """What a parcel needs of its world, and no more."""

    @property
    def closures(self) -> Sequence[Closure]: ...
    def parcel_collected(self, parcel: Parcel) -> None: ...
    def parcel_delivered(self, parcel: Parcel) -> None: ...
    def parcel_ended(self, parcel: Parcel) -> None:
        """Lost, returned or disposed of."""

    def carrier(self, code: str) -> Carrier: ...
    def wait_for_van(self, parcel: Parcel) -> None: ...
    def leave_the_door(self, parcel: Parcel) -> None: ...


def parcel_life(here: Setting, parcel: Parcel) -> Life:
    """To the depot if it is dropped off, or scanned only there; then leg by leg to a signature
    (S1), or to another end."""
    carrier = here.carrier(parcel.carrier)
    while parcel.status is ParcelStatus.BOOKED and parcel.due_at:
        signal: CalledOff | TimeUp = yield parcel.inbox.next_signal(by=parcel.due_at)
        if isinstance(signal, TimeUp) and not parcel.is_called_off:
            _reach_the_depot(here, parcel, carrier)
    while parcel.status in ON_THE_WAY:
        news: Replanned | TimeUp = yield parcel.inbox.next_signal(by=parcel.due_at)
        if isinstance(news, TimeUp) and not (here.closures and _pauses(here, parcel, carrier)):
            _arrive(here, parcel, carrier)


# To the depot.


def collect(here: Setting, parcel: Parcel, scan: Scan, place: str | None, timezone: str) -> None:
    """The carrier has it: its first physical scan, and the first leg begins (D3)."""
    carrier = here.carrier(parcel.carrier)
    parcel.become(ParcelStatus.TRAVELLING, here.now)
    if not parcel.way:
        parcel.route = carrier.route_to(here.country(parcel), parcel.city)
    if parcel.script:
        parcel.detour[:] = script.legs_of(parcel.script, carrier, parcel.route, here.now)
        parcel.leg = script.goes_on_from(parcel.detour, carrier, parcel.route)
    scanned(here, parcel, scan, place, timezone)
    set_out(here, parcel, carrier)
    here.parcel_collected(parcel)


def stray(here: Setting, parcel: Parcel) -> None:
    """H1: a wrong carrier has it, refuses it in its depot and brings it back. Deadlines do not
    care."""
    wrong = parcel.handed_to
    span = here.carrier(parcel.carrier).setbacks.wrong_carrier
    away = here.streams.between("brought back", parcel.luck, span, parcel.strays)
    parcel.handed_to, parcel.is_away = "", True
    parcel.strays += 1
    parcel.due_at = later(here.now, away)
    here.record(MishapBefell(parcel.order_id, parcel.id, Mishap.WRONG_CARRIER, wrong))


def _reach_the_depot(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    if parcel.script:
        collect(here, parcel, Scan.PICKED_UP, parcel.city, carrier.depot_timezone)
        return
    if parcel.is_away:
        _come_back(here, parcel, carrier)
        return
    if parcel.is_misdirected and not parcel.taken_at:
        stray(here, parcel)
        return
    way = parcel.way
    region = closures.region_of(way[0], here.country(parcel)) if way else HOME
    opens = closures.opens_at(closures.of_legs(here.closures, carrier.code, region), here.now)
    if opens > here.now:
        parcel.due_at = opens
        return
    depot = (None, way[0].timezone) if way else carrier.depot_for(parcel.city)
    collect(here, parcel, Scan.PICKED_UP, *depot)


def _come_back(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    """To the seller's door, where the van will come again; or on to the right depot."""
    parcel.is_away = False
    here.record(ParcelBroughtBack(parcel.order_id, parcel.id, parcel.carrier))
    if parcel.handover is Handover.PICKUP:
        parcel.due_at = Instant(0)
        here.wait_for_van(parcel)
    else:
        way = here.streams.between("drop off", parcel.luck, carrier.drop_off_span, parcel.strays)
        parcel.due_at = later(here.now, way)


# Leg by leg.


def next_leg(carrier: Carrier, parcel: Parcel) -> Leg:
    """The way that lies before it: a detour's next leg, or else its route's."""
    return parcel.detour[0] if parcel.detour else parcel.legs(carrier)[parcel.leg]


def set_out(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    """Its next leg begins; if that is one of its route, it is settled what befalls it there."""
    if not parcel.detour and (here.mishaps or parcel.planned):
        mishaps.befall(here, parcel, carrier)
    parcel.set_out_at = here.now
    parcel.due_at = _arrives_at(here, parcel, carrier, here.now)


def replan(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    """Something was planned while it is on a leg of its route: it may befall it on this one."""
    mishaps.befall(here, parcel, carrier)
    if parcel.detour:
        set_out(here, parcel, carrier)
    else:
        late = _arrives_at(here, parcel, carrier, parcel.set_out_at)
        parcel.due_at = max(parcel.due_at, late)


def end(here: Setting, parcel: Parcel) -> None:
    """It has ended elsewhere than at a buyer's door."""
    if not (parcel.goes_back and parcel.status is ParcelStatus.RETURNED):  # that is where it goes
        here.record(ParcelEnded(parcel.order_id, parcel.id, parcel.status, parcel.carrier))
    here.parcel_ended(parcel)


def _arrive(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    leg = next_leg(carrier, parcel)
    parcel.late_by = 0
    if leg.scan is Scan.DELIVERED and _is_turned_away(here, parcel, carrier, leg):
        return
    if parcel.detour:
        parcel.detour.pop(0)
        parcel.detours += 1
    else:
        parcel.leg += 1
    status = _becomes(parcel, leg.scan)
    if status is not parcel.status:
        parcel.become(status, here.now)
    if status is ParcelStatus.DELIVERED:
        parcel.signed_by = here.hometown(parcel)[1]
    scanned(here, parcel, leg.scan, leg.place, leg.timezone)
    if status in ON_THE_WAY:
        set_out(here, parcel, carrier)
    elif status is ParcelStatus.DELIVERED:
        here.parcel_delivered(parcel)
    else:
        end(here, parcel)


def _becomes(parcel: Parcel, scan: Scan) -> ParcelStatus:
    """There is no scan for a disposal: what is condemned ends with its last report of trouble."""
    if scan is Scan.EXCEPTION and parcel.why is Mishap.DISPOSED:
        return ParcelStatus.DISPOSED
    return _MEANS.get(scan, parcel.status)


def _is_turned_away(here: Setting, parcel: Parcel, carrier: Carrier, leg: Leg) -> bool:
    if not (here.mishaps or parcel.planned or parcel.will_be_refused):
        return False
    scan = door.turned_away(here, parcel, carrier, leg)
    if scan is None:
        return False
    scanned(here, parcel, scan, leg.place, leg.timezone)
    set_out(here, parcel, carrier)
    return True


def _pauses(here: Setting, parcel: Parcel, carrier: Carrier) -> bool:
    """Nobody works there now, or did not for a part of this leg: then it takes longer."""
    leg = next_leg(carrier, parcel)
    region = closures.region_of(leg, here.country(parcel))
    shut = closures.of_legs(here.closures, carrier.code, region)
    begun = [each for each in shut if each.starts_at <= here.now]
    if not begun:
        return False
    opens = closures.opens_at(shut, here.now)
    closed = closures.closed_seconds(shut, parcel.set_out_at, opens)
    due = _arrives_at(here, parcel, carrier, later(parcel.set_out_at, closed))
    if opens > here.now:
        due = max(due, worked(leg.hours, leg.timezone, opens, 0))
    if due <= here.now:
        return False
    parcel.due_at = due
    cause = max(begun, key=lambda each: each.ends_at).cause
    here.record(MishapBefell(parcel.order_id, parcel.id, cause, parcel.carrier))
    remarked(here, parcel, carrier, Scan.DELAYED)
    return True


def _arrives_at(here: Setting, parcel: Parcel, carrier: Carrier, since: Instant) -> Instant:
    """When its next leg ends that began at *since*. Each leg's luck is its own: a detour does not
    shift the route's; and a slow service makes no detour longer."""
    leg = next_leg(carrier, parcel)
    purpose, nth = ("detour", parcel.detours) if parcel.detour else ("leg", parcel.leg)
    takes = here.streams.between(purpose, parcel.luck, leg.span, nth)
    if not parcel.detour:
        takes = round(takes * carrier.pace(parcel.service))
    return worked(leg.hours, leg.timezone, later(since, parcel.late_by), takes)
