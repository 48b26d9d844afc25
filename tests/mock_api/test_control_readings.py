"""What can be read of a sandbox: journal, exchanges, webhooks; paged, filtered, bounded."""

import json

import pytest

from mock_api.settings import Limits, ServerSettings

SEARCH = "/order/202309/orders/search"


@pytest.fixture
def lively(box):
    box.place(count=4, behaviour="prompt")
    box.advance(by="2d")
    return box


def test_the_journal_numbers_facts_from_one_without_gaps(lively):
    facts = lively.journal()
    assert [fact["seq"] for fact in facts] == list(range(1, len(facts) + 1))
    assert [fact["at"] for fact in facts] == sorted(fact["at"] for fact in facts)
    assert facts[0]["kind"] == "OrderPlaced"


def test_the_journal_is_paged(lively):
    whole, pages, after = lively.journal(), [], 0
    while True:
        page = lively.control("GET", "/journal", after=after, limit=7)
        if not page["facts"]:
            break
        assert len(page["facts"]) <= 7
        assert page["next"] == page["facts"][-1]["seq"]
        pages += page["facts"]
        after = page["next"]

    assert pages == whole
    assert page["next"] == after
    assert page["length"] == len(whole)


def test_the_journal_is_filtered_by_kind_and_order(lively):
    whole = lively.journal()
    order = whole[0]["order_id"]

    def picked(**query):
        return lively.journal(**query)

    assert picked(kind="OrderPaid") == [fact for fact in whole if fact["kind"] == "OrderPaid"]
    own = [fact for fact in whole if fact.get("order_id") == order]
    assert picked(order_id=order) == own
    assert picked(order_id=order, kind="OrderPaid", after=1) == [
        fact for fact in own if fact["kind"] == "OrderPaid" and fact["seq"] > 1
    ]
    assert picked(kind="Nothing") == picked(order_id="5764") == []


def test_a_filter_goes_on_behind_its_last_page(lively):
    first = lively.control("GET", "/journal", kind="OrderPaid", limit=1)
    rest = lively.control("GET", "/journal", kind="OrderPaid", after=first["next"])
    assert len(first["facts"]) + len(rest["facts"]) == 4


@pytest.mark.parametrize("reading", ["/journal", "/exchanges", "/webhooks"])
@pytest.mark.parametrize(
    "query", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"limit": 10_001}, {"limit": "1.5"}]
)
def test_a_wrong_page_is_refused_with_its_path(box, reading, query):
    answer = box.ask("GET", reading, **query)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["path"]) == (422, f"query.{next(iter(query))}")


def test_a_page_behind_the_end_is_empty(lively):
    for reading in ("/journal", "/exchanges", "/webhooks"):
        assert lively.control("GET", reading, after=10**30)["next"] == 10**30


def test_the_digest_changes_with_every_fact(box):
    seen = {box.mark()[1]}
    for _ in range(70):  # facts are hashed in blocks of 64
        box.place(paid=False)
        seen.add(box.mark()[1])
    assert len(seen) == 71


def test_an_exchange_is_kept_as_the_wire_had_it(box):
    body = {"order_status": "UNPAID"}
    answer = box.call("POST", SEARCH, body, query=[("page_size", "1")])
    (exchange,) = box.exchanges()

    assert (exchange["method"], exchange["path"]) == ("POST", SEARCH)
    assert exchange["operation"] == "get_order_list"
    assert exchange["query"].startswith(f"page_size=1&app_key={box.app_key}")
    assert json.loads(exchange["request"]) == body
    assert (exchange["status"], exchange["code"]) == (200, 0)
    assert exchange["answer"] == answer.text
    assert exchange["at"] == box.now
    assert exchange["took_ms"] > 0
    assert exchange["n"] == 1


def test_exchanges_are_paged(box):
    for size in range(1, 6):
        box.call("POST", SEARCH, query=[("page_size", str(size))])
    page = box.control("GET", "/exchanges", after=1, limit=3)

    assert [each["n"] for each in page["exchanges"]] == [2, 3, 4]
    assert (page["next"], page["count"]) == (4, 5)


def test_the_ring_of_exchanges_is_bounded(serve, open_box):
    limits = Limits(exchanges=3, exchange_body_bytes=50)
    box = open_box(serve(ServerSettings(default_sandbox=False, limits=limits)))
    for size in range(1, 7):
        box.call("POST", SEARCH, b'{"x":"' + b"y" * 100 + b'"}', query=[("page_size", str(size))])
    page = box.control("GET", "/exchanges")

    assert [each["n"] for each in page["exchanges"]] == [4, 5, 6]
    assert page["count"] == 6
    assert page["exchanges"][0]["request"].endswith("… (108 bytes)")
    assert len(page["exchanges"][0]["answer"]) < 100


def test_requests_that_find_no_sandbox_are_strays(box):
    box.call("POST", SEARCH, key="nobody-at-all")
    box.call("GET", "/no/such/path")
    strays = box.served.http.get("/_seatrial/exchanges", params={"limit": 10_000}).json()

    assert box.exchanges() == []
    assert any("nobody-at-all" in each["query"] for each in strays["exchanges"])
    assert any(each["path"] == "/no/such/path" for each in strays["exchanges"])


def test_the_control_apis_own_calls_are_no_exchanges(box):
    box.place_one()
    assert box.exchanges() == []
