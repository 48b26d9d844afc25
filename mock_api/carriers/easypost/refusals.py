"""How EasyPost refuses: one envelope, codes of its published list, HTTP statuses of its guide.

Sources: docs.easypost.com/docs/errors; the recorded replies in EasyPost/easypost-python; the list
of codes in DefinitelyTyped's types for @easypost/api. Where a code is used for a case that
nobody has recorded, docs/easypost-api.md says so.
"""

from collections.abc import Sequence
from typing import Any, Final

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError, errors

BAD_REQUEST: Final = 400
UNAUTHORIZED: Final = 401
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
INVALID: Final = 422
TOO_MANY: Final = 429


class Refused(CarrierRefusal):
    """One refusal in EasyPost's words."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: Sequence[tuple[str, str]] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message
        self.fields = tuple(fields)
        self.retry_after = retry_after

    @property
    def body(self) -> dict[str, Any]:
        told = [{"field": field, "message": message} for field, message in self.fields]
        return {"error": {"code": self.code, "message": self.message, "errors": told}}


def invalid(code: str, message: str, *fields: tuple[str, str]) -> Refused:
    """The request can be read, and cannot be done."""
    return Refused(INVALID, code, message, fields)


def missing(*names: str) -> Refused:
    """As recorded in test_error.yaml."""
    fields = [(name, "cannot be blank") for name in names]
    return Refused(INVALID, "PARAMETER.REQUIRED", "Missing required parameter.", fields)


def not_found() -> Refused:
    return Refused(NOT_FOUND, "NOT_FOUND", "The requested resource could not be found.")


WORDS: Final = Words(
    throttled=lambda retry_after: Refused(
        TOO_MANY, "RATE_LIMITED", "Too many requests, please slow down.", (), retry_after
    ),
    overloaded=lambda: Refused(503, "SERVICE_UNAVAILABLE", "The service is unavailable."),
    internal_error=lambda: Refused(
        500, "INTERNAL_SERVER_ERROR", "We're sorry, something went wrong."
    ),
    forbidden=lambda: Refused(
        FORBIDDEN, "FORBIDDEN", "Requests from this address are not allowed."
    ),
)

_CODES: Final[dict[type[DomainError], str]] = {
    errors.CarriesNot: "SHIPMENT.POSTAGE.FAILURE",
    errors.BadWindow: "PICKUP.BUY.FAILED",
    errors.NoPickupHere: "PICKUP.BUY.FAILED",
    errors.PickupStands: "PICKUP.BUY.FAILED",
    errors.CourierOnTheWay: "PICKUP.CANCEL.FAILED",
    errors.BadSetting: "SHIPMENT.INVALID_PARAMS",
    errors.UnknownName: "SHIPMENT.MISSING_RATE",
}


def from_domain(refusal: DomainError) -> Refused:
    """What the world refuses, where no call has words of its own for it."""
    if isinstance(refusal, errors.NotFound):
        return not_found()
    code = _CODES.get(type(refusal), "BAD_REQUEST")
    return Refused(INVALID, code, f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
