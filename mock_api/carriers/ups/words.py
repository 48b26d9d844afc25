"""UPS's words for every scan: a table, no rules.

Types and two-character codes are those of the carriers facts, section 5.2; the three digits and
their texts are UPS's public list of package status codes, of which its own samples confirm 003,
005, 011, 021 and 071. UPS's list of 774 two-character codes tells no canonical meaning, so what is
marked *inferred* is our choice among the codes that are known.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan


@dataclass(frozen=True, slots=True)
class Status:
    """How UPS says it: in its network's words, and in those "for who does not understand
    transportation"."""

    type: str
    """M and MV manifest, I in progress, X exception, U update, D delivery."""
    code: str
    status_code: str
    description: str
    simplified: str


_LABEL: Final = Status(
    "M",
    "MP",
    "003",
    "Shipper created a label, UPS has not received the package yet.",
    "Shipment Ready for UPS",
)
_ON_THE_WAY: Final = "On the Way"
_CLEARING: Final = "Clearance in Progress"
_CLEARED: Final = "Clearance Completed"

SAID: Final[dict[Scan, Status]] = {
    Scan.ORDER_CREATED: _LABEL,
    Scan.LABEL_PRINTED: _LABEL,
    Scan.ORDER_CANCELLED: Status(
        "M", "MV", "007", "Shipment information was voided.", "Shipment Information Voided"
    ),
    Scan.PICKUP_SCHEDULED: _LABEL,
    Scan.PICKED_UP: Status("I", "OR", "005", "Origin Scan", _ON_THE_WAY),
    Scan.PICKUP_FAILED: Status(
        "X", "G5", "065", "The package was not ready for pickup.", "Pickup Attempted"
    ),
    Scan.ARRIVED_AT_HUB: Status("I", "AR", "005", "Arrived at Facility", _ON_THE_WAY),
    Scan.DEPARTED_FROM_HUB: Status("I", "DP", "005", "Departed from Facility", _ON_THE_WAY),
    # Inferred: UPS scans arrivals and departures, not what is in between.
    Scan.IN_TRANSIT: Status("I", "DP", "010", "In Transit", _ON_THE_WAY),
    # Inferred: the digits are those of the hand-over to a post office.
    Scan.TRANSFERRED_TO_CARRIER: Status(
        "I", "DP", "025", "Transferred to a local carrier for delivery", _ON_THE_WAY
    ),
    Scan.ARRIVED_AT_DESTINATION: Status("I", "AR", "005", "Arrived at Facility", _ON_THE_WAY),
    Scan.CUSTOMS_DECLARED: Status(
        "X", "SR", "012", "Your package is pending release from a Government Agency.", _CLEARING
    ),
    Scan.CUSTOMS_HELD: Status(
        "X",
        "DE",
        "058",
        "Your package is held: the clearing agency needs more information.",
        "Clearance Information Required",
    ),
    # Inferred: the facts give BV to whatever customs hold.
    Scan.CUSTOMS_INSPECTION: Status(
        "X", "BV", "012", "Your package is being inspected by the clearing agency.", _CLEARING
    ),
    Scan.CUSTOMS_RELEASED: Status(
        "I", "DA", "014", "Your package was released by the customs agency.", _CLEARED
    ),
    # Inferred.
    Scan.CUSTOMS_DUTY_PAID: Status("I", "DA", "012", "Duties or taxes were paid.", _CLEARING),
    Scan.CLEARANCE_COMPLETED: Status(
        "I", "DA", "014", "Your package has cleared customs and is on the way.", _CLEARED
    ),
    Scan.OUT_FOR_DELIVERY: Status("I", "OT", "021", "Out For Delivery Today", "Out for Delivery"),
    Scan.DELIVERY_ATTEMPTED: Status(
        "X",
        "G3",
        "060",
        "The receiver was not available. We will make another attempt.",
        "Delivery Attempted",
    ),
    Scan.DELIVERED: Status("D", "FS", "011", "DELIVERED", "Delivered"),
    Scan.DELIVERY_TO_LOCKER: Status(
        "I", "ZP", "040", "Delivered to UPS Access Point", "Awaiting Customer Pickup"
    ),
    Scan.AWAITING_PICKUP: Status(
        "X",
        "PD",
        "017",
        "The package is held for the customer to pick it up.",
        "Held for Customer Pickup",
    ),
    # Inferred: F4 stands beside FS and KB among deliveries.
    Scan.SIGNED_BY_THIRD_PARTY: Status("D", "F4", "011", "DELIVERED TO NEIGHBOR", "Delivered"),
    # Inferred: the facts give UO to what is sought.
    Scan.EXCEPTION: Status(
        "X", "UO", "013", "We have begun an investigation to locate the package.", "Exception"
    ),
    Scan.DAMAGED: Status(
        "X", "A1", "059", "The package was damaged in transit.", "Damage Reported"
    ),
    Scan.LOST: Status("X", "GJ", "013", "The package could not be located.", "Exception"),
    Scan.ADDRESS_ISSUE: Status(
        "X",
        "AG",
        "050",
        "The address is incorrect. This may delay delivery.",
        "Address Information Required",
    ),
    Scan.RECIPIENT_UNAVAILABLE: Status(
        "X", "L1", "060", "The receiver was not available for delivery.", "Delivery Attempted"
    ),
    Scan.REFUSED: Status(
        "X", "AM", "064", "The receiver does not want the package.", "Delivery Refused"
    ),
    Scan.RETURN_INITIATED: Status(
        "X", "RS", "033", "The package will be returned to the sender.", "Return Requested"
    ),
    Scan.IN_RETURN_TRANSIT: Status(
        "I", "RS", "036", "The package is on its way back.", "Returning to Sender: In Transit"
    ),
    Scan.RETURNED_TO_SENDER: Status("I", "DL", "034", "Returned to shipper", "Returned to Sender"),
    Scan.DELAYED: Status(
        "X", "DJ", "046", "The package is delayed. We are adjusting plans.", "Delay"
    ),
    # Inferred: an update that moves nothing.
    Scan.INFO_ONLY: Status("U", "SR", "012", "The receiver was informed.", "Update"),
    # Inferred: no carrier says so of its own parcels; somebody's hand may.
    Scan.EXPIRED: Status("X", "S8", "013", "No scan for an unusually long time.", "Exception"),
}
