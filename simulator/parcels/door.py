"""At the recipient's door: nobody is there, or somebody does not want the parcel (P1).

Settled when the courier rings. Tried in vain often enough, a parcel waits to be fetched, or goes
back.
"""

from simulator.carriers.mishaps import Mishap
from simulator.carriers.model import ELSEWHERE, Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.parcels import detours, scanning
from simulator.parcels.detours import Stop
from simulator.parcels.mishaps import Setting, befell
from simulator.parcels.model import Parcel
from simulator.parcels.packing import refusal_factor


def turned_away(here: Setting, parcel: Parcel, carrier: Carrier, door: Leg) -> Scan | None:
    """What the courier scans who comes away with *parcel*, which is on another way then; or
    ``None``: it is handed over."""
    stop = scanning.stop_of(here, parcel, carrier)
    if not parcel.detour and _nobody_is_there(here, parcel, carrier):
        befell(here, parcel, Mishap.ATTEMPT_FAILED)
        parcel.attempts += 1
        parcel.detour[:] = _after_an_attempt(here, parcel, carrier, door, stop)
        return Scan.DELIVERY_ATTEMPTED
    if parcel.may_be_scanned(Scan.REFUSED) and _is_refused(here, parcel):
        befell(here, parcel, Mishap.REFUSED)
        parcel.why = Mishap.REFUSED
        parcel.detour[:] = detours.back_home(parcel, carrier, stop)
        return Scan.REFUSED
    return None


def _nobody_is_there(here: Setting, parcel: Parcel, carrier: Carrier) -> bool:
    if not parcel.may_be_scanned(Scan.DELIVERY_ATTEMPTED):
        return False
    if Mishap.ATTEMPT_FAILED in parcel.planned or _is_undeliverable(here, parcel, carrier):
        return True
    fails = carrier.mishaps.attempt_fails
    rate = fails.get(here.country(parcel), fails.get(ELSEWHERE, 0.0)) * here.mishaps
    return rate > 0 and here.streams.unit("attempt", parcel.luck, parcel.attempts) < rate


def _is_undeliverable(here: Setting, parcel: Parcel, carrier: Carrier) -> bool:
    if Mishap.UNDELIVERABLE in parcel.planned:
        return True
    rate = carrier.mishaps.returned_after_attempts * here.mishaps
    return rate > 0 and here.streams.unit("undeliverable", parcel.luck) < rate


def _is_refused(here: Setting, parcel: Parcel) -> bool:
    if parcel.will_be_refused:
        return True
    if not here.mishaps:
        return False
    terms = here.packing
    rate = terms.refusal_rate * refusal_factor(parcel.broken, terms.refusal)
    return (
        here.streams.unit("refused", parcel.luck)
        < rate * here.refusal_factor(parcel) * here.mishaps
    )


def _after_an_attempt(
    here: Setting, parcel: Parcel, carrier: Carrier, door: Leg, stop: Stop
) -> list[Leg]:
    setbacks = carrier.setbacks
    if parcel.attempts < setbacks.attempts_max:
        return [detours.another_try(carrier.routes[parcel.route], door)]
    on_the_shelf = stop.leg(Scan.AWAITING_PICKUP, setbacks.noticed)
    if _is_undeliverable(here, parcel, carrier):
        befell(here, parcel, Mishap.UNDELIVERABLE)
        parcel.why = Mishap.UNDELIVERABLE
        return [on_the_shelf, *detours.back_home(parcel, carrier, stop, setbacks.shelf)]
    return [on_the_shelf, stop.leg(Scan.DELIVERED, setbacks.fetched)]
