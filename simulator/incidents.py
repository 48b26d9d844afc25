"""What somebody makes befall parcels and pickups by hand: the checks, and the change of plan.

A refusal is a DomainError and changes nothing. What is done here does not ask for a world's factor
of mishaps.
"""

from dataclasses import replace
from typing import Final

from simulator.carriers.closures import CAUSES, Closure
from simulator.carriers.mishaps import DELAYS, Mishap
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import Instant, later
from simulator.errors import BadSetting, LimitReached, NoPickupHere, ScanOutOfTurn, WrongStatus
from simulator.facts import CarrierClosed, PickupsSkipped
from simulator.parcels import detours, moves, script
from simulator.parcels.labelling import Accuracy
from simulator.parcels.life import Replanned, Setting, end, next_leg, replan, set_out
from simulator.parcels.mishaps import INTO, befell, occasions
from simulator.parcels.model import ON_THE_WAY, Handover, Parcel, ParcelStatus
from simulator.parcels.moves import ENDS
from simulator.parcels.scanning import remarked, stop_of
from simulator.parcels.script import Script
from simulator.registry import Registry

PICKUPS: Final = (Mishap.MISSED_PICKUP, Mishap.LATE_PICKUP)
PLANNABLE: Final = (
    *PICKUPS,
    Mishap.LOST,
    Mishap.MISLAID,
    Mishap.DAMAGED,
    Mishap.WRONG_LABEL,
    *DELAYS,
    *(mishap for mishap in INTO if mishap not in DELAYS),
)
"""What can be made to befall a parcel at its next occasion."""

PLANNED_MAX: Final = 20
CLOSURES_MAX: Final = 1_000
"""Everything has a limit (ours)."""

_AT_ONCE: Final = (0, 0)
_BEFORE_THE_DOOR: Final = (ParcelStatus.CREATED, ParcelStatus.BOOKED, ParcelStatus.TRAVELLING)


# To parcels.


def plan(here: Setting, parcel: Parcel, mishap: Mishap) -> None:
    """*mishap* befalls the parcel at the next occasion; now, if it is on such a leg."""
    if mishap not in PLANNABLE:
        raise BadSetting("mishap", mishap, f"one of {', '.join(PLANNABLE)}")
    _require_an_occasion(here, parcel, mishap)
    if len(parcel.planned) >= PLANNED_MAX:
        raise LimitReached("planned mishaps", parcel.id, PLANNED_MAX)
    if mishap is Mishap.REFUSED:
        parcel.will_be_refused = True
        return
    parcel.planned += (mishap,)
    if parcel.status in ON_THE_WAY and not parcel.detour:
        replan(here, parcel, here.carrier(parcel.carrier))
        _wake(parcel)


def hold_at_customs(here: Setting, parcel: Parcel, seconds: int) -> None:
    """Customs hold it, for so long once they have it; zero: for as long as usual."""
    _require_an_occasion(here, parcel, Mishap.CUSTOMS_HOLD)
    parcel.held_for = seconds
    plan(here, parcel, Mishap.CUSTOMS_HOLD)


def release(here: Setting, parcel: Parcel) -> None:
    """Customs let it go, also if they had meant to send it back."""
    held = parcel.stands_at in (Scan.CUSTOMS_HELD, Scan.CUSTOMS_INSPECTION)
    if not (held and parcel.detour and parcel.status is ParcelStatus.TRAVELLING):
        raise WrongStatus(parcel.id, _where(parcel), "a parcel that customs hold")
    parcel.why = None
    gateway = stop_of(here, parcel, here.carrier(parcel.carrier))
    _goes(here, parcel, [gateway.leg(Scan.CUSTOMS_RELEASED, _AT_ONCE)])


def delay(here: Setting, parcel: Parcel, seconds: int, kind: Mishap = Mishap.DELAYED) -> None:
    """It takes so much longer to its next scan, and that is said."""
    if kind not in DELAYS:
        raise BadSetting("kind", kind, f"one of {', '.join(DELAYS)}")
    parcel.require(*ON_THE_WAY)
    befell(here, parcel, kind)
    remarked(here, parcel, here.carrier(parcel.carrier), Scan.DELAYED)
    parcel.late_by += seconds
    parcel.due_at = later(parcel.due_at, seconds)
    _wake(parcel)


def damage(here: Setting, parcel: Parcel) -> None:
    """It is found damaged where it is, and goes on."""
    parcel.require(*ON_THE_WAY)
    befell(here, parcel, Mishap.DAMAGED)
    remarked(here, parcel, here.carrier(parcel.carrier), Scan.DAMAGED)


def lose(here: Setting, parcel: Parcel) -> None:
    """It is given up."""
    parcel.require(*ON_THE_WAY)
    _ends(here, parcel, ParcelStatus.LOST, Mishap.LOST, Scan.LOST)


def mislay(here: Setting, parcel: Parcel) -> None:
    """It is missed, and will be found after a while, or by ``find``."""
    parcel.require(*ON_THE_WAY)
    carrier = here.carrier(parcel.carrier)
    stop, then = stop_of(here, parcel, carrier), next_leg(carrier, parcel).scan
    missed = stop.leg(Scan.EXCEPTION, _AT_ONCE)
    for scan in detours.found_as(parcel.stands_at):
        found = stop.leg(scan, carrier.setbacks.search)
        if detours.fits(parcel, [missed, found], then):
            befell(here, parcel, Mishap.MISLAID)
            remarked(here, parcel, carrier, Scan.EXCEPTION)
            _goes(here, parcel, [found, *parcel.detour])
            return
    raise WrongStatus(parcel.id, _where(parcel), "a parcel between two scans of the way")


def find(here: Setting, parcel: Parcel) -> None:
    """What was mislaid is found now."""
    if not (parcel.status in ON_THE_WAY and parcel.stands_at is Scan.EXCEPTION and parcel.detour):
        raise WrongStatus(parcel.id, _where(parcel), "a parcel that is missed")
    first, *rest = parcel.detour
    _goes(here, parcel, [replace(first, span=_AT_ONCE), *rest])


def send_back(here: Setting, parcel: Parcel) -> None:
    """Its carrier returns it to the seller."""
    parcel.require(ParcelStatus.TRAVELLING)
    _require_outgoing(parcel)
    carrier = here.carrier(parcel.carrier)
    stop = stop_of(here, parcel, carrier)
    way = detours.back_home(parcel, carrier, stop)
    if not detours.fits(parcel, way, None):
        way = [stop.leg(Scan.EXCEPTION, _AT_ONCE), *way]
    parcel.why = Mishap.SENT_BACK
    befell(here, parcel, Mishap.SENT_BACK)
    _goes(here, parcel, way)


def dispose(here: Setting, parcel: Parcel) -> None:
    """Its carrier does away with it."""
    parcel.require(*ON_THE_WAY)
    _ends(here, parcel, ParcelStatus.DISPOSED, Mishap.DISPOSED, Scan.EXCEPTION)


def scan(here: Setting, parcel: Parcel, word: Scan) -> None:
    """It is scanned once more, and goes its way as planned."""
    possible = [each for each in Scan if _leaves_its_plan_alone(here, parcel, each)]
    if word not in possible:
        raise ScanOutOfTurn(parcel.id, word, ", ".join(possible) or "nothing")
    remarked(here, parcel, here.carrier(parcel.carrier), word)


def follow(here: Setting, parcel: Parcel, written: Script) -> None:
    """Its way is what somebody wrote down; on paper, nothing may be left to write."""
    parcel.require(ParcelStatus.BOOKED)
    _require_outgoing(parcel)
    carrier = here.carrier(parcel.carrier)
    route = carrier.route_to(here.country(parcel), parcel.city)
    _require_a_way(parcel, written, carrier, route, here.now)
    parcel.script = written
    first = script.first_touch(written)
    if parcel.due_at:  # on its way to the depot already
        parcel.due_at = first
        _wake(parcel)
    else:
        parcel.due_at = first
        here.leave_the_door(parcel)


def _require_a_way(
    parcel: Parcel, written: Script, carrier: Carrier, route: str, now: Instant
) -> None:
    times = [at for at, _ in written]
    if not written or times != sorted(times) or times[0] < now:
        raise BadSetting("way", str(times), f"instants from {now} on, one after the other")
    on_paper = [scan for _, scan in written if scan in ON_PAPER]
    if on_paper:
        raise BadSetting("way", on_paper[0], "scans of a parcel that somebody holds")
    before = Scan.PICKED_UP
    for nth, (_, scan) in enumerate(written):
        if nth == 0 and scan is before:
            continue
        if not moves.follows(before, scan):
            raise ScanOutOfTurn(parcel.id, scan, ", ".join(sorted(moves.NEXT[before])) or "nothing")
        before = scan
    if not script.is_complete(before, carrier, route):
        raise BadSetting("way", before, "a last scan from which the parcel can go on, or an end")


def _leaves_its_plan_alone(here: Setting, parcel: Parcel, word: Scan) -> bool:
    if word in ENDS or not parcel.may_be_scanned(word):
        return False
    if parcel.status is ParcelStatus.BOOKED:
        then = Scan.PICKED_UP
        possible = word in ON_PAPER
    elif parcel.status in ON_THE_WAY:
        then = next_leg(here.carrier(parcel.carrier), parcel).scan
        possible = word in REMARKS or word not in ON_PAPER | {Scan.RETURN_INITIATED}
    else:
        return False
    here_now = detours.Stop("", "UTC").leg(word, _AT_ONCE)
    return possible and detours.fits(parcel, [here_now], then)


def _require_an_occasion(here: Setting, parcel: Parcel, mishap: Mishap) -> None:
    """The parcel may still come to where that can befall it."""
    if mishap in PICKUPS:
        at_home = parcel.status is ParcelStatus.BOOKED and parcel.handover is Handover.PICKUP
        if not at_home or parcel.taken_at or parcel.goes_back:
            raise WrongStatus(parcel.id, _where(parcel), "a parcel that waits for a van")
        return
    parcel.require(*_BEFORE_THE_DOOR, *(ON_THE_WAY if parcel.goes_back else ()))
    if mishap is Mishap.WRONG_LABEL:
        wrong = parcel.label and parcel.label.accuracy is not Accuracy.ACCURATE
        if not wrong or parcel.fate is not None:
            raise WrongStatus(parcel.id, _where(parcel), "a wrong label that nobody has read")
    if parcel.goes_back or parcel.status is ParcelStatus.TRAVELLING:
        route = parcel.legs(here.carrier(parcel.carrier))
        if parcel.why or not any(nth >= parcel.leg for nth in occasions(mishap, route)):
            raise WrongStatus(parcel.id, _where(parcel), f"an occasion for {mishap}")


def _require_outgoing(parcel: Parcel) -> None:
    if parcel.goes_back:
        raise WrongStatus(parcel.id, "on the way back from its buyer", "a parcel to a buyer")


def _goes(here: Setting, parcel: Parcel, legs: list[Leg]) -> None:
    parcel.detour[:] = legs
    parcel.late_by = 0
    set_out(here, parcel, here.carrier(parcel.carrier))
    _wake(parcel)


def _ends(
    here: Setting, parcel: Parcel, status: ParcelStatus, why: Mishap, last_scan: Scan
) -> None:
    befell(here, parcel, why)
    parcel.why = why
    parcel.detour.clear()
    parcel.become(status, here.now)
    remarked(here, parcel, here.carrier(parcel.carrier), last_scan)
    end(here, parcel)
    _wake(parcel)


def _wake(parcel: Parcel) -> None:
    parcel.inbox.deliver(Replanned())


def _where(parcel: Parcel) -> str:
    """Where it stands, in one word."""
    return parcel.stands_at or parcel.status


# To pickups.


def skip_pickup(here: Registry, carrier: str, city: str) -> list[str]:
    """The van stays in the next time that somebody waits for it: in *city*, or wherever parcels
    wait now. In which cities, sorted."""
    house = here.carrier(carrier)
    if city and house.service_in(city) is None:
        raise NoPickupHere(carrier, city)
    waiting = [van.city for van in here.vans.values() if van.carrier == carrier and van.queue]
    cities = [city] if city else sorted(waiting)
    if not cities:
        raise WrongStatus(carrier, "waited for by nobody", "a parcel that waits for a van")
    for each in cities:
        here.van(carrier, each).skips += 1
        here.record(PickupsSkipped(carrier, each))
    return cities


def close(here: Registry, closure: Closure) -> Closure:
    """Announce a strike or a storm. Nobody stays away from work that was done already."""
    if closure.carrier:
        here.carrier(closure.carrier)
    if closure.cause not in CAUSES:
        raise BadSetting("cause", repr(closure.cause), f"one of {', '.join(CAUSES)}")
    region = closure.region
    if not (len(region) == 2 and region.isascii() and region.isalpha() and region.isupper()):  # noqa: PLR2004 - ISO 3166
        raise BadSetting("region", repr(region), "a country's code of two letters")
    starts_at = Instant(max(closure.starts_at, here.now))
    if closure.ends_at <= starts_at:
        raise BadSetting("until", str(closure.ends_at), f"later than {starts_at}")
    if len(here.closures) >= CLOSURES_MAX:
        raise LimitReached("closures", "this world", CLOSURES_MAX)
    announced = replace(closure, starts_at=starts_at)
    here.closures.append(announced)
    here.record(
        CarrierClosed(
            announced.carrier,
            announced.region,
            announced.city,
            announced.starts_at,
            announced.ends_at,
            announced.cause,
        )
    )
    return announced
