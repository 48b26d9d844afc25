"""What is kept beside a world outlives the process, and travels with the sandbox: part by part,
through the sandbox's own calls; and, whatever is called, the file has what memory has."""

import shutil
import sqlite3
import time
from contextlib import closing, suppress

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from mock_api.kernel.durable.kept import Counts, Kept, Of
from mock_api.kernel.hooks import Hook
from mock_api.settings import ServerSettings
from tests.mock_api.carriers.pushed import listening
from tests.mock_api.carriers.ups import Ups
from tests.mock_api.conftest import running
from tests.mock_api.drawing import image
from tests.mock_api.kept_stories import (
    CHATS,
    PLAYED,
    STORIES,
    Bearers,
    Eared,
    Events,
    Pictures,
    easypost,
)
from tests.thoroughness import examples

HALF_A_PAIR = "\ud800"
"""Which JSON's escapes can spell, and no UTF-8 can say."""
PAPERS = {"terms", "codes", "access", "refresh", "bearers"}
"""Parts that say who may come in."""
BY_NAME = [type(story).__name__ for story in STORIES]


def rows_of(sandbox):
    """By part, in their order."""
    return {name: list(part.rows()) for name, part in sandbox.kept.items()}


def rows_on_disk(path):
    found = {}
    with closing(sqlite3.connect(path)) as db:
        for part, key, content in db.execute("SELECT part, key, content FROM kept ORDER BY n"):
            found.setdefault(part, []).append((key, content))
    return found


def settled(sandbox):
    """Everything that gathered is on disk."""
    patience = time.monotonic() + 10
    while sandbox.keeper.is_behind or sandbox.outbox.is_busy:
        assert time.monotonic() < patience
        time.sleep(0.01)


def ready(served):
    patience = time.monotonic() + 30
    while served.http.get("/_seatrial/health").status_code != 200:
        assert time.monotonic() < patience
        time.sleep(0.02)
    return served


@pytest.fixture(scope="module")
def ear():
    with listening() as ear:
        yield ear


@pytest.fixture(scope="module")
def kept_server(tmp_path_factory):
    kept = ServerSettings(default_sandbox=False, data=tmp_path_factory.mktemp("kept"))
    with running(kept) as served:
        yield ready(served)


@pytest.fixture(scope="module")
def open_kept(kept_server, ear):
    """A new sandbox that is kept on disk."""
    return lambda: Eared(kept_server, kept_server.open().told, ear)


@pytest.fixture(scope="module")
def told(open_kept):
    """Every story's first half: its sandbox, and what is to be as it was."""
    halves = {}
    for story in STORIES:
        box = open_kept()
        halves[type(story)] = box, story.before(box)
        box.close()
        settled(box.inside)
    return halves


@pytest.fixture(scope="module")
def crashed(told, tmp_path_factory):
    """A server that finds the files as they are while the other one runs: nobody closed them."""
    (box, _), *_ = told.values()
    here = tmp_path_factory.mktemp("crashed") / "there"
    there = box.inside.file.path.parent
    shutil.copytree(there, here, ignore=shutil.ignore_patterns("lock"))
    with running(ServerSettings(default_sandbox=False, data=here)) as served:
        ready(served)
        yield lambda old: old.at(served, served.http.get(f"/_seatrial/sandboxes/{old.id}").json())


@pytest.fixture(scope="module")
def journeyed():
    """A server elsewhere, which keeps nothing, and where the ids are others'."""
    with running(ServerSettings(default_sandbox=False)) as served:
        for _ in STORIES:
            served.open()

        def bring(old):
            file = old.ask("GET", "/file").content
            answer = served.http.post("/_seatrial/sandboxes/file", content=file)
            assert answer.status_code == 201, answer.text
            return old.at(served, answer.json())

        yield bring


@pytest.mark.parametrize("way", ["crashed", "journeyed"])
@pytest.mark.parametrize("story", STORIES, ids=BY_NAME)
def test_a_part_is_as_it_was_in_a_sandbox_that_comes_back(story, way, told, request):
    bring = request.getfixturevalue(way)
    old, was = told[type(story)]
    box = bring(old)
    try:
        assert sorted(box.inside.kept) == sorted(old.inside.kept)
        story.after(box, was)
    finally:
        box.close()


@pytest.mark.parametrize("story", STORIES, ids=BY_NAME)
def test_a_branch_has_the_same_parts_but_for_who_may_come_in(story, told):
    old, _ = told[type(story)]
    settled(old.inside)
    mine, its = (
        {name: list(part.items()) for name, part in box.inside.kept.items()}
        for box in (old, old.fork())
    )
    assert mine.keys() == its.keys()
    others = mine.keys() - PAPERS
    assert {name: its[name] for name in others} == {name: mine[name] for name in others}
    assert not its["codes"]
    assert not its["bearers"]
    for name in ("access", "refresh"):
        assert not dict(mine[name]).keys() & dict(its[name]).keys()


def test_a_token_of_before_the_branch_lets_nobody_into_it(told):
    old, was = told[Bearers]
    branch = old.fork()
    ups = Ups(branch)
    ups.token = was
    assert ups.call("POST", "/api/rating/v2409/Shop", ups.rate_body()).status_code == 200
    exchange = old.exchanges()[-1]
    assert exchange["operation"].startswith("ups."), "the call was the old sandbox's"
    assert not branch.exchanges()


def test_what_was_said_to_easypost_is_the_branchs_past_as_well(told):
    old, _ = told[Events]
    branch = old.fork()
    mine, its = (
        [(each["id"], each["status"]) for each in easypost(box, "GET", "/events")["events"]]
        for box in (old, branch)
    )
    assert mine == its


def test_a_branch_that_begins_in_the_past_has_no_events_of_its_future(open_kept):
    box = open_kept()
    start = box.now
    easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": "EZ1000000001"}})
    early = easypost(box, "GET", "/events")["events"]
    box.advance(by="1h")
    easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": "EZ2000000002"}})
    branch = box.fork(at=start + 60)
    assert ids_of(easypost(branch, "GET", "/events")["events"]) == ids_of(early)
    easypost(branch, "POST", "/trackers", {"tracker": {"tracking_code": "EZ3000000003"}})
    assert ids_of(easypost(branch, "GET", "/events")["events"])[2:] == ids_of(early)


def ids_of(rows):
    return [each["id"] for each in rows]


def test_a_picture_is_served_after_its_sandbox_is_gone_as_long_as_a_branch_has_it(open_kept):
    box = open_kept()
    picture = image(size=(31, 20))
    url, *_ = Pictures().before(box, picture)
    branch = box.fork()
    box.close()
    box.ask("DELETE")
    assert branch.served.http.get(url).content == picture
    branch.ask("DELETE")
    assert branch.served.http.get(url).status_code == 404


# Whatever is called.


def _hook(box, n):
    hook = {"url": box.ear.url, "webhook_secret": "s" * (n % 2)}
    made = easypost(box, "POST", "/webhooks", {"webhook": hook})
    if n % 3 == 1:
        easypost(box, "PATCH", f"/webhooks/{made['id']}", {"webhook": {"webhook_secret": "new"}})
    if n % 3 == 2:
        easypost(box, "DELETE", f"/webhooks/{made['id']}")


def _fault(box, n):
    whats = [
        {"what": "latency", "ms": 1},
        {"what": "truncated_body", "share": 0.5, "operation": "get_order_detail"},
        {"what": "webhook_reordered"},
        {"what": "webhook_doubled", "probability": 0.5},
        {"what": "stale_read"},
        {"what": "lost_answer", "ms": 1, "operation": "get_order_detail"},
    ]
    fault = box.control("POST", "/faults", whats[n % len(whats)])
    for _ in range(2):
        with suppress(httpx.TransportError):  # as planned
            box.call("GET", "/order/202309/orders", query=[("ids", "1")])
    if n % 5 == 0:
        box.ask("DELETE", f"/faults/{fault['id']}")


def _order(box, n):
    box.place(count=1 + n % 2)


def _subscribe(box, n):
    box.subscribe(box.ear.url)
    if n % 2:
        box.data("DELETE", "/event/202309/webhooks", {"event_type": "ORDER_STATUS_CHANGE"})


def _wait(box, n):
    box.advance(by=1 + n)


def _token(box, _n):
    Ups(box).authenticate()
    box.auth.refresh(box.told["refresh_token"])


def _play(box, n):
    Ups(box).subscribe(box.ear.url, PLAYED)
    box.advance(by=1 + n % 8)


def _follow(box, n):
    code = f"EZ{1 + n % 7}00000000{1 + n % 7}"
    easypost(box, "POST", "/trackers", {"tracker": {"tracking_code": code}})


def _part(box, n):
    easypost(box, "POST", "/parcels", {"parcel": {"weight": 1 + n}})


def _file(box, _n):
    Pictures().before(box)


def _chat(box, n):
    box.control("PATCH", "/chat-settings", {"pushes_own": bool(n % 2)})
    box.call("GET", f"{CHATS}/conversations", query=[("page_size", "1")])


def _doors(box, n):
    box.control("PUT", "/app_webhooks", {"address": box.ear.url})
    box.control("PATCH", "/access", {"hourly_cap": 1_000 + n})


def _again(box, _n):
    box.control("POST", "/reset")


ACTS = [
    *(_hook, _fault, _order, _subscribe, _wait, _token, _play, _follow, _part, _file),
    *(_chat, _doors, _again),
]


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30)), min_size=5, max_size=12))
def test_whatever_is_called_the_file_has_what_memory_has(open_kept, acts):
    box = open_kept()
    sandbox = box.inside
    try:
        for act, n in acts:
            act(box, n)
        settled(sandbox)
        there = {name: rows for name, rows in rows_of(sandbox).items() if rows}
        assert rows_on_disk(sandbox.file.path) == there
    finally:
        box.close()
        box.ask("DELETE")


# The parts themselves.


def test_what_utf8_cannot_say_is_kept_all_the_same():
    hooks = Kept("hooks", Of(Hook))
    hooks["one"] = Hook("x", f"http://a/{HALF_A_PAIR}", topics=frozenset({"b"}))
    rows = dict(hooks.rows())
    assert rows["one"].isascii()
    again = Kept("hooks", Of(Hook))
    again.load(rows.items())
    assert again == hooks


def test_a_count_goes_on_where_it_was():
    counts = Counts()
    assert [counts.one_more("a"), counts.one_more("b"), counts.one_more("a")] == [1, 1, 2]
    again = Counts()
    again.load(counts.rows())
    assert again.one_more("a") == 3
