"""Worlds as JSON: what is saved of one, with its nodes gone or retyped, and restored."""

import json
from contextlib import suppress
from functools import cache

from simulator import DomainError, Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, later
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady
from simulator.orders.model import Mode
from simulator.shipments.model import Wish
from tests.simulator.shippers import BOX, BUYER, SENDER


@cache
def saved(days):
    """Of a small world in mid-flight, with something of most kinds in it."""
    world = World(WorldConfig(seed=7, mishaps=5.0))
    for purchase in (
        Purchase(behaviour="prompt", temperament="impatient", parcels=2),
        Purchase(mode=Mode.SELLER, behaviour="slow", buyer="ann"),
        Purchase(paid=False),
        Purchase(),
    ):
        order = world.buyers.place_order(purchase)
    world.buyers.cancel(order.id)
    world.add_demand(Plan(starts_at=later(world.now, HOUR), steady=Steady(0.1), count=20))
    shipment = world.shippers.ship(Wish("test", SENDER, BUYER, (BOX,), "ups"))
    (parcel,) = world.shippers.parcels_of(shipment)
    world.trackers.add("17track", parcel.tracking_number, "ups")
    world.advance(later(world.now, days * DAY + HOUR // 2))
    return json.dumps(world.save()).encode()


def restore(content):
    """Refused as a whole, or a world that can be saved again."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError):
        return
    with suppress(DomainError):
        World.restore(plain)


def seeds():
    return [saved(days) for days in (0, 2)]
