"""The vocabulary: what 17TRACK says for each canonical scan.

Nine main statuses and thirty sub-statuses are documented; which scan is which, is inferred where
the facts' table has no row (a pickup that failed, duties, a locker). Descriptions are ours: the
real ones are whatever the carrier wrote.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

NAME: Final = "17track"
"""Of the dialect, and of the view that it looks through."""

STAGES: Final = (
    "InfoReceived",
    "PickedUp",
    "Departure",
    "Arrival",
    "AvailableForPickup",
    "OutForDelivery",
    "Delivered",
    "Returning",
    "Returned",
)
"""Key stages, in the order in which milestones are listed."""
INFO_RECEIVED, PICKED_UP, DELIVERED = STAGES[0], STAGES[1], STAGES[6]
NOT_FOUND: Final = "NotFound_Other"
EXPIRED: Final = "Expired_Other"


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told."""

    sub_status: str
    description: str
    stage: str | None = None
    settles: bool = True
    """The parcel's status is this one, until the next; otherwise it stays what it was."""

    @property
    def status(self) -> str:
        return main_status(self.sub_status)


def main_status(sub_status: str) -> str:
    """``InTransit`` of ``InTransit_PickedUp``."""
    return sub_status.partition("_")[0]


SAID: Final[dict[Scan, Said]] = {
    Scan.ORDER_CREATED: Said("InfoReceived", "Shipment information received", INFO_RECEIVED),
    Scan.ORDER_CANCELLED: Said("Exception_Cancel", "Shipment cancelled by the sender"),
    Scan.LABEL_PRINTED: Said("InfoReceived", "Label created", INFO_RECEIVED),
    Scan.PICKUP_SCHEDULED: Said("InfoReceived", "Pickup scheduled", INFO_RECEIVED),
    Scan.PICKED_UP: Said("InTransit_PickedUp", "Picked up", PICKED_UP),
    Scan.PICKUP_FAILED: Said("Exception_Other", "Pickup attempt unsuccessful"),
    Scan.ARRIVED_AT_HUB: Said("InTransit_Other", "Arrived at sorting center"),
    Scan.DEPARTED_FROM_HUB: Said("InTransit_Departure", "Departed", "Departure"),
    Scan.IN_TRANSIT: Said("InTransit_Other", "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Said("InTransit_Other", "Handed over to local carrier"),
    Scan.ARRIVED_AT_DESTINATION: Said(
        "InTransit_Arrival", "Arrived in the country of destination", "Arrival"
    ),
    Scan.CUSTOMS_DECLARED: Said("InTransit_CustomsProcessing", "Presented to customs"),
    Scan.CUSTOMS_HELD: Said(
        "InTransit_CustomsRequiringInformation", "Held by customs, information required"
    ),
    Scan.CUSTOMS_INSPECTION: Said("InTransit_CustomsProcessing", "Customs inspection"),
    Scan.CUSTOMS_RELEASED: Said("InTransit_CustomsReleased", "Released by customs"),
    Scan.CUSTOMS_DUTY_PAID: Said("InTransit_CustomsProcessing", "Customs duties paid"),
    Scan.CLEARANCE_COMPLETED: Said("InTransit_CustomsReleased", "Customs clearance completed"),
    Scan.OUT_FOR_DELIVERY: Said("OutForDelivery_Other", "Out for delivery", "OutForDelivery"),
    Scan.DELIVERY_ATTEMPTED: Said("DeliveryFailure_Other", "Delivery attempted"),
    Scan.DELIVERED: Said("Delivered_Other", "Delivered", DELIVERED),
    Scan.DELIVERY_TO_LOCKER: Said(
        "AvailableForPickup_Other", "Placed in parcel locker", "AvailableForPickup"
    ),
    Scan.AWAITING_PICKUP: Said(
        "AvailableForPickup_Other", "Awaiting collection by the recipient", "AvailableForPickup"
    ),
    Scan.SIGNED_BY_THIRD_PARTY: Said("Delivered_Other", "Signed for by a third party", DELIVERED),
    Scan.EXCEPTION: Said("Exception_Other", "Exception"),
    Scan.DAMAGED: Said("Exception_Damage", "Damage reported"),
    Scan.LOST: Said("Exception_Lost", "Shipment declared lost"),
    Scan.ADDRESS_ISSUE: Said("DeliveryFailure_InvalidAddress", "Incorrect or incomplete address"),
    Scan.RECIPIENT_UNAVAILABLE: Said("DeliveryFailure_NoBody", "Recipient not available"),
    Scan.REFUSED: Said("DeliveryFailure_Rejected", "Refused by the recipient"),
    Scan.RETURN_INITIATED: Said("Exception_Returning", "Return to sender", "Returning"),
    Scan.IN_RETURN_TRANSIT: Said("Exception_Returning", "On its way back to sender", "Returning"),
    Scan.RETURNED_TO_SENDER: Said("Exception_Returned", "Returned to sender", "Returned"),
    Scan.DELAYED: Said("Exception_Delayed", "Delayed"),
    Scan.INFO_ONLY: Said("InTransit_Other", "Recipient notified", settles=False),
    Scan.EXPIRED: Said(EXPIRED, "No news for a long time"),
}
