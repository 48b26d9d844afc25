"""Shippo's words: carriers by their tokens, and what each scan of the world is called.

Statuses, substatuses, their texts, and where somebody has to act: Shippo's page "Tracking", section
"Event definitions". It documents no mapping from carriers' scans: which scan has which substatus is
inferred throughout, from those texts. Tokens: its pages "Tracking carriers" and "Tracking carriers
using webhooks".
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.scans import Scan

NAME: Final = "shippo"
"""Of the dialect, and of its view."""
TRACK_UPDATED: Final = "track_updated"
ALL: Final = "all"
EVENTS: Final = (
    TRACK_UPDATED,
    "transaction_created",
    "transaction_updated",
    "batch_created",
    "batch_purchased",
    ALL,
)
"""What a webhook may be for; nothing is ever told of the last four but ``all``."""

MOCK: Final = "shippo"
"""The carrier of Shippo's own test numbers."""

TOKENS: Final = {"ups": "ups", "fedex": "fedex", "dhl_express": "dhl", "4px": "4px"}
"""Of carriers that have a house in this world, with its code for them."""
BY_WEBHOOK_ALONE: Final = frozenset({"4px"})
"""Shippo tells of these, and does not answer when it is asked."""
OF_OTHERS: Final = frozenset(
    [
        "airterra",
        "apc_postal",
        "apg",
        "aramex",
        "asendia_us",
        "australia_post",
        "axlehire",
        "better_trucks",
        "borderguru",
        "boxberry",
        "bring",
        "canada_post",
        "cdl",
        "chronopost",
        "colissimo",
        "collect_plus",
        "correios_br",
        "correos_espana",
        "deutsche_post",
        "dhl_benelux",
        "dhl_ecommerce",
        "dhl_germany",
        "dpd_de",
        "dpd_uk",
        "estafeta",
        "fastway_australia",
        "globegistics",
        "gls_us",
        "gso",
        "hermes_uk",
        "la_poste",
        "lasership",
        "lso",
        "mondial_relay",
        "new_zealand_post",
        "nippon_express",
        "ontrac",
        "passport",
        "pcf",
        "pitney_bowes",
        "poste_italiane",
        "posti",
        "purolator",
        "royal_mail",
        "royal_mail_sf",
        "rr_donnelley",
        "russian_post",
        "skypostal",
        "stuart",
        "uds",
        "usps",
        "veho",
    ]
)
"""Carriers that Shippo follows, and that carry nothing here: their numbers stay unknown."""
OURS: Final = {
    "dhl": "dhl",
    "tnt": "tnt",
    "jt": "jt",
    "yunexpress": "yunexpress",
    "cainiao": "cainiao",
    "ems": "ems",
    "epacket": "epacket",
}
"""This world's own codes, taken for tokens where Shippo's API is lenient: no public page tells how
Shippo calls these carriers, if it does."""


class Status:
    UNKNOWN: Final = "UNKNOWN"
    PRE_TRANSIT: Final = "PRE_TRANSIT"
    TRANSIT: Final = "TRANSIT"
    DELIVERED: Final = "DELIVERED"
    RETURNED: Final = "RETURNED"
    FAILURE: Final = "FAILURE"


@dataclass(frozen=True, slots=True)
class Substatus:
    status: str
    text: str
    action_required: bool = False


SUBSTATUSES: Final = {
    "information_received": Substatus(
        Status.PRE_TRANSIT, "Information about the package received."
    ),
    "address_issue": Substatus(
        Status.TRANSIT,
        "Address information is incorrect. Contact carrier to ensure delivery.",
        action_required=True,
    ),
    "contact_carrier": Substatus(
        Status.TRANSIT, "Contact the carrier for more information.", action_required=True
    ),
    "delayed": Substatus(Status.TRANSIT, "Delivery of package is delayed."),
    "delivery_attempted": Substatus(
        Status.TRANSIT,
        "Delivery of package has been attempted. Contact carrier to ensure delivery.",
        action_required=True,
    ),
    "notice_left": Substatus(
        Status.TRANSIT,
        "Carrier left notice during attempted delivery. Follow carrier instructions on notice.",
        action_required=True,
    ),
    "out_for_delivery": Substatus(Status.TRANSIT, "Package is out for delivery."),
    "package_accepted": Substatus(
        Status.TRANSIT, "Package has been accepted into the carrier network for delivery."
    ),
    "package_arrived": Substatus(
        Status.TRANSIT, "Package has arrived at an intermediate location in the carrier network."
    ),
    "package_damaged": Substatus(
        Status.TRANSIT,
        "Package has been damaged. Contact carrier for more details.",
        action_required=True,
    ),
    "package_departed": Substatus(
        Status.TRANSIT,
        "Package has departed from an intermediate location in the carrier network.",
    ),
    "package_held": Substatus(
        Status.TRANSIT,
        "Package held at carrier location. Contact carrier for more details.",
        action_required=True,
    ),
    "package_processed": Substatus(
        Status.TRANSIT, "Package has been processed at an intermediate location."
    ),
    "package_processing": Substatus(
        Status.TRANSIT,
        "Package is processing at an intermediate location in the carrier network.",
    ),
    "pickup_available": Substatus(
        Status.TRANSIT,
        "Package is available for pickup at carrier location.",
        action_required=True,
    ),
    "delivered": Substatus(Status.DELIVERED, "Package has been delivered."),
    "return_to_sender": Substatus(Status.RETURNED, "Package is to be returned to sender."),
    "package_undeliverable": Substatus(
        Status.FAILURE, "Package is not able to be delivered.", action_required=True
    ),
    "package_lost": Substatus(
        Status.FAILURE,
        "Package has been lost. Contact carrier for more details.",
        action_required=True,
    ),
    "other": Substatus(Status.UNKNOWN, "Unrecognized carrier status."),
}
"""Those that are said here, with Shippo's texts."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a scan is told: its substatus, and the carrier's own line (ours)."""

    substatus: str
    details: str


RECEIVED: Final = "The carrier has received the electronic shipment information."

SAID: Final = {
    Scan.ORDER_CREATED: Said("information_received", RECEIVED),
    Scan.LABEL_PRINTED: Said("information_received", RECEIVED),
    Scan.ORDER_CANCELLED: Said("other", "The shipment has been cancelled."),
    Scan.PICKUP_SCHEDULED: Said("information_received", "A pickup has been scheduled."),
    Scan.PICKED_UP: Said("package_accepted", "Your shipment has been accepted."),
    Scan.PICKUP_FAILED: Said("information_received", "The pickup was attempted in vain."),
    Scan.ARRIVED_AT_HUB: Said("package_arrived", "Your shipment has arrived at a facility."),
    Scan.DEPARTED_FROM_HUB: Said("package_departed", "Your shipment has left a facility."),
    Scan.IN_TRANSIT: Said("package_processing", "Your shipment is in transit."),
    Scan.TRANSFERRED_TO_CARRIER: Said(
        "package_processed", "Your shipment has been handed over to the delivery carrier."
    ),
    Scan.ARRIVED_AT_DESTINATION: Said(
        "package_arrived", "Your shipment has arrived in the destination country."
    ),
    Scan.CUSTOMS_DECLARED: Said("package_processing", "Customs clearance has started."),
    Scan.CUSTOMS_HELD: Said("package_held", "Your shipment is held by customs."),
    Scan.CUSTOMS_INSPECTION: Said("package_held", "Your shipment is inspected by customs."),
    Scan.CUSTOMS_RELEASED: Said("package_processed", "Customs have released your shipment."),
    Scan.CUSTOMS_DUTY_PAID: Said("package_processing", "Duties have been paid."),
    Scan.CLEARANCE_COMPLETED: Said("package_processed", "Customs clearance is completed."),
    Scan.OUT_FOR_DELIVERY: Said("out_for_delivery", "Your shipment is out for delivery."),
    Scan.DELIVERY_ATTEMPTED: Said("delivery_attempted", "Delivery was attempted."),
    Scan.DELIVERED: Said("delivered", "Your shipment has been delivered."),
    Scan.DELIVERY_TO_LOCKER: Said("pickup_available", "Your shipment is in a parcel locker."),
    Scan.AWAITING_PICKUP: Said("pickup_available", "Your shipment can be collected."),
    Scan.SIGNED_BY_THIRD_PARTY: Said("delivered", "Your shipment was left with a neighbor."),
    Scan.EXCEPTION: Said("contact_carrier", "There is a problem with your shipment."),
    Scan.DAMAGED: Said("package_damaged", "Your shipment has been damaged."),
    Scan.LOST: Said("package_lost", "Your shipment has been lost."),
    Scan.ADDRESS_ISSUE: Said("address_issue", "The address is incorrect or incomplete."),
    Scan.RECIPIENT_UNAVAILABLE: Said("notice_left", "The recipient was not available."),
    Scan.REFUSED: Said("package_undeliverable", "The recipient refused your shipment."),
    Scan.RETURN_INITIATED: Said("return_to_sender", "Your shipment is being returned."),
    Scan.IN_RETURN_TRANSIT: Said("return_to_sender", "Your shipment is on its way back."),
    Scan.RETURNED_TO_SENDER: Said("return_to_sender", "Your shipment is back at its sender's."),
    Scan.DELAYED: Said("delayed", "Your shipment is delayed."),
    Scan.INFO_ONLY: Said("package_processing", "The recipient has been notified."),
    Scan.EXPIRED: Said("other", "There has been no news for a long time."),
}
