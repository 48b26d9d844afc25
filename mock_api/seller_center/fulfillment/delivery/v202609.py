"""Fulfillment, version 202609 (known from the newer public client): Tracking Status Update."""

from typing import Annotated, Final

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.delivery.refusals import OF_DELIVERIES
from mock_api.seller_center.fulfillment.shipping import carrier_of
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order, world_of
from simulator.carriers.fleet import OWN_FLEET
from simulator.errors import BadPaper, DomainError, NotInThisMarket, NotOwnFleet
from simulator.orders.model import Order
from simulator.own_fleet import Reason, require_reportable
from simulator.papers.model import Report
from simulator.parcels.model import Parcel

router: Final = gated_router("fulfillment", "202609")

MOST_AT_ONCE: Final = 50
IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED, FAILED = 10, 20, 30, 40
ACTIONS: Final = frozenset({IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED, FAILED})
"""The platform's list of codes is on a page that no public copy has: these are ours (inferred)."""
_MESSAGE_OK: Final = "Success"


class Location(Body):
    country: str | None = None
    state: str | None = None
    city: str | None = None
    zip_code: str | None = None


class Track(Body):
    action_code: int
    occur_time: int
    """Milliseconds."""
    description: Annotated[str, Field(max_length=1000)]
    tracking_no: str
    failed_reason: str | None = None
    proof_url: Annotated[str, Field(max_length=2000)] | None = None
    location: Location | None = None


class Tracks(Body):
    country: str
    order_id: str
    tracks: Annotated[list[Track], Field(min_length=1, max_length=MOST_AT_ONCE)]
    provider_id: str
    external_tracking_url: str | None = None


class TrackResult(Wire):
    action_code: int
    occur_time: int
    description: str
    code: int
    message: str
    tracking_no: str


class TrackResults(Wire):
    track_results: list[TrackResult]


@router.post("/order/sof/track/update", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def tracking_status_update(
    request: Request, caller: CallerDep, wanted: Tracks
) -> Envelope[TrackResults]:
    """Each event by itself, in the order in which they are given."""
    market = world_of(caller).registry.market
    if not market.ways.own_tracking:
        raise NotInThisMarket("tracking by the seller's own fleet", market.name)
    order = own_order(caller, wanted.order_id, refusals.NOT_IN_UNIT)
    if wanted.country != order.address.region or carrier_of(wanted.provider_id) != OWN_FLEET:
        raise Refusal(refusals.BAD_PARAMETERS)
    results = [_result(each, _told(caller, order, each)) for each in wanted.tracks]
    return ok(request, TrackResults(track_results=results))


def _told(caller: Caller, order: Order, track: Track) -> Row | None:
    try:
        _tell(caller, order, track)
    except Refusal as refusal:
        return refusal.row
    except DomainError as error:
        return row_of(error, OF_DELIVERIES)
    return None


def _tell(caller: Caller, order: Order, track: Track) -> None:
    """A report, and what it means for the parcel: all of it, or nothing."""
    world = world_of(caller)
    parcel = _parcel(caller, order, track.tracking_no)
    report = Report(
        track.action_code,
        track.occur_time,
        track.description,
        track.failed_reason or "",
        track.proof_url or "",
    )
    if track.action_code not in ACTIONS:
        raise BadPaper(parcel.id, f"{track.action_code} is no action code")
    require_reportable(world.registry, parcel, report)
    if track.action_code == DELIVERED:
        world.papers.deliver(parcel.id)
    elif track.action_code == FAILED:
        world.papers.fail_delivery(parcel.id, _reason(parcel, track.failed_reason))
    world.papers.track(parcel.id, report)


def _parcel(caller: Caller, order: Order, number: str) -> Parcel:
    for parcel in world_of(caller).registry.parcels_of(order):
        if parcel.tracking_number == number:
            return parcel
    raise NotOwnFleet(number)


def _reason(parcel: Parcel, said: str | None) -> Reason:
    try:
        return Reason(said or "")
    except ValueError:
        raise BadPaper(parcel.id, f"{said!r} is no reason for a failed delivery") from None


def _result(track: Track, row: Row | None) -> TrackResult:
    return TrackResult(
        action_code=track.action_code,
        occur_time=track.occur_time,
        description=track.description,
        code=row.code if row else 0,
        message=row.message if row else _MESSAGE_OK,
        tracking_no=track.tracking_no,
    )
