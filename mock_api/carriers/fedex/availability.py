"""Pickup availability: asked before a courier is called."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from pydantic import Field

from mock_api.carriers.fedex import doors
from mock_api.carriers.fedex.callers import ship_router
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Contact, Part, Text, WireAddress, address_of
from mock_api.carriers.fedex.refusals import (
    BAD_DISPATCH_DATE,
    CARRIER_MISSING,
    POSTAL_CODE_MISSING,
    RELATIONSHIP_MISSING,
    REQUEST_TYPE_MISSING,
)
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.clock import HOUR, MINUTE, Instant, later
from simulator.people import Address

router: Final = ship_router()

_SAME_DAY: Final = "SAME_DAY"
_HALF_AN_HOUR: Final = 30 * MINUTE


class AvailabilityRequest(Part):
    pickup_address: WireAddress
    dispatch_date: Text = ""
    pickup_request_type: list[Literal["SAME_DAY", "FUTURE_DAY"]] = Field(default=[], max_length=2)
    carriers: list[Literal["FDXE", "FDXG"]] = Field(default=[], max_length=2)
    country_relationship: Literal["DOMESTIC", "INTERNATIONAL", ""] = ""
    number_of_business_days: Annotated[int, Field(ge=1, le=doors.DAYS_AHEAD)] = 1


@router.post("/pickup/v1/pickups/availabilities")
async def availabilities(
    request: Request, sandbox: CarrierSandbox, wanted: AvailabilityRequest
) -> Response:
    """By when goods have to be ready, and how long the courier must find the door open."""
    _require_complete(wanted)
    world, address = sandbox.world, address_of(wanted.pickup_address, Contact())
    zone = doors.van_at(world, address).timezone
    now = datetime.fromtimestamp(world.now, ZoneInfo(zone))
    options = [
        _option(world, offered, carrier, wanted, type_)
        for carrier in wanted.carriers
        for type_ in wanted.pickup_request_type
        for offered in _offers(world, address, wanted, type_, now.date())
    ]
    return ok(request, {"requestTimestamp": f"{now:%Y-%m-%dT%H:%M:%S}", "options": options})


def _require_complete(wanted: AvailabilityRequest) -> None:
    if not wanted.pickup_address.postal_code:
        raise POSTAL_CODE_MISSING.said()
    if not wanted.pickup_request_type:
        raise REQUEST_TYPE_MISSING.said()
    if not wanted.carriers:
        raise CARRIER_MISSING.said()
    if not wanted.country_relationship:
        raise RELATIONSHIP_MISSING.said()


def _offers(
    world: World, address: Address, wanted: AvailabilityRequest, type_: str, today: date
) -> Iterator[doors.Offer]:
    """Today's, or those of the next working days."""
    asked = today
    if wanted.dispatch_date:
        asked = doors.day_in(wanted.dispatch_date, BAD_DISPATCH_DATE.said())
        doors.require_near(asked, today)
    if type_ == _SAME_DAY:
        days = [today] if asked == today else []
        most = 1
    else:
        first = max(asked, today + timedelta(days=1))
        days = [first + timedelta(days=n) for n in range(doors.DAYS_AHEAD)]
        most = wanted.number_of_business_days
    found = (doors.offer(world, address, day, wanted.country_relationship) for day in days)
    working = [each for each in found if each is not None]
    yield from working[:most]


def _option(
    world: World, offered: doors.Offer, carrier: str, wanted: AvailabilityRequest, type_: str
) -> dict[str, Any]:
    first, last = offered.rounds[0], offered.rounds[-1]
    earliest_close = later(first, offered.access)
    return {
        "carrier": carrier,
        "available": world.now <= offered.latest_ready,
        "pickupDate": offered.day.isoformat(),
        "cutOffTime": offered.clock(offered.latest_ready),
        "accessTime": {
            "hours": offered.access // HOUR,
            "minutes": offered.access % HOUR // MINUTE,
        },
        "residentialAvailable": True,
        "countryRelationship": wanted.country_relationship,
        "scheduleDay": type_,
        "defaultReadyTime": offered.clock(first),
        "defaultLatestTimeOptions": offered.clock(max(earliest_close, later(last, HOUR))),
        "readyTimeOptions": _clocks(offered, first, offered.latest_ready),
        "latestTimeOptions": _clocks(offered, earliest_close, later(last, 6 * HOUR)),
    }


def _clocks(offered: doors.Offer, first: Instant, last: Instant) -> list[str]:
    """Every half hour of that day."""
    return [
        offered.clock(Instant(at))
        for at in range(first, last + 1, _HALF_AN_HOUR)
        if datetime.fromtimestamp(at, offered.zone).date() == offered.day
    ]
