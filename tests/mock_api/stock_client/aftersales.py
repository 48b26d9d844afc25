"""Cancellations, returns and refunds, as the stock client asks for them."""

from tiktok_shop_api.generated.models import SearchReturnsSortField

from tests.mock_api.stock_client.operations import Table

AFTERSALES = Table()
REFUND = "ecom_order_delivered_refund_reason_damaged_seller"
RETURN = "seller_ecom_delivered_return_refund_reason1"
NO_RETURN = "reverse_reject_request_reason_4"
JT = "6617675021119438849"


# Cancellations.


def _asked_to_cancel(box):
    order_id = box.released()
    box.control("POST", f"/buyers/{order_id}/cancel")
    body = {"order_ids": [order_id]}
    found = box.data("POST", "/return_refund/202309/cancellations/search", body)
    return order_id, found["cancellations"][0]["cancel_id"]


@AFTERSALES.calls("cancelOrder")
def _(box, call):
    body = {"cancel_reason": "seller_cancel_reason_out_of_stock", "order_id": box.released()}
    assert call(body=body).cancel_status == "CANCELLATION_REQUEST_COMPLETE"


@AFTERSALES.calls("searchCancellations")
def _(box, call):
    order_id, cancel_id = _asked_to_cancel(box)
    page = call(body={"order_ids": [order_id]})
    assert [each.cancel_id for each in page.cancellations] == [cancel_id]
    assert call(page_size="50").total_count > 1


@AFTERSALES.calls("approveCancellation")
def _(box, call):
    order_id, cancel_id = _asked_to_cancel(box)
    call(cancel_id, idempotency_key="approve")
    assert box.order(order_id).status == "CANCELLED"


@AFTERSALES.calls("rejectCancellation")
def _(box, call):
    order_id, cancel_id = _asked_to_cancel(box)
    listed = box.client.return_and_refund.get_reject_reasons(return_or_cancel_id=cancel_id).data
    call(cancel_id, body={"reject_reason": listed.reasons[0].name})
    assert box.order(order_id).status == "AWAITING_SHIPMENT"


@AFTERSALES.calls("getRejectReasons", at="us")
def _(box, call):
    assert call(return_or_cancel_id=_asked(box)[1]).reasons


# Returns.


def _asked(box, action="request_return"):
    """A delivered order whose buyer wants to send it back: its id, and the request's."""
    order_id = box.delivered()
    box.control("POST", f"/buyers/{order_id}/{action}", {})
    body = {"order_ids": [order_id]}
    found = box.data("POST", "/return_refund/202309/returns/search", body)
    return order_id, found["return_orders"][0]["return_id"]


def _approve(box, return_id):
    path = f"/return_refund/202309/returns/{return_id}/approve"
    box.data("POST", path, {"decision": "APPROVE_RETURN"})


@AFTERSALES.calls("searchReturns", at="us")
def _(box, call):
    order_id, return_id = _asked(box)
    (row,) = call(body={"order_ids": [order_id]}).return_orders
    assert (row.return_id, row.return_status) == (return_id, "RETURN_OR_REFUND_REQUEST_PENDING")
    every = call(page_size="50", sort_field=SearchReturnsSortField("create_time")).return_orders
    assert len({each.return_status for each in every}) > 1


@AFTERSALES.calls("approveReturn", at="us")
def _(box, call):
    order_id, return_id = _asked(box, "ask_refund")
    call(return_id, body={"decision": "APPROVE_REFUND"}, idempotency_key="approved")
    assert box.order(order_id).status == "COMPLETED"


@AFTERSALES.calls("rejectReturn", at="us")
def _(box, call):
    _, return_id = _asked(box)
    call(return_id, body={"decision": "REJECT_RETURN", "reject_reason": NO_RETURN})


@AFTERSALES.calls("getReturnRecords", at="us")
def _(box, call):
    _, return_id = _asked(box)
    _approve(box, return_id)
    assert [each.role for each in call(return_id).records] == ["BUYER", "SELLER"]


@AFTERSALES.calls("uploadReturnShippingInformation", at="us")
def _(box, call):
    body = {"order_id": box.delivered(), "return_reason": RETURN}
    path = "/return_refund/202602/returns"
    made = box.data("POST", path, body | {"return_type": "RETURN_AND_REFUND"})
    label = {"tracking_number": "JT5000000999999", "return_provider_id": JT}
    call(body=label, return_ids=[made["return_id"]])


@AFTERSALES.calls("getDecisionEligibility", at="us")
def _(box, call):
    decisions = call(return_or_cancel_id=_asked(box)[1]).decisions
    assert "APPROVE_RETURN" in {each.decision for each in decisions if each.eligible}


@AFTERSALES.calls("getAvailableReviewDecisions", at="us")
def _(box, call):
    assert call(seller_id=1, return_or_cancel_id=_asked(box)[1]).line_items


@AFTERSALES.calls("getAftersaleEligibility", at="us")
def _(box, call):
    (row, *_others) = call(box.delivered()).sku_eligibility
    kinds = {each.request_type: each.eligible for each in row.line_item_eligibility}
    assert (kinds["CANCEL"], kinds["REFUND"]) == (False, True)


@AFTERSALES.calls("calculateRefund", at="us")
def _(box, call):
    order_id = box.delivered()
    wish = {"order_id": order_id, "request_type": "REFUND", "reason_name": REFUND}
    total = call(body=wish).order_refund_amount.refund_total
    assert total == box.order(order_id).payment.total_amount


@AFTERSALES.calls("createReturn", at="us")
def _(box, call):
    wish = {"order_id": box.delivered(), "return_reason": REFUND, "return_type": "REFUND"}
    made = call(body=wish, idempotency_key="created")
    assert made.return_status == "RETURN_OR_REFUND_REQUEST_COMPLETE"


EVERYTHING = {
    "whitelisted_data_fields": [
        "LINE_ITEMS",
        "RETURN_MERCHANDISE_AUTHORIZATIONS",
        "SKU_RETURN_REQUESTS",
    ]
}


@AFTERSALES.calls("searchAftersalesRequests", at="us")
def _(box, call):
    _asked(box)
    assert call(body=EVERYTHING).aftersales_requests


@AFTERSALES.calls("searchReturnMerchandiseAuthorizations", at="us")
def _(box, call):
    _, return_id = _asked(box)
    _approve(box, return_id)
    body = {"whitelisted_data_fields": ["LINE_ITEMS", "SKU_RETURN_REQUESTS"]}
    assert call(body=body).return_merchandise_authorizations


@AFTERSALES.calls("reviewAftersalesRequests", at="us")
def _(box, call):
    order_id, return_id = _asked(box)
    lines = box.data("POST", "/return_refund/202602/returns/search", {"return_ids": [return_id]})[
        "return_orders"
    ][0]["return_line_items"]
    line_items = [{"return_line_item_id": each["return_line_item_id"]} for each in lines]
    asked = {"filters": {"main_order_ids": [order_id]}}
    found = box.data("POST", "/return_refund/202603/aftersales/search", asked)
    (request_id,) = [each["id"] for each in found["aftersales_requests"]]
    decisions = [{"line_items": line_items, "action": "APPROVE_REQUEST"}]
    rows = [
        {"request_id": each, "line_item_decisions": decisions}
        for each in (request_id, "6037000000000000")
    ]
    told = call(body={"aftersales_request_decisions": rows})
    assert [each.code for each in told.errors] == ["25007006"]
