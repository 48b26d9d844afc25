"""How YunExpress refuses: an envelope with ``success`` false, a code, and a message.

Only HTTP 401 and 429 are documented. Its codes are not published: here the code is the HTTP status
that says it best. What is wrong with an order is told with HTTP 200 (inferred). A ``request_id`` is
documented, and not sent: so an integration observed.
"""

from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from mock_api.kernel.wall_clock import wall_seconds
from simulator import DomainError
from simulator.errors import AlreadyCollected, CarriesNot, NotFound

Shape = dict[str, Any]


class Refused(CarrierRefusal):
    """A call is. *status* is HTTP's; the code is the same, if none is given."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(status, message)
        self.status, self.message, self.retry_after = status, message, retry_after
        self.code = str(status if code is None else code)


def wrong(message: str, code: int = HTTPStatus.BAD_REQUEST) -> Refused:
    """Something is wrong with the order that a call is about."""
    return Refused(HTTPStatus.OK, message, code=int(code))


def unknown(number: str) -> Refused:
    return wrong(f"order {number} does not exist", HTTPStatus.NOT_FOUND)


def stranger(why: str) -> Refused:
    return Refused(HTTPStatus.UNAUTHORIZED, why)


WORDS: Final = Words(
    throttled=lambda retry_after: Refused(
        HTTPStatus.TOO_MANY_REQUESTS, "too many requests", retry_after=retry_after
    ),
    overloaded=lambda: Refused(HTTPStatus.SERVICE_UNAVAILABLE, "service unavailable"),
    internal_error=lambda: Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "internal error"),
    forbidden=lambda: Refused(HTTPStatus.FORBIDDEN, "address not allowed"),
)


def done(result: Any = None, **more: Any) -> Shape:
    """The envelope of a call that succeeds. A call that has nothing to tell leaves the result
    out. Code and message are those of the description's one example that has them."""
    told = {} if result is None else {"result": result}
    head = {"t": int(wall_seconds()), "success": True, "code": "00000000", "msg": "处理成功"}
    return head | told | more


def answer(_request: Request, exc: Exception) -> Response:
    """Any failure, in YunExpress's words."""
    match exc:
        case Refused():
            return _told(exc)
        case RequestValidationError():
            return _told(_malformed(exc))
        case HTTPException():
            phrase = HTTPStatus(exc.status_code).phrase.lower()
            return _told(Refused(exc.status_code, phrase))
        case DomainError():
            return _told(_by_world(exc))
        case _:
            return _told(WORDS.internal_error())


def _told(refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    body = {
        "t": int(wall_seconds()),
        "success": False,
        "code": refused.code,
        "msg": refused.message,
    }
    return JSONResponse(body, refused.status, headers=refused.retry_headers)


def _malformed(exc: RequestValidationError) -> Refused:
    """By its first flaw, with its place."""
    error = exc.errors()[0]
    where = ".".join(str(part) for part in error["loc"][1:])
    return wrong(f"{where or 'body'}: {error['msg']}")


def _by_world(exc: DomainError) -> Refused:
    match exc:
        case NotFound():
            return wrong(str(exc), HTTPStatus.NOT_FOUND)
        case CarriesNot():
            return wrong(f"the product does not take this package: {exc.why}")
        case AlreadyCollected():
            return wrong(f"order {exc.key} has been received already")
        case _:
            return wrong(str(exc))
