"""DHL's application: three interfaces, each with its own callers and its own words."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, FastAPI, Request, Response

from mock_api.carriers.dhl import (
    addresses,
    pickups,
    proofs,
    rating,
    refusals,
    shipping,
    tracking,
    unified,
    xmlpi,
)
from mock_api.carriers.dhl.names import NAME
from mock_api.carriers.dhl.refusals import Refused
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route, sandboxes_of
from mock_api.kernel.credentials import basic_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

BASES: Final = ("/mydhlapi", "/mydhlapi/test")
"""Production's, and the test system's: here both are the sandbox's world."""
_UNIFIED: Final = "/track/shipments"
_SERVLET: Final = "/XMLShippingServlet"


async def identify(request: Request) -> Sandbox:
    """MyDHL API's callers, by HTTP Basic."""
    username, password = basic_of(request) or ("", "")
    found = sandboxes_of(request).with_carrier_pair(
        NAME, ("username", username), ("password", password)
    )
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "Invalid credentials")
    return found


async def named(request: Request) -> Collection[str]:
    """The shipments that a call of MyDHL API's is about."""
    in_query = request.query_params.getlist("shipmentTrackingNumber")
    return [*map(str, request.path_params.values()), *in_query]


async def named_in_query(request: Request) -> Collection[str]:
    return request.query_params.getlist("trackingNumber")


def create(sandboxes: Sandboxes) -> FastAPI:
    gated = carrier_route(NAME, identify, refusals.WORDS, names=named)
    return carrier_app(
        NAME, sandboxes, [*(_mydhl(base, gated) for base in BASES), _unified(), _xmlpi()], answer
    )


def answer(request: Request, exc: Exception) -> Response:
    """In the words of the interface that was called."""
    path = str(request.scope["path"])
    if path.startswith(_UNIFIED):
        return unified.answer(request, exc)
    if path.startswith(_SERVLET):
        return xmlpi.answer(request, exc)
    return refusals.answer(request, exc)


def _mydhl(base: str, gated: type) -> APIRouter:
    router = APIRouter(prefix=base, route_class=gated)
    shipment, pickup = "/shipments/{number}", "/pickups/{dispatch}"
    for method, path, endpoint in (
        ("POST", "/rates", rating.rates),
        ("GET", "/rates", rating.rates_of_one_piece),
        ("GET", "/tracking", tracking.track),
        ("GET", f"{shipment}/tracking", tracking.track_one),
        ("GET", f"{shipment}/proof-of-delivery", proofs.proof_of_delivery),
        ("PATCH", f"{shipment}/upload-image", shipping.upload_images),
        ("PATCH", "/pickups", pickups.change_pickup_named_in_body),
        ("PATCH", pickup, pickups.change_pickup),
        ("DELETE", pickup, pickups.cancel_pickup),
        ("GET", "/address-validate", addresses.validate_address),
    ):
        router.add_api_route(path, endpoint, methods=[method])
    created = HTTPStatus.CREATED
    router.add_api_route("/shipments", shipping.ship, methods=["POST"], status_code=created)
    router.add_api_route("/pickups", pickups.book_pickup, methods=["POST"], status_code=created)
    return router


def _unified() -> APIRouter:
    gated = carrier_route(NAME, unified.identify, unified.WORDS, names=named_in_query)
    router = APIRouter(route_class=gated)
    router.add_api_route(_UNIFIED, unified.track_any, methods=["GET"])
    return router


def _xmlpi() -> APIRouter:
    gated = carrier_route(NAME, xmlpi.identify, xmlpi.WORDS, names=xmlpi.named)
    router = APIRouter(route_class=gated)
    router.add_api_route(_SERVLET, xmlpi.servlet, methods=["POST"])
    return router
