"""Who calls: by the API key, as the user of HTTP Basic or as a bearer token."""

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from fastapi import Request
from fastapi.routing import APIRoute

from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.ids import undisguised
from mock_api.carriers.easypost.refusals import UNAUTHORIZED, WORDS, Refused
from mock_api.kernel.bodies import object_in
from mock_api.kernel.carrier_route import carrier_route, sandbox_of, sandboxes_of
from mock_api.kernel.credentials import basic_of, bearer_of
from mock_api.kernel.sandbox import Sandbox
from simulator.errors import NotFound

KEY: Final = "api_key"


async def identify(request: Request) -> Sandbox:
    """The sandbox whose key that is."""
    user, _ = basic_of(request) or ("", "")
    key = user or bearer_of(request)
    sandbox = sandboxes_of(request).with_carrier_key(VIEW, KEY, key) if key else None
    if sandbox is None:
        raise Refused(
            UNAUTHORIZED,
            "UNAUTHORIZED",
            "The API key is missing or wrong. Send it as the user of HTTP Basic, or as a bearer.",
        )
    return sandbox


async def _numbers(request: Request) -> Collection[str]:
    """The tracking numbers that a call names: in its path by an id, or in its body."""
    world = sandbox_of(request).world
    numbers: set[str] = set()
    for said in map(str, request.path_params.values()):
        with suppress(NotFound):
            if found := undisguised("trk", said):
                numbers.add(world.trackers.get(found[0]).number)
            if found := undisguised("shp", said) or undisguised("pickup", said):
                shipment = world.shippers.shipment(found[0])
                numbers.update(
                    parcel.tracking_number for parcel in world.shippers.parcels_of(shipment)
                )
    return numbers | await _in_the_body(request)


async def _in_the_body(request: Request) -> set[str]:
    tracker = (await object_in(request)).get("tracker")
    number = tracker.get("tracking_code") if isinstance(tracker, dict) else None
    return {number} if isinstance(number, str) else set()


def gated() -> type[APIRoute]:
    """The route class of every call that needs a key."""
    return carrier_route(VIEW, identify, WORDS, names=_numbers)
