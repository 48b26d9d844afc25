"""What sellers do with an order, whoever plays them: the checks, and the signal that follows.

A refusal is a DomainError and changes nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from simulator import forwarding, own_fleet, packaging, paperwork
from simulator.carriers.fleet import OWN_FLEET
from simulator.carriers.numbers import could_be_printed
from simulator.channels.model import Channel
from simulator.clock import DAY, HOUR, later
from simulator.errors import (
    BadTrackingNumber,
    CarrierMismatch,
    GoodsElsewhere,
    NoPickupHere,
    NotFound,
    PartialShipping,
    SeveralParcels,
    SlotUnavailable,
    TrackingNumberTaken,
    WrongMode,
    WrongStatus,
)
from simulator.facts import ParcelHandedTo, ParcelMarkedShipped
from simulator.orders.model import Order
from simulator.orders.signals import MarkShipped, Ready
from simulator.packaging import require_shippable
from simulator.parcels.model import Handover, Parcel, ParcelStatus, Slot
from simulator.registry import Registry

SLOT_LENGTH = 2 * HOUR
"""A pickup slot opens when the van sets out, and is over two hours later."""
SLOTS_AHEAD = 2 * DAY
"""No further than D2 reaches: a slot that the seller chose is no breach of the carrier's."""


class Bookings(Protocol):
    """Who tells carriers of parcels."""

    def book(self, parcel: Parcel, carrier: str, handover: Handover, slot: Slot | None) -> None: ...


def ready_to_ship(
    here: Registry,
    order: Order,
    handover: Handover | None,
    slot: Slot | None,
    only: Parcel | None = None,
) -> None:
    """Platform shipping: packed and labelled (D1); all parcels that are not yet, or *only* one.
    Left out, the handover is a pickup where the designated carrier has one, else the parcels are
    dropped off (H3)."""
    require_shippable(order)
    if not order.ships_from_platform:
        raise WrongMode(order.id)
    parcels = [only] if only else _unready(here, order)
    sharing = _require_together(here, parcels)
    service = here.carrier(here.market.designated_carrier).service_in(order.city)
    chosen = handover or (Handover.PICKUP if service else Handover.DROP_OFF)
    if chosen is Handover.PICKUP:
        if service is None:
            raise NoPickupHere(here.market.designated_carrier, order.city)
        if slot:
            _require_slot(here, parcels[0], slot)
    for parcel in parcels:
        parcel.ready_at = here.now
    agreed = slot if chosen is Handover.PICKUP else None
    for each in sharing:
        own = tuple(parcel.id for parcel in parcels if each.id in parcel.order_ids)
        each.inbox.deliver(Ready(chosen, agreed, own))


def mark_shipped(
    here: Registry, order: Order, carrier: str, number: str, only: Parcel | None = None
) -> Parcel:
    """Seller shipping: on its way with *carrier* under *number* (D5); *only* one of its parcels,
    or the last that is not marked yet.

    Too early is allowed, as on the platform: the number then waits for its first physical scan.
    """
    require_shippable(order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    if carrier == OWN_FLEET:
        own_fleet.require_fleet(here)
    else:
        here.carrier(carrier)
    if not could_be_printed(number):
        raise BadTrackingNumber(number)
    parcel = only or _the_unmarked(here, order)
    sharing = _require_together(here, [parcel])
    numbered = here.parcel_numbered(number)
    if numbered and numbered.id != parcel.id:
        raise TrackingNumberTaken(number)
    if numbered and numbered.carrier != carrier:
        raise CarrierMismatch(number, numbered.carrier, carrier)
    parcel.ready_at, parcel.claimed_carrier, parcel.claimed_number = here.now, carrier, number
    for each in sharing:
        if len(each.parcel_ids) > 1:
            here.record(ParcelMarkedShipped(each.id, parcel.id, carrier, number))
        each.inbox.deliver(MarkShipped(carrier, number, parcel.id))
    return parcel


def book_own_carrier(
    bookings: Bookings,
    here: Registry,
    order: Order,
    carrier: str,
    service: str = "",
    *,
    only: Parcel | None = None,
) -> Parcel:
    """Seller shipping: a label from *carrier*, whose van comes on its next round (M2); for the
    first parcel that has none, or for *only* that one."""
    require_shippable(order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    if here.carrier(carrier).service_in(order.city) is None:
        raise NoPickupHere(carrier, order.city)
    parcel = only or _the_unlabelled(here, order)
    parcel.require(ParcelStatus.CREATED)
    for each in packaging.orders_in(here, parcel):
        require_shippable(each)
    parcel.service = here.carrier(carrier).service(service).code
    bookings.book(parcel, carrier, Handover.PICKUP, None)
    return parcel


def hand_to(here: Registry, parcel: Parcel, carrier: str) -> None:
    """The seller gives it to *carrier*, whatever its label says (H1)."""
    here.carrier(carrier)
    if parcel.status not in (ParcelStatus.CREATED, ParcelStatus.BOOKED):
        raise WrongStatus(parcel.id, parcel.status, "a parcel that the seller still has")
    parcel.handed_to = "" if carrier == parcel.carrier else carrier
    here.record(ParcelHandedTo(parcel.order_id, parcel.id, carrier))


def hand_over(bookings: Bookings, here: Registry, order: Order) -> bool:
    """As whoever has the goods does it: ready to ship, or a carrier booked by the world's rule
    (X4). True when the seller has still to mark it."""
    paperwork.supply(here, order)
    if order.ships_from_platform:
        ready_to_ship(here, order, None, None)
        return False
    carrier, service = forwarding.booking_for(here, order)
    parcels = here.parcels_of(order)
    missing = [parcel for parcel in parcels if parcel.status is ParcelStatus.CREATED]
    # Another order's clerk may have booked what both share; else nobody else should have.
    for parcel in missing or [each for each in parcels if not each.is_combined]:
        book_own_carrier(bookings, here, order, carrier, service, only=parcel)
    return True


def require_goods(order: Order) -> None:
    """The seller's own hands can reach them: a supplier ships what it was passed (X3)."""
    if order.channel is Channel.DROPSHIP:
        raise GoodsElsewhere(order.id)


def parcel_with(here: Registry, order: Order, item_ids: Sequence[str]) -> Parcel | None:
    """The parcel that holds exactly these items of the order; ``None`` if none are named."""
    known = {item.id for item in order.items}
    wanted = set(item_ids)
    for item_id in item_ids:
        if item_id not in known:
            raise NotFound("line item", item_id)
    parcels = here.parcels_of(order)
    for parcel in parcels:
        if wanted == known.intersection(parcel.item_ids):
            return parcel
    if wanted == known and len(parcels) > 1:
        raise SeveralParcels(order.id)
    if wanted and parcels:
        raise PartialShipping(order.id)
    return None


def pickup_slots(here: Registry, parcel: Parcel) -> list[tuple[Slot, bool]]:
    """The designated van's coming rounds, each with whether it has room; none where it has no
    pickup (H3)."""
    service = here.carrier(here.market.designated_carrier).service_in(parcel.city)
    if service is None:
        return []
    van = here.vans.get((here.market.designated_carrier, parcel.city))
    ready = sorted(van.queue.values()) if van else []
    slots = []
    waiting = taken_up = 0
    at = here.now
    while (at := service.round_after(at)) <= here.now + SLOTS_AHEAD:
        waiting += bisect_right(ready, at) - taken_up
        taken_up = bisect_right(ready, at)
        if at >= here.now + service.cut_off:
            slots.append((Slot(at, later(at, SLOT_LENGTH)), waiting < service.capacity))
        waiting = max(0, waiting - service.capacity)
    return slots


def _require_slot(here: Registry, parcel: Parcel, slot: Slot) -> None:
    """The slot is one of those that are offered, with room."""
    if (slot, True) not in pickup_slots(here, parcel):
        raise SlotUnavailable(slot.start, slot.end)


def _unready(here: Registry, order: Order) -> list[Parcel]:
    """Those for which the seller's part is still to be done."""
    found = [parcel for parcel in here.parcels_of(order) if not parcel.ready_at]
    if not found:  # all were shipped in this very second
        raise WrongStatus(order.id, order.status, "a parcel that nobody has shipped yet")
    return found


def _the_unmarked(here: Registry, order: Order) -> Parcel:
    parcels = _unready(here, order)
    if len(parcels) > 1:
        raise SeveralParcels(order.id)
    return parcels[0]


def _the_unlabelled(here: Registry, order: Order) -> Parcel:
    """The first that no carrier knows of; any, if there is none."""
    parcels = here.parcels_of(order)
    created = (parcel for parcel in parcels if parcel.status is ParcelStatus.CREATED)
    return next(created, parcels[0])


def _require_together(here: Registry, parcels: Sequence[Parcel]) -> list[Order]:
    """Every order of which the parcels hold goods; each of them may be shipped now."""
    orders: dict[str, Order] = {}
    for parcel in parcels:
        if parcel.ready_at:
            raise WrongStatus(parcel.id, parcel.status, "a parcel that nobody has shipped yet")
        orders |= {order.id: order for order in packaging.orders_in(here, parcel)}
    for order in orders.values():
        require_shippable(order)
    for parcel in parcels:
        paperwork.require_papers(here, parcel, packaging.orders_in(here, parcel))
    return list(orders.values())
