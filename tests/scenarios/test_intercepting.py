"""``seatrial.intercept()`` and the box in it: an integration that was written for the real hosts is
answered in this process, unchanged."""

import asyncio
import json
import socket
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import seatrial

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign
from scenarios.receiver import receiver
from scenarios.testing.box import Box, SandboxRefused
from scenarios.testing.intercepting import REAL_HOSTS
from tests.thoroughness import chosen

HOUR = 3600
API = "https://open-api.tiktokglobalshop.com"


def signed(box, method, path, body=None, **query):
    """A request as any integration would write it."""
    content = b"" if body is None else json.dumps(body).encode()
    pairs = [*query.items(), ("app_key", box.app_key), ("shop_cipher", box.shop_cipher)]
    pairs.append(("timestamp", str(wall_seconds())))
    pairs.append(("sign", sign(path, pairs, content, box.app_secret)))
    headers = {"x-tts-access-token": box.access_token, "content-type": "application/json"}
    return httpx.Request(method, API + path, params=pairs, content=content, headers=headers)


def statuses(answer):
    return [order["status"] for order in answer.json()["data"]["orders"]]


@pytest.fixture(scope="module")
def shared():
    """A sandbox for tests that only look, or that need no empty world."""
    with seatrial.intercept(seed=3) as box:
        yield box


def test_the_door_names_what_there_is():
    assert set(seatrial.__all__) == {"Box", "REAL_HOSTS", "intercept", "opened"}
    assert (seatrial.Box, seatrial.REAL_HOSTS) == (Box, REAL_HOSTS)


def test_a_synchronous_client_is_answered_under_the_real_host(shared):
    (order_id,) = shared.place(seller="integration")
    with httpx.Client() as http:
        answer = http.send(signed(shared, "GET", "/order/202507/orders", ids=order_id))
    assert statuses(answer) == ["ON_HOLD"]
    assert shared.exchanges()[-1]["operation"] == "get_order_detail"


def test_an_asynchronous_client_is_answered_as_well(shared):
    (order_id,) = shared.place()

    async def ask():
        async with httpx.AsyncClient(base_url=API) as http:
            return await http.send(signed(shared, "GET", "/order/202507/orders", ids=order_id))

    assert statuses(asyncio.run(ask())) == ["ON_HOLD"]


def test_a_carriers_real_host_is_answered_by_its_api(shared):
    headers = {"17token": shared.carriers["17track"]["key"]}
    answer = httpx.post("https://api.17track.net/track/v2.2/getquota", headers=headers)
    assert answer.json()["data"]["quota_total"] == 100
    assert shared.exchanges()[-1]["operation"] == "17track.getquota"


@pytest.mark.parametrize("host", chosen(REAL_HOSTS))
def test_every_real_host_is_answered(shared, host):
    assert "seatrial-clock" not in httpx.get(f"https://{host}/nowhere").headers
    assert httpx.get(f"https://{host}/nowhere").status_code == 404
    told = httpx.get(f"https://{host}/api/v2/token/refresh", params={"app_key": shared.app_key})
    assert told.json()["code"] != 0


def test_the_authorise_page_leads_back_with_a_code(shared):
    page = "https://services.tiktokshop.com/open/authorize"
    answer = httpx.get(page, params={"service_id": shared.told["service_id"], "state": "s"})
    assert answer.status_code in (200, 302)


def test_other_hosts_are_called_as_ever(shared):
    with receiver(lambda *_: 204) as url:
        assert httpx.post(url, content=b"x").status_code == 204
    assert shared.now


def test_no_port_is_opened(monkeypatch):
    def refuse(*_):
        raise AssertionError("a port was opened")

    monkeypatch.setattr(socket.socket, "listen", refuse)
    with seatrial.intercept() as box, httpx.Client() as http:
        (order_id,) = box.place()
        assert statuses(http.send(signed(box, "GET", "/order/202507/orders", ids=order_id)))


def test_when_the_block_ends_nobody_is_intercepted_any_more():
    with seatrial.intercept() as box:
        assert box.now
    with pytest.raises(httpx.HTTPError), httpx.Client(proxy=None, trust_env=False) as http:
        http.get("https://open-api.tiktokglobalshop.com.invalid/")


def test_blocks_inside_blocks_do_not_mix(shared):
    with httpx.Client() as http, seatrial.intercept() as inner:
        for box in (shared, inner, shared):
            (order_id,) = box.place()
            answer = http.send(signed(box, "GET", "/order/202507/orders", ids=order_id))
            assert statuses(answer) == ["ON_HOLD"]
        assert len(inner.exchanges()) == 1
    with pytest.raises(SandboxRefused, match="sandbox"):
        inner.facts()
    assert shared.facts()


def test_a_failure_in_the_block_is_the_tests_own():
    with pytest.raises(ZeroDivisionError), seatrial.intercept():
        _ = 1 / 0


def test_webhooks_leave_for_addresses_as_ever():
    heard = []
    with (
        receiver(lambda _, body: heard.append(json.loads(body)) or 200) as url,
        seatrial.intercept(quiet_ms=1) as box,
        httpx.Client() as http,
    ):
        body = {"event_type": "ORDER_STATUS_CHANGE", "address": url}
        http.send(signed(box, "PUT", "/event/202309/webhooks", body))
        box.place()
        box.advance("2h")
        assert [each["state"] for each in box.webhooks()] == ["delivered"] * 3
    assert [each["data"]["order_status"] for each in heard][-1] == "AWAITING_SHIPMENT"


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"what": "connection_reset"}, httpx.ReadError),
        ({"what": "lost_answer", "ms": 1}, httpx.ReadError),
        ({"what": "lost_answer", "ms": 50}, httpx.ReadTimeout),
        ({"what": "truncated_body"}, httpx.RemoteProtocolError),
    ],
)
def test_a_planned_fault_is_the_error_that_it_would_be_on_a_socket(wish, error):
    with seatrial.intercept(seed=3) as box, httpx.Client(timeout=0.02) as http:
        (order_id,) = box.place()
        box.advance("1h")
        asked = signed(box, "GET", "/order/202507/orders", ids=order_id)
        package = http.send(asked).json()["data"]["orders"][0]["packages"][0]["id"]
        box.control("POST", "/faults", wish | {"dialect": "seller_center", "times": 1})
        ship = f"/fulfillment/202309/packages/{package}/ship"
        call = signed(box, "POST", ship, {})
        call.extensions["timeout"] = httpx.Timeout(0.02).as_dict()
        with pytest.raises(error) as raised:
            http.send(call)
        assert raised.value.request.url == call.url
        shipped = statuses(http.send(asked)) == ["AWAITING_COLLECTION"]
        assert shipped is (wish["what"] != "connection_reset")
        assert box.report()["faults_never_fired"] == []


def test_wishes_make_the_world():
    with seatrial.intercept(seed=9, market="uk", shops=["One", "Two"]) as box:
        assert (box.told["seed"], box.told["market"]) == (9, "uk")
        assert [shop["name"] for shop in box.told["shops"]] == ["One", "Two"]
    with pytest.raises(SandboxRefused, match=r"body\.market"), seatrial.intercept(market="mars"):
        pass


# The box.


@pytest.fixture
def box():
    with seatrial.intercept(seed=5) as opened:
        yield opened


def test_a_box_plays_every_part(box):
    start = box.now
    ours, theirs = box.place(count=2, city="Shenzhen")
    (own,) = box.place(shipping="seller", paid=False)
    assert box.buyer(own, "pay")["status"] == "ON_HOLD"
    assert box.until(ours, "AWAITING_SHIPMENT") == start + HOUR == box.now
    assert box.seller(ours, "ship")["status"] == "AWAITING_COLLECTION"
    box.carrier("jt", "hold", for_="150h")
    assert box.buyer(theirs, "cancel", reason="changed my mind")["now"] == box.now
    went = box.advance("120h")
    assert went["now"] == start + 121 * HOUR
    assert {row["rule"] for row in box.breaches()} >= {"D2", "D4"}
    assert {row["order_id"] for row in box.facts(order_id=ours)} == {ours}
    assert [row["order_id"] for row in box.facts(kind="OrderPlaced")] == [ours, theirs, own]
    assert box.report()["rates"]
    assert box.exchanges() == []


def test_a_box_advances_by_to_and_until(box):
    start = box.now
    assert box.advance(90)["now"] == start + 90
    assert box.advance(to=start + 100)["now"] == start + 100
    assert box.advance(until="next", at_most="1h")["reached"] is False
    (order_id,) = box.place(seller="prompt")
    assert box.until(order_id, "COMPLETED") == box.facts(kind="OrderCompleted")[0]["at"]


def test_a_status_that_does_not_come_is_told(box):
    (order_id,) = box.place(seller="absent")
    with pytest.raises(SandboxRefused, match="did not come to DELIVERED within 2d"):
        box.until(order_id, "DELIVERED", "2d")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda box: box.place(seller="robot"), "no seller behaviour 'robot'"),
        (lambda box: box.place(citty="x"), "body.citty: Extra inputs"),
        (lambda box: box.buyer("5", "pay"), "no order '5'"),
        (lambda box: box.seller(box.place()[0], "ship"), "on hold"),
        (lambda box: box.seller(box.place()[0], "dance"), "path.action: is one of ship, mark"),
        (lambda box: box.carrier("owl", "hold", for_="1h"), "owl"),
        (lambda box: box.advance("soon"), "body.by: Value error, is no duration"),
        (lambda box: box.control("GET", "/nowhere"), "Not Found"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(shared, act, words):
    with pytest.raises(SandboxRefused) as raised:
        act(shared)
    assert words.lower() in str(raised.value).lower()


def test_a_box_pages_through_a_long_journal(shared, monkeypatch):
    monkeypatch.setattr("scenarios.testing.box._MOST", 3)
    shared.place(count=4)
    numbers = [row["seq"] for row in shared.facts()]
    assert len(numbers) > 8
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_signature_is_over_what_was_sent(shared):
    request = signed(shared, "GET", "/order/202507/orders", ids="1")
    pairs = dict(parse_qsl(urlsplit(str(request.url)).query))
    assert len(pairs["sign"]) == 64
