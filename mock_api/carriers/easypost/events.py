"""What EasyPost says by itself: an event for each tracker that is made, and for each that learns of
something; listed, and pushed to every webhook with its signature.

It keeps no more than places in the journal, and numbers of messages: what an event says is looked
up.
"""

import hmac
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from mock_api.carriers.easypost.following import CARRIER, VIEW, Then, present, shown, status
from mock_api.carriers.easypost.ids import disguised, undisguised, user_of
from mock_api.carriers.easypost.shapes import MODE, moment_ms
from mock_api.carriers.easypost.snapshots import SNAPSHOTS
from mock_api.kernel.durable.kept import Kept, Of
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
from simulator.waiting import Inbox

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


@dataclass(frozen=True, slots=True)
class About:
    """A tracker, as far as it is remembered when it is deleted."""

    id: str
    number: str
    carrier: str
    added_at: Instant
    name: str
    """The carrier's, as it was asked for or made out."""

    @classmethod
    def of(cls, tracker: Tracker) -> "About":
        name = tracker.notes.get(CARRIER, "")
        return cls(tracker.id, tracker.number, tracker.carrier, tracker.added_at, name)


@dataclass(slots=True)
class Event:
    """Something happened to a tracker."""

    id: str
    description: str
    about: About
    then: Then
    """What was known of it."""
    was: Then | None
    """And before; none, where there was no before."""
    messages: list[int] = field(default_factory=list)
    """To whom it was pushed: the messages' numbers."""

    @property
    def at(self) -> Instant:
        return self.then.at


class Events:
    """Those of one world of a sandbox, oldest first."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.all: Kept[Event] = Kept("easypost.events", Of(Event))
        """By id."""
        self.told: Kept[Then] = Kept("easypost.told", Of(Then))
        """By tracker: what its last event said."""

    def resume(self) -> None:
        """A branch that begins in the past has to live through some of them yet."""
        now = self._sandbox.world.now
        for each in [each for each in self.all.values() if each.at > now]:
            del self.all[each.id]
        early = {key for key, then in self.told.items() if then.at > now}
        for tracker_id in early:
            del self.told[tracker_id]
        for each in self.all.values():
            if each.about.id in early:
                self.told[each.about.id] = each.then

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
        event = self.all.get(event_id) if undisguised("evt", event_id) else None
        if event is None:
            raise NotFound("event", event_id)
        return event

    def messages_of(self, event: Event) -> list[Message]:
        """Those that can still be looked at: they wait, or ended not long ago."""
        every = self._sandbox.outbox.all
        found = (every.get(str(n)) for n in event.messages)
        return [each for each in found if each]

    def tracker_of(self, event: Event) -> Tracker:
        """As it is now; one that is deleted, as it was then."""
        world, about = self._sandbox.world, event.about
        try:
            return world.trackers.get(about.id)
        except NotFound:
            return Tracker(
                about.id,
                VIEW,
                about.number,
                about.carrier,
                about.added_at,
                Inbox(world.registry.agenda),
                event.then.known,
                notes={CARRIER: about.name},
            )

    def _created(self, seq: int, tracker: Tracker) -> None:
        now = present(self._sandbox.world, tracker)
        self._happened(Event(disguised("evt", seq), CREATED, About.of(tracker), now, None))
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
        now, was = present(self._sandbox.world, tracker), self.told.get(tracker.id)
        self._happened(Event(disguised("evt", seq, part), UPDATED, About.of(tracker), now, was))

    def _happened(self, event: Event) -> None:
        self.all[event.id] = event
        if len(self.all) > KEEP:
            self.all.drop_oldest()
        self.told[event.about.id] = event.then
        sandbox = self._sandbox
        if not sandbox.hooks.any_of(VIEW):
            return
        for hook in sandbox.hooks.hearing(VIEW, event.description, event.about.number):
            body = json.dumps(full(sandbox, event, [hook.url])).encode()
            headers = {"Content-Type": "application/json"} | _signature(hook, body)
            news = (event.about.number, event.description)
            event.messages.append(sandbox.hooks.tell(hook, news, body, headers, MANNER).n)


def attach_events(sandbox: Sandbox) -> None:
    """To a new world of the sandbox."""
    events = Events(sandbox)
    sandbox.attach(events)
    sandbox.keep(events.all, events.resume)
    sandbox.keep(events.told)
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
        "status": _came_of(event, events_of(sandbox).messages_of(event)),
        "created_at": moment_ms(event.at),
        "mode": MODE,
        "object": "Event",
    }


def full(sandbox: Sandbox, event: Event, pending: Iterable[str] | None = None) -> dict[str, Any]:
    """With what it is about; *pending*: the addresses that still wait for it."""
    events, world = events_of(sandbox), sandbox.world
    messages, tracker = events.messages_of(event), events.tracker_of(event)
    waiting = [each.url for each in messages if each.state is not State.DELIVERED]
    return brief(sandbox, event) | {
        "updated_at": moment_ms(event.at),
        "previous_attributes": _before(sandbox, event, tracker),
        "pending_urls": list(waiting if pending is None else pending),
        "completed_urls": [each.url for each in messages if each.state is State.DELIVERED],
        "result": shown(world, tracker, event.then),
    }


def _before(sandbox: Sandbox, event: Event, tracker: Tracker) -> dict[str, Any]:
    if event.was is None:
        return {}
    if tracker.number in SNAPSHOTS:
        return {"status": "unknown"}
    return {"status": status(sandbox.world, tracker, event.was)}


def _came_of(event: Event, messages: Iterable[Message]) -> str:
    """Messages that cannot be looked at any more have ended long ago: well, we say."""
    states = {each.state for each in messages}
    if State.WAITING in states or not event.messages:
        return "pending"
    return "failed" if State.DROPPED in states else "completed"
