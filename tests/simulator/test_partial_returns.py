"""Requests about some of the goods, offers of a part of the money, and the way back."""

import pytest

from simulator import facts
from simulator.carriers.numbers import checks
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR
from simulator.errors import ItemsSettled, RefundTooLarge, ReturnOpen
from simulator.returns.model import Handover, Kind, ReturnStatus
from simulator.returns.signals import Offered
from simulator.returns.wishes import Wanted


@pytest.fixture
def delivered(world, released, wait):
    """An order of several units, at its buyer's."""
    order = released(sku_ids=[each.id for each in SHELF[:3]])
    world.sellers.ready_to_ship(order.id)
    while order.status != "DELIVERED":
        wait(HOUR)
    return order


def paid(told):
    return [fact.amount_minor for fact in told.of(facts.RefundPaid)]


def test_the_last_items_bring_the_shipping_fee_back(world, told, delivered):
    first, second, third = delivered.items
    for items in ((first.id,), (second.id, third.id)):
        asked = world.buyers.request(delivered.id, Wanted(Kind.REFUND, item_ids=items))
        world.sellers.answer_return(asked.id, granted=True)

    assert paid(told) == [first.price_minor, delivered.total_minor - first.price_minor]
    assert delivered.status == "COMPLETED"


def test_different_items_may_be_asked_for_at_once_and_the_same_may_not(world, delivered):
    first, second, _ = delivered.items
    world.buyers.request(delivered.id, Wanted(Kind.RETURN, item_ids=(first.id,)))
    world.buyers.request(delivered.id, Wanted(Kind.REPLACEMENT, item_ids=(second.id,)))

    assert len(delivered.open_returns) == 2
    with pytest.raises(ReturnOpen):
        world.buyers.request(delivered.id, Wanted(Kind.REFUND, item_ids=(first.id,)))


def test_only_what_was_to_be_replaced_is_ordered_again(world, delivered):
    first = delivered.items[0]
    asked = world.buyers.request(delivered.id, Wanted(Kind.REPLACEMENT, item_ids=(first.id,)))
    world.sellers.answer_return(asked.id, granted=True)

    again = world.order(asked.replacement_id)
    assert [item.sku_id for item in again.items] == [first.sku_id]
    assert delivered.status == "DELIVERED"
    with pytest.raises(ItemsSettled):
        world.buyers.request(delivered.id, Wanted(Kind.RETURN, item_ids=(first.id,)))


def test_amounts_are_refunded_until_nothing_is_left(world, told, delivered):
    half = delivered.total_minor // 2
    world.sellers.begin_return(delivered.id, Wanted(Kind.REFUND, amount_minor=half))
    assert delivered.status == "DELIVERED"
    left = delivered.total_minor - half
    with pytest.raises(RefundTooLarge):
        world.sellers.begin_return(delivered.id, Wanted(Kind.REFUND, amount_minor=left + 1))
    world.sellers.begin_return(delivered.id, Wanted(Kind.REFUND, amount_minor=left))

    assert paid(told) == [half, left]
    assert delivered.status == "COMPLETED"


def test_silence_declines_an_offer_and_the_seller_is_asked_again(world, delivered, wait):
    asked = world.buyers.request_return(delivered.id)
    world.sellers.reply(asked.id, Offered(), 100)
    wait(48 * HOUR - 1)
    assert asked.status is ReturnStatus.OFFERED
    wait(1)

    assert (asked.status, asked.offer_declined) == (ReturnStatus.REQUESTED, True)
    assert asked.due_at == world.now + 48 * HOUR


def test_a_turned_down_refund_is_closed_or_arbitrated(world, told, delivered, wait):
    asked = world.buyers.ask_refund(delivered.id, "no_longer_wanted")
    world.sellers.answer_refund(delivered.id, granted=False)
    world.buyers.dispute_return(delivered.id)
    wait(6 * DAY)

    assert [fact.status for fact in told.of(facts.RefundMoved)] == ["pending", "rejected", "closed"]
    assert asked.arbitration == "support_seller"


def test_a_new_request_takes_the_place_of_one_that_was_turned_down(world, delivered):
    old = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(old.id, granted=False)
    new = world.buyers.ask_refund(delivered.id)

    assert (old.status, old.next_id, new.previous_id) == (ReturnStatus.CLOSED, new.id, old.id)


def test_what_goes_back_is_picked_up_scanned_and_arrives(world, delivered, wait):
    wanted = Wanted(Kind.RETURN, handover=Handover.PICKUP)
    asked = world.buyers.request(delivered.id, wanted)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(delivered.id)
    assert asked.status is ReturnStatus.AWAITING_GOODS, "it waits for its carrier"
    wait(13 * DAY)

    parcel = world.parcel(asked.parcel_id)
    assert [each.scan for each in parcel.scans] == [
        "picked_up",
        "return_initiated",
        "in_return_transit",
        "returned_to_sender",
    ]
    assert checks(parcel.carrier, parcel.tracking_number)
    assert world.registry.parcel_numbered(asked.tracking_number) is parcel


def test_a_buyer_may_post_it_themselves(world, told, delivered):
    asked = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(delivered.id, "ups", "1Z12345E0205271688")

    assert (asked.shipment, asked.status) == ("buyer_arrange", ReturnStatus.SENT_BACK)
    (booked,) = told.of(facts.ReturnBooked)
    assert (booked.carrier, booked.tracking_number) == ("ups", "1Z12345E0205271688")


def test_what_is_lost_on_its_way_back_is_made_good(world, told, delivered, wait):
    world.registry.mishaps = 10_000.0
    asked = world.buyers.request_return(delivered.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(delivered.id)
    wait(20 * DAY)

    assert told.of(facts.ParcelScanned)[-1].scan == "lost"
    assert (asked.status, paid(told)) == (ReturnStatus.COMPLETED, [delivered.total_minor])
    (made_good,) = told.of(facts.ReimbursementPaid)
    assert (made_good.amount_minor, made_good.by) == (delivered.total_minor, "carrier")
