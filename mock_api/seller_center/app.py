"""The seller center as one FastAPI application, with its own envelope, errors and gates."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.bounded import BodyTooLarge
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.signpost import put_up
from mock_api.seller_center import errors, uploads
from mock_api.seller_center.authorization import oauth
from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import refusal
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment.documents import links
from mock_api.seller_center.groups import GROUPS
from mock_api.seller_center.known.table import is_path_of_another_version, match, methods_at
from mock_api.seller_center.openapi import documented
from mock_api.seller_center.unsimulated import refuse_unsimulated
from simulator import DomainError

_OURS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


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
    app.include_router(links.router)
    app.include_router(uploads.router)
    put_up(app)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(DomainError, _world_refuses)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(BodyTooLarge, _too_large)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(Exception, _broken)
    app.openapi = documented(app)  # type: ignore[method-assign]
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
    if exc.status_code not in _OURS:
        return JSONResponse({"message": exc.detail}, status_code=exc.status_code)
    if exc.status_code == HTTPStatus.BAD_REQUEST:
        return refusal(request, errors.MALFORMED)
    return await _not_routed(request, exc)


async def _not_routed(request: Request, exc: HTTPException) -> JSONResponse:
    """What no endpoint answers: an operation that is known and not simulated, another method or
    version of one that is known, or nothing that anybody knows."""
    path = request.scope["path"]
    operation = match(request.method, path)
    if operation is not None:
        return await refuse_unsimulated(request, operation)
    methods = methods_at(path)
    if exc.status_code == HTTPStatus.METHOD_NOT_ALLOWED or methods:
        answer = refusal(request, errors.NO_SUCH_METHOD)
        answer.headers["Allow"] = ", ".join(methods) or (exc.headers or {}).get("Allow", "")
        return answer
    if is_path_of_another_version(path):
        return refusal(request, errors.NO_SUCH_VERSION)
    return refusal(request, errors.NO_SUCH_PATH)


def _row_of_invalid(group: str, error: Mapping[str, Any]) -> Row:
    if error["type"] == "json_invalid":
        return errors.MALFORMED
    name = ".".join(str(part) for part in error["loc"][1:]) or "body"
    return GROUPS[group].bad_parameter(name, error["msg"])


def _first_segment(request: Request) -> str:
    """The name of the group whose endpoint is called."""
    path: str = request.scope["path"]
    return path.split("/", 2)[1]
