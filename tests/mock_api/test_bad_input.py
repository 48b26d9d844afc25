"""Bad input of every kind, on every route: the dialect's own clear error, never a 500, no fact.

Requests are drawn from the applications' own descriptions of themselves, half right and half wrong,
and sent over a real socket.
"""

import re
import socket
import time
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_api.control.app import create_control
from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.app import create_seller_center
from mock_api.seller_center.signing import sign
from mock_api.settings import Limits, ServerSettings
from tests.mock_api.odd_requests import address, described, requests
from tests.mock_api.repeating import assert_only_commands_changed
from tests.thoroughness import chosen, examples

OWN = ServerSettings(
    default_sandbox=False, limits=Limits(orders_per_call=5, sandboxes=30, exchanges=10)
)
EXAMPLES = settings(
    deadline=None,
    max_examples=examples(20),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REQUEST_ID = re.compile(r"\d{14}[0-9A-F]{20}")
MEBI = 2**20


_NONE = Sandboxes(ServerSettings(default_sandbox=False), (), frozenset())
SELLER_CENTER = list(described(create_seller_center(_NONE)))
CONTROL = list(
    described(create_control(_NONE, ExchangeLog(Keeping(1), Limits()), ServerSettings()))
)


@contextmanager
def teeming(running_server):
    """A sandbox with orders of every status, on a server of its own."""
    with running_server(OWN) as served:
        box = served.open(shops=2)
        held = box.place(count=2)
        unpaid = box.place(paid=False)
        platform = box.released()
        seller = box.released(shipping="seller")
        shipped = box.shipped()
        gone = box.place_one()
        box.control("POST", f"/buyers/{gone}/cancel")
        orders = [*held, *unpaid, platform, seller, shipped, gone]
        packages = [box.package_of(each) for each in (platform, seller, shipped)]
        box.renew()
        box.close()
        box.filling = [*packages, *orders]
        yield box
        assert_only_commands_changed(box.inside)


@pytest.fixture(scope="module")
def arena(running_server):
    with teeming(running_server) as box:
        yield box


@pytest.fixture(scope="module")
def controlled(running_server):
    """Another: of odd requests to plan a fault, one in two hundred is taken, and then the seller
    center is right to answer every call with it."""
    with teeming(running_server) as box:
        yield box


def filled(text, box):
    """Placeholders become ids of the box's."""
    for nth, real in enumerate(box.filling):
        text = text.replace(f"{{{nth}}}", real)
    return text


@contextmanager
def no_fact_if_refused(box):
    """Whatever is refused in this block leaves no fact; the block appends whether it was."""
    journal = box.inside.world.journal
    before = journal.length, journal.digest()
    refused = []
    yield refused
    if any(refused):
        assert (journal.length, journal.digest()) == before


@pytest.mark.parametrize(("method", "path", "names", "body", "schemas"), chosen(SELLER_CENTER))
def test_no_request_breaks_the_seller_center(arena, method, path, names, body, schemas):
    arena.renew()

    @EXAMPLES
    @given(requests(method, path, names, body, schemas))
    def every(drawn):
        verb, fillings, query, content = drawn
        fillings = [filled(each, arena) for each in fillings]
        content = filled(content.decode("latin-1"), arena).encode("latin-1")
        pairs = [(key, filled(value, arena)) for key, value in query]
        own = [("app_key", arena.app_key), ("timestamp", str(wall_seconds()))]
        if path != "/authorization/202309/shops":
            own.append(("shop_cipher", arena.cipher))
        encoded, _ = address(arena.served.base, path, fillings, [])
        own.append(("sign", sign(encoded, [*pairs, *own], content, arena.secret)))
        _, url = address(arena.served.base, path, fillings, [*pairs, *own])
        headers = {"x-tts-access-token": arena.token, "content-type": "application/json"}
        with no_fact_if_refused(arena) as refused:
            answer = arena.served.http.request(verb, url, content=content, headers=headers)
            assert answer.status_code < 500, answer.text
            refused.append(not is_good(answer))

    every()
    assert arena.advance(by="1m")["done"]


def is_good(answer):
    """Whether the call succeeded; if it did not, it says so in an envelope."""
    if answer.status_code in (200, 302) and "json" not in answer.headers.get("content-type", ""):
        return True
    if answer.status_code == 410:
        return False
    told = answer.json()
    if "openapi" in told:
        return True
    assert isinstance(told["code"], int)
    assert told["message"]
    assert REQUEST_ID.fullmatch(told["request_id"])
    assert (told["code"] == 0) == ("data" in told and told["data"] is not None)
    return told["code"] == 0


@pytest.mark.parametrize(("method", "path", "names", "body", "schemas"), CONTROL)
def test_no_request_breaks_the_control_api(controlled, method, path, names, body, schemas):
    fatal = "DELETE" if path == "/sandboxes/{sandbox_id}" else ""
    at_home = path.startswith("/sandboxes/{sandbox_id}") and not path.endswith("/reset")
    clock = "/sandboxes/{sandbox_id}/clock"

    @EXAMPLES
    @given(requests(method, path, names, body, schemas), st.booleans())
    def every(drawn, known):
        verb, fillings, query, content = drawn
        fillings = [filled(each, controlled) for each in fillings]
        if at_home and known and verb != fatal:
            fillings[0] = controlled.id
        content = filled(content.decode("latin-1"), controlled).encode("latin-1")
        pairs = [(key, filled(value, controlled)) for key, value in query]
        _, url = address(controlled.served.base, f"/_seatrial{path}", fillings, pairs)
        headers = {"content-type": "application/json"}
        with no_fact_if_refused(controlled) as refused:
            answer = controlled.served.http.request(verb, url, content=content, headers=headers)
            refused.append(not answer.is_success)
            if not answer.is_success:
                a_problem(answer)
        if path == clock:
            controlled.control("PATCH", "/clock", {"mode": "frozen"})

    every()
    assert controlled.advance(by="1m")["done"]


def a_problem(answer):
    """A refusal in problem details, and if the request was wrong, with where it was."""
    assert answer.status_code in (404, 405, 409, 413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail"]
    if answer.status_code == 422:
        assert told["errors"]
        for error in told["errors"]:
            assert error["path"].partition(".")[0] in ("body", "query", "path")
            assert error["message"]


# What Hypothesis cannot draw.


def test_a_body_of_ten_megabytes_is_too_large(box):
    before = box.mark()
    answer = box.call("POST", "/order/202309/orders/search", b"x" * 10 * MEBI)

    assert (answer.status_code, answer.json()["code"]) == (413, 36009021)
    assert answer.json()["message"].startswith("Request too large.")
    assert box.mark() == before


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_no_kind_of_body_may_be_that_large(box, kind):
    headers = {"content-type": kind}
    answer = box.call("PUT", "/event/202309/webhooks", b"x" * 10 * MEBI, headers=headers)
    assert answer.json()["code"] in (36009021, 106001)
    assert answer.status_code in (413, 401)


def test_a_body_just_below_the_bound_is_read(box):
    body = b'{"note":"' + b"x" * (2 * MEBI - 20) + b'"}'
    assert box.data("POST", "/order/202309/orders/search", body, query=[("page_size", "1")])


@pytest.mark.parametrize(
    "path", ["/sandboxes", "/sandboxes/{}/orders", "/sandboxes/{}/clock/advance"]
)
def test_the_control_api_bounds_bodies_too(box, path):
    before = box.mark()
    answer = box.served.http.post(
        f"/_seatrial{path.format(box.id)}",
        content=b"[" * 10 * MEBI,
        headers={"content-type": "application/json"},
    )
    a_problem(answer)
    assert answer.status_code == 413
    assert box.mark() == before


def test_after_a_body_that_was_too_large_the_server_still_answers(box):
    box.call("POST", "/order/202309/orders/search", b"x" * 10 * MEBI)
    assert box.data("POST", "/order/202309/orders/search", query=[("page_size", "1")])


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /order/202309/orders?ids=%FF%00%C3 HTTP/1.1",
        b"GET /order/%FF%FE/orders HTTP/1.1",
        b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
        b"OPTIONS * HTTP/1.1",
        b"GET http://elsewhere.invalid/nope HTTP/1.1",
        b"HEAD /order/202309/orders HTTP/1.1",
        b"GET /\xff HTTP/1.1",
        b"BREW /order/202309/orders HTTP/1.1",
        b"GET /_documents/%5B%5B.pdf HTTP/1.1",
    ],
)
@pytest.mark.parametrize("host", [b"127.0.0.1", b"[", b"\xff", b""])
def test_the_oddest_request_lines_get_an_answer(server, request_line, host):
    port = int(server.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request_line + b"\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 4")


def test_a_failure_of_our_own_wears_the_envelope_too(serve, open_box, monkeypatch, caplog):
    box = open_box(serve(ServerSettings(default_sandbox=False)))
    monkeypatch.setattr(box.inside, "_attached", {})
    answer = box.call("POST", "/order/202309/orders/search", query=[("page_size", "1")])

    assert (answer.status_code, answer.json()["code"]) == (500, 36009003)
    assert REQUEST_ID.fullmatch(answer.json()["request_id"])
    patience = time.monotonic() + 5
    while "KeyError" not in caplog.text and time.monotonic() < patience:
        time.sleep(0.01)
    assert "KeyError" in caplog.text
