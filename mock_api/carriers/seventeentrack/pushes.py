"""Webhooks: news of registered numbers, signed, to the address that is set in the console.

The signature is the SHA-256 of the body, a slash and the account's key, in the header ``sign``
(carriers facts, section 4.8). Anything but 200 is sent again; that is known of public integrations,
the schedule is inferred: three times, after 10, 30 and 60 minutes.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from mock_api.carriers.seventeentrack import account
from mock_api.carriers.seventeentrack.account import Note, Spent
from mock_api.carriers.seventeentrack.view import track_info
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import concerned, is_half_told
from simulator.clock import MINUTE, Instant
from simulator.facts import Fact, TrackerAdded, TrackerStopped
from simulator.trackers.model import Tracker

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

UPDATED: Final = "TRACKING_UPDATED"
STOPPED: Final = "TRACKING_STOPPED"
MANNER: Final = Manner(
    frozenset({200}), (10 * MINUTE, 30 * MINUTE, 60 * MINUTE), signed_in="sign", apart=True
)


def signature(body: bytes, key: str) -> str:
    return sha256(body + b"/" + key.encode()).hexdigest()


def furnish(sandbox: "Sandbox") -> None:
    """Count what is registered, and tell the account of its numbers."""
    spent = Spent()
    sandbox.attach_derived(f"{NAME}.spent", spent)

    def count(_seq: int, at: Instant, fact: Fact) -> None:
        if _is_paid_for(sandbox, fact):
            spent.one_more(at)

    def hear(_seq: int, _at: Instant, fact: Fact) -> None:
        if sandbox.hooks.any_of(NAME) and not is_half_told(sandbox.world, fact):
            _news_of(sandbox, fact)

    sandbox.world.journal.subscribe(count)
    sandbox.tell(hear)


def _is_paid_for(sandbox: "Sandbox", fact: Fact) -> bool:
    """A registration: following a stopped number again costs nothing."""
    if not isinstance(fact, TrackerAdded) or fact.view != NAME:
        return False
    return Note.RETRACKED not in sandbox.world.trackers.get(fact.tracker_id).notes


def _news_of(sandbox: "Sandbox", fact: Fact) -> None:
    for tracker in concerned(sandbox.world, NAME, fact):
        if not isinstance(fact, TrackerStopped):
            tell_updated(sandbox, tracker)
        elif Note.DELETED not in tracker.notes:
            tell_stopped(sandbox, tracker)


def tell_updated(sandbox: "Sandbox", tracker: Tracker) -> bool:
    """What is known of the number by now; false, if that is nothing, or nobody wants to hear it."""
    seen = account.shown_of(sandbox.world, tracker)
    if not seen.records:
        return False
    info = track_info(seen, tracker.notes.get("order_time", ""), sandbox.world.now)
    return _tell(sandbox, tracker, UPDATED, {"track_info": info})


def tell_stopped(sandbox: "Sandbox", tracker: Tracker) -> bool:
    """Nobody looks any more."""
    return _tell(sandbox, tracker, STOPPED, {})


def _tell(sandbox: "Sandbox", tracker: Tracker, topic: str, more: Mapping[str, Any]) -> bool:
    data = {
        "number": tracker.number,
        "carrier": int(tracker.notes[Note.KEY]),
        "param": tracker.notes.get("param"),
        "tag": tracker.notes.get("tag"),
        **more,
    }
    news = {"event": topic, "data": data}
    body = json.dumps(news, ensure_ascii=False, separators=(",", ":")).encode()
    hooks = sandbox.hooks.hearing(NAME, topic, tracker.number)
    for hook in hooks:
        key = hook.secret or sandbox.credential(NAME, "key")
        headers = {"Content-Type": "application/json", "sign": signature(body, key)}
        sandbox.hooks.tell(hook, (tracker.number, topic), body, headers, MANNER)
    return bool(hooks)
