"""What follows from facts is saved beside the world: a sandbox that is filled from both goes on,
counts and shows as the one that never stopped."""

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from mock_api.carriers.seventeentrack.account import Spent
from mock_api.carriers.seventeentrack.words import NAME as SEVENTEENTRACK
from mock_api.kernel.durable.copying import copy
from mock_api.kernel.durable.returning import Wished, take_in
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.main import create_app
from mock_api.seller_center.customer_service.rolls import rolls_of
from mock_api.seller_center.signing import sign
from mock_api.settings import Limits, ServerSettings
from simulator import Purchase, WorldConfig, market_named
from simulator.clock import DAY, HOUR, later
from tests.simulator.properties.test_snapshot import (
    CALMLY,
    COMMANDS,
    FULL_OF_LIFE,
    GOING_BACK,
    IN_FULL_SAIL,
    LIVELY,
    bad_season,
    do,
    of_an_order,
    wait,
)
from tests.thoroughness import chosen, examples

AGES = 10**9
SCORES = "/analytics/202606/shop_performances"
METRICS = ("NRR", "NBFR", "SFCR", "OTDR", "AHT", "IM_DSAT")
SEARCHES = (
    ("/order/202309/orders/search", {}, {"sort_field": "create_time", "sort_order": "ASC"}),
    ("/order/202309/orders/search", {}, {"sort_field": "update_time", "sort_order": "DESC"}),
    ("/order/202309/orders/search", {"order_status": "CANCELLED"}, {}),
    ("/order/202309/orders/search", {"order_status": "DELIVERED"}, {}),
    ("/fulfillment/202309/packages/search", {}, {"sort_field": "update_time"}),
    ("/fulfillment/202309/packages/search", {"package_status": "COMPLETED"}, {}),
    ("/return_refund/202309/cancellations/search", {}, {}),
    ("/return_refund/202309/returns/search", {}, {}),
    ("/return_refund/202603/aftersales/search", {}, {}),
)


def follow(world, order_id):
    """17TRACK learns its numbers; each costs one registration."""
    for parcel in world.registry.parcels_of(world.order(order_id)):
        if parcel.tracking_number:
            world.trackers.add(SEVENTEENTRACK, parcel.tracking_number, parcel.carrier, {})


ACTS = st.one_of(COMMANDS, LIVELY, of_an_order(follow), of_an_order(bad_season, st.just(20.0)))
CHAPTERS = st.lists(st.lists(ACTS, min_size=1, max_size=8), min_size=2, max_size=4)
OPENINGS = st.sampled_from([IN_FULL_SAIL, FULL_OF_LIFE, GOING_BACK])


class Server:
    """A server in this process, called as from outside, with a way to look inside."""

    def __init__(self, limits):
        self._runner = asyncio.Runner()
        self.run = self._runner.run
        self.app = create_app(ServerSettings(default_sandbox=False, limits=limits))
        self.sandboxes = self.app.state.sandboxes
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://seatrial", timeout=60)

    def again(self, sandbox) -> Sandbox:
        """Another sandbox, filled with what of this one can be written to a file."""
        with TemporaryDirectory() as folder:
            path = Path(folder, "again.seatrial")
            self.run(copy(sandbox, path))
            return self.run(take_in(self.sandboxes, path, Wished(new_credentials=True)))

    def control(self, sandbox, path, **query):
        url = f"/_seatrial/sandboxes/{sandbox.id}{path}"
        answer = self.run(self.http.get(url, params=query))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def call(self, sandbox, method, path, body=None, **query):
        """The data of a signed call, without what differs from call to call."""
        content = b"" if body is None else json.dumps(body).encode()
        (_, cipher), *_ = sandbox.shops()
        token = sandbox.grants.new_access(sandbox.world.now).value
        pairs = [
            *query.items(),
            ("app_key", sandbox.app.key),
            ("shop_cipher", cipher),
            ("timestamp", str(wall_seconds())),
        ]
        pairs.append(("sign", sign(path, pairs, content, sandbox.app.secret)))
        headers = {"content-type": "application/json", "x-tts-access-token": token}
        answer = self.run(
            self.http.request(method, path, params=pairs, content=content, headers=headers)
        )
        envelope = answer.json()
        assert envelope["code"] == 0, envelope
        return envelope["data"]

    def pages(self, sandbox, path, body, query):
        """Every page of a search, of ten rows each."""
        found, more = [], {}
        while True:
            page = self.call(sandbox, "POST", path, body, page_size="10", **query, **more)
            token = page.pop("next_page_token", "")
            found.append(page)
            if not token:
                return found
            more = {"page_token": token}

    def shown(self, sandbox):
        """What its reports, lists and scores say."""
        report = self.control(sandbox, "/report")
        del report["sandbox"]
        journal = self.control(sandbox, "/journal", limit=10_000)
        searches = [self.pages(sandbox, *search) for search in SEARCHES]
        if not sandbox.world.registry.market.ways.scores_shops:
            return [report, journal, *searches]
        scores = [f"{SCORES}/{each}" for each in ("overview", "metrics")] + [
            f"{SCORES}/metrics/{code}/{view}"
            for code in METRICS
            for view in ("diagnosis", "problem_details", "top_items")
        ]
        return [report, journal, *searches, *(self.call(sandbox, "GET", each) for each in scores)]

    def delete(self, *sandboxes):
        for each in sandboxes:
            self.run(self.sandboxes.delete(each.id))

    def close(self):
        self.run(self.http.aclose())
        self.run(self.sandboxes.close())
        self._runner.close()


def serving(**limits):
    server = Server(Limits(calls_per_second=0, **limits))
    yield server
    server.close()


@pytest.fixture(scope="module")
def server():
    """Its sandboxes keep every order in memory, and few facts."""
    yield from serving(ended_orders_stay_s=AGES, facts_in_memory=40)


@pytest.fixture(scope="module")
def forgetful():
    """Everything goes to disk as soon as it may."""
    yield from serving(ended_orders_stay_s=0, facts_in_memory=40)


def saved(sandbox):
    return {name: part.save() for name, part in sandbox.derived().items()}


def rolls(sandbox):
    """Made anew where nobody needed them."""
    found = rolls_of(sandbox)
    return [
        (found.conversations(shop).save(), found.sessions(shop).save())
        for shop in sandbox.world.registry.shops
    ]


def assert_the_same(server, straight, hopping):
    assert straight.world.journal.digest() == hopping.world.journal.digest()
    assert saved(straight) == saved(hopping)
    assert server.shown(straight) == server.shown(hopping)
    assert rolls(straight) == rolls(hopping)
    assert saved(straight) == saved(hopping), "looking leaves no trace"


@pytest.mark.parametrize("market", chosen(["standard", "us"]))
@settings(CALMLY, max_examples=examples(12))
@given(opening=OPENINGS, chapters=CHAPTERS)
def test_sinks_saved_and_restored_anywhere_go_on_as_if_nothing_had_been(
    server, market, opening, chapters
):
    config = WorldConfig(market=market_named(market))
    straight, hopping = server.sandboxes.open(config), server.sandboxes.open(config)
    rolls(straight)
    for chapter in [opening, *chapters, [(wait, 40 * DAY)]]:
        for act in chapter:
            do(straight.world, *act)
            do(hopping.world, *act)
        before, hopping = hopping, server.again(hopping)
        assert saved(before) == saved(hopping) == saved(straight)
        server.delete(before)
    assert_the_same(server, straight, hopping)
    server.delete(straight, hopping)


def test_orders_that_have_left_memory_stay_on_the_shelves(forgetful):
    straight = forgetful.sandboxes.open(WorldConfig(market=market_named("us")))
    for _ in range(12):
        straight.world.buyers.place_order(Purchase(behaviour="prompt"))
    straight.world.advance(later(straight.world.now, 60 * DAY))
    assert not straight.world.registry.orders, "all have left"
    hopping = forgetful.again(straight)
    for each in (straight, hopping):
        each.world.buyers.place_order(Purchase(behaviour="prompt"))
        each.world.advance(later(each.world.now, 3 * DAY))

    assert_the_same(forgetful, straight, hopping)
    assert forgetful.shown(hopping)[2][0]["total_count"] == 13
    forgetful.delete(straight, hopping)


def test_registrations_at_17track_stay_paid_for(server):
    straight = server.sandboxes.open(WorldConfig())
    for number in ("1Z999AA10123456784", "1Z999AA10123456785"):
        straight.world.trackers.add(SEVENTEENTRACK, number, "ups", {})
    hopping = server.again(straight)
    hopping.world.advance(later(hopping.world.now, DAY))
    hopping.world.trackers.add(SEVENTEENTRACK, "1Z999AA10123456786", "ups", {})
    spent, now = hopping.attached(Spent), hopping.world.now

    assert (spent.today(now), spent.this_month(now)) == (1, 3)
    server.delete(straight, hopping)


def test_everything_that_follows_from_facts_has_a_name_that_stays(server):
    usual, scored = (
        server.sandboxes.open(WorldConfig(market=market_named(name))) for name in ("standard", "us")
    )
    names = ["17track.spent", "facts", "shelves", "statistics"]
    assert sorted(usual.derived()) == names
    assert sorted(scored.derived()) == sorted([*names, "performance"])
    with pytest.raises(AssertionError, match="shelves"):
        usual.attach_derived("shelves", Spent())
    server.delete(usual, scored)


def test_a_log_reads_on_over_its_archive(server):
    straight = server.sandboxes.open(WorldConfig())
    for _ in range(5):
        straight.world.buyers.place_order(Purchase(behaviour="prompt"))
    straight.world.advance(later(straight.world.now, 2 * DAY))
    bare = server.again(straight)
    length = straight.world.journal.length
    assert bare.facts.entries == [], "all are in its file"

    for hours in (0, 1, 3, 24, 99):
        for each in (straight, bare):
            each.world.advance(later(each.world.now, hours * HOUR))
        for kind in ("", "ParcelScanned"):
            for after in (0, 3, length - 31, length - 30, length - 2, length, length + 5):
                for limit in (1, 8, 10_000):
                    asked = after, limit, kind
                    assert bare.facts.page(*asked) == straight.facts.page(*asked)
    seqs = [each.seq for each in bare.facts.page(0, 10_000)]
    assert seqs == list(range(1, straight.world.journal.length + 1))
    server.delete(straight, bare)
