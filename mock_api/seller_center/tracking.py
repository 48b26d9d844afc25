"""What buyers read of a parcel's way, and the codes of its events.

The platform's texts are free; its codes stand on a page that is not public. Both are ours.
"""

from typing import Final

from simulator.carriers.scans import Scan
from simulator.parcels.model import ScanRecord

_SAID: Final = {
    Scan.ORDER_CREATED: "The carrier has been told of your package.",
    Scan.ORDER_CANCELLED: "The shipment was cancelled.",
    Scan.LABEL_PRINTED: "A shipping label has been printed for your package.",
    Scan.PICKUP_SCHEDULED: "A pickup has been scheduled.",
    Scan.PICKED_UP: "Your package has been picked up by the carrier in {place}.",
    Scan.PICKUP_FAILED: "The carrier could not pick up your package.",
    Scan.ARRIVED_AT_HUB: "Your package has arrived at {place}.",
    Scan.DEPARTED_FROM_HUB: "Your package has left {place}.",
    Scan.IN_TRANSIT: "Your package is on its way.",
    Scan.TRANSFERRED_TO_CARRIER: "Your package was handed to the local carrier: {place}.",
    Scan.ARRIVED_AT_DESTINATION: "Your package has arrived in the destination country: {place}.",
    Scan.CUSTOMS_DECLARED: "Your package has been presented to customs at {place}.",
    Scan.CUSTOMS_HELD: "Customs are holding your package at {place}.",
    Scan.CUSTOMS_INSPECTION: "Customs are inspecting your package at {place}.",
    Scan.CUSTOMS_RELEASED: "Customs have released your package at {place}.",
    Scan.CUSTOMS_DUTY_PAID: "Duties for your package have been paid.",
    Scan.CLEARANCE_COMPLETED: "Your package has cleared customs at {place}.",
    Scan.OUT_FOR_DELIVERY: "Your package is out for delivery in {place}.",
    Scan.DELIVERY_ATTEMPTED: "The carrier tried to deliver your package in {place}.",
    Scan.DELIVERED: "Your package was delivered!",
    Scan.DELIVERY_TO_LOCKER: "Your package was left in a parcel locker in {place}.",
    Scan.AWAITING_PICKUP: "Your package waits to be picked up at {place}.",
    Scan.SIGNED_BY_THIRD_PARTY: "Somebody else has signed for your package in {place}.",
    Scan.EXCEPTION: "Something has delayed your package at {place}.",
    Scan.DAMAGED: "Your package was found damaged at {place}.",
    Scan.LOST: "Your package has been lost.",
    Scan.ADDRESS_ISSUE: "The address of your package is incomplete or wrong.",
    Scan.RECIPIENT_UNAVAILABLE: "Nobody was there to take your package in {place}.",
    Scan.REFUSED: "The recipient has refused your package.",
    Scan.RETURN_INITIATED: "Your package is being returned to the sender.",
    Scan.IN_RETURN_TRANSIT: "Your package is on its way back: {place}.",
    Scan.RETURNED_TO_SENDER: "Your package was returned to the sender.",
    Scan.DELAYED: "Your package will arrive later than expected.",
    Scan.INFO_ONLY: "There is news of your package.",
    Scan.EXPIRED: "There has been no news of your package for a long time.",
}
assert _SAID.keys() == set(Scan), "every scan can be said"

ACTION_CODE: Final = {scan: 100 + nth for nth, scan in enumerate(Scan)}
"""Of Get Logistics Tracking, by the event; its name is the event's in capitals (inferred)."""


def said(event: ScanRecord) -> str:
    """The event's text."""
    return _SAID[event.scan].format(place=event.place)
