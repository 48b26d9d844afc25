"""What the platform does by itself: cancels what is not shipped, collected or delivered."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.model import EVERY_DAY
from simulator.clock import DAY, HOUR, later
from simulator.facts import (
    CancellationMoved,
    OrderCancelled,
    OrderMoved,
    ParcelScanned,
    RefundMoved,
    RefundPaid,
    ReimbursementPaid,
    RuleBreached,
)
from simulator.orders.model import Party

LIMITED = ["us", "uk", "sea"]
UNTRACKED = "system_cancel_order_untracked"


def utc(zone, *moment):
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp())


def ends(told):
    return [(fact.reason, fact.by) for fact in told.of(OrderCancelled)]


def last_step(told):
    """What happened in the second of the last cancellation."""
    (at,) = told.times(OrderCancelled)
    return [fact.kind for when, fact in told.facts if when == at]


@pytest.fixture
def slow_carriers(monkeypatch):
    """Parcels stand at their first hub for sixty days."""
    for code, carrier in CARRIERS.items():
        routes = {}
        for region, (first, *legs) in carrier.routes.items():
            routes[region] = (replace(first, span=(60 * DAY, 60 * DAY), hours=EVERY_DAY), *legs)
        monkeypatch.setitem(CARRIERS, code, replace(carrier, routes=routes))


@pytest.mark.parametrize(
    ("market", "due", "reason"),
    [
        # The world begins on Sunday afternoon in California, on Monday morning elsewhere.
        (
            "us",
            utc("America/Los_Angeles", 2030, 1, 15, 23, 59, 59),
            "system_cancel_order_reason_shipping_timeout",
        ),
        (
            "uk",
            utc("Europe/London", 2030, 1, 16, 0, 0),
            "system_cancel_order_reason_shipping_timeout_uk",
        ),
        (
            "sea",
            utc("Asia/Ho_Chi_Minh", 2030, 1, 9, 23, 59, 59),
            "system_cancel_order_reason_shipping_timeout",
        ),
    ],
)
@pytest.mark.parametrize("mode", Mode)
def test_what_an_absent_seller_leaves_lying_is_cancelled(told, place, wait, mode, due, reason):
    order = place(behaviour="absent", mode=mode)
    wait(60 * DAY)

    assert told.times(OrderCancelled) == [due] == [order.shipping_due]
    assert ends(told) == [(reason, "platform")]
    assert (order.status, order.cancelled_by) == ("CANCELLED", Party.PLATFORM)


@pytest.mark.parametrize("market", ["us"])
def test_the_platforms_own_cancellation_is_granted_and_refunded(told, place, wait):
    order = place(behaviour="absent")
    wait(30 * DAY)

    assert [(fact.status, fact.by) for fact in told.of(CancellationMoved)] == [
        ("granted", "platform"),
        ("refunded", "platform"),
    ]
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [order.total_minor]
    assert last_step(told) == [
        "CancellationMoved",
        "OrderCancelled",
        "RefundPaid",
        "CancellationMoved",
    ]


@pytest.mark.parametrize(
    ("market", "opening", "due"),
    [
        ("sea", (2030, 1, 9, 13, 59, 59), (2030, 1, 11)),
        ("sea", (2030, 1, 9, 14, 0, 0), (2030, 1, 14)),
        ("sea", (2030, 1, 12, 9, 0, 0), (2030, 1, 16)),
        ("sea", (2030, 1, 30, 9, 0, 0), (2030, 2, 8)),  # over Tet
    ],
)
def test_orders_after_two_in_the_afternoon_or_on_days_of_rest_count_from_the_next_day(
    world, told, place, wait, opening, due
):
    world.advance(utc("Asia/Ho_Chi_Minh", *opening))
    place()
    wait(60 * DAY)

    assert told.times(OrderCancelled) == [utc("Asia/Ho_Chi_Minh", *due, 23, 59, 59)]


@pytest.mark.parametrize("market", LIMITED)
def test_an_order_made_ready_in_time_is_not_cancelled_for_that(world, told, place, wait):
    order = place()
    world.carriers.hold("jt", 365 * DAY)
    world.advance(order.shipping_due - 1)
    world.sellers.ready_to_ship(order.id)
    world.advance(order.collection_due - 1)
    assert order.status == "AWAITING_COLLECTION"

    wait(1)

    assert told.times(OrderCancelled) == [order.collection_due]
    assert ends(told) == [(UNTRACKED + world.registry.market.reason_suffix, "platform")]
    assert world.registry.vans["jt", "Shenzhen"].queue == {}


@pytest.mark.parametrize("market", LIMITED)
def test_a_number_that_no_scan_stands_behind_is_found_untraceable(world, told, place, wait):
    order = place(mode=Mode.SELLER)
    wait(HOUR)
    world.sellers.book(order.id, "ups")
    world.sellers.mark_shipped(order.id, "dhl", "MY-OWN-NUMBER")
    wait(60 * DAY)

    assert told.times(OrderCancelled) == [order.collection_due]
    assert UNTRACKED in order.cancel_reason
    assert world.parcel(order.parcel_ids[0]).status == "delivered"


@pytest.mark.usefixtures("slow_carriers")
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("market", "reason"),
    [
        ("us", "system_cancel_order_exceed_edt_not_arrive"),
        ("uk", "threepl_breach_uk"),
        ("sea", "threepl_breach"),
    ],
)
def test_a_parcel_that_does_not_come_goes_on_but_its_order_is_cancelled(
    world, told, place, wait, mode, reason
):
    order = place(behaviour="prompt", mode=mode)
    wait(200 * DAY)

    assert told.times(OrderCancelled) == [order.delivery_due]
    assert ends(told) == [(reason, "platform")]
    assert [fact.status for fact in told.of(OrderMoved)][-2:] == ["IN_TRANSIT", "CANCELLED"]
    assert told.of(ParcelScanned)[-1].scan == "delivered"
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [order.total_minor]
    assert world.next_due is None


@pytest.mark.usefixtures("slow_carriers")
@pytest.mark.parametrize(
    ("market", "mode", "paid_by"),
    [("us", Mode.PLATFORM, ["carrier"]), ("us", Mode.SELLER, []), ("sea", Mode.PLATFORM, [])],
)
def test_only_a_designated_carrier_pays_for_what_it_did_not_deliver(
    world, told, place, wait, mode, paid_by
):
    order = place(behaviour="prompt", mode=mode)
    wait(90 * DAY)
    paid = told.of(ReimbursementPaid)

    assert [fact.by for fact in paid] == paid_by
    assert [fact.amount_minor for fact in paid] == [order.goods_minor for _ in paid_by]
    assert world.settlement(order.id).seller_minor == sum(fact.amount_minor for fact in paid)


@pytest.mark.parametrize("market", ["sea"])
def test_an_unpaid_order_is_no_ones_fault(told, place, wait):
    place(paid=False)
    wait(10 * DAY)

    assert ends(told) == [("system_cancel_unpaid_time_out", "platform")]
    assert told.of(RefundPaid) == []


@pytest.mark.parametrize("market", LIMITED)
def test_the_breach_is_recorded_before_the_order_ends(told, place, wait):
    place(behaviour="absent")
    wait(60 * DAY)

    assert {fact.rule for fact in told.of(RuleBreached)} == {"D1", "D4"}
    assert max(told.times(RuleBreached)) < told.times(OrderCancelled)[0]


@pytest.mark.parametrize("market", ["us"])
def test_a_buyer_who_waits_for_an_answer_when_the_limit_passes_has_cancelled(world, told, place):
    order = place()
    world.advance(later(order.shipping_due, -HOUR))
    world.buyers.cancel(order.id)
    world.advance(order.shipping_due)

    assert [fact.by for fact in told.of(OrderCancelled)] == ["buyer"]
    assert [fact.by for fact in told.of(CancellationMoved)] == ["buyer"] * 3


@pytest.mark.parametrize("market", ["us"])
def test_a_withdrawn_request_does_not_save_the_order(world, told, place):
    order = place()
    world.advance(later(order.shipping_due, -HOUR))
    world.buyers.cancel(order.id)
    world.buyers.withdraw_cancellation(order.id)
    world.advance(order.shipping_due)

    assert [fact.by for fact in told.of(OrderCancelled)] == ["platform"]
    assert len({fact.cancellation_id for fact in told.of(CancellationMoved)}) == 2


@pytest.mark.parametrize("market", ["us"])
def test_a_request_for_a_refund_is_closed_when_the_platform_cancels(world, told, place):
    order = place()
    world.carriers.hold("jt", 365 * DAY)
    world.advance(later(order.placed_at, DAY))
    world.sellers.ready_to_ship(order.id)
    world.advance(later(order.collection_due, -HOUR))
    world.buyers.ask_refund(order.id)
    world.advance(later(order.collection_due, 30 * DAY))

    assert [fact.status for fact in told.of(RefundMoved)] == ["pending", "closed"]
    assert [fact.amount_minor for fact in told.of(RefundPaid)] == [order.total_minor]


def test_the_house_rules_cancel_nothing(told, place, wait):
    order = place(behaviour="absent")
    wait(300 * DAY)

    assert order.status == "AWAITING_SHIPMENT"
    assert told.of(OrderCancelled) == []


@pytest.mark.parametrize("market", LIMITED)
def test_nothing_is_waited_for_once_an_order_is_over(world, place, wait):
    order = place(behaviour="prompt")
    while not order.is_over:
        wait(DAY)

    assert order.status == "COMPLETED"
    assert world.next_due is None


def test_a_limit_without_the_one_before_it_still_binds():
    market = replace(market_named("us"), shipping_due=None)
    world = World(WorldConfig(market=market))
    order = world.buyers.place_order(Purchase())
    world.advance(order.collection_due)

    assert (order.status, order.cancel_reason) == ("CANCELLED", UNTRACKED)
