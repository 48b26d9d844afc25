"""Tracks: a number looked up, or followed from now on.

Following is not idempotent: who asks twice is told everything twice (Shippo's page "Tracking").
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from mock_api.carriers.shippo.callers import is_test
from mock_api.carriers.shippo.mocks import NUMBERS, mock_track
from mock_api.carriers.shippo.pushes import Note, tell
from mock_api.carriers.shippo.refusals import of_field
from mock_api.carriers.shippo.requests import NewTrack, body_as
from mock_api.carriers.shippo.view import look, track
from mock_api.carriers.shippo.words import (
    BY_WEBHOOK_ALONE,
    MOCK,
    NAME,
    OF_OTHERS,
    OURS,
    TOKENS,
)
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sightings import followers
from simulator.carriers.numbers import could_be_printed

Endpoint = Callable[..., Any]


async def get_track(
    carrier: str, tracking_number: str, request: Request, sandbox: CarrierSandbox
) -> JSONResponse:
    """The metadata are those that its last follower said (inferred)."""
    world = sandbox.world
    if carrier in BY_WEBHOOK_ALONE and not sandbox.is_lenient(NAME):
        raise _no_such(carrier)
    if carrier == MOCK:
        return JSONResponse(mock_track(_mock(tracking_number), world.now))
    seen = look(world, carrier, _carrier(sandbox, carrier), _printable(tracking_number))
    said = [
        each.notes[Note.METADATA]
        for each in followers(world, NAME, tracking_number)
        if each.notes[Note.CARRIER] == carrier and Note.METADATA in each.notes
    ]
    metadata = said[-1] if said else None
    return JSONResponse(track(seen, metadata=metadata, test=is_test(request, sandbox)))


async def create_track(request: Request, sandbox: CarrierSandbox) -> JSONResponse:
    """Whoever has a webhook is told of it from now on."""
    wanted = await body_as(request, NewTrack)
    world, number, test = sandbox.world, wanted.tracking_number.strip(), is_test(request, sandbox)
    if wanted.carrier == MOCK:
        shape = mock_track(_mock(number), world.now, wanted.metadata)
        tell(sandbox, number, shape)
        return JSONResponse(shape)
    carrier = _carrier(sandbox, wanted.carrier)
    notes = {Note.CARRIER: wanted.carrier}
    if wanted.metadata is not None:
        notes[Note.METADATA] = wanted.metadata
    if test:
        notes[Note.TEST] = "yes"
    world.trackers.add(NAME, _printable(number), carrier, notes)
    seen = look(world, wanted.carrier, carrier, number)
    return JSONResponse(track(seen, metadata=wanted.metadata, test=test), HTTPStatus.OK)


def _carrier(sandbox: Sandbox, token: str) -> str:
    """In this world's codes; empty, if it has no house here."""
    if token in TOKENS:
        return TOKENS[token]
    if token in OF_OTHERS:
        return ""
    if token in OURS and sandbox.is_lenient(NAME):
        return OURS[token]
    raise _no_such(token)


def _no_such(token: str) -> Exception:
    return of_field("carrier", f"Invalid value specified for provider '{token}'")


def _mock(number: str) -> str:
    if number not in NUMBERS:
        raise of_field("tracking_number", "Invalid test tracking number.")
    return number


def _printable(number: str) -> str:
    if not could_be_printed(number):
        raise of_field("tracking_number", "Invalid tracking number.")
    return number


ENDPOINTS: Final[tuple[tuple[str, str, Endpoint, type[BaseModel] | None], ...]] = (
    ("POST", "/tracks", create_track, NewTrack),
    ("GET", "/tracks/{carrier}/{tracking_number}", get_track, None),
)
"""With what each reads of its body, which may be a form."""
