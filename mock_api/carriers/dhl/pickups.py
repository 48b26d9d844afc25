"""MyDHL API: couriers are called, called for another time, and called off.

Not past, at most ten days ahead; what is too late for its day is for the next working day, and
the answer says which (documented: ``nextPickupDate``). Ours: that it moves and is not refused, and
the words of the warning.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import Query, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.carriers.dhl.names import NAME, confirmation_meant, dispatch_number, number_meant
from mock_api.carriers.dhl.refusals import missing
from mock_api.carriers.dhl.requests import CourierChange, CourierWish
from mock_api.carriers.dhl.times import DAYS_AHEAD, planned
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator.consigning import city_of
from simulator.errors import NoPickupHere, NotFound
from simulator.people import Address
from simulator.shipments.pickup import Pickup, PickupWish
from simulator.shipments.windows import Policy, Window, settle

Shape = dict[str, Any]
_POLICY: Final = Policy(moves_on=True, days_ahead=DAYS_AHEAD)
_MOVED: Final = "The pickup is scheduled for the next possible pickup date"


async def book_pickup(sandbox: CarrierSandbox, wish: CourierWish) -> Shape:
    """A courier comes."""
    where = wish.where
    when = planned(sandbox, wish.planned_pickup_date_and_time, where)
    window = Window(when.at, when.until(wish.close_time))
    waybills = (each.shipment_tracking_number for each in wish.shipment_details)
    numbers = tuple(
        number for waybill in waybills if waybill for number in _numbers(sandbox, waybill)
    )
    pieces = sum(len(each.packages) or 1 for each in wish.shipment_details)
    pickup = _book(sandbox, where, window, numbers, pieces)
    return {"dispatchConfirmationNumbers": [_dispatch(sandbox, pickup)]} | _day(sandbox, pickup)


async def change_pickup(sandbox: CarrierSandbox, dispatch: str, wish: CourierChange) -> Shape:
    """It is for another time. Whatever else the call says stays as it was booked (ours)."""
    pickup = _pickup(sandbox, dispatch)
    when = planned(sandbox, wish.planned_pickup_date_and_time, pickup.wish.address)
    window = Window(when.at, when.until(wish.close_time))
    changed = sandbox.world.shippers.change_pickup(pickup.id, window)
    told: Shape = {"dispatchConfirmationNumber": _dispatch(sandbox, changed)}
    if sandbox.is_lenient(NAME):  # what a stock client reads instead
        told["dispatchConfirmationNumbers"] = [_dispatch(sandbox, changed)]
    return told | _day(sandbox, changed)


async def change_pickup_named_in_body(sandbox: CarrierSandbox, wish: CourierChange) -> Shape:
    """No call of DHL's; a stock client makes it, and a lenient sandbox understands it."""
    if not sandbox.is_lenient(NAME):
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
    return await change_pickup(sandbox, wish.dispatch_confirmation_number or "", wish)


async def cancel_pickup(
    sandbox: CarrierSandbox,
    dispatch: str,
    requestor: Annotated[str, Query(alias="requestorName")] = "",
) -> Response:
    """Nobody comes. The specification wants a reason, too; its sample of the refusal names the
    requestor only, so that is all that is asked for."""
    lenient = sandbox.is_lenient(NAME)
    if not requestor.strip() and not lenient:
        raise missing("requestorName")
    sandbox.world.shippers.cancel_pickup(_pickup(sandbox, dispatch).id)
    if lenient:
        return JSONResponse({"status": "cancelled", "dispatchConfirmationNumber": dispatch})
    return Response()


def require_window(sandbox: Sandbox, where: Address, window: Window) -> None:
    """A courier would come then; BadWindow or NoPickupHere if none does."""
    city = city_of(where)
    service = sandbox.world.registry.carrier(NAME).service_in(city)
    if service is None:
        raise NoPickupHere(NAME, city)
    settle(service, window, sandbox.world.now, _POLICY)


def called(sandbox: Sandbox, where: Address, window: Window, numbers: tuple[str, ...]) -> str:
    """A courier is called for these; the number that confirms it."""
    return _dispatch(sandbox, _book(sandbox, where, window, numbers, len(numbers)))


def _book(
    sandbox: Sandbox, where: Address, window: Window, numbers: tuple[str, ...], pieces: int
) -> Pickup:
    return sandbox.world.shippers.book_pickup(
        PickupWish(
            account=NAME,
            carrier=NAME,
            address=where,
            window=window,
            pieces=pieces,
            numbers=numbers,
            policy=_POLICY,
        )
    )


def _numbers(sandbox: Sandbox, waybill: str) -> list[str]:
    shippers = sandbox.world.shippers
    shipment = shippers.shipment_numbered(number_meant(waybill))
    if shipment is None or shipment.carrier != NAME:
        raise NotFound("shipment", waybill)
    return [parcel.tracking_number for parcel in shippers.parcels_of(shipment)]


def _pickup(sandbox: Sandbox, dispatch: str) -> Pickup:
    pickup = sandbox.world.shippers.pickup_confirmed(confirmation_meant(dispatch))
    if _dispatch(sandbox, pickup) != dispatch:
        raise NotFound("pickup", dispatch)
    return pickup


def _dispatch(sandbox: Sandbox, pickup: Pickup) -> str:
    booked = datetime.fromtimestamp(pickup.booked_at, _zone(sandbox, pickup))
    return dispatch_number(f"{booked:%y%m%d}", pickup.confirmation)


def _day(sandbox: Sandbox, pickup: Pickup) -> Shape:
    opens = datetime.fromtimestamp(pickup.window.opens_at, _zone(sandbox, pickup))
    told: Shape = {"readyByTime": f"{opens:%H:%M}", "nextPickupDate": f"{opens:%Y-%m-%d}"}
    if pickup.window.moved:
        told["warnings"] = [_MOVED]
    return told


def _zone(sandbox: Sandbox, pickup: Pickup) -> ZoneInfo:
    """Of the van that comes."""
    service = sandbox.world.registry.carrier(NAME).service_in(pickup.city)
    assert service is not None, pickup.city
    return ZoneInfo(service.timezone)
