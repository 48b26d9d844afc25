"""The vocabulary: what YunExpress says for each canonical scan.

The letters of a package's status are documented (N, F, T, D, E, R, C), and so are those of an
order's (A, B, C, D, E, Y). Codes of nodes are the six that public integrations quote from pushes;
where none is known, the code is empty, and which scan is which node is inferred. Descriptions are
ours.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

NAME: Final = "yunexpress"
CARRIER: Final = "yunexpress"
"""Whose parcels it knows: its own, and no other's."""

NOT_FOUND: Final = "N"
FORECAST: Final = "F"
IN_TRANSIT: Final = "T"
DELIVERED: Final = "D"
ABNORMAL: Final = "E"
RETURNED: Final = "R"
CANCELLED: Final = "C"

CREATED: Final = "ORDER_CREATION"
ARRIVED: Final = "FIRST_MILE_ARRIVE"
MOVING: Final = "IN_TRANSIT"
LANDED: Final = "MAIN_LINE_ARRIVE"
ON_ROUND: Final = "DELIVERY_ATTEMPT"
SIGNED: Final = "DELIVERED"
UNKNOWN_NODE: Final = ""


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told."""

    status: str
    """The package's, until the next one."""
    node: str
    description: str
    settles: bool = True
    """The package's status is this one; otherwise it stays what it was."""


SAID: Final[dict[Scan, Said]] = {
    Scan.ORDER_CREATED: Said(FORECAST, CREATED, "Shipment information received"),
    Scan.ORDER_CANCELLED: Said(CANCELLED, UNKNOWN_NODE, "Order cancelled"),
    Scan.LABEL_PRINTED: Said(FORECAST, CREATED, "Label printed"),
    Scan.PICKUP_SCHEDULED: Said(FORECAST, CREATED, "Pickup scheduled"),
    Scan.PICKED_UP: Said(IN_TRANSIT, ARRIVED, "Parcel received"),
    Scan.PICKUP_FAILED: Said(FORECAST, UNKNOWN_NODE, "Pickup failed"),
    Scan.ARRIVED_AT_HUB: Said(IN_TRANSIT, MOVING, "Arrived at facility"),
    Scan.DEPARTED_FROM_HUB: Said(IN_TRANSIT, MOVING, "Departed from facility"),
    Scan.IN_TRANSIT: Said(IN_TRANSIT, MOVING, "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Said(IN_TRANSIT, MOVING, "Handed over to the local carrier"),
    Scan.ARRIVED_AT_DESTINATION: Said(IN_TRANSIT, LANDED, "Arrived in the destination country"),
    Scan.CUSTOMS_DECLARED: Said(IN_TRANSIT, MOVING, "Presented to customs"),
    Scan.CUSTOMS_HELD: Said(ABNORMAL, UNKNOWN_NODE, "Held by customs"),
    Scan.CUSTOMS_INSPECTION: Said(IN_TRANSIT, MOVING, "Customs inspection"),
    Scan.CUSTOMS_RELEASED: Said(IN_TRANSIT, MOVING, "Released by customs"),
    Scan.CUSTOMS_DUTY_PAID: Said(IN_TRANSIT, MOVING, "Customs duty paid"),
    Scan.CLEARANCE_COMPLETED: Said(IN_TRANSIT, MOVING, "Customs clearance completed"),
    Scan.OUT_FOR_DELIVERY: Said(IN_TRANSIT, ON_ROUND, "Out for delivery"),
    Scan.DELIVERY_ATTEMPTED: Said(ABNORMAL, UNKNOWN_NODE, "Delivery attempt failed"),
    Scan.DELIVERED: Said(DELIVERED, SIGNED, "Parcel has been delivered"),
    Scan.DELIVERY_TO_LOCKER: Said(IN_TRANSIT, MOVING, "Placed in a parcel locker"),
    Scan.AWAITING_PICKUP: Said(IN_TRANSIT, MOVING, "Awaiting collection by the recipient"),
    Scan.SIGNED_BY_THIRD_PARTY: Said(DELIVERED, SIGNED, "Signed for by a third party"),
    Scan.EXCEPTION: Said(ABNORMAL, UNKNOWN_NODE, "Exception"),
    Scan.DAMAGED: Said(ABNORMAL, UNKNOWN_NODE, "Parcel damaged"),
    Scan.LOST: Said(ABNORMAL, UNKNOWN_NODE, "Parcel lost"),
    Scan.ADDRESS_ISSUE: Said(ABNORMAL, UNKNOWN_NODE, "Address incorrect or incomplete"),
    Scan.RECIPIENT_UNAVAILABLE: Said(ABNORMAL, UNKNOWN_NODE, "Recipient not available"),
    Scan.REFUSED: Said(ABNORMAL, UNKNOWN_NODE, "Refused by the recipient"),
    Scan.RETURN_INITIATED: Said(RETURNED, UNKNOWN_NODE, "Return to sender"),
    Scan.IN_RETURN_TRANSIT: Said(RETURNED, UNKNOWN_NODE, "On its way back to the sender"),
    Scan.RETURNED_TO_SENDER: Said(RETURNED, UNKNOWN_NODE, "Returned to the sender"),
    Scan.DELAYED: Said(IN_TRANSIT, MOVING, "Delayed", settles=False),
    Scan.INFO_ONLY: Said(IN_TRANSIT, MOVING, "Recipient notified", settles=False),
    Scan.EXPIRED: Said(ABNORMAL, UNKNOWN_NODE, "No news for a long time"),
}
