"""Refusals as problem details (RFC 9457), with the path of each error."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.bounded import BodyTooLarge
from mock_api.kernel.driver import Halted
from mock_api.kernel.sandboxes import TooManySandboxes
from simulator import DomainError
from simulator.errors import (
    BadSetting,
    BadSnapshot,
    ClockMovesForward,
    NotFound,
    UnknownCarrier,
    UnknownName,
)

_NAMED_IN: Final = {
    "market": "body.market",
    "seller behaviour": "body.behaviour",
    "carrier rule": "body.carrier_rule",
    "supplier": "body.supplier",
}
"""Where a request names what the world does not know."""


class Problem(Exception):
    """A call is refused."""

    retry_after: int | None = None
    """After how many seconds to come again, where that is said."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail
        self.more = more


def answer_with_problems(app: FastAPI) -> None:
    """Every refusal of *app* is a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(DomainError, _world_refuses)
    app.add_exception_handler(TooManySandboxes, _too_many)
    app.add_exception_handler(BodyTooLarge, _too_large)
    app.add_exception_handler(Halted, _halted)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(Exception, _broken)


def invalid(*errors: tuple[str, str]) -> Problem:
    """422: each error with its path in the request, and what is wrong there."""
    rows = [{"path": path, "message": message} for path, message in errors]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(f"{p}: {m}" for p, m in errors), errors=rows
    )


def problem_answer(status: int, detail: str, **more: Any) -> JSONResponse:
    """The same outside of any application."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    return JSONResponse(body, status, media_type="application/problem+json")


async def _problem(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, Problem)
    answer = problem_answer(exc.status, exc.detail, **exc.more)
    if exc.retry_after is not None:
        answer.headers["Retry-After"] = str(exc.retry_after)
    return answer


async def _world_refuses(request: Request, exc: Exception) -> JSONResponse:
    match exc:
        case NotFound():
            return problem_answer(HTTPStatus.NOT_FOUND, str(exc))
        case UnknownName():
            named_in = _NAMED_IN.get(exc.kind, "body")
            return await _problem(request, invalid((named_in, str(exc))))
        case UnknownCarrier():
            return await _problem(request, invalid(("path.carrier", str(exc))))
        case BadSetting():
            return await _problem(request, invalid((_setting(exc.path), str(exc))))
        case BadSnapshot() | ClockMovesForward():
            path = "body" if isinstance(exc, BadSnapshot) else "body.to"
            return await _problem(request, invalid((path, str(exc))))
        case _:
            return problem_answer(HTTPStatus.CONFLICT, str(exc), refused=type(exc).__name__)


def _setting(path: str) -> str:
    """A carrier's setting is told as a whole: its path is in the words."""
    return "body.carriers" if path.startswith("carriers") else f"body.{path}"


async def _too_many(_: Request, exc: Exception) -> JSONResponse:
    return problem_answer(HTTPStatus.CONFLICT, str(exc))


async def _too_large(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, BodyTooLarge)
    return problem_answer(exc.status_code, exc.detail)


async def _halted(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, Halted)
    return problem_answer(HTTPStatus.SERVICE_UNAVAILABLE, str(exc), now=exc.now)


async def _invalid(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, RequestValidationError)
    rows = [
        {"path": ".".join(str(part) for part in error["loc"]), "message": error["msg"]}
        for error in exc.errors()
    ]
    detail = "; ".join(f"{row['path']}: {row['message']}" for row in rows)
    return problem_answer(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=rows)


async def _no_such_route(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, HTTPException)
    if exc.status_code == HTTPStatus.BAD_REQUEST:
        # FastAPI says so of a body that is no UTF-8, or nested too deeply for its parser.
        return await _problem(request, invalid(("body", "cannot be read as JSON")))
    return problem_answer(exc.status_code, str(exc.detail))


async def _broken(_: Request, exc: Exception) -> JSONResponse:
    """A fault of ours. Starlette raises it again after the answer, for the log."""
    return problem_answer(HTTPStatus.INTERNAL_SERVER_ERROR, f"Seatrial itself failed: {exc!r}")
