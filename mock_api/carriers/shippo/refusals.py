"""Shippo's errors. HTTP statuses are documented; of bodies, public threads show lists by field, and
``detail`` for what is about no field: the forms of the framework that Shippo is built with. Texts
that no thread shows are that framework's (inferred)."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError

REQUIRED: Final = "This field is required."
NOT_FOUND: Final = "Not found."
_MALFORMED: Final = "JSON parse error"


class Refused(CarrierRefusal):
    """A call is refused."""

    def __init__(self, status: int, body: dict[str, Any], retry_after: int | None = None) -> None:
        super().__init__(status, body)
        self.status, self.body, self.retry_after = HTTPStatus(status), body, retry_after


def of_field(field: str, text: str) -> Refused:
    """That field is wrong."""
    return Refused(HTTPStatus.BAD_REQUEST, {field: [text]})


def in_detail(status: int, text: str, retry_after: int | None = None) -> Refused:
    return Refused(status, {"detail": text}, retry_after)


def not_found() -> Refused:
    return in_detail(HTTPStatus.NOT_FOUND, NOT_FOUND)


def _throttled(retry_after: int | None) -> Refused:
    when = "" if retry_after is None else f" Expected available in {retry_after} seconds."
    text = f"Request was throttled.{when}"
    return in_detail(HTTPStatus.TOO_MANY_REQUESTS, text, retry_after)


WORDS: Final = Words(
    throttled=_throttled,
    overloaded=lambda: in_detail(HTTPStatus.SERVICE_UNAVAILABLE, "Service unavailable."),
    internal_error=lambda: in_detail(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error."),
    forbidden=lambda: in_detail(
        HTTPStatus.FORBIDDEN, "You do not have permission to perform this action."
    ),
)


def answer(_request: Request, exc: Exception) -> Response:
    """Any failure, in Shippo's words."""
    match exc:
        case Refused():
            return _told(exc)
        case RequestValidationError():
            return _told(malformed(exc.errors()[0]))
        case HTTPException():
            return _told(_of_http(exc))
        case DomainError():
            return _told(in_detail(HTTPStatus.BAD_REQUEST, str(exc)))
        case _:
            return _told(WORDS.internal_error())


def malformed(flaw: dict[str, Any]) -> Refused:
    """By that flaw of what was sent: one in a field names it."""
    where = [part for part in flaw["loc"] if isinstance(part, str) and part != "body"]
    if not where:
        return in_detail(HTTPStatus.BAD_REQUEST, _MALFORMED)
    missing = flaw["type"] == "missing"
    return of_field(where[0], REQUIRED if missing else f"{flaw['msg']}.")


def _told(refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return JSONResponse(refused.body, refused.status, headers=refused.retry_headers)


def _of_http(exc: HTTPException) -> Refused:
    if exc.status_code == HTTPStatus.NOT_FOUND:
        return not_found()
    return in_detail(exc.status_code, f"{exc.detail}.")
