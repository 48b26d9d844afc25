"""Webhooks: news of trackings, signed, to the address that is set in AfterShip's console.

Documented: the envelope, the header of the signature, the schedule (fourteen attempts, the pauses
doubling from 30 seconds), and that any answer from 200 to 299 will do. There is one webhook for all
that AfterShip learns at once; ``edd_revise`` and ``tracking_pending_time`` are not sent.
"""

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from mock_api.carriers.aftership.book import Note
from mock_api.carriers.aftership.signing import webhook_signature
from mock_api.carriers.aftership.view import Look, look, tracking
from mock_api.carriers.aftership.words import NAME, SAID, tag_of
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import concerned, is_half_told
from simulator.clock import Instant
from simulator.facts import Fact, TrackerAdded, TrackerStopped

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

UPDATE: Final = "tracking_update"
VERSION: Final = "2026-07"
SIGNED_IN: Final = "aftership-hmac-sha256"
ATTEMPTS: Final = 14
MANNER: Final = Manner(
    frozenset(range(200, 300)),
    tuple(30 * 2**nth for nth in range(ATTEMPTS - 1)),
    signed_in=SIGNED_IN,
    apart=True,
)


def furnish(sandbox: "Sandbox") -> None:
    """Tell the account of its trackings."""
    world = sandbox.world

    def hear(_seq: int, at: Instant, fact: Fact) -> None:
        if not sandbox.hooks.any_of(NAME) or is_half_told(world, fact):
            return
        for tracker in concerned(world, NAME, fact):
            seen = look(world, tracker)
            if _is_news(fact, seen):
                _tell(sandbox, seen, at)

    sandbox.tell(hear)


def _is_news(fact: Fact, seen: Look) -> bool:
    """One that is taken up again has nothing new by that; one whose end was told does not expire;
    of one that is deleted nothing is said."""
    notes = seen.tracker.notes
    match fact:
        case TrackerAdded():
            return Note.RETRACKED not in notes
        case TrackerStopped():
            return Note.DELETED not in notes and (bool(seen.completed) or not seen.has_ended)
        case _:
            return True


def _is_first(seen: Look, at: Instant) -> bool:
    """No checkpoint that was known before has that tag."""
    known_at = ((max(each.at, seen.tracker.added_at), each.record.scan) for each in seen.told)
    return all(then >= at or tag_of(SAID[scan].subtag) != seen.tag for then, scan in known_at)


def _tell(sandbox: "Sandbox", seen: Look, at: Instant) -> None:
    if not (seen.told or seen.tracker.is_stopped):
        return  # another courier's news
    number = seen.tracker.number
    event_id = sha256(f"{seen.tracker.id} {at} {seen.subtag} {len(seen.told)}".encode())
    news = {
        "event": UPDATE,
        "event_id": str(UUID(bytes=event_id.digest()[:16], version=4)),
        "is_tracking_first_tag": _is_first(seen, at),
        "msg": tracking(seen),
        "ts": at,
    }
    body = json.dumps(news, ensure_ascii=False, separators=(",", ":")).encode()
    for hook in sandbox.hooks.hearing(NAME, UPDATE, number):
        secret = hook.secret or sandbox.credential(NAME, "webhook_secret")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "AfterShipTrackingWebhook/4.0.0 (https://www.aftership.com)",
            "as-webhook-version": VERSION,
            SIGNED_IN: webhook_signature(body, secret),
        }
        sandbox.hooks.tell(hook, (number, UPDATE), body, headers, MANNER)
