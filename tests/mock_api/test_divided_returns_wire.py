"""Decisions by line item: Review Aftersales Requests divides a request, and every call tells it."""

import json
from decimal import Decimal

import pytest
import tiktok_shop_api.generated.models as m
from tiktok_shop_api.webhooks import Webhooks

from mock_api.seller_center.return_refund.returns.pushes import TELLS
from simulator.catalog import SHELF

REVIEW = "/return_refund/202609/aftersales/review"
AFTERSALES = "/return_refund/202603/aftersales/search"
RMA = "/return_refund/202604/rma/search"
NO = {"reason_id": "reverse_reject_request_reason_4", "text": "worn"}
EVERYTHING = ["LINE_ITEMS", "RETURN_MERCHANDISE_AUTHORIZATIONS", "SKU_RETURN_REQUESTS"]


@pytest.fixture
def us(open_box):
    """The designated carrier is fast, so that goods come back while their order may be returned."""
    return open_box(market="us", carriers={"jt": {"transit_factor": 0.5}})


@pytest.fixture
def asked(us):
    """A request about all three units of an order: its id, and those of its line items."""

    def request(action="request_return", status="DELIVERED"):
        order_id = us.place_one(behaviour="prompt", items=[each.id for each in SHELF[:3]])
        us.until(order_id, status)
        us.renew()
        us.control("POST", f"/buyers/{order_id}/{action}", {})
        request = aftersales(us)[-1]
        lines = [each["return_line_item_id"] for each in request["line_items"]]
        return order_id, request["id"], lines

    return request


def decision(action, *lines, offer="", **reason):
    made = {"line_items": [{"return_line_item_id": each} for each in lines], "action": action}
    if offer:
        made["alternative_solution_details"] = {"partial_refund_amount": offer, "currency": "USD"}
    return made | ({"reason": reason} if reason else {})


def review(box, request_id, *decisions):
    """The code that it is refused with, if it is."""
    wish = {"request_id": request_id, "line_item_decisions": list(decisions)}
    errors = box.data("POST", REVIEW, {"aftersales_request_decisions": [wish]}).get("errors", [])
    return [each["code"] for each in errors]


def aftersales(box, **filters):
    body = {"whitelisted_data_fields": EVERYTHING, "filters": filters}
    return box.data("POST", AFTERSALES, body).get("aftersales_requests", [])


def returns(box, **wanted):
    path = "/return_refund/202602/returns/search"
    found = box.data("POST", path, wanted, query=[("page_size", "50")])
    return found.get("return_orders", [])


def minor(row):
    return round(float(row["refund_amount"]["refund_total"]) * 100)


def lines_of(row):
    return row["return_line_items"]


def ids_of(row):
    return [each["return_line_item_id"] for each in lines_of(row)]


def test_different_decisions_make_returns_of_one_request(us, asked):
    order_id, request_id, (first, second, third) = asked()
    (before,) = returns(us)
    shown = dict(zip(ids_of(before), map(minor, lines_of(before)), strict=True))
    assert not review(
        us,
        request_id,
        decision("APPROVE_REQUEST", first, third),
        decision("REJECT_REQUEST", second, **NO),
    )

    granted, rejected = returns(us)
    assert granted["return_id"] == before["return_id"] != rejected["return_id"]
    assert (granted["return_status"], rejected["return_status"]) == (
        "AWAITING_BUYER_SHIP",
        "REFUND_OR_RETURN_REQUEST_REJECT",
    )
    assert rejected["create_time"] == granted["create_time"] == before["create_time"]
    assert ids_of(granted) == [first, third]
    assert ids_of(rejected) == [second]
    assert minor(granted) == shown[first] + shown[third] == sum(map(minor, lines_of(granted)))
    assert minor(granted) + minor(rejected) == minor(before)
    (divided,) = us.journal(kind="ReturnDivided")
    assert divided["order_id"] == order_id
    assert (divided["return_id"], divided["part_id"]) == (
        granted["return_id"],
        rejected["return_id"],
    )
    assert divided["amount_minor"] == minor(rejected) == shown[second]

    (request,) = aftersales(us)
    assert (request["id"], request["status"]) == (request_id, "REQUEST_REVIEW_COMPLETED")
    assert [each["return_id"] for each in request["sku_return_requests"]] == [
        granted["return_id"],
        rejected["return_id"],
    ]
    owners = {each["return_line_item_id"]: each for each in request["line_items"]}
    assert owners.keys() == {first, second, third}
    assert owners[second]["sku_return_request_id"] == rejected["return_id"]
    (rma,) = request["return_merchandise_authorizations"]
    assert rma["aftersales_request_id"] == request_id
    assert {each["return_line_item_id"] for each in rma["line_items"]} == {first, third}


def test_all_money_is_paid_once_over_all_parts(us, asked):
    order_id, request_id, (first, second, third) = asked()
    whole = minor(returns(us)[0])
    assert not review(
        us,
        request_id,
        decision("APPROVE_REQUEST", first),
        decision("REFUND_INSTEAD", second),
        decision("APPROVE_REQUEST", third),
    )
    for _ in range(2):
        us.control("POST", f"/buyers/{order_id}/ship_return", {})
    assert len({each["parcel_id"] for each in us.journal(kind="ReturnBooked")}) == 2
    for _ in range(15):
        if us.order(order_id).status == "COMPLETED":
            break
        us.advance(by="1d")
        us.renew()

    paid = [each["amount_minor"] for each in us.journal(kind="RefundPaid")]
    assert (len(paid), sum(paid)) == (3, whole)
    assert whole == round(float(us.order(order_id).payment.total_amount) * 100)
    rows = returns(us)
    assert sorted(paid) == sorted(minor(each) for each in rows)
    assert {each["return_status"] for each in rows} == {"RETURN_OR_REFUND_REQUEST_COMPLETE"}


def test_finance_shows_what_was_paid_for_the_parts(us, asked):
    order_id, request_id, (first, second, third) = asked()
    no = decision("REJECT_REQUEST", third, **NO)
    yes = decision("REFUND_INSTEAD", second), decision("REFUND_INSTEAD", first)
    assert not review(us, request_id, no, *yes)
    us.advance(by="60d")
    us.renew()

    paid = [each["amount_minor"] for each in us.journal(kind="RefundPaid")]
    told = us.client.finance.get_transactions_by_order(order_id=order_id).data
    order = us.inside.world.order(order_id)
    settled = us.inside.world.settlement(order_id)
    left = order.goods_minor - sum(paid)
    assert len(paid) == 2
    assert settled.refunded_minor == sum(paid)
    assert Decimal(told.settlement_amount) * 100 == settled.payout_minor - left * 6 // 100


def test_webhooks_tell_the_new_returns_and_the_request_once(us, asked):
    order_id, request_id, (first, second, third) = asked()
    pushed = []

    def hear(_seq, at, fact):
        for push in TELLS.get(type(fact), lambda *_: ())(us.inside, fact, at):
            body = {"type": push.type, "shop_id": push.shop_id, "timestamp": at, "data": push.data}
            Webhooks.parse(json.dumps(body | {"tts_notification_id": "1"}))
            pushed.append((push.type, push.data))

    us.inside.world.journal.subscribe(hear)
    assert not review(
        us,
        request_id,
        decision("OFFER_PARTIAL_REFUND", first, offer="1.00"),
        decision("APPROVE_REQUEST", second),
        decision("REFUND_INSTEAD", third),
    )
    offered, approved, refunded = (each["return_id"] for each in returns(us))

    def said(type_, *keys):
        return [tuple(data[key] for key in keys) for kind, data in pushed if kind == type_]

    told = said(12, "return_id", "return_status")
    assert told[:2] == [
        (approved, "RETURN_OR_REFUND_REQUEST_PENDING"),
        (refunded, "RETURN_OR_REFUND_REQUEST_PENDING"),
    ]
    assert dict(told) == {
        offered: "AWAITING_BUYER_RESPONSE",
        approved: "AWAITING_BUYER_SHIP",
        refunded: "RETURN_OR_REFUND_REQUEST_COMPLETE",
    }
    assert said(65, "aftersales_request_id", "rma_status") == [
        (request_id, "INIT"),
        (request_id, "AWAITING_BUYER_SHIPPED"),
    ]
    ((paid_for, lines),) = said(67, "aftersales_request_id", "line_items")
    assert (paid_for, [each["return_line_item_id"] for each in lines]) == (request_id, [third])
    assert not said(64, "aftersales_request_id"), "the offer is not answered yet"
    (request,) = aftersales(us, aftersales_request_statuses=["PENDING_REQUEST_REVIEW"])
    assert request["id"] == request_id

    us.control("POST", f"/buyers/{order_id}/accept_offer", {})
    assert said(64, "aftersales_request_id", "aftersales_request_status") == [
        (request_id, "REQUEST_REVIEW_COMPLETED")
    ]
    assert not aftersales(us, aftersales_request_statuses=["PENDING_REQUEST_REVIEW"])


def test_a_divided_request_is_reviewed_again_by_what_waits(us, asked):
    order_id, request_id, (first, second, third) = asked()
    assert not review(
        us,
        request_id,
        decision("APPROVE_REQUEST", first),
        decision("OFFER_PARTIAL_REFUND", second, offer="1.00"),
        decision("OFFER_PARTIAL_REFUND", third, offer="2.00"),
    )
    for _ in range(2):
        us.control("POST", f"/buyers/{order_id}/decline_offer", {})
    assert review(us, request_id, decision("APPROVE_REQUEST", first, second, third)) == ["25005011"]
    offer = decision("OFFER_PARTIAL_REFUND", second, third, offer="1.00")
    assert review(us, request_id, offer) == ["25005011"]
    assert not review(us, request_id, decision("REFUND_INSTEAD", second, third))

    statuses = [each["return_status"] for each in returns(us)]
    assert statuses == ["AWAITING_BUYER_SHIP", *["RETURN_OR_REFUND_REQUEST_COMPLETE"] * 2]


def test_the_update_of_a_request_is_that_of_its_latest_part(us, asked):
    order_id, request_id, (first, second, third) = asked()
    review(
        us,
        request_id,
        decision("REFUND_INSTEAD", first),
        decision("REJECT_REQUEST", second, third, **NO),
    )
    us.advance(by="1h")
    since = us.now
    us.control("POST", f"/buyers/{order_id}/dispute_return", {})

    times = {"update_time": {"min_unix_time_inclusive": since}}
    assert [each["id"] for each in aftersales(us, time=times)] == [request_id]
    assert [each["update_time"] >= since for each in returns(us)] == [False, True]


def test_a_review_that_does_not_add_up_divides_nothing(us, asked):
    _, request_id, (first, second, third) = asked()
    (before,) = returns(us)
    yes = decision("APPROVE_REQUEST", first, second)
    dear = before["refund_amount"]["refund_total"]
    for code, wrong in (
        ("25005011", [yes]),
        ("25005011", [yes, decision("APPROVE_REQUEST", second, third)]),
        ("25005011", [yes, decision("APPROVE_REQUEST", third, third)]),
        ("25005011", [yes, decision("APPROVE_REQUEST", "1")]),
        ("25011013", [yes, decision("APPROVE_RETURN_PACKAGE", third)]),
        ("25020012", [yes, decision("REJECT_RETURN_PACKAGE", third)]),
        ("25001014", [yes, decision("REJECT_REQUEST", third, reason_id="never_heard")]),
        ("25001001", [yes, decision("OFFER_PARTIAL_REFUND", third)]),
        ("25001001", [yes, decision("OFFER_PARTIAL_REFUND", third, offer=dear)]),
    ):
        assert review(us, request_id, *wrong) == [code], wrong
    assert returns(us) == [before]
    assert not us.journal(kind="ReturnDivided")


def test_what_has_come_back_is_not_divided(us, asked):
    order_id, request_id, (first, second, third) = asked()
    review(us, request_id, decision("APPROVE_REQUEST", first, second, third))
    us.control("POST", f"/buyers/{order_id}/ship_return", {})
    while us.inside.world.registry.returns.of(order_id)[0].status != "received":
        us.advance(by="6h")
    us.renew()
    (row,) = returns(us)
    query = [("return_or_cancel_id", row["return_id"])]
    why = us.data("GET", "/return_refund/202309/reject_reasons", query=query)["reasons"][0]["name"]
    two = (
        decision("APPROVE_RETURN_PACKAGE", first, second),
        decision("REJECT_RETURN_PACKAGE", third, reason_id=why),
    )
    assert review(us, request_id, *two) == ["25001003"]
    assert not us.journal(kind="ReturnDivided")


def test_what_is_on_its_way_is_not_divided(us, asked):
    _, request_id, (first, *rest) = asked("ask_refund", "IN_TRANSIT")
    two = decision("APPROVE_REQUEST", first), decision("REJECT_REQUEST", *rest, **NO)
    assert review(us, request_id, *two) == ["25005010"]


def test_the_stock_client_divides_a_request(us, asked):
    _, request_id, (first, second, third) = asked()
    wish = {
        "request_id": request_id,
        "idempotency_key": "k1",
        "line_item_decisions": [
            decision("APPROVE_REQUEST", first),
            decision("REJECT_REQUEST", second, third, **NO),
        ],
    }
    api = us.client.return_and_refund
    body = m.ReviewAftersalesRequestsRequest.from_dict({"aftersales_request_decisions": [wish]})
    for _ in range(2):
        assert not api.review_aftersales_requests(body=body).data.errors
    found = m.SearchAftersalesRequestsRequest.from_dict({"whitelisted_data_fields": EVERYTHING})
    (request,) = api.search_aftersales_requests(body=found).data.aftersales_requests
    assert len(request.sku_return_requests) == 2
    part = request.sku_return_requests[1].return_id
    events = [each.event for each in api.get_return_records(part).data.records]
    assert events == ["ORDER_RETURN", "ORDER_RETURN_DIVIDED", "ORDER_RETURN_REJECTED"]
    (line, _) = api.get_available_review_decisions(
        seller_id=1, return_or_cancel_id=part
    ).data.line_items
    assert line.return_line_item_id == second


def test_each_line_item_has_a_range_for_its_offer(us, asked):
    _, request_id, lines = asked()
    (row,) = returns(us)
    query = [("return_or_cancel_id", row["return_id"]), ("check_decisions", "OFFER_PARTIAL_REFUND")]
    told = us.data("GET", "/return_refund/202606/review_decision", query=query)["line_items"]
    most = {
        each["return_line_item_id"]: each["decisions"][0]["partial_refund_amount_range"]
        for each in told
    }
    shown = dict(zip(ids_of(row), map(minor, lines_of(row)), strict=True))
    assert {key: round(float(each["max_amount"]) * 100) + 1 for key, each in most.items()} == shown
    first, *rest = lines
    offers = (
        decision("OFFER_PARTIAL_REFUND", first, offer=most[first]["max_amount"]),
        decision("APPROVE_REQUEST", *rest),
    )
    assert not review(us, request_id, *offers)
