"""The world as a whole: its time, its chance, and its memory."""

import json
from dataclasses import replace

import pytest

import simulator.world
from simulator import Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, Instant, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady
from simulator.facts import AddressChanged
from simulator.market import STANDARD
from simulator.people import POOL, people


def a_busy_week(world, steps=1):
    """Prompt and slow sellers, in several cities; the digest."""
    for nth, city in enumerate(["Shenzhen", "Yiwu", "Shanghai", "Shenzhen"]):
        behaviour = ("prompt", "slow")[nth % 2]
        order = world.buyers.place_order(Purchase(city=city, behaviour=behaviour))
        if nth == 2:
            world.buyers.change_address(order.id)
    for _ in range(steps):
        world.advance(later(world.now, 7 * DAY // steps))
    return world.journal.digest()


def test_a_world_starts_when_it_is_told_to():
    assert World(WorldConfig(starts_at=Instant(5))).now == 5


def test_time_may_stand_still(world):
    before = world.now
    world.advance(before)

    assert world.now == before


def test_what_is_due_when_time_stops_has_happened(world, place):
    order = place()
    world.advance(later(order.paid_at, HOUR))

    assert order.status == "AWAITING_SHIPMENT"


def test_nothing_is_due_in_a_new_world(world):
    assert world.next_due is None


def test_the_next_due_second_is_the_next_in_which_something_happens(world, told, place):
    place()
    before = len(told.facts)
    due = world.next_due
    world.advance(Instant(due - 1))
    assert len(told.facts) == before

    world.advance(due)

    assert len(told.facts) > before


def test_stepping_from_due_to_due_comes_to_the_same_end():
    stepped = World()
    a_busy_week(stepped)
    while stepped.next_due:
        stepped.advance(stepped.next_due)
    at_once = World()
    a_busy_week(at_once)
    at_once.advance(stepped.now)

    assert at_once.journal.digest() == stepped.journal.digest()


@pytest.mark.parametrize("steps", [2, 7, 168])
def test_many_small_steps_are_one_large_one(steps):
    assert a_busy_week(World()) == a_busy_week(World(), steps)


def test_the_same_seed_gives_the_same_world():
    assert a_busy_week(World(WorldConfig(seed=3))) == a_busy_week(World(WorldConfig(seed=3)))


def test_another_seed_gives_another():
    assert a_busy_week(World(WorldConfig(seed=3))) != a_busy_week(World(WorldConfig(seed=4)))


def test_other_orders_do_not_shift_anybodys_luck():
    """Numbers and ids are counted, as on the platform; what happens, and when, is drawn by name."""
    alone, crowded = World(), World()
    alone_told, crowded_told = told_by(alone), told_by(crowded)
    crowded.add_demand(Plan(steady=Steady(3.0), buying=Buying(behaviour=(("slow", 1.0),))))
    crowded.advance(later(crowded.now, DAY))
    alone.advance(crowded.now)
    orders = [world.buyers.place_order(Purchase(behaviour="prompt")) for world in (alone, crowded)]
    for world in (alone, crowded):
        world.advance(later(world.now, 30 * DAY))

    assert story_of(orders[1].id, crowded_told) == story_of(orders[0].id, alone_told)
    assert len(crowded.registry.orders) > 50


def told_by(world):
    heard = []
    world.journal.subscribe(lambda _seq, at, fact: heard.append((at, fact)))
    return heard


def story_of(order_id, heard):
    mine = [(at, fact) for at, fact in heard if getattr(fact, "order_id", "") == order_id]
    return [(at, fact.kind, getattr(fact, "scan", "")) for at, fact in mine]


def test_who_lives_where_changes_no_fact(monkeypatch):
    """Another Faker release may draw other people; the digest must not notice."""
    as_ever = a_busy_week(World())
    others = tuple(replace(one, city="Elsewhere", postal_code="X") for one in people("en_GB"))
    monkeypatch.setattr(simulator.checkout, "people", lambda _locale: others)
    world = World()
    changed = []
    world.journal.subscribe(lambda _seq, _at, fact: changed.append(fact))
    elsewhere = a_busy_week(world)

    assert any(isinstance(fact, AddressChanged) for fact in changed)
    assert as_ever == elsewhere


def test_every_shop_has_its_own_orders_and_warehouses():
    world = World(WorldConfig(shops=("One", "Two")))
    one, two = world.registry.shops
    orders = [world.buyers.place_order(Purchase(shop_id=shop_id)) for shop_id in (one, two, "")]

    assert [order.shop_id for order in orders] == [one, two, one]
    assert orders[0].warehouse_id != orders[1].warehouse_id
    assert len(world.registry.warehouses_of(two)) == 4


def test_a_market_without_on_hold_releases_a_paid_order_at_once():
    world = World(WorldConfig(market=replace(STANDARD, has_on_hold=False)))
    order = world.buyers.place_order(Purchase())

    assert (order.status, order.released_at) == ("AWAITING_SHIPMENT", world.now)


def test_a_saved_world_is_plain_data():
    world = World()
    a_busy_week(world)
    saved = world.save()

    assert json.loads(json.dumps(saved)) == saved


def test_a_restored_world_has_the_same_orders_parcels_and_numbers(world, place, wait):
    order = place(behaviour="prompt")
    wait(2 * DAY)
    again = World.restore(json.loads(json.dumps(world.save())))
    parcel = world.parcel(order.parcel_ids[0])

    assert again.order(order.id).address == order.address
    assert again.order(order.id).items == order.items
    assert again.parcel(parcel.id).scans == parcel.scans
    assert again.registry.parcel_numbered(parcel.tracking_number).id == parcel.id
    assert (again.now, again.config, again.journal.length) == (
        world.now,
        world.config,
        world.journal.length,
    )


def test_restoring_is_no_event(world, place, wait):
    place(behaviour="slow")
    wait(DAY)
    saved = json.loads(json.dumps(world.save()))
    again = World.restore(saved)

    assert again.journal.digest() == world.journal.digest()
    assert again.next_due == world.next_due


def test_a_restored_world_and_its_origin_share_nothing(world, place, wait):
    order = place(behaviour="prompt")
    again = World.restore(world.save())
    wait(30 * DAY)

    assert order.status == "COMPLETED"
    assert again.order(order.id).status == "ON_HOLD"


@pytest.mark.parametrize("locale", ["en_GB", "en_US"])
def test_a_locales_people_are_the_same_whenever_they_are_asked_for(locale):
    people.cache_clear()
    before = people(locale)
    people.cache_clear()

    assert people(locale) == before
    assert len(before) == POOL


def test_an_address_is_on_one_line():
    one = people("en_GB")[0]

    assert one.full == f"{one.line1}, {one.city}, {one.postal_code}, GB"
    assert "\n" not in one.full
