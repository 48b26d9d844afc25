"""How MyDHL API refuses: problem documents whose status is text.

Documented: the form, ``Missing mandatory parameters: …``, ``required key [x] not found``, 998, 999,
1001, 1004, 404's three titles. Inferred: 401, 403, 405, 429 and 503 in that form, and every text
that says what the world refuses and DHL's documents do not.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.errors import BadWindow, CarriesNot, CourierOnTheWay, NotFound, WrongStatus
from simulator.shipments.windows import WindowFault

MEDIA_TYPE: Final = "application/problem+json"
NOT_NEAR: Final = "998: The shipment date cannot be in the past or more than 10 days in future."
NO_LANE: Final = "1004: Product not available between this origin and destination."
CANCELLED_ALREADY: Final = "Pickup already cancelled or completed"
_NO_SHIPMENT: Final = "Operation not possible since shipment information not found"
_PROCESS_FAILURE: Final = (
    "999: Process failure occurred. Process ID associated for that transaction (1234567890)"
)
SEVERAL: Final = "Multiple problems found, see Additional Details"

_WORDS_OF: Final = {
    HTTPStatus.BAD_REQUEST: ("Bad request", "Bad request"),
    HTTPStatus.UNAUTHORIZED: ("Unauthorized", "Unauthorized"),
    HTTPStatus.FORBIDDEN: ("Forbidden", "Forbidden"),
    HTTPStatus.NOT_FOUND: ("Not found", "Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Method not allowed", "Method not allowed"),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("Validation error", "Unprocessable Entity"),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too many requests", "Too many requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Internal Server Error", "Internal Server Error"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Service unavailable", "Service unavailable"),
}
"""Title and message."""


class Refused(CarrierRefusal):
    """A call of MyDHL API's is refused."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        title: str = "",
        more: Sequence[str] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.title = status, detail, title
        self.more = list(more)
        self.retry_after = retry_after


def missing(*parameters: str) -> Refused:
    """What has to be in the query is not."""
    detail = f"Missing mandatory parameters: {', '.join(parameters)}"
    return Refused(HTTPStatus.BAD_REQUEST, detail, "Missing parameters")


def ill_formed(name: str, valid: Sequence[str]) -> Refused:
    detail = (
        f"Parameters not having correct format: {name} "
        f"(valid parameters for {name} are [{', '.join(valid)}]"
    )
    return Refused(HTTPStatus.BAD_REQUEST, detail, "Wrong format")


def no_data(detail: str) -> Refused:
    """DHL's own spelling."""
    return Refused(HTTPStatus.NOT_FOUND, detail, "Not data found")


def not_available(product: str) -> Refused:
    """No such product."""
    detail = f"1001: The requested product(s) ({product}) not available based on your search "
    return Refused(HTTPStatus.BAD_REQUEST, f"{detail}criteria.")


WORDS: Final = Words(
    throttled=lambda wait: Refused(
        HTTPStatus.TOO_MANY_REQUESTS, "Too many requests", retry_after=wait
    ),
    overloaded=lambda: Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Service unavailable"),
    internal_error=lambda: Refused(HTTPStatus.INTERNAL_SERVER_ERROR, _PROCESS_FAILURE),
    forbidden=lambda: Refused(HTTPStatus.FORBIDDEN, "The address is not allowed"),
)


def answer(request: Request, exc: Exception) -> Response:
    """Every failure, as a problem document."""
    refused = as_refusal(exc)
    title, message = _WORDS_OF[refused.status]
    document: dict[str, Any] = {
        "instance": instance(request),
        "detail": refused.detail,
        "title": refused.title or title,
        "message": refused.title if refused.status == HTTPStatus.NOT_FOUND else message,
        "status": str(int(refused.status)),
    }
    document["message"] = document["message"] or message
    if refused.more:
        document["additionalDetails"] = refused.more
    return JSONResponse(
        document, refused.status, headers=refused.retry_headers, media_type=MEDIA_TYPE
    )


def instance(request: Request) -> str:
    """Where it happened, as DHL names it: ``/expressapi/tracking?…``."""
    path = request.url.path.partition("/mydhlapi")[2].removeprefix("/test")
    query = request.url.query
    return f"/expressapi{path}?{query}" if query else f"/expressapi{path}"


def as_refusal(exc: Exception) -> Refused:
    """What is wrong, whoever says so."""
    match exc:
        case Refused():
            return exc
        case RequestValidationError():
            return _ill_formed_body(exc)
        case HTTPException():
            return Refused(_status(exc.status_code), str(exc.detail))
        case DomainError():
            return _of_the_world(exc)
        case _:
            return Refused(HTTPStatus.INTERNAL_SERVER_ERROR, _PROCESS_FAILURE)


def _status(code: int) -> HTTPStatus:
    return next((status for status in _WORDS_OF if status == code), HTTPStatus.BAD_REQUEST)


def _ill_formed_body(exc: RequestValidationError) -> Refused:
    errors = exc.errors()
    asked = [str(error["loc"][-1]) for error in errors if error["loc"][0] == "query"]
    if asked and any(error["type"] == "missing" for error in errors):
        return missing(*asked)
    if asked:
        detail = f"Parameters not having correct format: {', '.join(asked)}"
        return Refused(HTTPStatus.BAD_REQUEST, detail, "Wrong format")
    flaws = [_flaw(error) for error in errors]
    if len(flaws) == 1:
        return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, flaws[0])
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, SEVERAL, more=flaws)


def _flaw(error: dict[str, Any]) -> str:
    """``#/content/packages/0: required key [weight] not found``."""
    *path, last = [str(part) for part in error["loc"][1:]] or [""]
    if error["type"] == "missing" and last:
        return f"#/{'/'.join(path)}: required key [{last}] not found"
    return f"#/{'/'.join([*path, last])}: {error['msg']}"


_WINDOWS: Final = {
    WindowFault.CLOSES_FIRST: "The close time has to be later than the planned pickup time",
    WindowFault.TOO_FAR_AHEAD: NOT_NEAR,
}


def _of_the_world(exc: DomainError) -> Refused:
    if isinstance(exc, NotFound):
        detail = "Pickup not found" if exc.kind == "pickup" else _NO_SHIPMENT
        return Refused(HTTPStatus.NOT_FOUND, detail)
    return Refused(HTTPStatus.BAD_REQUEST, _detail(exc))


def _detail(exc: DomainError) -> str:
    match exc:
        case WrongStatus() | CourierOnTheWay():
            return CANCELLED_ALREADY
        case CarriesNot(why=Why.NO_SUCH_DESTINATION):
            return NO_LANE
        case CarriesNot():
            return f"The shipment exceeds the limits of the product: {exc.why}"
        case BadWindow():
            return _WINDOWS.get(WindowFault(exc.why), f"No pickup in that window: {exc.hint}")
        case _:
            return str(exc)
