"""Every type of webhook that this world can cause, as the published client verifies and parses it.

The app has one address for all types; two worlds live, and what they do not do by themselves is
done by hand.
"""

from base64 import b64encode

import pytest
from tiktok_shop_api import Webhooks
from tiktok_shop_api.generated._meta import WEBHOOKS

from simulator.catalog import SHELF
from simulator.paperwork import access_key
from tests.mock_api.stock_client.operations import flaws

SCHEMAS = {each["type"]: each["schema"] for each in WEBHOOKS}
EXPECTED = {1, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 27, 36, 64, 65, 67, 71}
FIRST, SECOND, THIRD = SHELF[:3]


@pytest.fixture
def heard(open_box, listener):
    """Both worlds, lived: each sandbox with every body that it sent."""
    told = []
    for market, live in (("standard", _live), ("br", _live_in_brazil)):
        box = open_box(market=market, authorized_for="31d", mishaps=5)
        box.control("PUT", "/app_webhooks", {"address": listener.url})
        before = len(listener.heard)
        live(box)
        box.advance(by=0)
        box.ask("DELETE", "/app_webhooks")
        told.append((box, listener.heard[before:]))
    return told


def _live(box):
    box.place(count=6, behaviour="diligent", buyer="fussy")
    orders = box.place(count=2, behaviour="prompt", items=[FIRST.id, SECOND.id])
    _change_orders(box)
    _change_packages(box)
    _change_products(box)
    _talk(box)
    for order_id in orders:
        box.until(order_id, "DELIVERED")
    box.renew()
    _bring_back(box, *orders)
    box.advance(by="2d")
    box.control("POST", "/authorization/take_back")


def _change_orders(box):
    moved, called_off = box.place_one(paid=False), box.place_one()
    box.control("POST", f"/buyers/{moved}/pay")
    box.control("POST", f"/buyers/{moved}/change_address")
    box.control("POST", f"/buyers/{called_off}/cancel")


def _change_packages(box):
    order_id = box.released(items=[FIRST.id, SECOND.id])
    groups = [
        {"id": str(nth), "order_line_item_ids": [item.id]}
        for nth, item in enumerate(box.order(order_id).line_items)
    ]
    path = f"/fulfillment/202309/orders/{order_id}/split"
    box.data("POST", path, {"splittable_groups": groups})


def _change_products(box):
    product = f"/product/202309/products/{THIRD.product_id}"
    price = {"sale_price": "9.99", "currency": "GBP"}
    box.data("POST", f"{product}/prices/update", {"skus": [{"id": THIRD.id, "price": price}]})
    warehouses = box.data("GET", "/logistics/202309/warehouses")["warehouses"]
    homes = [each["id"] for each in warehouses if each["type"] == "SALES_WAREHOUSE"]
    rows = [{"warehouse_id": home, "quantity": 3} for home in homes]
    count = {"skus": [{"id": THIRD.id, "inventory": rows}]}
    assert box.data("POST", f"{product}/inventory/update", count) == {}
    box.place(items=[THIRD.id], count=3)
    box.control("POST", f"/listings/{THIRD.product_id}/take_down")


def _talk(box):
    order_id = box.place_one()
    for card in ({"text": "Where is it?"}, {"card": "order"}, {"card": "product"}):
        told = box.control("POST", f"/chats/{order_id}/message", card)
    said = {"type": "TEXT", "content": '{"content": "On its way."}'}
    talk = f"/customer_service/202309/conversations/{told['conversation_id']}/messages"
    box.data("POST", talk, said)


def _bring_back(box, returned, replaced):
    box.control("POST", f"/buyers/{returned}/request_return")
    found = box.data("POST", "/return_refund/202309/returns/search", {"order_ids": [returned]})
    return_id = found["return_orders"][0]["return_id"]
    approve = f"/return_refund/202309/returns/{return_id}/approve"
    box.data("POST", approve, {"decision": "APPROVE_RETURN"})
    box.control("POST", f"/buyers/{returned}/ship_return")
    box.control("POST", f"/buyers/{replaced}/request_replacement")
    asked = box.inside.world.registry.returns.get(return_id)
    for _ in range(120):  # it travels, for a month at the most
        if asked.status == "received":
            break
        box.advance(by="6h")
    box.renew()
    box.data("POST", approve, {"decision": "APPROVE_RECEIVED_PACKAGE"})


def _live_in_brazil(box):
    box.place(count=6, behaviour="prompt", buyer="impatient")
    order_id = box.released()
    key = access_key("3529121234567800019555001" + "1" * 18)
    file = (
        f'<nfeProc><NFe><infNFe Id="NFe{key}"/></NFe>'
        f"<protNFe><infProt><cStat>100</cStat></infProt></protNFe></nfeProc>"
    )
    invoice = {
        "package_id": box.package_of(order_id),
        "order_ids": [order_id],
        "file_type": "XML",
        "file": b64encode(file.encode()).decode(),
    }
    box.data("POST", "/fulfillment/202502/invoice/upload", {"invoices": [invoice]})
    box.advance(by="5d")


def test_every_webhook_verifies_and_parses_into_its_own_class(heard):
    types = set()
    for box, came in heard:
        for signature, body in came:
            event = Webhooks.verify_and_parse(
                app_key=box.app_key, app_secret=box.secret, raw_body=body, signature=signature
            )
            assert type(event).__name__ == SCHEMAS[event.type_]
            assert set(flaws(event)) == set(), event.type_
            types.add(event.type_)

    assert types == EXPECTED
