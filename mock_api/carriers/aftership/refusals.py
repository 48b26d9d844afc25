"""AfterShip's errors: ``meta`` with a code of its own, a type by which clients choose their
exception, and a message (its page "Request errors"; that an unknown tracking is a BadRequest with
HTTP 404 is documented so, and seen in public clients' fixtures)."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError

BAD_JSON: Final = 4001
EXISTS: Final = 4003
DOES_NOT_EXIST: Final = 4004
BAD_NUMBER: Final = 4005
NO_NUMBER: Final = 4007
BAD_VALUE: Final = 4008
NO_VALUE: Final = 4009
BAD_SLUG: Final = 4010
BAD_COURIER: Final = 4012
STILL_ACTIVE: Final = 4013
BAD_ID: Final = 4015
RETRACKED_TOO_OFTEN: Final = 4016

TEXTS: Final = {
    BAD_JSON: "Invalid JSON data.",
    EXISTS: "Tracking already exists.",
    DOES_NOT_EXIST: "Tracking does not exist.",
    BAD_NUMBER: "The value of `tracking_number` is invalid.",
    NO_NUMBER: "`tracking_number` is required.",
    BAD_VALUE: "The value of `{0}` is invalid.",
    NO_VALUE: "`{0}` is required.",
    BAD_SLUG: "The value of `slug` is invalid.",
    BAD_COURIER: "Unable to import shipment as we don't recognize the carrier from this tracking"
    " number.",
    STILL_ACTIVE: "Retrack is not allowed. You can only retrack an inactive tracking.",
    BAD_ID: "The value of `id` is invalid.",
    RETRACKED_TOO_OFTEN: "Retrack is not allowed. You can only retrack each shipment {0} times.",
}
_BY_STATUS: Final = {
    HTTPStatus.BAD_REQUEST: (
        "BadRequest",
        "The request was invalid or cannot be otherwise served.",
    ),
    HTTPStatus.UNAUTHORIZED: ("Unauthorized", "Invalid API key."),
    HTTPStatus.FORBIDDEN: (
        "Forbidden",
        "The request is understood, but it has been refused or access is not allowed.",
    ),
    HTTPStatus.NOT_FOUND: (
        "NotFound",
        "The URI requested is invalid or the resource requested does not exist.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "TooManyRequests",
        "You have exceeded the API call rate limit. Default limit is 10 requests per second.",
    ),
}
_OURS: Final = ("InternalError", "Something went wrong on AfterShip's end.")


class Refused(CarrierRefusal):
    """A call is refused, with a code of AfterShip's; what it is about fills the message."""

    def __init__(
        self,
        code: int,
        *about: object,
        message: str = "",
        data: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code, *about)
        self.code, self.data, self.retry_after = code, data or {}, retry_after
        known = code in TEXTS
        self.status = _status(code) if known else HTTPStatus(code)
        self.kind, usual = _BY_STATUS.get(HTTPStatus.BAD_REQUEST if known else self.status, _OURS)
        self.message = message or (TEXTS[code].format(*about) if known else usual)


def _status(code: int) -> HTTPStatus:
    return HTTPStatus.NOT_FOUND if code == DOES_NOT_EXIST else HTTPStatus.BAD_REQUEST


WORDS: Final = Words(
    throttled=lambda retry_after: Refused(HTTPStatus.TOO_MANY_REQUESTS, retry_after=retry_after),
    overloaded=lambda: Refused(HTTPStatus.SERVICE_UNAVAILABLE),
    internal_error=lambda: Refused(HTTPStatus.INTERNAL_SERVER_ERROR),
    forbidden=lambda: Refused(HTTPStatus.FORBIDDEN),
)


def answer(_request: Request, exc: Exception) -> Response:
    """Any failure, in AfterShip's words."""
    match exc:
        case Refused():
            return _told(exc)
        case RequestValidationError():
            return _told(_malformed(exc))
        case HTTPException():
            return _told(_of_http(exc.status_code))
        case DomainError():
            return _told(Refused(HTTPStatus.BAD_REQUEST, message=str(exc)))
        case _:
            return _told(Refused(HTTPStatus.INTERNAL_SERVER_ERROR))


def _told(refused: Refused) -> Response:
    meta = {"code": int(refused.code), "type": refused.kind, "message": refused.message}
    return JSONResponse(
        {"meta": meta, "data": refused.data}, refused.status, headers=refused.retry_headers
    )


def _of_http(status: int) -> Refused:
    """Wrong methods are told as wrong addresses (inferred)."""
    missing = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
    return Refused(HTTPStatus.NOT_FOUND if status in missing else HTTPStatus.BAD_REQUEST)


def _malformed(exc: RequestValidationError) -> Refused:
    """By its first flaw: one in a field names it."""
    flaw = exc.errors()[0]
    if flaw["type"] in ("json_invalid", "model_attributes_type"):
        return Refused(BAD_JSON)
    where = [str(part) for part in flaw["loc"][1:] if isinstance(part, str)]
    if not where:
        return Refused(HTTPStatus.BAD_REQUEST)
    return Refused(NO_VALUE if flaw["type"] == "missing" else BAD_VALUE, where[0])
