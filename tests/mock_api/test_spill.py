"""Exchanges that leave memory: to disk where that was asked for, and nowhere else; paged as one."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mock_api.kernel import spill
from mock_api.kernel.exchanges import Exchange, ExchangeLog, Keeping
from mock_api.limits import Limits
from mock_api.settings import ServerSettings
from tests.thoroughness import examples

SEARCH = "/order/202309/orders/search"


def exchange(n, size=0):
    return Exchange(
        "POST", f"/{n}", "", [], 0.0, request=bytearray(b"x" * size), request_bytes=size
    )


def numbers(rows):
    return [row["n"] for row in rows]


@given(
    keep=st.integers(1, 20),
    sizes=st.lists(st.integers(0, 400), max_size=150),
    most_bytes=st.integers(1, 3_000),
    after=st.integers(0, 160),
)
@hypothesis_settings(max_examples=examples(120), deadline=None)
def test_disk_and_memory_together_are_the_whole_log_in_order(keep, sizes, most_bytes, after):
    log = ExchangeLog(Keeping(keep, spill=True), Limits(exchange_bytes=most_bytes))
    for n, size in enumerate(sizes, start=1):
        log.add(exchange(n, size))

    rows = list(log.rows(after))
    assert numbers(rows) == list(range(after + 1, len(sizes) + 1))
    assert [len(row["request"]) for row in rows] == sizes[after:]
    assert log.on_disk + log.in_memory == len(sizes)
    assert log.in_memory <= keep
    assert sum(sizes[log.on_disk :]) <= max(most_bytes, *sizes[-1:], 0)
    log.close()


@given(most=st.integers(400, 6_000), count=st.integers(1, 200))
@hypothesis_settings(max_examples=examples(60), deadline=None)
def test_the_disk_is_bounded_and_the_oldest_go(most, count):
    log = ExchangeLog(Keeping(1, spill=True), Limits(spill_bytes=most))
    for n in range(1, count + 1):
        log.add(exchange(n))

    rows = list(log.rows(0))
    assert numbers(rows) == list(range(count - len(rows) + 1, count + 1))
    on_disk = sum(len(json.dumps(row, separators=(",", ":"))) for row in rows[:-1])
    assert log.on_disk == len(rows) - 1
    assert on_disk <= most
    log.close()


@pytest.fixture
def opened(monkeypatch):
    """The files that were opened for exchanges."""
    files, connect = [], spill.sqlite3.connect

    def counted(*args, **kwargs):
        files.append(args)
        return connect(*args, **kwargs)

    monkeypatch.setattr(spill.sqlite3, "connect", counted)
    return files


def test_with_no_request_for_it_nothing_is_written(opened):
    log = ExchangeLog(Keeping(2), Limits())
    for n in range(1, 500):
        log.add(exchange(n))
    assert numbers(log.rows(0)) == [498, 499]
    assert not opened


# Over the wire.


@pytest.fixture
def box(open_box):
    return open_box(exchanges={"keep": 3, "spill": True})


def search(box, count):
    for size in range(1, count + 1):
        box.call("POST", SEARCH, query=[("page_size", str(size))])


def test_pages_go_through_disk_and_memory(box):
    search(box, 10)
    page = box.control("GET", "/exchanges", limit=8)
    rest = box.control("GET", "/exchanges", after=page["next"])

    assert numbers(page["exchanges"]) == list(range(1, 9))
    assert numbers(rest["exchanges"]) == [9, 10]
    assert (rest["in_memory"], rest["on_disk"], rest["count"]) == (3, 7, 10)
    assert all(f"page_size={each['n']}&" in each["query"] for each in page["exchanges"])


def test_secrets_do_not_reach_the_disk(box):
    search(box, 4)
    box.auth.refresh(box.told["refresh_token"])
    search(box, 4)
    written = "".join(content for (content,) in _disk_of(box))
    assert "page_size" in written
    assert "refresh_token" in written
    for secret in (box.secret, box.token, box.told["refresh_token"]):
        assert secret not in written


def _disk_of(box):
    log = box.inside.exchanges
    list(log.rows(0))
    return log._spill._db.execute("SELECT content FROM exchanges").fetchall()


def test_a_sandbox_changes_its_mind(open_box):
    box = open_box()
    search(box, 5)
    kept = box.control("PATCH", "/exchanges", {"keep": 2, "spill": True})
    assert kept == {"keep": 2, "spill": True, "in_memory": 2, "on_disk": 3}
    assert numbers(box.exchanges()) == [1, 2, 3, 4, 5]

    kept = box.control("PATCH", "/exchanges", {"spill": False})
    assert kept == {"keep": 2, "spill": False, "in_memory": 2, "on_disk": 0}
    assert numbers(box.exchanges()) == [4, 5]


def test_it_outlives_a_reset_and_what_was_logged_does_not(box):
    search(box, 5)
    box.control("POST", "/reset")
    assert box.exchanges() == []
    assert box.control("GET")["exchanges"] == {"keep": 3, "spill": True}
    search(box, 5)
    assert numbers(box.exchanges()) == [1, 2, 3, 4, 5]

    box.control("POST", "/reset", {})
    assert box.control("GET")["exchanges"] == {"keep": 2_000, "spill": False}


def test_a_deleted_sandboxs_file_is_closed(box):
    search(box, 200)
    inside = box.inside
    assert inside.exchanges.on_disk
    box.ask("DELETE")
    assert inside.exchanges.on_disk == 0


@pytest.mark.parametrize("wish", [{"keep": 0}, {"keep": 51}, {"keep": "many"}, {"what": 1}])
def test_too_much_is_refused_and_changes_nothing(serve, open_box, wish):
    limits = Limits(exchanges=10, exchanges_at_most=50)
    served = serve(ServerSettings(default_sandbox=False, limits=limits))
    box = open_box(served)
    answer = box.ask("PATCH", "/exchanges", wish)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"].startswith("body.")
    assert box.control("GET")["exchanges"] == {"keep": 10, "spill": False}

    answer = served.http.post("/_seatrial/sandboxes", json={"exchanges": wish})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"].startswith("body.exchanges")
    assert len(served.http.get("/_seatrial/sandboxes").json()["sandboxes"]) == 1
