"""How fast the server answers, against a bare FastAPI endpoint on the same uvicorn.

The load comes from a process of its own, over keep-alive connections on loopback.
"""

import asyncio
import time

import aiohttp
from measure import Measurement, timed
from processes import server

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign

CONNECTIONS = 16
CALLS = 6_000


def measurements(live_orders=20_000):
    with server("bare_server.py") as bare:
        bare_rate, _ = asyncio.run(load(lambda: f"{bare.url}/json", {}))
    yield Measurement("bare FastAPI JSON endpoint", bare_rate, "calls/s")
    with server("seatrial_server.py") as ours, ours.client() as http:
        sandbox = http.post("/_seatrial/sandboxes", json={"seed": 7, "rate_limit": 0}).json()
        at = f"/_seatrial/sandboxes/{sandbox['id']}"
        orders = []
        while len(orders) < live_orders:
            orders += http.post(f"{at}/orders", json={"count": 5_000}).json()["orders"]
        headers = {"x-tts-access-token": sandbox["access_token"]}
        turn = iter(range(10**9))

        def detail():
            order = orders[next(turn) * 37 % len(orders)]
            return ours.url + signed(sandbox, "/order/202507/orders", ids=order)

        rate, p99 = asyncio.run(load(detail, headers))
        yield Measurement(
            f"signed order detail, {live_orders:,} live orders",
            rate,
            "calls/s",
            rate / bare_rate,
            "bare FastAPI",
            ">= 0.6 x bare",
            rate >= 0.6 * bare_rate,
        )
        yield Measurement(
            "its p99 at 16 connections", p99 * 1000, "ms", goal="< 10 ms", ok=p99 < 0.01
        )
        yield page_cost(http, sandbox, live_orders)
        yield from sandbox_costs(http)


def sandbox_costs(http, rounds=50):
    """What a fresh world costs whoever wants one per test."""
    for name, path in (("new sandbox", "sandboxes"), ("reset", "sandboxes/sb-1/reset")):
        seconds, _ = timed(lambda path=path: [post(http, path) for _ in range(rounds)])
        each = seconds / rounds * 1000
        yield Measurement(name, each, "ms", goal="<= 10 ms", ok=each <= 10)


def post(http, path):
    http.post(f"/_seatrial/{path}", json={} if path == "sandboxes" else None).raise_for_status()


def page_cost(http, big, live_orders):
    """A page of 50 among many, against a page of 50 among a hundredth of them."""
    small = http.post("/_seatrial/sandboxes", json={"seed": 7, "rate_limit": 0}).json()
    http.post(
        f"/_seatrial/sandboxes/{small['id']}/orders", json={"count": live_orders // 100}
    ).raise_for_status()
    cost = {"big": [], "small": []}
    for _ in range(60):
        for name, sandbox in (("big", big), ("small", small)):
            headers = {"x-tts-access-token": sandbox["access_token"]}
            headers["content-type"] = "application/json"
            path = signed(sandbox, "/order/202309/orders/search", b"{}", page_size="50")
            began = time.perf_counter()
            http.post(path, content=b"{}", headers=headers).raise_for_status()
            cost[name].append(time.perf_counter() - began)
    many, few = (sorted(cost[name])[30] * 1000 for name in ("big", "small"))
    return Measurement(
        f"order search, a page of 50 of {live_orders:,}",
        many,
        "ms",
        many / few,
        f"of {live_orders // 100:,}",
        "<= 1.2 x",
        many <= 1.2 * few,
    )


def signed(sandbox, path, body=b"", **query):
    pairs = [
        *query.items(),
        ("app_key", sandbox["app_key"]),
        ("shop_cipher", sandbox["shops"][0]["cipher"]),
        ("timestamp", str(wall_seconds())),
    ]
    pairs.append(("sign", sign(path, pairs, body, sandbox["app_secret"])))
    return f"{path}?{'&'.join(f'{k}={v}' for k, v in pairs)}"


async def load(url, headers):
    """Calls a second at 16 connections, and the 99th percentile of their times."""
    took = []

    async def caller(session, calls):
        for _ in range(calls):
            began = time.perf_counter()
            async with session.get(url(), headers=headers) as answer:
                body = await answer.read()
                assert answer.status == 200, body
            took.append(time.perf_counter() - began)

    async with aiohttp.ClientSession() as session:
        await caller(session, 200)
        took.clear()
        began = time.perf_counter()
        share = CALLS // CONNECTIONS
        await asyncio.gather(*(caller(session, share) for _ in range(CONNECTIONS)))
        seconds = time.perf_counter() - began
    took.sort()
    return len(took) / seconds, took[len(took) * 99 // 100]
