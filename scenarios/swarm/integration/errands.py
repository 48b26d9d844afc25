"""What an integration does beside its orders: prices, stock, names elsewhere, bundles,
consignments, and a look at its money."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from scenarios.swarm.integration.hand import Hand
from simulator.catalog import SHELF

Row = dict[str, Any]
Errand = Callable[[Hand, Row, str], Awaitable[None]]


async def run_some(hand: Hand, order: Row, shop: str) -> None:
    """One of them, on the occasion of an order."""
    await ERRANDS[hand.dice.pick("errand", tuple(ERRANDS))](hand, order, shop)


async def _name_elsewhere(hand: Hand, order: Row, shop: str) -> None:
    lines = [{"id": f"L{line['id']}", "origin_id": line["id"]} for line in order["line_items"]]
    body = {
        "orders": [
            {
                "id": order["id"],
                "external_order": {
                    "id": f"A-{order['id']}",
                    "platform": hand.dice.pick("system", ("SHOPIFY", "MAGENTO")),
                    "line_items": lines,
                },
            }
        ]
    }
    await hand.center.call("POST", "/order/202406/orders/external_orders", body, shop=shop)


async def _price(hand: Hand, order: Row, shop: str) -> None:
    line = hand.dice.pick("priced", order["line_items"])
    price = {"sale_price": line["sale_price"], "currency": line["currency"]}
    body = {"skus": [{"id": line["sku_id"], "price": price}]}
    path = f"/product/202309/products/{line['product_id']}/prices/update"
    await hand.center.call("POST", path, body, shop=shop)


async def _count(hand: Hand, order: Row, shop: str) -> None:
    line = hand.dice.pick("counted", order["line_items"])
    told = await hand.center.call("GET", "/logistics/202309/warehouses", shop=shop)
    sales = [each["id"] for each in told["warehouses"] if each["type"] == "SALES_WAREHOUSE"]
    units = hand.dice.scale("units", 1, 900)
    rows = [{"warehouse_id": each, "quantity": units} for each in sales]
    body = {"skus": [{"id": line["sku_id"], "inventory": rows}]}
    path = f"/product/202309/products/{line['product_id']}/inventory/update"
    await hand.center.call("POST", path, body, shop=shop)


async def _consign(hand: Hand, _: Row, shop: str) -> None:
    sku = hand.dice.pick("consigned", SHELF)
    body = {"sku_id": sku.id, "units": 3, "by": hand.dice.pick("by", ("air", "sea"))}
    await hand.center.at_desk("POST", "/consignments", body | {"shop_id": shop})


async def _bundle(hand: Hand, order: Row, _: str) -> None:
    body = {"order_ids": [order["id"]], "handover_method": "PICKUP"}
    await hand.center.call("POST", "/fulfillment/202407/bundles", body)


async def _divide_return(hand: Hand, order: Row, shop: str) -> None:
    """A request of several line items, each decided by itself."""
    asked = {
        "filters": {"main_order_ids": [order["id"]]},
        "whitelisted_data_fields": ["SKU_RETURN_REQUESTS"],
    }
    path = "/return_refund/202603/aftersales/search"
    found = await hand.center.call("POST", path, asked, shop=shop)
    body = {"order_ids": [order["id"]]}
    path = "/return_refund/202602/returns/search"
    listed = await hand.center.call("POST", path, body, shop=shop)
    lines = [
        line["return_line_item_id"]
        for each in listed.get("return_orders", ())
        for line in each["return_line_items"]
    ]
    for request in found.get("aftersales_requests", ()):
        decisions = [
            {"line_items": [{"return_line_item_id": line}], "action": "APPROVE_REQUEST"}
            for line in lines
        ]
        row = {"request_id": request["id"], "line_item_decisions": decisions}
        path = "/return_refund/202609/aftersales/review"
        await hand.center.call("POST", path, {"aftersales_request_decisions": [row]}, shop=shop)


async def _look_at_money(hand: Hand, _: Row, shop: str) -> None:
    query = {"sort_field": "statement_time"}
    await hand.center.call("GET", "/finance/202309/statements", shop=shop, **query)


async def _look_at_price(hand: Hand, order: Row, shop: str) -> None:
    path = f"/order/202407/orders/{order['id']}/price_detail"
    await hand.center.call("GET", path, shop=shop)


ERRANDS: Final[dict[str, Errand]] = {
    "name_elsewhere": _name_elsewhere,
    "price": _price,
    "count": _count,
    "consign": _consign,
    "bundle": _bundle,
    "divide_return": _divide_return,
    "look_at_money": _look_at_money,
    "look_at_price": _look_at_price,
}
