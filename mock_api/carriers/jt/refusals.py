"""Every refusal in J&T's form: HTTP 200 with ``{"code": "145003030", "msg": "…", "data": null}``,
here without the null.

Codes and texts are those of J&T's documentation (Egypt, Saudi Arabia, Malaysia). A code that
befalls calls too many is not public: that is a plain failure, "0".
"""

from typing import Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.errors import AlreadyCollected, BadWindow, CarriesNot, NoPickupHere, NotFound

TEXTS: Final = {
    "0": "fail",
    "145003010": "API account does not exist",
    "145003012": "API account has no interface permissions",
    "145003030": "headers signature verification failed",
    "145003031": "Business parameter signature verification failed",
    "145003040": "Internal call exception",
    "145003042": "Order modification failed",
    "145003050": "Illegal parameters",
    "145003051": "apiAccount is empty!",
    "145003052": "digest is empty!",
    "145003053": "timestamp is empty!",
    "145003060": "Illegal region",
    "145003061": "Illegal city",
    "145003064": "Data not found",
    "145003080": "Customer not found",
    "145003082": "Customer order number cannot be empty or too long",
    "145003083": "Incomplete sender information",
    "145003084": "Incomplete recipient information",
    "145003085": "Phone number cannot be empty",
    "145003086": "Incomplete address information",
    "145003087": (
        "Please check whether the order type, service type, delivery type, item type, shipment "
        "type and settlement method are legal"
    ),
    "145003088": "Incomplete service time information",
    "145003089": "Cancellation reason cannot be empty",
    "145003092": "The weight information is not legal",
    "145003097": "Illegal time range",
    "145003100": "Illegal waybill number",
    "145003101": "Customer order number already exists, cannot place an order!",
    "145003102": "Illegal page number",
    "145003111": "The total number of parcels is invalid",
    "145003200": "Please check if the service type is legal with the value of 01 or 02",
    "145003201": "Picked up status can not be modified",
    "145003202": "Cancelled status can not be modified",
    "145003502": "The quantity of the waybill number exceeds 30",
    "145005000": "System error",
    "145013501": "The quantity of the waybill number exceeds 1000",
}


class Refused(CarrierRefusal):
    """One code; *why* is added to its text."""

    def __init__(
        self, code: str, why: str = "", *, status: int = 200, retry_after: int | None = None
    ) -> None:
        super().__init__(code, why)
        self.code = code
        self.message = f"{TEXTS[code]}: {why}" if why else TEXTS[code]
        self.status = status
        self.retry_after = retry_after


WORDS: Final = Words(
    throttled=lambda retry_after: Refused("0", "too many requests", retry_after=retry_after),
    overloaded=lambda: Refused("145005000"),
    internal_error=lambda: Refused("145003040"),
    forbidden=lambda: Refused("145003012"),
)

_NOT_CARRIED: Final = {
    Why.NO_SUCH_DESTINATION: "145003060",
    Why.NOT_FROM_THERE: "145003060",
    Why.TOO_HEAVY: "145003092",
    Why.TOO_LONG: "145003050",
    Why.TOO_BIG: "145003050",
}


def answer(_request: Request, exc: Exception) -> Response:
    """Whatever went wrong, in J&T's words."""
    match exc:
        case Refused():
            return _told(exc)
        case DomainError():
            return _told(in_words(exc))
        case HTTPException():  # no such path or method, or too long a body: the gateway's
            return _told(Refused("145003050", status=exc.status_code))
        case _:
            return _told(Refused("145005000", status=500))


def in_words(exc: DomainError) -> Refused:
    """What the world refuses."""
    match exc:
        case CarriesNot():
            why = Why(exc.why)
            return Refused(_NOT_CARRIED[why], why.replace("_", " "))
        case BadWindow():
            return Refused("145003088", exc.hint)
        case NoPickupHere():
            return Refused("145003061", str(exc))
        case AlreadyCollected():
            return Refused("145003201")
        case NotFound():
            return Refused("145003064")
        case _:
            return Refused("145003050", str(exc))


def _told(refused: Refused) -> JSONResponse:
    body = {"code": refused.code, "msg": refused.message}
    return JSONResponse(body, refused.status, headers=refused.retry_headers)
