"""What integrations do at the seller center and at the desk, each with its witness."""

import base64
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.crash.boxes import Refused
from tests.crash.caller import signed
from tests.mock_api.drawing import image

EVENTS = ("ORDER_STATUS_CHANGE", "PACKAGE_UPDATE", "CANCELLATION_STATUS_CHANGE")
NOT_SHIPPED = ("UNPAID", "ON_HOLD", "AWAITING_SHIPMENT")
BACK = "/return_refund/202309"


async def subscribe(load, box):
    event = load.draw.choice(EVENTS)
    address = f"{load.receiver.url}/{box.mark}"
    async with box.about(f"subscription {event}") as said:
        wish = {"event_type": event, "address": address}
        await load.caller.seller("subscribe", "PUT", box, "/event/202309/webhooks", wish)

        async def check(caller):
            found = await caller.seller("hooks", "GET", box, "/event/202309/webhooks")
            there = {each["event_type"]: each["address"] for each in found.get("webhooks") or ()}
            return "" if there.get(event) == address else f"{event} goes to {there.get(event)}"

        said.witness("subscription", check)


async def unsubscribe(load, box):
    event = load.draw.choice(EVENTS)
    async with box.about(f"subscription {event}") as said:
        wish = {"event_type": event}
        await load.caller.seller("unsubscribe", "DELETE", box, "/event/202309/webhooks", wish)

        async def check(caller):
            found = await caller.seller("hooks", "GET", box, "/event/202309/webhooks")
            there = [each["event_type"] for each in found.get("webhooks") or ()]
            return f"{event} is subscribed again" if event in there else ""

        said.witness("subscription ended", check)


async def order_of(caller, box, order_id):
    told = await caller.seller("orders", "GET", box, "/order/202309/orders", ids=order_id)
    return next(iter(told.get("orders") or ()), {})


def an_order(load, box):
    if not box.orders:
        raise Refused("no order")
    return load.draw.choice(box.orders[-30:])


async def ship(load, box):
    order_id = an_order(load, box)
    packages = (await order_of(load.caller, box, order_id)).get("packages") or ()
    for package in packages:
        async with box.about(f"shipped {order_id}") as said:
            path = f"/fulfillment/202309/packages/{package['id']}/ship"
            body = {"handover_method": "DROP_OFF"}
            await load.caller.seller("ship", "POST", box, path, body)

            async def check(caller):
                status = (await order_of(caller, box, order_id)).get("status", "gone")
                return f"{order_id} is {status}" if status in (*NOT_SHIPPED, "gone") else ""

            said.witness("shipped", check)


async def cancel(load, box):
    order_id = an_order(load, box)
    async with box.about(f"cancelled {order_id}") as said:
        wish = {"order_id": order_id, "cancel_reason": "seller_cancel_reason_out_of_stock"}
        told = await load.caller.seller("cancel", "POST", box, f"{BACK}/cancellations", wish)
        if told.get("cancel_status") != "CANCELLATION_REQUEST_COMPLETE":
            return

        async def check(caller):
            status = (await order_of(caller, box, order_id)).get("status", "gone")
            return "" if status == "CANCELLED" else f"{order_id} is {status}"

        said.witness("cancelled", check)


async def answer_cancellation(load, box):
    """The buyer asks, the seller approves under a key; who repeats it gets the same again."""
    order_id = an_order(load, box)
    async with box.about(f"cancelled {order_id}") as said:
        await load.caller.control("ask", "POST", box, f"/buyers/{order_id}/cancel")
        found = await load.caller.seller(
            "search", "POST", box, f"{BACK}/cancellations/search", {"order_ids": [order_id]}
        )
        if not found.get("cancellations"):
            order = await order_of(load.caller, box, order_id)
            if order.get("status") == "CANCELLED" or order.get("is_buyer_request_cancel"):
                load.violations.append(f"{box.id}: {order_id} is cancelled by no cancellation")
            raise Refused("its world was replaced meanwhile")
        cancel_id = found["cancellations"][0]["cancel_id"]
        path, key = f"{BACK}/cancellations/{cancel_id}/approve", f"key{load.next_number()}"
        await load.caller.seller("approve", "POST", box, path, idempotency_key=key)

        async def check(caller):
            try:
                await caller.seller("again", "POST", box, path, idempotency_key=key)
            except Refused as refused:
                return f"the answer under its key is forgotten ({refused})"
            return ""

        said.witness("idempotency", check)


async def ask_return(load, box):
    order_id = an_order(load, box)
    async with box.about(f"return {order_id}") as said:
        await load.caller.control("return", "POST", box, f"/buyers/{order_id}/request_return", {})

        async def check(caller):
            found = await caller.seller(
                "returns", "POST", box, f"{BACK}/returns/search", {"order_ids": [order_id]}
            )
            return "" if found.get("return_orders") else f"no return of {order_id}"

        said.witness("return", check)


async def token_by_code(load, box):
    told = box.told
    path = f"/open/authorize?service_id={told['service_id']}&state=x"
    landed = await load.caller.call("consent", "GET", path, box)
    code = parse_qs(urlsplit(landed).query)["code"][0] if isinstance(landed, str) else ""
    if code:
        await _token(load, box, "get", auth_code=code, grant_type="authorized_code")


async def token_by_refresh(load, box):
    refresh = box.told["refresh_token"]
    await _token(load, box, "refresh", refresh_token=refresh, grant_type="refresh_token")


async def _token(load, box, verb, **query):
    given = {"app_key": box.told["app_key"], "app_secret": box.told["app_secret"]} | query
    async with box.about(f"token {load.next_number()}") as said:
        path = f"/api/v2/token/{verb}?" + "&".join(f"{k}={v}" for k, v in given.items())
        token = (await load.caller.call("token", "GET", path, box))["data"]["access_token"]
        box.token = token
        now = box.witnesses.get("now")

        async def check(caller):
            if box.witnesses.get("now") is not now:
                return ""  # time went on, and it may have run out
            try:
                await caller.seller("hooks", "GET", box, "/event/202309/webhooks", token=token)
            except Refused as refused:
                return f"a token lets nobody in ({refused})"
            return ""

        said.witness("token", check)


async def upload_image(load, box):
    side = 100 + load.next_number() % 900
    content = image(size=(side, 100))
    form = aiohttp.FormData()
    form.add_field("data", content, filename="a.png", content_type="image/png")
    path = signed(box.told, "/customer_service/202309/images/upload")
    headers = {"x-tts-access-token": box.token}
    async with box.about(f"image {side}") as said:
        told = await load.caller.call("upload image", "POST", path, box, data=form, headers=headers)
        place = urlsplit(told["data"]["url"]).path

        async def check(caller):
            try:
                served = await caller.call("image", "GET", place)
            except Refused as refused:
                return f"an image is not served ({refused})"
            return "" if served == content else "an image is another"

        said.witness("image", check)


async def evidence(load, box):
    order = await order_of(load.caller, box, an_order(load, box))
    for package in (order.get("packages") or ())[:1]:
        await _photo_of(load, box, package["id"])


async def _photo_of(load, box, package_id):
    content = image(size=(100, 100 + load.next_number() % 900))
    wish = {"name": "photo", "media_type": "image/png"}
    wish["content"] = base64.b64encode(content).decode()
    path = f"/parcels/{package_id}/evidence"
    async with box.about(f"evidence {load.next_number()}") as said:
        number = (await load.caller.desk("evidence", "POST", box, path, wish))["id"]

        async def check(caller):
            try:
                served = await caller.desk("photo", "GET", box, f"{path}/{number}")
            except Refused as refused:
                return f"a photo is not served ({refused})"
            return "" if served == content else "a photo is another"

        said.witness("evidence", check)


async def complain(load, box):
    async with box.about(f"complaint {load.next_number()}") as said:
        wish = {"order_id": an_order(load, box)}
        number = (await load.caller.desk("complain", "POST", box, "/provider-complaints", wish))[
            "id"
        ]

        async def check(caller):
            await caller.desk("complaint", "GET", box, f"/provider-complaints/{number}")
            return ""

        said.witness("complaint", check)
