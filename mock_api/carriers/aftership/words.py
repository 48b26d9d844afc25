"""AfterShip's words: tags, subtags, and what each scan of the world is called.

Tags and subtags with their messages: AfterShip's pages "Delivery statuses" and "Delivery
sub-statuses" of 2026-07 (three public copies of the table agree; 016 to 021 since March 2026).
Which scan has which subtag: carriers facts, section 5.2; what is not there is marked as inferred.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

NAME: Final = "aftership"
"""Of the dialect, and of its view."""

PENDING: Final = "Pending_001"
EXPIRED: Final = "Expired_001"
INFO_RECEIVED: Final = "InfoReceived_001"
RETURNED: Final = "Exception_011"

TAGS: Final = (
    "Pending",
    "InfoReceived",
    "InTransit",
    "OutForDelivery",
    "AttemptFail",
    "Delivered",
    "AvailableForPickup",
    "Exception",
    "Expired",
)

SUBTAGS: Final = {
    "Pending_001": "Pending",
    "InfoReceived_001": "Info Received",
    "InTransit_001": "In Transit",
    "InTransit_002": "Acceptance scan",
    "InTransit_003": "Arrival scan",
    "InTransit_004": "Arrived at the destination country",
    "InTransit_005": "Customs clearance completed",
    "InTransit_006": "Customs clearance started",
    "InTransit_007": "Departure Scan",
    "OutForDelivery_001": "Out for Delivery",
    "AttemptFail_001": "Failed Attempt",
    "AttemptFail_002": "Addressee not available",
    "AvailableForPickup_001": "Available for pickup",
    "Delivered_001": "Delivered",
    "Delivered_005": "Delivered to neighbor",
    "Exception_001": "Exception",
    "Exception_003": "Customer refused delivery",
    "Exception_004": "Delayed (Customs clearance)",
    "Exception_005": "Delayed (External factors)",
    "Exception_007": "Incorrect Address",
    "Exception_010": "Returning to sender",
    "Exception_011": "Returned to sender",
    "Exception_012": "Shipment damage",
    "Exception_013": "Shipment lost",
    "Exception_020": "Shipment cancelled",
    "Expired_001": "Expired",
}
"""Those that are said here, with their messages."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told: its subtag, and the courier's own line (ours)."""

    subtag: str
    message: str


SAID: Final = {
    Scan.ORDER_CREATED: Said(INFO_RECEIVED, "Shipment information sent to carrier"),
    Scan.LABEL_PRINTED: Said(INFO_RECEIVED, "Shipping label created"),
    Scan.ORDER_CANCELLED: Said("Exception_020", "Shipment cancelled by sender"),
    Scan.PICKUP_SCHEDULED: Said(INFO_RECEIVED, "Pickup scheduled"),
    Scan.PICKED_UP: Said("InTransit_002", "Picked up"),
    Scan.PICKUP_FAILED: Said("Exception_001", "Pickup attempted, shipment not ready"),
    Scan.ARRIVED_AT_HUB: Said("InTransit_003", "Arrived at facility"),
    Scan.DEPARTED_FROM_HUB: Said("InTransit_007", "Departed from facility"),
    Scan.IN_TRANSIT: Said("InTransit_001", "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Said("InTransit_001", "Handed over to delivery carrier"),
    # ^ inferred: the subtag for a parcel that is forwarded (009) is about another address
    Scan.ARRIVED_AT_DESTINATION: Said("InTransit_004", "Arrived in destination country"),
    Scan.CUSTOMS_DECLARED: Said("InTransit_006", "Customs clearance started"),
    Scan.CUSTOMS_HELD: Said("Exception_004", "Held by customs"),
    Scan.CUSTOMS_INSPECTION: Said("Exception_004", "Customs inspection"),  # inferred
    Scan.CUSTOMS_RELEASED: Said("InTransit_005", "Released by customs"),
    Scan.CUSTOMS_DUTY_PAID: Said("InTransit_006", "Duties paid"),  # inferred
    Scan.CLEARANCE_COMPLETED: Said("InTransit_005", "Customs clearance completed"),
    Scan.OUT_FOR_DELIVERY: Said("OutForDelivery_001", "Out for delivery"),
    Scan.DELIVERY_ATTEMPTED: Said("AttemptFail_001", "Delivery attempted"),
    Scan.DELIVERED: Said("Delivered_001", "Delivered"),
    Scan.DELIVERY_TO_LOCKER: Said("AvailableForPickup_001", "Placed in a parcel locker"),
    Scan.AWAITING_PICKUP: Said("AvailableForPickup_001", "Ready to be collected"),
    Scan.SIGNED_BY_THIRD_PARTY: Said("Delivered_005", "Delivered to a neighbor"),  # inferred
    Scan.EXCEPTION: Said("Exception_001", "Shipment exception"),
    Scan.DAMAGED: Said("Exception_012", "Shipment damaged"),
    Scan.LOST: Said("Exception_013", "Shipment lost"),
    Scan.ADDRESS_ISSUE: Said("Exception_007", "Address is incorrect or incomplete"),
    Scan.RECIPIENT_UNAVAILABLE: Said("AttemptFail_002", "Recipient not available"),
    Scan.REFUSED: Said("Exception_003", "Refused by recipient"),
    Scan.RETURN_INITIATED: Said("Exception_010", "Return to sender started"),
    Scan.IN_RETURN_TRANSIT: Said("Exception_010", "On its way back to sender"),
    Scan.RETURNED_TO_SENDER: Said(RETURNED, "Returned to sender"),
    Scan.DELAYED: Said("Exception_005", "Delivery is delayed"),
    Scan.INFO_ONLY: Said("InTransit_001", "Recipient notified"),  # inferred
    Scan.EXPIRED: Said(EXPIRED, "No information for a long time"),
}

MARKED: Final = {
    "DELIVERED": "Delivered_001",
    "LOST": "Exception_013",
    "RETURNED_TO_SENDER": RETURNED,
}
"""What a tracking is, once its follower has marked it as completed, by the reason."""


def tag_of(subtag: str) -> str:
    return subtag.partition("_")[0]
