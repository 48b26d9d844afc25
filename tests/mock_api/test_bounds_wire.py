"""Bounds over the wire: whatever goes over one is refused in clear words, or the oldest goes."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from mock_api.kernel.driver import Webhooks
from mock_api.limits import Limits
from mock_api.settings import Delivery, ServerSettings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
DEAF = "http://127.0.0.1:9/"
"""Nobody listens there."""
TOKEN = "/api/v2/token"


@pytest.fixture(scope="module")
def narrow(running_server):
    limits = Limits(
        head_bytes=2_000,
        page_bytes=3_000,
        orders=5,
        tokens=3,
        webhooks_waiting=4,
        webhooks_listed=6,
        exchanges_at_most=50,
        calls_per_second=0,
    )
    settings = ServerSettings(default_sandbox=False, limits=limits, delivery=Delivery(quiet_s=0.0))
    with running_server(settings) as served:
        yield served


@pytest.fixture
def box(narrow, open_box):
    return open_box(narrow, webhooks="free")


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["detail"]


# The page.


def test_the_page_has_every_limit_with_its_default():
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.read_text(), re.MULTILINE))
    assert told == {each.name: _shown(each.default) for each in fields(Limits)}


def _shown(number):
    for unit, size in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if number % size == 0 and number:
            return f"{number // size} {unit}"
    return f"{number:,g}" if isinstance(number, float) else f"{number:,}"


def test_a_server_shows_its_limits(narrow):
    told = narrow.http.get("/_seatrial/limits").json()["limits"]
    orders = next(each for each in told if each["name"] == "orders")
    assert orders == {"name": "orders", "value": 5, "default": 1_000_000}
    assert [each["name"] for each in told] == [each.name for each in fields(Limits)]


# Requests.


@pytest.mark.parametrize("path", ["/_seatrial/sandboxes", "/order/202309/orders", "/api/rating"])
def test_too_long_a_head_is_refused_whoever_is_called(narrow, path):
    for answer in (
        narrow.http.get(path, headers={"x-long": "x" * 2_000}),
        narrow.http.get(path, params={"long": "x" * 2_000}),
    ):
        assert problem(answer, 431) == "path, query and headers may have 2000 bytes together"


def test_a_page_ends_before_it_is_too_long_and_goes_on(box):
    for _ in range(8):
        box.call("POST", "/order/202309/orders/search", b'{"x":"' + b"y" * 700 + b'"}')
    seen, after = [], 0
    while found := (page := box.control("GET", "/exchanges", after=after))["exchanges"]:
        assert len(found) < 5
        seen += [each["n"] for each in found]
        after = page["next"]
    assert seen == list(range(1, 9))


# Orders.


def test_orders_over_the_bound_are_refused_all_together(box):
    box.place(count=3)
    before = box.mark()
    answer = box.ask("POST", "/orders", {"count": 3})
    told = "this world has 5 of its orders under way already: it may have no more"
    assert problem(answer, 409) == told
    assert box.mark() == before
    box.place(count=2)


def test_a_source_of_orders_says_that_the_world_is_full(box):
    source = box.control("POST", "/demand", {"kind": "burst", "orders": 9, "for": "1h"})
    box.advance(by="2h")
    (told,) = box.control("GET", "/demand")["sources"]
    assert (told["id"], told["placed"]) == (source["id"], 5)
    assert (told["over"], told["cause"]) == (True, "full")


# Webhooks.


def test_news_for_a_backlog_that_is_full_is_dropped_and_counted(box):
    box.subscribe(DEAF)
    box.place(count=5)
    page = box.control("GET", "/webhooks")

    waiting = [each for each in page["webhooks"] if each["state"] == "waiting"]
    dropped = [each for each in page["webhooks"] if each["state"] == "dropped"]
    assert len(waiting) <= page["waiting"] == 4
    assert page["turned_away"] == 6
    assert len(page["webhooks"]) <= 6
    assert {each["reason"] for each in dropped} == {"backlog full"}
    assert not any(each["attempts"] for each in dropped)
    assert box.control("GET", "/report")["webhooks_turned_away"] == 6


def test_what_was_given_up_makes_room_again(box, listener):
    box.subscribe(DEAF)
    first, *_ = box.place(count=5)
    box.inside.driver.webhooks = Webhooks.DRAIN
    box.subscribe(listener.url, "CANCELLATION_STATUS_CHANGE")
    box.advance(by="2d")
    box.control("POST", f"/buyers/{first}/cancel")
    box.advance(by="1h")
    page = box.control("GET", "/webhooks")
    assert page["waiting"] == 0
    assert listener.heard
    assert page["webhooks"][-1]["state"] == "delivered"


def test_held_back_news_counts_as_waiting(box):
    box.control("POST", "/faults", {"what": "webhook_reordered"})
    box.subscribe(DEAF)
    box.place(count=5)
    outbox = box.inside.outbox
    assert outbox.waiting + len(outbox._held) <= 4
    assert outbox.turned_away > 0


# Tokens.


def refreshed(box):
    return box.auth.refresh(box.told["refresh_token"]).access_token


def test_the_oldest_tokens_are_forgotten_but_never_the_sandboxs_own(box):
    tokens = [refreshed(box) for _ in range(5)]
    path = "/authorization/202309/shops"

    def status(token):
        return box.call("GET", path, cipher=None, token=token).status_code

    assert [status(token) for token in tokens] == [401, 401, 200, 200, 200]
    assert status(box.token) == 200


def test_codes_and_refresh_tokens_are_bounded_as_well(box):
    grants = box.inside.grants
    for _ in range(10):
        grants.new_code(box.inside.world.now)
        grants.new_refresh(box.inside.consent)
    assert len(grants.codes) == 3
    assert len(grants.refresh) == 4
    assert box.told["refresh_token"] in grants.refresh
