"""Seller shipping: the seller's own carrier, and the seller's own word for it (M2, D5, S2)."""

import pytest

from simulator import Mode
from simulator.carriers.numbers import NUMBERED
from simulator.clock import DAY, HOUR
from simulator.facts import (
    OrderDelivered,
    OrderMarkedShipped,
    OrderShipped,
    ParcelBooked,
    ParcelScanned,
    RuleBreached,
    TrackingAnomaly,
)


@pytest.fixture
def order(released):
    """One that its seller ships, and may ship now."""
    return released(mode=Mode.SELLER)


def breaches(told):
    return [(fact.rule, fact.due, fact.liable, fact.cause) for fact in told.of(RuleBreached)]


def test_booked_collected_and_marked_is_shipped(world, told, order, wait):
    number = world.sellers.book(order.id, "ups")
    wait(HOUR)
    assert [fact.scan for fact in told.of(ParcelScanned)] == ["picked_up"]
    assert order.status == "AWAITING_SHIPMENT"

    world.sellers.mark_shipped(order.id, "ups", number)

    assert order.status == "IN_TRANSIT"
    assert (order.ready_at, order.shipped_at) == (world.now, world.now)


def test_the_facts_of_an_order_that_its_seller_ships(world, told, order, wait):
    number = world.sellers.book(order.id, "ups")
    wait(HOUR)
    world.sellers.mark_shipped(order.id, "ups", number)
    wait(30 * DAY)

    assert told.kinds() == [
        "OrderPlaced",
        "OrderPaid",
        "ParcelCreated",
        "OrderReleased",
        "ParcelBooked",
        "FreightCharged",
        "ParcelScanned",
        "OrderMarkedShipped",
        "OrderShipped",
        *["ParcelScanned"] * 7,
        "OrderDelivered",
        "OrderCompleted",
        *["StatementIssued", "PaymentStarted", "PaymentMade", "WithdrawalMoved"],
    ]
    assert world.next_due is None


def test_a_mark_says_carrier_and_number(world, told, order):
    number = world.sellers.book(order.id, "dhl")
    world.sellers.mark_shipped(order.id, "dhl", number)
    (marked,) = told.of(OrderMarkedShipped)

    assert (marked.carrier, marked.tracking_number) == ("dhl", number)
    (parcel,) = world.registry.parcels_of(order)
    assert (parcel.claimed_carrier, parcel.claimed_number) == ("dhl", number)


def test_all_of_the_items_may_be_named(world, order):
    number = world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", number, [item.id for item in order.items])

    assert world.parcel(order.parcel_ids[0]).claimed_number == number


def test_a_mark_before_the_pickup_waits_for_the_first_scan(world, told, order, wait):
    number = world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", number)
    assert order.status == "AWAITING_COLLECTION"

    wait(DAY)

    assert order.status == "IN_TRANSIT"
    assert told.times(OrderShipped) == [told.times(ParcelScanned)[0]]


def test_a_number_without_a_booking_is_adopted_and_waits_for_its_first_scan(
    world, told, order, wait
):
    world.sellers.mark_shipped(order.id, "fedex", "770000099999")
    (booked,) = told.of(ParcelBooked)
    assert (booked.carrier, booked.tracking_number) == ("fedex", "770000099999")
    assert order.status == "AWAITING_COLLECTION"

    wait(DAY)

    assert order.status == "IN_TRANSIT"
    assert told.of(TrackingAnomaly) == []


def test_a_carrier_passes_over_a_number_that_a_parcel_bears_already(world, order, released):
    other = released(mode=Mode.SELLER)
    third = released(mode=Mode.SELLER)
    claimed = NUMBERED["dhl"](1)
    world.sellers.mark_shipped(order.id, "dhl", claimed)
    numbers = [world.sellers.book(other.id, "dhl"), world.sellers.book(third.id, "dhl")]

    assert len({claimed, *numbers}) == 3


def test_another_number_than_the_labels_never_ships(world, told, order, wait):
    world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", "NOT-THE-LABELS")
    wait(60 * DAY)

    assert order.status == "AWAITING_COLLECTION"
    assert told.of(OrderShipped) == []
    assert told.of(ParcelScanned)[-1].scan == "delivered"
    assert world.next_due is None


def test_an_unknown_number_is_found_out_a_day_after_the_mark(world, told, order, wait):
    world.sellers.book(order.id, "ups")
    wait(3 * HOUR)
    world.sellers.mark_shipped(order.id, "ups", "NOT-THE-LABELS")
    marked_at = world.now
    wait(60 * DAY)
    (anomaly,) = told.of(TrackingAnomaly)

    assert (anomaly.tracking_number, anomaly.anomaly) == ("NOT-THE-LABELS", "unknown_number")
    assert told.times(TrackingAnomaly) == [marked_at + 24 * HOUR]


def test_a_number_without_a_scan_breaches_d4_and_d5_at_120_hours(world, told, order, wait):
    world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", "NOT-THE-LABELS")
    wait(60 * DAY)
    due = order.placed_at + 120 * HOUR

    assert breaches(told) == [
        ("D4", due, "seller", "number_without_scan"),
        ("D5", due, "seller", "number_without_scan"),
    ]
    assert told.times(RuleBreached) == [due, due]


def test_a_forgotten_mark_breaches_d4_and_d5_at_120_hours(world, told, order, wait):
    world.sellers.book(order.id, "ups")
    wait(60 * DAY)
    due = order.placed_at + 120 * HOUR

    assert breaches(told) == [
        ("D4", due, "seller", "not_marked_shipped"),
        ("D5", due, "seller", "not_marked_shipped"),
    ]
    assert order.status == "AWAITING_SHIPMENT"


def test_a_mark_remembered_after_the_delivery_ends_in_delivered_at_once(world, told, order, wait):
    number = world.sellers.book(order.id, "ups")
    wait(30 * DAY)
    world.sellers.mark_shipped(order.id, "ups", number)

    assert order.status == "DELIVERED"
    assert told.times(OrderShipped) == told.times(OrderDelivered) == [world.now]


def test_a_parcel_that_its_own_carrier_leaves_standing_is_the_sellers_fault(
    world, told, order, wait
):
    world.carriers.hold("ups", 200 * HOUR)
    number = world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", number)
    wait(150 * HOUR)
    due = order.placed_at + 120 * HOUR

    assert breaches(told) == [
        ("D4", due, "seller", "not_picked_up"),
        ("D5", due, "seller", "number_without_scan"),
    ]


def test_a_number_that_nobody_scanned_within_a_day_is_an_anomaly(world, told, order, wait):
    world.carriers.hold("ups", 30 * HOUR)
    world.sellers.mark_shipped(order.id, "ups", world.sellers.book(order.id, "ups"))
    wait(25 * HOUR)

    assert [fact.anomaly for fact in told.of(TrackingAnomaly)] == ["never_scanned"]


def test_an_absent_seller_never_books_and_never_marks(told, place, wait):
    order = place(mode=Mode.SELLER, behaviour="absent")
    wait(30 * DAY)
    due = order.placed_at + 120 * HOUR

    assert told.of(ParcelBooked) == []
    assert breaches(told) == [
        ("D4", due, "seller", "not_picked_up"),
        ("D5", due, "seller", "not_marked_shipped"),
    ]


def test_a_prompt_seller_books_the_markets_carrier_and_marks_after_the_pickup(
    world, told, place, wait
):
    order = place(mode=Mode.SELLER, behaviour="prompt")
    wait(30 * DAY)
    waited = told.times(OrderMarkedShipped)[0] - told.times(ParcelScanned)[0]

    assert order.status == "COMPLETED"
    assert world.parcel(order.parcel_ids[0]).claimed_carrier == "ups"
    assert 300 <= waited <= 3 * HOUR


def test_a_number_marked_with_a_carrier_that_does_not_collect_here_ships_nevertheless(
    world, told, released, wait
):
    """J&T has no van in Yiwu (H3): whoever names it there goes to its depot."""
    order = released(mode=Mode.SELLER, city="Yiwu")
    world.sellers.mark_shipped(order.id, "jt", "JT5000000099999")
    wait(30 * DAY)

    assert [fact.handover for fact in told.of(ParcelBooked)] == ["drop_off"]
    assert order.status == "COMPLETED"
