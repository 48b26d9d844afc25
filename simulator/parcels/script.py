"""A parcel's way as somebody wrote it down: which scan at which second, instead of one that is
drawn.

Pure: what was written goes in, legs come out. Where the writing ends before the parcel does, it
goes on from there along its carrier's route.
"""

from collections.abc import Sequence
from typing import Final

from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.clock import Instant
from simulator.parcels import moves

Script = tuple[tuple[Instant, Scan], ...]
"""When, and which scan; in order."""

_AT_THE_DOOR: Final = frozenset(
    {
        Scan.OUT_FOR_DELIVERY,
        Scan.DELIVERY_ATTEMPTED,
        Scan.DELIVERED,
        Scan.RECIPIENT_UNAVAILABLE,
        Scan.REFUSED,
    }
)


def first_touch(script: Script) -> Instant:
    """When somebody first holds the parcel under a scanner."""
    return next(at for at, scan in script if scan not in ON_PAPER)


def legs_of(script: Script, carrier: Carrier, route: str, since: Instant) -> list[Leg]:
    """The way after the collection at *since*, each leg to the second."""
    home = carrier.routes[route][-1].timezone
    legs: list[Leg] = []
    for at, scan in script:
        if at < since or scan is Scan.PICKED_UP:
            continue
        takes, since = at - since, at
        at_the_door = scan in _AT_THE_DOOR
        place = None if at_the_door else carrier.depot
        timezone = home if at_the_door else carrier.depot_timezone
        legs.append(Leg(scan, (takes, takes), place, timezone))
    return legs


def goes_on_from(legs: Sequence[Leg], carrier: Carrier, route: str) -> int:
    """Which leg of its route follows the last one that was written: the one nearest to the door
    that may; any, when the writing has an end."""
    last = legs[-1].scan if legs else Scan.PICKED_UP
    fits = [nth for nth, leg in enumerate(carrier.routes[route]) if moves.follows(last, leg.scan)]
    return fits[-1] if fits else 0


def is_complete(last: Scan, carrier: Carrier, route: str) -> bool:
    """Whether a parcel can come to an end that was last scanned so."""
    return last in moves.ENDS or any(moves.follows(last, leg.scan) for leg in carrier.routes[route])
