"""Vans: rounds, cut-offs, room, slots and holds.

The world starts at eight in the morning in Shenzhen; its van comes at ten, two and six.
"""

import pytest

from simulator.clock import DAY, HOUR, later
from simulator.errors import SlotUnavailable
from simulator.facts import CarrierHeld, ParcelScanned, RoundSkipped, VanFull
from simulator.parcels.model import Slot
from simulator.shipping import pickup_slots

TEN, TWO, SIX = 2 * HOUR, 6 * HOUR, 10 * HOUR
"""Seconds from the start of the world to the first day's rounds."""


@pytest.fixture
def slots(world):
    """The slots of an order's parcel, by hours from the start: (opens, closes, room)."""
    start = world.now

    def offered(order):
        parcel = world.parcel(order.parcel_ids[0])
        return [
            (slot.start - start, slot.end - start, room)
            for slot, room in pickup_slots(world.registry, parcel)
        ]

    return offered


@pytest.fixture
def slot_at(world):
    start = world.now
    return lambda opens: Slot(later(start, opens), later(start, opens + 2 * HOUR))


@pytest.fixture
def collected(world, told):
    """When, counted from the start, each order's parcel got its first scan, in order of ids."""
    start = world.now

    def by_order():
        first = {}
        for at, fact in told.facts:
            if isinstance(fact, ParcelScanned):
                first.setdefault(fact.order_id, at - start)
        return [first.get(order_id) for order_id in world.registry.orders]

    return by_order


def test_a_booking_an_hour_before_the_round_goes_with_it(world, collected, released, wait):
    world.sellers.ready_to_ship(released().id)
    wait(DAY)

    assert collected() == [TEN]


def test_a_booking_past_the_cut_off_waits_for_the_next_round(world, collected, released, wait):
    order = released()
    wait(1)
    world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert collected() == [TWO]


def test_after_the_last_round_comes_tomorrows_first(world, collected, place, wait):
    order = place()
    wait(SIX)
    world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert collected() == [DAY + TEN]


@pytest.mark.usefixtures("small_van")
def test_what_does_not_fit_waits_for_the_next_round(world, told, collected, place, wait):
    orders = [place() for _ in range(5)]
    wait(HOUR)
    for order in orders:
        world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert collected() == [TEN, TEN, TWO, TWO, SIX]
    assert [fact.left for fact in told.of(VanFull)] == [3, 1]


@pytest.mark.usefixtures("small_van")
def test_who_booked_first_goes_first(world, collected, place, wait):
    orders = [place() for _ in range(3)]
    wait(HOUR)
    for order in reversed(orders):
        world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert collected() == [TWO, TEN, TEN]


@pytest.mark.usefixtures("small_van")
def test_a_van_that_is_just_full_leaves_nobody(world, told, place, wait):
    orders = [place() for _ in range(2)]
    wait(HOUR)
    for order in orders:
        world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert told.of(VanFull) == []


def test_every_city_has_its_own_van(world, collected, place, wait):
    orders = [place(city=city) for city in ("Shenzhen", "Shanghai")]
    wait(HOUR)
    for order in orders:
        world.sellers.ready_to_ship(order.id)
    wait(DAY)

    assert collected() == [TEN, TEN]
    assert list(world.registry.vans) == [("jt", "Shenzhen"), ("jt", "Shanghai")]


def test_a_van_that_nobody_waits_for_stays_in(world, released, wait):
    world.sellers.ready_to_ship(released().id)
    wait(DAY)
    van = world.registry.vans["jt", "Shenzhen"]

    assert (van.queue, van.awaited) == ({}, False)


def test_a_held_carrier_skips_its_rounds(world, told, collected, released, wait):
    start = world.now
    order = released()
    world.sellers.ready_to_ship(order.id)
    until = world.carriers.hold("jt", 8 * HOUR)
    wait(DAY)

    assert [(fact.carrier, fact.until) for fact in told.of(CarrierHeld)] == [("jt", until)]
    assert told.times(RoundSkipped) == [start + TEN, start + TWO]
    assert [fact.waiting for fact in told.of(RoundSkipped)] == [1, 1]
    assert collected() == [SIX]


def test_a_round_in_the_second_in_which_the_hold_ends_takes_place(world, collected, released, wait):
    world.sellers.ready_to_ship(released().id)
    world.carriers.hold("jt", HOUR)
    wait(DAY)

    assert collected() == [TEN]


def test_a_later_hold_replaces_an_earlier_one(world, collected, released, wait):
    world.sellers.ready_to_ship(released().id)
    world.carriers.hold("jt", 8 * HOUR)
    world.carriers.hold("jt", 0)
    wait(DAY)

    assert collected() == [TEN]


def test_a_hold_binds_one_carrier(world, collected, released, wait):
    world.carriers.hold("ups", DAY)
    world.sellers.ready_to_ship(released().id)
    wait(DAY)

    assert collected() == [TEN]


def test_slots_are_the_rounds_of_the_coming_two_days(slots, released):
    offered = slots(released())

    assert offered[:4] == [
        (TEN, TEN + 2 * HOUR, True),
        (TWO, TWO + 2 * HOUR, True),
        (SIX, SIX + 2 * HOUR, True),
        (DAY + TEN, DAY + TEN + 2 * HOUR, True),
    ]
    assert len(offered) == 6


def test_a_slot_past_its_cut_off_is_not_offered(slots, released, wait):
    order = released()
    wait(1)

    assert slots(order)[0][0] == TWO


def test_a_city_without_door_pickup_has_no_slots(slots, released):
    assert slots(released(city="Yiwu")) == []


def test_the_chosen_slot_is_honoured(world, collected, released, slot_at, wait):
    world.sellers.ready_to_ship(released().id, slot=slot_at(DAY + TWO))
    wait(3 * DAY)

    assert collected() == [DAY + TWO]


def test_every_slot_that_is_offered_can_be_booked(world, slots, collected, place, slot_at, wait):
    orders = [place() for _ in range(6)]
    wait(HOUR)
    opens = [start for start, _, _ in slots(orders[0])]
    for order, start in zip(orders, opens, strict=True):
        world.sellers.ready_to_ship(order.id, slot=slot_at(start))
    wait(4 * DAY)

    assert collected() == opens


def test_a_slot_that_no_round_falls_into_is_refused(world, released, slot_at):
    order = released()

    with pytest.raises(SlotUnavailable):
        world.sellers.ready_to_ship(order.id, slot=slot_at(TEN + 1))


@pytest.mark.usefixtures("small_van")
def test_a_full_slot_is_refused_and_said_to_be_full(world, slots, place, slot_at, wait):
    first, second, third = place(), place(), place()
    wait(HOUR)
    world.sellers.ready_to_ship(first.id, slot=slot_at(TWO))
    world.sellers.ready_to_ship(second.id, slot=slot_at(TWO))

    assert [room for _, _, room in slots(third)[:3]] == [True, False, True]
    with pytest.raises(SlotUnavailable):
        world.sellers.ready_to_ship(third.id, slot=slot_at(TWO))


@pytest.mark.usefixtures("small_van")
def test_a_slot_has_no_room_when_bookings_without_a_slot_fill_the_van(
    world, slots, place, slot_at, wait
):
    first, second, third = place(), place(), place()
    wait(3 * HOUR)
    world.sellers.ready_to_ship(first.id)
    world.sellers.ready_to_ship(second.id)

    assert slots(third)[0] == (TWO, TWO + 2 * HOUR, False)
    with pytest.raises(SlotUnavailable):
        world.sellers.ready_to_ship(third.id, slot=slot_at(TWO))


@pytest.mark.usefixtures("small_van")
def test_a_slot_with_room_is_honoured_whoever_else_books(world, collected, place, slot_at, wait):
    chosen, *others = [place() for _ in range(3)]
    wait(HOUR)
    for order in others:
        world.sellers.ready_to_ship(order.id)
    world.sellers.ready_to_ship(chosen.id, slot=slot_at(TWO))
    wait(DAY)

    assert collected() == [TWO, TEN, TEN]


def test_a_slot_does_not_matter_to_a_parcel_that_is_dropped_off(world, released, slot_at):
    order = released(city="Yiwu")
    world.sellers.ready_to_ship(order.id, slot=slot_at(TEN))

    assert world.parcel(order.parcel_ids[0]).slot is None
