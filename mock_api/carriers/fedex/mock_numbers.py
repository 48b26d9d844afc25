"""The tracking numbers that FedEx publishes for its sandbox: one a state, and each stands still.

What they tell is that of recorded answers of the sandbox where there are some (label, vehicle,
delivered, not available, returned, hold), with fewer stops on the way; the others follow their
published names. They check by no rule, and are accepted as they are.
"""

from dataclasses import dataclass
from typing import Any, Final

from mock_api.carriers.fedex.view import Event, latest, number_info
from mock_api.carriers.fedex.words import SAYS, Said
from simulator.carriers.scans import Scan

VIRTUAL: Final = {"code": "VIRTUAL.RESPONSE", "message": "This is a Virtual Response."}
"""The sandbox's remark on an answer that nobody's parcel has to do with."""

_LOCAL: Final = Said("AR", "At local FedEx facility", "IT", "DESTINATION_FEDEX_FACILITY")
_PICKED_UP: Final = (Scan.LABEL_PRINTED, Scan.PICKED_UP)
_UNDERWAY: Final = (*_PICKED_UP, Scan.ARRIVED_AT_HUB)
_LEFT: Final = (*_UNDERWAY, Scan.DEPARTED_FROM_HUB)
_ON_VEHICLE: Final = (*_LEFT, _LOCAL, Scan.OUT_FOR_DELIVERY)
_RETURNED: Final = "Shipper requested shipment to be returned - Unable to deliver shipment - "


def _undelivered(code: str, reason: str, action: str = "") -> Said:
    where = "DESTINATION_FEDEX_FACILITY"
    return Said("DE", "Delivery exception", "DE", where, code, reason, action, is_late=True)


@dataclass(frozen=True, slots=True)
class Town:
    """One end of a mock parcel's way."""

    city: str
    state: str
    postal_code: str

    @property
    def place(self) -> dict[str, Any]:
        return {
            "city": self.city,
            "stateOrProvinceCode": self.state,
            "postalCode": self.postal_code,
            "countryCode": "US",
            "countryName": "United States",
        }


_MEMPHIS: Final = Town("MEMPHIS", "TN", "38118")
_AWAY: Final = Town("BEVERLY HILLS", "CA", "90210")


@dataclass(frozen=True, slots=True)
class Mock:
    """What stands of one number."""

    story: tuple[Scan | Said, ...]
    """Oldest first, an event a day."""
    sender: Town = _MEMPHIS
    recipient: Town = _AWAY
    standing: Said | None = None
    """Its status, where that is not its last event."""
    received_by: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.story[-1] is Scan.DELIVERED


MOCKS: Final = {
    # Shipment information sent to FedEx.
    "449044304137821": Mock(
        (Scan.LABEL_PRINTED,),
        Town("JEFFERSONVILLE", "IN", "471307761"),
        Town("MIAMI", "FL", "33178"),
    ),
    # Tendered (the code is inferred).
    "149331877648230": Mock(
        (
            Scan.LABEL_PRINTED,
            Said("PX", "Tendered at FedEx location", "PU", "ORIGIN_FEDEX_FACILITY"),
        )
    ),
    "020207021381215": Mock(_PICKED_UP),
    "403934084723025": Mock(_UNDERWAY),
    "920241085725456": Mock((*_LEFT, _LOCAL)),
    # At destination sort facility.
    "568838414941": Mock(
        (*_LEFT, Said("SF", "At destination sort facility", "IT", "SORT_FACILITY"))
    ),
    "039813852990618": Mock(_LEFT),
    "231300687629630": Mock(
        _ON_VEHICLE, Town("WICHITA", "KS", "67226"), Town("MIAMI", "FL", "33178")
    ),
    "122816215025810": Mock(
        (*_ON_VEHICLE, Scan.DELIVERED),
        Town("SPOKANE", "WA", "99216"),
        Town("NORTON", "VA", "24273"),
        received_by="ROLLINS",
    ),
    "377101283611590": Mock(
        (
            *_ON_VEHICLE,
            _undelivered(
                "007",
                "Customer not available or business closed",
                "Delivery will be re-attempted the next business day.",
            ),
        ),
        Town("COLUMBUS", "OH", "43213"),
        Town("SACRAMENTO", "CA", "95828"),
    ),
    "852426136339213": Mock(
        (*_ON_VEHICLE, _undelivered("", "Local delivery restriction - Delivery not attempted"))
    ),
    "797615467620": Mock((*_ON_VEHICLE, _undelivered("03", "Incorrect address"))),
    "957794015041323": Mock((*_ON_VEHICLE, _undelivered("", "Unable to deliver shipment"))),
    "076288115212522": Mock(
        (
            *_ON_VEHICLE,
            Said(
                "RS",
                "Returning package to shipper",
                "DL",
                "DESTINATION_FEDEX_FACILITY",
                "060G",
                f"{_RETURNED}Returning to shipper",
            ),
        ),
        Town("TAMPA", "FL", "33634"),
        Town("GRIMES", "IA", "50111"),
        standing=_undelivered(
            "060G",
            f"{_RETURNED}Returning to shipper",
            "No action is required.  The package is being returned to the shipper.",
        ),
    ),
    "581190049992": Mock(
        (*_LEFT, Said("CD", "Clearance delay", "CD", "PORT_OF_ENTRY", is_late=True))
    ),
    "843119172384577": Mock(
        (*_ON_VEHICLE, Scan.AWAITING_PICKUP),
        Town("NASHVILLE", "TN", "37207"),
        Town("BERKELEY", "CA", "94704"),
    ),
    "070358180009382": Mock((Scan.LABEL_PRINTED, Scan.ORDER_CANCELLED)),
}
"""By number."""

_FIRST_DAY: Final = 2
_NEAR_THE_END: Final = ("DESTINATION_FEDEX_FACILITY", "VEHICLE", "DELIVERY_LOCATION")


def result_of(number: str, *, detailed: bool) -> dict[str, Any]:
    """One of ``trackResults``."""
    mock = MOCKS[number]
    events = _events(mock)
    shown = events if detailed else events[:1]
    standing = Event(mock.standing, events[0].date, events[0].place) if mock.standing else events[0]
    code = "FDXE" if len(number) == 12 else "FDXG"  # noqa: PLR2004 - Express numbers have twelve
    return {
        "trackingNumberInfo": number_info(number, f"12013~{number}~{code}", code),
        "additionalTrackingInfo": {"packageIdentifiers": [], "hasAssociatedShipments": False},
        "latestStatusDetail": latest(standing),
        "dateAndTimes": _dates(mock, events),
        "scanEvents": [event.shown() for event in shown],
        "availableImages": ([{"type": "SIGNATURE_PROOF_OF_DELIVERY"}] if mock.is_delivered else []),
        "deliveryDetails": _delivery(mock),
        "serviceDetail": _service(code),
        "shipperInformation": {"address": mock.sender.place},
        "recipientInformation": {"address": mock.recipient.place},
    }


def _events(mock: Mock) -> list[Event]:
    """Newest first."""
    found = []
    for day, step in enumerate(mock.story, start=_FIRST_DAY):
        said = SAYS[step] if isinstance(step, Scan) else step
        town = mock.recipient if said.where in _NEAR_THE_END else mock.sender
        found.append(Event(said, f"2014-01-{day:02d}T15:00:00-05:00", town.place))
    return found[::-1]


def _dates(mock: Mock, events: list[Event]) -> list[dict[str, str]]:
    delivered = {"type": "ACTUAL_DELIVERY", "dateTime": events[0].date}
    shipped = {"type": "SHIP", "dateTime": events[-1].date}
    return [delivered, shipped] if mock.is_delivered else [shipped]


def _delivery(mock: Mock) -> dict[str, Any]:
    details: dict[str, Any] = {"deliveryAttempts": "0"}
    if mock.is_delivered:
        details |= {
            "actualDeliveryAddress": mock.recipient.place,
            "locationType": "SHIPPING_RECEIVING",
            "receivedByName": mock.received_by,
        }
    return details


def _service(code: str) -> dict[str, str]:
    if code == "FDXG":
        return {"type": "FEDEX_GROUND", "description": "FedEx Ground", "shortDescription": "FG"}
    return {"type": "FEDEX_2_DAY", "description": "FedEx 2Day®", "shortDescription": "P2"}
