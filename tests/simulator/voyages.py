"""Short ways to send parcels on their way, for the tests of what goes wrong there."""

from dataclasses import fields

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.carriers.model import MishapRates
from simulator.clock import DAY, HOUR, later
from simulator.facts import MishapBefell

NEVER = {
    field.name: {"US": 0, "GB": 0, "*": 0} if field.name == "attempt_fails" else 0
    for field in fields(MishapRates)
}


def rates(**odds):
    """Nothing ever goes wrong but this; ``attempt_fails`` is meant for every country."""
    if "attempt_fails" in odds:
        odds["attempt_fails"] = dict.fromkeys(("US", "GB", "*"), odds["attempt_fails"])
    return {"mishaps": NEVER | odds}


def world_with(carrier="jt", /, market="standard", mishaps=1.0, seed=1, **odds):
    """A world in which *carrier* has these odds, and no other carrier fails."""
    changes = {code: rates() for code in ("jt", "ups", "yunexpress", "epacket")}
    changes[carrier] = rates(**odds)
    return World(
        WorldConfig(market=market_named(market), carriers=changes, mishaps=mishaps, seed=seed)
    )


def shipped(world, **wishes):
    """The parcel of an order that its designated carrier has been called for."""
    order = world.buyers.place_order(Purchase(**wishes))
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(order.id)
    return world.parcel(order.parcel_ids[0])


def booked(world, carrier="ups", **wishes):
    """The parcel of an order that its seller sends with a carrier of their own."""
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER, **wishes))
    world.advance(later(world.now, HOUR))
    number = world.sellers.book(order.id, carrier)
    world.sellers.mark_shipped(order.id, carrier, number)
    return world.parcel(order.parcel_ids[0])


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def until_scanned(world, parcel, scan, nth=1):
    """Wait for its *nth* scan of that kind; the carriers have two months."""
    for _ in range(60 * 24):
        if words(parcel).count(scan) >= nth:
            return
        wait(world, HOUR)
    raise AssertionError((scan, words(parcel)))


def at_last(world, parcel):
    """Leave it for four months: its scans."""
    wait(world, 120 * DAY)
    return words(parcel)


def words(parcel):
    return [each.scan.value for each in parcel.scans]


def befallen(told):
    return [fact.mishap for fact in told.of(MishapBefell)]
