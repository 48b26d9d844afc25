"""A van: one carrier's rounds through one city, and the parcels that wait at the doors for it.

The queue in front of it is plain data. A van with an empty queue has no life: nobody needs to know
when it passes.
"""

from dataclasses import dataclass, field
from typing import Protocol

from simulator.carriers.model import CityService
from simulator.clock import EPOCH, Instant
from simulator.facts import Fact, RoundSkipped, VanFull
from simulator.waiting import Inbox, Life


@dataclass(slots=True)
class Van:
    """Where it drives, when it sets out next, and for whom."""

    carrier: str
    city: str
    inbox: Inbox
    due_at: Instant = EPOCH
    """The next round, while one is awaited."""
    awaited: bool = False
    """Somebody waits, or did when the coming round was set down: the van has a life."""
    queue: dict[str, Instant] = field(default_factory=dict)
    """Parcel ids in the order of their bookings, each with the first instant it may be taken."""
    skips: int = 0
    """So many rounds for which somebody waits will not take place: somebody wants that."""


class Setting(Protocol):
    """What a van needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    def record(self, fact: Fact) -> None: ...
    def stays_in(self, van: Van) -> str:
        """Why this round does not take place; empty: it does."""

    def leaves_standing(self, van: Van, parcel_id: str) -> bool:
        """By mishap the courier comes away without this parcel."""

    def take_parcel(self, parcel_id: str, timezone: str) -> None:
        """The courier scans it and puts it on the van."""


def van_life(here: Setting, van: Van, service: CityService) -> Life:
    """Round after round, for as long as somebody waits."""
    while van.awaited:
        if van.due_at <= here.now:
            van.due_at = service.round_after(here.now)
        yield van.inbox.next_signal(by=van.due_at)
        _drive(here, van, service)
        van.awaited = bool(van.queue)


def _drive(here: Setting, van: Van, service: CityService) -> None:
    waiting = [parcel for parcel, from_ in van.queue.items() if from_ <= here.now]
    if not waiting:
        return
    cause = here.stays_in(van)
    if cause:
        here.record(RoundSkipped(van.carrier, van.city, len(waiting), cause))
        return
    for parcel in waiting[: service.capacity]:
        if not here.leaves_standing(van, parcel):
            del van.queue[parcel]
            here.take_parcel(parcel, service.timezone)
    if len(waiting) > service.capacity:
        here.record(VanFull(van.carrier, van.city, len(waiting) - service.capacity))
