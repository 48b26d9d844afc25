"""What integrations see of a market: its times, its money, and what the platform does by itself."""

import json

import pytest
from starlette.testclient import TestClient

from mock_api.kernel.papers import Subscription
from mock_api.main import create_app
from mock_api.seller_center.order.view import money, order_view
from simulator import Mode, Purchase, WorldConfig, market_named
from simulator.catalog import SHELF
from simulator.clock import DAY, later

STATUS, CANCELLATION = "ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE"


@pytest.fixture
def sandbox(market):
    sandboxes = create_app().state.sandboxes
    sandbox = sandboxes.open(WorldConfig(market=market_named(market)))
    for shop, _ in sandbox.shops():
        for kind in (STATUS, CANCELLATION):
            now = sandbox.world.now
            sandbox.subscribe(Subscription(shop.id, kind, "https://erp.example/hook", now, now))
    return sandbox


@pytest.fixture
def world(sandbox):
    return sandbox.world


def shown(world, order):
    return order_view(world, order).model_dump(exclude_none=True)


def pushed(sandbox):
    bodies = [json.loads(message.body) for message in sandbox.outbox.all.values()]
    return [
        (body["type"], *[body["data"].get(key) for key in keys if key in body["data"]])
        for body in bodies
        for keys in [("order_status", "cancellations_role", "cancel_status")]
    ]


@pytest.mark.parametrize("market", ["us"])
def test_a_paid_order_shows_every_time_that_its_market_has(world):
    order = world.buyers.place_order(Purchase())
    detail = shown(world, order)

    assert (
        detail["rts_sla_time"]
        < detail["tts_sla_time"]
        < detail["delivery_sla_time"]
        < detail["shipping_due_time"]
        < detail["collection_due_time"]
        < detail["delivery_due_time"]
    )
    assert detail["shipping_due_time"] == order.shipping_due


@pytest.mark.parametrize("market", ["us"])
def test_an_unpaid_order_shows_none_of_them(world):
    detail = shown(world, world.buyers.place_order(Purchase(paid=False)))

    assert [key for key in detail if key.endswith(("_sla_time", "_due_time"))] == []


@pytest.mark.parametrize("market", ["standard"])
def test_the_house_rules_show_the_two_times_that_they_have(world):
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    detail = shown(world, order)

    assert {key: at for key, at in detail.items() if key.endswith(("_sla_time", "_due_time"))} == {
        "rts_sla_time": order.placed_at + 3 * DAY,
        "tts_sla_time": order.placed_at + 5 * DAY,
    }


@pytest.mark.parametrize(
    ("market", "reason"),
    [
        ("us", "system_cancel_order_reason_shipping_timeout"),
        ("uk", "system_cancel_order_reason_shipping_timeout_uk"),
        ("sea", "system_cancel_order_reason_shipping_timeout"),
    ],
)
def test_what_the_platform_cancels_says_so(world, reason):
    order = world.buyers.place_order(Purchase())
    world.advance(later(order.shipping_due, 1))
    detail = shown(world, order)

    assert (detail["status"], detail["cancel_reason"]) == ("CANCELLED", reason)
    assert detail["cancellation_initiator"] == "SYSTEM"
    assert detail["cancel_time"] == order.shipping_due
    assert detail["is_buyer_request_cancel"] is False
    assert "request_cancel_time" not in detail


@pytest.mark.parametrize("market", ["us"])
def test_webhooks_tell_of_the_platforms_cancellation(sandbox, world):
    order = world.buyers.place_order(Purchase(behaviour="absent"))
    world.advance(order.shipping_due)

    assert pushed(sandbox)[-3:] == [
        (11, "SYSTEM", "CANCELLATION_REQUEST_SUCCESS"),
        (1, "CANCEL"),
        (11, "SYSTEM", "CANCELLATION_REQUEST_COMPLETE"),
    ]


@pytest.mark.parametrize("market", ["sea"])
def test_where_there_is_no_hold_none_is_shown(sandbox, world):
    order = world.buyers.place_order(Purchase())
    detail = shown(world, order)

    assert (detail["status"], detail["is_on_hold_order"]) == ("AWAITING_SHIPMENT", False)
    assert [status for _, status in pushed(sandbox)] == ["UNPAID", "AWAITING_SHIPMENT"]


@pytest.mark.parametrize("market", ["sea"])
def test_dong_have_no_decimals(world):
    order = world.buyers.place_order(Purchase(sku_ids=(SHELF[0].id,)))
    detail = shown(world, order)

    assert detail["payment"]["currency"] == "VND"
    assert detail["payment"]["sub_total"] == str(SHELF[0].price_minor * 300)
    assert detail["payment"]["total_amount"] == str(order.total_minor)
    assert detail["payment"]["tax"] == "0"
    assert detail["line_items"][0]["sale_price"] == str(SHELF[0].price_minor * 300)


@pytest.mark.parametrize(
    ("market", "minor", "text"),
    [("us", 1999, "19.99"), ("us", 5, "0.05"), ("us", 0, "0.00"), ("sea", 1999, "1999")],
)
def test_money_is_a_decimal_string(market, minor, text):
    assert money(minor, market_named(market)) == text


@pytest.mark.parametrize("market", ["sea"])
def test_recipients_are_the_markets(world):
    order = world.buyers.place_order(Purchase())
    recipient = shown(world, order)["recipient_address"]

    assert recipient["region_code"] == "VN"
    assert recipient["phone_number"].startswith("(+84)")
    assert recipient["district_info"][0]["address_name"] == "Vietnam"


@pytest.mark.parametrize(
    ("market", "region"), [("standard", "GB"), ("us", "US"), ("uk", "GB"), ("sea", "VN")]
)
def test_a_sandbox_is_opened_in_the_market_that_is_asked_for(market, region):
    client = TestClient(create_app())
    opened = client.post("/_seatrial/sandboxes", json={"market": market})

    assert opened.status_code == 201
    assert opened.json()["market"] == market
    assert [shop["region"] for shop in opened.json()["shops"]] == [region]


def test_an_unknown_market_is_told_with_those_that_there_are():
    refused = TestClient(create_app()).post("/_seatrial/sandboxes", json={"market": "mars"})

    assert refused.status_code == 422
    assert "standard, us, uk, sea" in refused.json()["detail"]
