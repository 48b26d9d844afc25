"""Pickups: a courier is called, asked after and called off (carriers facts, section 8.5)."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header

from mock_api.carriers.ups.accounts import OwnAccount
from mock_api.carriers.ups.callers import (
    CreationBody,
    RateBody,
    address_of,
    service_at,
    window_of,
)
from mock_api.carriers.ups.forms import Envelope, done
from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.refusals import Refused, breaks_rules
from mock_api.carriers.ups.versions import alone_if_old
from mock_api.carriers.ups.view import ymd
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.carriers.model import CityService
from simulator.clock import DAY, Instant
from simulator.errors import (
    AlreadyCollected,
    BadWindow,
    CourierOnTheWay,
    NoPickupHere,
    NotFound,
    WrongStatus,
)
from simulator.shipments.pickup import Pickup, PickupStatus, PickupWish
from simulator.shipments.windows import Window, WindowFault

_PRICES: Final = {"SD": "6.50", "FD": "5.50"}
"""Same day, future day: the first is the OpenAPI file's sample, the other ours. Nobody is billed:
the world's price list knows no pickups."""
_TYPES: Final = frozenset({"oncall", "smart", "both"})
_NO_PICKUP: Final = "Pickup service is not available for this address or day."
_TOO_LATE: Final = "The Ready Time is after the latest time at which UPS can make the pickup."

_SAID: Final = {
    PickupStatus.COLLECTED: ("003", "Order successfully completed"),
    PickupStatus.MISSED: ("004", "Order unsuccessfully completed"),
    PickupStatus.NOT_READY: ("004", "Order unsuccessfully completed"),
    PickupStatus.CANCELLED: ("007", "Cancelled"),
}
"""Pickup.yaml, PickupStatusMessage."""
_PENDING_AT_MOST: Final = 3 * DAY
"""No day that is shown lies further off, wherever it is."""
_RECEIVED: Final = ("001", "Received at dispatch")
_DISPATCHED: Final = ("002", "Dispatched to driver")
_MISSED_ONCE: Final = ("005", "Missed commit - Updated ETA supplied by driver")


def serve(router: APIRouter) -> None:
    router.post("/api/pickupcreation/{version}/pickup")(create_pickup)
    router.post("/api/shipments/{version}/pickup/{kind}")(rate_pickup)
    router.get("/api/shipments/{version}/pickup/{kind}")(pending_pickups)
    router.delete("/api/shipments/{version}/pickup/{by}")(cancel_pickup)


# Booking.


async def create_pickup(
    version: str, body: CreationBody, sandbox: CarrierSandbox
) -> dict[str, Any]:
    """A courier is called. One that comes too late for the day comes on the next working day, and
    an alert says so (its code is our choice)."""
    request, world = body.PickupCreationRequest, sandbox.world
    address = address_of(request.PickupAddress_)
    service = service_at(world, address)
    wished = window_of(request.PickupDateInfo, service, world.now)
    wish = PickupWish(
        account=NAME,
        carrier=CARRIER,
        address=address,
        window=wished,
        pieces=max(1, request.pieces),
        numbers=tuple(each.TrackingNumber for each in request.TrackingData_),
        notes={"contact": request.PickupAddress_.ContactName, "reference": request.ReferenceNumber},
    )
    pickup = _booked(world, wish, service)
    day = _day(pickup.window.opens_at, service)
    moved = (
        ()
        if not pickup.window.moved
        else ({"Code": "9510113", "Description": f"{_TOO_LATE} It is scheduled for {ymd(day)}."},)
    )
    answered: dict[str, Any] = {
        "Response": done(request.Request, *moved),
        "PRN": pickup.confirmation,
        "RateStatus": {"Code": "04", "Description": "Rate not requested"},
    }
    if request.RatePickupIndicator.upper() == "Y":
        answered["RateStatus"] = {"Code": "01", "Description": "Rate available"}
        answered["RateResult"] = _rated(version, day, _day(world.now, service))
    return {"PickupCreationResponse": answered}


def _booked(world: World, wish: PickupWish, service: CityService) -> Pickup:
    try:
        return world.shippers.book_pickup(wish)
    except NoPickupHere:
        raise Refused("9510118", _NO_PICKUP) from None
    except (NotFound, AlreadyCollected):
        raise Refused("190109", "Invalid TrackingNumber") from None
    except BadWindow as bad:
        raise _refused_window(bad, wish.window, service) from None


def _refused_window(bad: BadWindow, wished: Window, service: CityService) -> Refused:
    if bad.why == WindowFault.CLOSES_FIRST:
        return breaks_rules("CloseTime must be later than ReadyTime.")
    ready = datetime.fromtimestamp(wished.opens_at, ZoneInfo(service.timezone))
    if ready.hour >= max(service.rounds) and bad.why == WindowFault.TOO_SHORT:
        return Refused("9510113", _TOO_LATE)
    return breaks_rules(f"CloseTime minus ReadyTime must be greater than the LeadTime; {bad.hint}.")


def _day(at: Instant, service: CityService) -> date:
    return datetime.fromtimestamp(at, ZoneInfo(service.timezone)).date()


def _rated(version: str, day: date, today: date) -> dict[str, Any]:
    kind = "SD" if day == today else "FD"
    price = _PRICES[kind]
    detail = {"ChargeCode": "B", "ChargeDescription": "BASE CHARGE", "ChargeAmount": price}
    return {
        "RateType": kind,
        "CurrencyCode": "CNY",
        "ChargeDetail": alone_if_old(version, [detail]),
        "GrandTotalOfAllCharge": price,
    }


# What one would cost.


async def rate_pickup(
    version: str, kind: str, body: RateBody, sandbox: CarrierSandbox
) -> dict[str, Any]:
    """Same-day or future-day, by the date that is asked for."""
    _require_kind(kind)
    request, world = body.PickupRateRequest_, sandbox.world
    service = service_at(world, address_of(request.PickupAddress_))
    today = _day(world.now, service)
    day = today if request.ServiceDateOption == "01" else today + timedelta(days=1)
    if request.PickupDateInfo:
        wished = window_of(request.PickupDateInfo, service, world.now)
        day = _day(wished.opens_at, service)
    return {
        "PickupRateResponse": {
            "Response": done(request.Request),
            "RateResult": _rated(version, day, today),
        }
    }


def _require_kind(kind: str) -> None:
    if kind.lower() not in _TYPES:
        raise breaks_rules("pickuptype can be oncall, smart or both.")


# What became of them.


async def pending_pickups(
    version: str,
    kind: str,
    sandbox: CarrierSandbox,
    account: OwnAccount,
    account_number: Annotated[str, Header(alias="AccountNumber")] = "",
) -> dict[str, Any]:
    """Those for today and tomorrow, as Pickup.yaml says. Smart pickups are not simulated."""
    del version
    _require_kind(kind)
    account.require(account_number)
    world = sandbox.world
    booked = world.shippers.pickups(NAME) if kind.lower() != "smart" else []
    shown = [told for each in booked for told in _pending(world, each)]
    return {"PickupPendingStatusResponse": {"Response": done(None), "PendingStatus": shown}}


def _pending(world: World, pickup: Pickup) -> list[dict[str, str]]:
    if abs(pickup.window.opens_at - world.now) > _PENDING_AT_MOST:
        return []
    service = service_at(world, pickup.wish.address)
    day, today = _day(pickup.window.opens_at, service), _day(world.now, service)
    if not today <= day <= today + timedelta(days=1):
        return []
    code, words = _progress(world, pickup)
    told = {
        "PickupType": "01",
        "ServiceDate": ymd(day),
        "PRN": pickup.confirmation,
        "OnCallStatusCode": code,
        "PickupStatusMessage": words,
        "BillingCode": "01",
        "ContactName": pickup.wish.notes["contact"],
        "ReferenceNumber": pickup.wish.notes["reference"],
    }
    return [{name: value for name, value in told.items() if value}]


def _progress(world: World, pickup: Pickup) -> tuple[str, str]:
    if pickup.status is not PickupStatus.SCHEDULED:
        return _SAID[pickup.status]
    if pickup.attempts:
        return _MISSED_ONCE
    return _DISPATCHED if world.now >= pickup.window.opens_at else _RECEIVED


# Calling off.


async def cancel_pickup(
    version: str,
    by: str,
    sandbox: CarrierSandbox,
    prn: Annotated[str, Header(alias="Prn")] = "",
) -> dict[str, Any]:
    """By its number (02), or all that the account has open (01): those to which the courier is not
    yet on the way."""
    del version
    world = sandbox.world
    if by.lower() in ("02", "prn"):
        _cancel(world, _by_number(world, prn))
    elif by == "01":
        _cancel_all(world)
    else:
        raise breaks_rules("CancelBy can be 01 (account number) or 02 (PRN).")
    return {"PickupCancelResponse": {"Response": done(Envelope()), "PickupType": "01"}}


def _cancel_all(world: World) -> None:
    """Refused only if there is none to call off, so that a refusal changes nothing."""
    booked = world.shippers.pickups(NAME)
    found = [each for each in booked if each.status is PickupStatus.SCHEDULED]
    if not found:
        raise _not_available()
    called_off = 0
    for pickup in found:
        with suppress(CourierOnTheWay):
            world.shippers.cancel_pickup(pickup.id)
            called_off += 1
    if not called_off:
        raise _on_the_way()


def _not_available() -> Refused:
    return Refused("190106", "Pickup Cancellation is not Available on this Pickup Request")


def _on_the_way() -> Refused:
    return Refused("190108", "The Pickup Request cannot be canceled")


def _by_number(world: World, prn: str) -> Pickup:
    try:
        found = world.shippers.pickup_confirmed(prn)
    except NotFound:
        found = None
    if found is None or found.wish.account != NAME:
        raise _not_available()
    return found


def _cancel(world: World, pickup: Pickup) -> None:
    if pickup.status is PickupStatus.CANCELLED:
        raise Refused("190107", "The Pickup Request has previously been canceled")
    try:
        world.shippers.cancel_pickup(pickup.id)
    except WrongStatus:
        words = "The Pickup Request has already been completed"
        raise Refused("190103", words) from None
    except CourierOnTheWay:
        raise _on_the_way() from None
