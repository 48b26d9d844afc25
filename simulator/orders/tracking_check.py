"""S2: the platform's look at a third party's tracking data for a seller-shipped order.

The four anomalies are the platform's public ones: a number that nobody knows, one that was never
scanned, a scan from long before the order, and a parcel that goes to another postal code.
"""

from simulator.clock import Instant
from simulator.orders.model import Order
from simulator.parcels.model import Parcel

UNKNOWN_NUMBER = "unknown_number"
NEVER_SCANNED = "never_scanned"
SCANNED_BEFORE_ORDER = "scanned_before_order"
OTHER_POSTAL_CODE = "other_postal_code"


def anomalies(
    order: Order, parcel: Parcel | None, *, going_to: str, scan_tolerance: int
) -> list[str]:
    """What is wrong with the claimed number of *order*.

    *parcel* is the one that travels under that number, if any carrier knows it; *going_to* is the
    postal code on its label; *scan_tolerance* the seconds by which a scan may precede the order.
    """
    if parcel is None:
        return [UNKNOWN_NUMBER]
    found = []
    first = parcel.first_scan
    if first is None:
        found.append(NEVER_SCANNED)
    elif first.at < Instant(order.placed_at - scan_tolerance):
        found.append(SCANNED_BEFORE_ORDER)
    if going_to != order.address.postal_code:
        found.append(OTHER_POSTAL_CODE)
    return found
