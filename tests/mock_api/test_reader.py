"""Somebody who only reads: answers of the API and webhooks. What they make of each
order is what the facts say happened.

A world is random in its seed, market, mishaps, sellers and buyers. ``make test`` reads a few; the
slow tests read two hundred.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.mock_api.repeating import assert_only_commands_changed
from tests.thoroughness import chosen

MARKETS = ("standard", "us", "uk", "sea", "eu", "mx", "jp")
MOVED = {
    "OrderPlaced",
    "OrderPaid",
    "OrderReleased",
    "OrderPartlyShipped",
    "OrderReadyToShip",
    "OrderMarkedShipped",
    "OrderShipped",
    "OrderDelivered",
    "OrderCompleted",
    "OrderCancelled",
}
"""Facts that carry an order's new status."""

WEBHOOK_SAYS = {"CANCELLED": "CANCEL"}
UNHEARD = {"PARTIALLY_SHIPPING"}
"""Statuses for which type 1 has no word."""

INITIATOR = {"buyer": "BUYER", "seller": "SELLER", "platform": "SYSTEM"}
CANCELLATION = {
    "pending": "CANCELLATION_REQUEST_PENDING",
    "granted": "CANCELLATION_REQUEST_SUCCESS",
    "refunded": "CANCELLATION_REQUEST_COMPLETE",
    "closed": "CANCELLATION_REQUEST_CANCELLED",
}
ENDED = {"completed": "done", "refunded": "done", "closed": "closed"}
"""How a claim's last facts say that it is over."""
MOMENTS = {
    "OrderPlaced": "create_time",
    "OrderPaid": "paid_time",
    "OrderReadyToShip": "rts_time",
    "OrderMarkedShipped": "rts_time",
    "OrderShipped": "collection_time",
    "OrderDelivered": "delivery_time",
    "OrderCancelled": "cancel_time",
}


@dataclass
class Story:
    """What somebody knows of one order."""

    statuses: list[tuple[str, int]] = field(default_factory=list)
    """As they were told, with their instants."""
    status: str = ""
    updated: int = 0
    moments: dict[str, int] = field(default_factory=dict)
    total: str = ""
    cancelled: tuple[str, str] = ("", "")
    """Why, and by whom."""
    cancellations: list[tuple[str, str]] = field(default_factory=list)
    """Ids with statuses, as they were told."""
    claims: dict[str, str] = field(default_factory=dict)
    """Refunds, returns and replacements by their ids: how each stands."""
    packages: set[str] = field(default_factory=set)
    scans: list[int] = field(default_factory=list)
    """Their instants, in milliseconds, newest first, package by package."""


def told_by_facts(facts: list[dict[str, Any]], digits: int) -> dict[str, Story]:
    """The oracle: every order's story from the journal."""
    stories: dict[str, Story] = defaultdict(Story)
    for fact in facts:
        story = stories[fact.get("order_id", "")]
        if fact["kind"] in MOVED:
            note_move(story, fact, digits)
        note_claims(story, fact)
    stories.pop("", None)
    return stories


def note_move(story: Story, fact: dict[str, Any], digits: int) -> None:
    kind, status, at = fact["kind"], fact["status"], fact["at"]
    story.status, story.updated = status, at
    if status not in UNHEARD:
        story.statuses.append((WEBHOOK_SAYS.get(status, status), at))
    if kind in MOMENTS:
        story.moments[MOMENTS[kind]] = at
    if kind == "OrderPlaced":
        story.total = decimal(fact["amount_minor"], digits)
    if kind == "OrderCancelled":
        story.cancelled = (fact["reason"], INITIATOR[fact["by"]])


def note_claims(story: Story, fact: dict[str, Any]) -> None:
    match fact["kind"]:
        case "ReturnAsked":
            story.claims[fact["return_id"]] = "open"
        case "ReturnDivided":
            story.claims[fact["part_id"]] = "open"
        case "ReturnMoved" | "RefundMoved":
            claim = fact.get("return_id") or fact["refund_id"]
            story.claims[claim] = ENDED.get(fact["status"], "open")
        case "CancellationMoved":
            status = CANCELLATION[fact["status"]]
            story.cancellations.append((fact["cancellation_id"], status))


def decimal(minor: int, digits: int) -> str:
    return f"{minor / 10**digits:.{digits}f}" if digits else str(minor)


def end_of(status: str) -> str:
    if status.endswith(("_COMPLETE", "_REFUND_SUCCESS")):
        return "done"
    return "closed" if status.endswith("_CANCEL") else "open"


class Reader:
    """Polls what can be polled, and keeps what was pushed."""

    def __init__(self, box):
        self.box = box

    def pages(self, path, key, size, **query):
        token, found = "", []
        while True:
            pairs = [("page_size", str(size)), *query.items()]
            data = self.box.data(
                "POST", path, {}, query=[*pairs, *([("page_token", token)] if token else [])]
            )
            found += data.get(key, [])
            token = data["next_page_token"]
            if not token:
                return found

    def stories(self, news) -> dict[str, Story]:
        stories: dict[str, Story] = defaultdict(Story)
        listed = self.pages("/order/202309/orders/search", "orders", 50, sort_order="ASC")
        for start in range(0, len(listed), 50):
            ids = ",".join(order["id"] for order in listed[start : start + 50])
            detailed = self.box.data("GET", "/order/202507/orders", query=[("ids", ids)])["orders"]
            assert detailed == listed[start : start + 50], "two calls, one order"
            for order in detailed:
                self.read(stories[order["id"]], order)
        for package in self.pages("/fulfillment/202309/packages/search", "packages", 50):
            for order in package["orders"]:
                assert package["id"] in stories[order["id"]].packages
        self.hear(stories, news)
        self.look_up_claims(stories)
        return stories

    def look_up_claims(self, stories):
        """What was asked for afterwards: found by search as it was last told."""
        cancellations = self.pages(
            "/return_refund/202309/cancellations/search", "cancellations", 50
        )
        found = {each["cancel_id"]: each["cancel_status"] for each in cancellations}
        told = dict(each for story in stories.values() for each in story.cancellations)
        assert found == told, "a search finds what was pushed"
        for each in self.pages("/return_refund/202309/returns/search", "return_orders", 50):
            story = stories[each["order_id"]]
            assert story.claims[each["return_id"]] == each["return_status"], "as type 12 had it"
        for story in stories.values():
            story.claims = {claim: end_of(status) for claim, status in story.claims.items()}

    def read(self, story: Story, order: dict[str, Any]) -> None:
        story.status, story.updated = order["status"], order["update_time"]
        story.moments = {name: order[name] for name in MOMENTS.values() if name in order}
        story.total = order["payment"]["total_amount"]
        story.cancelled = (order.get("cancel_reason", ""), order.get("cancellation_initiator", ""))
        story.packages = {package["id"] for package in order.get("packages", [])}

    def hear(self, stories, news) -> None:
        for each in news:
            data = each["data"]
            if each["type"] == 1:
                story = stories[data["order_id"]]
                story.statuses.append((data["order_status"], data["update_time"]))
            if each["type"] == 12:
                stories[data["order_id"]].claims[data["return_id"]] = data["return_status"]
            if each["type"] == 11:
                story = stories[data["order_id"]]
                story.cancellations.append((data["cancel_id"], data["cancel_status"]))


@pytest.fixture
def read_a_world(open_box, listener):
    """Live through a random world, and hold what was read against what happened."""

    def reading(seed: int, meanwhile: Callable[[Any], None] = lambda _: None) -> None:
        market = MARKETS[seed % len(MARKETS)]
        box = open_box(seed=seed, market=market, mishaps=seed % 3)
        for wish in ("ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE", "RETURN_STATUS_CHANGE"):
            box.subscribe(listener.url, wish)
        demand = {
            "kind": "burst",
            "orders": 12,
            "for": "20h",
            "shipping": {"platform": 1, "seller": 1},
            "behaviour": {"prompt": 3, "slow": 2, "absent": 1},
            "buyer": {"typical": 2, "impatient": 1, "fussy": 1, "absent_minded": 1},
            "parcels": {"1": 3, "2": 1},
            "late": 0.3,
        }
        box.control("POST", "/demand", demand)
        for _ in range(3):
            meanwhile(box)
            box.advance(by="5d")
            box.renew()
        digits = box.inside.config.market.minor_digits
        happened, was_read = (
            told_by_facts(box.journal(), digits),
            Reader(box).stories(listener.news),
        )
        assert was_read.keys() == happened.keys()
        for order_id, story in happened.items():
            found = was_read[order_id]
            found.packages, found.scans = set(), []
            assert found == story, f"seed {seed}, market {market}, order {order_id}"
        assert_only_commands_changed(box.inside)

    return reading


@pytest.mark.parametrize("seed", chosen(range(3)))
def test_what_is_read_is_what_happened(read_a_world, seed):
    read_a_world(seed)


def divide_requests(box):
    """Whoever has several goods asks for their money; the first is paid for, and the rest not."""
    search = "/order/202309/orders/search"
    listed = box.data("POST", search, {"order_status": "DELIVERED"}, query=[("page_size", "50")])
    for order in listed.get("orders", []):
        if len(order["line_items"]) > 1:
            box.ask("POST", f"/buyers/{order['id']}/ask_refund", {})
    returns = "/return_refund/202309/returns/search"
    found = box.data("POST", returns, {}, query=[("page_size", "50")])
    for asked in found.get("return_orders", []):
        divide(box, asked["return_id"], asked["return_line_items"])


def divide(box, return_id, lines):
    query = [("return_or_cancel_id", return_id)]
    (why, *_) = box.data("GET", "/return_refund/202309/reject_reasons", query=query)["reasons"]
    first, *rest = [{"return_line_item_id": each["return_line_item_id"]} for each in lines]
    yes = {"action": "REFUND_INSTEAD", "line_items": [first]}
    no = {"action": "REJECT_REQUEST", "line_items": rest, "reason": {"reason_id": why["name"]}}
    if rest:
        wish = {"request_id": return_id, "line_item_decisions": [yes, no]}
        body = {"aftersales_request_decisions": [wish]}
        box.data("POST", "/return_refund/202609/aftersales/review", body)


@pytest.mark.parametrize("seed", chosen(range(4, 7)))
def test_a_divided_request_is_read_as_it_happened(read_a_world, seed):
    divided = []

    def meanwhile(box):
        divide_requests(box)
        divided.extend(box.journal(kind="ReturnDivided"))

    read_a_world(seed, meanwhile)
    assert divided


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 203))
def test_what_is_read_is_what_happened_in_two_hundred_worlds(read_a_world, seed):
    read_a_world(seed)
