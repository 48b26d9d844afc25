"""S2: the platform's look at a third party's tracking data for a seller-shipped order: at what
17TRACK knows of the number by now (carriers facts, section 8.1).

The four anomalies are the platform's public ones: a number that nobody knows, one that was never
scanned, a scan from long before the order, and a parcel that goes to another postal code.
"""

from collections.abc import Sequence
from typing import Final

from simulator.carriers.scans import ON_PAPER
from simulator.clock import Instant
from simulator.orders.model import Order
from simulator.parcels.model import ScanRecord

TRACKED_BY: Final = "17track"
"""The view that the platform looks through."""
UNKNOWN_NUMBER = "unknown_number"
NEVER_SCANNED = "never_scanned"
SCANNED_BEFORE_ORDER = "scanned_before_order"
OTHER_POSTAL_CODE = "other_postal_code"


def anomalies(
    order: Order, scans: Sequence[ScanRecord] | None, *, going_to: str, tolerance: int
) -> list[str]:
    """What is wrong with the claimed number of *order*.

    *scans* are those known of the parcel that travels under it, ``None`` if no carrier knows the
    number; *going_to* is the postal code on its label; *tolerance* the seconds by which a scan may
    precede the order.
    """
    if scans is None:
        return [UNKNOWN_NUMBER]
    found = []
    first = next((scan for scan in scans if scan.scan not in ON_PAPER), None)
    if first is None:
        found.append(NEVER_SCANNED)
    elif first.at < Instant(order.placed_at - tolerance):
        found.append(SCANNED_BEFORE_ORDER)
    if going_to != order.address.postal_code:
        found.append(OTHER_POSTAL_CODE)
    return found
