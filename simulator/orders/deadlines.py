"""The platform's deadlines: what is owed when, whether it was kept, and who is liable if not.

Rules D1, D2, D4 and D5. ``owed_at_*`` gives absolute instants for an order's watch; ``judge`` looks
at one rule at its due instant. Facts and waits are the world's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.clock import Instant, later
from simulator.market import ClockStart, MarketProfile
from simulator.orders.model import Order, Party
from simulator.parcels.model import Handover, Parcel

READY: Final = "D1"
PICKED_UP: Final = "D2"
SHIPPED: Final = "D4"
MARKED: Final = "D5"
EXPECTED: Final = "M4"

Due = tuple[str, Instant]


@dataclass(frozen=True, slots=True)
class Breach:
    """Who is liable for an unmet deadline, and what was missing."""

    liable: Party
    cause: str


def counted_from(order: Order, market: MarketProfile) -> Instant:
    """Where deadlines begin to count: with the order (M3), or its payment."""
    return order.paid_at if market.counts_from is ClockStart.PAID else order.placed_at


def expect_delivery(order: Order, within: int) -> list[Due]:
    """M4: an independent shop's order owes the platform nothing; its buyer expects the goods."""
    order.deliver_by = later(order.placed_at, within)
    return [(EXPECTED, order.deliver_by)]


def owed_at_payment(order: Order, market: MarketProfile) -> list[Due]:
    """D1 and D4 for platform shipping, D4 and D5 for seller shipping; now written on the order."""
    start = counted_from(order, market)
    order.ready_by = market.due(market.ready_within, start)
    order.ship_by = market.due(market.ship_within, start)
    if market.deliver_within is not None:
        order.deliver_by = market.due(market.deliver_within, start)
    shipped = (SHIPPED, order.ship_by)
    if order.ships_from_platform:
        return [(READY, order.ready_by), shipped]
    return [shipped, (MARKED, market.due(market.mark_within, start))]


def owed_at_notice(parcel: Parcel, market: MarketProfile) -> list[Due]:
    """D2: the designated carrier owes the pickup, by an instant now written on the parcel. A parcel
    to be dropped off is not waited for."""
    if parcel.handover is not Handover.PICKUP:
        return []
    if not parcel.pick_up_by:
        parcel.pick_up_by = market.due(market.pick_up_within, parcel.booked_at)
    return [(PICKED_UP, parcel.pick_up_by)]


def judge(rule: str, order: Order, parcels: Sequence[Parcel], due: Instant) -> Breach | None:
    """Whether *rule* is unmet at this instant, its *due* one; and then by whose fault."""
    match rule:
        case "D1":
            return None if order.ready_at else Breach(Party.SELLER, "not_ready_to_ship")
        case "D2":
            missed = [each for each in parcels if each.pick_up_by == due and not each.is_collected]
            return _not_picked_up(missed) if missed else None
        case "D4":
            return None if order.shipped_at else not_shipped(order, parcels)
        case "D5":
            return None if order.shipped_at else Breach(Party.SELLER, _why_not_marked(parcels))
        case _:
            raise AssertionError(rule)


def not_shipped(order: Order, parcels: Sequence[Parcel]) -> Breach:
    """D4's liable party: the seller answers for their own carrier (M2), for being late (D1) and for
    the way to the depot; a designated carrier for parcels that it was called for in time."""
    collected = all(parcel.is_collected for parcel in parcels)
    if not order.ships_from_platform:
        return Breach(Party.SELLER, _why_not_marked(parcels) if collected else "not_picked_up")
    if not order.ready_at:
        return Breach(Party.SELLER, "not_ready_to_ship")
    if READY in order.breaches:
        return Breach(Party.SELLER, "ready_to_ship_too_late")
    if any(parcel.handover is Handover.DROP_OFF for parcel in parcels):
        return Breach(Party.SELLER, "not_dropped_off")
    return _not_picked_up(parcels)


def _not_picked_up(parcels: Sequence[Parcel]) -> Breach:
    """The carrier's fault; unless it came in vain, since the seller had handed the parcel to
    another one (H1)."""
    if any(parcel.strays for parcel in parcels):
        return Breach(Party.SELLER, "handed_to_wrong_carrier")
    return Breach(Party.CARRIER, "not_picked_up")


def _why_not_marked(parcels: Sequence[Parcel]) -> str:
    """D5: no mark at all, or a number that no physical scan stands behind."""
    marked = all(parcel.claimed_number for parcel in parcels)
    return "number_without_scan" if marked else "not_marked_shipped"
