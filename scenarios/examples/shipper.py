"""A small but complete integration: it hears webhooks, ships, marks, and complains.

Everything a seller's software has to get right is here once: it checks signatures, answers at once
and works afterwards, hears a webhook twice without shipping twice, believes the order and not the
webhook, stops at a cancellation, refreshes its token and slows down when it is told to.

Run it: ``python shipper.py``. It listens on port 9000 and calls the server at ``SEATRIAL_URL``.
"""

import hashlib
import hmac
import json
import os
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

BASE = os.environ.get("SEATRIAL_URL", "http://127.0.0.1:8470")
PORT = int(os.environ.get("SHIPPER_PORT", "9000"))
PICKUP_WITHIN = 48 * 3600
TOKEN_EXPIRED, TOO_MANY = 105002, 36009002


class NoAnswer(Exception):
    """Nobody said whether the call took effect: look, before you repeat it."""


class Platform:
    """Signed calls to the seller center, and the desk's plain ones."""

    def __init__(self):
        self.key, self.secret = "seatrial", "seatrial-secret"
        self.token, self.refresh_token = "ROW_seatrial-access-token", "ROW_seatrial-refresh-token"
        self.cipher = "ROW_seatrial-shop"
        self.http = httpx.Client(base_url=BASE, timeout=30, trust_env=False)

    def call(self, method, path, body=None, **query):
        """One call; a token that has run out is renewed, and a busy server left alone a while."""
        for attempt in range(6):
            try:
                answer = self._send(method, path, body, query)
            except NoAnswer:
                if method != "GET" or attempt == 5:
                    raise
                time.sleep(0.2 * 2**attempt)  # to read again does no harm
                continue
            told = answer.json()
            if told["code"] == TOKEN_EXPIRED:
                self._refresh()
            elif told["code"] == TOO_MANY or answer.status_code == 503:
                time.sleep(float(answer.headers.get("Retry-After", 0.2 * 2**attempt)))
            else:
                return told
        return told

    def complain(self, order_id):
        """About the logistics provider: no public API has that, so it is done at the desk."""
        headers = {"x-tts-access-token": self.token}
        self.http.post("/desk/v1/provider-complaints", json={"order_id": order_id}, headers=headers)

    def signed_by_platform(self, body, signature):
        """Webhooks are signed over app key and body."""
        wanted = hmac.new(self.secret.encode(), self.key.encode() + body, hashlib.sha256)
        return hmac.compare_digest(wanted.hexdigest(), signature)

    def _send(self, method, path, body, query):
        content = b"" if body is None else json.dumps(body).encode()
        pairs = {**query, "app_key": self.key, "shop_cipher": self.cipher}
        pairs["timestamp"] = str(int(time.time()))
        text = path + "".join(f"{name}{pairs[name]}" for name in sorted(pairs)) + content.decode()
        text = f"{self.secret}{text}{self.secret}"
        pairs["sign"] = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        headers = {"x-tts-access-token": self.token, "content-type": "application/json"}
        try:
            answer = self.http.request(method, path, params=pairs, content=content, headers=headers)
        except httpx.TransportError as lost:
            raise NoAnswer from lost
        if answer.status_code in (502, 504):
            raise NoAnswer(f"{answer.status_code} from somebody in between")
        return answer

    def _refresh(self):
        query = {
            "app_key": self.key,
            "app_secret": self.secret,
            "refresh_token": self.refresh_token,
            "grant_type": "refresh_token",
        }
        answer = self.http.get("/api/v2/token/refresh", params=query)
        fresh = answer.json().get("data") if answer.status_code == 200 else None
        if fresh:  # or else the next call says again that the token has run out
            self.token, self.refresh_token = fresh["access_token"], fresh["refresh_token"]


class Shipper:
    """Does what an order needs next, by what the order itself says."""

    def __init__(self, platform):
        self.platform = platform
        self.heard = set()
        self.complained = set()

    def is_news(self, webhook):
        """The same webhook comes twice now and then."""
        known = webhook.get("tts_notification_id") in self.heard
        self.heard.add(webhook.get("tts_notification_id"))
        return not known or "tts_notification_id" not in webhook

    def work_on(self, order_id):
        """Webhooks come late and in any order, so the order is read again each time."""
        told = self.platform.call("GET", "/order/202507/orders", ids=order_id)
        for order in (told.get("data") or {}).get("orders", ()):
            if self.may_ship(order):
                self.ship(order)
            if order["status"] == "IN_TRANSIT":
                self.check_pickup(order)

    def may_ship(self, order):
        """It waits for us, and its buyer has not asked to cancel it."""
        return order["status"] == "AWAITING_SHIPMENT" and not order.get("is_buyer_request_cancel")

    def ship(self, order):
        """Platform shipping: ready to ship. Seller shipping: marked, under a number of our own."""
        if order["shipping_type"] == "TIKTOK":
            for package in order["packages"]:
                path = f"/fulfillment/202309/packages/{package['id']}/ship"
                self.platform.call("POST", path, {})
            return
        path = f"/fulfillment/202309/orders/{order['id']}/packages"
        body = {"tracking_number": f"EX{order['id']}", "shipping_provider_id": self.provider(order)}
        self.platform.call("POST", path, body)

    def provider(self, order):
        """The first of the delivery option's carriers."""
        path = f"/logistics/202309/delivery_options/{order['delivery_option_id']}"
        told = self.platform.call("GET", f"{path}/shipping_providers")
        return told["data"]["shipping_providers"][0]["id"]

    def check_pickup(self, order):
        """The designated carrier was later than it may be: complain, once."""
        late = order.get("collection_time", 0) - order.get("rts_time", 0) > PICKUP_WITHIN
        if order["shipping_type"] == "TIKTOK" and late and order["id"] not in self.complained:
            self.complained.add(order["id"])
            self.platform.complain(order["id"])


def serve(shipper, port=PORT):
    """Answer webhooks at once, and work on them one after the other."""
    inbox = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            genuine = shipper.platform.signed_by_platform(body, self.headers["authorization"])
            webhook = json.loads(body) if genuine else {}
            if genuine and shipper.is_news(webhook):
                inbox.put(webhook["data"]["order_id"])
            self.send_response(200 if genuine else 401)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    def work():
        while True:
            order_id = inbox.get()
            try:
                shipper.work_on(order_id)
            except NoAnswer:
                inbox.put(order_id)  # read again, it says itself whether it is shipped
            except Exception as problem:  # one bad order must not stop the others
                print(f"order {order_id}: {problem!r}", flush=True)

    threading.Thread(target=work, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()


if __name__ == "__main__":
    serve(Shipper(Platform()))
