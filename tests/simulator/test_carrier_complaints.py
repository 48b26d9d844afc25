"""C1: sellers complain about the logistics provider of an order."""

from dataclasses import replace

import pytest

from simulator import Mode, World, WorldConfig
from simulator.clock import DAY, HOUR
from simulator.errors import LimitReached, WindowClosed, WrongMode, WrongStatus
from simulator.facts import (
    BreachWaived,
    CarrierComplaintAppealed,
    CarrierComplaintDecided,
    CarrierComplaintFiled,
    CarrierComplaintTakenUp,
    RuleBreached,
)
from simulator.market import STANDARD
from simulator.orders.signals import Cancel

STRIKE = 200 * HOUR


def decisions(told):
    return [(fact.status, fact.reason) for fact in told.of(CarrierComplaintDecided)]


def world_with(**terms):
    """A world whose market has other terms for disputes."""
    market = replace(STANDARD, disputes=replace(STANDARD.disputes, **terms))
    return World(WorldConfig(market=market))


@pytest.fixture
def missed(world, released, wait):
    """Ready after an hour, and not picked up for days: D2 is breached."""
    order = released()
    world.carriers.hold("jt", STRIKE)
    world.sellers.ready_to_ship(order.id)
    wait(48 * HOUR)
    assert order.breaches == ["D2"]
    return order


def test_a_missed_pickup_is_upheld_within_its_deadline(world, told, missed, wait):
    complaint = world.desk.complain_about_carrier(missed.id)
    filed_at = world.now
    assert (complaint.status, complaint.carrier) == ("submitted", "jt")
    assert complaint.decide_by == filed_at + 6 * DAY

    wait(6 * DAY)

    (taken_up,) = told.times(CarrierComplaintTakenUp)
    (decided,) = told.times(CarrierComplaintDecided)
    assert filed_at + HOUR <= taken_up <= filed_at + DAY
    assert taken_up + DAY <= decided <= taken_up + 5 * DAY <= complaint.decide_by
    assert decisions(told) == [("upheld", "pickup_late")]
    assert complaint.status == "upheld"


def test_the_breach_that_was_there_is_waived_and_stays_on_record(world, told, missed, wait):
    wait(3 * DAY)
    assert missed.breaches == ["D2", "D4"]
    complaint = world.desk.complain_about_carrier(missed.id)
    wait(6 * DAY)

    assert told.of(BreachWaived) == [BreachWaived(missed.id, "D4", complaint.id)]
    assert told.times(BreachWaived) == told.times(CarrierComplaintDecided)
    assert missed.waived == ("D4",)
    assert missed.breaches == ["D2", "D4"]


class TestWhereThePlatformDecidesAtOnce:
    @pytest.fixture
    def world(self):
        return world_with(take_up_span=(60, 60), decide_span=(60, 60))

    def test_a_breach_that_comes_after_the_decision_is_waived_as_it_comes(
        self, world, told, missed, wait
    ):
        complaint = world.desk.complain_about_carrier(missed.id)
        wait(HOUR)
        assert (complaint.status, told.of(BreachWaived)) == ("upheld", [])

        wait(5 * DAY)

        assert told.of(BreachWaived) == [BreachWaived(missed.id, "D4", complaint.id)]
        assert told.times(BreachWaived) == [missed.placed_at + 120 * HOUR]


def test_a_complaint_without_a_breach_to_waive_waives_none(world, told, missed, wait):
    world.carriers.hold("jt", 0)
    wait(DAY)
    world.desk.complain_about_carrier(missed.id)
    wait(30 * DAY)

    assert decisions(told) == [("upheld", "pickup_late")]
    assert told.of(BreachWaived) == []
    assert missed.waived == ()


def test_a_carrier_in_time_is_none_to_complain_about(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(DAY)
    world.desk.complain_about_carrier(order.id)
    wait(30 * DAY)

    assert decisions(told) == [("rejected", "carrier_in_time")]


def test_a_complaint_that_comes_too_early_is_judged_by_what_is_known_at_the_decision(
    world, told, released, wait
):
    order = released()
    world.carriers.hold("jt", STRIKE)
    world.sellers.ready_to_ship(order.id)
    wait(30 * HOUR)
    world.desk.complain_about_carrier(order.id)
    assert order.breaches == []
    wait(10 * DAY)

    assert decisions(told) == [("upheld", "pickup_late")]


def test_who_was_not_ready_is_turned_down(world, told, released, wait):
    order = released()
    world.desk.complain_about_carrier(order.id)
    wait(7 * DAY)

    assert decisions(told) == [("rejected", "seller_not_ready")]
    assert order.waived == ()


def test_so_is_who_was_ready_too_late_though_the_carrier_was_late_too(world, told, released, wait):
    order = released()
    world.carriers.hold("jt", STRIKE)
    wait(73 * HOUR)
    world.sellers.ready_to_ship(order.id)
    wait(60 * HOUR)
    assert order.breaches == ["D1", "D4", "D2"]
    world.desk.complain_about_carrier(order.id)
    wait(7 * DAY)

    assert decisions(told) == [("rejected", "seller_not_ready")]
    assert told.of(BreachWaived) == []


def test_a_second_complaint_is_turned_down_and_the_first_goes_its_way(world, told, missed, wait):
    first = world.desk.complain_about_carrier(missed.id)
    second = world.desk.complain_about_carrier(missed.id)
    wait(10 * DAY)

    assert (first.nth, second.nth) == (1, 2)
    assert (first.status, first.reason) == ("upheld", "pickup_late")
    assert (second.status, second.reason) == ("rejected", "filed_twice")
    assert len(told.of(BreachWaived)) == 1


class TestWhereDeliveryIsPromisedWithinAMinute:
    @pytest.fixture
    def world(self):
        return world_with(deliver_within=60)

    def test_a_late_delivery_is_upheld(self, world, told, released, wait):
        order = released()
        world.sellers.ready_to_ship(order.id)
        wait(3 * DAY)
        world.desk.complain_about_carrier(order.id)
        wait(6 * DAY)

        assert decisions(told) == [("upheld", "delivery_late")]
        assert order.waived == ()

    def test_but_not_of_a_parcel_that_was_dropped_off_late(self, world, told, released, wait):
        order = released(city="Yiwu")
        wait(70 * HOUR)
        world.sellers.ready_to_ship(order.id)
        wait(49 * HOUR)
        order.breaches.append("D4")  # as if the way to the depot had been longer
        world.desk.complain_about_carrier(order.id)
        wait(6 * DAY)

        assert decisions(told) == [("rejected", "seller_not_ready")]
        assert told.of(BreachWaived) == []


# Appeals.


@pytest.fixture
def rejected(world, released, wait):
    """Complained of before anything was late; then the carrier got late."""
    order = released()
    complaint = world.desk.complain_about_carrier(order.id)
    wait(6 * DAY)
    assert complaint.status == "rejected"
    return complaint


def test_an_appeal_is_looked_at_as_things_stand_then(world, told, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(2 * DAY)
    complaint = world.desk.complain_about_carrier(order.id)
    wait(6 * DAY)
    assert (complaint.status, complaint.reason) == ("rejected", "carrier_in_time")
    order.breaches.append("D2")  # as if news of it had come late
    world.desk.appeal(complaint.id)
    assert (complaint.status, complaint.decide_by) == ("under_review", world.now + 5 * DAY)
    appealed_at = world.now
    wait(5 * DAY)

    assert decisions(told)[1:] == [("upheld", "pickup_late")]
    assert appealed_at + DAY <= told.times(CarrierComplaintDecided)[1] <= complaint.decide_by


def test_there_are_two_appeals(world, told, rejected, wait):
    for _ in range(2):
        world.desk.appeal(rejected.id)
        wait(5 * DAY)

    with pytest.raises(LimitReached):
        world.desk.appeal(rejected.id)
    assert decisions(told) == [("rejected", "seller_not_ready")] * 3
    assert len(told.of(CarrierComplaintAppealed)) == 2


def test_the_first_within_thirty_days_and_the_second_within_fifteen(world, rejected, wait):
    wait(rejected.updated_at + 30 * DAY - world.now)
    world.desk.appeal(rejected.id)
    wait(5 * DAY)
    wait(rejected.updated_at + 15 * DAY - world.now + 1)

    with pytest.raises(WindowClosed):
        world.desk.appeal(rejected.id)


def test_only_what_was_rejected_is_appealed(world, missed, wait):
    complaint = world.desk.complain_about_carrier(missed.id)
    with pytest.raises(WrongStatus):
        world.desk.appeal(complaint.id)
    wait(7 * DAY)
    with pytest.raises(WrongStatus):
        world.desk.appeal(complaint.id)


# Who may complain, and when.


def test_in_seller_shipping_there_is_no_provider_of_the_platforms(world, released):
    order = released(mode=Mode.SELLER)

    with pytest.raises(WrongMode):
        world.desk.complain_about_carrier(order.id)


@pytest.mark.parametrize("paid", [True, False])
def test_nor_is_there_one_before_the_order_awaits_shipment(world, place, paid):
    order = place(paid=paid)

    with pytest.raises(WrongStatus):
        world.desk.complain_about_carrier(order.id)


def test_it_is_too_late_forty_days_after_the_orders_last_change(world, told, missed, wait):
    wait(30 * DAY)
    assert missed.status == "COMPLETED"
    wait(missed.completed_at + 40 * DAY - world.now)
    world.desk.complain_about_carrier(missed.id)
    wait(1)

    with pytest.raises(WindowClosed):
        world.desk.complain_about_carrier(missed.id)
    assert len(told.of(CarrierComplaintFiled)) == 1


def test_an_order_has_ten_complaints_at_the_most(world, missed):
    for _ in range(10):
        world.desk.complain_about_carrier(missed.id)

    with pytest.raises(LimitReached):
        world.desk.complain_about_carrier(missed.id)


def test_a_cancelled_order_may_still_be_complained_about(world, told, missed, wait):
    missed.inbox.deliver(Cancel())
    wait(1)
    assert missed.status == "CANCELLED"
    world.desk.complain_about_carrier(missed.id)
    wait(7 * DAY)

    assert decisions(told) == [("upheld", "pickup_late")]
    assert told.of(RuleBreached)[-1].rule == "D2"
