"""Pushes: all of a package's record, whenever there is news of one that is subscribed to.

The header ``X-Openapi-Signature`` is the hex SHA-256 of the timestamp, the console's encrypt key
and the raw body; the timestamp is in ``X-Openapi-Request-Timestamp`` (a public integration that
receives them). Its console can encrypt the content; here it is sent in the clear, which that
integration takes as well. An acknowledgement is documented as the text ``success``; here HTTP 200
is one. The pauses are inferred.
"""

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from mock_api.carriers.yunexpress.telling import track_info
from mock_api.carriers.yunexpress.view import look
from mock_api.carriers.yunexpress.words import NAME
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import concerned, followers
from simulator.clock import MINUTE, Instant
from simulator.facts import Fact, LabelCalledOff, TrackerUpdated
from simulator.trackers.lag import CARRIERS_OWN
from simulator.trackers.model import Tracker

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

TOPIC: Final = "tisPushData"
MANNER: Final = Manner(
    frozenset({200}),
    (MINUTE, 5 * MINUTE, 30 * MINUTE),
    signed_in="X-Openapi-Signature",
    apart=True,
)


class Note:
    """What a subscription's notes are called."""

    BY: Final = "by"
    TYPE: Final = "subscribe_type"
    QUERY: Final = "query_type"


def signature(timestamp: str, key: str, body: bytes) -> str:
    return sha256(timestamp.encode() + key.encode() + body).hexdigest()


def subscription_of(sandbox: "Sandbox", number: str) -> Tracker | None:
    """The one of that waybill, if there is one."""
    found = followers(sandbox.world, CARRIERS_OWN, number)
    return next((each for each in found if each.notes.get(Note.BY) == NAME), None)


def furnish(sandbox: "Sandbox") -> None:
    """Tell the account's console address of what it subscribed to."""
    world = sandbox.world

    def hear(_seq: int, at: Instant, fact: Fact) -> None:
        if not isinstance(fact, TrackerUpdated | LabelCalledOff) or not sandbox.hooks.any_of(NAME):
            return
        for tracker in concerned(world, CARRIERS_OWN, fact):
            if tracker.notes.get(Note.BY) == NAME:
                _tell(sandbox, tracker.number, at)

    sandbox.tell(hear)


def _tell(sandbox: "Sandbox", number: str, at: Instant) -> None:
    seen = look(sandbox.world, number)
    if seen is None:
        return
    data = {**track_info(seen), "package_status": seen.status}
    news = {"data_code": TOPIC, "data": data}
    body = json.dumps(news, ensure_ascii=False, separators=(",", ":")).encode()
    timestamp = str(at * 1000)
    for hook in sandbox.hooks.hearing(NAME, TOPIC, number):
        key = hook.secret or sandbox.credential(NAME, "encrypt_key")
        headers = {
            "Content-Type": "application/json",
            "X-Openapi-Request-Timestamp": timestamp,
            "X-Openapi-Signature": signature(timestamp, key, body),
        }
        sandbox.hooks.tell(hook, (number, TOPIC), body, headers, MANNER)
