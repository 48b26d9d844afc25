"""How TNT refuses: each service in a shape of its own.

Documented: the shapes (TNT's schemas, as karrio carries them), 9000 "Unauthorized Access" of
tracking, 115 "Consignment Reference Not Recognized" of shipping, P13 "Standard Rates" of pricing.
TNT's tables of codes are not public: where we know none, the code is 0, which is none of TNT's, and
the words are ours. HTTP statuses are inferred.
"""

from http import HTTPStatus
from typing import Final
from xml.etree.ElementTree import Element

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from mock_api.carriers.tnt import xml
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.errors import AlreadyCollected, BadWindow, CarriesNot, NoPickupHere
from simulator.shipments.windows import WindowFault

NO_CODE: Final = "0"
"""Where TNT has a code, and we do not know it."""
UNAUTHORIZED: Final = "9000"
MEDIA_TYPE: Final = "text/xml"
_FAILED: Final = (
    "The request to ExpressConnect has failed. Please contact your local service centre for "
    "further assistance"
)


class Refused(CarrierRefusal):
    """What is wrong with a request as a whole."""

    def __init__(
        self,
        words: str,
        status: int = HTTPStatus.OK,
        *,
        code: str = NO_CODE,
        reason: str = _FAILED,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(words)
        self.words, self.status = words, status
        self.code, self.reason = code, reason
        self.retry_after = retry_after


class Unreadable(Refused):
    """A document that is none, or may not be."""

    def __init__(self, flaw: xml.NotXml) -> None:
        super().__init__(flaw.reason)
        self.line, self.column = flaw.line, flaw.column


def unauthorized() -> Refused:
    """No login, or a wrong one."""
    words = "Unauthorized Access"
    return Refused(words, HTTPStatus.UNAUTHORIZED, code=UNAUTHORIZED, reason=words)


WORDS: Final = Words(
    throttled=lambda wait: Refused(
        "Too many requests", HTTPStatus.TOO_MANY_REQUESTS, retry_after=wait
    ),
    overloaded=lambda: Refused("Service unavailable", HTTPStatus.SERVICE_UNAVAILABLE),
    internal_error=lambda: Refused("Internal error", HTTPStatus.INTERNAL_SERVER_ERROR),
    forbidden=lambda: Refused("The address is not allowed", HTTPStatus.FORBIDDEN),
)


def answer(request: Request, exc: Exception) -> Response:
    """Every failure, in the shape of the service that was asked."""
    refused = _as_refusal(exc)
    shape = next((each for part, each in _SHAPES.items() if part in request.url.path), _shipping)
    headers = refused.retry_headers
    if refused.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="ExpressConnect"'
    return told(shape(refused), refused.status, headers)


def told(
    element: Element, status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
) -> Response:
    """A document, as it goes out."""
    return Response(xml.written(element), status, headers, MEDIA_TYPE)


def _as_refusal(exc: Exception) -> Refused:
    match exc:
        case Refused():
            return exc
        case HTTPException():
            return Refused(str(exc.detail), exc.status_code)
        case DomainError():
            return Refused(in_words(exc))
        case RequestValidationError():
            return Refused(str(exc.errors()[0]["msg"]), HTTPStatus.BAD_REQUEST)
        case _:
            return Refused("Internal error", HTTPStatus.INTERNAL_SERVER_ERROR)


# Shapes.


def _pricing(refused: Refused) -> Element:
    """Logins are for the customer to put right, and so a broken rule; a document that cannot be
    read is a parse error; everything else a runtime error."""
    document = xml.root("document")
    errors = xml.add(document, "errors")
    if isinstance(refused, Unreadable):
        error = xml.add(errors, "parseError")
        xml.add(error, "errorReason", refused.words)
        xml.add(error, "errorLine", refused.line)
        xml.add(error, "errorLinepos", refused.column)
    elif refused.code != NO_CODE:
        broken_rule(errors, "", refused.words)
    else:
        error = xml.add(errors, "runtimeError")
        xml.add(error, "errorReason", refused.reason)
        xml.add(error, "errorSrcText", refused.words)
    return document


def broken_rule(
    errors: Element, rate_id: str, words: str, *, kind: str = "E", code: str = NO_CODE
) -> None:
    """What a price check breaks: E an error, W a warning, I information."""
    rule = xml.add(errors, "brokenRule")
    xml.add_said(rule, rateId=rate_id, messageType=kind, code=code, description=words)


def _shipping(refused: Refused) -> Element:
    unreadable = isinstance(refused, Unreadable)
    error = xml.root("parse_error" if unreadable else "runtime_error")
    xml.add(error, "error_reason", refused.words if unreadable else refused.reason)
    if isinstance(refused, Unreadable):
        xml.add(error, "error_line", refused.line)
        xml.add(error, "error_linepos", refused.column)
    xml.add(error, "error_srcText", refused.words)
    return error


def _label(refused: Refused) -> Element:
    response = xml.root("labelResponse")
    broken_rules(response, "", refused.words)
    return response


def broken_rules(response: Element, key: str, words: str) -> None:
    """What is wrong with one consignment's label."""
    rules = xml.add(response, "brokenRules", **({"key": key} if key else {}))
    xml.add(rules, "errorCode", NO_CODE)
    xml.add(rules, "errorDescription", words)


def _tracking(refused: Refused) -> Element:
    response = xml.root("TrackResponse")
    error = xml.add(response, "Error")
    xml.add(error, "Code", refused.code)
    xml.add(error, "Message", refused.words)
    return response


_SHAPES: Final = {
    "/expressconnect/pricing/": _pricing,
    "/expressconnect/track": _tracking,
    "/ectrack/": _tracking,
    "/expresslabel/": _label,
    "/expresswebservices-website/": _label,
}
"""By part of the path; the rest is shipping's."""


# What the world refuses.

_NOT_CARRIED: Final = {
    Why.NO_SUCH_DESTINATION: "The service is not available between origin and destination",
    Why.NOT_FROM_THERE: "The service is not available between origin and destination",
    Why.TOO_HEAVY: "A piece is heavier than the service allows",
    Why.TOO_LONG: "A piece is longer than the service allows",
    Why.TOO_BIG: "A piece is larger than the service allows",
}
_WINDOWS: Final = {
    WindowFault.CLOSES_FIRST: "The collection time TO must be later than FROM",
    WindowFault.TOO_LATE: "The collection time is after the cut off time for that day",
    WindowFault.TOO_SHORT: "No TNT vehicle is in the area during the collection times",
    WindowFault.TOO_FAR_AHEAD: "The ship date is too far ahead",
}


def not_carried(why: str) -> str:
    """Why TNT does not take it."""
    return _NOT_CARRIED[Why(why)]


def in_words(exc: DomainError) -> str:
    """What the world refuses, as TNT may say it."""
    match exc:
        case CarriesNot():
            return not_carried(exc.why)
        case BadWindow():
            return f"{_WINDOWS[WindowFault(exc.why)]}: {exc.hint}"
        case NoPickupHere():
            return "TNT does not collect at that address"
        case AlreadyCollected():
            return "The consignment has been collected already"
        case _:
            return str(exc)
