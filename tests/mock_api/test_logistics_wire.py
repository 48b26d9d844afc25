"""Warehouses, templates and tracking in all versions, and who the seller is."""

import pytest
from tiktok_shop_api.generated.models import GetShippingTemplateAvailabilityRequest
from tiktok_shop_api.generated.types import UNSET

TEMPLATES = "/logistics/202510/seller_templates"


def test_points_restrict_a_shops_warehouses_and_then_close_the_shop(open_box):
    """A late order costs two of two hundred points: at fifty the shop is poor, at nought closed."""
    box = open_box(market="us")

    def seen():
        rows = box.client.logistics.get_warehouse_list().data.warehouses
        return {row.effect_status for row in rows}, box.client.seller.get_active_shops().data.shops

    statuses, shops = seen()
    assert statuses == {"ENABLED"}
    assert [(shop.id, shop.region) for shop in shops] == [(box.told["shops"][0]["id"], "US")]
    for late, status in ((75, "RESTRICTED"), (25, "DISABLED")):
        box.place(count=late, behaviour="absent")
        box.advance(by="6d")
        box.renew()
        statuses, shops = seen()
        assert statuses == {status}
    assert shops is UNSET


def test_goods_abroad_wait_in_a_warehouse_that_says_so(open_box):
    box = open_box(market="jp", stock={"units": {"*": 3}})
    rows = box.client.logistics.get_warehouse_list().data.warehouses
    *_, yard, returns = rows
    order = box.order(box.place_one(channel="overseas"))

    assert (yard.sub_type, yard.type_) == ("CB_OVERSEA_WAREHOUSE", "SALES_WAREHOUSE")
    assert (yard.address.region, yard.address.region_code) == ("Japan", "JP")
    assert order.warehouse_id == yard.id
    assert (returns.type_, returns.entity_id) == ("RETURN_WAREHOUSE", yard.entity_id)
    places = box.client.logistics.get_global_seller_warehouses().data.global_warehouses
    assert [row.name for row in places] == [row.address.city for row in rows[:-1]]
    assert {row.ownership for row in places} == {"SELLER"}


def test_a_template_says_why_a_product_cannot_travel(open_box):
    box = open_box(market="jp")

    def told(weight, weight_unit, length, length_unit):
        product = {
            "weight": {"weight": weight, "unit": weight_unit},
            "dimension": {"length": length, "width": "1", "height": "1", "unit": length_unit},
        }
        body = GetShippingTemplateAvailabilityRequest.from_dict({"product_attribute": product})
        rows = box.client.logistics.get_shipping_template_availability(body=body).data.templates
        assert [row.template.template_party for row in rows] == [1, 2]
        return [
            [
                reason.filter_type
                for each in row.service_unreachable_reason or ()
                for reason in each.filter_reason
            ]
            for row in rows
        ]

    assert told("20", 4, "120", 1) == [[], []]
    assert told("20.1", 4, "4", 3) == [["1", "4"]] * 2
    assert told("44", 2, "1201", 4) == [["1"]] * 2
    assert len(box.client.logistics.get_shipping_template_availability().data.templates) == 2
    for weight in ("much", "-1", "NaN", "1e99"):
        body = {"product_attribute": {"weight": {"weight": weight, "unit": 1}}}
        assert box.refused("GET", TEMPLATES, body) == (400, 36009004)


def test_other_markets_have_no_templates_to_ask_for(box):
    assert box.data("GET", TEMPLATES) == {}


def test_a_warehouse_of_the_shop_has_templates(box):
    warehouse = box.client.logistics.get_warehouse_list().data.warehouses[0].id
    shop = int(box.told["shops"][0]["id"])
    ask = box.client.logistics.check_shipping_template_existence

    def exist(**query):
        return ask(access_token=box.token, **query).data.template_exist

    assert exist(biz_warehouse_id=int(warehouse))
    assert exist(biz_warehouse_id=int(warehouse), shop_id=shop)
    assert not exist(biz_warehouse_id=int(warehouse), shop_id=shop + 1)
    assert not exist(biz_warehouse_id=1)


def test_tracking_goes_parcel_by_parcel_with_codes(box):
    order_id = box.released(items=["172900002000015838", "172900006000047514"], parcels=2)
    track = box.client.logistics.get_logistics_tracking
    assert track(order_id).data.logistics_details is UNSET
    first, second = (package.id for package in box.order(order_id).packages)
    box.client.fulfillment.ship_package(first)
    box.advance(by="48h")
    (only,) = track(order_id).data.logistics_details
    box.client.fulfillment.ship_package(second)
    box.advance(by="2d")
    told = track(order_id).data
    rows = told.logistics_details

    assert told.order_id == order_id
    assert [row.carrier_name for row in rows] == ["J&T Express"] * 2
    assert len({row.newest_tracking_no for row in rows}) == 2
    assert rows[0].newest_tracking_no == only.newest_tracking_no
    for row in rows:
        codes = {event.action_code_name: event.action_code for event in row.track_list}
        assert codes["PICKED_UP"] < codes["ARRIVED_AT_HUB"]
        assert {event.tracking_no for event in row.track_list} == {row.newest_tracking_no}
        millis = [event.update_time_millis for event in row.track_list]
        assert millis == sorted(millis, reverse=True)
        assert all(event.description for event in row.track_list)
    assert box.refused("GET", "/logistics/202604/orders/1/tracking") == (400, 36009004)


def test_who_the_seller_is(open_box):
    box = open_box(shops=2)
    seller = box.client.seller
    related = seller.get_shop_group_and_related_shops().data.shop_group_data

    assert seller.get_global_product_permission().data.permissions == ["MANAGE_GLOBAL_PRODUCT"]
    assert [shop.shop_id for shop in related.shops] == [shop["id"] for shop in box.told["shops"]]
    assert len({shop.seller_id for shop in related.shops}) == 1
    assert {shop.shop_region for shop in related.shops} == {"GB"}
    assert related.shop_group.shop_group_name


@pytest.mark.parametrize(
    "path",
    ["/seller/202309/shops", "/seller/202309/permissions", "/logistics/202309/global_warehouses"],
)
def test_what_is_asked_of_the_seller_takes_no_shop(box, path):
    assert box.refused("GET", path) == (400, 36009004)
    assert box.data("GET", path, cipher=None)
