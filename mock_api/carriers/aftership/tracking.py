"""Trackings: created, looked at, changed, deleted, taken up again, marked as completed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from fastapi.responses import JSONResponse

from mock_api.carriers.aftership.book import (
    RETRACKS_MOST,
    Note,
    as_note,
    id_of,
    named,
    registered,
    said,
)
from mock_api.carriers.aftership.couriers import BY_SLUG, Courier, detected
from mock_api.carriers.aftership.refusals import (
    BAD_COURIER,
    BAD_NUMBER,
    BAD_SLUG,
    DOES_NOT_EXIST,
    EXISTS,
    NO_NUMBER,
    RETRACKED_TOO_OFTEN,
    STILL_ACTIVE,
    Refused,
)
from mock_api.carriers.aftership.requests import Completed, Described, NewTracking, several
from mock_api.carriers.aftership.view import look, tracking, unasked
from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.carriers.numbers import could_be_printed
from simulator.trackers.model import Tracker

Shape = dict[str, Any]
ALWAYS: Final = frozenset({"id", "tracking_number", "slug"})


async def _named(sandbox: CarrierSandbox, tracking_id: str) -> Tracker:
    """The tracking of the path."""
    found = named(sandbox.world, tracking_id)
    if found is None:
        raise Refused(DOES_NOT_EXIST)
    return found


Named = Annotated[Tracker, Depends(_named)]


def told(data: Shape, status: HTTPStatus = HTTPStatus.OK) -> JSONResponse:
    """An answer that succeeds."""
    return JSONResponse({"meta": {"code": int(status)}, "data": data}, status)


def only(shape: Shape, fields: str) -> Shape:
    """No more than was asked for, and which tracking it is (inferred)."""
    wanted = ALWAYS.union(several(fields))
    return {key: shape[key] for key in shape if key in wanted} if fields else shape


async def create_tracking(wanted: NewTracking, sandbox: CarrierSandbox) -> JSONResponse:
    """What AfterShip knows of it is told by webhooks, and when it is asked for again: its own
    answer is always pending."""
    world, number = sandbox.world, (wanted.tracking_number or "").strip()
    if not number:
        raise Refused(NO_NUMBER)
    if not could_be_printed(number):
        raise Refused(BAD_NUMBER)
    courier = _courier(world, number, wanted.slug)
    stands = registered(world, number, courier.slug)
    if stands is None and wanted.id:
        stands = named(world, wanted.id)
    if stands:
        which = {"id": id_of(stands), "tracking_number": stands.number}
        raise Refused(EXISTS, data=which | {"slug": stands.notes[Note.SLUG]})
    notes = {Note.SLUG: courier.slug, Note.SAID: as_note(wanted.said())}
    if wanted.id:
        notes[Note.ID] = wanted.id
    tracker = world.trackers.add(NAME, number, courier.carrier, notes)
    return told(tracking(unasked(world, tracker)), HTTPStatus.CREATED)


async def get_tracking(
    tracker: Named, sandbox: CarrierSandbox, fields: Annotated[str, Query()] = ""
) -> JSONResponse:
    return told(only(_shown(sandbox.world, tracker), fields))


async def update_tracking(
    tracker: Named, wanted: Described, sandbox: CarrierSandbox
) -> JSONResponse:
    """What is left out stays."""
    world = sandbox.world
    notes = {Note.SAID: as_note(said(tracker) | wanted.said()), Note.CHANGED: str(world.now)}
    carrier = tracker.carrier
    if wanted.slug:
        courier = _slugged(wanted.slug)
        carrier, notes[Note.SLUG] = courier.carrier, courier.slug
    world.trackers.change(tracker.id, carrier, notes)
    return told(_shown(world, tracker))


async def delete_tracking(tracker: Named, sandbox: CarrierSandbox) -> JSONResponse:
    shape = _shown(sandbox.world, tracker)
    sandbox.world.trackers.change(tracker.id, notes={Note.DELETED: "yes"})
    sandbox.world.trackers.remove(tracker.id)
    return told(shape)


async def retrack_tracking(tracker: Named, sandbox: CarrierSandbox) -> JSONResponse:
    """One that is no longer active is followed again, three times at most."""
    world = sandbox.world
    if look(world, tracker).is_active:
        raise Refused(STILL_ACTIVE)
    times = int(tracker.notes.get(Note.RETRACKED, "0")) + 1
    if times > RETRACKS_MOST:
        raise Refused(RETRACKED_TOO_OFTEN, RETRACKS_MOST)
    world.trackers.change(tracker.id, notes={Note.RETRACKED: str(times), Note.COMPLETED: ""})
    if tracker.is_stopped:
        world.trackers.resume(tracker.id)
    return told(_shown(world, tracker))


async def mark_tracking_completed(
    tracker: Named, wanted: Completed, sandbox: CarrierSandbox
) -> JSONResponse:
    """It is what its follower says, and nobody asks the courier any more."""
    world = sandbox.world
    at = world.now if wanted.event_datetime is None else wanted.event_datetime
    notes = {Note.COMPLETED: wanted.reason, Note.COMPLETED_AT: str(at)}
    world.trackers.change(tracker.id, notes=notes)
    world.trackers.stop(tracker.id)
    return told(_shown(world, tracker))


def _shown(world: World, tracker: Tracker) -> Shape:
    return tracking(look(world, tracker))


def _courier(world: World, number: str, slug: str | None) -> Courier:
    """The one that is named, or else the one whose number it is: among several that it might be of,
    the one that knows it (AfterShip asks them in turn; inferred)."""
    if slug:
        return _slugged(slug)
    might_be = detected(number)
    if not might_be:
        raise Refused(BAD_COURIER)
    knows = world.trackers.sight(NAME, number).carrier
    return next((each for each in might_be if knows and each.carrier == knows.code), might_be[0])


def _slugged(slug: str) -> Courier:
    if slug not in BY_SLUG:
        raise Refused(BAD_SLUG)
    return BY_SLUG[slug]


Endpoint = Callable[..., Any]
ENDPOINTS: Final[dict[tuple[str, str], Endpoint]] = {
    ("POST", "/trackings"): create_tracking,
    ("GET", "/trackings/{tracking_id}"): get_tracking,
    ("PUT", "/trackings/{tracking_id}"): update_tracking,
    ("DELETE", "/trackings/{tracking_id}"): delete_tracking,
    ("POST", "/trackings/{tracking_id}/retrack"): retrack_tracking,
    ("POST", "/trackings/{tracking_id}/mark-as-completed"): mark_tracking_completed,
}
