"""D1, D2, D4 and D5: each judged at its due second, once, with the party that is liable.

Placed at midnight UTC, an order is released at one; the van comes at two, six and ten o'clock.
"""

from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, later
from simulator.facts import OrderReadyToShip, OrderShipped, RuleBreached
from simulator.market import STANDARD
from simulator.parcels.model import Handover
from simulator.sellers.behaviours import BEHAVIOURS, Behaviour

SHARP_OR_LATE = pytest.mark.parametrize("late", [0, 1], ids=["sharp", "a second late"])


@pytest.fixture
def breaches(told):
    """The rules broken so far, with liable party and cause; all of them at their due instants."""

    def listed():
        facts = told.of(RuleBreached)
        assert [fact.due for fact in facts] == told.times(RuleBreached)
        return [(fact.rule, fact.liable, fact.cause) for fact in facts]

    return listed


@pytest.fixture
def sharp(monkeypatch):
    """A behaviour that packs, and marks, after exactly so many seconds."""

    def behaviour(packs, marks=0):
        named = Behaviour("sharp", (packs, packs), (marks, marks))
        monkeypatch.setitem(BEHAVIOURS, "sharp", named)
        return "sharp"

    return behaviour


def test_an_absent_seller_breaches_d1_after_72_hours_and_d4_after_120(told, breaches, place, wait):
    order = place(behaviour="absent")
    wait(60 * DAY)

    assert breaches() == [
        ("D1", "seller", "not_ready_to_ship"),
        ("D4", "seller", "not_ready_to_ship"),
    ]
    assert told.times(RuleBreached) == [order.placed_at + 72 * HOUR, order.placed_at + 120 * HOUR]
    assert order.breaches == ["D1", "D4"]


def test_no_deadline_is_breached_a_second_early(breaches, place, wait):
    place(behaviour="absent")
    wait(72 * HOUR - 1)
    assert breaches() == []

    wait(1)
    assert [rule for rule, _, _ in breaches()] == ["D1"]

    wait(48 * HOUR - 1)
    assert [rule for rule, _, _ in breaches()] == ["D1"]

    wait(1)
    assert [rule for rule, _, _ in breaches()] == ["D1", "D4"]


def test_the_clock_starts_with_the_order_not_with_the_payment(world, told, place, wait):
    order = place(paid=False)
    wait(20 * HOUR)
    world.buyers.pay(order.id)
    wait(30 * DAY)

    assert told.times(RuleBreached) == [order.placed_at + 72 * HOUR, order.placed_at + 120 * HOUR]


def test_an_unpaid_order_breaches_nothing(breaches, place, wait):
    place(paid=False)
    wait(30 * DAY)

    assert breaches() == []


def test_a_held_carrier_breaches_d2_48_hours_after_the_notice(
    world, told, breaches, released, wait
):
    order = released()
    world.sellers.ready_to_ship(order.id)
    world.carriers.hold("jt", 60 * HOUR)
    wait(30 * DAY)

    assert breaches() == [("D2", "carrier", "not_picked_up")]
    assert told.times(RuleBreached) == [order.ready_at + 48 * HOUR]
    assert order.status == "COMPLETED"


def test_a_carrier_called_late_but_in_time_is_liable_for_d4_too(world, told, breaches, place, wait):
    order = place()
    wait(71 * HOUR)
    world.sellers.ready_to_ship(order.id)
    world.carriers.hold("jt", 60 * HOUR)
    wait(30 * DAY)

    assert breaches() == [("D2", "carrier", "not_picked_up"), ("D4", "carrier", "not_picked_up")]
    assert told.times(RuleBreached) == [order.placed_at + 119 * HOUR, order.placed_at + 120 * HOUR]


def test_a_carrier_called_too_late_is_not_liable_for_d4(world, breaches, place, wait):
    order = place()
    wait(73 * HOUR)
    world.sellers.ready_to_ship(order.id)
    world.carriers.hold("jt", 60 * HOUR)
    wait(30 * DAY)

    assert breaches() == [
        ("D1", "seller", "not_ready_to_ship"),
        ("D4", "seller", "ready_to_ship_too_late"),
        ("D2", "carrier", "not_picked_up"),
    ]


def test_a_way_to_the_depot_that_takes_too_long_is_the_sellers_fault(world, breaches, place, wait):
    far = replace(world.registry.carrier("jt"), drop_off_span=(60 * HOUR, 60 * HOUR))
    world.registry.carriers["jt"] = far
    order = place()
    wait(71 * HOUR)
    world.sellers.ready_to_ship(order.id, Handover.DROP_OFF)
    wait(30 * DAY)

    assert breaches() == [("D4", "seller", "not_dropped_off")]


@SHARP_OR_LATE
def test_ready_at_72_hours_sharp_is_in_time(told, breaches, place, wait, sharp, late):
    order = place(behaviour=sharp(packs=71 * HOUR + late))
    wait(30 * DAY)

    assert told.times(OrderReadyToShip) == [order.placed_at + 72 * HOUR + late]
    assert [rule for rule, _, _ in breaches()] == ["D1"] * late


@SHARP_OR_LATE
def test_a_van_that_comes_48_hours_sharp_after_the_notice_is_in_time(
    world, told, breaches, place, wait, late
):
    order = place()
    wait(2 * HOUR - late)
    world.sellers.ready_to_ship(order.id)
    world.carriers.hold("jt", 48 * HOUR + late)
    wait(30 * DAY)

    assert told.times(OrderShipped) == [order.ready_at + 48 * HOUR + late]
    assert [rule for rule, _, _ in breaches()] == ["D2"] * late


@SHARP_OR_LATE
def test_shipped_at_120_hours_sharp_is_in_time(world, told, breaches, place, wait, late):
    wait(2 * HOUR - late)
    order = place()
    wait(71 * HOUR)
    world.sellers.ready_to_ship(order.id)
    world.carriers.hold("jt", 49 * HOUR + late)
    wait(30 * DAY)

    assert told.times(OrderShipped) == [order.placed_at + 120 * HOUR + late]
    assert [rule for rule, _, _ in breaches()] == ["D2", *["D4"] * late]


@SHARP_OR_LATE
def test_marked_at_120_hours_sharp_is_in_time(told, breaches, place, wait, sharp, late):
    order = place(mode=Mode.SELLER, behaviour=sharp(packs=0, marks=118 * HOUR + late))
    wait(30 * DAY)

    assert told.times(OrderShipped) == [order.placed_at + 120 * HOUR + late]
    assert [rule for rule, _, _ in breaches()] == ["D4", "D5"] * late


@SHARP_OR_LATE
def test_a_cancellation_granted_by_silence_in_the_due_second_waives_the_deadline(
    world, breaches, place, wait, late
):
    order = place()
    wait(24 * HOUR + late)
    world.buyers.cancel(order.id)
    wait(30 * DAY)

    assert order.status == "CANCELLED"
    assert [rule for rule, _, _ in breaches()] == ["D1"] * late


def test_a_command_after_the_due_second_has_passed_is_late(world, breaches, place, wait):
    order = place()
    wait(72 * HOUR)
    world.sellers.ready_to_ship(order.id)

    assert order.ready_at == order.placed_at + 72 * HOUR
    assert breaches() == [("D1", "seller", "not_ready_to_ship")]


def test_deadlines_are_judged_one_order_at_a_time(told, place, wait):
    first = place(behaviour="absent")
    wait(7)
    second = place(behaviour="absent")
    wait(30 * DAY)

    assert [(fact.order_id, fact.rule) for fact in told.of(RuleBreached)] == [
        (first.id, "D1"),
        (second.id, "D1"),
        (first.id, "D4"),
        (second.id, "D4"),
    ]


def test_a_watch_knows_what_is_still_to_be_judged(world, place, wait):
    order = place()
    wait(HOUR)
    world.sellers.ready_to_ship(order.id)
    assert order.watch.due("D2") == order.ready_at + 48 * HOUR

    wait(72 * HOUR)

    assert (order.watch.due("D1"), order.watch.due("D2")) == (None, None)
    assert order.watch.due("D4") == order.placed_at + 120 * HOUR


def test_other_markets_have_other_deadlines():
    market = replace(STANDARD, ready_within=10 * HOUR, ship_within=20 * HOUR)
    world = World(WorldConfig(market=market))
    breaches = []
    world.journal.subscribe(
        lambda _seq, at, fact: isinstance(fact, RuleBreached) and breaches.append((at, fact.rule))
    )
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, DAY))

    assert breaches == [
        (order.placed_at + 10 * HOUR, "D1"),
        (order.placed_at + 20 * HOUR, "D4"),
    ]
