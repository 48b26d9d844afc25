"""Buyers who want their money back once the order is on its way: asked, answered, paid."""

import json

import pytest

from simulator import World
from simulator.clock import DAY, HOUR, later
from simulator.errors import ReturnOpen, WrongStatus
from simulator.facts import OrderCompleted, ParcelScanned, RefundMoved, RefundPaid, RuleBreached


def steps(told):
    return [fact.status for fact in told.of(RefundMoved)]


@pytest.fixture
def collected(world, released):
    """An order that waits for its carrier."""
    order = released()
    world.sellers.ready_to_ship(order.id)
    return order


@pytest.fixture
def travelling(collected, wait):
    while collected.status != "IN_TRANSIT":
        wait(HOUR)
    return collected


@pytest.fixture
def delivered(travelling, wait):
    while travelling.status != "DELIVERED":
        wait(HOUR)
    return travelling


def test_silence_grants_a_refund_after_48_hours(world, told, delivered, wait):
    world.buyers.ask_refund(delivered.id)
    asked_at = world.now
    wait(48 * HOUR - 1)
    assert (delivered.status, steps(told)) == ("DELIVERED", ["pending"])

    wait(1)

    assert told.times(RefundPaid) == [asked_at + 48 * HOUR]
    assert steps(told) == ["pending", "granted", "refunded"]
    assert delivered.status == "COMPLETED"
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [delivered.total_minor]


def test_the_seller_may_grant_it_sooner(world, told, delivered):
    world.buyers.ask_refund(delivered.id, "it is broken")
    world.sellers.answer_refund(delivered.id, granted=True)

    assert [fact.reason for fact in told.of(RefundPaid)] == ["it is broken"]
    assert (delivered.status, delivered.completed_at) == ("COMPLETED", world.now)
    assert world.settlement(delivered.id).refunded_minor == delivered.total_minor


@pytest.mark.parametrize("close", ["turn down", "withdraw"])
def test_a_closed_request_changes_nothing(world, told, delivered, wait, close):
    world.buyers.ask_refund(delivered.id)
    if close == "withdraw":
        world.buyers.withdraw_refund(delivered.id)
    else:
        world.sellers.answer_refund(delivered.id, granted=False)
    wait(30 * DAY)

    between = ["rejected"] if close == "turn down" else []
    assert steps(told) == ["pending", *between, "closed"]
    assert told.times(OrderCompleted) == [delivered.delivered_at + 7 * DAY]
    assert world.settlement(delivered.id).payout_minor == delivered.total_minor


def test_another_request_has_its_own_48_hours(world, told, delivered, wait):
    world.buyers.ask_refund(delivered.id)
    wait(40 * HOUR)
    world.buyers.withdraw_refund(delivered.id)
    world.buyers.ask_refund(delivered.id)
    asked_at = world.now
    wait(10 * DAY)

    assert told.times(RefundPaid) == [asked_at + 48 * HOUR]
    assert len({fact.refund_id for fact in told.of(RefundMoved)}) == 2


def test_an_open_request_keeps_the_after_sales_window_open(world, told, delivered, wait):
    world.advance(later(delivered.due_at, -HOUR))
    world.buyers.ask_refund(delivered.id)
    wait(2 * HOUR)
    assert delivered.status == "DELIVERED"

    world.buyers.withdraw_refund(delivered.id)

    assert (delivered.status, told.times(OrderCompleted)) == ("COMPLETED", [world.now])


def test_a_buyer_cannot_confirm_what_they_want_the_money_back_for(world, delivered):
    world.buyers.ask_refund(delivered.id)

    with pytest.raises(WrongStatus):
        world.buyers.confirm(delivered.id)


def test_one_request_at_a_time(world, delivered):
    world.buyers.ask_refund(delivered.id)

    with pytest.raises(ReturnOpen):
        world.buyers.ask_refund(delivered.id)


def test_there_is_nothing_to_answer_before_somebody_asks(world, delivered):
    for act in (
        world.buyers.withdraw_refund,
        lambda key: world.sellers.answer_refund(key, granted=True),
    ):
        with pytest.raises(WrongStatus):
            act(delivered.id)


def test_an_order_that_nobody_has_shipped_is_cancelled_not_refunded(world, released):
    with pytest.raises(WrongStatus):
        world.buyers.ask_refund(released().id)


def test_a_parcel_at_the_door_stays_there_when_the_money_goes_back(world, told, collected, wait):
    world.buyers.ask_refund(collected.id)
    world.sellers.answer_refund(collected.id, granted=True)
    wait(30 * DAY)

    assert collected.status == "COMPLETED"
    assert world.parcel(collected.parcel_ids[0]).status == "cancelled"
    assert told.of(ParcelScanned) == told.of(RuleBreached) == []
    assert world.next_due is None


def test_a_parcel_on_its_way_goes_on_when_the_money_goes_back(world, told, travelling, wait):
    world.buyers.ask_refund(travelling.id)
    wait(48 * HOUR)
    assert travelling.status == "COMPLETED"

    wait(30 * DAY)

    assert world.parcel(travelling.parcel_ids[0]).status == "delivered"
    assert len(told.of(OrderCompleted)) == 1


def test_a_parcel_that_comes_while_the_request_is_open_is_delivered(world, told, travelling, wait):
    while told.of(ParcelScanned)[-1].scan != "out_for_delivery":
        wait(HOUR)
    world.buyers.ask_refund(travelling.id)
    wait(9 * HOUR)
    assert travelling.status == "DELIVERED"

    wait(3 * DAY)

    assert steps(told) == ["pending", "granted", "refunded"]


@pytest.mark.parametrize("market", ["us"])
def test_past_the_promised_delivery_the_platform_grants_it_at_once(world, told, place):
    order = place()
    world.carriers.hold("jt", 6 * DAY)
    world.advance(later(order.placed_at, HOUR))
    world.sellers.ready_to_ship(order.id)
    while order.status != "IN_TRANSIT":
        world.advance(later(world.now, HOUR))
    world.advance(max(world.now, later(order.deliver_by, 1)))
    assert order.status == "IN_TRANSIT"
    world.buyers.ask_refund(order.id)

    assert steps(told) == ["pending", "granted", "refunded"]
    assert (order.status, told.times(RefundPaid)) == ("COMPLETED", [world.now])


def test_a_saved_request_is_still_granted_by_silence(world, delivered, wait):
    world.buyers.ask_refund(delivered.id)
    again = World.restore(json.loads(json.dumps(world.save())))
    wait(10 * DAY)
    again.advance(world.now)

    assert again.order(delivered.id).completed_at == delivered.completed_at
    assert again.journal.digest() == world.journal.digest()
