"""Every refusal in UPS's form, and what of the world's refusals it says.

``{"response": {"errors": [{"code": "250002", "message": "…"}]}}``, as the OpenAPI files have it.
Codes of six and seven digits are those of UPS's developer guides and of replies that users have
published; docs/ups-api.md lists them, and which of them we had to choose.
"""

from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError

INVALID_TOKEN: Final = "Invalid token or token is not present."  # noqa: S105
_TOO_LARGE: Final = 413
_BY_STATUS: Final = {
    404: "The requested resource was not found.",
    405: "The requested method is not allowed for this resource.",
}
"""UPSTrackAlert.yaml: the code is the status."""


class Refused(CarrierRefusal):
    """One error, with its HTTP status."""

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 400,
        *,
        retry_after: int | None = None,
        beside: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status
        self.retry_after = retry_after
        self.beside = beside or {}
        """What stands beside the errors."""


def breaks_rules(what: str) -> Refused:
    """The developer guides' code, common to all APIs, for values that no field's own code fits."""
    return Refused("10006", f"The request contains a value that breaks the rules: {what}")


def unauthorized(code: str, message: str) -> Refused:
    return Refused(code, message, 401)


WORDS: Final = Words(
    throttled=lambda retry_after: Refused(
        "10429", "Too Many Requests", 429, retry_after=retry_after
    ),
    overloaded=lambda: Refused("20001", "General process failure", 503),
    internal_error=lambda: Refused("20001", "General process failure", 500),
    # The OpenAPI files call a 403 so, and give no code.
    forbidden=lambda: Refused("403", "Blocked Merchant", 403),
)


def answer(_request: Request, exc: Exception) -> Response:
    """Whatever went wrong, in UPS's words."""
    match exc:
        case Refused():
            return _told(exc)
        case RequestValidationError():
            return _told(_misshapen(exc))
        case DomainError():
            return _told(breaks_rules(str(exc)))
        case HTTPException():
            return _told(_unserved(exc.status_code))
        case _:
            return _told(Refused("20001", "General process failure", 500))


def _unserved(status: int) -> Refused:
    """No such path or method, or no body that anybody could read."""
    if status == _TOO_LARGE:
        words = "The message is too large to be processed by the Application"
        return Refused("10013", words, status)
    if status in _BY_STATUS:
        return Refused(str(status), _BY_STATUS[status], status)
    return Refused("10001", "The request is not well formed", status)


def _told(refused: Refused) -> JSONResponse:
    errors = [{"code": refused.code, "message": refused.message}]
    body = {"response": {"errors": errors}} | refused.beside
    return JSONResponse(body, refused.status, headers=refused.retry_headers)


def _misshapen(exc: RequestValidationError) -> Refused:
    """A body that is none, or whose fields have the wrong form."""
    first = exc.errors()[0]
    if first["type"] == "json_invalid":
        return Refused("10001", "The request is not well formed")
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    if not where:
        return Refused("10003", "The request is either empty or null")
    return Refused("10002", f"The request is well formed but is not valid: {where}: {first['msg']}")
