"""Ways that lead astray, leg by leg, and on or back from there.

Pure: where a parcel is and what its carrier's setbacks take go in, legs come out. When they are
taken is chance's business (``mishaps``), or somebody's who acts by hand (``incidents``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.mishaps import Setbacks, Span
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.parcels import moves
from simulator.parcels.labelling import Fate
from simulator.parcels.model import Parcel

_ENDS: Final = (Scan.LOST, Scan.RETURNED_TO_SENDER, Scan.DELIVERED)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place with its clocks."""

    place: str
    timezone: str

    def leg(self, scan: Scan, span: Span) -> Leg:
        """That scan, here."""
        return Leg(scan, span, self.place, self.timezone)


def fits(parcel: Parcel, legs: Sequence[Leg], then: Scan | None) -> bool:
    """Whether *parcel* may take these *legs*, and be scanned as *then* after them."""
    record = [each.scan for each in parcel.scans]
    following = [leg.scan for leg in legs]
    if then is not None and following[-1] not in _ENDS:
        following.append(then)
    for scan in following:
        if not moves.may_come_next(reversed(record), scan):
            return False
        record.append(scan)
    return True


def back_home(
    parcel: Parcel, carrier: Carrier, stop: Stop, decision: Span | None = None
) -> list[Leg]:
    """Back to the seller: from abroad by the carrier's first hub."""
    setbacks, first = carrier.setbacks, carrier.routes[parcel.route][0]
    _, timezone = carrier.depot_for(parcel.city)
    legs = [stop.leg(Scan.RETURN_INITIATED, decision or setbacks.decision)]
    if stop.timezone != timezone:
        hub = Stop(first.place or carrier.depot, first.timezone)
        legs.append(hub.leg(Scan.IN_RETURN_TRANSIT, setbacks.way_back))
    legs.append(Stop(parcel.city, timezone).leg(Scan.RETURNED_TO_SENDER, setbacks.home))
    return legs


def search(setbacks: Setbacks, stop: Stop, found_as: Scan) -> list[Leg]:
    """It is missed, and found again."""
    return [stop.leg(Scan.EXCEPTION, setbacks.noticed), stop.leg(found_as, setbacks.search)]


def found_as(before: Scan | None) -> list[Scan]:
    """How a parcel that was mislaid may be scanned when it is found: as *before*, or in some hub,
    or on its way there or back."""
    others = (
        Scan.ARRIVED_AT_HUB,
        Scan.ARRIVED_AT_DESTINATION,
        Scan.IN_TRANSIT,
        Scan.OUT_FOR_DELIVERY,
        Scan.IN_RETURN_TRANSIT,
        Scan.CUSTOMS_INSPECTION,
    )
    return [*([before] if before else []), *others]


def customs(setbacks: Setbacks, gateway: Stop, *, opened: bool, held_for: int = 0) -> list[Leg]:
    """Held, for papers or to be opened, and let go."""
    held = gateway.leg(Scan.CUSTOMS_HELD, setbacks.noticed)
    if held_for:
        return [held, gateway.leg(Scan.CUSTOMS_RELEASED, (held_for, held_for))]
    if opened:
        looked_at = gateway.leg(Scan.CUSTOMS_INSPECTION, setbacks.noticed)
        return [held, looked_at, gateway.leg(Scan.CUSTOMS_RELEASED, setbacks.inspection)]
    return [held, gateway.leg(Scan.CUSTOMS_RELEASED, setbacks.papers)]


def wrong_hub(setbacks: Setbacks, meant: Leg) -> list[Leg]:
    """To a hub that waits for other parcels."""
    stop = Stop(f"Wrong hub, for {meant.place}", meant.timezone)
    return [stop.leg(Scan.ARRIVED_AT_HUB, setbacks.detour)]


def corrected(stop: Stop, noticed: Span, mended: Span) -> list[Leg]:
    """The address is wrong, and is put right: back into the hub's stream."""
    return [stop.leg(Scan.ADDRESS_ISSUE, noticed), stop.leg(Scan.ARRIVED_AT_HUB, mended)]


def by_label(parcel: Parcel, carrier: Carrier, stop: Stop, fate: Fate) -> list[Leg]:
    """L5: relabelled, sent back or disposed of. There is no scan for a disposal: trouble is the
    last that is heard."""
    setbacks = carrier.setbacks
    read = stop.leg(Scan.ADDRESS_ISSUE, setbacks.noticed)
    match fate:
        case Fate.RELABELLED:
            return corrected(stop, setbacks.noticed, setbacks.relabelling)
        case Fate.RETURNED:
            return [read, *back_home(parcel, carrier, stop)]
        case Fate.DISPOSED:
            return [read, stop.leg(Scan.EXCEPTION, setbacks.decision)]
        case Fate.GOES_ON:
            return []


def another_try(legs: Iterable[Leg], door: Leg) -> Leg:
    """Out for delivery once more, as on this route: with the next morning's wave, if there is
    one."""
    waves = [leg for leg in legs if leg.scan is Scan.OUT_FOR_DELIVERY]
    return waves[-1] if waves else Leg(Scan.OUT_FOR_DELIVERY, door.span, None, door.timezone)
