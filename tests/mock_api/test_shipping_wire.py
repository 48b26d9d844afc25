"""What ships what, market by market: created packages, parts of orders, numbers put right."""

import pytest
from tiktok_shop_api.generated.models import (
    CreatePackagesRequest,
    CreatePackagesRequestOrderLineItem,
    GetEligibleShippingServicesRequest,
    GetEligibleShippingServicesRequestWeight,
    ShippingInfoList,
    UpdateOrderShippingInfoRequest,
    UpdatePackageShippingInfoRequest,
)

UPS, FEDEX, JT = "7117858858072016686", "7129720299146184490", "6617675021119438849"
TWO = ["172900004000031676", "172900005000039595"]
CREATE = "/fulfillment/202309/packages"
SHIP = "/fulfillment/202309/packages/{}/ship"
MARK = "/fulfillment/202309/orders/{}/packages"
SERVICES = "/fulfillment/202309/orders/{}/shipping_services/query"
UPDATE = "/fulfillment/202309/packages/{}/shipping_info/update"
UPDATE_ORDER = "/fulfillment/202309/orders/{}/shipping_info/update"
VALIDATE = "/fulfillment/202508/tts_tracking_validation"


@pytest.fixture
def us(open_box):
    return open_box(market="us")


@pytest.fixture
def marked(box):
    """A marked order, with its package."""

    def marking(number="1Z1234500", on=box, **wishes):
        order_id = on.released(shipping="seller", **wishes)
        told = on.data("POST", MARK.format(order_id), numbered(number))
        return order_id, told["package_id"]

    return marking


def numbered(number, provider=UPS):
    return {"tracking_number": number, "shipping_provider_id": provider}


def lines_of(box, order_id):
    return [item.id for item in box.order(order_id).line_items]


# Created packages.


def test_a_package_is_created_with_a_service_by_the_stock_client(us):
    order_id = us.released(items=TWO)
    first, second = lines_of(us, order_id)
    query = GetEligibleShippingServicesRequest(
        weight=GetEligibleShippingServicesRequestWeight(value="1.5", unit="POUND")
    )
    offered = us.client.fulfillment.get_eligible_shipping_services(order_id, body=query).data
    service = offered.shipping_services[0]
    assert offered.order_line_id == [first, second]
    assert (service.is_default, service.currency) == (True, "CNY")
    assert float(service.price) > 0

    part = CreatePackagesRequest(
        ship_type="2",
        order_id=order_id,
        order_line_item=[CreatePackagesRequestOrderLineItem(order_line_id=second)],
        shipping_service_id=service.id,
    )
    created = us.client.fulfillment.create_packages(body=part).data
    assert created.shipping_service_info.id == service.id
    order = us.order(order_id)
    assert order.status == "PARTIALLY_SHIPPING"
    assert [item.display_status for item in order.line_items] == [
        "AWAITING_SHIPMENT",
        "AWAITING_COLLECTION",
    ]
    assert [each.id for each in order.packages] == [created.package_id]

    rest = us.data("POST", CREATE, {"order_id": order_id})
    assert rest["order_line_item_ids"] == [first]
    detail = us.client.fulfillment.get_package_detail(rest["package_id"]).data
    assert (detail.package_sub_status, detail.insurance.claim_status) == ("RTS", "NOT_STARTED")
    assert detail.orders[0].skus[0].quantity == 1
    number = us.order(order_id).tracking_number
    check = us.client.fulfillment.check_tik_tok_shipping_and_collection_by_tik_tok_coverage
    assert check(tracking_number=number).data.is_tiktok_shipping
    assert not check(tracking_number="1ZNOBODY").data.is_tiktok_shipping
    assert us.until(order_id, "DELIVERED")
    us.renew()
    detail = us.client.fulfillment.get_package_detail(rest["package_id"]).data
    assert (detail.package_sub_status, detail.package_status) == ("DELIVERED", "COMPLETED")


def test_there_is_no_package_before_its_ship_call(us):
    platform, own = us.released(), us.released(shipping="seller")
    us.control("POST", f"/sellers/{own}/book")
    search = f"{CREATE}/search"
    assert us.data("POST", search, {}, query=[("page_size", "10")])["total_count"] == 0
    assert (
        "packages" not in us.data("GET", "/order/202309/orders", query=[("ids", own)])["orders"][0]
    )

    us.data("POST", CREATE, {"order_id": platform})
    us.data("POST", MARK.format(own), numbered("1Z1234500"))
    assert us.data("POST", search, {}, query=[("page_size", "10")])["total_count"] == 2


def test_what_cannot_be_created_is_refused_by_its_state(us):
    on_hold, unpaid = us.place_one(), us.place_one(paid=False)
    order_id, own = us.released(items=TWO), us.released(shipping="seller")
    first = lines_of(us, order_id)[0]
    large = {"length": "900", "width": "900", "height": "900", "unit": "CM"}
    heavy = {"value": "900", "unit": "POUND"}

    def refusal(order_id, **more):
        return us.refused("POST", CREATE, {"order_id": order_id, **more})[1]

    assert refusal("57640000") == 21011029
    assert refusal(order_id, order_line_item_ids=["5770"]) == 21011029
    assert refusal(unpaid) == 21011003
    assert refusal(own) == 21011003
    assert refusal(order_id, shipping_service_id="1") == 21004008
    assert refusal(order_id, dimension=large) == 11021014
    assert refusal(order_id, weight=heavy) == 11021009
    assert refusal(us.place_one()) == 21011044
    assert refusal(order_id, weight={"value": "heavy", "unit": "GRAM"}) == 21001001
    us.data("POST", CREATE, {"order_id": order_id, "order_line_item_ids": [first]})
    assert refusal(order_id, order_line_item_ids=[first]) == 21022025
    us.data("POST", CREATE, {"order_id": order_id})
    assert refusal(order_id) == 21011006
    assert us.order(on_hold).status == "AWAITING_SHIPMENT"
    combined = {"ship_type": "3", "order_list_ids": [on_hold, own]}
    assert us.refused("POST", "/fulfillment/202512/packages", combined) == (200, 21011012)
    nothing = {"ship_type": "2", "order_id": on_hold}
    assert us.refused("POST", "/fulfillment/202512/packages", nothing) == (200, 21001001)


def test_services_are_offered_while_there_is_something_to_ship(us):
    order_id, own = us.released(), us.released(shipping="seller")
    heavy = {"weight": {"value": "900", "unit": "POUND"}}
    assert us.refused("POST", SERVICES.format("5764"), {}) == (200, 21011029)
    assert us.refused("POST", SERVICES.format(own), {}) == (200, 21011037)
    assert us.refused("POST", SERVICES.format(order_id), heavy) == (200, 21011037)
    us.data("POST", CREATE, {"order_id": order_id})
    assert us.refused("POST", SERVICES.format(order_id), {}) == (200, 21011006)


# Which call a market has.


def test_a_call_that_the_market_does_not_have_is_refused(open_box, box):
    sea, uk = open_box(market="sea"), open_box(market="uk")
    abroad = sea.released(shipping="seller")
    assert sea.refused("POST", MARK.format(abroad), numbered("1Z1234500")) == (200, 21008106)
    own = {"self_shipment": numbered("1Z1234500")}
    shipped = uk.package_of(uk.released(shipping="seller"))
    assert uk.refused("POST", SHIP.format(shipped), own) == (200, 21008106)
    sea.data("POST", SHIP.format(sea.package_of(abroad)), own)

    order_id = box.released()
    assert box.refused("POST", CREATE, {"order_id": order_id}) == (200, 21008106)
    assert box.refused("POST", SERVICES.format(order_id), {}) == (200, 21008106)
    number = [("tracking_number", "1Z1234500")]
    assert box.refused("GET", VALIDATE, query=number) == (200, 21008106)


def test_a_van_collects_where_the_market_has_one(open_box, box):
    uk = open_box(market="uk")
    path = "/fulfillment/202309/packages/{}/handover_time_slots"
    for each, has in ((uk, True), (box, False)):
        package = each.package_of(each.released())
        assert each.data("GET", path.format(package))["can_van_collection"] is has


def test_a_warehouse_decides_on_the_handover_where_calls_are_ignored(open_box):
    sea = open_box(market="sea")
    first, second = sea.released(), sea.released()
    sea.data("POST", SHIP.format(sea.package_of(first)), {"handover_method": "DROP_OFF"})
    assert handover(sea, first) == "PICKUP"
    sea.control("POST", f"/sellers/{second}/set_handover", {"handover": "drop_off"})
    sea.data("POST", SHIP.format(sea.package_of(second)), {"handover_method": "PICKUP"})
    assert handover(sea, second) == "DROP_OFF"


def handover(box, order_id):
    return box.data("GET", f"{CREATE}/{box.package_of(order_id)}")["handover_method"]


def test_shipping_turns_the_buyers_wish_down_or_is_blocked_by_it(us, box):
    wished, blocked = us.released(), box.released()
    for each, order_id in ((us, wished), (box, blocked)):
        each.control("POST", f"/buyers/{order_id}/cancel")
    us.data("POST", CREATE, {"order_id": wished})
    assert us.order(wished).status == "AWAITING_COLLECTION"
    assert not us.order(wished).is_buyer_request_cancel
    assert us.journal(kind="CancellationMoved")[-1]["status"] == "closed"
    assert box.refused("POST", SHIP.format(box.package_of(blocked)), {}) == (200, 21011007)


def test_a_part_is_shipped_without_a_webhook(box, listener):
    box.subscribe(listener.url)
    order_id = box.released(shipping="seller", items=TWO)
    first, second = lines_of(box, order_id)
    for item, number in ((first, "1Z1234501"), (second, "1Z1234502")):
        box.data("POST", MARK.format(order_id), numbered(number) | {"order_line_item_ids": [item]})
    box.advance(by="1s")
    assert listener.statuses(order_id)[-2:] == ["AWAITING_SHIPMENT", "AWAITING_COLLECTION"]
    assert len(box.order(order_id).packages) == 2


def test_what_is_left_of_an_order_can_be_cancelled(box):
    order_id = box.released(shipping="seller", items=TWO)
    item = lines_of(box, order_id)[0]
    box.data("POST", MARK.format(order_id), numbered("1Z12345") | {"order_line_item_ids": [item]})
    box.control("POST", f"/buyers/{order_id}/cancel")
    assert box.refused("POST", MARK.format(order_id), numbered("1Z12346")) == (200, 21011007)
    box.control("POST", f"/sellers/{order_id}/grant_cancellation")
    assert box.order(order_id).status == "CANCELLED"
    assert box.refused("POST", MARK.format(order_id), numbered("1Z12346")) == (200, 21042057)


# Numbers.


def test_a_number_of_another_carrier_is_taken_with_a_warning(us, box):
    for each in (us, box):
        order_id = each.released(shipping="seller")
        each.control("POST", f"/sellers/{order_id}/book", {"carrier": "ups"})
        number = each.journal(kind="ParcelBooked")[-1]["tracking_number"]
        if each is us:
            told = each.data("POST", MARK.format(order_id), numbered(number, FEDEX))
            assert told["warning"]["message"]
        else:
            wrong = numbered(number, FEDEX)
            assert each.refused("POST", MARK.format(order_id), wrong) == (200, 21004015)


def test_orders_to_one_address_share_a_number_up_to_twenty(box):
    orders = box.place(count=21, shipping="seller", customer="ann")
    stranger = box.released(shipping="seller")
    box.advance(by="1h")
    for order_id in orders[:20]:
        box.data("POST", MARK.format(order_id), numbered("1Z1234500"))
    assert box.refused("POST", MARK.format(stranger), numbered("1Z1234500")) == (200, 21011025)
    assert box.refused("POST", MARK.format(orders[20]), numbered("1Z1234500")) == (200, 21011026)
    box.until(orders[0], "DELIVERED")
    box.renew()
    assert box.refused("POST", MARK.format(stranger), numbered("1Z1234500")) == (200, 21034012)


def test_a_number_is_put_right_once_and_found(box, marked):
    order_id, package = marked("1Z1234501")
    box.advance(by="1h")
    right = UpdatePackageShippingInfoRequest(
        shipping_info_list=[ShippingInfoList(tracking_number="1Z1234502", shipping_provider_id=UPS)]
    )
    box.client.fulfillment.update_package_shipping_info(package, body=right)
    shown = box.data("GET", f"{CREATE}/{package}")
    assert (shown["tracking_number"], shown["update_time"]) == ("1Z1234502", box.now)
    assert box.order(order_id).tracking_number == "1Z1234502"
    again = numbered("1Z1234503")
    assert box.refused("POST", UPDATE.format(package), again) == (200, 21011051)
    assert box.refused("POST", UPDATE_ORDER.format(order_id), again) == (200, 21011049)
    assert box.until(order_id, "DELIVERED")


def test_an_orders_number_is_put_right_by_the_stock_client(box, marked):
    order_id, _ = marked()
    right = UpdateOrderShippingInfoRequest(tracking_number="1Z777", shipping_provider_id=UPS)
    box.client.fulfillment.update_order_shipping_info(order_id, body=right)
    assert box.order(order_id).tracking_number == "1Z777"


def test_a_correction_too_late_is_refused(open_box, marked):
    us = open_box(market="us")
    order_id, package = marked(on=us)
    us.control("POST", "/carriers/ups/hold", {"for": "200h"})
    us.advance(by="73h")
    assert us.refused("POST", UPDATE.format(package), numbered("1Z777")) == (200, 21011050)
    assert us.refused("POST", UPDATE_ORDER.format(order_id), numbered("1Z777")) == (200, 21011049)


def test_what_cannot_be_put_right_is_refused_by_its_state(box, marked):
    unpaid, platform = box.place_one(shipping="seller", paid=False), box.shipped()
    waiting = box.released(shipping="seller")
    on_hold = box.place_one(shipping="seller")
    order_id, package = marked()
    right = numbered("1Z777")

    def of_order(order_id, body=right):
        return box.refused("POST", UPDATE_ORDER.format(order_id), body)[1]

    def of_package(package_id, body=right):
        return box.refused("POST", UPDATE.format(package_id), body)[1]

    assert (of_order("5764"), of_package("1152")) == (21011028, 21011028)
    assert of_order(platform) == of_package(box.package_of(platform)) == 21011004
    assert of_order(waiting) == of_package(box.package_of(waiting)) == 21011043
    assert of_order(unpaid) == 10007002
    assert on_hold
    assert of_order(box.place_one(shipping="seller")) == 21011044
    assert of_package(package, numbered("1Z 7")) == of_package(package, numbered("1Z777", "1"))
    assert of_package(package, numbered("1Z 7")) == 21011022
    box.control("POST", f"/buyers/{order_id}/ask_refund")
    assert of_order(order_id) == of_package(package) == 21011007
    box.control("POST", f"/sellers/{order_id}/grant_refund")
    assert of_order(order_id) == of_package(package) == 25001010


def test_what_has_come_or_was_cancelled_keeps_its_number(box, marked):
    order_id, package = marked()
    box.until(order_id, "DELIVERED")
    box.renew()
    gone = box.released(shipping="seller")
    left = box.package_of(gone)
    box.control("POST", f"/buyers/{gone}/cancel")
    box.control("POST", f"/sellers/{gone}/grant_cancellation")
    right = numbered("1Z777")
    assert box.refused("POST", UPDATE.format(package), right) == (200, 21011030)
    assert box.refused("POST", UPDATE_ORDER.format(order_id), right) == (200, 21011030)
    assert box.refused("POST", UPDATE.format(left), right) == (200, 21011042)
    assert box.refused("POST", UPDATE_ORDER.format(gone), right) == (200, 21011041)


# What a package shows.


@pytest.mark.parametrize(
    ("act", "body", "reason"),
    [
        ("/carriers/jt/lose", "order_id", "PACKAGE_LOST"),
        ("/buyers/{}/refuse", None, "RETURNED_TO_SHIPPER"),
    ],
)
def test_a_package_says_why_it_did_not_come(box, act, body, reason):
    order_id = box.shipped()
    package = box.package_of(order_id)
    assert box.data("GET", f"{CREATE}/{package}")["package_sub_status"] == "RTS"
    box.until(order_id, "IN_TRANSIT")
    assert box.data("GET", f"{CREATE}/{package}")["package_sub_status"] == "TTS"
    box.control("POST", act.format(order_id), body and {body: order_id})
    box.advance(by="40d")
    box.renew()
    shown = box.data("GET", f"{CREATE}/{package}")
    assert (shown["package_sub_status"], shown["ship_exception_reason"]) == (
        "SHIP_EXCEPTION",
        reason,
    )
    assert shown["package_status"] == "CANCELLED"


def test_a_draft_is_created_and_then_stocked(box):
    order_id = box.place_one()
    package = box.inside.world.order(order_id).parcel_ids[0]
    assert box.data("GET", f"{CREATE}/{package}")["package_sub_status"] == "CREATED"
    box.advance(by="1h")
    shown = box.data("GET", f"{CREATE}/{package}")
    assert (shown["package_sub_status"], shown["package_status"]) == ("STOCKING", "TO_FULFILL")
    assert shown["warehouse_id"] == box.order(order_id).warehouse_id
    assert "ship_exception_reason" not in shown
