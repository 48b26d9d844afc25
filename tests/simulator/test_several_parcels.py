"""One order in several parcels: drafted so at payment, or split by the seller, and shipped one by
one."""

import pytest

from simulator import Mode, errors
from simulator.clock import DAY, HOUR
from simulator.facts import (
    CarrierNotified,
    OrderDelivered,
    OrderMarkedShipped,
    OrderReadyToShip,
    OrderShipped,
    OrderSplit,
    ParcelBooked,
    ParcelMarkedShipped,
    ParcelScanned,
    RuleBreached,
    TrackingAnomaly,
)
from simulator.parcels.packing import Goods

EARBUDS, LIGHT, MUG = "172900002000015838", "172900004000031676", "172900006000047514"
THREE = (EARBUDS, LIGHT, MUG)


@pytest.fixture
def order(released):
    """Three different things in two parcels, that may be shipped now."""
    return released(sku_ids=THREE, parcels=2)


@pytest.fixture
def own(released):
    """The same, shipped by its seller."""
    return released(sku_ids=THREE, parcels=2, mode=Mode.SELLER)


def breaches(told):
    return [(fact.rule, fact.due, fact.liable) for fact in told.of(RuleBreached)]


def items_of(order):
    return [item.id for item in order.items]


def test_the_items_are_spread_over_as_many_parcels_as_were_wished(world, order):
    first, second = world.registry.parcels_of(order)
    a, b, c = items_of(order)

    assert [first.item_ids, second.item_ids] == [(a,), (b, c)]
    assert {first.order_ids, second.order_ids} == {(order.id,)}
    assert first.luck != second.luck


@pytest.mark.parametrize(("wished", "made"), [(1, 1), (2, 2), (3, 3), (9, 3), (0, 1)])
def test_there_are_no_more_parcels_than_items(released, wished, made):
    assert len(released(sku_ids=THREE, parcels=wished).parcel_ids) == made


def test_a_parcel_is_packed_and_weighed_by_what_is_in_it(world, order):
    from simulator.declaring import goods_of  # noqa: PLC0415

    first, second = world.registry.parcels_of(order)
    assert goods_of(world.registry, first) == Goods(120, 1)
    assert goods_of(world.registry, second) == Goods(310 + 380, 2)


# Platform shipping.


def test_ready_to_ship_books_every_parcel(world, told, order):
    world.sellers.ready_to_ship(order.id)

    assert [fact.parcel_id for fact in told.of(ParcelBooked)] == order.parcel_ids
    assert [fact.parcel_id for fact in told.of(CarrierNotified)] == order.parcel_ids
    assert order.status == "AWAITING_COLLECTION"


def test_an_order_ships_in_part_until_its_last_parcel_is_ready(world, told, order, wait):
    first, second = order.parcel_ids
    world.sellers.ready_to_ship(order.id, parcel_id=first)
    assert (order.status, order.ready_at) == ("PARTIALLY_SHIPPING", 0)
    wait(HOUR)
    world.sellers.ready_to_ship(order.id, parcel_id=second)

    assert (order.status, order.ready_at) == ("AWAITING_COLLECTION", world.now)
    assert told.times(OrderReadyToShip) == [world.now]


def test_the_rest_is_readied_without_naming_it(world, told, order):
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[1])
    world.sellers.ready_to_ship(order.id)

    assert [fact.parcel_id for fact in told.of(ParcelBooked)] == order.parcel_ids[::-1]


def test_an_order_is_shipped_with_its_last_scan_and_delivered_with_its_last_signature(
    world, told, order, wait
):
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[0])
    wait(2 * DAY)
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[1])
    wait(40 * DAY)
    scans = told.of(ParcelScanned)
    at = {
        (fact.parcel_id, fact.scan): second
        for fact, second in zip(scans, told.times(ParcelScanned), strict=True)
    }

    picked_up = [at[parcel, "picked_up"] for parcel in order.parcel_ids]
    delivered = [at[parcel, "delivered"] for parcel in order.parcel_ids]
    assert picked_up[0] < picked_up[1]
    assert told.times(OrderShipped) == [picked_up[1]]
    assert told.times(OrderDelivered) == [max(delivered)]
    assert order.status == "COMPLETED"


def test_d2_is_judged_for_each_notice_and_breached_once(world, told, order, wait):
    world.carriers.hold("jt", 200 * HOUR)
    for parcel_id in order.parcel_ids:
        world.sellers.ready_to_ship(order.id, parcel_id=parcel_id)
        wait(HOUR)
    wait(5 * DAY)

    assert breaches(told) == [
        ("D2", order.placed_at + 49 * HOUR, "carrier"),
        ("D4", order.placed_at + 120 * HOUR, "carrier"),
    ]


def test_a_later_parcel_breaches_d2_by_itself(world, told, order, wait):
    first, second = order.parcel_ids
    world.sellers.ready_to_ship(order.id, parcel_id=first)
    wait(DAY)
    world.carriers.hold("jt", 70 * HOUR)
    world.sellers.ready_to_ship(order.id, parcel_id=second)
    notified = world.now
    wait(3 * DAY)

    assert breaches(told) == [("D2", notified + 48 * HOUR, "carrier")]


def test_a_parcel_left_behind_breaches_d1_and_d4(world, told, order, wait):
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[0])
    wait(20 * DAY)

    assert breaches(told) == [
        ("D1", order.placed_at + 72 * HOUR, "seller"),
        ("D4", order.placed_at + 120 * HOUR, "seller"),
    ]


def test_a_simulated_seller_ships_every_parcel(world, told, place, wait):
    order = place(sku_ids=THREE, parcels=3, behaviour="prompt")
    own = place(sku_ids=THREE, parcels=3, behaviour="prompt", mode=Mode.SELLER)
    wait(40 * DAY)

    assert [order.status, own.status] == ["COMPLETED", "COMPLETED"]
    assert len(told.of(ParcelBooked)) == 6
    assert {world.parcel(each).claimed_carrier for each in own.parcel_ids} == {"ups"}


# Seller shipping.


def test_each_parcel_is_marked_with_a_number_of_its_own(world, told, own, wait):
    a, b, c = items_of(own)
    numbers = [world.sellers.book(own.id, "ups"), world.sellers.book(own.id, "dhl")]
    marked = world.sellers.mark_shipped(own.id, "dhl", numbers[1], [c, b])
    assert marked.id == own.parcel_ids[1]
    assert own.status == "PARTIALLY_SHIPPING"
    world.sellers.mark_shipped(own.id, "ups", numbers[0], [a])
    assert own.status == "AWAITING_COLLECTION"
    wait(40 * DAY)

    assert [fact.tracking_number for fact in told.of(ParcelMarkedShipped)] == numbers[::-1]
    assert [fact.tracking_number for fact in told.of(OrderMarkedShipped)] == numbers[:1]
    assert own.status == "COMPLETED"


def test_the_last_parcel_is_meant_where_none_is_named(world, own):
    world.sellers.mark_shipped(own.id, "ups", "MY-OWN-1", items_of(own)[:1])
    world.sellers.mark_shipped(own.id, "ups", "MY-OWN-2")

    assert own.status == "AWAITING_COLLECTION"
    assert world.parcel(own.parcel_ids[1]).claimed_number == "MY-OWN-2"


def test_one_wrong_number_of_two_is_found_out_a_day_after_its_own_mark(world, told, own, wait):
    first, second = own.parcel_ids
    good = world.sellers.book(own.id, "ups", parcel_id=first)
    world.sellers.book(own.id, "ups", parcel_id=second)
    world.sellers.mark_shipped(own.id, "ups", good, parcel_id=first)
    wait(7 * HOUR)
    world.sellers.mark_shipped(own.id, "ups", "NOT-THE-LABELS", parcel_id=second)
    marked_at = world.now
    wait(20 * DAY)

    assert [fact.tracking_number for fact in told.of(TrackingAnomaly)] == ["NOT-THE-LABELS"]
    assert told.times(TrackingAnomaly) == [marked_at + 24 * HOUR]
    assert own.status == "AWAITING_COLLECTION"
    assert ("D5", own.placed_at + 120 * HOUR, "seller") in breaches(told)


def test_two_bad_numbers_of_one_second_are_each_told_once(world, told, own, wait):
    for nth, parcel_id in enumerate(own.parcel_ids):
        world.sellers.book(own.id, "ups", parcel_id=parcel_id)
        world.sellers.mark_shipped(own.id, "ups", f"WRONG-{nth}", parcel_id=parcel_id)
    wait(2 * DAY)

    assert [fact.tracking_number for fact in told.of(TrackingAnomaly)] == ["WRONG-0", "WRONG-1"]


def test_a_cancelled_orders_parcels_all_stay_at_home(world, told, order, wait):
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[0])
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    wait(5 * DAY)

    assert {world.parcel(each).status for each in order.parcel_ids} == {"cancelled"}
    assert told.of(ParcelScanned) == []


# Splitting.


def test_a_split_makes_a_parcel_for_each_group(world, told, released):
    order = released(sku_ids=THREE)
    (old,) = order.parcel_ids
    a, b, c = items_of(order)
    made = world.sellers.split(order.id, [[c], [a, b]])

    assert [parcel.item_ids for parcel in made] == [(c,), (a, b)]
    assert order.parcel_ids == [parcel.id for parcel in made]
    assert told.of(OrderSplit) == [OrderSplit(order.id, tuple(order.parcel_ids), (old,))]
    with pytest.raises(errors.NotFound):
        world.parcel(old)


def test_an_order_may_be_split_anew(world, order):
    a, b, c = items_of(order)
    world.sellers.split(order.id, [[a], [b], [c]])
    world.sellers.split(order.id, [[a, b], [c]])

    assert [parcel.item_ids for parcel in world.registry.parcels_of(order)] == [(a, b), (c,)]


def test_evidence_survives_a_split(world, order):
    from simulator.parcels.evidence import Photo  # noqa: PLC0415

    photo = Photo("a.png", "image/png", "0" * 64, 9, world.now)
    world.desk.attach_evidence(order.parcel_ids[1], photo)
    a, b, c = items_of(order)
    made = world.sellers.split(order.id, [[a, b], [c]])

    assert [len(parcel.documents) for parcel in made] == [1, 0]


@pytest.mark.parametrize("market", ["sea"])
def test_in_south_east_asia_units_of_one_sku_stay_together(world, place):
    order = place(sku_ids=(MUG, MUG, LIGHT))
    a, b, c = items_of(order)
    with pytest.raises(errors.SkuDivided):
        world.sellers.split(order.id, [[a], [b, c]])
    made = world.sellers.split(order.id, [[a, b], [c]])

    assert len(made) == 2
