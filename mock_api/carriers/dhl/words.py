"""The vocabulary: which checkpoint DHL Express scans for each canonical scan.

Codes are of DHL's official list of forty; texts are those of the specification's samples, where it
has one. What happens on paper has no checkpoint: a shipment has none until it is picked up. Nor has
a loss: the parcel falls silent, and a trace begins. Inferred: TP, UD, RR, ND, OH, and CC for a
locker; and the words of the unified interface, which knows five only (a return is ``transit``
there: observed).
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

PRE_TRANSIT: Final = "pre-transit"
TRANSIT: Final = "transit"
DELIVERED: Final = "delivered"
FAILURE: Final = "failure"


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told."""

    code: str
    text: str
    """``{place}`` is the service area's name, ``{signed}`` who signed."""
    status: str = TRANSIT
    """In the unified interface."""
    ends: bool = False
    """No delivery is expected any more."""


SAID: Final[dict[Scan, Said | None]] = {
    Scan.ORDER_CREATED: None,
    Scan.ORDER_CANCELLED: None,
    Scan.LABEL_PRINTED: None,
    Scan.PICKUP_SCHEDULED: None,
    Scan.PICKED_UP: Said("PU", "Shipment picked up"),
    Scan.PICKUP_FAILED: None,
    Scan.ARRIVED_AT_HUB: Said("AF", "Arrived at DHL Sort Facility - {place}"),
    Scan.DEPARTED_FROM_HUB: Said("DF", "Shipment has departed from a DHL facility- {place}"),
    Scan.IN_TRANSIT: Said("PL", "Processed at- {place}"),
    Scan.TRANSFERRED_TO_CARRIER: Said("TP", "Forwarded to a third party - {place}"),
    Scan.ARRIVED_AT_DESTINATION: Said("AR", "Arrived at DHL Delivery Facility - {place}"),
    Scan.CUSTOMS_DECLARED: Said("IC", "In clearance processing- {place}"),
    Scan.CUSTOMS_HELD: Said("CD", "Controllable clearance delay- {place}"),
    Scan.CUSTOMS_INSPECTION: Said("UD", "Uncontrollable clearance delay- {place}"),
    Scan.CUSTOMS_RELEASED: Said("CR", "Clearance processing complete at- {place}"),
    Scan.CUSTOMS_DUTY_PAID: Said("RR", "Customs clearance status updated. "),
    Scan.CLEARANCE_COMPLETED: Said("CR", "Clearance processing complete at- {place}"),
    Scan.OUT_FOR_DELIVERY: Said("WC", "Shipment is out with courier for delivery"),
    Scan.DELIVERY_ATTEMPTED: Said("ND", "Shipment not delivered", FAILURE),
    Scan.DELIVERED: Said("OK", "Delivered : {signed}", DELIVERED, ends=True),
    Scan.DELIVERY_TO_LOCKER: Said("CC", "Awaiting collection by the consignee"),
    Scan.AWAITING_PICKUP: Said("CC", "Awaiting collection by the consignee"),
    Scan.SIGNED_BY_THIRD_PARTY: Said("OK", "Delivered : {signed}", DELIVERED, ends=True),
    Scan.EXCEPTION: Said("OH", "Shipment is on hold"),
    Scan.DAMAGED: Said("DD", "Shipment damaged", FAILURE),
    Scan.LOST: None,
    Scan.ADDRESS_ISSUE: Said("BA", "Bad address", FAILURE),
    Scan.RECIPIENT_UNAVAILABLE: Said("NH", "Consignee not home", FAILURE),
    Scan.REFUSED: Said("RD", "Delivery refused", FAILURE),
    Scan.RETURN_INITIATED: Said("RT", "Returned to consignor", ends=True),
    Scan.IN_RETURN_TRANSIT: Said("RT", "Returned to consignor", ends=True),
    Scan.RETURNED_TO_SENDER: Said("RT", "Returned to consignor", ends=True),
    Scan.DELAYED: Said("OH", "Shipment is on hold"),
    Scan.INFO_ONLY: None,
    Scan.EXPIRED: None,
}
