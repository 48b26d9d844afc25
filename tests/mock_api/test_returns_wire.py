"""Refunds, returns and replacements through the platform's API."""

import json

import pytest
import tiktok_shop_api.generated.models as m
from tiktok_shop_api.webhooks import Webhooks

from mock_api.seller_center.return_refund.returns.pushes import TELLS
from simulator.catalog import SHELF
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver

BASE = "/return_refund/202309"
TRACKING = "/fulfillment/202309/orders/{}/tracking"
REFUND = "ecom_order_delivered_refund_reason_damaged_seller"
"""A seller's reason, in the US."""
RETURN = "seller_ecom_delivered_return_refund_reason1"
NO_REFUND = "reverse_reject_request_reason_4"
NO_RETURN = "reverse_reject_request_reason_4"
TWO = [each.id for each in SHELF[:2]]


@pytest.fixture
def us(open_box):
    """The designated carrier is fast, so that goods come back while their order may be returned."""
    return open_box(market="us", carriers={"jt": {"transit_factor": 0.5}})


@pytest.fixture
def delivered(us):
    """An order of two units, at its buyer's."""

    def bring():
        order_id = us.place_one(behaviour="prompt", items=TWO)
        us.until(order_id, "DELIVERED")
        us.renew()
        return order_id

    return bring


def acts(box, order_id, action, **wish):
    return box.control("POST", f"/buyers/{order_id}/{action}", wish)


def search(box, version="202309", **wanted):
    query = [("page_size", "50")]
    path = f"/return_refund/{version}/returns/search"
    return box.data("POST", path, wanted, query=query).get("return_orders", [])


def row_of(box, order_id):
    return search(box, order_ids=[order_id])[-1]


def asked(box, order_id, action="request_return", **wish):
    acts(box, order_id, action, **wish)
    return row_of(box, order_id)["return_id"]


def approve(return_id, decision, **more):
    return f"{BASE}/returns/{return_id}/approve", {"decision": decision, **more}


def reject(return_id, decision, reason=NO_RETURN, **more):
    body = {"decision": decision, "reject_reason": reason, **more}
    return f"{BASE}/returns/{return_id}/reject", body


def code(box, path_and_body):
    path, body = path_and_body
    return box.refused("POST", path, body)[1]


def until_received(box, return_id):
    asked_ = box.inside.world.registry.returns.get(return_id)
    while asked_.status != "received":
        box.advance(by="6h")
    box.renew()


def test_a_return_from_the_request_to_the_money(us, delivered, listener):
    us.subscribe(listener.url, "RETURN_STATUS_CHANGE")
    order_id = delivered()
    first, _ = us.order(order_id).line_items
    return_id = asked(us, order_id, items=[first.id])
    row = row_of(us, order_id)
    assert row["seller_next_action_response"] == [
        {"action": "SELLER_RESPOND_RETURN", "deadline": row["create_time"] + 48 * 3600}
    ]
    assert row["refund_amount"]["refund_total"] == first.sale_price
    (line,) = row["return_line_items"]
    assert (line["order_line_item_id"], line["sku_id"]) == (first.id, first.sku_id)

    us.data("POST", *approve(return_id, "APPROVE_RETURN"))
    assert row_of(us, order_id)["return_status"] == "AWAITING_BUYER_SHIP"
    acts(us, order_id, "ship_return")
    row = row_of(us, order_id)
    assert (row["return_status"], row["return_provider_name"]) == (
        "BUYER_SHIPPED_ITEM",
        "J&T Express",
    )
    assert row["return_tracking_number"].startswith("JT")
    until_received(us, return_id)
    us.data("POST", *approve(return_id, "APPROVE_RECEIVED_PACKAGE"))

    assert row_of(us, order_id)["return_status"] == "RETURN_OR_REFUND_REQUEST_COMPLETE"
    assert us.order(order_id).status == "DELIVERED", "the other unit is the buyer's"
    (paid,) = us.journal(kind="RefundPaid")
    assert paid["amount_minor"] == round(float(first.sale_price) * 100)
    told = [each["data"]["return_status"] for each in listener.news if each["type"] == 12]
    assert told == [
        "RETURN_OR_REFUND_REQUEST_PENDING",
        "AWAITING_BUYER_SHIP",
        "BUYER_SHIPPED_ITEM",
        "RETURN_OR_REFUND_REQUEST_SUCCESS",
        "RETURN_OR_REFUND_REQUEST_COMPLETE",
    ]
    records = us.data("GET", f"{BASE}/returns/{return_id}/records")["records"]
    assert (records[0]["event"], records[0]["role"]) == ("ORDER_RETURN", "BUYER")
    assert len(records) == 6

    # The other unit, and with it the shipping fee.
    other = asked(us, order_id, "ask_refund")
    amounts = row_of(us, order_id)["refund_amount"]
    total, parts = float(amounts["refund_total"]), ("subtotal", "shipping_fee", "tax")
    assert round(sum(float(amounts[f"refund_{each}"]) for each in parts), 2) == total
    us.data("POST", *approve(other, "APPROVE_REFUND"))
    assert us.order(order_id).status == "COMPLETED"
    assert sum(each["amount_minor"] for each in us.journal(kind="RefundPaid")) == round(
        float(us.order(order_id).payment.total_amount) * 100
    )


def test_what_goes_back_is_a_package_of_its_return_and_none_of_its_order(us, delivered):
    order_id = delivered()
    before, tracked = us.order(order_id), us.data("GET", TRACKING.format(order_id))
    return_id = asked(us, order_id)
    us.data("POST", *approve(return_id, "APPROVE_RETURN"))
    acts(us, order_id, "ship_return")
    row = row_of(us, order_id)
    (booked,) = us.journal(kind="ReturnBooked")
    assert row["return_tracking_number"] == booked["tracking_number"]
    packages = {"filters": {"package_ids": [booked["parcel_id"]]}}
    path = "/return_refund/202604/rma/search"
    (rma,) = us.data("POST", path, packages)["return_merchandise_authorizations"]
    assert rma["package_id"] == booked["parcel_id"]

    number = row["return_tracking_number"]
    path = "/fulfillment/202508/tts_tracking_validation"
    validation = us.data("GET", path, query=[("tracking_number", number)])
    assert validation == {"is_tiktok_shipping": True, "is_tiktok_collection": False}
    event = {"tracking_number": number, "for": "3d"}
    assert us.control("POST", "/carriers/jt/delay", event)["parcel_id"] == booked["parcel_id"]
    us.advance(by="2d")
    after = us.order(order_id)
    assert [each.id for each in after.packages] == [each.id for each in before.packages]
    assert (after.status, after.tracking_number) == ("DELIVERED", before.tracking_number)
    assert us.data("GET", TRACKING.format(order_id)) == tracked
    package = f"/fulfillment/202309/packages/{booked['parcel_id']}"
    assert us.refused("GET", package)[1] == us.refused("GET", package[:-3] + "000")[1]

    told = us.control("POST", "/carriers/jt/lose", {"tracking_number": number})
    assert (told["status"], told["order_status"]) == ("lost", "COMPLETED")
    records = us.data("GET", f"{BASE}/returns/{return_id}/records")["records"]
    assert [each["event"] for each in records][-3:] == [
        "ORDER_RETURN_BUYER_SHIPPED",
        "ORDER_RETURN_GRANTED",
        "ORDER_RETURN_COMPLETED",
    ]


def test_a_carrier_that_is_awaited_may_be_called_off(us, delivered):
    order_id = delivered()
    return_id = asked(us, order_id, handover="pickup")
    us.data("POST", *approve(return_id, "APPROVE_RETURN"))
    acts(us, order_id, "ship_return")
    assert row_of(us, order_id)["return_status"] == "AWAITING_BUYER_SHIP"
    assert row_of(us, order_id)["return_tracking_number"].startswith("JT")
    (booked,) = us.journal(kind="ReturnBooked")
    acts(us, order_id, "withdraw_return")
    us.advance(by="3d")

    assert us.inside.world.parcel(booked["parcel_id"]).status == "cancelled"
    assert row_of(us, order_id)["return_status"] == "RETURN_OR_REFUND_REQUEST_CANCEL"


def test_what_fits_no_answer_is_refused_by_its_state(us, delivered):
    order_id = delivered()
    return_id = asked(us, order_id)
    assert code(us, approve("4037000000000000", "APPROVE_RETURN")) == 25007006
    assert code(us, approve(return_id, "APPROVE_REFUND")) == 25020004
    assert code(us, approve(return_id, "APPROVE_RECEIVED_PACKAGE")) == 25011013
    assert code(us, approve(return_id, "OFFER_PARTIAL_REFUND")) == 25001001
    assert code(us, approve(return_id, "NONSENSE")) == 25001001
    assert code(us, reject(return_id, "REJECT_REFUND")) == 25020004
    assert code(us, reject(return_id, "REJECT_RECEIVED_PACKAGE")) == 25020012
    for reason, wanted in (
        ("never_heard", 25001014),
        (RETURN, 25001057),
        ("reverse_reject_request_reason_1_uk", 25001020),
        ("seller_reject_apply_need_to_apply_for_refund&return", 25001016),
    ):
        assert code(us, reject(return_id, "REJECT_RETURN", reason)) == wanted, reason

    us.data("POST", *reject(return_id, "REJECT_RETURN", comment="no"))
    assert code(us, approve(return_id, "APPROVE_RETURN")) == 25011012
    assert code(us, reject(return_id, "REJECT_RETURN")) == 25001003
    acts(us, order_id, "dispute_return")
    assert row_of(us, order_id)["arbitration_status"] == "IN_PROGRESS"
    assert code(us, approve(return_id, "APPROVE_RETURN")) == 25011010
    assert code(us, reject(return_id, "REJECT_RETURN")) == 25011010
    us.advance(by="6d")
    assert row_of(us, order_id)["arbitration_status"] == "SUPPORT_SELLER"
    us.renew()
    assert code(us, approve(return_id, "APPROVE_RETURN")) == 25020009


def test_a_part_is_offered_and_taken_or_not(us, delivered):
    order_id = delivered()
    return_id = asked(us, order_id, "ask_refund")
    part = {"partial_refund": {"currency": "USD", "amount": "1.00"}}
    us.data("POST", *approve(return_id, "OFFER_PARTIAL_REFUND", **part))
    row = row_of(us, order_id)
    assert row["return_status"] == "AWAITING_BUYER_RESPONSE"
    assert row["partial_refund"] == part["partial_refund"]
    assert row["buyer_rejected_partial_refund"] is False
    assert code(us, approve(return_id, "APPROVE_REFUND")) == 25007007
    acts(us, order_id, "decline_offer")
    row = row_of(us, order_id)
    assert row["return_status"] == "RETURN_OR_REFUND_REQUEST_PENDING"
    assert row["buyer_rejected_partial_refund"] is True
    assert code(us, approve(return_id, "OFFER_PARTIAL_REFUND", **part)) == 25011032
    us.data("POST", *reject(return_id, "REJECT_REFUND", NO_REFUND))

    again = asked(us, order_id, "ask_refund")
    assert search(us, return_ids=[again])[0]["pre_return_id"] == return_id
    us.data("POST", *approve(again, "OFFER_PARTIAL_REFUND", **part))
    acts(us, order_id, "accept_offer")
    assert row_of(us, order_id)["return_status"] == "RETURN_OR_REFUND_REQUEST_COMPLETE"
    assert [each["amount_minor"] for each in us.journal(kind="RefundPaid")] == [100]


def test_what_came_back_is_refused_or_partly_paid(us, delivered):
    order_id = delivered()
    return_id = asked(us, order_id, handover="pickup")
    us.data("POST", *approve(return_id, "APPROVE_RETURN"))
    assert code(us, reject(return_id, "REJECT_RETURN")) == 25020010
    acts(us, order_id, "ship_return")
    assert row_of(us, order_id)["return_status"] == "AWAITING_BUYER_SHIP", "nobody came yet"
    us.advance(by="2d")
    assert code(us, reject(return_id, "REJECT_RECEIVED_PACKAGE")) == 25011035
    until_received(us, return_id)
    newer = "/return_refund/202606"
    body = {
        "decision": "OFFER_PARTIAL_REFUND_AFTER_RECEIVING_PKG",
        "reject_reason": next(iter(_goods_reasons(us))),
        "partial_refund_amount": {"partial_refund_total": "2", "currency": "USD"},
    }
    us.data("POST", f"{newer}/returns/{return_id}/reject", body)
    acts(us, order_id, "decline_offer")
    assert row_of(us, order_id)["return_status"] == "REJECT_RECEIVE_PACKAGE"
    acts(us, order_id, "dispute_return")
    us.advance(by="6d")
    us.renew()
    assert row_of(us, order_id)["arbitration_status"] == "SUPPORT_BUYER"
    assert code(us, reject(return_id, "REJECT_RECEIVED_PACKAGE")) == 25020011
    assert code(us, approve(return_id, "APPROVE_RETURN")) == 25001044


PICTURE = {"image_id": "tos-maliva-i-o3syd03w52-us/57a1", "mime_type": "image/png"}
SHOWN = {"url": "https://images.seatrial.example/tos-maliva-i-o3syd03w52-us/57a1"}


def records(box, return_id):
    return box.data("GET", f"{BASE}/returns/{return_id}/records")["records"]


def test_pictures_that_come_with_a_decision_are_in_the_records(us, delivered):
    order_id = delivered()
    return_id = asked(us, order_id)
    images = [{**PICTURE, "height": 200, "width": 300}, {"image_id": "never uploaded?"}]
    us.data("POST", *reject(return_id, "REJECT_RETURN", comment="worn", images=images))
    first, last = records(us, return_id)
    assert "images" not in first
    assert last["note"] == "worn"
    assert last["images"] == [
        SHOWN | {"width": 300, "height": 200},
        {"url": "https://images.seatrial.example/never%20uploaded%3F"},
    ]
    _, told = us.client.return_and_refund.get_return_records(return_id).data.records
    assert told.images[0].width == 300


def test_what_a_review_says_and_shows_is_in_the_records_whatever_it_decides(us, delivered):
    order_id = delivered()
    media = {"uri": PICTURE["image_id"], "mime_type": "image/png"}

    def reviewed(return_id, action, **reason):
        row = row_of(us, order_id)
        lines = [
            {"return_line_item_id": e["return_line_item_id"]} for e in row["return_line_items"]
        ]
        reason |= {"text": f"so: {action}", "media": media}
        part = {"partial_refund_amount": "1.00", "currency": "USD"}
        decision = {
            "line_items": lines,
            "action": action,
            "reason": reason,
            "alternative_solution_details": part if "OFFER" in action else {},
        }
        wish = {"request_id": return_id, "line_item_decisions": [decision]}
        path = "/return_refund/202609/aftersales/review"
        assert not us.data("POST", path, {"aftersales_request_decisions": [wish]})
        said = [each for each in records(us, return_id) if "note" in each]
        assert said[-1]["note"] == f"so: {action}"
        assert said[-1]["images"] == [SHOWN]
        return said[-1]["event"]

    first, _ = us.order(order_id).line_items
    refund = asked(us, order_id, "ask_refund", items=[first.id])
    assert reviewed(refund, "REFUND_INSTEAD") == "ORDER_RETURN_GRANTED"
    return_id = asked(us, order_id)
    assert reviewed(return_id, "OFFER_PARTIAL_REFUND") == "ORDER_RETURN_OFFERED"
    acts(us, order_id, "decline_offer")
    assert reviewed(return_id, "APPROVE_REQUEST") == "ORDER_RETURN_AWAITING_BUYER_SHIP"
    acts(us, order_id, "ship_return")
    until_received(us, return_id)
    why = next(iter(_goods_reasons(us)))
    event = reviewed(return_id, "REJECT_RETURN_PACKAGE", reason_id=why)
    assert event == "ORDER_RETURN_RECEIPT_REJECTED"


def _goods_reasons(box):
    market = box.inside.world.registry.market.ways.reasons
    own = reasons(market, About.RETURN, Giver.SELLER_REJECTS_GOODS)
    return [each.name for each in own or reasons(market, About.RETURN, Giver.SELLER_REJECTS)]


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("APPROVE_REPLACEMENT", "REPLACEMENT_REQUEST_COMPLETE"),
        ("ISSUE_REPLACEMENT_REFUND", "REPLACEMENT_REQUEST_REFUND_SUCCESS"),
    ],
)
def test_a_replacement_ends_in_goods_or_in_money(us, delivered, decision, status):
    order_id = delivered()
    return_id = asked(us, order_id, "request_replacement")
    row = row_of(us, order_id)
    assert row["seller_next_action_response"][0]["deadline"] == row["create_time"] + 24 * 3600
    us.data("POST", *approve(return_id, decision))
    assert row_of(us, order_id)["return_status"] == status
    made = us.journal(kind="OrderReplaced")
    assert bool(made) is (decision == "APPROVE_REPLACEMENT")
    for each in made:
        again = us.data("GET", "/order/202309/orders", query=[("ids", each["replacement_id"])])
        (view,) = again["orders"]
        assert (view["is_replacement_order"], view["replaced_order_id"]) == (True, order_id)


def test_a_seller_gives_money_back(us, delivered):
    order_id = delivered()
    first, _ = us.order(order_id).line_items
    path = f"{BASE}/returns"
    wish = {"order_id": order_id, "return_reason": REFUND, "return_type": "REFUND"}

    def refused(**other):
        return us.refused("POST", path, wish | other)[1]

    assert refused(order_id="nope") == 25020005
    assert refused(return_reason="never_heard") == 25001014
    assert refused(return_reason="ecom_order_delivered_refund_reason_defective") == 25001015
    assert refused(return_reason="seller_package_lost_uk") == 25001020
    assert refused(return_reason="seller_shipped_refund_package_lost") == 25001021
    assert refused(refund_total="99999", currency="USD") == 25005005
    assert refused(currency="EUR") == 25001001
    assert refused(order_line_item_ids=["nope"]) == 25005011
    assert refused(skus=[{"sku_id": first.sku_id, "quantity": 9}]) == 25005011

    part = wish | {"skus": [{"sku_id": first.sku_id, "quantity": 1}]}
    query = [("idempotency_key", "k1")]
    made = us.data("POST", path, part, query=query)
    assert made["return_status"] == "RETURN_OR_REFUND_REQUEST_COMPLETE"
    assert us.data("POST", path, part, query=query) == made
    assert len(us.journal(kind="RefundPaid")) == 1
    assert row_of(us, order_id)["role"] == "SELLER"
    assert us.refused("POST", path, part)[1] == 25001010
    asked(us, order_id)
    assert refused() == 25001011
    acts(us, order_id, "withdraw_return")
    newer = "/return_refund/202602/returns"
    us.data("POST", newer, wish)
    assert us.refused("POST", path, wish)[1] == 25001051
    early = us.place_one()
    assert refused(order_id=early) == 25001003


def test_only_some_markets_let_sellers_begin_returns(open_box, us, delivered):
    order_id = delivered()
    wish = {"order_id": order_id, "return_reason": RETURN, "return_type": "RETURN_AND_REFUND"}
    made = us.data("POST", f"{BASE}/returns", wish)
    assert made["return_status"] == "AWAITING_BUYER_SHIP"
    elsewhere = open_box()
    other = elsewhere.place_one(behaviour="prompt")
    assert elsewhere.refused("POST", f"{BASE}/returns", wish | {"order_id": other})[1] == 25020005


def test_single_items_on_their_way_are_not_refunded(us):
    order_id = us.place_one(behaviour="prompt", items=TWO)
    us.until(order_id, "IN_TRANSIT")
    us.renew()
    first, _ = us.order(order_id).line_items
    wish = {
        "order_id": order_id,
        "return_reason": "seller_shipped_refund_package_lost",
        "return_type": "REFUND",
        "order_line_item_ids": [first.id],
    }
    assert us.refused("POST", f"{BASE}/returns", wish)[1] == 25005010


def test_the_stock_client_calls_every_operation(us, delivered):
    api, order_id = us.client.return_and_refund, delivered()
    api = us.client.return_and_refund
    eligible = api.get_aftersale_eligibility(order_id).data.sku_eligibility
    assert len(eligible) == 2
    by_kind = {str(row.request_type): row for row in eligible[0].line_item_eligibility}
    assert [by_kind[k].eligible for k in ("CANCEL", "REFUND", "RETURN_AND_REFUND")] == [
        False,
        True,
        True,
    ]
    assert REFUND in by_kind["REFUND"].available_reason_names
    calculate = m.CalculateRefundRequest.from_dict(
        {"order_id": order_id, "request_type": "REFUND", "reason_name": REFUND}
    )
    amount = api.calculate_refund(body=calculate).data.order_refund_amount
    assert amount.refund_total == us.order(order_id).payment.total_amount
    create = {"order_id": order_id, "return_reason": RETURN, "return_type": "RETURN_AND_REFUND"}
    made = api.create_return(body=m.CreateReturnRequest.from_dict(create)).data
    (found,) = api.search_returns().data.return_orders
    assert (found.return_id, found.return_status) == (made.return_id, "AWAITING_BUYER_SHIP")
    assert api.get_return_records(made.return_id).data.records

    label = {"tracking_number": "JT5000000999999", "return_provider_id": "6617675021119438849"}
    api.upload_return_shipping_information(
        body=m.UploadReturnShippingInformationRequest.from_dict(label), return_ids=[made.return_id]
    )
    (found,) = api.search_returns().data.return_orders
    assert found.return_method == "SELLER_SHIPPED"
    acts(us, order_id, "ship_return")
    until_received(us, made.return_id)
    api = us.client.return_and_refund
    decisions = api.get_decision_eligibility(return_or_cancel_id=made.return_id).data.decisions
    fit = {str(each.decision) for each in decisions if each.eligible}
    assert fit == {"APPROVE_RECEIVED_PACKAGE", "REJECT_RECEIVED_PACKAGE"}
    review = api.get_available_review_decisions(seller_id=1, return_or_cancel_id=made.return_id)
    assert len(review.data.line_items) == 2

    every = {
        "whitelisted_data_fields": [
            "LINE_ITEMS",
            "RETURN_MERCHANDISE_AUTHORIZATIONS",
            "SKU_RETURN_REQUESTS",
        ]
    }
    body = m.SearchAftersalesRequestsRequest.from_dict(every)
    (request,) = api.search_aftersales_requests(body=body).data.aftersales_requests
    assert request.status == "REQUEST_REVIEW_COMPLETED"
    body = m.SearchReturnMerchandiseAuthorizationsRequest.from_dict(
        {"whitelisted_data_fields": ["LINE_ITEMS", "SKU_RETURN_REQUESTS"]}
    )
    answer = api.search_return_merchandise_authorizations(body=body).data
    (rma,) = answer.return_merchandise_authorizations
    assert (rma.status, rma.aftersales_request_id) == ("PENDING_PACKAGE_REVIEW", request.id)
    lines = [{"return_line_item_id": each.return_line_item_id} for each in rma.line_items]
    wish = {
        "aftersales_request_decisions": [
            {
                "request_id": rma.id,
                "request_id_type": "RMA",
                "line_item_decisions": [{"line_items": lines, "action": "APPROVE_RETURN_PACKAGE"}],
            },
            {
                "request_id": "6037000000000000",
                "line_item_decisions": [{"line_items": lines, "action": "APPROVE_REQUEST"}],
            },
        ]
    }
    review = m.ReviewAftersalesRequestsRequest.from_dict(wish)
    (error,) = api.review_aftersales_requests(body=review).data.errors
    assert error.code == "25007006"
    assert us.order(order_id).status == "COMPLETED"


def test_a_foreign_shops_return_and_half_a_review_are_refused(open_box):
    """A review is about all of a return's lines; what is another shop's is nobody else's."""
    box = open_box(market="us", shops=2)
    order_id = box.place_one(behaviour="prompt", items=TWO)
    box.until(order_id, "DELIVERED")
    box.renew()
    return_id = asked(box, order_id)

    def reviewed(*lines):
        decision = {"line_items": list(lines), "action": "APPROVE_REQUEST"}
        wish = {"request_id": return_id, "line_item_decisions": [decision]}
        path = "/return_refund/202609/aftersales/review"
        answer = box.data("POST", path, {"aftersales_request_decisions": [wish]})
        return [each["code"] for each in answer.get("errors", [])]

    first, second = (
        {"return_line_item_id": line["return_line_item_id"]}
        for line in row_of(box, order_id)["return_line_items"]
    )
    assert reviewed(first) == ["25005011"]
    assert reviewed(first, {"return_line_item_id": "1"}) == ["25005011"]

    own, box.cipher = box.cipher, box.told["shops"][1]["cipher"]
    wish = {"order_id": order_id, "return_reason": REFUND, "return_type": "REFUND"}
    assert code(box, approve(return_id, "APPROVE_RETURN")) == 25020005
    assert code(box, reject(return_id, "REJECT_RETURN")) == 25020005
    assert box.refused("POST", f"{BASE}/returns", wish)[1] == 25020005
    assert reviewed(first, second) == ["25020005"]
    assert search(box) == []
    box.cipher = own
    assert reviewed(first, second) == []
    assert row_of(box, order_id)["return_status"] == "AWAITING_BUYER_SHIP"


def test_searches_filter_sort_and_page(us, delivered):
    order_id = delivered()
    for _ in range(10):
        asked(us, order_id, "ask_refund")
        acts(us, order_id, "withdraw_refund")
    path = f"{BASE}/returns/search"
    first = us.data("POST", path, {})
    assert (len(first["return_orders"]), first["total_count"]) == (10, 10)
    assert us.refused("POST", path, {}, query=[("page_size", "9")])[1] == 25001001
    assert not search(us, return_types=["REPLACEMENT"])
    assert len(search(us, return_status=["RETURN_OR_REFUND_REQUEST_CANCEL"])) == 10
    assert len(search(us, buyer_user_ids=[us.order(order_id).user_id])) == 10
    assert not search(us, create_time_lt=1)
    assert us.refused("POST", path, {}, query=[("page_token", "x")])[1] == 36009004


def test_every_push_parses_in_the_strict_parser(us, delivered):
    pushed = []

    def hear(_seq, at, fact):
        for push in TELLS.get(type(fact), lambda *_: ())(us.inside, fact, at):
            body = {"type": push.type, "shop_id": push.shop_id, "timestamp": at, "data": push.data}
            Webhooks.parse(json.dumps(body | {"tts_notification_id": "1"}))
            pushed.append((push.type, push.data))

    order_id = delivered()
    us.inside.world.journal.subscribe(hear)
    pushed.clear()
    first, _ = us.order(order_id).line_items
    return_id = asked(us, order_id, items=[first.id])
    us.data("POST", *approve(return_id, "APPROVE_RETURN"))
    acts(us, order_id, "ship_return")
    until_received(us, return_id)
    us.data("POST", *approve(return_id, "APPROVE_RECEIVED_PACKAGE"))

    def said(type_, key):
        return [data[key] for kind, data in pushed if kind == type_]

    assert said(64, "aftersales_request_status") == [
        "PENDING_REQUEST_REVIEW",
        "REQUEST_REVIEW_COMPLETED",
    ]
    assert said(65, "rma_status") == [
        "INIT",
        "AWAITING_BUYER_SHIPPED",
        "RETURN_IN_TRANSIT",
        "PENDING_PACKAGE_REVIEW",
        "PACKAGE_REVIEW_COMPLETED",
    ]
    assert said(67, "refund_total") == [first.sale_price]
    pushed.clear()
    replaced = asked(us, order_id, "request_replacement")
    us.data("POST", *approve(replaced, "APPROVE_REPLACEMENT"))
    assert said(12, "return_status") == [
        "REPLACEMENT_REQUEST_PENDING",
        "REPLACEMENT_REQUEST_COMPLETE",
    ]
