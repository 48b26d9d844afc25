"""What a buyer sends back, as a parcel of the world: from the buyer to the warehouse that sent it.

It is a parcel like any other: a carrier knows its number, mishaps befall it, and hands may. But it
goes a way of its own (``Parcel.way``), and is none of its order's ``parcel_ids``: nothing of the
order's delivery depends on it.
"""

from typing import Final

from simulator import ids
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import Scan
from simulator.clock import later
from simulator.facts import ReturnBooked
from simulator.orders.model import Order
from simulator.parcels.model import Handover, Parcel, ParcelStatus
from simulator.registry import Registry
from simulator.returns.model import Handover as HowHanded
from simulator.returns.model import Return
from simulator.terms import Span
from simulator.waiting import Inbox

_TO_THE_HUB: Final = (1, 8)
_ACROSS: Final = (4, 8)
_HOME: Final = (3, 8)
"""Of the time on the way back, how much each leg takes (ours)."""


def book(here: Registry, order: Order, asked: Return) -> Parcel:
    """The carrier of *asked* is told of it: it comes for the goods, or has them as soon as somebody
    works at its counter."""
    terms, carrier = here.market.returns, here.carrier(asked.carrier)
    fetched = asked.handover is HowHanded.PICKUP
    wait = here.streams.between("return pickup", asked.luck, terms.pickup_span) if fetched else 0
    parcel = Parcel(
        id=here.mint.next_id(ids.PACKAGE),
        order_id=order.id,
        luck=f"{asked.luck}.parcel",
        city=order.address.city,
        created_at=here.now,
        inbox=Inbox(here.agenda),
        carrier=carrier.code,
        tracking_number=asked.tracking_number,
        handover=Handover.PICKUP if fetched else Handover.DROP_OFF,
        booked_at=here.now,
        service=carrier.service().code,
        route=carrier.route_to(order.address.region, order.city),
        item_ids=tuple(asked.item_ids),
        order_ids=(order.id,),
        due_at=later(here.now, wait),
    )
    home = here.warehouses[order.warehouse_id].city
    parcel.way = way_back(carrier, parcel.route, home, terms.way_span)
    parcel.become(ParcelStatus.BOOKED, here.now)
    asked.parcel_id = parcel.id
    here.parcels[parcel.id] = parcel
    # A number that the buyer says may be another's: carriers know the parcel that had it first.
    here.by_number.setdefault(parcel.tracking_number, parcel.id)
    here.record(ReturnBooked(order.id, asked.id, parcel.id, parcel.carrier, parcel.tracking_number))
    return parcel


def way_back(carrier: Carrier, route: str, home: str, takes: Span) -> tuple[Leg, ...]:
    """To the last hub of that route, from there to its first, and *home*; in so much time."""
    hubs = [(leg.place, leg.timezone) for leg in carrier.routes[route] if leg.place]
    hubs = hubs or [(carrier.depot, carrier.depot_timezone)]
    (first, there), (last, abroad) = hubs[0], hubs[-1]
    return (
        Leg(Scan.RETURN_INITIATED, _share(takes, _TO_THE_HUB), last, abroad),
        Leg(Scan.IN_RETURN_TRANSIT, _share(takes, _ACROSS), first, there),
        Leg(Scan.RETURNED_TO_SENDER, _share(takes, _HOME), home, there),
    )


def _share(takes: Span, part: tuple[int, int]) -> Span:
    most, of = part
    return takes[0] * most // of, takes[1] * most // of
