"""How orders end before they are shipped, and what stays at home then."""

from dataclasses import replace

import pytest

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.clock import DAY, HOUR, later
from simulator.errors import CancellationPending, WrongStatus
from simulator.facts import (
    CancellationMoved,
    OrderCancelled,
    OrderReleased,
    ParcelScanned,
    RuleBreached,
)
from simulator.orders.signals import Cancel
from simulator.parcels.model import Handover

NO_LONGER_NEEDED = "ecom_order_unpaid_canceled_reason_no_longer_needed"


def cancellations(told):
    return [fact.status for fact in told.of(CancellationMoved)]


def ends(told):
    return [(fact.reason, fact.by) for fact in told.of(OrderCancelled)]


def test_an_unpaid_order_is_cancelled_by_the_platform_after_a_day(told, place, wait):
    order = place(paid=False)
    wait(DAY - 1)
    assert order.status == "UNPAID"

    wait(1)

    assert told.times(OrderCancelled) == [order.placed_at + DAY]
    assert ends(told) == [("system_cancel_unpaid_time_out", "platform")]
    assert cancellations(told) == ["granted"]


def test_an_order_paid_in_the_last_second_lives(world, place, wait):
    order = place(paid=False)
    wait(DAY - 1)
    world.buyers.pay(order.id)
    wait(2 * HOUR)

    assert order.status == "AWAITING_SHIPMENT"


def test_the_remorse_hour_lasts_an_hour_from_the_payment(world, told, place, wait):
    order = place(paid=False)
    wait(600)
    world.buyers.pay(order.id)
    assert order.status == "ON_HOLD"

    wait(2 * HOUR)

    assert told.times(OrderReleased) == [order.paid_at + HOUR]


def test_an_unpaid_order_is_cancelled_at_once_and_nothing_is_refunded(world, told, place):
    order = place(paid=False)
    world.buyers.cancel(order.id)

    assert order.status == "CANCELLED"
    assert ends(told) == [(NO_LONGER_NEEDED, "buyer")]
    assert cancellations(told) == ["granted"]


def test_an_order_on_hold_is_cancelled_at_once_and_refunded(world, told, place):
    order = place()
    asked = world.buyers.cancel(order.id, "changed my mind")

    assert order.status == "CANCELLED"
    assert ends(told) == [("changed my mind", "buyer")]
    assert cancellations(told) == ["granted", "refunded"]
    assert asked.status == "refunded"


def test_an_order_that_awaits_shipment_is_only_asked_to_be_cancelled(world, told, released):
    order = released()
    world.buyers.cancel(order.id)

    assert order.status == "AWAITING_SHIPMENT"
    assert cancellations(told) == ["pending"]


def test_silence_grants_a_cancellation_after_48_hours(world, told, released, wait):
    order = released()
    world.buyers.cancel(order.id)
    asked_at = world.now
    wait(30 * DAY)

    assert told.times(OrderCancelled) == [asked_at + 48 * HOUR]
    assert ends(told) == [(NO_LONGER_NEEDED, "buyer")]
    assert cancellations(told) == ["pending", "granted", "refunded"]


def test_the_seller_may_grant_it_sooner(world, told, released, wait):
    order = released()
    world.buyers.cancel(order.id)
    wait(HOUR)
    world.sellers.answer_cancellation(order.id, granted=True)

    assert told.times(OrderCancelled) == [world.now]
    assert cancellations(told) == ["pending", "granted", "refunded"]


def test_the_seller_may_turn_it_down(world, told, released, wait):
    order = released()
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=False)
    wait(60 * HOUR)

    assert order.status == "AWAITING_SHIPMENT"
    assert cancellations(told) == ["pending", "closed"]


def test_the_buyer_may_withdraw_it(world, told, released, wait):
    order = released()
    world.buyers.cancel(order.id)
    world.buyers.withdraw_cancellation(order.id)
    wait(60 * HOUR)

    assert order.status == "AWAITING_SHIPMENT"
    assert cancellations(told) == ["pending", "closed"]


def test_a_closed_request_may_be_followed_by_another_with_its_own_48_hours(
    world, told, released, wait
):
    order = released()
    world.buyers.cancel(order.id)
    wait(40 * HOUR)
    world.buyers.withdraw_cancellation(order.id)
    world.buyers.cancel(order.id)
    asked_at = world.now
    wait(30 * DAY)

    assert told.times(OrderCancelled) == [asked_at + 48 * HOUR]
    assert len({fact.cancellation_id for fact in told.of(CancellationMoved)}) == 2


def test_an_order_whose_request_is_open_does_not_ship(world, released):
    order = released()
    world.buyers.cancel(order.id)

    with pytest.raises(CancellationPending):
        world.sellers.ready_to_ship(order.id)


def test_an_order_whose_request_was_closed_ships(world, released):
    order = released()
    world.buyers.cancel(order.id)
    world.buyers.withdraw_cancellation(order.id)
    world.sellers.ready_to_ship(order.id)

    assert order.status == "AWAITING_COLLECTION"


def test_a_simulated_seller_does_not_ship_an_order_whose_request_is_open(world, place, wait):
    order = place(behaviour="prompt")
    wait(HOUR)
    world.buyers.cancel(order.id)
    wait(30 * DAY)

    assert order.status == "CANCELLED"
    assert world.registry.clerks == {}
    assert world.next_due is None


def test_nobody_waits_for_an_order_that_was_cancelled(world, place, wait):
    order = place(behaviour="slow")
    wait(HOUR)
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)

    assert world.next_due is None


@pytest.mark.parametrize("mode", Mode)
def test_a_cancelled_order_breaches_nothing(world, told, released, wait, mode):
    order = released(mode=mode)
    world.buyers.cancel(order.id)
    wait(60 * DAY)

    assert order.status == "CANCELLED"
    assert told.of(RuleBreached) == []
    assert world.next_due is None


def test_a_parcel_at_the_door_is_called_off(world, told, released, wait):
    order = released(mode=Mode.SELLER)
    world.sellers.book(order.id, "ups")
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    wait(30 * DAY)

    assert world.parcel(order.parcel_ids[0]).status == "cancelled"
    assert told.of(ParcelScanned) == []
    assert world.next_due is None


def test_a_parcel_that_nobody_booked_is_called_off_too(world, place):
    order = place()
    world.buyers.cancel(order.id)

    assert world.parcel(order.parcel_ids[0]).status == "cancelled"


def test_a_parcel_that_the_carrier_has_travels_on_but_its_order_stays_cancelled(
    world, told, released, wait
):
    order = released(mode=Mode.SELLER)
    world.sellers.book(order.id, "ups")
    world.buyers.cancel(order.id)
    wait(30 * DAY)

    assert order.status == "CANCELLED"
    assert world.parcel(order.parcel_ids[0]).status == "delivered"
    assert told.of(ParcelScanned)[-1].scan == "delivered"


def test_a_parcel_on_its_way_to_the_depot_is_called_off(world, told, released, wait):
    """No command cancels an order this late, but its life can be told to."""
    order = released()
    world.sellers.ready_to_ship(order.id, Handover.DROP_OFF)
    order.inbox.deliver(Cancel())
    wait(30 * DAY)

    assert order.status == "CANCELLED"
    assert world.parcel(order.parcel_ids[0]).status == "cancelled"
    assert told.of(ParcelScanned) == []
    assert world.next_due is None


def test_a_parcel_that_waits_for_the_designated_van_is_called_off(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    order.inbox.deliver(Cancel())
    wait(30 * DAY)

    assert world.registry.vans["jt", "Shenzhen"].queue == {}
    assert told.of(ParcelScanned) == []
    assert ends(told) == [("", "platform")]


def test_an_order_granted_by_silence_as_the_van_comes_goes_with_it_or_stays_but_not_both(
    world, told, released, wait
):
    """The van's round and the end of the 48 hours fall on one second."""
    order = released(mode=Mode.SELLER)
    wait(HOUR)  # ten o'clock in Shenzhen, as 48 hours later
    world.carriers.hold("ups", 48 * HOUR)
    world.sellers.book(order.id, "ups")
    world.buyers.cancel(order.id)
    wait(30 * DAY)
    parcel = world.parcel(order.parcel_ids[0])

    assert order.status == "CANCELLED"
    assert (parcel.status == "cancelled") == (told.of(ParcelScanned) == [])


# The hour of remorse, where no order is on hold.


def cancelled_after(seconds, market="sea", *, act=None, **ways):
    """An order that its buyer cancels so long after the payment, and its latest cancellation."""
    profile = market_named(market)
    world = World(WorldConfig(market=replace(profile, ways=replace(profile.ways, **ways))))
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, seconds))
    if act:
        act(world, order)
    world.buyers.cancel(order.id)
    return order, order.cancellation


@pytest.mark.parametrize(("seconds", "at_once"), [(0, True), (HOUR - 1, True), (HOUR, False)])
def test_without_a_hold_whoever_cancels_within_an_hour_asks_nobody(seconds, at_once):
    order, asked = cancelled_after(seconds)

    assert (order.status == "CANCELLED") is at_once
    assert asked.is_request is not at_once
    assert asked.status == ("refunded" if at_once else "pending")


def test_the_hour_counts_from_the_payment():
    world = World(WorldConfig(market=market_named("sea")))
    order = world.buyers.place_order(Purchase(paid=False))
    world.advance(later(world.now, 2 * HOUR))
    world.buyers.pay(order.id)
    world.advance(later(world.now, HOUR - 1))
    world.buyers.cancel(order.id)

    assert order.status == "CANCELLED"


def test_that_hour_is_a_setting_and_ends_with_shipping():
    order, asked = cancelled_after(60, remorse_while_awaiting=False)
    assert (order.status, asked.status) == ("AWAITING_SHIPMENT", "pending")

    # Ready, and not collected: in a market whose buyers may not cancel that, they come too late.
    def ship(world, order):
        world.sellers.ready_to_ship(order.id)

    with pytest.raises(WrongStatus):
        cancelled_after(60, act=ship, buyer_cancels_ready=False)
