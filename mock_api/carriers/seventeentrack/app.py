"""17TRACK's application: who calls, and the same endpoints for every version."""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request

from mock_api.carriers.seventeentrack import listing, registering, tracking
from mock_api.carriers.seventeentrack.refusals import BAD_KEY, WORDS, Refused, answer
from mock_api.carriers.seventeentrack.requests import named
from mock_api.carriers.seventeentrack.words import NAME
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route, sandboxes_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

PER_SECOND = 3


async def identify(request: Request) -> Sandbox:
    """By the account's key."""
    key = request.headers.get("17token", "")
    found = sandboxes_of(request).with_carrier_key(NAME, "key", key)
    if found is None:
        raise Refused(BAD_KEY, status=HTTPStatus.UNAUTHORIZED)
    return found


def create(sandboxes: Sandboxes, versions: Iterable[str]) -> FastAPI:
    gated = carrier_route(NAME, identify, WORDS, per_second=PER_SECOND, names=named)
    routers = [_version(version, gated) for version in versions]
    return carrier_app(NAME, sandboxes, routers, answer)


def _version(version: str, gated: type) -> APIRouter:
    router = APIRouter(prefix=f"/track/{version}", route_class=gated)
    for endpoints in (registering.ENDPOINTS, tracking.ENDPOINTS, listing.ENDPOINTS):
        for operation, endpoint in endpoints.items():
            router.add_api_route(f"/{operation}", endpoint, methods=["POST"])
    return router
