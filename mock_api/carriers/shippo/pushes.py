"""Webhooks: ``track_updated``, to every webhook that is active and wants it.

Documented: the envelope; 2xx within three seconds is success; on 408, 429 and 5xx Shippo tries
twice more, and takes any other refusal for final. Here every refusal is tried twice more. When, is
inferred: an older page of Shippo's has ten seconds between attempts. Shippo signs only for those
who ask its support for it: here, what the control API sets as the console's webhook, with a
secret.
"""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from mock_api.carriers.shippo.view import look, track
from mock_api.carriers.shippo.words import NAME, TRACK_UPDATED
from mock_api.kernel.messages import Manner
from mock_api.kernel.sightings import concerned, is_half_told
from mock_api.kernel.wall_clock import wall_seconds
from simulator.clock import Instant
from simulator.facts import Fact, TrackerStopped

if TYPE_CHECKING:
    from mock_api.kernel.hooks import Hook
    from mock_api.kernel.sandbox import Sandbox

API_VERSION: Final = "2018-02-08"
SIGNED_IN: Final = "Shippo-Auth-Signature"
MANNER: Final = Manner(frozenset(range(200, 300)), (10, 10), signed_in=SIGNED_IN, apart=True)
TEST: Final = "is_test"
"""Key of a hook's notes: it hears of tests, and of nothing else."""


class Note:
    """Keys of a tracker's notes."""

    CARRIER: Final = "carrier"
    """As its follower called it."""
    METADATA: Final = "metadata"
    TEST: Final = "test"


def furnish(sandbox: "Sandbox") -> None:
    """Tell the account of the numbers that it follows."""
    world = sandbox.world

    def hear(_seq: int, _at: Instant, fact: Fact) -> None:
        if not sandbox.hooks.any_of(NAME) or isinstance(fact, TrackerStopped):
            return
        if is_half_told(world, fact):
            return
        for tracker in concerned(world, NAME, fact):
            seen = look(world, tracker.notes[Note.CARRIER], tracker.carrier, tracker.number)
            if seen.told:
                metadata, test = tracker.notes.get(Note.METADATA), Note.TEST in tracker.notes
                tell(sandbox, tracker.number, track(seen, metadata=metadata, test=test))

    sandbox.tell(hear)


def tell(sandbox: "Sandbox", number: str, shape: Mapping[str, Any]) -> None:
    """That is what Shippo knows of the number now."""
    news = {"event": TRACK_UPDATED, "test": shape["test"], "data": shape}
    body = json.dumps(news, ensure_ascii=False, separators=(",", ":")).encode()
    for hook in sandbox.hooks.hearing(NAME, TRACK_UPDATED, number):
        if hears_tests(hook) in (None, shape["test"]):
            headers = {"Content-Type": "application/json", "Shippo-API-Version": API_VERSION}
            if hook.secret:
                headers[SIGNED_IN] = signature(body, hook.secret, wall_seconds())
            sandbox.hooks.tell(hook, (number, TRACK_UPDATED), body, headers, MANNER)


def hears_tests(hook: "Hook") -> bool | None:
    """Of nothing else, or of all but tests; none: of both, where nobody has said."""
    return hook.notes[TEST] == "yes" if TEST in hook.notes else None


def signature(body: bytes, secret: str, at: int) -> str:
    """Shippo's page "Webhook security": of time and body, with a dot in between."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={signed}"
