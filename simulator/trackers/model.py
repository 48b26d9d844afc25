"""A tracker: a number that somebody has a third party follow.

A *view* is such a third party: an aggregator's interface. It learns of each scan later than the
carrier, and says so to whoever follows the number.
"""

from dataclasses import dataclass, field

from simulator.clock import EPOCH, Instant
from simulator.waiting import Inbox


@dataclass(slots=True)
class Tracker:
    """One number in one view."""

    id: str
    view: str
    number: str
    carrier: str
    """As its follower says, in this world's codes; empty: nobody has said."""
    added_at: Instant
    inbox: Inbox
    known: int = 0
    """Scans that the view knows of."""
    due_at: Instant = EPOCH
    """When it will learn of the next, or give up; EPOCH: nothing is on its way to it."""
    heard_at: Instant = EPOCH
    """When it last learnt of something."""
    is_stopped: bool = False
    stopped_at: Instant = EPOCH
    notes: dict[str, str] = field(default_factory=dict)
    """What only its dialect understands: tags, languages, an order's number."""


@dataclass(frozen=True, slots=True)
class Stirred:
    """There is news of the number, or somebody changed the tracker."""
