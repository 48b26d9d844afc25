"""17TRACK's error codes, in the words of its help page; and how an exception is told.

What is wrong with one number is told among the rejected of an answer that succeeds. What is wrong
with a call as a whole is told in ``data.errors``, with HTTP 200, but for strangers (401), too many
calls (429), wrong addresses (404) and our own failures.
"""

from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError

IP_NOT_ALLOWED: Final = -18010001
BAD_KEY: Final = -18010002
INTERNAL: Final = -18010003
MISSING: Final = -18010010
BAD_VALUE: Final = -18010011
BAD_FORMAT: Final = -18010012
BAD_DATA: Final = -18010013
TOO_MANY: Final = -18010014
NOT_POSTAL: Final = -18010016
NO_WEBHOOK: Final = -18010204
SEVERAL_CARRIERS: Final = -18019801
BAD_NEW_CARRIER: Final = -18019802
SAME_CARRIER: Final = -18019803
NO_NEW_CARRIER: Final = -18019804
WRONG_OLD_CARRIER: Final = -18019805
CHANGE_OF_STOPPED: Final = -18019806
TOO_MANY_CHANGES: Final = -18019807
CHANGE_TOO_EARLY: Final = -18019808
CHANGE_TO_REGISTERED: Final = -18019809
NOT_UNIQUE: Final = -18019810
NOTHING_TO_CHANGE: Final = -18019811
ALREADY_REGISTERED: Final = -18019901
NOT_REGISTERED: Final = -18019902
NOT_DETECTED: Final = -18019903
NOT_STOPPED: Final = -18019904
RETRACKED_BEFORE: Final = -18019905
NOT_TRACKED: Final = -18019906
QUOTA_SPENT: Final = -18019908
NO_INFO_YET: Final = -18019909
BAD_CARRIER: Final = -18019910
NO_REAL_TIME: Final = -18019912

TEXTS: Final = {
    IP_NOT_ALLOWED: "Your IP is not in the whitelist. You can set it in the dashboard.",
    BAD_KEY: "Invalid security key.",
    INTERNAL: "Internal service error. Please try again later.",
    MISSING: "Please provide the data '{0}'.",
    BAD_VALUE: "The value of data '{0}' is invalid.",
    BAD_FORMAT: "The format of '{0}' is invalid.",
    BAD_DATA: "Invalid submitted data.",
    TOO_MANY: "Tracking numbers exceed the 40 limit.",
    NOT_POSTAL: "Last-mile carrier can only be set for postal services.",
    NO_WEBHOOK: "Webhook URL not set, cannot push data.",
    SEVERAL_CARRIERS: "The tracking number is registered with multiple carriers. Please specify"
    " which one by the carrier_old parameter.",
    BAD_NEW_CARRIER: "The parameter carrier_new '{0}' is incorrect.",
    SAME_CARRIER: "The carrier code to be changed cannot be the same as the current one.",
    NO_NEW_CARRIER: "The carrier code to be changed must be specified by carrier_new or"
    " final_carrier_new.",
    WRONG_OLD_CARRIER: "The tracking number '{0}' is not registered with that carrier, or the"
    " existing carrier parameter carrier_old is incorrect.",
    CHANGE_OF_STOPPED: "Carrier cannot be changed for stopped numbers. Please retrack the number"
    " before changing the carrier.",
    TOO_MANY_CHANGES: "The times for changing carrier exceed limit.",
    CHANGE_TOO_EARLY: "The tracking result has not been returned after the latest registration or"
    " modification. Please wait for it before changing the carrier.",
    CHANGE_TO_REGISTERED: "The tracking number '{0}' is registered with that carrier already.",
    NOT_UNIQUE: "Data that meet the update condition are not unique.",
    NOTHING_TO_CHANGE: "The data to be changed is not valid.",
    ALREADY_REGISTERED: "The tracking number '{0}' has been registered, don't need to repeat"
    " registration.",
    NOT_REGISTERED: "The tracking number '{0}' does not register, please register first.",
    NOT_DETECTED: "The carrier can not be detected.",
    NOT_STOPPED: "Retrack is not allowed. You can only retrack stopped number.",
    RETRACKED_BEFORE: "Retrack is not allowed. You can only retrack each number once.",
    NOT_TRACKED: "Stop tracking is not allowed. You can only stop numbers that are being tracked.",
    QUOTA_SPENT: "Your quotas have run out.",
    NO_INFO_YET: "No tracking information at this time.",
    BAD_CARRIER: "The carrier value '{0}' is not correct.",
    NO_REAL_TIME: "The real-time query interface is not authorized.",
}
_STATUS_TEXTS: Final = {
    HTTPStatus.NOT_FOUND: "Incorrect request URL.",
    HTTPStatus.TOO_MANY_REQUESTS: "Request frequency exceeds the allowed limit.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Service temporarily unavailable.",
}


class Rejected(Exception):
    """One number of a call is; the others go on."""

    def __init__(self, code: int, *about: object) -> None:
        super().__init__(code, *about)
        self.code = code
        self.message = TEXTS[code].format(*about)


class Refused(CarrierRefusal):
    """A call is, as a whole. Where 17TRACK documents an HTTP status and no code, the code is the
    status (inferred)."""

    def __init__(
        self,
        code: int,
        *about: object,
        status: int = HTTPStatus.OK,
        message: str = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.status, self.retry_after = code, status, retry_after
        self.message = message or TEXTS[code].format(*about)


def _by_status(status: int, retry_after: int | None = None) -> Refused:
    known = HTTPStatus(status)
    text = _STATUS_TEXTS.get(known, known.phrase)
    return Refused(status, status=status, message=text, retry_after=retry_after)


def internal_error() -> Refused:
    return Refused(INTERNAL, status=HTTPStatus.INTERNAL_SERVER_ERROR)


WORDS: Final = Words(
    throttled=lambda retry_after: _by_status(HTTPStatus.TOO_MANY_REQUESTS, retry_after),
    overloaded=lambda: _by_status(HTTPStatus.SERVICE_UNAVAILABLE),
    internal_error=internal_error,
    forbidden=lambda: Refused(IP_NOT_ALLOWED, status=HTTPStatus.UNAUTHORIZED),
)


def answer(_request: Request, exc: Exception) -> Response:
    """Any failure, in 17TRACK's words."""
    match exc:
        case Refused():
            return _told(exc)
        case RequestValidationError():
            return _told(_malformed(exc))
        case HTTPException():
            return _told(_by_status(exc.status_code))
        case DomainError():
            return _told(Refused(BAD_DATA, message=str(exc)))
        case _:
            return _told(internal_error())


def _told(refused: Refused) -> Response:
    errors = [{"code": refused.code, "message": refused.message}]
    body: dict[str, Any] = {"code": refused.code, "data": {"errors": errors}}
    return JSONResponse(body, refused.status, headers=refused.retry_headers)


def _malformed(exc: RequestValidationError) -> Refused:
    """By its first flaw: one in a field names it."""
    where = [part for part in exc.errors()[0]["loc"][1:] if isinstance(part, str)]
    return Refused(BAD_VALUE, where[-1]) if where else Refused(BAD_DATA)
