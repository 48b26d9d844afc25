"""How the integration ships what awaits shipment: in every market by the calls that it has."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from scenarios.swarm.integration.calls import Refused
from scenarios.swarm.integration.hand import CREATES, MARKS, Hand
from simulator.paperwork import access_key

Row = dict[str, Any]
_FULFILLMENT: Final = "/fulfillment/202309"
_FLEET: Final = "Seller Own Fleet"
_WAITS: Final = "AWAITING_SHIPMENT"
NOT_OURS: Final = 21011003
"""The ship call's code for goods that are with a supplier, among others."""
_AT_PLATFORM: Final = {
    "ups": "UPS",
    "fedex": "FedEx",
    "dhl": "DHL Express",
    "tnt": "TNT",
    "ems": "EMS",
    "epacket": "ePacket",
    "yunexpress": "YunExpress",
    "4px": "4PX",
    "cainiao": "Cainiao",
}
"""Carriers' codes in this world, and the platform's names of them."""


async def ship(hand: Hand, order: Row, shop: str) -> None:
    """All that is left of it. Refused where the platform wants something else first."""
    if hand.market == "br" and hand.first_time(order["id"], "invoice"):
        await _upload_invoices(hand, order, shop)
        return  # somebody looks at it first: next time
    if hand.wants(order["id"], "customs", hand.habits.prepares):
        await _declare(hand, order)
    if order["shipping_type"] == "TIKTOK":
        await _by_platform(hand, order, shop)
    else:
        await _by_seller(hand, order, shop)


async def _by_platform(hand: Hand, order: Row, shop: str) -> None:
    if hand.market in CREATES:
        await hand.center.call(
            "POST", f"{_FULFILLMENT}/packages", {"order_id": order["id"]}, shop=shop
        )
        return
    waiting = _waiting(order)
    if hand.dice.chance("batches", hand.habits.batches):
        rows = [{"id": package_id} for package_id in waiting]
        body = {"packages": rows}
        told = await hand.center.call("POST", f"{_FULFILLMENT}/packages/ship", body, shop=shop)
        for error in told.get("errors", ()):
            raise Refused("packages/ship", 200, error["code"], error["message"])
        return
    for package_id in waiting:
        body = await _handover(hand, package_id, shop)
        await hand.center.call(
            "POST", f"{_FULFILLMENT}/packages/{package_id}/ship", body, shop=shop
        )


async def pass_on(hand: Hand, order: Row) -> None:
    """Goods that suppliers have are theirs to ship."""
    supplier = hand.dice.pick("supplier", ("yiwu-general", "shenzhen-digital"))
    await hand.center.at_desk("POST", f"/orders/{order['id']}/supplier", {"supplier": supplier})


async def _handover(hand: Hand, package_id: str, shop: str) -> Row:
    """A slot, or an unspecified handover."""
    if not hand.dice.chance("slots", hand.habits.chooses_slots):
        return {}
    path = f"{_FULFILLMENT}/packages/{package_id}/handover_time_slots"
    told = await hand.center.call("GET", path, shop=shop)
    slots = [each for each in told.get("pickup_slots", ()) if each["avaliable"]]
    if not (told["can_pickup"] and slots):
        return {"handover_method": "DROP_OFF"} if told["can_drop_off"] else {}
    slot = hand.dice.pick("slot", slots)
    span = {"start_time": slot["start_time"], "end_time": slot["end_time"]}
    return {"handover_method": "PICKUP", "pickup_slot": span}


async def _by_seller(hand: Hand, order: Row, shop: str) -> None:
    path = f"/logistics/202309/delivery_options/{order['delivery_option_id']}/shipping_providers"
    told = await hand.center.call("GET", path, shop=shop)
    providers = {each["name"]: each["id"] for each in told["shipping_providers"]}
    packages = _waiting(order) or [""]
    for package_id in packages:
        name, number = await _number(hand, order, package_id)
        shipment = {"tracking_number": number, "shipping_provider_id": providers[name]}
        if hand.market in MARKS:
            await _mark(hand, order, shop, package_id if len(packages) > 1 else "", shipment)
        else:
            body = {"self_shipment": shipment}
            ask = f"{_FULFILLMENT}/packages/{package_id}/ship"
            await hand.center.call("POST", ask, body, shop=shop)


async def _mark(hand: Hand, order: Row, shop: str, package_id: str, shipment: Row) -> None:
    body = dict(shipment)
    if package_id:
        body["order_line_item_ids"] = [
            line["id"] for line in _live_lines(order) if line.get("package_id") == package_id
        ]
    await hand.center.call("POST", f"{_FULFILLMENT}/orders/{order['id']}/packages", body, shop=shop)


async def _number(hand: Hand, order: Row, package_id: str) -> tuple[str, str]:
    """Carrier and number. A label that was bought once is used, however often it is asked for; and
    so is one that somebody else has bought, a supplier say."""
    if package_id:
        told = await hand.center.at_desk("GET", f"/parcels/{package_id}")
        if told["tracking_number"] and told["carrier"] in _AT_PLATFORM:
            return _AT_PLATFORM[told["carrier"]], told["tracking_number"]
    key = f"{order['id']}/{package_id}"
    if key not in hand.numbers:
        kind = hand.dice.weighed("label", hand.habits.labels)
        hand.numbers[key] = await _LABELS[kind](hand, order, package_id)
    return hand.numbers[key]


async def _made_up(hand: Hand, order: Row, package_id: str) -> tuple[str, str]:
    """A number of one's own becomes the label's."""
    return hand.dice.pick("carrier", ("UPS", "FedEx", "DHL Express")), (
        f"SW{order['id']}{package_id[-4:]}"
    )


async def _booked(hand: Hand, order: Row, package_id: str) -> tuple[str, str]:
    code, name = hand.dice.pick("booked", (("ups", "UPS"), ("dhl", "DHL Express")))
    body = {"order_id": order["id"]} | ({"package_id": package_id} if package_id else {})
    told = await hand.control("POST", f"/carriers/{code}/book", body)
    if told is None:
        return await _made_up(hand, order, package_id)
    return name, told["tracking_number"]


async def _easypost(hand: Hand, order: Row, package_id: str) -> tuple[str, str]:
    bought = await hand.labels.from_easypost(order)
    if bought is None:
        return await _made_up(hand, order, package_id)
    name, number, shipment_id = bought
    if hand.on_call or hand.dice.chance("calls", 0.5):
        hand.shipments.setdefault(order["id"], []).append(shipment_id)
        await hand.labels.fetch(shipment_id, hand.now())
    elif hand.dice.chance("voids", 0.2):
        await hand.labels.void(shipment_id)
        return await _made_up(hand, order, package_id)
    return name, number


async def call_couriers(hand: Hand, order: Row) -> None:
    """For its labels, once more; what a courier has already is refused."""
    for shipment_id in hand.shipments.get(order["id"], ()):
        with suppress(Refused):
            await hand.labels.fetch(shipment_id, hand.now())


async def _ups(hand: Hand, order: Row, _: str) -> tuple[str, str]:
    return "UPS", await hand.labels.from_ups(order)


_LABELS: Final[dict[str, Callable[[Hand, Row, str], Awaitable[tuple[str, str]]]]] = {
    "number": _made_up,
    "booked": _booked,
    "easypost": _easypost,
    "ups": _ups,
}


async def correct(hand: Hand, order: Row, shop: str) -> None:
    """Another number, once, soon after the ship call."""
    path = f"/logistics/202309/delivery_options/{order['delivery_option_id']}/shipping_providers"
    told = await hand.center.call("GET", path, shop=shop)
    providers = [each for each in told["shipping_providers"] if each["name"] != _FLEET]
    provider = hand.dice.pick("corrected", providers)["id"]
    body = {"tracking_number": f"CO{order['id']}", "shipping_provider_id": provider}
    ask = f"{_FULFILLMENT}/orders/{order['id']}/shipping_info/update"
    await hand.center.call("POST", ask, body, shop=shop)


async def rearrange(hand: Hand, order: Row, shop: str) -> None:
    """Split it, combine it with what fits, or take it apart again."""
    match hand.dice.pick("rearranges", ("split", "combine", "uncombine")):
        case "split":
            await _split(hand, order, shop)
        case "combine":
            await _combine(hand, order, shop)
        case _:
            await _uncombine(hand, order, shop)


async def _split(hand: Hand, order: Row, shop: str) -> None:
    path = f"{_FULFILLMENT}/orders/split_attributes"
    told = await hand.center.call("GET", path, shop=shop, order_ids=order["id"])
    if not all(each["can_split"] for each in told["split_attributes"]):
        return
    by_sku: dict[str, list[str]] = {}
    for line in _live_lines(order):
        by_sku.setdefault(line["sku_id"], []).append(line["id"])
    groups = list(by_sku.values())
    if len(groups) > 1:
        body = {
            "splittable_groups": [
                {"id": str(nth), "order_line_item_ids": ids} for nth, ids in enumerate(groups)
            ]
        }
        ask = f"{_FULFILLMENT}/orders/{order['id']}/split"
        await hand.center.call("POST", ask, body, shop=shop)


async def _combine(hand: Hand, order: Row, shop: str) -> None:
    path = f"{_FULFILLMENT}/combinable_packages/search"
    found = await hand.center.call("GET", path, shop=shop, page_size=50)
    for group in found.get("combinable_packages", ()):
        if order["id"] in group["order_ids"]:
            body = {"combinable_packages": [{"id": group["id"], "order_ids": group["order_ids"]}]}
            ask = f"{_FULFILLMENT}/packages/combine"
            await hand.center.call("POST", ask, body, shop=shop)
            return


async def _uncombine(hand: Hand, order: Row, shop: str) -> None:
    for package_id in _waiting(order):
        detail = await hand.center.call("GET", f"{_FULFILLMENT}/packages/{package_id}", shop=shop)
        if len(detail.get("orders", ())) > 1:
            ask = f"{_FULFILLMENT}/packages/{package_id}/uncombine"
            await hand.center.call("POST", ask, {"order_ids": [order["id"]]}, shop=shop)


async def prepare(hand: Hand, order: Row) -> None:
    """At the desk: packing, label, a photo."""
    for package in order.get("packages", ()):
        path = f"/parcels/{package['id']}"
        await hand.center.at_desk("PUT", f"{path}/packing", {"room_mm": 30})
        await hand.center.at_desk("PUT", f"{path}/label", {})
        picture = {"name": "a.png", "media_type": "image/png", "content": b64encode(_PNG).decode()}
        await hand.center.at_desk("POST", f"{path}/evidence", picture)


async def look_at_papers(hand: Hand, order: Row, shop: str) -> None:
    """Label and tracking of what is shipped: looks that change nothing."""
    for package in order.get("packages", ()):
        path = f"{_FULFILLMENT}/packages/{package['id']}"
        await hand.center.call("GET", path, shop=shop)
        await hand.center.call("GET", f"{_FULFILLMENT}/orders/{order['id']}/tracking", shop=shop)


async def _upload_invoices(hand: Hand, order: Row, shop: str) -> None:
    for nth, package in enumerate(order.get("packages", ())):
        number = int(order["id"]) % 10**16 * 10 + nth
        month = "2912"  # before any world begins
        key = access_key(f"35{month}1234567800019555001{number % 10**18:018}")
        file = (
            f'<nfeProc><NFe><infNFe Id="NFe{key}"/></NFe>'
            "<protNFe><infProt><cStat>100</cStat></infProt></protNFe></nfeProc>"
        )
        invoice = {
            "package_id": package["id"],
            "order_ids": [order["id"]],
            "file_type": "XML",
            "file": b64encode(file.encode()).decode(),
        }
        path = "/fulfillment/202502/invoice/upload"
        await hand.center.call("POST", path, {"invoices": [invoice]}, shop=shop)


async def _declare(hand: Hand, order: Row) -> None:
    path = "/fulfillment/202607/orders/customs_info/query"
    told = await hand.center.call("POST", path, {"order_ids": [order["id"]]})
    if not all(each["need_fill_clearance"] for each in told["order_clearance_list"]):
        return
    items = [
        {
            "order_line_id": line["id"],
            "item_detail": [{"sku_id": line["sku_id"], "qty": 1, "price_percent": 100}],
        }
        for line in _live_lines(order)
    ]
    body = {"order_list": [{"order_id": order["id"], "item_list": items}]}
    await hand.center.call("POST", "/fulfillment/202607/orders/customs_info/submit", body)


def _live_lines(order: Row) -> list[Row]:
    return [line for line in order["line_items"] if line["display_status"] != "CANCELLED"]


def _waiting(order: Row) -> list[str]:
    """Packages with something that is not shipped, in their order."""
    found = [
        line["package_id"]
        for line in _live_lines(order)
        if line.get("package_id") and line["display_status"] == _WAITS
    ]
    return list(dict.fromkeys(found))


_PNG: Final = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
