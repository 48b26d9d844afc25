"""Trackers: made, shown, listed, forgotten."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import Field

from mock_api.carriers.easypost import words
from mock_api.carriers.easypost.following import CARRIER, VIEW, shown, tracker_id
from mock_api.carriers.easypost.gates import gated
from mock_api.carriers.easypost.ids import undisguised
from mock_api.carriers.easypost.paging import PageAsked, listed, page
from mock_api.carriers.easypost.refusals import invalid, missing, not_found
from mock_api.carriers.easypost.requests import TrackerBody, TrackersBody, TrackerSent
from mock_api.carriers.easypost.snapshots import SNAPSHOTS
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sightings import followers
from simulator import World
from simulator.carriers.numbers import NUMBERED, checks, could_be_printed
from simulator.clock import DAY, later
from simulator.trackers.model import Tracker

router: Final = APIRouter(prefix="/v2/trackers", tags=["trackers"], route_class=gated())

SAME_FOR: Final = 90 * DAY
"""docs.easypost.com/docs/trackers: within three months, the same code and carrier are the same
tracker; one that has expired is not (inferred)."""


class TrackersAsked(PageAsked):
    tracking_code: str = ""
    tracking_codes: tuple[str, ...] = Field((), alias="tracking_codes[]")
    carrier: str = ""

    @property
    def numbers(self) -> set[str]:
        return {*self.tracking_codes, self.tracking_code} - {""}


@router.post("")
async def create_tracker(
    sandbox: CarrierSandbox, body: TrackerBody, response: Response
) -> dict[str, Any]:
    """201 for a new one, 200 for one that there is already."""
    wanted = body.tracker
    if wanted is None or not wanted.tracking_code:
        raise missing("tracking_code")
    world = sandbox.world
    code, name = _carrier(world, wanted)
    tracker = _standing(world, wanted.tracking_code, code, name)
    if tracker is None:
        response.status_code = 201
        tracker = world.trackers.add(VIEW, wanted.tracking_code, code, {CARRIER: name})
    return shown(world, tracker)


@router.get("")
async def list_trackers(
    sandbox: CarrierSandbox, asked: Annotated[TrackersAsked, Query()]
) -> dict[str, Any]:
    return _page(sandbox.world, asked, _chosen(sandbox.world, asked.numbers, asked.carrier))


@router.post("/batch")
async def list_trackers_by_code(sandbox: CarrierSandbox, body: TrackersBody) -> dict[str, Any]:
    """Those of the codes in the body."""
    if not body.tracking_codes:
        raise missing("tracking_codes")
    return _page(sandbox.world, PageAsked(), _chosen(sandbox.world, set(body.tracking_codes)))


@router.get("/{own_id}")
async def get_tracker(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    return shown(sandbox.world, tracker_with(sandbox.world, own_id))


@router.delete("/{own_id}")
async def delete_tracker(sandbox: CarrierSandbox, own_id: str) -> dict[str, Any]:
    """As recorded in test_tracker_delete.yaml."""
    sandbox.world.trackers.remove(tracker_with(sandbox.world, own_id).id)
    return {"success": True}


def tracker_with(world: World, own_id: str) -> Tracker:
    """The tracker of that id, or NOT_FOUND."""
    found = undisguised("trk", own_id)
    if found is None:
        raise not_found()
    return world.trackers.get(found[0])


def _chosen(world: World, numbers: set[str], carrier: str = "") -> list[Tracker]:
    """Newest first."""
    found = reversed(world.trackers.of(VIEW))
    said = carrier.casefold()
    return [
        each
        for each in found
        if (not numbers or each.number in numbers)
        and (not said or said == each.notes.get(CARRIER, "").casefold())
    ]


def _page(world: World, asked: PageAsked, found: list[Tracker]) -> dict[str, Any]:
    chosen, more = page(asked, found, tracker_id, lambda each: each.added_at)
    return listed("trackers", [shown(world, each) for each in chosen], has_more=more)


def _carrier(world: World, wanted: TrackerSent) -> tuple[str, str]:
    """The carrier as it was asked for, as this world's code and in EasyPost's words; without a
    code, it was made out from the number."""
    if wanted.tracking_code in SNAPSHOTS:
        return "", wanted.carrier or words.TEST_CARRIER
    if not could_be_printed(wanted.tracking_code):
        raise invalid("TRACKER.INVALID_PARAMS", "The tracking code cannot be a carrier's.")
    if wanted.carrier:
        code = words.carrier_code(wanted.carrier)
        if code is None or code not in world.registry.carriers:
            known = ", ".join(words.carrier_name(each) for each in world.registry.carriers)
            told = f"The carrier {wanted.carrier} is not supported. Supported are {known}."
            raise invalid("TRACKER.UNSUPPORTED_CARRIER", told)
        return code, words.carrier_name(code)
    return "", words.carrier_name(_made_out(world, wanted.tracking_code))


def _made_out(world: World, number: str) -> str:
    parcel = world.registry.parcel_numbered(number)
    if parcel and parcel.carrier in world.registry.carriers:
        return parcel.carrier
    for code in NUMBERED:
        if checks(code, number):
            return code
    raise invalid(
        "TRACKER.NO_CARRIER_FOR_CODE",
        "No carrier could be made out from the tracking code. Name one.",
    )


def _standing(world: World, number: str, code: str, name: str) -> Tracker | None:
    since = later(world.now, -SAME_FOR)
    for each in followers(world, VIEW, number):
        same = code in ("", each.carrier) or each.notes.get(CARRIER) == name
        if same and each.added_at >= since and not each.is_stopped:
            return each
    return None
