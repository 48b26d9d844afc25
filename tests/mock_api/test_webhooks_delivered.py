"""Webhooks over a real socket: what comes, in which order, when again, and when no more."""

import json
import socket
import threading
import time
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tiktok_shop_api import Webhooks

from mock_api.settings import Delivery, ServerSettings

MINUTE, HOUR = 60, 3600
PAUSES = (2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR)
ALL = ("ORDER_STATUS_CHANGE", "RECIPIENT_ADDRESS_UPDATE", "CANCELLATION_STATUS_CHANGE")


@pytest.fixture
def told(box, listener):
    """What the listener heard, as the stock client verifies and parses it."""
    return lambda: [
        Webhooks.verify_and_parse(
            app_key=box.app_key, app_secret=box.secret, raw_body=body, signature=signature
        )
        for signature, body in listener.heard
    ]


def attempts(box, nth=0):
    return [attempt["at"] for attempt in box.webhooks()[nth]["attempts"]]


def test_the_stock_client_verifies_and_parses_status_news(box, listener, told):
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="1h")
    news = told()

    assert [each.data.order_status for each in news] == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]
    assert {each.type_ for each in news} == {1}
    assert {each.shop_id for each in news} == {box.told["shops"][0]["id"]}
    assert {each.data.order_id for each in news} == {order}
    assert {each.data.is_on_hold_order for each in news} == {True}
    assert len({each.tts_notification_id for each in news}) == 3
    facts = [fact["at"] for fact in box.journal(order_id=order) if "status" in fact]
    assert [each.timestamp for each in news] == [each.data.update_time for each in news] == facts


def test_an_address_change_is_type_3_without_a_notification_id(box, listener, told):
    box.subscribe(listener.url, "RECIPIENT_ADDRESS_UPDATE")
    order = box.released()
    box.control("POST", f"/buyers/{order}/change_address")
    now = box.advance(by=0)["now"]
    (news,) = told()

    assert (news.type_, news.data.order_id, news.data.update_time) == (3, order, now)
    assert "tts_notification_id" not in listener.news[0]


def test_a_cancellation_is_told_step_by_step(box, listener, told):
    box.subscribe(listener.url, *ALL)
    order = box.released()
    box.control("POST", f"/buyers/{order}/cancel")
    box.advance(by="48h")
    steps = [each for each in told() if each.type_ == 11]

    assert [each.data.cancel_status for each in steps] == [
        "CANCELLATION_REQUEST_PENDING",
        "CANCELLATION_REQUEST_SUCCESS",
        "CANCELLATION_REQUEST_COMPLETE",
    ]
    assert {each.data.cancellations_role for each in steps} == {"BUYER"}
    assert len({each.data.cancel_id for each in steps}) == 1
    asked, granted = steps[0].data.create_time, steps[1].timestamp
    assert granted == asked + 48 * HOUR


def test_a_withdrawn_cancellation_is_cancelled(box, listener, told):
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE")
    order = box.released()
    box.control("POST", f"/buyers/{order}/cancel")
    box.control("POST", f"/buyers/{order}/withdraw_cancellation")
    box.advance(by=0)

    assert [each.data.cancel_status for each in told()] == [
        "CANCELLATION_REQUEST_PENDING",
        "CANCELLATION_REQUEST_CANCELLED",
    ]


def test_webhooks_spell_cancelled_cancel(box, listener, told):
    box.subscribe(listener.url)
    order = box.place_one()
    box.control("POST", f"/buyers/{order}/cancel")
    box.advance(by=0)

    assert [each.data.order_status for each in told()] == ["UNPAID", "ON_HOLD", "CANCEL"]
    assert box.order(order).status == "CANCELLED"


def test_the_signature_covers_key_and_body(box, listener):
    box.subscribe(listener.url)
    box.place_one(paid=False)
    box.advance(by=0)
    ((signature, body),) = listener.heard
    right = {"app_key": box.app_key, "app_secret": box.secret}

    assert Webhooks.verify(**right, raw_body=body, signature=signature)
    assert not Webhooks.verify(**right, raw_body=body + b" ", signature=signature)
    assert not Webhooks.verify(
        app_key="other", app_secret=box.secret, raw_body=body, signature=signature
    )


def test_each_orders_news_keeps_its_order_in_a_storm(box, listener):
    box.subscribe(listener.url)
    orders = box.place(count=30, behaviour="prompt")
    box.advance(by="4d")
    wanted = {
        order: [fact["status"] for fact in box.journal(order_id=order) if "status" in fact]
        for order in orders
    }

    assert {order: listener.statuses(order) for order in orders} == wanted


def test_nothing_subscribed_is_nothing_sent(box, listener):
    box.place_one()
    box.advance(by="1h")

    assert (listener.heard, box.webhooks()) == ([], [])


def test_a_subscription_holds_from_now_on_and_until_it_is_deleted(box, listener):
    order = box.place_one()
    box.subscribe(listener.url)
    box.advance(by="1h")
    box.data("DELETE", "/event/202309/webhooks", {"event_type": "ORDER_STATUS_CHANGE"})
    box.control("POST", f"/buyers/{order}/cancel")
    box.advance(by="48h")

    assert listener.statuses(order) == ["AWAITING_SHIPMENT"]


# Again, and no more.


def test_what_is_not_acknowledged_comes_again_at_the_platforms_pauses(box, listener):
    listener.answers = [500, 302, 204, 404]
    box.subscribe(listener.url)
    start = box.now
    box.place_one(paid=False)
    box.advance(by="20h")
    wanted = [start]
    for pause in PAUSES:
        wanted.append(wanted[-1] + pause)

    assert attempts(box) == wanted
    (message,) = box.webhooks()
    assert [each["status"] for each in message["attempts"]] == [500, 302, 204, 404, 200]
    assert message["state"] == "delivered"
    bodies = {body for _, body in listener.heard}
    assert len(bodies) == 1, "the same message, byte for byte"


def test_after_five_deliveries_it_is_dropped(box, listener):
    listener.answers = [500] * 9
    box.subscribe(listener.url)
    box.place_one(paid=False)
    box.advance(by="23h")

    (message,) = box.webhooks()
    assert (message["state"], len(message["attempts"])) == ("dropped", 5)
    assert message["due_at"] is None


def test_no_second_too_early(box, listener):
    listener.answers = [500]
    box.subscribe(listener.url)
    box.place_one(paid=False)
    box.advance(by="1m59s")
    assert len(listener.heard) == 1
    box.advance(by="1s")
    assert len(listener.heard) == 2


def test_a_401_is_final(box, listener):
    listener.answers = [401]
    box.subscribe(listener.url)
    box.place_one(paid=False)
    box.advance(by="20h")

    (message,) = box.webhooks()
    assert (message["state"], attempts(box)) == ("delivered", [box.told["now"]])


def test_later_news_waits_behind_what_is_undelivered(box, listener):
    listener.answers = [500, 500]
    box.subscribe(listener.url)
    order = box.place_one()
    other = box.place_one()
    box.advance(by="3h")

    assert listener.statuses(order)[-3:] == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]
    assert listener.statuses(other)[-3:] == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]
    by_lane = {}
    for message in box.webhooks():
        by_lane.setdefault(message["order_id"], []).extend(
            each["at"] for each in message["attempts"]
        )
    assert all(times == sorted(times) for times in by_lane.values())


def test_after_a_drop_the_orders_later_news_goes_on(box, listener):
    listener.answers = [500] * 5
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="20h")
    states = [message["state"] for message in box.webhooks()]

    assert states == ["dropped", "delivered", "delivered"]
    assert listener.statuses(order)[5:] == ["ON_HOLD", "AWAITING_SHIPMENT"]


def test_who_answers_too_late_has_not_acknowledged(serve, open_box, listener):
    box = open_box(serve(ServerSettings(delivery=Delivery(timeout_s=0.7))))
    slow = iter([1.1])
    listener.on_news = lambda _: time.sleep(next(slow, 0))
    box.subscribe(listener.url)
    box.place_one(paid=False)
    box.advance(by="3m")
    (message,) = box.webhooks()

    assert [each["status"] for each in message["attempts"]] == [None, 200]
    assert "0.7 s" in message["attempts"][0]["error"]
    assert attempts(box) == [box.told["now"], box.told["now"] + 2 * MINUTE]


def test_the_platforms_patience_is_three_seconds():
    assert ServerSettings().delivery.timeout_s == 3


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/", "http://no-such-host.invalid:{}/"])
def test_nobody_there_is_not_acknowledged_either(box, address):
    with closing(socket.create_server(("127.0.0.1", 0))) as once:
        port = once.getsockname()[1]
    box.subscribe(address.format(port))
    box.place_one(paid=False)
    box.advance(by="1m")
    (message,) = box.webhooks()

    assert message["state"] == "waiting"
    assert message["due_at"] == box.told["now"] + 2 * MINUTE
    assert message["attempts"][0]["status"] is None
    assert message["attempts"][0]["error"]


@pytest.mark.parametrize(
    "address",
    [
        "http://a b/",
        "http://%00/",
        "http://ho\nst/",
        "http://xn--/",
        "http://user:p@ss@127.0.0.1:1/",
        "http://" + "a" * 240 + "/",
        "http://é.invalid/",
        "http://127.0.0.1:1/\x00?q=\x7f#f",
        "http://..:1/",
        "https://127.0.0.1:1/",
    ],
)
def test_the_oddest_address_stops_nobody(serve, open_box, address):
    box = open_box(serve(ServerSettings(delivery=Delivery(timeout_s=0.3))))
    body = {"event_type": "ORDER_STATUS_CHANGE", "address": address}
    answer = box.call("PUT", "/event/202309/webhooks", body)
    assert answer.json()["code"] in (0, 36009004)
    box.place_one(paid=False)
    assert box.advance(by="20h")["reached"]
    for message in box.webhooks():
        assert (message["state"], len(message["attempts"])) == ("dropped", 5)


def test_a_server_that_speaks_no_http_has_not_acknowledged(box):
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def babble():
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"\x00\xff who is there?\r\n\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        box.subscribe(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        box.place_one(paid=False)
        box.advance(by=0)
        thread.join()

    (message,) = box.webhooks()
    assert (message["state"], message["attempts"][0]["status"]) == ("waiting", None)


@contextmanager
def redirecting_to(url):
    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_a_redirect_is_not_followed(box, listener):
    with redirecting_to(listener.url) as url:
        box.subscribe(url)
        box.place_one(paid=False)
        box.advance(by=0)

    assert listener.heard == []
    (message,) = box.webhooks()
    assert (message["state"], message["attempts"][0]["status"]) == ("waiting", 307)


# Time stands still meanwhile.


def test_calls_made_inside_the_handler_land_at_the_instant_of_the_fact(box, listener):
    order = box.place_one()
    package = box.package_of(order)

    def ship(news):
        if news["data"]["order_status"] == "AWAITING_SHIPMENT":
            box.client.orders.get_order_detail(ids=[order])
            box.client.fulfillment.ship_package(package)

    listener.on_news = ship
    box.subscribe(listener.url)
    box.advance(by="15d")
    facts = {fact["kind"]: fact["at"] for fact in box.journal(order_id=order)}
    calls = [each for each in box.exchanges() if each["at"] > box.told["now"]]

    assert facts["OrderReadyToShip"] == facts["OrderReleased"] == box.told["now"] + HOUR
    assert [each["operation"] for each in calls] == ["get_order_detail", "ship_package"]
    assert {each["at"] for each in calls} == {facts["OrderReleased"]}
    assert listener.statuses(order)[-2:] == ["DELIVERED", "COMPLETED"]


def test_calls_made_soon_after_the_acknowledgement_land_there_too(open_box, listener):
    box = open_box(quiet_ms=300)
    order = box.place_one()
    package = box.package_of(order)
    later = []

    def ship_soon(news):
        if news["data"]["order_status"] == "AWAITING_SHIPMENT":
            timer = threading.Timer(0.05, box.client.fulfillment.ship_package, (package,))
            later.append(timer)
            timer.start()

    listener.on_news = ship_soon
    box.subscribe(listener.url)
    box.advance(by="2h")
    for timer in later:
        timer.join()
    facts = {fact["kind"]: fact["at"] for fact in box.journal(order_id=order)}

    assert facts["OrderReadyToShip"] == facts["OrderReleased"]


def test_news_of_commands_is_handed_out_without_an_advance(box, listener):
    box.subscribe(listener.url)
    order = box.place_one()
    patience = time.monotonic() + 5
    while len(listener.heard) < 2 and time.monotonic() < patience:
        time.sleep(0.01)

    assert listener.statuses(order) == ["UNPAID", "ON_HOLD"]


def test_in_free_mode_time_waits_for_nobody(open_box, listener):
    box = open_box(webhooks="free")
    gate = threading.Event()
    listener.on_news = lambda _: gate.wait(2)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="1h")
    assert len(listener.heard) <= 1
    assert not gate.is_set()
    gate.set()
    patience = time.monotonic() + 5
    while len(listener.heard) < 3 and time.monotonic() < patience:
        time.sleep(0.01)

    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]


def test_the_list_of_webhooks_shows_every_message(box, listener):
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by=0)
    first, second = box.webhooks()

    assert (first["n"], second["n"]) == (1, 2)
    assert first["order_id"] == order
    assert first["kind"] == "ORDER_STATUS_CHANGE"
    assert first["url"] == listener.url
    assert json.loads(first["body"])["data"]["order_status"] == "UNPAID"
    assert first["created_at"] == box.now
    assert first["attempts"][0]["took_ms"] >= 0
    page = box.control("GET", "/webhooks", after=1, limit=1)
    assert ([each["n"] for each in page["webhooks"]], page["next"]) == ([2], 2)
    assert box.control("GET", "/webhooks", after=2) == {
        "webhooks": [],
        "next": 2,
        "waiting": 0,
        "turned_away": 0,
    }


def test_webhooks_change_no_fact(open_box, listener):
    heard, deaf = open_box(seed=5), open_box(seed=5)
    listener.answers = [500, 500]
    heard.subscribe(listener.url)
    for box in (heard, deaf):
        box.place(count=3, behaviour="prompt")
        box.advance(by="6d")

    assert heard.mark() == deaf.mark()
