"""The canonical vocabulary of scans: what a carrier can say of a parcel, in one word each.

The first thirty-two are the unified codes of the Open Logistics Tracking Standard; the last three
are ours. Which may follow which is in ``parcels.moves``; how they are said on a wire, is in its
dialect.
"""

from typing import Final

from simulator.words import Word


class Scan(Word):
    """One word of a parcel's record."""

    # Paper: no carrier has touched the parcel yet.
    ORDER_CREATED = "order_created"
    ORDER_CANCELLED = "order_cancelled"
    LABEL_PRINTED = "label_printed"
    # The first mile.
    PICKUP_SCHEDULED = "pickup_scheduled"
    PICKED_UP = "picked_up"
    PICKUP_FAILED = "pickup_failed"
    # On the way.
    ARRIVED_AT_HUB = "arrived_at_hub"
    DEPARTED_FROM_HUB = "departed_from_hub"
    IN_TRANSIT = "in_transit"
    TRANSFERRED_TO_CARRIER = "transferred_to_carrier"
    ARRIVED_AT_DESTINATION = "arrived_at_destination"
    # At the border.
    CUSTOMS_DECLARED = "customs_declared"
    CUSTOMS_HELD = "customs_held"
    CUSTOMS_INSPECTION = "customs_inspection"
    CUSTOMS_RELEASED = "customs_released"
    CUSTOMS_DUTY_PAID = "customs_duty_paid"
    CLEARANCE_COMPLETED = "clearance_completed"
    # The last mile.
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERY_ATTEMPTED = "delivery_attempted"
    DELIVERED = "delivered"
    DELIVERY_TO_LOCKER = "delivery_to_locker"
    AWAITING_PICKUP = "awaiting_pickup"
    SIGNED_BY_THIRD_PARTY = "signed_by_third_party"
    # What goes wrong.
    EXCEPTION = "exception"
    DAMAGED = "damaged"
    LOST = "lost"
    ADDRESS_ISSUE = "address_issue"
    RECIPIENT_UNAVAILABLE = "recipient_unavailable"
    REFUSED = "refused"
    # The way back.
    RETURN_INITIATED = "return_initiated"
    IN_RETURN_TRANSIT = "in_return_transit"
    RETURNED_TO_SENDER = "returned_to_sender"
    # Ours: remarks that leave the parcel where it is.
    DELAYED = "delayed"
    """It will come later than was said."""
    INFO_ONLY = "info_only"
    """Somebody was told something: the recipient that a duty is owed, say."""
    EXPIRED = "expired"
    """Nothing was heard of it for so long that trackers give up."""


REMARKS: Final = frozenset({Scan.DELAYED, Scan.INFO_ONLY, Scan.EXPIRED})
"""Said of a parcel without touching it: what may follow is as if they had not been said."""

ON_PAPER: Final = REMARKS | {
    Scan.ORDER_CREATED,
    Scan.ORDER_CANCELLED,
    Scan.LABEL_PRINTED,
    Scan.PICKUP_SCHEDULED,
    Scan.PICKUP_FAILED,
}
"""Not physical: nobody has held the parcel under a scanner (D3, D5 and S2 wait for one who has)."""
