"""AfterShip's application: who calls, and the same endpoints for every dated version."""

import re
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Depends, FastAPI, Request

from mock_api.carriers.aftership import listing, tracking
from mock_api.carriers.aftership.refusals import WORDS, Refused, answer
from mock_api.carriers.aftership.requests import names
from mock_api.carriers.aftership.signing import SIGNATURES, call_signature
from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route, sandboxes_of, seen_by
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

PER_SECOND: Final = 10
"""Calls of an account, whatever they are. Since 2024-07 each has a rate of its own (3 to 20)."""
_DATED: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


async def identify(request: Request) -> Sandbox:
    """By the API key; one who signs has to sign rightly."""
    key = request.headers.get("as-api-key", "")
    found = sandboxes_of(request).with_carrier_key(NAME, "api_key", key)
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED)
    seen_by(request, found)
    signature = request.headers.get(SIGNATURES[0])
    if signature is not None and found.is_credential(NAME, "api_key", key):
        secret = found.credential(NAME, "api_secret")
        scope = request.scope
        address = (scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1"))
        right = call_signature(
            secret, request.method, address, (request.headers, await request.body())
        )
        if not compare_digest(right.encode(), signature.encode()):
            raise Refused(HTTPStatus.UNAUTHORIZED, message="Invalid signature.")
    return found


async def _is_dated(version: str) -> None:
    """Every version answers as that of 2026-07; what is no date is no version."""
    if not _DATED.fullmatch(version):
        raise Refused(HTTPStatus.NOT_FOUND)


def create(sandboxes: Sandboxes) -> FastAPI:
    router = APIRouter(
        prefix="/tracking/{version}",
        route_class=carrier_route(NAME, identify, WORDS, per_second=PER_SECOND, names=names),
        dependencies=[Depends(_is_dated)],
    )
    for endpoints in (tracking.ENDPOINTS, listing.ENDPOINTS):
        for (method, path), endpoint in endpoints.items():
            router.add_api_route(path, endpoint, methods=[method])
    return carrier_app(NAME, sandboxes, [router], answer)
