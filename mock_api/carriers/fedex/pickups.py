"""Pickups: a courier is called, and called off."""

from datetime import datetime
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from pydantic import Field

from mock_api.carriers.fedex import doors
from mock_api.carriers.fedex.callers import require_account, ship_router
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Account, Part, Somebody, Text
from mock_api.carriers.fedex.refusals import (
    BAD_CARRIER,
    BAD_CLOSE_TIME,
    BAD_LATEST_TIME,
    BAD_LOCATION,
    BAD_READY_TIME,
    BAD_SCHEDULED_DATE,
    BAD_TIMESTAMP,
    CANCELLED_TWICE,
    CARRIER_MISSING,
    NO_PICKUP,
    NO_WORKING_DAY,
    NOT_BEFORE_CLOSE,
    POSTAL_CODE_MISSING,
    PREVIOUS_DAY,
    STREET_MISSING,
    TOO_LATE_TO_CANCEL,
    TOO_SHORT,
)
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.clock import HOUR
from simulator.errors import CourierOnTheWay, NotFound, WrongStatus
from simulator.people import Address
from simulator.shipments.pickup import Pickup, PickupStatus, PickupWish
from simulator.shipments.windows import Policy, Window

router: Final = ship_router()

_POLICY: Final = Policy(moves_on=False)
"""A window that is too late is refused."""
_EXPRESS: Final = "FDXE"
_CARRIERS: Final = (_EXPRESS, "FDXG")


class Origin(Part):
    """Where the courier goes, and when."""

    pickup_location: Somebody
    ready_date_timestamp: Text
    customer_close_time: Text


class PickupRequest(Part):
    associated_account_number: Account
    origin_detail: Origin
    carrier_code: Text = ""
    package_count: Annotated[int, Field(ge=1, le=999)] = 1
    tracking_number: Text = ""
    country_relationships: Literal["DOMESTIC", "INTERNATIONAL", ""] = ""
    remarks: Text = ""


class CancelRequest(Part):
    associated_account_number: Account
    pickup_confirmation_code: Text
    scheduled_date: Text
    location: Text = ""
    carrier_code: Text = _EXPRESS


@router.post("/pickup/v1/pickups")
async def create_pickup(
    request: Request, sandbox: CarrierSandbox, wanted: PickupRequest
) -> Response:
    """Within what its availability says; one a door and day."""
    require_account(request, sandbox, wanted.associated_account_number.value)
    _require_carrier(wanted.carrier_code)
    address = wanted.origin_detail.pickup_location.as_address()
    _require_door(address)
    window, day = _window(sandbox.world, address, wanted)
    location = doors.location_of(address)
    pickup = sandbox.world.shippers.book_pickup(
        PickupWish(
            account=NAME,
            carrier=NAME,
            address=address,
            window=window,
            pieces=wanted.package_count,
            numbers=(wanted.tracking_number,) if wanted.tracking_number else (),
            policy=_POLICY,
            unique=True,
            notes={"location": location, "date": day, "carrier_code": wanted.carrier_code},
        )
    )
    return ok(
        request,
        {
            "pickupConfirmationCode": pickup.confirmation,
            "message": "Pickup is scheduled.",
            "location": location,
        },
    )


def _require_carrier(code: str) -> None:
    if not code:
        raise CARRIER_MISSING.said()
    if code not in _CARRIERS:
        raise BAD_CARRIER.said()


def _require_door(address: Address) -> None:
    if not address.line1:
        raise STREET_MISSING.said()
    if not address.postal_code:
        raise POSTAL_CODE_MISSING.said()


def _window(world: World, address: Address, wanted: PickupRequest) -> tuple[Window, str]:
    """From ready to closing, and the day; refused, if the availability does not allow it."""
    origin = wanted.origin_detail
    day, ready = doors.ready_in(origin.ready_date_timestamp, BAD_TIMESTAMP.said())
    close = doors.clock_in(origin.customer_close_time, BAD_CLOSE_TIME.said())
    zone = ZoneInfo(doors.van_at(world, address).timezone)
    today = datetime.fromtimestamp(world.now, zone).date()
    if day < today:
        raise PREVIOUS_DAY.said()
    doors.require_near(day, today)
    window = Window(doors.local(day, ready, zone), doors.local(day, close, zone))
    relationship = wanted.country_relationships or doors.relationship_at(address)
    offered = doors.offer(world, address, day, relationship)
    if offered is None:
        raise NO_WORKING_DAY.said()
    _require_offered(window, offered, world)
    return window, day.isoformat()


def _require_offered(window: Window, offered: doors.Offer, world: World) -> None:
    if window.closes_at <= window.opens_at:
        raise BAD_LATEST_TIME.said()
    if window.opens_at > offered.latest_ready:
        raise BAD_READY_TIME.said(("cutOffTime", offered.clock(offered.latest_ready)))
    if window.closes_at - window.opens_at < offered.access:
        raise TOO_SHORT.said(hours=f"{offered.access / HOUR:g}")
    if world.now > offered.latest_ready:
        raise NOT_BEFORE_CLOSE.said(("cutOffTime", offered.clock(offered.latest_ready)))


@router.put("/pickup/v1/pickups/cancel")
async def cancel_pickup(
    request: Request, sandbox: CarrierSandbox, wanted: CancelRequest
) -> Response:
    """Until the courier is about to set out. FedEx Express asks for its station again; a lenient
    sandbox does not, as stock karrio throws it away."""
    require_account(request, sandbox, wanted.associated_account_number.value)
    pickup = _confirmed(sandbox.world, wanted)
    forgiven = sandbox.is_lenient(NAME) and not wanted.location
    if wanted.carrier_code == _EXPRESS and not forgiven:
        _require_location(pickup, wanted.location)
    _call_off(sandbox.world, pickup)
    return ok(
        request,
        {
            "pickupConfirmationCode": pickup.confirmation,
            "cancelConfirmationMessage": "Requested pickup has been cancelled Successfully.",
        },
    )


def _confirmed(world: World, wanted: CancelRequest) -> Pickup:
    day = doors.day_in(wanted.scheduled_date, BAD_SCHEDULED_DATE.said())
    try:
        pickup = world.shippers.pickup_confirmed(wanted.pickup_confirmation_code)
    except NotFound:
        raise NO_PICKUP.said() from None
    if pickup.carrier != NAME or pickup.wish.notes.get("date") != day.isoformat():
        raise NO_PICKUP.said()
    return pickup


def _require_location(pickup: Pickup, location: str) -> None:
    if pickup.wish.notes.get("location") != location:
        raise BAD_LOCATION.said()


def _call_off(world: World, pickup: Pickup) -> None:
    try:
        world.shippers.cancel_pickup(pickup.id)
    except CourierOnTheWay:
        raise TOO_LATE_TO_CANCEL.said(confirmation=pickup.confirmation) from None
    except WrongStatus:
        if pickup.status is PickupStatus.CANCELLED:
            raise CANCELLED_TWICE.said() from None
        raise TOO_LATE_TO_CANCEL.said(confirmation=pickup.confirmation) from None
