"""4PX's error codes, in the words of its documentation, in the envelope that every answer has.

HTTP is 200 whatever happens (inferred: of an unknown method, HTTP 500 with a text was observed).
Six digits are the gateway's, ``DS`` the order system's.
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
from simulator.errors import CarriesNot

Shape = dict[str, Any]

BAD_JSON: Final = "000004"
NO_SUCH_METHOD: Final = "000011"
BAD_SIGN: Final = "000012"
BAD_APP_KEY: Final = "000013"
BAD_PARAMETERS: Final = "000014"
UNAVAILABLE: Final = "000015"
THROTTLED: Final = "000017"
TIMEOUT: Final = "000020"
NOT_AUTHORIZED: Final = "000022"

CANNOT_FIND: Final = "0"
"""Of an order that is to be cancelled, held or tracked (documented example; tracking observed)."""
FAILURE: Final = "DS000000"
BAD_PARAMETER: Final = "DS000004"
NO_ORDER_NUMBER: Final = "DS000005"
NO_BUSINESS_TYPE: Final = "DS000009"
NOT_CANCELLABLE: Final = "DS000014"
NO_REQUEST_NUMBER: Final = "DS000015"
NO_REASON: Final = "DS000016"
NO_ORDER: Final = "DS000017"
TOO_LONG: Final = "DS000023"
NOT_FORECAST: Final = "DS000032"
BAD_COMMAND: Final = "DS000035"
HELD_ALREADY: Final = "DS000036"
NOT_HELD: Final = "DS000037"
BAD_DELIVER_TYPE: Final = "DS000042"
BAD_BUSINESS_TYPE: Final = "DS000044"
NO_LABEL: Final = "DS000046"
NO_PRODUCT: Final = "DS000110"
"""Not in the documentation's list; an integration quotes it."""

TEXTS: Final = {
    BAD_JSON: "JSON parsing failed",
    NO_SUCH_METHOD: "API interface does not exist",
    BAD_SIGN: "Signature verification error",
    BAD_APP_KEY: "app_key validation failed",
    BAD_PARAMETERS: "Invalid authentication parameters: {0}",
    UNAVAILABLE: "API interface unavailable",
    THROTTLED: "Too many requests; try again in one minute",
    TIMEOUT: "Request timeout or exception",
    NOT_AUTHORIZED: "User not authorized",
    CANNOT_FIND: "Can not find this order",
    FAILURE: "Failure: {0}",
    BAD_PARAMETER: "Parameter error: {0}",
    NO_ORDER_NUMBER: "Order number cannot be empty",
    NO_BUSINESS_TYPE: "Business type cannot be empty",
    NOT_CANCELLABLE: "This order number cannot be cancelled",
    NO_REQUEST_NUMBER: "Request ID cannot be empty",
    NO_REASON: "Cancellation reason cannot be empty",
    NO_ORDER: "Order not found",
    TOO_LONG: "Time difference cannot exceed 7 days",
    NOT_FORECAST: "Cannot intercept when not in forecast status",
    BAD_COMMAND: "Invalid command",
    HELD_ALREADY: "Interception failed; order already intercepted",
    NOT_HELD: "Cancel interception failed; order not intercepted",
    BAD_DELIVER_TYPE: "Invalid delivery type",
    BAD_BUSINESS_TYPE: "Invalid business type",
    NO_LABEL: "Label for this ticket does not exist",
    NO_PRODUCT: "product code does not exist: {0}",
}


class Refused(CarrierRefusal):
    """A call is. *reference*: the number that it is about."""

    def __init__(self, code: str, *about: object, reference: str = "") -> None:
        super().__init__(code, *about)
        self.code, self.reference = code, reference
        self.message = TEXTS[code].format(*about)


class LabelGone(CarrierRefusal):
    """A link leads to no label: the one thing that is no call of the gateway."""


WORDS: Final = Words(
    throttled=lambda _: Refused(THROTTLED),
    overloaded=lambda: Refused(UNAVAILABLE),
    internal_error=lambda: Refused(TIMEOUT),
    forbidden=lambda: Refused(NOT_AUTHORIZED),
)


def done(data: Any = None) -> Shape:
    """The envelope of a call that succeeds."""
    return {"result": "1", "msg": "System processing succeeded", "errors": None, "data": data}


def answer(_request: Request, exc: Exception) -> Response:
    """Any failure, in 4PX's words."""
    if isinstance(exc, LabelGone):
        return Response(status_code=HTTPStatus.NOT_FOUND)
    return _told(exc if isinstance(exc, Refused) else _in_words(exc))


def _in_words(exc: Exception) -> Refused:
    match exc:
        case RequestValidationError():
            return _malformed(exc)
        case HTTPException(status_code=HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED):
            return Refused(NO_SUCH_METHOD)
        case HTTPException():
            return Refused(BAD_JSON)
        case CarriesNot():
            return Refused(BAD_PARAMETER, f"the product does not take it, {exc.why}")
        case _:
            return Refused(FAILURE, exc) if isinstance(exc, DomainError) else Refused(TIMEOUT)


def _told(refused: Refused) -> Response:
    error = {
        "error_code": refused.code,
        "error_msg": refused.message,
        "error_data": None,
        "reference_code": refused.reference or None,
    }
    told = {
        "result": "0",
        "msg": "System processing failed",
        "errors": [error],
        "data": None,
    }
    return JSONResponse(told)


def _malformed(exc: RequestValidationError) -> Refused:
    """By its first flaw, with its place."""
    error = exc.errors()[0]
    if error["type"] == "json_invalid":
        return Refused(BAD_JSON)
    where = ".".join(str(part) for part in error["loc"][1:])
    return Refused(BAD_PARAMETER, f"{where or 'body'}, {error['msg']}")
