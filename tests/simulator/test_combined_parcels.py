"""Several orders in one parcel: combined by the seller or the platform, and taken apart again."""

import json

import pytest

from simulator import Mode, World, errors
from simulator.clock import DAY, HOUR, later
from simulator.facts import (
    CarrierNotified,
    OrderDelivered,
    OrderMarkedShipped,
    OrderReadyToShip,
    OrderShipped,
    ParcelBooked,
    ParcelScanned,
    ParcelsCombined,
    ParcelUncombined,
    RuleBreached,
)

EARBUDS, LIGHT = "172900002000015838", "172900004000031676"


@pytest.fixture
def mode():
    return Mode.PLATFORM


@pytest.fixture
def pair(place, wait, mode):
    """Two orders of one buyer, that may be shipped now."""
    placed = [place(sku_ids=(sku,), buyer="ann", mode=mode) for sku in (EARBUDS, LIGHT)]
    wait(HOUR)
    return placed


@pytest.fixture
def shared(world, pair):
    """Their common parcel."""
    return world.sellers.combine([parcel_id for each in pair for parcel_id in each.parcel_ids])


def test_who_buys_under_a_name_again_is_the_same_buyer_at_the_same_address(pair, place):
    other = place(buyer="bo")

    assert pair[0].buyer_id == pair[1].buyer_id != other.buyer_id
    assert pair[0].address == pair[1].address


def test_a_combined_parcel_holds_the_goods_of_all(world, told, pair):
    one, other = pair
    old = [*one.parcel_ids, *other.parcel_ids]
    shared = world.sellers.combine(old)

    assert shared.item_ids == (one.items[0].id, other.items[0].id)
    assert (shared.order_id, shared.order_ids) == (one.id, (one.id, other.id))
    assert one.parcel_ids == other.parcel_ids == [shared.id]
    assert told.of(ParcelsCombined) == [
        ParcelsCombined(one.id, old[0], shared.id, rest=1),
        ParcelsCombined(other.id, old[1], shared.id),
    ]


def test_shipping_one_ships_the_other(world, told, pair, shared, wait):
    one, other = pair
    world.sellers.ready_to_ship(other.id)

    assert {one.status, other.status} == {"AWAITING_COLLECTION"}
    assert {fact.order_id for fact in told.of(OrderReadyToShip)} == {one.id, other.id}
    assert [fact.order_id for fact in told.of(ParcelBooked)] == [one.id]
    assert [fact.parcel_id for fact in told.of(CarrierNotified)] == [shared.id]

    wait(40 * DAY)
    first = told.times(ParcelScanned)[0]
    assert told.times(OrderShipped) == [first, first]
    assert {fact.order_id for fact in told.of(OrderDelivered)} == {one.id, other.id}
    assert {one.status, other.status} == {"COMPLETED"}


@pytest.mark.usefixtures("shared")
def test_the_carriers_lateness_is_a_breach_of_each_order(world, told, pair, wait):
    world.carriers.hold("jt", 60 * HOUR)
    world.sellers.ready_to_ship(pair[0].id)
    wait(3 * DAY)

    assert [(fact.rule, fact.order_id) for fact in told.of(RuleBreached)] == [
        ("D2", pair[0].id),
        ("D2", pair[1].id),
    ]


@pytest.mark.parametrize("mode", [Mode.SELLER])
def test_one_mark_is_every_orders(world, told, pair, shared, wait):
    number = world.sellers.book(pair[0].id, "ups")
    world.sellers.mark_shipped(pair[1].id, "ups", number)
    wait(40 * DAY)

    assert {fact.order_id for fact in told.of(OrderMarkedShipped)} == {each.id for each in pair}
    assert shared.claimed_number == number
    assert {each.status for each in pair} == {"COMPLETED"}


def test_an_order_waits_for_its_other_parcel(world, place, wait):
    one = place(sku_ids=(EARBUDS,), buyer="ann")
    other = place(sku_ids=(EARBUDS, LIGHT), buyer="ann", parcels=2)
    wait(HOUR)
    shared = world.sellers.combine([*one.parcel_ids, other.parcel_ids[0]])
    world.sellers.ready_to_ship(one.id)

    assert shared.status == "booked"
    assert (one.status, other.status) == ("AWAITING_COLLECTION", "PARTIALLY_SHIPPING")
    world.sellers.ready_to_ship(other.id)
    assert other.status == "AWAITING_COLLECTION"


# Cancelling, moving.


def cancelled(world, order):
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)


@pytest.mark.parametrize("nth", [0, 1])
def test_a_cancelled_orders_goods_are_taken_out_and_the_rest_goes_its_way(
    world, told, pair, shared, wait, nth
):
    gone, stays = pair[nth], pair[1 - nth]
    cancelled(world, gone)
    (own,) = gone.parcel_ids

    assert world.parcel(own).status == "cancelled"
    assert (shared.order_id, shared.order_ids) == (stays.id, (stays.id,))
    assert told.of(ParcelUncombined) == [
        ParcelUncombined(gone.id, own, shared.id, "order_over"),
    ]
    world.sellers.ready_to_ship(stays.id)
    wait(40 * DAY)
    assert stays.status == "COMPLETED"
    assert {fact.parcel_id for fact in told.of(ParcelScanned)} == {shared.id}


def test_a_request_to_cancel_one_keeps_both_at_home(world, pair, shared):
    world.buyers.cancel(pair[0].id)
    with pytest.raises(errors.CancellationPending):
        world.sellers.ready_to_ship(pair[1].id)
    assert shared.status == "created"


def test_a_refunded_order_leaves_a_labelled_parcel_to_the_other(world, pair, shared, wait):
    world.carriers.hold("jt", 30 * DAY)
    world.sellers.ready_to_ship(pair[0].id)
    world.buyers.ask_refund(pair[0].id)
    world.sellers.answer_refund(pair[0].id, granted=True)
    assert shared.status == "booked"
    assert shared.order_ids == (pair[1].id,)

    world.carriers.hold("jt", 0)
    wait(40 * DAY)
    assert pair[1].status == "COMPLETED"


def test_a_buyer_who_moves_gets_a_parcel_of_their_own(world, told, pair, shared):
    world.buyers.change_address(pair[0].id)

    assert shared.order_ids == (pair[1].id,)
    assert [fact.cause for fact in told.of(ParcelUncombined)] == ["address_changed"]


# Taking apart.


def test_a_combined_parcel_is_taken_apart(world, told, pair, shared):
    own = world.sellers.uncombine(shared.id, pair[0].id)

    assert pair[0].parcel_ids == [own.id]
    assert own.item_ids == (pair[0].items[0].id,)
    assert shared.item_ids == (pair[1].items[0].id,)
    assert told.of(ParcelUncombined) == [
        ParcelUncombined(pair[0].id, own.id, shared.id, "seller"),
    ]


def test_a_split_is_undone_by_combining(world, released):
    order = released(sku_ids=(EARBUDS, LIGHT), parcels=2)
    whole = world.sellers.combine(order.parcel_ids)

    assert whole.item_ids == tuple(item.id for item in order.items)
    assert whole.order_ids == (order.id,)
    assert not whole.is_combined


# Shipping one of several by itself.


def ship(world, order, number="1Z12345"):
    """A ship call that names all items of the *order*."""
    items = [item.id for item in order.items]
    if order.mode is Mode.PLATFORM:
        return world.sellers.ready_to_ship(order.id, item_ids=items)[0]
    return world.sellers.mark_shipped(order.id, "ups", number, items)


@pytest.mark.parametrize("mode", Mode)
def test_naming_all_items_of_an_order_ships_it_without_the_others(
    world, told, pair, shared, wait, mode
):
    goes, stays = pair
    own = ship(world, goes)

    assert own.id != shared.id
    assert (own.order_ids, shared.order_ids) == ((goes.id,), (stays.id,))
    assert (goes.status, stays.status) == ("AWAITING_COLLECTION", "AWAITING_SHIPMENT")
    assert told.of(ParcelUncombined) == [
        ParcelUncombined(goes.id, own.id, shared.id, "shipped_alone"),
    ]
    if mode is Mode.PLATFORM:
        assert ship(world, stays) is shared
        wait(40 * DAY)
        assert {goes.status, stays.status} == {"COMPLETED"}


def test_an_order_goes_without_one_whose_buyer_wants_to_cancel(world, pair, shared):
    goes, unsure = pair
    world.buyers.cancel(unsure.id)
    ship(world, goes)

    assert goes.status == "AWAITING_COLLECTION"
    assert (unsure.status, unsure.parcel_ids) == ("AWAITING_SHIPMENT", [shared.id])


@pytest.mark.parametrize("mode", [Mode.SELLER])
def test_what_has_one_label_is_marked_as_one_whatever_is_named(world, told, pair, shared):
    number = world.sellers.book(pair[0].id, "ups")

    assert ship(world, pair[0], number) is shared
    assert {each.status for each in pair} == {"AWAITING_COLLECTION"}
    assert told.of(ParcelUncombined) == []


@pytest.mark.parametrize("market", ["sea"])
def test_what_is_combined_ships_as_one_where_ship_calls_part_nothing(world, told, pair, shared):
    assert ship(world, pair[0]) is shared
    assert {each.status for each in pair} == {"AWAITING_COLLECTION"}
    assert told.of(ParcelUncombined) == []


def test_shipping_alone_is_the_same_in_a_world_that_was_saved(world, pair, shared):
    other = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, other):
        ship(each, each.order(pair[0].id))
        each.advance(later(each.now, 5 * DAY))

    assert world.parcel(shared.id).order_ids == (pair[1].id,)
    assert world.journal.digest() == other.journal.digest()


# By the platform.


def test_the_platform_combines_at_payment_what_fits(world, told, place):
    one = place(buyer="ann", combined=True)
    assert told.of(ParcelsCombined) == []
    other = place(buyer="ann", combined=True)
    third = place(buyer="ann", combined=True)

    (shared,) = {*one.parcel_ids, *other.parcel_ids, *third.parcel_ids}
    assert world.parcel(shared).order_ids == (one.id, other.id, third.id)


@pytest.mark.parametrize(
    "otherwise",
    [{"buyer": "bo"}, {"mode": Mode.SELLER}, {"city": "Yiwu"}, {"combined": False}, {"buyer": ""}],
    ids=str,
)
def test_it_combines_nothing_else(told, place, otherwise):
    place(buyer="ann", combined=True)
    place(**{"buyer": "ann", "combined": True} | otherwise)

    assert told.of(ParcelsCombined) == []


def test_it_leaves_a_parcel_alone_that_the_seller_has_shipped(world, told, released, place):
    one = released(buyer="ann", combined=True)
    world.sellers.ready_to_ship(one.id)
    place(buyer="ann", combined=True)

    assert told.of(ParcelsCombined) == []


def test_simulated_sellers_ship_what_they_share_once_everything_is_released(place, wait):
    one = place(buyer="ann", combined=True, behaviour="hasty")
    wait(55 * 60)
    other = place(buyer="ann", combined=True, behaviour="hasty")
    wait(40 * DAY)

    assert one.parcel_ids == other.parcel_ids
    assert one.ready_at == other.ready_at >= other.released_at
    assert {one.status, other.status} == {"COMPLETED"}


@pytest.mark.parametrize("first", ["prompt", "absent", "hasty"])
def test_one_clerk_suffices_for_a_shared_parcel(place, wait, first):
    one = place(buyer="ann", combined=True, behaviour=first, mode=Mode.SELLER)
    other = place(buyer="ann", combined=True, behaviour="prompt", mode=Mode.SELLER)
    wait(40 * DAY)

    assert {one.status, other.status} == {"COMPLETED"}
