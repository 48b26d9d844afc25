"""How FedEx says no: dotted codes with a sentence each.

Codes and sentences are those of its published lists, for authorization, pickup and track. Where no
list is public (ship, rate) they are what integrations have been answered; ``docs/fedex-api.md``
says which are inferred.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import Words
from simulator import DomainError
from simulator.carriers.prices import Why
from simulator.errors import (
    AlreadyCollected,
    BadWindow,
    CarriesNot,
    NoPickupHere,
    NotFound,
    PickupStands,
    UnknownName,
)
from simulator.shipments.windows import WindowFault


class Refused(CarrierRefusal):
    """One call is refused, for one reason."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        parameters: tuple[tuple[str, str], ...] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message
        self.parameters = parameters
        self.retry_after = retry_after

    @property
    def error(self) -> dict[str, Any]:
        """As one of ``errors``."""
        said = {"code": self.code, "message": self.message}
        if not self.parameters:
            return said
        return said | {"parameterList": [{"key": k, "value": v} for k, v in self.parameters]}


@dataclass(frozen=True, slots=True)
class No:
    """A refusal that can be made as often as needed."""

    status: int
    code: str
    message: str

    def said(self, *parameters: tuple[str, str], **words: str) -> Refused:
        return Refused(self.status, self.code, self.message.format(**words), parameters=parameters)


# Who calls, and how often.

BAD_CREDENTIALS: Final = No(
    401,
    "NOT.AUTHORIZED.ERROR",
    "The given client credentials were not valid. Please modify your request and try again.",
)
BAD_TOKEN: Final = No(
    401,
    "NOT.AUTHORIZED.ERROR",
    "Access token expired. Please modify your request and try again.",
)
OTHER_PROJECT: Final = No(
    401,
    "NOT.AUTHORIZED.ERROR",
    "Your project is not authorized for this API. Please check your permissions and try again.",
)
BAD_GRANT: Final = No(
    400,
    "BAD.REQUEST.ERROR",
    "Missing or duplicate parameters. Please modify your request and try again.",
)
NO_JSON: Final = No(
    400, "BAD.REQUEST.ERROR", "The body is not JSON. Please modify your request and try again."
)
FORBIDDEN: Final = No(
    403,
    "FORBIDDEN.ERROR",
    "We could not authorize your credentials. Please check your permissions and try again.",
)
NO_SUCH_RESOURCE: Final = No(
    404,
    "NOT.FOUND.ERROR",
    "The resource you requested is no longer available. Please modify your request and try again.",
)
INTERNAL: Final = No(
    500,
    "INTERNAL.SERVER.ERROR",
    "We encountered an unexpected error and are working to resolve the issue. We apologize for any "
    "inconvenience. Please check back at a later time.",
)
UNAVAILABLE: Final = No(
    503,
    "SERVICE.UNAVAILABLE.ERROR",
    "The service is currently unavailable and we are working to resolve the issue. We apologize "
    "for any inconvenience. Please check back at a later time.",
)
TOO_MANY: Final = No(
    429,
    "TOO.MANY.REQUESTS",
    "We have received too many requests in a short duration. Please wait a while to try again.",
)

# What is asked.

INVALID_INPUT: Final = No(422, "INVALID.INPUT.EXCEPTION", "Invalid field value in the input")
BAD_ACCOUNT: Final = No(
    400,
    "ACCOUNT.NUMBER.INVALID",
    "Account number not found. Please provide a valid account number.",
)
NO_SERVICE: Final = No(
    400,
    "RATE.LOCATION.NOSERVICE",
    "FedEx service is not currently available to this origin / destination combination. Enter new "
    "information or contact FedEx Customer Service.",
)
BAD_SERVICE: Final = No(
    400,
    "SERVICETYPE.NOT.FOUND",
    "Service type is not provided or is invalid. Please provide a valid service type.",
)
BAD_SHIP_DATE: Final = No(
    400,
    "SHIPDATE.VALUE.INVALID",
    "The ship date is invalid. Please select the next available date to ship.",
)
TOO_HEAVY: Final = No(400, "PACKAGE.WEIGHT.INVALID", "Package weight is missing or invalid.")
TOO_LARGE: Final = No(
    400, "SHIPMENT.PACKAGEDIMENSION.INVALID", "Package dimensions are missing or invalid."
)
ALREADY_CANCELLED: Final = No(
    400, "SHIPMENT.ALREADY.CANCELLED", "Shipment has already been cancelled."
)
IN_TRANSIT: Final = No(
    400, "SHIPMENT.IN.TRANSIT", "Shipment cannot be cancelled: FedEx has it already."
)

# Tracking.

NUMBER_MISSING: Final = No(400, "TRACKING.TRACKINGNUMBER.EMPTY", "Please provide tracking number.")
NUMBER_INVALID: Final = No(
    400,
    "TRACKING.TRACKINGNUMBER.INVALID",
    "Invalid tracking number. Please correct the tracking number format and try again.",
)
NUMBER_UNKNOWN: Final = No(
    404,
    "TRACKING.TRACKINGNUMBER.NOTFOUND",
    "Tracking number cannot be found. Please correct the tracking number and try again.",
)
TOO_MANY_NUMBERS: Final = No(
    400,
    "TRACKING.TRACKINGNUMBERS.LIMITEXCEEDED",
    "Please limit your inquiry to 30 tracking numbers or references.",
)
NO_DOCUMENT: Final = No(
    400,
    "TRACKINGDOCUMENT.DOCUMENT.UNAVAILABLE",
    "Signature Proof of Delivery is not currently available for this Tracking Number. Availability "
    "of signature images may take up to 5 days after delivery date. Please try later.",
)

# Pickups.

NOT_HERE: Final = No(
    400,
    "PICKUP.LOCATION.UNAVAILABLE",
    "We cannot schedule a pickup for your location. Please contact FedEx Customer Service to "
    "schedule a pickup or select Drop-off to drop your package off at a FedEx location.",
)
PREVIOUS_DAY: Final = No(
    400,
    "PICKUP.REQUESTED.PREVIOUS.DAY",
    "Cannot schedule a pickup requested for a previous day.",
)
NO_WORKING_DAY: Final = No(400, "PICKUPDATE.NOT.WORKINGDAY", "Pickup Date not a working day.")
TOO_FAR: Final = No(400, "PICKUPDATE.TOO.FAR", "Pickup Date too far in future.")
BAD_READY_TIME: Final = No(400, "READY.TIME.INVALID", "Invalid ready time")
BAD_LATEST_TIME: Final = No(400, "LATEST.TIME.INVALID", "Invalid latest time available")
TOO_SHORT: Final = No(
    400,
    "FDSDMINIMUM.HOUR.REQUIRED",
    "Make sure you allow a minimum of {hours} hours between ready time and latest available time.",
)
NOT_BEFORE_CLOSE: Final = No(400, "UNABLE.TO.PICKUP", "Unable To Pickup before Close time.")
PICKUP_EXISTS: Final = No(400, "PICKUP.ALREADY.EXISTS", "A pickup already exists.")
NO_PICKUP: Final = No(400, "NO.DISPATCH.FOUND", "No Dispatch found for this account.")
CANCELLED_TWICE: Final = No(400, "DUPLICATE.REQUEST.CANCEL", "Duplicate cancel request")
TOO_LATE_TO_CANCEL: Final = No(
    400,
    "PICKUP.CANCELLATION.NOTALLOWED",
    "Pickup cancellation requested for an already completed/past date pickup with confirmation ID "
    "{confirmation} is not allowed.",
)
BAD_LOCATION: Final = No(
    400, "PICKUPCREATE.PACKAGELOCATION.INVALID", "Location is missing or invalid."
)
CARRIER_MISSING: Final = No(400, "PICKUP.CARRIERCODE.REQUIRED", "Carrier code is required")
BAD_CARRIER: Final = No(
    400, "PICKUP.CARRIERCODE.INVALID", "Pickup CarrierCode is missing or invalid."
)
POSTAL_CODE_MISSING: Final = No(400, "PICKUP.POSTALCODE.MISSING", "PostalCode is missing.")
STREET_MISSING: Final = No(400, "PICKUP.STREETLINE.MISSING", "Street line is missing")
RELATIONSHIP_MISSING: Final = No(
    400, "COUNTRY.RELATIONSHIP.REQUIRED", "Country relationship is missing"
)
REQUEST_TYPE_MISSING: Final = No(
    400, "PICKUPREQUESTTYPE.VALUE.REQUIRED", "PickupRequestType array missing or empty"
)
BAD_TIMESTAMP: Final = No(
    400,
    "INCORRECT.READYTIMESTAMP.FORMAT",
    "Please provide a valid date time format for ex 2019-02-07T10:00:00Z",
)
BAD_CLOSE_TIME: Final = No(
    400,
    "INCORRECT.COMPANYCLOSETIME.FORMAT",
    "Please use the required company close time format: HH:MM:SS.",
)
BAD_DISPATCH_DATE: Final = No(
    400,
    "INCORRECT.DISPATCHDATE.FORMAT",
    "Please use the required dispatch date format: YYYY-MM-DD.",
)
BAD_SCHEDULED_DATE: Final = No(
    400,
    "INCORRECT.SCHEDULEDDATE.FORMAT",
    "Please use the required scheduled date format: YYYY-MM-DD.",
)

WORDS: Final = Words(
    throttled=lambda retry_after: Refused(
        TOO_MANY.status, TOO_MANY.code, TOO_MANY.message, retry_after=retry_after
    ),
    overloaded=UNAVAILABLE.said,
    internal_error=INTERNAL.said,
    forbidden=FORBIDDEN.said,
)

_WHY_NOT: Final = {
    Why.NO_SUCH_DESTINATION: NO_SERVICE,
    Why.NOT_FROM_THERE: NO_SERVICE,
    Why.TOO_HEAVY: TOO_HEAVY,
    Why.TOO_LONG: TOO_LARGE,
    Why.TOO_BIG: TOO_LARGE,
}
_BAD_WINDOW: Final = {
    WindowFault.CLOSES_FIRST: BAD_LATEST_TIME,
    WindowFault.TOO_SHORT: NOT_BEFORE_CLOSE,
    WindowFault.TOO_LATE: NOT_BEFORE_CLOSE,
    WindowFault.TOO_FAR_AHEAD: TOO_FAR,
}


def declined(why: str) -> Refused:
    """The carrier does not take it: a word of ``prices.Why``."""
    return _WHY_NOT[Why(why)].said(("reason", why))


def said_of(exc: DomainError) -> Refused:
    """What the world refuses, in FedEx's words."""
    tell = _TELLS.get(type(exc))
    return tell(exc) if tell else INVALID_INPUT.said(("reason", str(exc)))


_TELLS: Final[dict[type[DomainError], Callable[[Any], Refused]]] = {
    CarriesNot: lambda exc: declined(exc.why),
    BadWindow: lambda exc: _BAD_WINDOW[WindowFault(exc.why)].said(("hint", exc.hint)),
    NoPickupHere: lambda _: NOT_HERE.said(),
    PickupStands: lambda exc: PICKUP_EXISTS.said(("pickupConfirmationCode", exc.confirmation)),
    AlreadyCollected: lambda exc: IN_TRANSIT.said(("trackingNumber", exc.key)),
    NotFound: lambda exc: NUMBER_UNKNOWN.said(("trackingNumber", exc.key)),
    UnknownName: lambda _: BAD_SERVICE.said(),
}
"""What else it refuses is a matter of values."""
