"""Orders that have left memory, and facts of long ago, answer on the wire as they always did."""

import asyncio
import json
from dataclasses import dataclass

import httpx
import pytest

from mock_api.kernel.making import DEFAULT_APP, DEFAULT_CIPHER, DEFAULT_TOKEN
from mock_api.kernel.questions import Question
from mock_api.kernel.sandboxes import DEFAULT_ID
from mock_api.kernel.wall_clock import wall_seconds
from mock_api.main import create_app
from mock_api.seller_center.shelves import Shelves
from mock_api.seller_center.signing import sign
from mock_api.settings import Limits, ServerSettings

AGES = 10**9
FORGETFUL = Limits(ended_orders_stay_s=0, facts_in_memory=40, listed_in_memory=5)
"""Everything goes to disk as soon as it may."""
MINDFUL = Limits(ended_orders_stay_s=AGES, facts_in_memory=AGES, listed_in_memory=AGES)
"""Nothing ever does."""
AT = f"/_seatrial/sandboxes/{DEFAULT_ID}"


class Server:
    """A server in this process, called as from outside, with a way to look inside."""

    def __init__(self, runner, limits):
        self.run = runner.run
        self.app = create_app(ServerSettings(limits=limits))
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://seatrial", timeout=60)

    @property
    def inside(self):
        return self.app.state.sandboxes.get(DEFAULT_ID)

    def control(self, method, path, body=None, **query):
        answer = self.run(self.http.request(method, AT + path, json=body, params=query))
        return answer.status_code, answer.json()

    def call(self, method, path, body=None, **query):
        """Status and envelope of a signed call, without what differs from call to call."""
        content = b"" if body is None else json.dumps(body).encode()
        pairs = [
            *query.items(),
            ("app_key", DEFAULT_APP.key),
            ("shop_cipher", DEFAULT_CIPHER),
            ("timestamp", str(wall_seconds())),
        ]
        pairs.append(("sign", sign(path, pairs, content, DEFAULT_APP.secret)))
        headers = {"content-type": "application/json", "x-tts-access-token": DEFAULT_TOKEN}
        answer = self.run(
            self.http.request(method, path, params=pairs, content=content, headers=headers)
        )
        envelope = answer.json()
        del envelope["request_id"]
        return answer.status_code, envelope

    def close(self):
        self.run(self.http.aclose())
        self.run(self.app.state.sandboxes.close())


@dataclass
class Twins:
    """The same world on two servers."""

    forgetful: Server
    mindful: Server
    orders: list[str]

    def both(self, act, *args, **query):
        """What both answer, which is the same."""
        ours, theirs = (
            getattr(server, act)(*args, **query) for server in (self.forgetful, self.mindful)
        )
        assert ours == theirs
        return ours

    def call(self, *args, **query):
        return self.both("call", *args, **query)

    def control(self, *args, **query):
        return self.both("control", *args, **query)


@pytest.fixture(scope="module")
def twins():
    """Two worlds whose orders are completed, cancelled, open, and on their way."""
    with asyncio.Runner() as runner:
        twins = Twins(Server(runner, FORGETFUL), Server(runner, MINDFUL), [])
        for shipping in ("platform", "seller"):
            for city in ("Shenzhen", "Yiwu"):
                wishes = {"count": 3, "shipping": shipping, "city": city, "behaviour": "prompt"}
                twins.orders += twins.control("POST", "/orders", wishes)[1]["orders"]
        twins.orders += twins.control("POST", "/orders", {"count": 2, "paid": False})[1]["orders"]
        (bought_by_mistake,) = twins.control("POST", "/orders", {})[1]["orders"]
        twins.control("POST", f"/buyers/{bought_by_mistake}/cancel")
        twins.orders.append(bought_by_mistake)
        # Short of a week, after which the access token would have run out.
        for _ in range(13):
            twins.control("POST", "/clock/advance", {"by": "12h"})
            for order_id in twins.orders[:12:2]:
                twins.control("POST", f"/buyers/{order_id}/confirm")
        twins.orders += twins.control("POST", "/orders", {"count": 2})[1]["orders"]
        yield twins
        twins.forgetful.close()
        twins.mindful.close()


def test_ended_orders_have_left_memory_here_and_not_there(twins):
    live = twins.forgetful.inside.world.registry
    everybody = twins.mindful.inside.world.registry
    gone = set(everybody.orders) - set(live.orders)
    assert len(gone) > 6
    assert {everybody.orders[each].status for each in gone} == {"COMPLETED", "CANCELLED"}
    assert len(live.parcels) < len(everybody.parcels)
    assert len(live.by_number) < len(everybody.by_number)


def test_most_of_the_lists_is_on_disk_here_and_nothing_of_them_there(twins):
    here, there = (
        each.inside.attached(Shelves).orders(next(iter(each.inside.world.registry.shops)))
        for each in (twins.forgetful, twins.mindful)
    )
    everything = Question("create_time", descending=False)
    assert (len(here._entries), len(there._entries)) == (5, there.count(everything))
    assert here.count(everything) == there.count(everything) > 10


def test_each_order_is_shown_the_same(twins):
    for version in ("202309", "202507"):
        status, envelope = twins.call("GET", f"/order/{version}/orders", ids=",".join(twins.orders))
        assert status == 200
        assert [order["id"] for order in envelope["data"]["orders"]] == twins.orders


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"order_status": "COMPLETED"},
        {"order_status": "CANCELLED"},
        {"shipping_type": "SELLER"},
        {"is_buyer_request_cancel": False},
    ],
    ids=str,
)
def test_order_lists_page_through_the_living_and_the_ended(twins, wanted):
    path, found, token = "/order/202309/orders/search", [], {}
    while True:
        _, envelope = twins.call("POST", path, wanted, page_size="4", **token)
        page = envelope["data"]
        found += [order["id"] for order in page.get("orders", [])]
        if not page["next_page_token"]:
            break
        token = {"page_token": page["next_page_token"]}
    assert len(set(found)) == len(found) == page["total_count"] > 0


def test_packages_and_their_tracking_are_shown_the_same(twins):
    _, envelope = twins.call("POST", "/fulfillment/202309/packages/search", {}, page_size="50")
    packages = envelope["data"]["packages"]
    assert len(packages) == 15
    for package in packages:
        at = f"/fulfillment/202309/packages/{package['id']}"
        assert twins.call("GET", at)[0] == 200
        twins.call("GET", f"{at}/handover_time_slots")
        twins.call("GET", f"{at}/shipping_documents", document_type="SHIPPING_LABEL")
    told = [
        twins.call("GET", f"/fulfillment/202309/orders/{order_id}/tracking")[1]["data"]
        for order_id in twins.orders
    ]
    assert max(len(each.get("tracking", [])) for each in told) == 8


def test_what_ended_is_refused_in_the_same_words(twins):
    codes = set()
    for order_id in twins.orders[:-2]:
        _, seen = twins.mindful.call("GET", "/order/202507/orders", ids=order_id)
        (order,) = seen["data"]["orders"]
        if order["status"] not in ("COMPLETED", "CANCELLED"):
            continue
        marking = {"tracking_number": "1Z999AA10123456784", "shipping_provider_id": "1"}
        twins.call("POST", f"/fulfillment/202309/orders/{order_id}/packages", marking)
        for package in order.get("packages", []):
            at = f"/fulfillment/202309/packages/{package['id']}/ship"
            codes.add(twins.call("POST", at, {})[1]["code"])
        for action in ("pay", "cancel", "withdraw_cancellation", "change_address", "confirm"):
            assert twins.control("POST", f"/buyers/{order_id}/{action}")[0] == 409
        assert twins.control("POST", "/carriers/ups/book", {"order_id": order_id})[0] == 409
    assert {21011027, 21011041} <= codes, "delivered, and cancelled"


def test_unknown_orders_are_unknown_to_both(twins):
    assert twins.control("POST", "/buyers/576400000000000000/pay")[0] == 404
    assert twins.call("GET", "/fulfillment/202309/packages/1152")[1]["code"] != 0


def test_the_journal_is_read_across_memory_and_disk(twins):
    status, page = twins.control("GET", "/journal", limit=10_000)
    assert status == 200
    facts = page["facts"]
    assert [fact["seq"] for fact in facts] == list(range(1, page["length"] + 1))
    assert len(twins.forgetful.inside.facts.entries) <= 40 < len(facts) / 2

    order_id = twins.orders[0]
    for limit in (1, 7, 100):
        for query in ({}, {"kind": "ParcelScanned"}, {"order_id": order_id}, {"kind": "Nothing"}):
            for after in (0, 5, len(facts) - 45, len(facts) - 3, len(facts), len(facts) + 9):
                twins.control("GET", "/journal", after=after, limit=limit, **query)
    _, own = twins.control("GET", "/journal", order_id=order_id, kind="ParcelScanned", limit=50)
    assert len(own["facts"]) == 8


def test_the_report_is_the_same(twins):
    _, report = twins.control("GET", "/report")
    assert report["orders"]["COMPLETED"] > 3
