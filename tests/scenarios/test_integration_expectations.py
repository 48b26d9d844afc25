"""What is expected of the integration under test: its habits, and the webhooks that reach it."""

import pytest

HOUR, DAY = 3600, 86_400


@pytest.fixture
def run(told):
    """It hears of the order, reads it, and ships it once, after two hours."""
    told.placed().moved("AWAITING_SHIPMENT", HOUR).scanned("label_printed", HOUR)
    told.told("AWAITING_SHIPMENT", HOUR, HOUR)
    told.called("GET", "/order/202507/orders", 2 * HOUR, query="ids=5761")
    return told.shipped(2 * HOUR).moved("AWAITING_COLLECTION", 2 * HOUR)


def habit(name):
    return f"integration: {{habits: [{name}]}}"


EVERY = (
    "ships_every_order",
    "ships_once",
    "never_ships_cancelled",
    "rereads_after_webhooks",
    "backs_off_after_429",
    "signs_rightly",
)


@pytest.mark.parametrize("name", EVERY)
def test_a_sound_integration_has_every_habit(run, missed, name):
    assert missed(habit(name), run) == []


def test_where_none_is_under_test_no_habit_is_looked_at(told, missed):
    told.placed().moved("AWAITING_SHIPMENT", HOUR)
    told.record.targeted = False
    assert missed(habit(", ".join(EVERY)), told) == []
    assert missed("integration: {ships_within: 1h}\nwebhooks: [{order: first}]", told) == []


def test_only_its_own_orders_are_looked_at(told, missed):
    told.placed().moved("AWAITING_SHIPMENT", HOUR)
    told.record.played_by["first"] = "prompt"
    assert missed("integration: {}", told) == []


def test_orders_of_demand_that_is_left_to_it_are_its_own(told, missed):
    told.fact("OrderPlaced", 0, "5767", status="UNPAID", source="s1")
    told.moved("AWAITING_SHIPMENT", HOUR, "5767")
    assert missed("integration: {}", told) == []
    told.record.own_sources = ["s1"]
    (failure,) = missed("integration: {}", told)
    assert (failure.expectation, failure.order_id) == (
        "expect.integration.ships_every_order",
        "5767",
    )


def test_an_order_that_is_not_shipped(run, missed):
    run.placed(0, "5762").moved("AWAITING_SHIPMENT", HOUR, "5762").shipped(
        3 * HOUR, "5762", code=21011022
    )
    run.scanned("label_printed", HOUR, "5762")
    (failure,) = missed(habit("ships_every_order"), run)
    assert failure.order_id == "5762"
    assert failure.found == "1 ship calls about it, none of which succeeded"
    assert failure.around[0] == (
        "2030-01-07 03:00:00  call 3: POST /fulfillment/202309/packages/p5762/ship -> 200, "
        "code 21011022"
    )


def test_an_order_that_is_shipped_again_after_it_was_shipped(run, missed):
    (failure,) = missed(habit("ships_once"), run.shipped(3 * HOUR, code=21011004))
    assert failure.expected == "one ship call for package p5761"
    assert failure.found == (
        "2 of them, at 2030-01-07 02:00:00, 2030-01-07 03:00:00: shipped again after it was shipped"
    )


def test_a_ship_call_that_failed_may_be_repeated(told, missed):
    told.placed().scanned("label_printed", 0).shipped(HOUR, status=503, code=36009003)
    assert missed(habit("ships_once"), told.shipped(2 * HOUR)) == []


def test_marking_twice_is_shipping_twice_too(told, missed):
    told.placed().scanned("label_printed", 0)
    for after in (HOUR, 2 * HOUR):
        told.called("POST", "/fulfillment/202309/orders/5761/packages", after)
    assert len(missed(habit("ships_once"), told)) == 1


def test_an_order_that_lost_all_it_had_in_a_parcel_is_not_shipped_by_every_call(run, missed):
    run.fact("ParcelUncombined", HOUR, parcel_id="", out_of="p5769", cause="items_cancelled")
    assert missed(habit("ships_once"), run.shipped(3 * HOUR, "5762")) == []


def test_shipping_what_is_cancelled(run, missed):
    run.fact("CancellationMoved", HOUR + 60, status="pending", by="buyer")
    (failure,) = missed(habit("never_ships_cancelled"), run)
    assert failure.expected == "no ship call once it was to be cancelled, at 2030-01-07 01:01:00"
    assert failure.found == "a ship call at 2030-01-07 02:00:00, answered 0"
    assert missed(habit("ships_every_order"), run) == []


def test_a_wish_that_was_withdrawn_counts_no_longer(run, missed):
    run.fact("CancellationMoved", HOUR + 60, status="pending", by="buyer")
    run.fact("CancellationMoved", HOUR + 120, status="closed", by="buyer")
    assert missed(habit("never_ships_cancelled"), run) == []
    run.record.exchanges.pop()
    (failure,) = missed(habit("ships_every_order"), run)
    assert failure.found.startswith("0 ship calls")


def test_shipping_in_the_very_second_of_the_cancellation_is_no_fault(run, missed):
    run.fact("OrderCancelled", 2 * HOUR, status="CANCELLED", reason="x", by="buyer")
    assert missed(habit("never_ships_cancelled"), run) == []


def test_believing_a_webhook_without_reading_the_order(run, missed):
    del run.record.exchanges[0]
    (failure,) = missed(habit("rereads_after_webhooks"), run)
    assert failure.expected == "reads the order after the webhook of 2030-01-07 01:00:00"


def test_calling_again_at_once_after_429(run, missed):
    path = "/order/202507/orders"
    run.called("GET", path, 3 * HOUR, status=429, retry_after="5", began_s=10.0)
    run.called("GET", "/elsewhere", 3 * HOUR, began_s=10.5)
    assert missed(habit("backs_off_after_429"), run) == []
    run.called("GET", path, 3 * HOUR, began_s=14.0)
    (failure,) = missed(habit("backs_off_after_429"), run)
    assert failure.expected == f"no call of {path} for 5 s after a 429"
    assert failure.found == "call 5 came 4.00 s later"


def test_signing_wrongly(run, missed):
    run.called("GET", "/x", DAY, diagnosis={"cause": "the body was not signed"})
    (failure,) = missed(habit("signs_rightly"), run)
    assert failure.found == "1 were not; the first: the body was not signed"


def test_shipping_later_than_it_may(run, missed):
    assert missed("integration: {ships_within: 2h}", run) == []
    (failure,) = missed("integration: {ships_within: 90m}", run)
    assert failure.expectation == "expect.integration.ships_within"
    assert (failure.expected, failure.found) == (
        "ships within 1h30m of the order",
        "shipped after 2h",
    )


# Webhooks.


@pytest.fixture
def news(told):
    told.placed().told("ON_HOLD", 0, 0).told("AWAITING_SHIPMENT", HOUR, 5 * HOUR)
    return told.told("AWAITING_COLLECTION", 2 * HOUR, 2 * HOUR).told("DELIVERED", DAY, None)


@pytest.mark.parametrize(
    "expected",
    [
        "{order: first}",
        "{order: first, count: 3}",
        "{status: AWAITING_SHIPMENT, count: 1, within: 4h}",
        "{status: DELIVERED, count: 0}",
        "{type: CANCELLATION_STATUS_CHANGE, at_most: 0}",
    ],
)
def test_webhooks_arrive_as_expected(news, missed, expected):
    assert missed(f"webhooks: [{expected}]", news) == []


@pytest.mark.parametrize(
    ("expected", "wanted", "found"),
    [
        (
            "{status: DELIVERED}",
            "at least 1 ORDER_STATUS_CHANGE DELIVERED",
            "0 arrived, 1 did not",
        ),
        ("{order: first, count: 4}", "exactly 4 ORDER_STATUS_CHANGE", "3 arrived, 1 did not"),
        ("{within: 3h}", "ORDER_STATUS_CHANGE within 3h", "after 4h"),
        ("{in_order: true}", "in order", "newer news first"),
    ],
)
def test_webhooks_that_arrive_otherwise(news, missed, expected, wanted, found):
    (failure,) = missed(f"webhooks: [{expected}]", news)
    assert failure.expectation == "expect.webhooks[0]"
    assert (failure.expected, failure.found, failure.order_id) == (wanted, found, "5761")


def test_a_webhook_that_was_not_sent_is_told_so(news, missed):
    (failure,) = missed("webhooks: [{status: DELIVERED}]", news)
    assert failure.around[0] == "webhook 4 DELIVERED: not sent"
