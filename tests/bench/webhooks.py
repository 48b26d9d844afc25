"""How fast webhooks reach a receiver on this machine, each order's in its order."""

import time

import httpx
from http_load import signed
from measure import Measurement
from processes import server

ORDERS = 2_000


def measurements():
    with (
        server("receiver.py") as receiver,
        server("seatrial_server.py") as ours,
        ours.client() as http,
    ):
        sandbox = subscribed(http, receiver)
        began = time.perf_counter()
        http.post(
            f"/_seatrial/sandboxes/{sandbox}/orders", json={"count": ORDERS}
        ).raise_for_status()
        while received(receiver) < 2 * ORDERS:
            time.sleep(0.02)
        rate = 2 * ORDERS / (time.perf_counter() - began)
    yield Measurement(
        "webhooks to a local receiver, orders placed included",
        rate,
        "/s",
        goal=">= 1,000/s",
        ok=rate >= 1000,
    )


def received(receiver):
    return httpx.get(receiver.url).json()


def subscribed(http, receiver):
    """A sandbox whose order news goes to *receiver*, without waiting for it; its id."""
    sandbox = http.post("/_seatrial/sandboxes", json={"seed": 7, "webhooks": "free"}).json()
    body = f'{{"event_type":"ORDER_STATUS_CHANGE","address":"{receiver.url}/"}}'.encode()
    headers = {
        "x-tts-access-token": sandbox["access_token"],
        "content-type": "application/json",
    }
    path = signed(sandbox, "/event/202309/webhooks", body)
    http.put(path, content=body, headers=headers).raise_for_status()
    return sandbox["id"]
