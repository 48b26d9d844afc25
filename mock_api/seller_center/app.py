"""The seller center as one FastAPI application, with its own envelope, errors and gates."""

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from mock_api.kernel.bounded import BodyTooLarge
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.seller_center import errors
from mock_api.seller_center.authorization import oauth
from mock_api.seller_center.customer_service import images
from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import refusal
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import documents
from mock_api.seller_center.groups import GROUPS
from simulator import DomainError

_VERSION: Final = re.compile(r"/(\d{6})(?=/)")
_FROM_STATUS: Final = {400: errors.MALFORMED, 404: errors.NO_SUCH_PATH, 405: errors.NO_SUCH_METHOD}


def create_seller_center(sandboxes: Sandboxes) -> FastAPI:
    """The application, over every sandbox of the server."""
    app = FastAPI(
        title="Seller center",
        openapi_url="/_openapi/seller_center.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.sandboxes = sandboxes
    for group in GROUPS.values():
        for router in group.routers:
            app.include_router(router)
    app.include_router(oauth.router)
    app.include_router(documents.router)
    app.include_router(images.router)
    app.state.unversioned = [
        _without_version(route) for group in GROUPS.values() for route in group.routes
    ]
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(DomainError, _world_refuses)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(BodyTooLarge, _too_large)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(Exception, _broken)
    return app


async def _refused(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, Refusal)
    answer = refusal(request, exc.row)
    if exc.retry_after is not None:
        answer.headers["Retry-After"] = str(exc.retry_after)
    return answer


async def _world_refuses(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, DomainError)
    return refusal(request, row_of(exc, GROUPS[_first_segment(request)].refusals))


async def _too_large(request: Request, _: Exception) -> JSONResponse:
    return refusal(request, errors.BODY_TOO_LARGE)


async def _broken(request: Request, _: Exception) -> JSONResponse:
    """A fault of ours. Starlette raises it again after the answer, for the log."""
    return refusal(request, errors.INTERNAL)


async def _invalid(request: Request, exc: Exception) -> JSONResponse:
    """The first thing that is wrong, by its name."""
    assert isinstance(exc, RequestValidationError)
    return refusal(request, _row_of_invalid(_first_segment(request), exc.errors()[0]))


async def _no_such_route(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, HTTPException)
    if exc.status_code not in _FROM_STATUS:
        return JSONResponse({"message": exc.detail}, status_code=exc.status_code)
    if exc.status_code == 404 and _is_other_version(request):  # noqa: PLR2004 - HTTP's own number
        return refusal(request, errors.NO_SUCH_VERSION)
    return refusal(request, _FROM_STATUS[exc.status_code])


def _row_of_invalid(group: str, error: Mapping[str, Any]) -> Row:
    if error["type"] == "json_invalid":
        return errors.MALFORMED
    name = ".".join(str(part) for part in error["loc"][1:]) or "body"
    return GROUPS[group].bad_parameter(name, error["msg"])


def _first_segment(request: Request) -> str:
    """The name of the group whose endpoint is called."""
    path: str = request.scope["path"]
    return path.split("/", 2)[1]


def _without_version(route: APIRoute) -> re.Pattern[str]:
    """The route's path, whatever its version."""
    return re.compile(_VERSION.sub(r"/\\d{6}", route.path_regex.pattern, count=1))


def _is_other_version(request: Request) -> bool:
    patterns: list[re.Pattern[str]] = request.app.state.unversioned
    return any(pattern.match(request.scope["path"]) for pattern in patterns)
