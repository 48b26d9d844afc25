"""Who calls: which sandbox, and which of its two projects.

A token of one project does not open the other's calls. Stock karrio asks for the proof of delivery
without any token; a sandbox that is lenient about FedEx lets it.
"""

import re
from collections.abc import Collection
from typing import Final

from fastapi import APIRouter, Request

from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.refusals import (
    BAD_ACCOUNT,
    BAD_CREDENTIALS,
    BAD_TOKEN,
    OTHER_PROJECT,
    WORDS,
)
from mock_api.kernel.carrier_route import Identify, carrier_route, sandboxes_of, seen_by
from mock_api.kernel.credentials import bearer_of, form_of
from mock_api.kernel.sandbox import Sandbox

SHIP: Final = "ship"
TRACK: Final = "track"
ANY: Final = "any"
"""Both: of credentials that nobody has, where any will do."""
PER_SECOND: Final = 140
"""1,400 in ten seconds (FedEx's guide to quotas and rate limits)."""

_FIELDS: Final = {
    SHIP: ("client_id", "client_secret"),
    TRACK: ("track_client_id", "track_client_secret"),
}
_NUMBERS: Final = re.compile(rb'"trackingNumber"\s*:\s*"([^"\\]{1,60})"')


def project_of(sandbox: Sandbox, client_id: str) -> str:
    """Which project of the sandbox has that id."""
    for project, (field, _) in _FIELDS.items():
        if sandbox.is_credential(NAME, field, client_id):
            return project
    return ANY


async def identify_client(request: Request) -> Sandbox:
    """By the id and secret of a form."""
    form = await form_of(request)
    key, secret = form.get("client_id", ""), form.get("client_secret", "")
    sandboxes, anybody = sandboxes_of(request), None
    for key_field, secret_field in _FIELDS.values():
        found = sandboxes.with_carrier_pair(NAME, (key_field, key), (secret_field, secret))
        if found and found.is_credential(NAME, key_field, key):
            return found
        known = sandboxes.with_carrier_key(NAME, key_field, key)
        if known and known.is_credential(NAME, key_field, key):
            raise BAD_CREDENTIALS.said()
        anybody = anybody or found
    if anybody is None:
        raise BAD_CREDENTIALS.said()
    return anybody


def _of_project(project: str) -> Identify:
    async def identify(request: Request) -> Sandbox:
        bearer = sandboxes_of(request).bearers.find(NAME, bearer_of(request))
        if bearer is None:
            raise BAD_TOKEN.said()
        seen_by(request, bearer.sandbox)
        if bearer.is_expired:
            raise BAD_TOKEN.said()
        if bearer.purpose not in (project, ANY):
            raise OTHER_PROJECT.said()
        request.state.project = bearer.purpose
        return bearer.sandbox

    return identify


_identify_tracker: Final = _of_project(TRACK)


async def _identify_reader(request: Request) -> Sandbox:
    """For documents: who sends no token at all is let in where its number leads to one lenient
    sandbox."""
    if not request.headers.get("authorization"):
        named = await numbers_in(request)
        knowing = [each for each in sandboxes_of(request).all() if _lets_read(each, named)]
        if len(knowing) == 1:
            request.state.project = TRACK
            return knowing[0]
    return await _identify_tracker(request)


def _lets_read(sandbox: Sandbox, numbers: Collection[str]) -> bool:
    registry = sandbox.world.registry
    return sandbox.is_lenient(NAME) and any(map(registry.parcel_numbered, numbers))


async def numbers_in(request: Request) -> Collection[str]:
    """The tracking numbers that a body names; of a malformed one, none."""
    found = _NUMBERS.findall(await request.body())
    return {number.decode("utf-8", "replace") for number in found}


def require_account(request: Request, sandbox: Sandbox, number: str) -> None:
    """It is the organization's account. A stranger's is not known, and passes."""
    if request.state.project == ANY:
        return
    if not sandbox.is_credential(NAME, "account", number):
        raise BAD_ACCOUNT.said(("accountNumber", number))


def token_router() -> APIRouter:
    return APIRouter(route_class=carrier_route(NAME, identify_client, WORDS))


def ship_router() -> APIRouter:
    """For the calls of the ship project: rates, shipments, pickups."""
    return _router(_of_project(SHIP))


def track_router() -> APIRouter:
    return _router(_identify_tracker)


def document_router() -> APIRouter:
    return _router(_identify_reader)


def _router(identify: Identify) -> APIRouter:
    return APIRouter(
        route_class=carrier_route(NAME, identify, WORDS, per_second=PER_SECOND, names=numbers_in)
    )
