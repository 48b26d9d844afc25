"""What sellers do with an order, whoever plays them: the checks, and the signal that follows.

A refusal is a DomainError and changes nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from simulator import forwarding
from simulator.carriers.numbers import could_be_printed
from simulator.channels.model import Channel
from simulator.clock import DAY, HOUR, later
from simulator.errors import (
    BadTrackingNumber,
    CancellationPending,
    CarrierMismatch,
    GoodsElsewhere,
    NoPickupHere,
    NotFound,
    OnHold,
    PartialShipping,
    SlotUnavailable,
    TrackingNumberTaken,
    WrongMode,
)
from simulator.orders.model import Order, Status
from simulator.orders.signals import MarkShipped, Ready
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
    here: Registry, order: Order, handover: Handover | None, slot: Slot | None
) -> None:
    """Platform shipping: packed and labelled (D1). Left out, the handover is a pickup where the
    designated carrier has one, else the parcel is dropped off (H3)."""
    require_shippable(order)
    if not order.ships_from_platform:
        raise WrongMode(order.id)
    service = here.carrier(here.market.designated_carrier).service_in(order.city)
    chosen = handover or (Handover.PICKUP if service else Handover.DROP_OFF)
    if chosen is Handover.PICKUP:
        if service is None:
            raise NoPickupHere(here.market.designated_carrier, order.city)
        if slot:
            _require_slot(here, order, slot)
    order.inbox.deliver(Ready(chosen, slot if chosen is Handover.PICKUP else None))


def mark_shipped(here: Registry, order: Order, carrier: str, number: str) -> None:
    """Seller shipping: on its way with *carrier* under *number* (D5).

    Too early is allowed, as on the platform: the number then waits for its first physical scan.
    """
    require_shippable(order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    here.carrier(carrier)
    if not could_be_printed(number):
        raise BadTrackingNumber(number)
    parcel = here.parcel_numbered(number)
    if parcel and parcel.order_id != order.id:
        raise TrackingNumberTaken(number)
    if parcel and parcel.carrier != carrier:
        raise CarrierMismatch(number, parcel.carrier, carrier)
    order.inbox.deliver(MarkShipped(carrier, number))


def book_own_carrier(
    bookings: Bookings, here: Registry, order: Order, carrier: str, service: str = ""
) -> Parcel:
    """Seller shipping: a label from *carrier*, whose van comes on its next round (M2)."""
    require_shippable(order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    if here.carrier(carrier).service_in(order.city) is None:
        raise NoPickupHere(carrier, order.city)
    (parcel,) = here.parcels_of(order)
    parcel.require(ParcelStatus.CREATED)
    parcel.service = here.carrier(carrier).service(service).code
    bookings.book(parcel, carrier, Handover.PICKUP, None)
    return parcel


def hand_over(bookings: Bookings, here: Registry, order: Order) -> bool:
    """As whoever has the goods does it: ready to ship, or a carrier booked by the world's rule
    (X4). True when the seller has still to mark it."""
    if order.ships_from_platform:
        ready_to_ship(here, order, None, None)
        return False
    carrier, service = forwarding.booking_for(here, order)
    book_own_carrier(bookings, here, order, carrier, service)
    return True


def require_goods(order: Order) -> None:
    """The seller's own hands can reach them: a supplier ships what it was passed (X3)."""
    if order.channel is Channel.DROPSHIP:
        raise GoodsElsewhere(order.id)


def require_shippable(order: Order) -> None:
    """The order waits for its seller, and nobody has asked to cancel it."""
    if order.status is Status.ON_HOLD:
        raise OnHold(order.id)
    order.require(Status.AWAITING_SHIPMENT)
    if order.cancellation_pending:
        raise CancellationPending(order.id)


def require_whole(order: Order, item_ids: Sequence[str]) -> None:
    """All of the order's items, or none named: its parcel holds them all."""
    known = {item.id for item in order.items}
    for item_id in item_ids:
        if item_id not in known:
            raise NotFound("line item", item_id)
    if item_ids and set(item_ids) != known:
        raise PartialShipping(order.id)


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


def _require_slot(here: Registry, order: Order, slot: Slot) -> None:
    """The slot is one of those that are offered, with room."""
    (parcel,) = here.parcels_of(order)
    if (slot, True) not in pickup_slots(here, parcel):
        raise SlotUnavailable(slot.start, slot.end)
