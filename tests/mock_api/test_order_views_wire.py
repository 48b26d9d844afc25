"""Orders in the newer versions of their group, and as single markets show them."""

from decimal import Decimal

import pytest
from tiktok_shop_api.generated.models import (
    AddExternalOrderReferencesRequest,
    GetExternalOrderReferencesPlatform,
    SearchOrdersByExternalOrderReferencePlatform,
)
from tiktok_shop_api.generated.types import UNSET

UNKNOWN = "576400000000000000"
ADD = "/order/202406/orders/external_orders"


def levels(order):
    rows = order.recipient_address.district_info
    return {row.address_level: row.address_name for row in rows}


def amounts(prices):
    names = ("total", "payment", "sku_list_price", "shipping_sale_price", "tax_amount")
    return [Decimal(getattr(prices, name)) for name in names]


# Markets.


def test_american_recipients_are_masked_by_the_orders_status(open_box):
    box = open_box(market="us")
    order_id = box.place_one(paid=False, behaviour="prompt")
    ours = box.inside.world.order(order_id).address
    masked = {"UNPAID": box.order(order_id)}
    box.control("POST", f"/buyers/{order_id}/pay")
    masked["ON_HOLD"] = box.order(order_id)
    box.advance(by="1h")
    opened = {"AWAITING_SHIPMENT": box.order(order_id)}
    assert opened["AWAITING_SHIPMENT"].packages is UNSET
    for status in ("IN_TRANSIT", "COMPLETED"):
        box.until(order_id, status)
        box.renew()
        opened[status] = box.order(order_id)
    assert opened["IN_TRANSIT"].packages
    box.advance(by="719h")
    box.renew()
    opened["nearly a month later"] = box.order(order_id)
    box.advance(by="1h")
    masked["a month later"] = box.order(order_id)
    other = box.place_one(shipping="seller")
    box.control("POST", f"/buyers/{other}/cancel")
    masked["CANCELLED"] = box.order(other)

    for order in opened.values():
        assert order.recipient_address.name == ours.name
        assert order.recipient_address.full_address == ours.full
        assert levels(order) == {"L0": "United States", "L1": ours.state, "L3": ours.city}
    for status, order in masked.items():
        address = order.recipient_address
        told = (address.name, address.address_line1, address.postal_code, levels(order)["L3"])
        assert all("***" in each for each in told), status
        assert ours.city not in address.full_address
        assert levels(order)["L0"] == "United States"
    assert opened["IN_TRANSIT"].line_items[0].display_status == "IN_TRANSIT"


@pytest.mark.parametrize(
    ("market", "currency", "country"),
    [
        ("eu", "EUR", "Germany"),
        ("br", "BRL", "Brazil"),
        ("mx", "MXN", "Mexico"),
        ("jp", "JPY", "Japan"),
    ],
)
def test_an_order_of_a_new_market_is_read_from_checkout_to_the_door(
    open_box, market, currency, country
):
    box = open_box(market=market)
    hidden, shown = (
        box.place_one(shipping=by, behaviour="prompt") for by in ("platform", "seller")
    )
    ours, order = box.inside.world.order(shown).address, box.order(shown)
    address, prices = order.recipient_address, box.client.orders.get_order_price_details(shown).data

    assert (order.status, order.is_on_hold_order) == ("AWAITING_SHIPMENT", False)
    assert order.payment.currency == currency == prices.currency
    assert Decimal(order.payment.total_amount) == Decimal(prices.payment)
    assert ("." in order.payment.total_amount) is (currency != "JPY")
    assert levels(order)["L0"] == country
    assert ours.city in levels(order).values()
    assert "***" in box.order(hidden).recipient_address.name
    if market in ("br", "mx"):
        assert (address.first_name, address.last_name) == (ours.name, UNSET)
    else:
        assert {*address.first_name.split(), *address.last_name.split()} == {*ours.name.split()}
    if market == "jp":
        assert address.name.startswith(address.last_name)
        assert ours.reading == f"{address.last_name_local_script} {address.first_name_local_script}"
    raw = box.data("GET", "/order/202507/orders", query=[("ids", shown)])["orders"][0]
    assert raw.get("need_upload_invoice") == ("NEED_INVOICE" if market == "br" else None)
    for each in (hidden, shown):
        box.until(each, "DELIVERED")
    box.renew()
    for each in (hidden, shown):
        read = box.order(each)
        assert read.status == read.line_items[0].display_status == "DELIVERED"
        assert read.line_items[0].package_status == "COMPLETED"


def test_south_east_asia_says_what_to_ship_first(open_box):
    box = open_box(market="sea")
    order_id = box.place_one()
    order = box.order(order_id)
    (row,) = box.client.orders.get_order_list(page_size=10).data.orders

    for each in (order, row):
        assert each.pick_up_cut_off_time == each.tts_sla_time
        assert each.recommended_shipping_time == each.rts_sla_time
        assert each.fulfillment_priority_level == 600
        assert each.cancel_order_sla_time == each.shipping_due_time


# What every market shows.


def test_each_line_item_is_where_its_own_package_is(box):
    order_id = box.released(items=["172900002000015838", "172900006000047514"], parcels=2)
    first, second = (package.id for package in box.order(order_id).packages)
    box.client.fulfillment.ship_package(first)
    rows = {item.package_id: item for item in box.order(order_id).line_items}
    assert rows[first].display_status == "AWAITING_COLLECTION"
    assert rows[first].tracking_number
    assert rows[second].display_status == "AWAITING_SHIPMENT"
    assert rows[second].tracking_number is UNSET
    inside = box.inside.world.order(order_id)
    box.tampered_with = True
    inside.cancelled_item_ids = (rows[second].id,)
    cancelled = {item.id: item.display_status for item in box.order(order_id).line_items}

    assert cancelled == {rows[first].id: "AWAITING_COLLECTION", rows[second].id: "CANCELLED"}


def test_a_replacement_says_which_order_it_replaces(box):
    order_id = box.place_one(customer="Ada")
    box.tampered_with = True
    box.inside.world.order(order_id).replaces = UNKNOWN
    order = box.order(order_id)

    assert (order.is_replacement_order, order.replaced_order_id) == (True, UNKNOWN)
    assert (order.is_exchange_order, order.buyer_nickname) == (False, "Ada")


def test_prices_in_detail_add_up_to_the_orders(box):
    order_id = box.place_one(items=["172900002000015838", "172900006000047514"])
    payment, told = box.order(order_id).payment, box.client.orders.get_order_price_details(order_id)
    prices = told.data

    parts = [amounts(line) for line in prices.line_items]
    assert [sum(column) for column in zip(*parts, strict=True)] == amounts(prices)
    assert Decimal(prices.subtotal) == Decimal(payment.sub_total)
    assert Decimal(prices.shipping_sale_price) == Decimal(payment.shipping_fee)
    assert prices.payment == payment.total_amount
    total = Decimal(payment.sub_total) + Decimal(payment.shipping_fee) + Decimal(payment.tax)
    assert total == Decimal(payment.total_amount)


def test_prices_of_no_order_of_ours_are_refused(open_box, refused_with):
    box = open_box(shops=2)
    foreign = box.place_one(shop_id=box.told["shops"][1]["id"])
    for wrong, code in ((UNKNOWN, 21008111), (foreign, 21008111), ("x", 21001001)):
        with refused_with(code):
            box.client.orders.get_order_price_details(wrong)


# Orders elsewhere.


def test_an_order_is_found_by_what_it_is_called_elsewhere(box):
    order_id = box.place_one()
    item = box.order(order_id).line_items[0].id

    def wish(order, line):
        lines = [{"id": "L1", "origin_id": line}]
        return {
            "id": order,
            "external_order": {"id": "A-1", "platform": "SHOPIFY", "line_items": lines},
        }

    body = {"orders": [wish(order_id, item), wish(UNKNOWN, item)]}
    api = box.client.orders
    (error,) = api.add_external_order_references(
        body=AddExternalOrderReferencesRequest.from_dict(body)
    ).data.errors
    assert (error.code, error.message) == ("36020001", "Invalid order_id")
    assert (error.detail.order_id, error.detail.external_order.id) == (UNKNOWN, "A-1")
    assert (
        box.data("POST", ADD, {"orders": [wish(order_id, "1")]})["errors"][0]["code"] == "36020001"
    )
    assert box.data("POST", ADD, {"orders": [wish(order_id, item)]}) == {}

    shopify, amazon = (GetExternalOrderReferencesPlatform(each) for each in ("SHOPIFY", "AMAZON"))
    (known,) = api.get_external_order_references(order_id, platform=shopify).data.external_orders
    assert (known.id, known.line_items[0].origin_id) == ("A-1", item)
    nothing = api.get_external_order_references(order_id, platform=amazon).data
    assert nothing.external_orders is UNSET
    search = api.search_orders_by_external_order_reference
    (found,) = search(
        platform=SearchOrdersByExternalOrderReferencePlatform.SHOPIFY, external_order_id="A-1"
    ).data.orders
    assert (found.id, found.external_order.id) == (order_id, "A-1")
    facts = box.journal(kind="OrderReferenced")
    assert [(fact["order_id"], fact["external_id"]) for fact in facts] == [(order_id, "A-1")] * 2


def test_references_belong_to_the_shop_that_told_them(open_box):
    box = open_box(shops=2)
    order_id = box.place_one(shop_id=box.told["shops"][1]["id"])
    other = box.told["shops"][1]["cipher"]
    told = {"id": "A-1", "platform": "ERP_SYSTEM", "line_items": []}
    body = {"orders": [{"id": order_id, "external_order": told}]}
    assert box.data("POST", ADD, body)["errors"][0]["detail"]["order_id"] == order_id
    assert box.data("POST", ADD, body, cipher=other) == {}
    path, query = "/order/202406/orders/external_order_search", [("platform", "ERP_SYSTEM")]
    query.append(("external_order_id", "A-1"))

    assert box.data("POST", path, query=query) == {}
    assert box.data("POST", path, query=query, cipher=other)["orders"][0]["id"] == order_id
    asked = f"/order/202406/orders/{order_id}/external_orders"
    assert box.refused("GET", asked, query=[("platform", "AMAZON")]) == (200, 21008111)
    assert box.refused("GET", asked, query=[("platform", "EBAY")]) == (400, 36009004)
    body["orders"][0]["external_order"]["platform"] = "EBAY"
    assert box.refused("POST", ADD, body) == (400, 36009004)
