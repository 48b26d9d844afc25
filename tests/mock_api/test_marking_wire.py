"""Seller shipping over the wire: booking, marking, numbers right and wrong."""

import pytest
from tiktok_shop_api.generated.models import (
    ConfirmOrderSplitRequestSplittableGroupsV2OrderLineList as OrderLine,
)
from tiktok_shop_api.generated.models import MarkPackageAsShippedRequest, ShippingInfoList
from tiktok_shop_api.generated.types import UNSET

UPS, FEDEX, JT = "7117858858072016686", "7129720299146184490", "6617675021119438849"
NUMBER = "1Z999AA10123456784"


@pytest.fixture
def order(box):
    return box.released(shipping="seller")


@pytest.fixture
def mark(box):
    """Mark an order as shipped by the stock client, which speaks version 202610."""

    def marking(order, number=NUMBER, provider=UPS, items=()):
        body = MarkPackageAsShippedRequest(
            shipping_info_list=[
                ShippingInfoList(tracking_number=number, shipping_provider_id=provider)
            ],
            order_line_list=[OrderLine(order_line_id=item) for item in items] or UNSET,
        )
        return box.client.fulfillment.mark_package_as_shipped(order, body=body).data

    return marking


def test_a_marked_order_is_collected_travels_and_is_delivered(box, mark, order):
    package = box.package_of(order)
    told = mark(order)

    assert (told.order_id, told.package_id) == (order, package)
    assert told.order_line_item_ids == [item.id for item in box.order(order).line_items]
    marked = box.order(order)
    assert (marked.status, marked.tracking_number) == ("AWAITING_COLLECTION", NUMBER)
    assert (marked.shipping_provider, marked.shipping_provider_id) == ("UPS", UPS)
    assert marked.rts_time == box.now
    assert box.until(order, "IN_TRANSIT")
    assert box.until(order, "DELIVERED")
    assert box.client.fulfillment.get_order_tracking(order).data.tracking[0].update_time_millis


def test_the_older_version_marks_as_well(box, order):
    body = {"tracking_number": NUMBER, "shipping_provider_id": UPS}
    told = box.data("POST", f"/fulfillment/202309/orders/{order}/packages", body)

    assert told["order_id"] == order
    assert box.until(order, "DELIVERED")


def test_the_newer_version_takes_the_older_fields(box, order):
    body = {"tracking_number": NUMBER, "shipping_provider_id": UPS}
    told = box.data("POST", f"/fulfillment/202610/orders/{order}/packages", body)
    assert told["package_id"] == box.package_of(order)


def test_a_booked_label_is_marked_with_its_number(box, mark, order):
    told = box.control("POST", "/carriers/fedex/book", {"order_id": order})
    assert told["carrier"] == "fedex"
    box.advance(by="2h")
    assert [fact["scan"] for fact in box.journal(kind="ParcelScanned")] == ["picked_up"]
    assert box.order(order).status == "AWAITING_SHIPMENT"
    assert box.data("GET", f"/fulfillment/202309/orders/{order}/tracking") == {}
    mark(order, told["tracking_number"], FEDEX)

    assert box.order(order).status == "IN_TRANSIT"
    assert box.client.fulfillment.get_order_tracking(order).data.tracking
    assert box.until(order, "DELIVERED")


def test_a_wrong_number_shows_no_scan_and_is_found_out(box, mark, order):
    box.control("POST", "/carriers/ups/book", {"order_id": order})
    mark(order, "1Z0000000000000000")
    box.advance(by="3d")

    assert box.order(order).status == "AWAITING_COLLECTION"
    assert box.data("GET", f"/fulfillment/202309/orders/{order}/tracking") == {}
    anomalies = [fact["anomaly"] for fact in box.journal(kind="TrackingAnomaly")]
    assert anomalies == ["unknown_number"]
    box.advance(by="2d")
    breaches = {fact["rule"]: fact for fact in box.journal(kind="RuleBreached")}
    assert breaches["D5"]["liable"] == "seller"
    assert breaches["D5"]["cause"] == "number_without_scan"


def test_a_number_of_another_order_is_a_duplicate(box, mark, order, refused_with):
    other = box.released(shipping="seller")
    mark(other)
    before = box.mark()
    with refused_with(21011025):
        mark(order)
    assert box.mark() == before


def test_an_unknown_provider_is_refused(mark, order, refused_with):
    with refused_with(21011022):
        mark(order, provider="999")


@pytest.mark.parametrize("number", ["12 34567", "12345é", "1Z<script>", "号码12345", "#12345"])
def test_special_characters_in_a_number_are_refused(mark, order, refused_with, number):
    with refused_with(21004012):
        mark(order, number)


@pytest.mark.parametrize("number", ["", "1", "1234", "A" * 51, "A" * 100])
def test_a_number_too_short_or_too_long_is_invalid(box, order, number):
    body = {"tracking_number": number, "shipping_provider_id": UPS}
    path = f"/fulfillment/202309/orders/{order}/packages"
    status, code = box.refused("POST", path, body)
    assert (status, code) == (200, 21004012 if not number else 21011022)


def test_a_number_of_five_thousand_characters_is_refused(box, order):
    body = {"tracking_number": "A" * 5000, "shipping_provider_id": UPS}
    path = f"/fulfillment/202309/orders/{order}/packages"
    assert box.refused("POST", path, body) == (200, 21001001)


def test_a_number_of_another_carrier_is_a_mismatch(box, mark, order, refused_with):
    told = box.control("POST", "/carriers/fedex/book", {"order_id": order})
    with refused_with(21004015):
        mark(order, told["tracking_number"], UPS)


def test_an_order_is_marked_as_a_whole_or_in_part(box, mark, refused_with):
    sku = box.order(box.place_one()).line_items[0].sku_id
    whole, parted = (box.released(shipping="seller", items=[sku, sku]) for _ in "12")
    items = [item.id for item in box.order(whole).line_items]
    parts = [item.id for item in box.order(parted).line_items]

    with refused_with(21011029):
        mark(whole, items=["5770"])
    assert mark(whole, items=items).order_line_item_ids == items
    assert mark(parted, "1Z777", items=parts[:1]).order_line_item_ids == parts[:1]
    assert box.order(parted).status == "PARTIALLY_SHIPPING"
    assert mark(parted, "1Z778").order_line_item_ids == parts[1:]
    assert box.order(parted).status == "AWAITING_COLLECTION"


def test_two_numbers_would_split_the_order(box, order):
    shipments = [{"tracking_number": f"{NUMBER}{n}", "shipping_provider_id": UPS} for n in "12"]
    path = f"/fulfillment/202610/orders/{order}/packages"
    assert box.refused("POST", path, {"shipping_info_list": shipments}) == (200, 21011035)


@pytest.mark.parametrize("body", [{}, {"shipping_info_list": []}, {"tracking_number": NUMBER}])
def test_without_a_number_nothing_is_marked(box, order, body):
    path = f"/fulfillment/202610/orders/{order}/packages"
    assert box.refused("POST", path, body) == (200, 21011022)


def test_an_order_on_hold_is_not_marked(box, mark, refused_with):
    order = box.place_one(shipping="seller")
    with refused_with(21011044):
        mark(order)


def test_an_unpaid_order_is_not_marked(box, mark, refused_with):
    order = box.place_one(shipping="seller", paid=False)
    with refused_with(21042057):
        mark(order)


def test_an_order_with_a_pending_cancellation_is_not_marked(box, mark, order, refused_with):
    box.control("POST", f"/buyers/{order}/cancel")
    with refused_with(21011007):
        mark(order)


def test_an_order_is_marked_once(mark, order, refused_with):
    mark(order)
    with refused_with(21011020):
        mark(order, "1Z999AA10123456785")


def test_a_cancelled_order_is_not_marked(box, mark, order, refused_with):
    box.control("POST", f"/buyers/{order}/cancel")
    box.until(order, "CANCELLED")
    with refused_with(21042057):
        mark(order)


def test_a_platform_order_is_not_marked(box, mark, refused_with):
    order = box.released()
    with refused_with(21011004):
        mark(order)


def test_an_unknown_order_is_not_marked(mark, refused_with):
    with refused_with(21011029):
        mark("5764")


def test_a_marked_order_leaves_from_a_city_without_pickup_too(box):
    """The platform's own carrier comes to no door in Yiwu, and is no provider of sellers either."""
    order = box.released(shipping="seller", city="Yiwu")
    before = box.mark()
    answer = box.call(
        "POST",
        f"/fulfillment/202309/orders/{order}/packages",
        {"tracking_number": NUMBER, "shipping_provider_id": JT},
    )

    assert answer.status_code == 200, answer.text
    if answer.json()["code"]:
        assert box.mark() == before
    else:
        assert box.until(order, "DELIVERED")
