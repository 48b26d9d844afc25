"""Tracking by number: up to thirty at once, each with its own result or error.

A number that FedEx does not know is HTTP 200, and an error inside.
"""

import re
from typing import Any, Final

from fastapi import Request, Response
from pydantic import Field

from mock_api.carriers.fedex import mock_numbers
from mock_api.carriers.fedex.callers import track_router
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Part, Text
from mock_api.carriers.fedex.refusals import (
    NUMBER_INVALID,
    NUMBER_MISSING,
    NUMBER_UNKNOWN,
    TOO_MANY_NUMBERS,
    No,
)
from mock_api.carriers.fedex.view import number_info, result_of
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.following import Sight

router: Final = track_router()

NUMBERS_MAX: Final = 30
_READ_AT_MOST: Final = 1_000
_FORM: Final = re.compile(r"[0-9]{10,34}", re.ASCII)
"""Express, Ground, and the long forms of their barcodes."""


class NumberInfo(Part):
    tracking_number: Text = ""


class Inquiry(Part):
    tracking_number_info: NumberInfo


class TrackRequest(Part):
    include_detailed_scans: bool = False
    tracking_info: list[Inquiry] = Field(default=[], max_length=_READ_AT_MOST)


@router.post("/track/v1/trackingnumbers")
async def track(request: Request, sandbox: CarrierSandbox, wanted: TrackRequest) -> Response:
    """What FedEx knows of each number, in the order of asking."""
    if not wanted.tracking_info:
        raise NUMBER_MISSING.said()
    if len(wanted.tracking_info) > NUMBERS_MAX:
        raise TOO_MANY_NUMBERS.said()
    numbers = [each.tracking_number_info.tracking_number.strip() for each in wanted.tracking_info]
    results = [
        _complete(sandbox.world, number, detailed=wanted.include_detailed_scans)
        for number in numbers
    ]
    virtual = any(is_virtual(sandbox.world, number) for number in numbers)
    alerts = (mock_numbers.VIRTUAL,) if virtual else ()
    return ok(request, {"completeTrackResults": results}, *alerts)


def seen(world: World, number: str) -> Sight | None:
    """One of FedEx's own; another carrier's is as unknown as none."""
    sight = world.trackers.sight("", number)
    return sight if sight.carrier is not None and sight.carrier.code == NAME else None


def is_virtual(world: World, number: str) -> bool:
    """FedEx's own test number, which no label of this world bears."""
    return number in mock_numbers.MOCKS and seen(world, number) is None


def _complete(world: World, number: str, *, detailed: bool) -> dict[str, Any]:
    sight = seen(world, number)
    if sight is not None:
        result = result_of(sight, detailed=detailed)
    elif number in mock_numbers.MOCKS:
        result = mock_numbers.result_of(number, detailed=detailed)
    else:
        result = _error(number)
    return {"trackingNumber": number, "trackResults": [result]}


def _error(number: str) -> dict[str, Any]:
    said = _flaw_of(number)
    return {
        "trackingNumberInfo": number_info(number, "", ""),
        "error": {"code": said.code, "message": said.message},
    }


def _flaw_of(number: str) -> No:
    if not number:
        return NUMBER_MISSING
    return NUMBER_UNKNOWN if _FORM.fullmatch(number) else NUMBER_INVALID
