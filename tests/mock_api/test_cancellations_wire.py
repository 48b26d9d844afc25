"""Cancellations over the wire: both versions, the stock client, every code that a state brings."""

from dataclasses import replace

import pytest
from tiktok_shop_api.generated import models

from mock_api.settings import Limits, ServerSettings
from simulator.catalog import SHELF

OUT = "seller_cancel_reason_out_of_stock"
PACKED = "seller_reject_apply_product_has_been_packed"
BASE = "/return_refund/202309/cancellations"
NEWER = "/return_refund/202602/cancellations"
THREE = [sku.id for sku in SHELF[:3]]


FORGETFUL = Limits(ended_orders_stay_s=0, facts_in_memory=40)


@pytest.fixture
def box(open_box):
    return open_box(market="us")


def cancel(box, order_id, reason=OUT, path=BASE, **more):
    return box.data("POST", path, {"order_id": order_id, "cancel_reason": reason} | more)


def refused_to_cancel(box, order_id, reason=OUT, path=BASE, **more):
    body = {"order_id": order_id, "cancel_reason": reason} | more
    status, code = box.refused("POST", path, body)
    assert status == 200
    return code


def asked(box, **wishes):
    """An order that its buyer wants to be cancelled, and the id of that wish."""
    order_id = box.released(**wishes)
    box.control("POST", f"/buyers/{order_id}/cancel")
    (row,) = search(box, order_ids=[order_id])["cancellations"]
    return order_id, row["cancel_id"]


def search(box, query=(), path=BASE, **wanted):
    return box.data("POST", f"{path}/search", wanted, query=list(query))


def answered(box, cancel_id, word, body=None, **query):
    path = f"{BASE}/{cancel_id}/{word}"
    return box.refused("POST", path, body, query=list(query.items()))[1]


NO = {"reject_reason": PACKED, "comment": "it is packed", "images": [{"image_id": "tos/1"}]}


# What goes well.


def test_the_stock_client_cancels_searches_approves_and_rejects(box, listener):
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE", "ORDER_STATUS_CHANGE")
    api = box.client.return_and_refund
    whole, wanted, unwanted = box.released(), box.place_one(), box.place_one()
    box.advance(by="1h")
    done = api.cancel_order(body=models.CancelOrderRequest(order_id=whole, cancel_reason=OUT)).data
    assert done.cancel_status == "CANCELLATION_REQUEST_COMPLETE"
    for order_id in (wanted, unwanted):
        box.control("POST", f"/buyers/{order_id}/cancel")
    pending = models.SearchCancellationsRequest(
        cancel_status=[
            models.SearchCancellationsRequestCancelStatusItem.CANCELLATION_REQUEST_PENDING
        ]
    )
    page = api.search_cancellations(body=pending).data
    assert [each.order_id for each in page.cancellations] == [wanted, unwanted]
    first, second = page.cancellations
    listed = api.get_reject_reasons(return_or_cancel_id=second.cancel_id).data.reasons
    assert PACKED in [each.name for each in listed]

    api.approve_cancellation(first.cancel_id, idempotency_key="k")
    api.reject_cancellation(
        second.cancel_id, body=models.RejectCancellationRequest(reject_reason=listed[0].name)
    )

    box.advance(by="1s")
    assert box.order(wanted).status == "CANCELLED"
    assert box.order(unwanted).status == "AWAITING_SHIPMENT"
    heard = [each["data"] for each in listener.news if each["type"] == 11]
    moves = {
        order_id: [
            (each["cancellations_role"], each["cancel_status"].removeprefix("CANCELLATION_"))
            for each in heard
            if each["order_id"] == order_id
        ]
        for order_id in (whole, wanted, unwanted)
    }
    pending, success, complete, cancelled = (
        f"REQUEST_{end}" for end in ("PENDING", "SUCCESS", "COMPLETE", "CANCELLED")
    )
    assert moves == {
        whole: [("SELLER", success), ("SELLER", complete)],
        wanted: [("BUYER", pending), ("BUYER", success), ("BUYER", complete)],
        unwanted: [("BUYER", pending), ("BUYER", cancelled)],
    }
    assert listener.statuses(wanted)[-1] == "CANCEL"


@pytest.mark.parametrize("version", ["202309", "202602"])
def test_a_request_has_every_field_and_its_amounts_add_up(open_box, version):
    box = open_box(market="us")
    order_id = box.released(items=THREE)
    box.control("POST", f"/buyers/{order_id}/cancel")
    order = box.order(order_id)
    (row,) = search(box, path=BASE if version == "202309" else NEWER)["cancellations"]

    lines = row.pop("cancel_line_items")
    assert row == {
        "cancel_id": row["cancel_id"],
        "order_id": order_id,
        "cancel_type": "BUYER_CANCEL",
        "cancel_status": "CANCELLATION_REQUEST_PENDING",
        "role": "BUYER",
        "cancel_reason": "ecom_order_to_ship_canceled_reason_no_longer_needed",
        "cancel_reason_text": "No longer needed",
        "create_time": box.now,
        "update_time": box.now,
        "seller_next_action_response": [
            {"action": "SELLER_RESPOND_CANCEL", "deadline": box.now + 48 * 3600}
        ],
        "refund_amount": {
            "currency": "USD",
            "refund_total": order.payment.total_amount,
            "refund_subtotal": order.payment.sub_total,
            "refund_shipping_fee": order.payment.shipping_fee,
            "refund_tax": "0.00",
        },
    } | ({"should_replenish_stock": True} if version == "202602" else {})
    assert [line["order_line_item_id"] for line in lines] == [each.id for each in order.line_items]
    totals = [int(line["refund_amount"]["refund_total"].replace(".", "")) for line in lines]
    assert sum(totals) == int(order.payment.total_amount.replace(".", ""))
    assert set(lines[0]) == {
        "cancel_line_item_id",
        "order_line_item_id",
        "sku_id",
        "sku_name",
        "product_image",
        "product_name",
        "seller_sku",
        "refund_amount",
    }
    assert order.is_buyer_request_cancel
    assert order.request_cancel_time == box.now


def test_single_items_are_cancelled_by_line_by_sku_and_by_the_newer_list(box):
    order_id = box.released(items=[*THREE, THREE[0]])
    lines = [each.id for each in box.order(order_id).line_items]

    cancel(box, order_id, order_line_item_ids=[lines[1]])
    cancel(box, order_id, skus=[{"sku_id": THREE[0], "quantity": 1}])
    cancel(box, order_id, path=NEWER, order_line_list=[{"order_line_item_id": lines[2]}])

    order = box.order(order_id)
    assert order.status == "AWAITING_SHIPMENT"
    shown = {each.id: (each.display_status, each.cancel_user) for each in order.line_items}
    assert [shown[each][0] for each in lines] == [*["CANCELLED"] * 3, "AWAITING_SHIPMENT"]
    assert {shown[each][1] for each in lines[:3]} == {"SELLER"}
    found = search(box, order_ids=[order_id])["cancellations"]
    assert [len(each["cancel_line_items"]) for each in found] == [1, 1, 1]
    assert {each["refund_amount"]["refund_shipping_fee"] for each in found} == {"0.00"}

    cancel(box, order_id)
    assert box.order(order_id).status == "CANCELLED"
    last = search(box, order_ids=[order_id])["cancellations"][-1]
    assert last["refund_amount"]["refund_shipping_fee"] == order.payment.shipping_fee
    assert not search(box, path=NEWER)["cancellations"][-1]["should_replenish_stock"]


def test_searching_filters_sorts_and_pages(box):
    ids = [asked(box) for _ in range(3)]
    orders, cancel_ids = zip(*ids, strict=True)
    answered(box, cancel_ids[0], "approve")
    answered(box, cancel_ids[1], "reject", NO)
    cancel(box, box.released())

    def found(query=(), **wanted):
        page = search(box, query, **wanted)
        rows = page.get("cancellations", [])
        assert page["total_count"] >= len(rows)
        return [each["cancel_id"] for each in rows]

    everything = found()
    assert everything[:3] == list(cancel_ids)
    assert found([("sort_order", "DESC")]) == everything[::-1]
    assert found(cancel_ids=[cancel_ids[2]]) == [cancel_ids[2]]
    assert found(order_ids=list(orders[:2])) == list(cancel_ids[:2])
    assert found(cancel_types=["CANCEL"]) == everything[3:]
    assert found(cancel_status=["CANCELLATION_REQUEST_CANCEL"]) == [cancel_ids[1]]
    both = ["CANCELLATION_REQUEST_PENDING", "CANCELLATION_REQUEST_CANCEL"]
    assert found(cancel_status=both) == [cancel_ids[1], cancel_ids[2]]
    buyer = box.order(orders[1]).user_id
    assert found(buyer_user_ids=[buyer]) == [cancel_ids[1]]
    created = search(box, cancel_ids=[cancel_ids[1]])["cancellations"][0]["create_time"]
    assert found(create_time_ge=created, create_time_lt=created + 1) == [cancel_ids[1]]
    assert found(update_time_lt=0) == []
    by_update = found([("sort_field", "update_time")])
    assert sorted(by_update) == sorted(everything)

    page = search(box, [("page_size", "3")])
    assert (len(page["cancellations"]), page["total_count"]) == (3, 4)
    rest = search(box, [("page_size", "3"), ("page_token", page["next_page_token"])])
    assert [each["cancel_id"] for each in rest["cancellations"]] == everything[3:]
    (closed,) = search(box, cancel_ids=[cancel_ids[1]])["cancellations"]
    assert closed["cancel_status"] == "CANCELLATION_REQUEST_CANCELLED"
    (newer,) = search(box, path=NEWER, cancel_ids=[cancel_ids[1]])["cancellations"]
    assert newer["cancel_status"] == "CANCELLATION_REQUEST_CANCEL"


def test_the_platforms_own_cancellations_are_listed_and_told(box, listener):
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE")
    unpaid = box.place_one(paid=False)
    box.advance(by="25h")
    (row,) = search(box, order_ids=[unpaid])["cancellations"]

    assert (row["role"], row["cancel_type"]) == ("SYSTEM", "CANCEL")
    assert row["cancel_reason"] == "system_cancel_unpaid_time_out"
    assert row["refund_amount"]["refund_total"] == "0.00"
    assert [each["data"]["cancellations_role"] for each in listener.news] == ["SYSTEM"]


def test_whether_they_are_told_is_a_setting(box, listener):
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE")
    registry = box.inside.world.registry
    silent = replace(registry.market.ways, tells_own_cancellations=False)
    registry.market = replace(registry.market, ways=silent)
    box.place_one(paid=False)
    box.advance(by="25h")

    assert listener.news == []


def test_an_answer_is_given_again_for_its_idempotency_key(box):
    _, cancel_id = asked(box)

    assert answered(box, cancel_id, "approve", idempotency_key="once") == 0
    assert answered(box, cancel_id, "approve", idempotency_key="once") == 0
    assert answered(box, cancel_id, "approve", idempotency_key="twice") == 25011012


def test_an_order_that_has_left_memory_still_has_its_cancellation(open_box, serve):
    forgetful = serve(ServerSettings(default_sandbox=False, limits=FORGETFUL))
    box = open_box(forgetful, market="us")
    order_id = box.released()
    cancel_id = cancel(box, order_id)["cancel_id"]
    box.advance(by="9d")
    box.renew()

    assert order_id not in box.inside.world.registry.orders
    (row,) = search(box, cancel_ids=[cancel_id])["cancellations"]
    assert row["order_id"] == order_id
    assert answered(box, cancel_id, "approve") == 25020004


@pytest.mark.parametrize(
    ("market", "name"),
    [("us", PACKED), ("uk", PACKED), ("sea", PACKED)],
)
def test_reject_reasons_are_the_markets(open_box, market, name):
    box = open_box(market=market)
    _, cancel_id = asked(box)
    listed = box.data(
        "GET", "/return_refund/202309/reject_reasons", query=[("return_or_cancel_id", cancel_id)]
    )["reasons"]

    assert name in [each["name"] for each in listed]
    no = {"reject_reason": listed[-1]["name"], "images": [{"image_id": "tos/1", "width": 9}]}
    assert answered(box, cancel_id, "reject", no) == 0
    (told,) = box.journal(kind="CancellationTurnedDown")
    assert (told["reason"], told["images"]) == (listed[-1]["name"], ["tos/1"])


def test_returns_have_reject_reasons_of_their_own(box):
    order_id = box.shipped()
    box.until(order_id, "DELIVERED")
    box.renew()
    box.control("POST", f"/buyers/{order_id}/request_return")
    (of_it,) = box.inside.world.registry.returns.of(order_id)
    listed = box.data(
        "GET", "/return_refund/202309/reject_reasons", query=[("return_or_cancel_id", of_it.id)]
    )["reasons"]

    names = [each["name"] for each in listed]
    assert names
    assert PACKED not in names
    assert "reverse_reject_request_reason_1" not in names, "offline in the US since October 2024"


def test_sellers_cancel_by_hand(box):
    order_id = box.released(items=THREE)
    lines = [each.id for each in box.order(order_id).line_items]
    told = box.control("POST", f"/sellers/{order_id}/cancel", {"item_ids": lines[:1]})
    assert told["status"] == "AWAITING_SHIPMENT"
    assert box.order(order_id).line_items[0].cancel_reason == OUT

    told = box.control("POST", f"/sellers/{order_id}/cancel")
    assert told["status"] == "CANCELLED"


def test_a_parcel_that_is_emptied_is_found_no_more(open_box):
    box = open_box(market="uk")
    order_id = box.released(items=THREE, parcels=3)
    search_packages = ("POST", "/fulfillment/202309/packages/search", {})
    found = box.data(*search_packages, query=[("page_size", "50")])["packages"]
    line = box.inside.world.registry.parcels[found[0]["id"]].item_ids[0]
    cancel(box, order_id, f"{OUT}_uk", order_line_item_ids=[line])

    left = box.data(*search_packages, query=[("page_size", "50")])["packages"]
    assert {each["id"] for each in left} == {each["id"] for each in found[1:]}


# What is refused, by the state that brings it.


def test_orders_that_cannot_be_cancelled(box, open_box):
    unpaid, gone, sent = box.place_one(paid=False), box.released(), box.shipped()
    refunded = box.shipped()
    cancel(box, gone)
    box.control("POST", f"/buyers/{refunded}/ask_refund")
    wanted, _ = asked(box)

    assert refused_to_cancel(box, unpaid) == 25001021
    assert refused_to_cancel(box, gone) == 25001011
    assert refused_to_cancel(box, wanted) == 25001011
    assert refused_to_cancel(box, refunded) == 25001011
    assert refused_to_cancel(box, "576400000009000000") == 25020005
    box.until(sent, "IN_TRANSIT")
    assert refused_to_cancel(box, sent) == 25001045
    box.until(sent, "DELIVERED")
    box.control("POST", f"/buyers/{sent}/confirm")
    box.renew()
    assert refused_to_cancel(box, sent) == 25001051

    british = open_box(market="uk")
    assert refused_to_cancel(british, british.shipped(), OUT + "_uk") == 25001045


def test_reasons_that_do_not_fit(box, open_box):
    order_id = box.released()

    assert refused_to_cancel(box, order_id, "because") == 25001014
    assert refused_to_cancel(box, order_id, OUT + "_uk") == 25001014
    buyers = "ecom_order_to_ship_canceled_reason_better_price"
    assert refused_to_cancel(box, order_id, buyers) == 25001015
    assert refused_to_cancel(box, order_id, "system_cancel_unpaid_time_out") == 25001015
    unpaid = "seller_cancel_unpaid_reason_out_of_stock"
    assert refused_to_cancel(box, order_id, unpaid) == 25001021
    vietnamese = open_box(market="sea")
    undeliverable = "seller_cancel_paid_reason_address_not_deliver"
    assert refused_to_cancel(vietnamese, vietnamese.released(), undeliverable) == 25001020
    cancel(box, order_id, undeliverable)


def test_items_that_cannot_be_cancelled_singly(box, open_box):
    order_id = box.released(items=THREE)
    lines = [each.id for each in box.order(order_id).line_items]
    cancel(box, order_id, order_line_item_ids=lines[:1])

    def code(reason=OUT, path=BASE, **which):
        return refused_to_cancel(box, order_id, reason, path, **which)

    assert code("seller_cancel_reason_wrong_price", order_line_item_ids=lines[1:2]) == 25005010
    assert code(order_line_item_ids=lines[:2]) == 25005011
    assert code(order_line_item_ids=["577000000009000000"]) == 25005011
    assert code(skus=[{"sku_id": THREE[1], "quantity": 2}]) == 25005011
    sub = [{"order_line_item_id": lines[1], "sub_order_line_item_id": "1"}]
    assert code(path=NEWER, order_line_list=sub) == 25005011
    vietnamese = open_box(market="sea")
    other = vietnamese.released(items=THREE)
    line = vietnamese.order(other).line_items[0].id
    assert refused_to_cancel(vietnamese, other, order_line_item_ids=[line]) == 25005010


def test_requests_that_cannot_be_approved(box):
    withdrawn_order, withdrawn = asked(box)
    _, rejected = asked(box)
    _, approved = asked(box)
    over_order, over = asked(box)
    box.control("POST", f"/buyers/{withdrawn_order}/withdraw_cancellation")
    answered(box, rejected, "reject", NO)
    answered(box, approved, "approve")
    answered(box, over, "reject", NO)
    own = cancel(box, over_order)["cancel_id"]

    assert answered(box, withdrawn, "approve") == 25020009
    assert answered(box, rejected, "approve") == 25020003
    assert answered(box, approved, "approve") == 25011012
    assert answered(box, over, "approve") == 25001003
    assert answered(box, own, "approve") == 25020004
    assert answered(box, "403500000009000000", "approve") == 25007006

    assert answered(box, withdrawn, "reject", NO) == 25011011
    assert answered(box, rejected, "reject", NO) == 25020003
    assert answered(box, approved, "reject", NO) == 25020010
    assert answered(box, over, "reject", NO) == 25001003
    assert answered(box, own, "reject", NO) == 25020004
    assert answered(box, "403500000009000000", "reject", NO) == 25007006


def test_a_request_that_shipping_overtook_is_answered_no_more(box, listener):
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE", "ORDER_STATUS_CHANGE")
    order_id, cancel_id = asked(box)
    box.data("POST", "/fulfillment/202309/packages", {"order_id": order_id})
    box.advance(by="1s")

    told = [each["data"] for each in listener.news if each["type"] == 11]
    assert [each["cancel_status"] for each in told] == [
        "CANCELLATION_REQUEST_PENDING",
        "CANCELLATION_REQUEST_CANCELLED",
    ]
    assert listener.statuses(order_id)[-1] == "AWAITING_COLLECTION"
    assert answered(box, cancel_id, "approve") == 25001045
    assert answered(box, cancel_id, "reject", NO) == 25011011


def test_an_order_whose_unshipped_items_are_cancelled_awaits_its_carrier(box, listener):
    box.subscribe(listener.url, "ORDER_STATUS_CHANGE")
    order_id = box.released(items=THREE)
    first, *others = [item.id for item in box.order(order_id).line_items]
    body = {"order_id": order_id, "order_line_item_ids": [first]}
    box.data("POST", "/fulfillment/202309/packages", body)
    assert box.order(order_id).status == "PARTIALLY_SHIPPING"

    assert refused_to_cancel(box, order_id, order_line_item_ids=[first]) == 25001045
    cancel(box, order_id, order_line_item_ids=others[:1])
    assert box.order(order_id).status == "PARTIALLY_SHIPPING"
    cancel(box, order_id, order_line_item_ids=others[1:])
    seen = box.order(order_id)
    assert (seen.status, seen.rts_time) == ("AWAITING_COLLECTION", box.now)
    assert [item.display_status for item in seen.line_items] == [
        "AWAITING_COLLECTION",
        "CANCELLED",
        "CANCELLED",
    ]
    box.until(order_id, "DELIVERED")
    assert listener.statuses(order_id)[-3:] == ["AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED"]


@pytest.mark.parametrize("market", ["sea", "eu"])
def test_without_a_hold_the_buyers_hour_runs_while_the_order_awaits_shipment(open_box, market):
    box = open_box(market=market)
    early, late, sent = (box.place_one(items=THREE, parcels=2) for _ in range(3))
    assert box.order(early).status == "AWAITING_SHIPMENT"
    box.advance(by="3599s")
    box.data("POST", f"/fulfillment/202309/packages/{box.package_of(sent)}/ship", {})
    for order_id in (early, sent):
        box.control("POST", f"/buyers/{order_id}/cancel")
    box.advance(by="1s")
    box.control("POST", f"/buyers/{late}/cancel")

    (at_once,), (asks,), (waits,) = (
        search(box, order_ids=[each])["cancellations"] for each in (early, late, sent)
    )
    assert box.order(early).status == "CANCELLED"
    assert (at_once["cancel_type"], at_once["cancel_status"]) == (
        "CANCEL",
        "CANCELLATION_REQUEST_COMPLETE",
    )
    for row in (asks, waits):
        assert (row["cancel_type"], row["cancel_status"]) == (
            "BUYER_CANCEL",
            "CANCELLATION_REQUEST_PENDING",
        )


def test_reasons_that_turn_nothing_down(box):
    _, cancel_id = asked(box)

    def code(reason):
        return answered(box, cancel_id, "reject", {"reject_reason": reason})

    assert code("because") == 25001014
    assert code("ecom_order_to_ship_canceled_reason_better_price") == 25001016
    of_returns = "ecom_order_delivered_refund_and_return_reason_no_need"
    assert code(of_returns) == 25001057
    assert search(box)["cancellations"][0]["cancel_status"] == "CANCELLATION_REQUEST_PENDING"


def test_another_shops_cancellation_is_no_business_of_this_one(open_box):
    box = open_box(market="us", shops=2)
    order_id, cancel_id = asked(box)
    box.cipher = box.told["shops"][1]["cipher"]

    assert answered(box, cancel_id, "approve") == 25020005
    assert answered(box, cancel_id, "reject", NO) == 25020005
    assert refused_to_cancel(box, order_id) == 25020005
    assert search(box)["total_count"] == 0
    query = [("return_or_cancel_id", cancel_id)]
    path = "/return_refund/202309/reject_reasons"
    assert box.refused("GET", path, query=query) == (200, 25020005)
    assert box.refused("GET", path, query=[("return_or_cancel_id", "1")]) == (200, 25007006)


@pytest.mark.parametrize(
    ("path", "query", "body"),
    [
        (BASE, [], {"order_id": "1"}),
        (BASE, [], {"order_id": "1", "cancel_reason": OUT, "skus": [{"sku_id": "1"}]}),
        (
            NEWER,
            [],
            {
                "order_id": "1",
                "cancel_reason": OUT,
                "order_line_item_ids": ["1"],
                "order_line_list": [{"order_line_item_id": "1"}],
            },
        ),
        (f"{BASE}/search", [("page_size", "51")], {}),
        (f"{BASE}/search", [("page_size", "ten")], {}),
        (f"{BASE}/search", [], {"cancel_status": ["CANCELLATION_REQUEST_CANCELLED"]}),
        (f"{NEWER}/search", [("sort_field", "paid_time")], {}),
        (f"{BASE}/1/approve", [("idempotency_key", "k" * 256)], None),
        (f"{BASE}/1/reject", [], {}),
    ],
)
def test_bad_parameters_have_the_groups_own_code(box, path, query, body):
    assert box.refused("POST", path, body, query=query) == (200, 25001001)


@pytest.mark.parametrize(
    "path", ["cancellations", "cancellations/search", "cancellations/1/reject"]
)
def test_an_unknown_version_is_said_to_be_one(box, path):
    assert box.refused("POST", f"/return_refund/202101/{path}", {}) == (400, 36009014)
