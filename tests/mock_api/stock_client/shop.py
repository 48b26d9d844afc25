"""Orders, products, logistics, webhooks, authorisation and the seller, as the stock client asks."""

from tiktok_shop_api.generated.models import (
    GetExternalOrderReferencesPlatform,
    SearchOrdersByExternalOrderReferencePlatform,
)

from simulator.catalog import SHELF
from tests.mock_api.stock_client.operations import Table

SHOP = Table()
MUG = next(sku for sku in SHELF if sku.product == "Ceramic Mug")
PRODUCT = {"product_ids": [MUG.product_id]}


# Orders.


@SHOP.calls("getOrderList")
def _(_box, call):
    page = call(page_size=20, body={"order_status": "DELIVERED"})
    assert {each.status for each in page.orders} == {"DELIVERED"}
    assert call(page_size=100).total_count > page.total_count


@SHOP.calls("getOrderDetail")
def _(box, call):
    every = box.client.orders.get_order_list(page_size=50).data.orders
    orders = call(ids=[each.id for each in every]).orders
    assert len({each.status for each in orders}) > 2
    assert {each.payment.currency for each in orders} == {"GBP"}


@SHOP.calls("getOrderPriceDetails", at="us")
def _(box, call):
    order_id = box.place_one()
    assert call(order_id).payment == box.order(order_id).payment.total_amount


def _named_elsewhere(box, name):
    order = box.order(box.place_one())
    lines = [{"id": "L1", "origin_id": order.line_items[0].id}]
    external = {"id": name, "platform": "SHOPIFY", "line_items": lines}
    return order.id, {"orders": [{"id": order.id, "external_order": external}]}


@SHOP.calls("addExternalOrderReferences")
def _(box, call):
    _, body = _named_elsewhere(box, "A-1")
    call(body=body)
    body["orders"][0]["id"] = "576400000000000000"
    assert call(body=body).errors[0].code == "36020001"


@SHOP.calls("getExternalOrderReferences")
def _(box, call):
    order_id, body = _named_elsewhere(box, "A-2")
    box.data("POST", "/order/202406/orders/external_orders", body)
    known = call(order_id, platform=GetExternalOrderReferencesPlatform.SHOPIFY).external_orders
    assert [each.id for each in known] == ["A-2"]


@SHOP.calls("searchOrdersByExternalOrderReference")
def _(box, call):
    order_id, body = _named_elsewhere(box, "A-3")
    box.data("POST", "/order/202406/orders/external_orders", body)
    platform = SearchOrdersByExternalOrderReferencePlatform.SHOPIFY
    (found,) = call(platform=platform, external_order_id="A-3").orders
    assert found.id == order_id


@SHOP.calls("searchPODCustomizationDetails", refused=10007014)
def _(box, call):
    order = box.order(box.place_one())
    (line, *_others) = order.line_items
    query = {
        "order_line_id": line.id,
        "product_id": line.product_id,
        "sku_id": line.sku_id,
        "pod_order_data_id": "1",
    }
    call(body={"main_order_id": order.id, "query_order_lines": [query]})


@SHOP.calls("updateTheBlindBoxOpeningResults", refused=10007014)
def _(box, call):
    call(body={"main_order_id": box.place_one()})


# Products.


@SHOP.calls("getProduct")
def _(_box, call):
    shown = call(MUG.product_id)
    assert MUG.id in {each.id for each in shown.skus}


@SHOP.calls("searchProducts")
def _(_box, call):
    page = call(page_size=100, body={"seller_skus": [MUG.seller_sku]})
    assert [each.title for each in page.products] == ["Ceramic Mug"]


@SHOP.calls("inventorySearch")
def _(_box, call):
    ((shown,),) = [each.skus for each in call(body={"sku_ids": [MUG.id]}).inventory]
    assert shown.warehouse_inventory


@SHOP.calls("updateInventory")
def _(box, call):
    warehouses = box.client.logistics.get_warehouse_list().data.warehouses
    homes = [each.id for each in warehouses if each.type_ == "SALES_WAREHOUSE"]
    rows = [{"warehouse_id": each, "quantity": 900} for each in homes]
    assert not call(MUG.product_id, body={"skus": [{"id": MUG.id, "inventory": rows}]}).errors
    rows.append({"warehouse_id": "1", "quantity": 1})
    told = call(MUG.product_id, body={"skus": [{"id": MUG.id, "inventory": rows}]})
    assert told.errors[0].code == 12052990


@SHOP.calls("updatePrice")
def _(box, call):
    price = {"sale_price": "7.77", "currency": "GBP"}
    call(MUG.product_id, body={"skus": [{"id": MUG.id, "price": price}]})
    (line,) = box.order(box.place_one(items=[MUG.id])).line_items
    assert line.sale_price == "7.77"


@SHOP.calls("activateProducts")
def _(_box, call):
    assert not call(body=PRODUCT).errors
    (error,) = call(body={"product_ids": ["1"]}).errors
    assert [each.code for each in error.detail.extra_errors] == [12052032]


@SHOP.calls("deactivateProducts")
def _(box, call):
    assert not call(body=PRODUCT).errors
    assert call(body={"product_ids": ["1"]}).errors[0].code == 12052032
    box.data("POST", "/product/202309/products/activate", PRODUCT)


# Logistics.


def _warehouse(box):
    return box.client.logistics.get_warehouse_list().data.warehouses[0].id


@SHOP.calls("getWarehouseList")
def _(_box, call):
    assert call().warehouses[0].address.city == "Shenzhen"


@SHOP.calls("getGlobalSellerWarehouses")
def _(_box, call):
    assert {each.ownership for each in call().global_warehouses} == {"SELLER"}


@SHOP.calls("getWarehouseDeliveryOptions")
def _(box, call):
    kinds = {each.type_ for each in call(_warehouse(box)).delivery_options}
    assert kinds == {"STANDARD", "SEND_BY_SELLER"}


@SHOP.calls("getShippingProviders")
def _(box, call):
    option = box.order(box.place_one(shipping="seller")).delivery_option_id
    assert "UPS" in {each.name for each in call(option).shipping_providers}


@SHOP.calls("getShippingTemplateAvailability", at="jp")
def _(_box, call):
    size = {"length": "900", "width": "1", "height": "1", "unit": 1}
    product = {"weight": {"weight": "90", "unit": 4}, "dimension": size}
    first, _ = call(body={"product_attribute": product}).templates
    assert first.service_unreachable_reason[0].filter_reason


@SHOP.calls("checkShippingTemplateExistence")
def _(box, call):
    assert call(access_token=box.token, biz_warehouse_id=int(_warehouse(box))).template_exist


@SHOP.calls("getLogisticsTracking")
def _(box, call):
    (row,) = call(box.delivered()).logistics_details
    assert row.track_list[0].action_code_name == "DELIVERED"


# Webhooks, the authorisation, the seller.


@SHOP.calls("updateShopWebhook")
def _(box, call):
    call(body={"event_type": "PACKAGE_UPDATE", "address": "https://erp.example/a"})
    assert "https://erp.example/a" in str(box.data("GET", "/event/202309/webhooks"))


@SHOP.calls("getShopWebhooks")
def _(box, call):
    body = {"event_type": "RETURN_STATUS_CHANGE", "address": "https://erp.example/b"}
    box.data("PUT", "/event/202309/webhooks", body)
    assert "https://erp.example/b" in {each.address for each in call().webhooks}


@SHOP.calls("deleteWebhookForAnEvent")
def _(box, call):
    body = {"event_type": "INVOICE_STATUS_CHANGE", "address": "https://erp.example/c"}
    box.data("PUT", "/event/202309/webhooks", body)
    call(body={"event_type": "INVOICE_STATUS_CHANGE"})
    assert "https://erp.example/c" not in str(box.data("GET", "/event/202309/webhooks"))


@SHOP.calls("getAuthorizedShops")
def _(box, call):
    assert [each.cipher for each in call().shops] == [box.cipher]


@SHOP.calls("getAuthorizedCategoryAssets")
def _(_box, call):
    assert call().category_assets[0].cipher


@SHOP.calls("getActiveShops")
def _(box, call):
    assert [(each.id, each.region) for each in call().shops] == [(box.told["shops"][0]["id"], "GB")]


@SHOP.calls("getGlobalProductPermission")
def _(_box, call):
    assert call().permissions == ["MANAGE_GLOBAL_PRODUCT"]


@SHOP.calls("getShopGroupAndRelatedShops")
def _(_box, call):
    assert call().shop_group_data.shops[0].shop_region == "GB"
