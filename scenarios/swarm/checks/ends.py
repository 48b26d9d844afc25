"""Liveness: when faults have stopped and everybody does their part, everything comes to its end."""

from typing import Final

from scenarios.swarm.checks.stories import OVER, Stories
from scenarios.swarm.checks.violations import Violations
from simulator.parcels.model import ParcelStatus
from simulator.world import World

_UNDER_WAY: Final = frozenset({ParcelStatus.TRAVELLING, ParcelStatus.RETURNING})


def check_ends(world: World, stories: Stories, found: Violations) -> None:
    """No order, no parcel, no life is left waiting."""
    for story in stories.orders.values():
        if story.status in OVER or _waits_for_a_seller(world, story.order_id):
            continue
        told = f"never ends: {story.status} after {' '.join(story.statuses)}"
        found.add("ends", told, story.order_id)
    for parcel in world.registry.parcels.values():
        told = f"parcel {parcel.id} is {parcel.status} for ever"
        found.require(parcel.status not in _UNDER_WAY, "ends", told, parcel.order_id)
    due = world.next_due
    found.require(due is None, "ends", f"something still waits for {due}, at {world.now}")


def _waits_for_a_seller(world: World, order_id: str) -> bool:
    """Nobody plays its seller, or its seller said a number that no carrier ever scans: where the
    market sets no limit, it waits for ever."""
    order = world.order(order_id)
    if order.shipping_due:
        return False
    if order.status in ("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING"):
        return order.independent or bool(order.behaviour)
    parcels = world.registry.parcels_of(order)
    marked = [each for each in parcels if each.claimed_number]
    unknown = [
        each for each in marked if world.registry.parcel_numbered(each.claimed_number) is None
    ]
    return order.status == "AWAITING_COLLECTION" and bool(unknown)
