"""What an account has registered: its numbers are the world's trackers, its quota is counted here.

A registration costs one, and costs it again after the number was deleted; following a stopped
number again costs nothing. The free plan has a hundred a month (calendar months in UTC, inferred);
where the sandbox is lenient, the account is on the largest paid plan.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final

from mock_api.carriers.seventeentrack.providers import PROVIDERS, Provider
from mock_api.carriers.seventeentrack.view import Look, look
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sightings import followers
from simulator import World
from simulator.clock import MINUTE, Instant, later
from simulator.trackers.model import Tracker

FREE: Final = 100
PAID: Final = 1_000_000
FIRST_LOOK: Final = 10 * MINUTE
"""So long 17TRACK takes to ask a carrier about a new number (its help pages: data within ten
minutes)."""

BY_REQUEST: Final = "ByRequest"
RUN_OUT: Final = "Expired"


class Note:
    """What a tracker's notes are called."""

    KEY: Final = "key"
    FINAL_KEY: Final = "final_key"
    ASKED_AT: Final = "asked_at"
    """When its carrier was last changed, or it was followed again."""
    CHANGES: Final = "changes"
    """How often its carrier was."""
    RETRACKED: Final = "retracked"
    STOPPED: Final = "stopped"
    DELETED: Final = "deleted"


TOLD: Final = ("tag", "param", "lang", "email", "order_no", "order_time", "remark")
"""What whoever registers a number may say of it, and is told again."""


@dataclass(slots=True)
class Spent:
    """How many registrations one world's account has made: by day."""

    by_day: Counter[date] = field(default_factory=Counter)

    def one_more(self, at: Instant) -> None:
        self.by_day[_day(at)] += 1

    def today(self, now: Instant) -> int:
        return self.by_day[_day(now)]

    def this_month(self, now: Instant) -> int:
        first = _day(now).replace(day=1)
        return sum(count for day, count in self.by_day.items() if day >= first)

    def save(self) -> dict[str, int]:
        return {day.isoformat(): count for day, count in self.by_day.items()}

    def restore(self, saved: Mapping[str, int]) -> None:
        """Fill an empty one with what ``save`` gave."""
        self.by_day.update({date.fromisoformat(day): count for day, count in saved.items()})


def _day(at: Instant) -> date:
    return datetime.fromtimestamp(at, UTC).date()


def quota_of(sandbox: Sandbox) -> int:
    return PAID if sandbox.is_lenient(NAME) else FREE


def is_spent(sandbox: Sandbox) -> bool:
    """Nothing more can be registered this month."""
    used = sandbox.attached(Spent).this_month(sandbox.world.now)
    return used >= quota_of(sandbox)


# Registered numbers.


def registered(world: World, number: str, key: int | None = None) -> Iterator[Tracker]:
    """Those of that number, with one carrier if said, oldest first."""
    for each in followers(world, NAME, number):
        if not key or each.notes[Note.KEY] == str(key):
            yield each


def provider_of(tracker: Tracker) -> Provider:
    return PROVIDERS[int(tracker.notes[Note.KEY])]


def shown_of(world: World, tracker: Tracker) -> Look:
    """What the account sees of it by now; of a number that is stopped, what was known then."""
    until = tracker.stopped_at if tracker.is_stopped else None
    seen = look(world, NAME, tracker.number, provider_of(tracker), until)
    is_expired = tracker.is_stopped and Note.STOPPED not in tracker.notes
    return replace(seen, is_expired=is_expired)


def is_awaited(tracker: Tracker, seen: Look) -> bool:
    """Nothing is known, and the carrier has perhaps not been asked yet."""
    asked_at = Instant(int(tracker.notes.get(Note.ASKED_AT, tracker.added_at)))
    return not seen.records and seen.now < later(asked_at, FIRST_LOOK)
