"""TNT's words for every scan: a table, no rules.

TNT publishes no list of status codes (carriers facts, section 12). *Observed* codes and texts are
those of tracking replies that users have published with their clients (200MPH/tnt, karrio). Where
an observed one says what a scan means, it is used, and marked *inferred*. Where none does, the code
is empty, and the text ours: no client can have learnt a code from us that TNT does not have.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

IN_TRANSIT: Final = "INT"
EXCEPTION: Final = "EXC"
DELIVERED: Final = "DEL"
NOT_FOUND: Final = "CNF"


@dataclass(frozen=True, slots=True)
class Status:
    """How TNT says it."""

    code: str
    """Empty: none is known."""
    description: str
    summary: str
    """What the whole consignment is then; empty: as before."""


_PAPER: Final = Status("", "", NOT_FOUND)
"""TNT tracks what its depots have scanned: before that, a consignment is not found."""
_IN_TRANSIT: Final = "Shipment In Transit."
_BY_AUTHORITIES: Final = "Delay Due To Authorities. Recovery Action Underway"
_RECOVERING: Final = "Shipment Delayed In Transit Recovery Actions Underway"
_AT_LOCATION: Final = "Shipment Received At Tnt Location"
_IN_GOOD_CONDITION: Final = "Shipment Delivered In Good Condition."

SAID: Final[dict[Scan, Status]] = {
    Scan.ORDER_CREATED: _PAPER,
    Scan.ORDER_CANCELLED: _PAPER,
    Scan.LABEL_PRINTED: _PAPER,
    Scan.PICKUP_SCHEDULED: _PAPER,
    Scan.PICKUP_FAILED: _PAPER,
    Scan.PICKED_UP: Status("PU", "Shipment Collected From Customer", IN_TRANSIT),
    Scan.ARRIVED_AT_HUB: Status("IS", _AT_LOCATION, IN_TRANSIT),
    Scan.DEPARTED_FROM_HUB: Status("OS", _IN_TRANSIT, IN_TRANSIT),
    Scan.IN_TRANSIT: Status("TR", _IN_TRANSIT, IN_TRANSIT),
    # Inferred.
    Scan.TRANSFERRED_TO_CARRIER: Status("TR", _IN_TRANSIT, IN_TRANSIT),
    Scan.ARRIVED_AT_DESTINATION: Status("AS", "Shipment Received At Transit Point.", IN_TRANSIT),
    Scan.CUSTOMS_DECLARED: Status("", "Import Clearance In Progress", IN_TRANSIT),
    # Inferred: the authorities are customs.
    Scan.CUSTOMS_HELD: Status("LAA", _BY_AUTHORITIES, EXCEPTION),
    Scan.CUSTOMS_INSPECTION: Status("LAA", _BY_AUTHORITIES, EXCEPTION),
    Scan.CUSTOMS_RELEASED: Status("", "Released By Customs", IN_TRANSIT),
    Scan.CUSTOMS_DUTY_PAID: Status("", "Duty And Taxes Paid", IN_TRANSIT),
    Scan.CLEARANCE_COMPLETED: Status("", "Import Clearance Completed", IN_TRANSIT),
    Scan.OUT_FOR_DELIVERY: Status("OD", "Out For Delivery.", IN_TRANSIT),
    Scan.DELIVERY_ATTEMPTED: Status("", "Delivery Attempted", EXCEPTION),
    Scan.DELIVERED: Status("OK", _IN_GOOD_CONDITION, DELIVERED),
    Scan.DELIVERY_TO_LOCKER: Status("", "Held At A Collection Point", IN_TRANSIT),
    Scan.AWAITING_PICKUP: Status("", "Held For Collection By Receiver", IN_TRANSIT),
    # Inferred.
    Scan.SIGNED_BY_THIRD_PARTY: Status("OK", _IN_GOOD_CONDITION, DELIVERED),
    # Inferred: something is wrong, and is looked into.
    Scan.EXCEPTION: Status("NR", _RECOVERING, EXCEPTION),
    Scan.DAMAGED: Status(
        "CDB", "Packaging Damaged. Repacked And Forwarded For Delivery", EXCEPTION
    ),
    Scan.LOST: Status("", "Shipment Missing", EXCEPTION),
    Scan.ADDRESS_ISSUE: Status("", "Address Incorrect Or Incomplete", EXCEPTION),
    Scan.RECIPIENT_UNAVAILABLE: Status("", "Receiver Not Available", EXCEPTION),
    Scan.REFUSED: Status("", "Refused By Receiver", EXCEPTION),
    Scan.RETURN_INITIATED: Status("", "Returning To Sender", EXCEPTION),
    Scan.IN_RETURN_TRANSIT: Status("", "In Transit Back To Sender", EXCEPTION),
    Scan.RETURNED_TO_SENDER: Status("", "Returned To Sender", EXCEPTION),
    Scan.DELAYED: Status("NR", _RECOVERING, EXCEPTION),
    Scan.INFO_ONLY: Status("", "Receiver Informed", ""),
    # No carrier says so of its own parcels; somebody's hand may.
    Scan.EXPIRED: Status("", "No Scan For An Unusually Long Time", EXCEPTION),
}
