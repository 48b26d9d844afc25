"""Webhooks: wanted news comes at least once, in its lane's order, unless a fault had it else."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from mock_api.kernel.messages import Message, State
from scenarios.swarm.checks.stories import Stories
from scenarios.swarm.checks.violations import Violations

_OUT_OF_ORDER: Final = frozenset({"webhook_delayed", "webhook_reordered"})
_UNTOLD: Final = frozenset({"", "PARTIALLY_SHIPPING"})
"""Statuses that type 1 has no word for."""
_ORDER_STATUS: Final = "ORDER_STATUS_CHANGE"


def check_deliveries(messages: Iterable[Message], found: Violations) -> None:
    """At any time: who gave up had tried often enough, and no news overtook older news."""
    lanes: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in messages:
        _check_end(message, found)
        if not _OUT_OF_ORDER & set(message.faults) and message.attempts:
            lanes[message.lane, message.url if message.manner.apart else ""].append(message)
    for (lane, _), line in lanes.items():
        ends = [(each.attempts[0].at, each.n) for each in line]
        told = f"news overtakes older news: {ends}"
        found.require(ends == sorted(ends), "webhooks", told, lane)


def _check_end(message: Message, found: Violations) -> None:
    tried, most = len(message.attempts), len(message.manner.pauses) + 1
    if message.state is State.DROPPED and "webhook_lost" not in message.faults:
        told = f"given up after {tried} attempts, of {most}: {message.kind}"
        found.require(tried == most, "webhooks", told, message.lane)
    if message.state is State.DELIVERED:
        last = message.attempts[-1].status
        told = f"delivered, and answered {last}: {message.kind}"
        found.require(last in message.manner.accepted, "webhooks", told, message.lane)


def check_none_waits(messages: Iterable[Message], found: Violations) -> None:
    """In the end each is delivered or given up."""
    for message in messages:
        if message.state is State.WAITING:
            told = f"still waits, {message.kind} {message.faults}, due {message.due_at}"
            found.add("webhooks", told, message.lane)


def check_told(
    messages: Iterable[Message], stories: Stories, shops: Iterable[str], found: Violations
) -> None:
    """Every status of every order was written to whoever subscribed."""
    told: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if message.kind == _ORDER_STATUS:
            news = json.loads(message.body)["data"]
            told[news["order_id"]].append(news["order_status"])
    heard = set(shops)
    for story in stories.orders.values():
        if story.shop_id in heard and not story.independent:
            wanted = set(story.statuses) - _UNTOLD
            missing = sorted(wanted - set(_words(told[story.order_id])))
            found.require(not missing, "webhooks", f"never told: {missing}", story.order_id)


def _words(statuses: list[str]) -> list[str]:
    return ["CANCELLED" if each == "CANCEL" else each for each in statuses]
