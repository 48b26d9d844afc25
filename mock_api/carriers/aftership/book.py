"""A tracking of AfterShip's is a tracker of the world's: what of it the notes have, and its id."""

import json
from typing import Any, Final

from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.sightings import followers
from simulator import World
from simulator.trackers.model import Tracker

IDS: Final = 32
"""Letters of an id; ours is the tracker's, filled up."""
RETRACKS_MOST: Final = 3
"""AfterShip's reference of 2026-07."""


class Note:
    """Keys of a tracker's notes."""

    ID: Final = "id"
    """The id that its follower gave it."""
    SLUG: Final = "slug"
    SAID: Final = "said"
    """What its follower says of it, as JSON."""
    CHANGED: Final = "changed"
    """When that was changed, as a number."""
    COMPLETED: Final = "completed"
    """Why it was marked as completed."""
    COMPLETED_AT: Final = "completed_at"
    RETRACKED: Final = "retracked"
    """How often."""
    DELETED: Final = "deleted"


def id_of(tracker: Tracker) -> str:
    return tracker.notes.get(Note.ID) or tracker.id.zfill(IDS)


def named(world: World, tracking_id: str) -> Tracker | None:
    """The one of that id."""
    found = world.registry.trackers.all.get(tracking_id.lstrip("0"))
    if found and found.view == NAME and id_of(found) == tracking_id:
        return found
    own = (each for each in world.trackers.of(NAME) if each.notes.get(Note.ID) == tracking_id)
    return next(own, None)


def registered(world: World, number: str, slug: str) -> Tracker | None:
    """The one of that number with that courier."""
    found = followers(world, NAME, number)
    return next((each for each in found if each.notes[Note.SLUG] == slug), None)


def said(tracker: Tracker) -> dict[str, Any]:
    """What its follower says of it."""
    told = json.loads(tracker.notes[Note.SAID])
    assert isinstance(told, dict)
    return told


def as_note(fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
