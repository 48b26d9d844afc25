"""The load of ``make soak``: who calls, what they call, and what they may be answered.

One long-lived shop whose orders come, are shipped and end; and one sandbox after another with
carriers' labels and followed numbers, each deleted in the end, as a test suite leaves them.
"""

import asyncio
import json
import sys
from collections import Counter, deque

import aiohttp
from http_load import signed
from soak_carriers import Carriers

SELLERS = 8
SHIPPERS = 2
CALLS_A_DAY = 800
"""Of the sellers, for every four steps of the clock."""
STEP = "6h"
AUTHORIZED_FOR = "36500d"
"""A year of the shop's time is 290,000 requests."""
ORDERS_A_STEP = 10
PLANNED = (
    {"what": "throttled", "operation": "get_order_detail", "probability": 0.002, "retry_after": 0},
    {"what": "overloaded", "operation": "get_order_list", "probability": 0.002},
    {"what": "internal_error", "operation": "search_package", "probability": 0.002},
)
WEBHOOKS = (
    {"what": "webhook_lost", "probability": 0.01},
    {"what": "webhook_doubled", "probability": 0.01},
    {"what": "webhook_delayed", "by": "1h", "probability": 0.01},
)
MAY_FAIL = frozenset({429, 500, 503})


class Load:
    """Everybody who calls, and what came of it."""

    def __init__(self, base, receiver):
        self.base, self.receiver = base, receiver
        self.requests = self.orders = self.labels = self.webhooks = 0
        self.planned = self.failures_as_planned = 0
        self.answers, self.unexpected = Counter(), Counter()
        self.failed_to_run = False
        self._going = True
        self._unshipped, self._known = deque(maxlen=2_000), deque(maxlen=500)

    def stop(self):
        self._going = False

    async def run(self):
        connector = aiohttp.TCPConnector(limit=64)
        async with aiohttp.ClientSession(self.base, connector=connector) as self.http:
            try:
                await self._set_up()
                await asyncio.gather(
                    self._clock(),
                    *(self._seller(nth) for nth in range(SELLERS)),
                    *(self._shipper(nth) for nth in range(SHIPPERS)),
                )
                await self._settle_accounts()
            except BaseException:
                self.failed_to_run = True
                print(dict(self.unexpected), file=sys.stderr)
                raise

    # Calls.

    async def call(self, kind, method, path, expected=(200, 201, 204), **how):
        """The answer's JSON; whatever is neither expected nor planned is counted against the run.
        *expected*: HTTP statuses, or codes in the body."""
        self.requests += 1
        async with self.http.request(method, path, **how) as answer:
            text = await answer.text()
        is_json = text[:1] in ("{", "[") and "json" in answer.content_type
        said = json.loads(text) if is_json else {}
        code = said.get("code") if isinstance(said, dict) else None
        self.answers[f"{kind} {answer.status} {code if isinstance(code, int) else ''}"] += 1
        fine = answer.status in expected and code in (None, 0, *expected)
        if not fine and code not in expected:
            if kind.startswith("seller") and answer.status in MAY_FAIL:
                self.failures_as_planned += 1
            else:
                self.unexpected[f"{kind} {answer.status} {text[:300]}"] += 1
            return None
        return said

    async def seller(self, kind, method, path, body=None, expected=(200,), **query):
        sent = b"" if body is None else json.dumps(body).encode()
        headers = {"x-tts-access-token": self.token, "content-type": "application/json"}
        path = signed(self.box, path, sent, **query)
        return await self.call(
            f"seller {kind}", method, path, expected, data=sent or None, headers=headers
        )

    async def control(self, kind, method, path, body=None, expected=(200, 201, 202, 204)):
        url = f"/_seatrial/sandboxes/{path}".rstrip("/")
        return await self.call(f"control {kind}", method, url, expected, json=body)

    # The long-lived shop.

    async def _set_up(self):
        wish = {"seed": 7, "rate_limit": 0, "webhooks": "free", "authorized_for": AUTHORIZED_FOR}
        self.box = await self.control("open", "POST", "", wish)
        self.at, self.token = self.box["id"], self.box["access_token"]
        for event in ("ORDER_STATUS_CHANGE", "PACKAGE_UPDATE"):
            wish = {"event_type": event, "address": f"{self.receiver}/"}
            await self.seller("subscribe", "PUT", "/event/202309/webhooks", wish)
        for plan in (*PLANNED, *WEBHOOKS):
            await self.control("fault", "POST", f"{self.at}/faults", plan)

    async def _clock(self):
        """Orders come and time passes, as far as the sellers have come."""
        steps = 0
        while self._going:
            if steps * CALLS_A_DAY / 4 > self.requests:
                await asyncio.sleep(0.02)
                continue
            steps += 1
            for behaviour in ("prompt", ""):
                wish = {"count": ORDERS_A_STEP // 2, "behaviour": behaviour}
                placed = await self.control("orders", "POST", f"{self.at}/orders", wish)
                self._known.extend(placed["orders"])
                if not behaviour:
                    self._unshipped.extend((steps, order) for order in placed["orders"])
                self.orders += len(placed["orders"])
            await self.control("advance", "POST", f"{self.at}/clock/advance", {"by": STEP})
            self._step = steps
            if steps % 5 == 0:
                await self.control("report", "GET", f"{self.at}/report")
                await self.control("exchanges", "GET", f"{self.at}/exchanges?limit=20")
                await self.control("webhooks", "GET", f"{self.at}/webhooks?limit=20")
                await self.control("journal", "GET", f"{self.at}/journal?limit=50")

    async def _seller(self, nth):
        turn = nth
        while self._going:
            turn += 1
            if not self._known:
                await asyncio.sleep(0.02)
                continue
            await self._read(turn)
            if turn % 10 == 0:
                await self._ship()
            if turn % 50 == 0:
                await self._refused()
            if turn % 500 == 0:
                await self._refresh()

    async def _read(self, turn):
        order = self._known[turn * 37 % len(self._known)]
        match turn % 4:
            case 0:
                await self.seller(
                    "search", "POST", "/order/202309/orders/search", {}, page_size="20"
                )
            case 1:
                await self.seller(
                    "packages", "POST", "/fulfillment/202309/packages/search", {}, page_size="20"
                )
            case _:
                await self.seller("detail", "GET", "/order/202507/orders", ids=order)

    async def _ship(self):
        """The oldest order that is past its hour of remorse."""
        if not self._unshipped or self._unshipped[0][0] > getattr(self, "_step", 0):
            return
        _, order = self._unshipped.popleft()
        told = await self.seller("detail", "GET", "/order/202309/orders", ids=order)
        orders = (told or {}).get("data", {}).get("orders", [])
        for package in orders[0].get("packages", []) if orders else []:
            path = f"/fulfillment/202309/packages/{package['id']}/ship"
            await self.seller("ship", "POST", path, {"handover_method": "PICKUP"}, SHIPPED)

    async def _refused(self):
        path = "/order/202507/orders?app_key=nobody&timestamp=1&sign=0"
        await self.call("refused", "GET", path, REFUSED)
        await self.control("refused", "GET", "nowhere/report", expected=(404,))
        await self.call("refused", "GET", f"/{'x' * 40}/nothing", REFUSED)

    async def _refresh(self):
        box = self.box
        path = (
            f"/api/v2/token/refresh?app_key={box['app_key']}&app_secret={box['app_secret']}"
            f"&refresh_token={box['refresh_token']}&grant_type=refresh_token"
        )
        told = await self.call("token", "GET", path)
        self.token = told["data"]["access_token"]

    async def _settle_accounts(self):
        """How many failures were planned and came to pass."""
        told = await self.control("faults", "GET", f"{self.at}/faults")
        of_calls = {plan["what"] for plan in PLANNED}
        self.planned = sum(each["fired"] for each in told["faults"] if each["what"] in of_calls)
        async with aiohttp.ClientSession() as plain, plain.get(self.receiver) as answer:
            self.webhooks = int(await answer.text())

    # Sandboxes that come and go.

    async def _shipper(self, nth):
        while self._going:
            wish = {"seed": nth + 1, "rate_limit": 0, "quiet_ms": 0}
            box = await self.control("open", "POST", "", wish)
            carriers = Carriers(self, box)
            await carriers.work()
            self.labels += carriers.labels
            for path in ("orders", "clock/advance"):
                body = {"count": 5, "behaviour": "prompt"} if path == "orders" else {"by": "3d"}
                await self.control(path, "POST", f"{box['id']}/{path}", body)
            await self.control("report", "GET", f"{box['id']}/report")
            await self.control("delete", "DELETE", box["id"])


SHIPPED = (200, 21011021, 21008042, 21011004)
"""Shipped; or it was cancelled, or shipped by itself, meanwhile."""
REFUSED = (401, 404, 36009003, 36009004, 36009009, 106001, 105000)
