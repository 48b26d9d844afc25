"""What EasyPost says by itself: an event for each tracker that is made, and for each that learns of
something; listed, and pushed to every webhook with its signature.

It reads the journal and keeps no more than places in it: what an event says is looked up.
"""

import hmac
import json
import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from mock_api.carriers.easypost.following import VIEW, Then, present, shown, status
from mock_api.carriers.easypost.ids import disguised, undisguised, user_of
from mock_api.carriers.easypost.shapes import MODE, moment_ms
from mock_api.carriers.easypost.snapshots import SNAPSHOTS
from mock_api.kernel.hooks import Hook
from mock_api.kernel.messages import Manner, Message, State
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sightings import concerned
from simulator.carriers.scans import Scan
from simulator.clock import HOUR, MINUTE, Instant
from simulator.errors import NotFound
from simulator.facts import Fact, TrackerAdded, TrackerStopped, TrackerUpdated
from simulator.trackers import life
from simulator.trackers.model import Tracker

CREATED: Final = "tracker.created"
UPDATED: Final = "tracker.updated"

KEEP: Final = 10_000
"""Events that stay listed, per world (ours)."""

MANNER: Final = Manner(
    accepted=frozenset(range(200, 300)),
    pauses=(
        MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
    ),
    signed_in="X-Hmac-Signature",
    apart=True,
)
"""EasyPost says "a progressive backoff scheme" and 24 hours (its page on webhook URLs that go
down); the steps are inferred."""


@dataclass(slots=True)
class Event:
    """Something happened to a tracker."""

    id: str
    description: str
    tracker: Tracker
    then: Then
    """What was known of it."""
    was: Then | None
    """And before; none, where there was no before."""
    messages: list[Message] = field(default_factory=list)
    """To whom it was pushed."""

    @property
    def at(self) -> Instant:
        return self.then.at


class Events:
    """Those of one world of a sandbox, oldest first."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.all: deque[Event] = deque(maxlen=KEEP)
        self._told: dict[str, Then] = {}
        """By tracker: what its last event said."""

    def hear(self, seq: int, _at: Instant, fact: Fact) -> None:
        """Every fact of the world comes by here."""
        for nth, tracker in enumerate(concerned(self._sandbox.world, VIEW, fact)):
            match fact:
                case TrackerAdded():
                    self._created(seq, tracker)
                case TrackerUpdated():
                    self._updated(seq, tracker)
                case TrackerStopped():
                    self._stopped(seq, tracker, fact.cause)
                case _:
                    self._on_paper(seq, tracker, nth)

    def get(self, event_id: str) -> Event:
        if undisguised("evt", event_id):
            for event in self.all:
                if event.id == event_id:
                    return event
        raise NotFound("event", event_id)

    def _created(self, seq: int, tracker: Tracker) -> None:
        now = present(self._sandbox.world, tracker)
        self._happened(Event(disguised("evt", seq), CREATED, tracker, now, None))
        if tracker.number in SNAPSHOTS:  # nothing will ever happen to it: said at once
            self._updated(seq, tracker, 1)

    def _stopped(self, seq: int, tracker: Tracker, cause: str) -> None:
        """A test code does not expire, nor does a label that is void."""
        gave_up = cause == life.EXPIRED and tracker.number not in SNAPSHOTS
        if gave_up and present(self._sandbox.world, tracker).paper is Scan.EXPIRED:
            self._updated(seq, tracker)

    def _on_paper(self, seq: int, tracker: Tracker, nth: int) -> None:
        """There is a label, or it is void; but for one that asks another carrier."""
        if present(self._sandbox.world, tracker).paper:
            self._updated(seq, tracker, nth)

    def _updated(self, seq: int, tracker: Tracker, part: int = 0) -> None:
        now, was = present(self._sandbox.world, tracker), self._told[tracker.id]
        self._happened(Event(disguised("evt", seq, part), UPDATED, tracker, now, was))

    def _happened(self, event: Event) -> None:
        self.all.append(event)
        self._told[event.tracker.id] = event.then
        sandbox = self._sandbox
        if not sandbox.hooks.any_of(VIEW):
            return
        for hook in sandbox.hooks.hearing(VIEW, event.description, event.tracker.number):
            body = json.dumps(full(sandbox, event, [hook.url])).encode()
            headers = {"Content-Type": "application/json"} | _signature(hook, body)
            news = (event.tracker.number, event.description)
            event.messages.append(sandbox.hooks.tell(hook, news, body, headers, MANNER))


def attach_events(sandbox: Sandbox) -> None:
    """To a new world of the sandbox."""
    events = Events(sandbox)
    sandbox.attach(events)
    sandbox.tell(events.hear)


def events_of(sandbox: Sandbox) -> Events:
    return sandbox.attached(Events)


def _signature(hook: Hook, body: bytes) -> dict[str, str]:
    """HMAC-SHA256 over the raw body; the key is the secret in form NFKD (the stock client's
    ``validate_webhook``). Without a secret, nothing is signed."""
    if not hook.secret:
        return {}
    key = unicodedata.normalize("NFKD", hook.secret).encode()
    return {"X-Hmac-Signature": f"hmac-sha256-hex={hmac.new(key, body, 'sha256').hexdigest()}"}


# Shapes.


def brief(sandbox: Sandbox, event: Event) -> dict[str, Any]:
    """As lists have it."""
    return {
        "description": event.description,
        "id": event.id,
        "user_id": user_of(sandbox.id),
        "status": _came_of(event.messages),
        "created_at": moment_ms(event.at),
        "mode": MODE,
        "object": "Event",
    }


def full(sandbox: Sandbox, event: Event, pending: Iterable[str] | None = None) -> dict[str, Any]:
    """With what it is about; *pending*: the addresses that still wait for it."""
    waiting = [each.url for each in event.messages if each.state is not State.DELIVERED]
    world = sandbox.world
    return brief(sandbox, event) | {
        "updated_at": moment_ms(event.at),
        "previous_attributes": _before(sandbox, event),
        "pending_urls": list(waiting if pending is None else pending),
        "completed_urls": [each.url for each in event.messages if each.state is State.DELIVERED],
        "result": shown(world, event.tracker, event.then),
    }


def _before(sandbox: Sandbox, event: Event) -> dict[str, Any]:
    if event.was is None:
        return {}
    if event.tracker.number in SNAPSHOTS:
        return {"status": "unknown"}
    return {"status": status(sandbox.world, event.tracker, event.was)}


def _came_of(messages: Iterable[Message]) -> str:
    states = {each.state for each in messages}
    if State.WAITING in states or not states:
        return "pending"
    return "failed" if State.DROPPED in states else "completed"
