"""FedEx's application, and how it says every failure."""

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from mock_api.carriers.fedex import (
    availability,
    labels,
    pickups,
    proofs,
    rating,
    shipping,
    tokens,
    tracking,
)
from mock_api.carriers.fedex.dialect import NAME
from mock_api.carriers.fedex.envelope import failed
from mock_api.carriers.fedex.refusals import (
    INTERNAL,
    INVALID_INPUT,
    NO_JSON,
    NO_SUCH_RESOURCE,
    Refused,
    said_of,
)
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.sandboxes import Sandboxes
from simulator import DomainError

_ROUTERS: Final = (
    tokens.router,
    rating.router,
    shipping.router,
    availability.router,
    pickups.router,
    tracking.router,
    proofs.router,
    labels.router,
)
_WORTH_COMPRESSING: Final = 1_000
_EFFORT: Final = 5
_PATHS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


def create_fedex(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server. Whoever accepts gzip gets it, as from FedEx."""
    app = carrier_app(NAME, sandboxes, _ROUTERS, answer)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING, compresslevel=_EFFORT)
    return app


def answer(request: Request, exc: Exception) -> Response:
    """Every failure in FedEx's envelope."""
    refused = _refused(exc)
    return failed(request, refused.status, [refused.error], refused.retry_headers)


def _refused(exc: Exception) -> Refused:
    match exc:
        case Refused():
            return exc
        case DomainError():
            return said_of(exc)
        case RequestValidationError():
            return _bad_input(exc)
        case HTTPException():
            return _bad_request(exc)
        case _:
            return INTERNAL.said()


def _bad_input(exc: RequestValidationError) -> Refused:
    flaws = exc.errors()
    if any(flaw["type"] == "json_invalid" for flaw in flaws):
        return NO_JSON.said()
    return INVALID_INPUT.said(*((_path(flaw["loc"]), str(flaw["msg"])) for flaw in flaws))


def _path(loc: tuple[int | str, ...]) -> str:
    """``requestedShipment.recipients[0].address``, as FedEx writes paths."""
    path = ""
    for part in loc[1:]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _bad_request(exc: HTTPException) -> Refused:
    if exc.status_code in _PATHS:
        return NO_SUCH_RESOURCE.said()
    if exc.status_code == HTTPStatus.BAD_REQUEST:
        return NO_JSON.said()
    return Refused(exc.status_code, INVALID_INPUT.code, str(exc.detail))
