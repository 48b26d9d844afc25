"""EasyPost's application: its routers, and how every failure is told."""

from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.carriers.easypost import (
    labels,
    parts,
    pickups,
    shipping,
    trackers,
    webhooks,
)
from mock_api.carriers.easypost.following import VIEW
from mock_api.carriers.easypost.refusals import (
    BAD_REQUEST,
    INVALID,
    NOT_FOUND,
    WORDS,
    Refused,
    from_domain,
    not_found,
)
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.sandboxes import Sandboxes
from simulator import DomainError

_ROUTERS: Final = (
    trackers.router,
    shipping.router,
    shipping.rates,
    labels.router,
    labels.files,
    parts.router,
    pickups.router,
    webhooks.router,
)

_INVALID: Final = {
    "trackers": "TRACKER.INVALID_PARAMS",
    "shipments": "SHIPMENT.INVALID_PARAMS",
    "addresses": "ADDRESS.PARAMETERS.INVALID",
    "parcels": "PARCEL.PARAMETERS.INVALID",
    "customs_infos": "CUSTOMS_INFO.PARAMETERS.INVALID",
    "pickups": "PICKUP.REQUEST.INVALID",
    "webhooks": "WEBHOOK.INVALID",
}
"""Codes for fields that cannot be read, by the first part of the path."""

_HTTP_WORDS: Final = {
    405: ("METHOD_NOT_ALLOWED", "The method is not allowed for this resource."),
    413: ("BAD_REQUEST", "The request is too large."),
}


def create_easypost(sandboxes: Sandboxes) -> FastAPI:
    """The application, over every sandbox of the server."""
    return carrier_app(VIEW, sandboxes, _ROUTERS, answer)


def answer(request: Request, exc: Exception) -> Response:
    """Every failure, in EasyPost's envelope."""
    refused = _refused(request, exc)
    return JSONResponse(refused.body, refused.status, headers=refused.retry_headers)


def _refused(request: Request, exc: Exception) -> Refused:
    match exc:
        case Refused():
            return exc
        case RequestValidationError():
            return _unreadable(request, exc)
        case DomainError():
            return from_domain(exc)
        case HTTPException():
            return _of_http(exc.status_code, str(exc.detail))
        case _:
            said = WORDS.internal_error()
            assert isinstance(said, Refused)
            return said


def _of_http(status: int, detail: str) -> Refused:
    if status == NOT_FOUND:
        return not_found()
    code, message = _HTTP_WORDS.get(status, ("BAD_REQUEST", detail))
    return Refused(status, code, message)


def _unreadable(request: Request, exc: RequestValidationError) -> Refused:
    problems = exc.errors()
    if any(each["type"] == "json_invalid" for each in problems):
        return Refused(BAD_REQUEST, "BAD_REQUEST", "The request body is not valid JSON.")
    fields = [(_path(each["loc"]), each["msg"]) for each in problems]
    family = request.url.path.partition("/v2/")[2].partition("/")[0]
    code = _INVALID.get(family, "BAD_REQUEST")
    return Refused(INVALID, code, "Some parameters are invalid.", fields)


def _path(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place if part not in ("body", "query"))
