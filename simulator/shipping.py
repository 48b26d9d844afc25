"""What sellers do with an order, whoever plays them: the checks, and the signal that follows.

A refusal is a DomainError and changes nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from simulator import cancelling, consigning, forwarding, own_fleet, packaging, paperwork, portions
from simulator.carriers.fleet import OWN_FLEET
from simulator.carriers.numbers import could_be_printed
from simulator.channels.model import Channel
from simulator.clock import DAY, HOUR, later
from simulator.errors import (
    BadTrackingNumber,
    CarrierMismatch,
    GoodsElsewhere,
    NoPickupHere,
    NumberUsedUp,
    SlotUnavailable,
    TrackingNumberTaken,
    WrongMode,
    WrongStatus,
)
from simulator.facts import ParcelHandedTo, ParcelMarkedShipped
from simulator.orders.model import Order
from simulator.orders.signals import MarkShipped, Ready
from simulator.parcels.model import Handover, Parcel, ParcelStatus, Slot
from simulator.registry import Registry

SLOT_LENGTH = 2 * HOUR
"""A pickup slot opens when the van sets out, and is over two hours later."""
ORDERS_PER_NUMBER_MAX = 20
"""So many orders to one recipient and address may travel under one number (combined shipping)."""
SLOTS_AHEAD = 2 * DAY
"""No further than D2 reaches: a slot that the seller chose is no breach of the carrier's."""


class Bookings(Protocol):
    """Who tells carriers of parcels."""

    def book(self, parcel: Parcel, carrier: str, handover: Handover, slot: Slot | None) -> None: ...
    def call_off(self, parcel: Parcel) -> None: ...
    def rename(self, parcel: Parcel, new_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Claim:
    """What a seller says of a parcel: with which carrier it is, and under which number (D5)."""

    carrier: str
    number: str


def ready_to_ship(
    here: Registry,
    order: Order,
    handover: Handover | None,
    slot: Slot | None,
    only: Parcel | None = None,
    item_ids: Sequence[str] = (),
) -> list[Parcel]:
    """Platform shipping: packed and labelled (D1); all parcels that are not yet, or *only* one, or
    one of the items named. They are given back.
    Left out, the handover is a pickup where the designated carrier has one, else the parcels are
    dropped off (H3). The carrier takes only what is within its limits; where packages are created,
    it looks at what their seller says they weigh and measure, before this."""
    meant = _meant(here, order, only, item_ids)
    if not here.market.ways.creates_packages:
        for parcel in meant.parcels:
            packaging.require_few_enough(here, parcel)
            forwarding.require_accepted(here, order, parcel)
    return _set_ready(here, order, meant, handover, slot)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What one ship call is about."""

    parcels: list[Parcel]
    sharing: list[Order]
    """Every order of which they hold goods, or the one that was named."""
    loose: Sequence[str] | None
    """Goods that go into a parcel of their own first: these, or all that lie loose if it is
    empty."""


def _meant(
    here: Registry, order: Order, only: Parcel | None = None, item_ids: Sequence[str] = ()
) -> _Meant:
    _require_open(here, order)
    if not order.ships_from_platform:
        raise WrongMode(order.id)
    named = only or (portions.find(here, order, item_ids) if item_ids else None)
    parcels = [named] if named else [] if item_ids else _unready(here, order)
    sharing = _require_together(here, order, parcels)
    if item_ids:
        return _Meant(parcels, sharing, None if named else item_ids)
    rest = not only and portions.loose_items(here, order)
    return _Meant(parcels, sharing, () if rest else None)


def _set_ready(
    here: Registry, order: Order, meant: _Meant, handover: Handover | None, slot: Slot | None
) -> list[Parcel]:
    chosen = _handover(here, order, handover)
    if slot and chosen is Handover.PICKUP:
        _require_slot(here, order, slot)
    parcels = list(meant.parcels)
    if meant.loose is not None:
        parcels.append(portions.take(here, order, meant.loose))
    for parcel in parcels:
        parcel.ready_at = here.now
    agreed = slot if chosen is Handover.PICKUP else None
    for each in meant.sharing:
        _turn_down_wish(here, each)
        own = tuple(parcel.id for parcel in parcels if each.id in parcel.order_ids)
        each.inbox.deliver(Ready(chosen, agreed, own))
    return parcels


def mark_shipped(
    bookings: Bookings,
    here: Registry,
    order: Order,
    claim: Claim,
    only: Parcel | None = None,
    item_ids: Sequence[str] = (),
) -> Parcel:
    """Seller shipping: on its way as the *claim* says; *only* one of its parcels, or one of the
    items named, or the last that is not marked yet.

    Too early is allowed, as on the platform: the number then waits for its first physical scan.
    """
    carrier, number = claim.carrier, claim.number
    _require_open(here, order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    if carrier == OWN_FLEET:
        own_fleet.require_fleet(here)
    else:
        here.carrier(carrier)
    if not could_be_printed(number):
        raise BadTrackingNumber(number)
    found = only or portions.find(here, order, item_ids)
    sharing = _require_together(here, order, [found] if found else [])
    require_number(here, order, found, carrier, number)
    shipped = consigning.free_with(here, number)
    if shipped and found:
        consigning.require_nameable(found, number)
    parcel = found or portions.take(here, order, item_ids)
    if shipped:
        parcel = consigning.name_for(here, bookings, order, parcel, shipped)
    parcel.ready_at, parcel.claimed_carrier, parcel.claimed_number = here.now, carrier, number
    for each in sharing:
        if len(each.parcel_ids) > 1 or portions.loose_items(here, each):
            here.record(ParcelMarkedShipped(each.id, parcel.id, carrier, number))
        _turn_down_wish(here, each)
        each.inbox.deliver(MarkShipped(carrier, number, parcel.id))
    return parcel


def require_number(
    here: Registry, order: Order, parcel: Parcel | None, carrier: str, number: str
) -> None:
    """The number may be given to the *parcel*: nobody's, its own label's, that of a shipment which
    no order has yet, or that of another order to the same recipient and address, with which it
    travels (6.2)."""
    numbered = here.parcel_numbered(number)
    if numbered is None:
        return
    if consigning.is_free(numbered):
        if numbered.is_called_off:
            raise BadTrackingNumber(number)
    elif parcel is None or numbered.id != parcel.id:
        _require_companion(here, order, numbered, number)
    if numbered.carrier != carrier and not here.market.ways.warns_of_mismatch:
        raise CarrierMismatch(number, numbered.carrier, carrier)


def _require_companion(here: Registry, order: Order, numbered: Parcel, number: str) -> None:
    other = here.order(numbered.order_id)
    together = (
        numbered.claimed_number == number
        and other.id != order.id
        and (other.shop_id, other.address) == (order.shop_id, order.address)
    )
    if not together:
        raise TrackingNumberTaken(number)
    # Seldom asked, so that no index is kept for it.
    users = {
        order_id
        for each in here.parcels.values()
        if each.claimed_number == number
        for order_id in each.order_ids
    }
    if len(users | {order.id}) > ORDERS_PER_NUMBER_MAX:
        raise NumberUsedUp(number, ORDERS_PER_NUMBER_MAX)


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
    _require_open(here, order)
    if order.ships_from_platform:
        raise WrongMode(order.id)
    said = here.carrier(carrier)
    if said.service_in(order.city) is None:
        raise NoPickupHere(carrier, order.city)
    said.service(service)
    found = only or _the_unlabelled(here, order)
    if found:
        found.require(ParcelStatus.CREATED)
        for each in packaging.orders_in(here, found):
            _require_open(here, each)
    parcel = found or portions.take(here, order, ())
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
    (X4). True when the seller has still to mark it. What simulated sellers hand over is taken,
    whatever it weighs and measures (ours)."""
    paperwork.supply(here, order)
    if order.ships_from_platform:
        _set_ready(here, order, _meant(here, order), None, None)
        return False
    _require_open(here, order)
    portions.pack_the_rest(here, order)
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


def pickup_slots(here: Registry, what: Parcel | Order) -> list[tuple[Slot, bool]]:
    """The designated van's coming rounds, each with whether it has room; none where it has no
    pickup (H3)."""
    service = here.carrier(here.market.designated_carrier).service_in(what.city)
    if service is None:
        return []
    van = here.vans.get((here.market.designated_carrier, what.city))
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


def _require_open(here: Registry, order: Order) -> None:
    packaging.require_shippable(
        order, in_spite_of_wish=here.market.ways.shipping_rejects_cancellation
    )


def _turn_down_wish(here: Registry, order: Order) -> None:
    """Where shipping may go on in spite of the buyer's wish to cancel, it closes the wish."""
    if order.cancellation_pending:
        cancelling.close(here, order)


def _handover(here: Registry, order: Order, wanted: Handover | None) -> Handover:
    """As wanted, or as the warehouse is set where wishes are ignored; left open, a pickup where the
    designated carrier has one (H3)."""
    carrier = here.market.designated_carrier
    service = here.carrier(carrier).service_in(order.city)
    if here.market.ways.ignores_handover:
        wanted = here.warehouses[order.warehouse_id].handover
        if service is None:
            return Handover.DROP_OFF
    if wanted is Handover.PICKUP and service is None:
        raise NoPickupHere(carrier, order.city)
    return wanted or (Handover.PICKUP if service else Handover.DROP_OFF)


def _require_slot(here: Registry, order: Order, slot: Slot) -> None:
    """The slot is one of those that are offered, with room."""
    if (slot, True) not in pickup_slots(here, order):
        raise SlotUnavailable(slot.start, slot.end)


def _unready(here: Registry, order: Order) -> list[Parcel]:
    """Those for which the seller's part is still to be done."""
    found = portions.open_parcels(here, order)
    if not found and not portions.loose_items(here, order):  # all were shipped in this very second
        raise WrongStatus(order.id, order.status, "a parcel that nobody has shipped yet")
    return found


def _the_unlabelled(here: Registry, order: Order) -> Parcel | None:
    """The first that no carrier knows of; ``None``: what is in no parcel yet; else any."""
    parcels = here.parcels_of(order)
    created = (parcel for parcel in parcels if parcel.status is ParcelStatus.CREATED)
    found = next(created, None)
    if found is None and not portions.loose_items(here, order):
        return parcels[0]
    return found


def _require_together(here: Registry, named: Order, parcels: Sequence[Parcel]) -> list[Order]:
    """Every order of which the parcels hold goods, or the *named* one while there are none; each of
    them may be shipped now."""
    orders: dict[str, Order] = {} if parcels else {named.id: named}
    for parcel in parcels:
        if parcel.ready_at:
            raise WrongStatus(parcel.id, parcel.status, "a parcel that nobody has shipped yet")
        orders |= {order.id: order for order in packaging.orders_in(here, parcel)}
    for order in orders.values():
        _require_open(here, order)
    for parcel in parcels:
        paperwork.require_invoiced(here, parcel)
    paperwork.require_declared(here, orders.values())
    return list(orders.values())
