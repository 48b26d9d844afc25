"""Webhooks: news of trackings, signed, to the address that is set in AfterShip's console.

Documented: the envelope, the header of the signature, the schedule (fourteen attempts, the pauses
doubling from 30 seconds), and that any answer from 200 to 299 will do. There is one webhook for all
that AfterShip learns at once; ``edd_revise`` and ``tracking_pending_time`` are not sent.
"""

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from mock_api.carriers.aftership.book import Note, of_number
from mock_api.carriers.aftership.signing import webhook_signature
from mock_api.carriers.aftership.view import Look, look, tracking
from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.outbox import Manner
from simulator.clock import Instant
from simulator.facts import Fact, ParcelBooked, TrackerAdded, TrackerStopped, TrackerUpdated

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
    news = _News(sandbox)
    sandbox.world.journal.subscribe(news.hear)


class _News:
    """What was told of one world's trackings."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._told: dict[str, set[str]] = {}
        """Tags that were sent, by tracker."""

    def hear(self, _seq: int, at: Instant, fact: Fact) -> None:
        if not self._sandbox.hooks.any_of(NAME):
            return
        match fact:
            case TrackerUpdated() if fact.view == NAME:
                self._tell(self._look(fact.tracker_id), at)
            case TrackerAdded() if fact.view == NAME:
                self._announce(self._look(fact.tracker_id), at)
            case TrackerStopped() if fact.view == NAME:
                self._part(self._look(fact.tracker_id), at)
            case ParcelBooked():
                for tracker in of_number(self._sandbox.world, fact.tracking_number):
                    self._announce(look(self._sandbox.world, tracker), at)
            case _:
                pass

    def _look(self, tracker_id: str) -> Look:
        world = self._sandbox.world
        return look(world, world.trackers.get(tracker_id))

    def _announce(self, seen: Look, at: Instant) -> None:
        """The courier has it on paper. More than that is told by the fact that follows."""
        if len(seen.told) == 1 and not seen.sight.scans and seen.tag not in self._sent(seen):
            self._tell(seen, at)

    def _part(self, seen: Look, at: Instant) -> None:
        """It has expired, or was marked as completed; of one that is deleted nothing is said."""
        if Note.DELETED not in seen.tracker.notes:
            self._tell(seen, at)

    def _sent(self, seen: Look) -> set[str]:
        return self._told.setdefault(seen.tracker.id, set())

    def _tell(self, seen: Look, at: Instant) -> None:
        if not (seen.told or seen.tracker.is_stopped):
            return  # another courier's news
        sandbox, number, sent = self._sandbox, seen.tracker.number, self._sent(seen)
        event_id = sha256(f"{seen.tracker.id} {at} {seen.subtag} {len(seen.told)}".encode())
        news = {
            "event": UPDATE,
            "event_id": str(UUID(bytes=event_id.digest()[:16], version=4)),
            "is_tracking_first_tag": seen.tag not in sent,
            "msg": tracking(seen),
            "ts": at,
        }
        sent.add(seen.tag)
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
