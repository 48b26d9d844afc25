"""What FedEx's tracking says of each scan.

Event codes are FedEx's published list of tracking status codes; derived codes, location types and
most sentences are those of recorded answers of its sandbox. Which code a scan of the model gets is
carriers' common usage where the list leaves a choice, and inferred where this page says so.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

DERIVED: Final = {
    "IN": "Initiated",
    "PU": "Picked up",
    "IT": "In transit",
    "DL": "Delivered",
    "DE": "Delivery exception",
    "SE": "Shipment exception",
    "CD": "Clearance delay",
    "DY": "Delay",
    "HL": "Ready for pickup",
    "CA": "Cancelled",
}
"""Derived status codes, and how they are said (SE, DY and CA inferred)."""


@dataclass(frozen=True, slots=True)
class Said:
    """One event in FedEx's words."""

    event: str
    description: str
    derived: str
    where: str
    """The type of the place."""
    exception: str = ""
    """A code of its own for what went wrong."""
    reason: str = ""
    action: str = ""
    """What happens next, where something went wrong."""
    is_late: bool = False
    """It comes later for that."""
    standing: str = ""
    """The code of the parcel's status while it stands so, where that is not the event's own."""


_CUSTOMER: Final = "CUSTOMER"
_FACILITY: Final = "FEDEX_FACILITY"
_AT_DESTINATION: Final = "DESTINATION_FEDEX_FACILITY"
_BORDER: Final = "PORT_OF_ENTRY"
_DOOR: Final = "DELIVERY_LOCATION"
_RELEASED: Final = Said("CC", "International shipment release - Import", "IT", _BORDER)
_CLEARING: Final = Said("CP", "Clearance in progress", "IT", _BORDER)
_ANNOUNCED: Final = Said("OC", "Shipment information sent to FedEx", "IN", _CUSTOMER)
_DELIVERED: Final = Said("DL", "Delivered", "DL", _DOOR)


def _held(reason: str) -> Said:
    return Said("CD", "Clearance delay", "CD", _BORDER, reason=reason, is_late=True)


def _exception(reason: str, code: str = "") -> Said:
    return Said("SE", "Shipment exception", "SE", _FACILITY, code, reason, is_late=True)


def _undelivered(code: str, reason: str, action: str = "") -> Said:
    return Said(
        "DE", "Delivery exception", "DE", _AT_DESTINATION, code, reason, action, is_late=True
    )


SAYS: Final[dict[Scan, Said]] = {
    Scan.ORDER_CREATED: _ANNOUNCED,
    Scan.LABEL_PRINTED: _ANNOUNCED,
    Scan.ORDER_CANCELLED: Said("CA", "Shipment cancelled by sender", "CA", _CUSTOMER),
    Scan.PICKUP_SCHEDULED: Said("EP", "Enroute to pickup", "IN", _CUSTOMER),
    Scan.PICKED_UP: Said("PU", "Picked up", "PU", "PICKUP_LOCATION"),
    Scan.PICKUP_FAILED: Said("PD", "Pickup delay", "IN", "PICKUP_LOCATION", is_late=True),
    Scan.ARRIVED_AT_HUB: Said("AR", "Arrived at FedEx location", "IT", _FACILITY),
    Scan.DEPARTED_FROM_HUB: Said("DP", "Departed FedEx location", "IT", _FACILITY),
    Scan.IN_TRANSIT: Said("IT", "In transit", "IT", _FACILITY),
    Scan.TRANSFERRED_TO_CARRIER: Said("TR", "Transfer", "IT", "INTERLINE_CARRIER"),
    Scan.ARRIVED_AT_DESTINATION: Said("PL", "Plane landed", "IT", "DESTINATION_AIRPORT"),
    Scan.CUSTOMS_DECLARED: _CLEARING,
    Scan.CUSTOMS_HELD: _held("Clearance delay - information required"),
    Scan.CUSTOMS_INSPECTION: _held("Clearance delay - inspection"),
    Scan.CUSTOMS_RELEASED: _RELEASED,
    Scan.CUSTOMS_DUTY_PAID: _CLEARING,
    Scan.CLEARANCE_COMPLETED: _RELEASED,
    Scan.OUT_FOR_DELIVERY: Said("OD", "On FedEx vehicle for delivery", "IT", "VEHICLE"),
    Scan.DELIVERY_ATTEMPTED: _undelivered(
        "08",
        "Customer not available or business closed",
        "Delivery will be re-attempted the next business day.",
    ),
    Scan.DELIVERED: _DELIVERED,
    Scan.DELIVERY_TO_LOCKER: Said("HL", "Hold at location", "HL", _AT_DESTINATION),
    Scan.AWAITING_PICKUP: Said(
        "HP",
        "Ready for recipient pickup",
        "IT",
        _AT_DESTINATION,
        "015A",
        "Package available for pickup",
        standing="HL",
    ),
    Scan.SIGNED_BY_THIRD_PARTY: _DELIVERED,
    Scan.EXCEPTION: _exception("Shipment cannot be located"),
    Scan.DAMAGED: _exception("Damaged"),
    Scan.LOST: _exception("Shipment lost - Contact the shipper"),
    Scan.ADDRESS_ISSUE: _undelivered("03", "Incorrect address"),
    Scan.RECIPIENT_UNAVAILABLE: _undelivered("08", "Customer not available or business closed"),
    Scan.REFUSED: _undelivered("07", "Shipment refused by recipient"),
    Scan.RETURN_INITIATED: Said(
        "RS",
        "Returning package to shipper",
        "DE",
        _AT_DESTINATION,
        reason="Unable to deliver shipment - Returning to shipper",
        action="No action is required.  The package is being returned to the shipper.",
        is_late=True,
    ),
    Scan.IN_RETURN_TRANSIT: Said("RS", "Returning package to shipper", "IT", _FACILITY),
    Scan.RETURNED_TO_SENDER: Said("RS", "Package returned to shipper", "DL", _DOOR),
    Scan.DELAYED: Said("DY", "Delay", "DY", _FACILITY, is_late=True),
    Scan.INFO_ONLY: Said("PM", "In progress", "IT", _FACILITY),
    Scan.EXPIRED: _exception("No scheduled delivery date available at this time."),
}
"""Every scan. Inferred: PM for mere news, SE for what is lost, mislaid, damaged or silent, the
exception codes of Express (03, 07, 08), and RS with DL's derived code for a parcel that is home."""
