"""The vocabulary: 4PX's ``businessLinkCode`` for each canonical scan.

The codes are of 4PX's published list, as public integrations quote it; which scan is which code is
inferred where no answer is quoted. Where no code is known, it is empty. Descriptions are 4PX's
where an answer is quoted, otherwise ours.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

NAME: Final = "4px"
CARRIER: Final = "4px"
"""Whose parcels it knows: its own, and no other's."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told."""

    code: str
    content: str


SAID: Final[dict[Scan, Said]] = {
    Scan.ORDER_CREATED: Said("FPX_L_RPIF", "Parcel information received"),
    Scan.ORDER_CANCELLED: Said("", "Order cancelled"),
    Scan.LABEL_PRINTED: Said("FPX_O_CRLB", "Shipping label created"),
    Scan.PICKUP_SCHEDULED: Said("FPX_L_ATP", "Courier assigned"),
    Scan.PICKED_UP: Said("FPX_C_SPLS", "4px picked up shipment."),
    Scan.PICKUP_FAILED: Said("", "Pickup failed"),
    Scan.ARRIVED_AT_HUB: Said("FPX_C_AAF", "Shipment arrived at facility and measured."),
    Scan.DEPARTED_FROM_HUB: Said("FPX_C_ADFF", "Depart from facility to service provider."),
    Scan.IN_TRANSIT: Said("FPX_M_IT", "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Said("FPX_D_STPP", "Handed over to the local carrier"),
    Scan.ARRIVED_AT_DESTINATION: Said("FPX_M_ATA", "Arrived in the destination country"),
    Scan.CUSTOMS_DECLARED: Said("FPX_M_CRSD", "Presented to customs"),
    Scan.CUSTOMS_HELD: Said("FPX_I_HC", "Held in customs"),
    Scan.CUSTOMS_INSPECTION: Said("FPX_I_HC", "Customs inspection"),
    Scan.CUSTOMS_RELEASED: Said("FPX_I_RCUK", "Released from customs"),
    Scan.CUSTOMS_DUTY_PAID: Said("FPX_M_CRSD", "Customs duty paid"),
    Scan.CLEARANCE_COMPLETED: Said("FPX_I_RCUK", "Customs clearance completed"),
    Scan.OUT_FOR_DELIVERY: Said("FPX_D_SD", "Out for delivery"),
    Scan.DELIVERY_ATTEMPTED: Said("FPX_D_FD", "Delivery failed"),
    Scan.DELIVERED: Said("FPX_S_OK", "Delivered"),
    Scan.DELIVERY_TO_LOCKER: Said("FPX_D_SASPS", "Arrived at the self-pickup site"),
    Scan.AWAITING_PICKUP: Said("FPX_D_AP", "Awaiting pickup by the recipient"),
    Scan.SIGNED_BY_THIRD_PARTY: Said("FPX_S_OK", "Signed for by a third party"),
    Scan.EXCEPTION: Said("FPX_D_SH", "Shipment on hold"),
    Scan.DAMAGED: Said("", "Shipment damaged"),
    Scan.LOST: Said("", "Shipment lost"),
    Scan.ADDRESS_ISSUE: Said("FPX_D_FD", "Delivery failed, address incorrect or incomplete"),
    Scan.RECIPIENT_UNAVAILABLE: Said("FPX_D_FD", "Delivery failed, recipient not available"),
    Scan.REFUSED: Said("FPX_D_FD", "Delivery failed, refused by the recipient"),
    Scan.RETURN_INITIATED: Said("", "Return to sender"),
    Scan.IN_RETURN_TRANSIT: Said("", "On its way back to the sender"),
    Scan.RETURNED_TO_SENDER: Said("", "Returned to the sender"),
    Scan.DELAYED: Said("FPX_M_TD", "Transport delayed"),
    Scan.INFO_ONLY: Said("", "Recipient notified"),
    Scan.EXPIRED: Said("", "No news for a long time"),
}
