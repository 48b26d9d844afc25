"""Planned faults below HTTP's words, as clients meet them on a socket: no answer, half of one, a
late or an old one; and what took effect all the same."""

import socket
import threading
from contextlib import closing

import httpx
import pytest
import uvicorn

from mock_api.main import create_app
from mock_api.settings import ServerSettings
from tests.mock_api.carriers.jt import Jt
from tests.mock_api.carriers.ups import Ups

ORDERS = "/order/202507/orders"
CUT_OFF = (httpx.ReadError, httpx.RemoteProtocolError)
"""As httpx hears of a reset: the second, if it was still writing."""


class Caller:
    """One dialect: a call that only reads, and one that does something; what was done so far."""

    def __init__(self, dialect, read, act, done):
        self.dialect, self.read, self.act, self.done = dialect, read, act, done


def seller_center(box):
    order = box.released()
    package = box.package_of(order)
    return Caller(
        "seller_center",
        lambda: box.call("GET", ORDERS, query=[("ids", order)]),
        lambda: box.call("POST", f"/fulfillment/202309/packages/{package}/ship", {}),
        lambda: box.order(order).status == "AWAITING_COLLECTION",
    )


def ups(box):
    client = Ups(box)
    client.authenticate()
    number = client.shipped()
    journal = box.inside.world.journal
    before = journal.length
    return Caller(
        "ups",
        lambda: client.call("GET", f"/api/track/v1/details/{number}", transId="1"),
        lambda: client.call("POST", "/api/shipments/v2409/ship", client.ship_body()),
        lambda: journal.length > before,
    )


def jt(box):
    client = Jt(box)
    number = client.placed_number()
    journal = box.inside.world.journal
    before = journal.length
    return Caller(
        "jt",
        lambda: client.call("logistics/trace", {"billCodes": number}),
        lambda: client.call("order/addOrder", client.order()),
        lambda: journal.length > before,
    )


@pytest.fixture(params=[seller_center, ups, jt])
def caller(request, box):
    return request.param(box)


@pytest.fixture
def plan(box):
    return lambda **wish: box.control("POST", "/faults", wish)["id"]


@pytest.fixture
def told(box):
    def of(fault):
        return next(each for each in box.control("GET", "/faults")["faults"] if each["id"] == fault)

    return of


# Before the command, in any dialect.


def test_a_connection_is_reset_and_nothing_took_effect(box, caller, plan):
    plan(what="connection_reset", dialect=caller.dialect, times=1)
    with pytest.raises(CUT_OFF):
        caller.act()
    assert not caller.done()
    shown = box.exchanges()[-1] if caller.dialect != "seller_center" else box.exchanges()[-2]
    assert (shown["status"], shown["answer"], shown["faults"]) == (0, "", ["connection_reset"])
    caller.act()
    assert caller.done()


@pytest.mark.parametrize(("what", "status"), [("bad_gateway", 502), ("gateway_timeout", 504)])
def test_an_intermediarys_page_is_none_of_the_dialects(caller, plan, what, status):
    plan(what=what, dialect=caller.dialect, times=1)
    answer = caller.act()
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/html; charset=utf-8",
    )
    assert f"<h1>{status} " in answer.text
    assert not caller.done()


# After the command.


def test_an_answer_is_lost_and_the_command_took_effect(box, caller, plan, told):
    fault = plan(what="lost_answer", dialect=caller.dialect, times=1, ms=20)
    with pytest.raises(httpx.ReadError):
        caller.act()
    assert caller.done()
    spoilt = [each for each in box.exchanges() if each["faults"]]
    assert [(each["status"], each["faults"]) for each in spoilt] == [(200, ["lost_answer"])]
    assert (told(fault)["fired"], told(fault)["delayed_ms"]) == (1, 20)


def test_an_answer_is_lost_to_an_intermediary_that_gave_up(caller, plan):
    plan(what="lost_answer", dialect=caller.dialect, times=1, then="gateway_timeout")
    answer = caller.act()
    assert (answer.status_code, answer.headers["content-type"][:9]) == (504, "text/html")
    assert caller.done()


def test_who_gives_up_first_is_not_waited_for(box, plan):
    caller = seller_center(box)
    plan(what="lost_answer", operation="ship_package", ms=600_000)
    box.served.http.timeout = httpx.Timeout(30, read=0.3)
    try:
        with pytest.raises(httpx.ReadTimeout):
            caller.act()
    finally:
        box.served.http.timeout = httpx.Timeout(30)
    assert caller.done()
    while box.inside.traffic.under_way:  # until the server has heard that the client has gone
        box.control("GET")
    assert any(each["faults"] for each in box.exchanges())


def test_a_body_ends_before_its_length(caller, plan, told):
    whole = caller.read().content
    fault = plan(what="truncated_body", dialect=caller.dialect, times=1, share=0.25)
    with pytest.raises(httpx.RemoteProtocolError, match=f"expected {len(whole)}"):
        caller.read()
    assert told(fault)["withheld_bytes"] == len(whole) - len(whole) // 4
    assert caller.read().content[:1] == whole[:1]


def test_a_slow_body_comes_in_pieces_and_whole(caller, plan, told):
    fault = plan(what="slow_body", dialect=caller.dialect, times=1, ms=50)
    answer = caller.read()
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.json().keys() == caller.read().json().keys()
    assert (told(fault)["fired"], told(fault)["delayed_ms"]) == (1, 50)


def test_a_late_answer_is_the_same_answer(box, caller, plan, told):
    fault = plan(what="latency", dialect=caller.dialect, times=1, ms=30)
    assert caller.read().status_code == 200
    assert told(fault)["delayed_ms"] == 30
    late = box.exchanges()[-1]
    assert late["faults"] == ["latency"]
    assert late["took_ms"] >= 30


def test_a_drawn_latency_is_counted_as_drawn(box, plan, told):
    order = box.place_one()
    fault = plan(what="latency", median_ms=3, sigma=0.5)
    for _ in range(5):
        box.call("GET", ORDERS, query=[("ids", order)])
    assert told(fault)["fired"] == 5
    assert 0 < told(fault)["delayed_ms"] < 500


# Stale reads.


def statuses(answer):
    return [order["status"] for order in answer.json()["data"]["orders"]]


def test_a_read_is_answered_as_before_the_last_change(box, plan, told):
    order = box.place_one()
    fault = plan(what="stale_read", order_id=order, times=2)

    def read():
        return statuses(box.call("GET", ORDERS, query=[("ids", order)]))

    assert [read(), read()] == [["ON_HOLD"]] * 2
    assert told(fault)["met"] == 0
    box.advance(by="2h")
    assert [read() for _ in range(3)] == [["ON_HOLD"], ["ON_HOLD"], ["AWAITING_SHIPMENT"]]
    assert (told(fault)["met"], told(fault)["fired"]) == (2, 2)
    logged = box.exchanges()[-2]
    assert logged["faults"] == ["stale_read"]
    assert "ON_HOLD" in logged["answer"]


def test_a_search_may_be_stale_and_a_command_never_is(box, plan, told):
    order = box.released()
    package = box.package_of(order)
    fault = plan(what="stale_read")
    wish = {"order_status": "AWAITING_SHIPMENT"}

    def search():
        path, query = "/order/202309/orders/search", [("page_size", "10")]
        return [each["id"] for each in box.data("POST", path, wish, query=query).get("orders", [])]

    assert search() == [order]
    ship = f"/fulfillment/202309/packages/{package}/ship"
    assert box.call("POST", ship, {}).json()["code"] == 0
    box.call("POST", ship, {})
    assert told(fault)["met"] == 0
    assert search() == [order]
    assert told(fault)["fired"] == 1


def test_a_carriers_tracking_may_be_stale(box, plan):
    client = Ups(box)
    number = client.shipped()
    plan(what="stale_read", dialect="ups", operation="details", times=1)
    first = client.codes(number)
    box.advance(by="10d")
    assert client.codes(number) == first
    assert len(client.codes(number)) > len(first)


def test_answers_are_kept_only_while_stale_ones_are_planned(box, plan):
    order = box.place_one()
    fault = plan(what="stale_read")
    box.call("GET", ORDERS, query=[("ids", order)])
    assert len(box.inside.faults.readings.kept) == 1
    box.ask("DELETE", f"/faults/{fault}")
    assert len(box.inside.faults.readings.kept) == 0
    plan(what="overloaded", operation="nobody")
    box.call("GET", ORDERS, query=[("ids", order)])
    assert len(box.inside.faults.readings.kept) == 0


# The socket itself.


def raw(box, base, read_all):
    """What a client that knows only sockets gets of a GET that passes the gates."""
    url = httpx.URL(base)
    sent = box.call("GET", ORDERS, query=[("ids", box.place_one())]).request
    head = f"GET {sent.url.raw_path.decode()} HTTP/1.1\r\nhost: x\r\n"
    head += f"x-tts-access-token: {box.token}\r\ncontent-type: application/json\r\n\r\n"
    with closing(socket.create_connection((url.host, url.port), timeout=10)) as line:
        line.sendall(head.encode())
        return read_all(line)


def until_end(line):
    heard = b""
    while piece := line.recv(65536):
        heard += piece
    return heard


def running(http):
    """A server with that parser of uvicorn's, on asyncio's own loop."""
    app = create_app(ServerSettings(default_sandbox=False))
    config = uvicorn.Config(app, http=http, loop="asyncio", log_config=None, access_log=False)
    return uvicorn.Server(config)


@pytest.fixture(params=["h11", "httptools"])
def base(request):
    server = running(request.param)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.mark.parametrize("what", ["connection_reset", "lost_answer"])
def test_a_reset_is_tcps_own(box, plan, what):
    plan(what=what, nth=2)
    with pytest.raises(ConnectionResetError):
        raw(box, box.served.base, until_end)


def test_a_truncated_body_ends_and_is_not_reset(box, plan):
    plan(what="truncated_body", share=0, nth=2)
    head, _, body = raw(box, box.served.base, until_end).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"content-length: " in head
    assert body == b""


def test_both_of_uvicorns_parsers_and_loops_do_it(base, caplog):
    with httpx.Client(base_url=base, trust_env=False, timeout=10) as http:
        opened = http.post("/_seatrial/sandboxes", json={}).json()
        at = f"/_seatrial/sandboxes/{opened['id']}/faults"
        headers = {"x-tts-access-token": opened["access_token"]}
        for wish, error in (
            ({"what": "connection_reset"}, CUT_OFF),
            ({"what": "lost_answer"}, httpx.ReadError),
            ({"what": "truncated_body"}, httpx.RemoteProtocolError),
        ):
            http.post(at, json=wish | {"times": 1})
            with pytest.raises(error):
                http.get("/desk/v1/liability", headers=headers)
        assert http.get("/desk/v1/liability", headers=headers).status_code == 200
        told = http.get(at, params={"never_fired": True}).json()
    assert told == {"faults": []}
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []
