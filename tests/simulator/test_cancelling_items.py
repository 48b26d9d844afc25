"""What sellers cancel: whole orders, or single line items while the order goes on."""

import json
from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.catalog import SHELF
from simulator.channels.model import ChannelTerms, StockTerms
from simulator.clock import DAY, HOUR, later
from simulator.errors import ItemsIndivisible, WrongStatus
from simulator.facts import (
    CancellationMoved,
    ItemsCancelled,
    ParcelUncombined,
    PenaltyCharged,
    StockMoved,
)
from simulator.market.ways import Drafts
from simulator.money.ledger import settlement
from simulator.orders.cancellations import cancellations_of, shares
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver

OUT = "seller_cancel_reason_out_of_stock"
THREE = tuple(sku.id for sku in SHELF[:3])


@pytest.fixture
def market():
    return "us"


@pytest.fixture
def world(market):
    """With packages drafted at payment in the United States too: what is drafted can lose items.
    (That nothing is drafted there is shown over the wire.)"""
    profile = market_named(market)
    ways = replace(profile.ways, drafts=Drafts.PAYMENT)
    return World(WorldConfig(market=replace(profile, ways=ways)))


@pytest.fixture
def order(released):
    return released(sku_ids=THREE)


def moves(told):
    return [(fact.status, fact.by) for fact in told.of(CancellationMoved)]


def refunded(world, order):
    return settlement(order, world.registry.books.ledger(order.id)).refunded_minor


def test_a_seller_cancels_an_order_and_all_of_it_goes_back(world, told, order):
    world.sellers.cancel(order.id, OUT)

    assert (order.status, order.cancelled_by, order.cancel_reason) == ("CANCELLED", "seller", OUT)
    assert moves(told) == [("granted", "seller"), ("refunded", "seller")]
    assert refunded(world, order) == order.total_minor


def test_an_item_is_cancelled_and_the_order_goes_on_without_it(world, told, order, wait):
    first = order.items[0]
    asked = world.sellers.cancel(order.id, OUT, [first.id])

    assert order.status == "AWAITING_SHIPMENT"
    assert order.live_items == order.items[1:]
    assert refunded(world, order) == asked.refund_minor == first.price_minor
    assert [fact.item_ids for fact in told.of(ItemsCancelled)] == [(first.id,)]
    inside = [each for parcel in world.registry.parcels_of(order) for each in parcel.item_ids]
    assert inside == [item.id for item in order.items[1:]]

    world.sellers.ready_to_ship(order.id)
    wait(30 * DAY)

    assert order.status in ("DELIVERED", "COMPLETED")


def test_the_shipping_fee_goes_back_with_the_last_item(world, order):
    for item in order.items:
        world.sellers.cancel(order.id, OUT, [item.id])

    assert order.status == "CANCELLED"
    paid = [each.refund_minor for each in cancellations_of(order)]
    prices = [item.price_minor for item in order.items]
    assert paid == [*prices[:-1], prices[-1] + order.shipping_fee_minor]
    assert sum(paid) == refunded(world, order) == order.total_minor


def test_a_parcel_that_held_only_what_was_cancelled_is_no_more(world, released):
    order = released(sku_ids=THREE, parcels=3)
    of_the_first, *others = order.parcel_ids
    (inside,) = world.parcel(of_the_first).item_ids
    world.sellers.cancel(order.id, OUT, [inside])

    assert order.parcel_ids == others
    assert of_the_first not in world.registry.parcels


@pytest.mark.parametrize("mode", Mode)
def test_what_is_cancelled_before_anybody_packs_leaves_no_empty_parcel(mode):
    """As many parcels were meant as there were items; where ship calls make them, none is made for
    what is cancelled by then."""
    world = World(WorldConfig(market=market_named("us")))
    order = world.buyers.place_order(
        Purchase(mode=mode, sku_ids=THREE, parcels=3, behaviour="prompt")
    )
    gone = order.items[0]
    world.sellers.cancel(order.id, OUT, [gone.id])
    world.advance(later(world.now, 60 * DAY))

    inside = [parcel.item_ids for parcel in world.registry.parcels_of(order)]
    assert sorted(inside) == sorted((item.id,) for item in order.live_items)
    assert order.status == "COMPLETED"


@pytest.mark.parametrize("mode", Mode)
def test_an_order_is_ready_when_what_was_missing_is_cancelled(world, released, wait, mode):
    order = released(sku_ids=THREE[:2], parcels=2, mode=mode)
    sent, missing = world.registry.parcels_of(order)
    if mode is Mode.SELLER:
        world.sellers.book(order.id, "ups", parcel_id=sent.id)
        world.sellers.mark_shipped(order.id, "ups", sent.tracking_number, parcel_id=sent.id)
    else:
        world.sellers.ready_to_ship(order.id, parcel_id=sent.id)
    wait(20 * HOUR)
    assert order.status == "PARTIALLY_SHIPPING"

    world.sellers.cancel(order.id, OUT, missing.item_ids)

    assert order.status in ("AWAITING_COLLECTION", "IN_TRANSIT")
    wait(30 * DAY)
    assert order.status in ("DELIVERED", "COMPLETED")


def test_a_label_that_is_left_over_goes_nowhere(world, released, wait):
    order = released(sku_ids=THREE[:2], parcels=2, mode=Mode.SELLER)
    left_over = world.registry.parcels_of(order)[0]
    world.sellers.book(order.id, "ups", parcel_id=left_over.id)
    world.sellers.cancel(order.id, OUT, left_over.item_ids)
    wait(5 * DAY)

    assert left_over.status == "cancelled"
    assert left_over.scans == []


@pytest.fixture
def ann(place, wait):
    """Two orders of hers, each thing of the first with one of the second in a parcel."""

    def placed(**wishes):
        twins = [place(buyer="ann", combined=True, sku_ids=THREE[:2], **wishes) for _ in range(2)]
        wait(HOUR)
        assert twins[0].parcel_ids == twins[1].parcel_ids
        return twins

    return placed


def test_what_is_left_of_an_order_leaves_the_draft_that_it_shared(world, told, ann, wait):
    order, other = ann()
    (shared,) = world.registry.parcels_of(other)
    world.sellers.cancel(order.id, OUT, [order.items[0].id])

    (own,) = world.registry.parcels_of(order)
    assert (own.item_ids, own.order_ids) == ((order.items[1].id,), (order.id,))
    assert shared.item_ids == tuple(item.id for item in other.items)
    assert shared.order_ids == (other.id,)
    assert told.of(ParcelUncombined) == [
        ParcelUncombined(order.id, own.id, shared.id, "items_cancelled")
    ]
    for each in (order, other):
        world.sellers.ready_to_ship(each.id)
    wait(30 * DAY)
    assert {order.status, other.status} <= {"DELIVERED", "COMPLETED"}


def test_an_order_that_loses_all_it_shared_is_in_that_parcel_no_more(world, told, ann):
    order, other = ann(parcels=2)
    emptied, kept = world.registry.parcels_of(order)
    (gone,) = [item.id for item in order.items if item.id in emptied.item_ids]
    world.sellers.cancel(order.id, OUT, [gone])

    assert order.parcel_ids == [kept.id]
    assert (emptied.order_id, emptied.order_ids) == (other.id, (other.id,))
    assert told.of(ParcelUncombined) == [
        ParcelUncombined(order.id, "", emptied.id, "items_cancelled")
    ]
    assert [fact.parcels_gone for fact in told.of(ItemsCancelled)] == [()]


def test_the_rest_of_an_order_stays_under_a_label_that_it_shares(world, told, ann):
    order, other = ann(mode=Mode.SELLER)
    number = world.sellers.book(order.id, "ups")
    world.sellers.cancel(order.id, OUT, [order.items[0].id])

    assert told.of(ParcelUncombined) == []
    world.sellers.mark_shipped(other.id, "ups", number)
    assert {order.status, other.status} == {"AWAITING_COLLECTION"}


def test_an_order_of_which_nothing_is_left_leaves_its_parcel_to_the_other(world, ann):
    order, other = ann()
    (shared,) = world.registry.parcels_of(other)
    world.sellers.cancel(order.id, OUT, [order.items[0].id])
    world.sellers.cancel(order.id, OUT)

    assert shared.item_ids == tuple(item.id for item in other.items)
    assert order.status == "CANCELLED"
    world.sellers.ready_to_ship(other.id)
    assert other.status == "AWAITING_COLLECTION"


def test_an_item_leaves_its_parcel_alike_in_a_world_that_was_saved(world, ann):
    order, other = ann()
    saved = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, saved):
        each.sellers.cancel(order.id, OUT, [order.items[0].id])
        each.sellers.ready_to_ship(other.id)
        each.advance(later(each.now, 5 * DAY))

    assert world.journal.digest() == saved.journal.digest()


def test_items_of_a_shipped_parcel_stay(world, released):
    order = released(sku_ids=THREE[:2], parcels=2)
    first = world.registry.parcels_of(order)[0]
    world.sellers.ready_to_ship(order.id, parcel_id=first.id)

    with pytest.raises(WrongStatus):
        world.sellers.cancel(order.id, OUT, first.item_ids)


@pytest.mark.parametrize(
    ("market", "reason", "collected", "may"),
    [("us", OUT, False, True), ("us", OUT, True, False), ("uk", OUT + "_uk", False, False)],
)
def test_what_was_shipped_in_part_is_cancelled_whole_while_the_us_carrier_has_nothing(
    world, released, wait, reason, collected, may
):
    order = released(sku_ids=THREE[:2], parcels=2)
    world.sellers.ready_to_ship(order.id, parcel_id=order.parcel_ids[0])
    wait(20 * HOUR if collected else 60)
    if may:
        world.sellers.cancel(order.id, reason)
        assert order.status == "CANCELLED"
        return

    with pytest.raises(WrongStatus):
        world.sellers.cancel(order.id, reason)


@pytest.mark.parametrize("reason", ["seller_cancel_reason_wrong_price"])
def test_single_items_go_for_want_of_stock_only(world, order, reason):
    with pytest.raises(ItemsIndivisible):
        world.sellers.cancel(order.id, reason, [order.items[0].id])


def test_what_awaits_its_carrier_is_cancelled_whole_in_the_us(world, order, wait):
    world.sellers.ready_to_ship(order.id)
    with pytest.raises(ItemsIndivisible):
        world.sellers.cancel(order.id, OUT, [order.items[0].id])

    world.sellers.cancel(order.id, OUT)
    wait(30 * DAY)

    assert order.status == "CANCELLED"
    assert world.registry.parcels_of(order)[0].scans == []


@pytest.mark.parametrize(("market", "may"), [("sea", True), ("us", False), ("uk", False)])
def test_buyers_cancel_what_awaits_its_carrier_in_south_east_asia(world, released, may):
    order = released()
    world.sellers.ready_to_ship(order.id)
    if not may:
        with pytest.raises(WrongStatus):
            world.buyers.cancel(order.id)
        return

    asked = world.buyers.cancel(order.id)

    assert (order.status, asked.status) == ("CANCELLED", "refunded")
    listed = reasons("VN", About.CANCELLATION, Giver.BUYER)
    assert any(each.name == asked.reason and each.fits("AWAITING_SHIPMENT") for each in listed)


def test_an_order_keeps_what_was_withdrawn_beside_what_was_granted(world, order):
    withdrawn = world.buyers.cancel(order.id)
    world.buyers.withdraw_cancellation(order.id)
    item = world.sellers.cancel(order.id, OUT, [order.items[0].id])
    rest = world.sellers.cancel(order.id, OUT)

    assert cancellations_of(order) == (withdrawn, item, rest)
    assert [each.status for each in cancellations_of(order)] == ["closed", "refunded", "refunded"]
    assert order.cancellation is rest
    assert world.registry.cancellation(withdrawn.id) == (order, withdrawn)
    assert sum(part.fee_minor for part in shares(order, rest)) == order.shipping_fee_minor


@pytest.mark.parametrize("market", ["sea"])
def test_a_sellers_cancellation_counts_against_the_shop(world, told, released):
    order = released()
    world.sellers.cancel(order.id, OUT)

    assert [fact.rule for fact in told.of(PenaltyCharged)] == ["SFCR"]


def test_stock_abroad_is_free_again():
    terms = StockTerms(units=dict.fromkeys(THREE, 5))
    config = WorldConfig(market=market_named("us"), channels=ChannelTerms(stock=terms))
    world = World(config)
    freed = []
    world.journal.subscribe(lambda _seq, _at, fact: freed.append(fact))
    order = world.buyers.place_order(Purchase(sku_ids=THREE[:2], channel="overseas"))
    world.sellers.cancel(order.id, OUT, [order.items[0].id])

    moved = [fact for fact in freed if isinstance(fact, StockMoved) and fact.cause == "released"]
    assert [(fact.sku_id, fact.units) for fact in moved] == [(THREE[0], 1)]
    world.sellers.cancel(order.id, OUT)
    assert world.registry.stock.held == {}
