"""What the figures mean: rates and their marks, delivery on time, faults, quantiles."""

import json
from datetime import UTC, datetime

import pytest

from simulator import facts
from simulator.carriers.mishaps import Mishap
from simulator.clock import DAY, HOUR, MINUTE, Instant
from simulator.statistics.rates import (
    Mark,
    Rate,
    RateName,
    Verdict,
    delivery_due,
    marks_of,
    verdict,
)
from simulator.statistics.sink import Statistics
from simulator.statistics.spread import Spread


@pytest.fixture
def statistics(world):
    counted = Statistics()
    world.journal.subscribe(counted.hear)
    return counted


def rate_of(statistics, name):
    (found,) = [rate for rate in statistics.rates() if rate.name == name]
    return found.hits, found.of


def at(text):
    return Instant(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()))


@pytest.mark.parametrize(
    ("placed", "due"),
    [
        ("2030-01-07 00:00:00", "2030-01-15 23:59:59"),  # Monday: six weekdays on is a Tuesday
        ("2030-01-08 23:59:59", "2030-01-16 23:59:59"),
        ("2030-01-11 12:00:00", "2030-01-21 23:59:59"),  # Friday
        ("2030-01-12 12:00:00", "2030-01-21 23:59:59"),  # Saturday
        ("2030-01-13 12:00:00", "2030-01-21 23:59:59"),  # Sunday
    ],
)
def test_delivery_is_due_at_the_end_of_the_sixth_business_day(placed, due):
    assert delivery_due(at(placed)) == at(due)


@pytest.mark.parametrize(
    ("market", "name", "hits", "expected"),
    [
        ("us", RateName.LATE_DISPATCH, 40, Verdict.KEPT),
        ("us", RateName.LATE_DISPATCH, 41, Verdict.MISSED),
        ("us", RateName.LATE_DISPATCH, 100, Verdict.MISSED),
        ("us", RateName.LATE_DISPATCH, 101, Verdict.ENFORCED),
        ("sea", RateName.LATE_DISPATCH, 99, Verdict.KEPT),
        ("sea", RateName.LATE_DISPATCH, 100, Verdict.ENFORCED),
        ("us", RateName.ON_TIME_DELIVERY, 800, Verdict.KEPT),
        ("us", RateName.ON_TIME_DELIVERY, 799, Verdict.MISSED),
        ("us", RateName.SELLER_FAULT_CANCELLATION, 25, Verdict.KEPT),
        ("us", RateName.SELLER_FAULT_CANCELLATION, 26, Verdict.MISSED),
        ("us", RateName.VALID_TRACKING, 950, Verdict.KEPT),
        ("us", RateName.VALID_TRACKING, 949, Verdict.MISSED),
    ],
)
def test_a_rate_stands_where_its_mark_says(market, name, hits, expected):
    assert verdict(Rate(name, hits, 1000), marks_of(market)[name]) is expected


def test_nothing_is_judged_of_no_orders_or_without_a_mark():
    none_yet = Rate(RateName.LATE_DISPATCH, 0, 0)
    assert none_yet.share is None
    assert verdict(none_yet, marks_of("us")[none_yet.name]) is Verdict.NOTHING_TO_JUDGE
    assert verdict(Rate(RateName.LATE_DISPATCH, 1, 1), Mark()) is Verdict.NOTHING_TO_JUDGE
    assert marks_of("uk") == {}


@pytest.mark.parametrize(
    ("reason", "by", "is_fault"),
    [
        ("seller_cancel_reason_out_of_stock", "seller", True),
        ("seller_cancel_paid_reason_buyer_requested_cancellation", "seller", False),
        ("system_cancel_order_reason_shipping_timeout", "platform", True),
        ("system_cancel_order_reason_shipping_timeout_uk", "platform", True),
        ("threepl_breach", "platform", False),
        ("system_cancel_unpaid_time_out", "platform", False),
        ("ecom_order_to_ship_canceled_reason_no_longer_needed", "buyer", False),
    ],
)
def test_whose_fault_a_cancellation_is_follows_from_its_reason(reason, by, is_fault):
    statistics = Statistics()
    statistics.hear(1, Instant(0), facts.OrderPaid("1", "ON_HOLD"))
    statistics.hear(2, Instant(0), facts.OrderCancelled("1", "CANCELLED", reason, by))
    assert rate_of(statistics, RateName.SELLER_FAULT_CANCELLATION) == (int(is_fault), 1)
    assert statistics.cancellations == {(reason, by): 1}


def test_an_order_late_twice_is_one_late_order(statistics, place, wait):
    place(behaviour="absent")
    wait(6 * DAY)
    assert sum(statistics.breaches.values()) == 2, "D1 and D4"
    assert rate_of(statistics, RateName.LATE_DISPATCH) == (1, 1)


def test_an_order_that_is_not_due_yet_is_neither_late_nor_in_time(statistics, place, wait):
    place(behaviour="absent")
    wait(71 * HOUR)
    assert rate_of(statistics, RateName.LATE_DISPATCH) == (0, 0)


def test_a_number_without_a_scan_is_no_valid_tracking(statistics, world, released, wait):
    order = released(mode="seller")
    world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "ups", "NOBODYS-1")
    wait(3 * DAY)
    assert statistics.pickup_waits["ups", "pickup"].count == 1, "scanned under another number"
    assert rate_of(statistics, RateName.VALID_TRACKING) == (0, 1)


def test_a_called_off_parcel_is_not_waited_for(statistics, world, released):
    order = released(mode="seller")
    world.sellers.book(order.id, "ups")
    assert statistics.waiting_parcels == 1
    world.buyers.cancel(order.id)
    world.sellers.answer_cancellation(order.id, granted=True)
    assert (statistics.waiting_parcels, statistics.open_orders) == (0, 0)


def test_quantiles_are_nearest_ranks_of_whole_minutes():
    spread = Spread()
    for minutes in (5, 1, 3, 2, 4):
        spread.add(minutes * MINUTE + 59)
    assert spread.quantiles_min((1, 20, 21, 50, 90, 100)) == [1, 1, 2, 3, 5, 5]
    assert spread.mean_s == 3 * MINUTE + 59


def test_nothing_has_no_quantiles():
    assert Spread().quantiles_min((50, 90)) == [0, 0]
    assert Spread().mean_s == 0


def test_a_waived_breach_counts_against_nobody(statistics, world, released, wait):
    order = released()
    world.carriers.hold("jt", 200 * HOUR)
    world.sellers.ready_to_ship(order.id)
    wait(49 * HOUR)  # D2
    world.desk.complain_about_carrier(order.id)
    wait(75 * HOUR)  # D4
    assert statistics.breaches["D4", "carrier", "not_picked_up"] in (0, 1)
    wait(8 * DAY)

    assert order.waived == ("D4",)
    assert +statistics.breaches == {("D2", "carrier", "not_picked_up"): 1}


def test_channels_are_counted_with_their_freight(statistics, place, wait):
    place(behaviour="prompt")
    place(behaviour="prompt", mode="seller")
    place(channel="dropship", paid=False)
    wait(3 * DAY)
    trade = statistics.trade

    assert trade.orders == {"direct": 2, "dropship": 1}
    assert sorted(trade.freight) == [("direct", "jt", "CNY"), ("direct", "ups", "CNY")]
    assert all(bill.mean_minor == bill.amount_minor > 0 for bill in trade.freight.values())


def test_suppliers_are_counted_with_their_lateness():
    statistics = Statistics()
    for nth, late_s in enumerate((0, HOUR, 3 * HOUR), start=1):
        statistics.hear(nth, Instant(0), facts.OrderPassedOn(str(nth), "one", Instant(0)))
        statistics.hear(nth, Instant(0), facts.SupplierShipped(str(nth), "one", late_s))
    statistics.hear(9, Instant(0), facts.SupplierRefused("9", "other", "sold_out"))
    one, other = statistics.trade.suppliers["one"], statistics.trade.suppliers["other"]

    assert (one.passed, one.shipped, one.late, one.mean_late_s) == (3, 3, 2, 2 * HOUR)
    assert (other.refused, other.mean_late_s) == (1, 0)


def test_empty_warehouses_are_counted_by_what_became_of_the_buyers():
    statistics = Statistics()
    for instead in ("direct", "lost", "lost"):
        out = facts.StockOut("evening", "1", "SKU", 2, 1, instead)
        statistics.hear(1, Instant(0), out)

    assert statistics.trade.stock_outs == {("SKU", "direct"): 1, ("SKU", "lost"): 2}


def test_an_independent_shop_is_in_no_rate_of_the_platforms():
    statistics = Statistics()
    placed = facts.OrderPlaced("1", "UNPAID", "2", "seller", 1, 1, "Yiwu", "GB", independent=True)
    told = (
        placed,
        facts.OrderPaid("1", "AWAITING_SHIPMENT"),
        facts.OrderMarkedShipped("1", "AWAITING_COLLECTION", "ups", "X"),
        facts.OrderShipped("1", "IN_TRANSIT"),
        facts.DeliveryExpected("1", Instant(0)),
        facts.OrderDelivered("1", "DELIVERED"),
        facts.OrderCancelled("1", "CANCELLED", "seller_cancel_reason_out_of_stock", "seller"),
    )
    for fact in told:
        statistics.hear(1, Instant(0), fact)

    assert [rate.of for rate in statistics.rates()] == [0, 0, 0, 0]
    assert [rate.hits for rate in statistics.rates()] == [0, 0, 0, 0]
    assert statistics.trade.expected_in_vain == 1


def test_a_failed_pickup_ends_no_wait(world, statistics, released, wait):
    order = released()
    world.sellers.ready_to_ship(order.id)
    world.carriers.plan(order.parcel_ids[0], Mishap.MISSED_PICKUP)
    wait(2 * HOUR)
    assert (statistics.waiting_parcels, statistics.pickup_waits) == (1, {})

    wait(DAY)
    assert statistics.waiting_parcels == 0
    assert statistics.mishaps == {("missed_pickup", "jt"): 1}


@pytest.mark.parametrize(("act", "status"), [("lose", "lost"), ("dispose", "disposed")])
def test_parcels_that_end_elsewhere_are_counted_and_forgotten(
    world, statistics, released, wait, act, status
):
    order = released()
    world.sellers.ready_to_ship(order.id)
    wait(DAY)
    getattr(world.carriers, act)(order.parcel_ids[0])

    assert statistics.ends == {(status, "jt"): 1}
    assert statistics.transits == {}
    assert statistics.save()["parcels"] == {}
    assert statistics.cancellations.total() == 1


def test_rounds_that_do_not_take_place_are_counted_by_why(world, statistics, released, wait):
    world.sellers.ready_to_ship(released().id)
    world.carriers.skip_pickup("jt")
    wait(3 * HOUR)
    world.carriers.hold("jt", 4 * HOUR)
    wait(DAY)
    again = Statistics()
    again.restore(json.loads(json.dumps(statistics.save())))

    assert again.mishaps == {("round_skipped", "jt"): 1, ("round_held", "jt"): 1}
