"""The life of a tracker: scan after scan, as its view learns of them."""

from typing import Final, Protocol

from simulator.clock import DAY, EPOCH, Instant, later
from simulator.facts import Fact, TrackerStopped, TrackerUpdated
from simulator.trackers.model import Stirred, Tracker
from simulator.waiting import Life, TimeUp

EXPIRES_AFTER: Final = 30 * DAY
"""Without news, a view gives up (AfterShip: ``Expired``, 17TRACK: ``Expired_Other``)."""
EXPIRED: Final = "expired"


class Setting(Protocol):
    """What a tracker needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    def record(self, fact: Fact) -> None: ...
    def coming(self, tracker: Tracker) -> list[Instant]:
        """When its view learns of each scan that there is so far."""

    def has_ended(self, tracker: Tracker) -> bool:
        """Nothing comes any more: all of the parcel's record is known, and it has an end."""


def tracker_life(here: Setting, tracker: Tracker) -> Life:
    """Until it is stopped, or all is told."""
    while not tracker.is_stopped:
        if not _look(here, tracker):
            return
        signal: Stirred | TimeUp = yield tracker.inbox.next_signal(by=tracker.due_at or None)
        if isinstance(signal, TimeUp) and not tracker.is_stopped:
            _learn(here, tracker)


def _look(here: Setting, tracker: Tracker) -> bool:
    """Set down when there is something to learn; whether there ever will be."""
    coming = here.coming(tracker)
    if tracker.known < len(coming):
        tracker.due_at = coming[tracker.known]
        return True
    if here.has_ended(tracker):
        tracker.due_at = EPOCH
        return False
    tracker.due_at = later(max(tracker.heard_at, tracker.added_at), EXPIRES_AFTER)
    return True


def _learn(here: Setting, tracker: Tracker) -> None:
    coming = here.coming(tracker)
    known = sum(at <= here.now for at in coming)
    if known > tracker.known:
        tracker.known, tracker.heard_at = known, here.now
        here.record(TrackerUpdated(tracker.id, tracker.view, tracker.number, known))
    elif tracker.known == len(coming):
        tracker.is_stopped, tracker.stopped_at, tracker.due_at = True, here.now, EPOCH
        here.record(TrackerStopped(tracker.id, tracker.view, tracker.number, EXPIRED))
