"""EasyPost's vocabulary: statuses of trackers, names of carriers and services.

Statuses and status details are the documented lists (docs.easypost.com/docs/trackers). Which
of them a scan is, EasyPost does not document: the statuses are those of carriers facts, section
5.2, the details and messages are inferred.
"""

from typing import Final, NamedTuple

from simulator.carriers.model import Service
from simulator.carriers.scans import Scan


class Told(NamedTuple):
    """How one scan is told."""

    status: str
    detail: str
    message: str


UNKNOWN: Final = Told("unknown", "unknown", "")
"""Nothing is known of the number."""

SCANS: Final[dict[Scan, Told]] = {
    Scan.ORDER_CREATED: Told("pre_transit", "status_update", "Shipment information received"),
    Scan.ORDER_CANCELLED: Told("cancelled", "cancelled", "Shipment cancelled"),
    Scan.LABEL_PRINTED: Told("pre_transit", "label_created", "Shipping label created"),
    Scan.PICKUP_SCHEDULED: Told("pre_transit", "status_update", "Pickup scheduled"),
    Scan.PICKED_UP: Told("in_transit", "in_transit", "Picked up"),
    Scan.PICKUP_FAILED: Told("pre_transit", "status_update", "Pickup attempted"),
    Scan.ARRIVED_AT_HUB: Told("in_transit", "arrived_at_facility", "Arrived at facility"),
    Scan.DEPARTED_FROM_HUB: Told("in_transit", "departed_facility", "Departed facility"),
    Scan.IN_TRANSIT: Told("in_transit", "in_transit", "In transit"),
    Scan.TRANSFERRED_TO_CARRIER: Told(
        "in_transit", "transferred_to_destination_carrier", "Handed over to the delivering carrier"
    ),
    Scan.ARRIVED_AT_DESTINATION: Told(
        "in_transit", "arrived_at_destination", "Arrived in the destination country"
    ),
    Scan.CUSTOMS_DECLARED: Told("in_transit", "status_update", "Customs declaration lodged"),
    Scan.CUSTOMS_HELD: Told("in_transit", "held", "Held by customs"),
    Scan.CUSTOMS_INSPECTION: Told("in_transit", "held", "Under customs inspection"),
    Scan.CUSTOMS_RELEASED: Told("in_transit", "status_update", "Released by customs"),
    Scan.CUSTOMS_DUTY_PAID: Told("in_transit", "status_update", "Duties and taxes paid"),
    Scan.CLEARANCE_COMPLETED: Told("in_transit", "status_update", "Customs clearance completed"),
    Scan.OUT_FOR_DELIVERY: Told("out_for_delivery", "out_for_delivery", "Out for delivery"),
    Scan.DELIVERY_ATTEMPTED: Told("failure", "delivery_exception", "Delivery attempted"),
    Scan.DELIVERED: Told("delivered", "arrived_at_destination", "Delivered"),
    Scan.DELIVERY_TO_LOCKER: Told(
        "available_for_pickup", "arrived_at_pickup_location", "Placed in a parcel locker"
    ),
    Scan.AWAITING_PICKUP: Told(
        "available_for_pickup", "arrived_at_pickup_location", "Available for pickup"
    ),
    Scan.SIGNED_BY_THIRD_PARTY: Told(
        "delivered", "arrived_at_destination", "Delivered to a third party"
    ),
    Scan.EXCEPTION: Told("failure", "transit_exception", "Exception"),
    Scan.DAMAGED: Told("failure", "damaged", "Damaged"),
    Scan.LOST: Told("failure", "lost", "Lost"),
    Scan.ADDRESS_ISSUE: Told("failure", "address_correction", "Address needs correction"),
    Scan.RECIPIENT_UNAVAILABLE: Told("failure", "delivery_exception", "Recipient not available"),
    Scan.REFUSED: Told("failure", "refused", "Refused by the recipient"),
    Scan.RETURN_INITIATED: Told("return_to_sender", "return", "Return to sender initiated"),
    Scan.IN_RETURN_TRANSIT: Told("return_to_sender", "return", "On its way back to the sender"),
    Scan.RETURNED_TO_SENDER: Told("return_to_sender", "return", "Returned to the sender"),
    Scan.DELAYED: Told("in_transit", "delayed", "Delayed"),
    Scan.INFO_ONLY: Told("in_transit", "status_update", "Information received"),
    Scan.EXPIRED: Told("unknown", "expired", "No news for a long time"),
}

CARRIERS: Final = {
    "ups": "UPS",
    "fedex": "FedEx",
    "dhl": "DHLExpress",
    "tnt": "TNT",
    "jt": "JTExpress",
    "yunexpress": "YunExpress",
    "4px": "4PX",
    "cainiao": "Cainiao",
    "ems": "ChinaEMS",
    "epacket": "ePacket",
}
"""The first three are EasyPost's own spellings, the others are inferred."""

SERVICES: Final = {
    ("ups", "saver"): "UPSSaver",
    ("ups", "expedited"): "Expedited",
    ("fedex", "priority"): "INTERNATIONAL_PRIORITY",
    ("fedex", "economy"): "INTERNATIONAL_ECONOMY",
    ("dhl", "worldwide"): "ExpressWorldwide",
}
"""EasyPost's service levels; services that are not named here are told by their own names."""

TEST_CARRIER: Final = "USPS"
"""EasyPost's test codes are parcels of a carrier that this world has not."""


def carrier_name(code: str) -> str:
    return CARRIERS.get(code, code)


def carrier_code(name: str) -> str | None:
    """The carrier that is meant; the case of letters does not matter."""
    wanted = name.casefold()
    return next((code for code, said in CARRIERS.items() if said.casefold() == wanted), None)


def service_name(carrier: str, service: Service) -> str:
    own = "".join(part for part in service.name.replace(",", " ").split())
    return SERVICES.get((carrier, service.code), own)
