"""What is on record about an order: how late its carrier is, and what its parcels' scans say.

Pure looks at orders and parcels. Complaints of both kinds are decided on these, so C1 and C2 never
disagree about who was late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import REMARKS
from simulator.clock import Instant, later
from simulator.disputes.case import Case, Cause, Trail
from simulator.orders.deadlines import PICKED_UP, READY, SHIPPED
from simulator.orders.model import Order
from simulator.parcels.evidence import Proof, proof_from
from simulator.parcels.model import Handover, Parcel, ParcelStatus
from simulator.terms import DisputeTerms

SCANNED_DAMAGED: Final = "damaged"
SCANNED_LOST: Final = "lost"


@dataclass(frozen=True, slots=True)
class Delays:
    """Who was late with one order, as far as is known at one instant."""

    seller: bool
    """Not ready in time (D1), not there for the pickup (H1), or in seller shipping not shipped in
    time (D4)."""
    pickup: bool
    """D2: the carrier was called, and did not come in time."""
    delivery: bool
    """Longer on the way than was promised, from the first scan on."""


def delays_of(order: Order, parcels: Sequence[Parcel], terms: DisputeTerms, now: Instant) -> Delays:
    promised = later(order.shipped_at, terms.deliver_within)
    misdirected = any(parcel.strays for parcel in parcels)
    return Delays(
        seller=READY in order.breaches
        or (PICKED_UP in order.breaches and misdirected)
        or (SHIPPED in order.breaches and _is_the_sellers_to_ship(order, parcels)),
        pickup=PICKED_UP in order.breaches and not misdirected,
        delivery=bool(order.shipped_at) and (order.delivered_at or now) > promised,
    )


def case_of(
    order: Order, parcels: Sequence[Parcel], cause: Cause, terms: DisputeTerms, now: Instant
) -> Case:
    """What the buyer says is wrong with *order*, as the liability table sees it."""
    broken = {rule for parcel in parcels for rule in parcel.broken}
    return Case(
        mode=order.mode,
        cause=cause,
        packing_right=not any(rule.startswith("P") for rule in broken),
        label_right=not any(rule.startswith("L") for rule in broken),
        proof=min((proof_from(parcel.documents) for parcel in parcels), key=list(Proof).index),
        trail=trail_of(order, parcels, cause, terms, now),
    )


def trail_of(
    order: Order, parcels: Sequence[Parcel], cause: Cause, terms: DisputeTerms, now: Instant
) -> Trail:
    """What matters of the scans to a complaint for that *cause*."""
    seen = [parcel for parcel in parcels if _is_seen(order, parcel)]
    if cause in (Cause.DAMAGED, Cause.REFUSED_AT_DOOR) and _has_scan(seen, SCANNED_DAMAGED):
        return Trail.DAMAGED
    if order.delivered_at and cause is not Cause.LATE:
        return Trail.SIGNED
    delays = delays_of(order, parcels, terms, now)
    if not seen or any(parcel.first_scan is None for parcel in seen):
        return _unsent(delays)
    if any(is_stalled(parcel, terms, now) for parcel in seen):
        return Trail.STALLED
    return _moved(order, delays)


def _is_the_sellers_to_ship(order: Order, parcels: Sequence[Parcel]) -> bool:
    """Whether D4 was theirs to keep: with a carrier of their own, by being ready, and on the way to
    the depot."""
    if not order.ships_from_platform or not order.ready_at:
        return True
    return any(each.handover is Handover.DROP_OFF or each.strays for each in parcels)


def _unsent(delays: Delays) -> Trail:
    if delays.seller:
        return Trail.NOT_SENT
    return Trail.NOT_PICKED_UP if delays.pickup else Trail.ON_COURSE


def _moved(order: Order, delays: Delays) -> Trail:
    if delays.delivery:
        return Trail.LATE
    if delays.seller:
        return Trail.SENT_LATE
    if delays.pickup:
        return Trail.LATE
    return Trail.SIGNED if order.delivered_at else Trail.ON_COURSE


def _is_seen(order: Order, parcel: Parcel) -> bool:
    """In seller shipping the platform sees the scans under the number that it was given (S2)."""
    return order.ships_from_platform or parcel.is_seen


def _has_scan(parcels: Sequence[Parcel], scan: str) -> bool:
    return any(each.scan == scan for parcel in parcels for each in parcel.scans)


def is_stalled(parcel: Parcel, terms: DisputeTerms, now: Instant) -> bool:
    """Scanned as lost and not found since, or unmoved for too long."""
    if parcel.status is ParcelStatus.DELIVERED:
        return False
    # What is merely said of a parcel does not move it.
    last = next(each for each in reversed(parcel.scans) if each.scan not in REMARKS)
    return last.scan == SCANNED_LOST or now > later(last.at, terms.stalled_after)
