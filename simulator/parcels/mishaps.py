"""What befalls a parcel on the legs of its route: by chance, or because somebody planned it.

Settled when it sets out on a leg. All chance is drawn by the parcel's luck, one draw a kind of
mishap, and another for the leg on which it happens; at a factor of zero nothing is drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from simulator.carriers.mishaps import DELAYS, Mishap
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.facts import MishapBefell
from simulator.parcels import detours, scanning
from simulator.parcels.detours import Stop
from simulator.parcels.labelling import Fate, wrong_label_outcome
from simulator.parcels.model import Parcel
from simulator.parcels.packing import damage_factor, factor_of
from simulator.streams import Streams
from simulator.terms import PackingTerms

INTO: Final[dict[Mishap, tuple[Scan, ...]]] = {
    Mishap.WRONG_HUB: (Scan.ARRIVED_AT_HUB,),
    Mishap.LATE_PLANE: (Scan.ARRIVED_AT_DESTINATION,),
    Mishap.HUB_BACKLOG: (Scan.DEPARTED_FROM_HUB, Scan.OUT_FOR_DELIVERY),
    Mishap.CUSTOMS_HOLD: (Scan.CLEARANCE_COMPLETED,),
    Mishap.ADDRESS_ISSUE: (Scan.OUT_FOR_DELIVERY,),
    Mishap.ATTEMPT_FAILED: (Scan.DELIVERED,),
    Mishap.UNDELIVERABLE: (Scan.DELIVERED,),
    Mishap.REFUSED: (Scan.DELIVERED,),
}
"""On the way to which scans it befalls; what is not named here, on the way to any."""


class Setting(scanning.Setting, Protocol):
    """What mishaps need of their world, and no more."""

    @property
    def streams(self) -> Streams: ...
    @property
    def mishaps(self) -> float:
        """By what every rate is multiplied."""

    @property
    def packing(self) -> PackingTerms: ...
    def country(self, parcel: Parcel) -> str:
        """Where it goes."""

    def refusal_factor(self, parcel: Parcel) -> float:
        """How much likelier than others its buyer refuses it."""

    def charge(self, parcel: Parcel, amount_minor: int, reason: str) -> None:
        """The seller pays its carrier."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A parcel before a leg of its route."""

    here: Setting
    parcel: Parcel
    carrier: Carrier
    stop: Stop
    by_chance: bool
    """It has not been asked before."""

    @property
    def route(self) -> Sequence[Leg]:
        return self.parcel.legs(self.carrier)

    @property
    def leg(self) -> Leg:
        return self.route[self.parcel.leg]

    def unit(self, purpose: str) -> float:
        return self.here.streams.unit(purpose, self.parcel.luck)

    def takes(self, legs: Sequence[Leg]) -> bool:
        """These legs go before the next of its route, if that makes a legal record."""
        whole = [*self.parcel.detour, *legs]
        then = None if self.parcel.why else self.leg.scan
        if not detours.fits(self.parcel, whole, then):
            return False
        self.parcel.detour[:] = whole
        return True


def befall(here: Setting, parcel: Parcel, carrier: Carrier) -> None:
    """Settle what befalls *parcel* on the next leg of its route. What ends its way is the last."""
    by_chance = here.mishaps > 0 and parcel.asked <= parcel.leg
    if by_chance:
        parcel.asked = parcel.leg + 1
    at = Occasion(here, parcel, carrier, scanning.stop_of(here, parcel, carrier), by_chance)
    _label_is_read(at)
    for mishap, unfolds in _UNFOLDS.items():
        if parcel.why:
            return
        if _strikes(at, mishap) and unfolds(at):
            befell(here, parcel, mishap)


def befell(here: scanning.Setting, parcel: Parcel, mishap: Mishap) -> None:
    """It is settled; what was planned once is planned no more."""
    if mishap in parcel.planned:
        nth = parcel.planned.index(mishap)
        parcel.planned = parcel.planned[:nth] + parcel.planned[nth + 1 :]
    here.record(MishapBefell(parcel.order_id, parcel.id, mishap, parcel.carrier))


def occasions(mishap: Mishap, route: Sequence[Leg]) -> list[int]:
    """The legs of *route* on which that can befall a parcel."""
    scans = INTO.get(mishap)
    return [nth for nth, leg in enumerate(route) if scans is None or leg.scan in scans]


def _strikes(at: Occasion, mishap: Mishap) -> bool:
    legs = occasions(mishap, at.route)
    if at.parcel.leg not in legs:
        return False
    if mishap in at.parcel.planned:
        return True
    if not (at.by_chance and _is_drawn(at, mishap)):
        return False
    nth = at.here.streams.pick(f"where {mishap}", at.parcel.luck, len(legs))
    return legs[nth] == at.parcel.leg


def _is_drawn(at: Occasion, mishap: Mishap) -> bool:
    drawn_as = Mishap.DELAYED if mishap in DELAYS else mishap
    rate = at.carrier.mishaps.rate_of(drawn_as) * _made_worse(at, mishap) * at.here.mishaps
    if not rate or at.unit(drawn_as) >= rate:
        return False
    return mishap not in DELAYS or mishap is _kind_of_delay(at)


def _made_worse(at: Occasion, mishap: Mishap) -> float:
    """P1-P5, L2: what the seller did wrong makes it likelier."""
    broken, terms = at.parcel.broken, at.here.packing
    if not broken:
        return 1.0
    if mishap is Mishap.DAMAGED:
        return damage_factor(broken, terms.damage)
    return factor_of(broken, terms.address) if mishap is Mishap.ADDRESS_ISSUE else 1.0


def _kind_of_delay(at: Occasion) -> Mishap:
    """Each leg is asked, and each time the answer is the same."""
    drawn, rates = at.unit("kind of delay"), at.carrier.mishaps
    kind = Mishap.DELAYED
    if drawn < rates.late_plane:
        kind = Mishap.LATE_PLANE
    elif drawn < rates.late_plane + rates.hub_backlog:
        kind = Mishap.HUB_BACKLOG
    return kind if occasions(kind, at.route) else Mishap.DELAYED


# How each unfolds: false, where it would not make a legal record.


def _label_is_read(at: Occasion) -> None:
    """L5: in the first hub its carrier reads the label; nothing is drawn for a right one."""
    parcel, terms = at.parcel, at.here.packing
    looked_at = at.here.mishaps > 0 or Mishap.WRONG_LABEL in parcel.planned
    if not (looked_at and parcel.label and parcel.fate is None):
        return
    if parcel.stands_at is not Scan.ARRIVED_AT_HUB:
        return
    outcome = wrong_label_outcome(parcel.label, at.unit("wrong label"), terms)
    parcel.fate = outcome.fate
    legs = detours.by_label(parcel, at.carrier, at.stop, outcome.fate)
    if outcome.fate is Fate.GOES_ON or not _goes(at, legs, _WHY_BY_LABEL.get(outcome.fate)):
        return
    befell(at.here, parcel, Mishap.WRONG_LABEL)
    if outcome.cost_minor:
        at.here.charge(parcel, outcome.cost_minor, Fate.RELABELLED)


_WHY_BY_LABEL: Final = {
    Fate.RETURNED: Mishap.WRONG_LABEL,
    Fate.DISPOSED: Mishap.DISPOSED,
}


def _goes(at: Occasion, legs: Sequence[Leg], why: Mishap | None = None) -> bool:
    """It takes these legs; *why* they lead nowhere else, if they do not."""
    at.parcel.why = why
    if at.takes(legs):
        return True
    at.parcel.why = None
    return False


def _is_lost(at: Occasion) -> bool:
    return _goes(at, [at.stop.leg(Scan.LOST, at.carrier.setbacks.lost)], Mishap.LOST)


def _is_mislaid(at: Occasion) -> bool:
    return any(
        _goes(at, detours.search(at.carrier.setbacks, at.stop, scan))
        for scan in detours.found_as(at.parcel.stands_at)
    )


def _is_damaged(at: Occasion) -> bool:
    noticed = at.stop.leg(Scan.DAMAGED, at.carrier.setbacks.noticed)
    beyond_delivery = at.unit("damaged beyond delivery") < at.carrier.mishaps.damaged_return
    if at.parcel.goes_back or not beyond_delivery:
        return _goes(at, [noticed])
    way = detours.back_home(at.parcel, at.carrier, at.stop)
    return _goes(at, [noticed, *way], Mishap.DAMAGED)


def _is_held(at: Occasion) -> bool:
    parcel, rates = at.parcel, at.carrier.mishaps
    gateway = Stop(at.leg.place or at.stop.place, at.leg.timezone)
    opened = at.unit("inspected") < rates.inspected
    legs = detours.customs(at.carrier.setbacks, gateway, opened=opened, held_for=parcel.held_for)
    if parcel.held_for or at.unit("not let in") >= rates.customs_return:
        return _goes(at, legs)
    way = detours.back_home(parcel, at.carrier, gateway)
    return _goes(at, [*legs[:-1], *way], Mishap.CUSTOMS_HOLD)


def _goes_to_a_wrong_hub(at: Occasion) -> bool:
    return _goes(at, detours.wrong_hub(at.carrier.setbacks, at.leg))


def _is_sought_in_vain(at: Occasion) -> bool:
    setbacks = at.carrier.setbacks
    legs = detours.corrected(at.stop, setbacks.noticed, setbacks.address)
    if at.unit("nobody corrects it") >= at.carrier.mishaps.address_return:
        return _goes(at, legs)
    way = detours.back_home(at.parcel, at.carrier, at.stop, setbacks.address)
    return _goes(at, [legs[0], *way], Mishap.ADDRESS_ISSUE)


def _is_late(kind: Mishap) -> Callable[[Occasion], bool]:
    def comes_late(at: Occasion) -> bool:
        span = getattr(at.carrier.setbacks, kind)
        at.parcel.late_by += at.here.streams.between(f"late by {kind}", at.parcel.luck, span)
        scanning.remarked(at.here, at.parcel, at.carrier, Scan.DELAYED)
        return True

    return comes_late


_UNFOLDS: Final[dict[Mishap, Callable[[Occasion], bool]]] = {
    Mishap.LOST: _is_lost,
    Mishap.MISLAID: _is_mislaid,
    Mishap.DAMAGED: _is_damaged,
    Mishap.CUSTOMS_HOLD: _is_held,
    Mishap.WRONG_HUB: _goes_to_a_wrong_hub,
    Mishap.ADDRESS_ISSUE: _is_sought_in_vain,
    **{kind: _is_late(kind) for kind in DELAYS},
}
"""In this order on one leg."""
