"""C1's decision: whether a complaint about a logistics provider is upheld. Pure."""

from dataclasses import dataclass
from typing import Final

from simulator.disputes.record import Delays
from simulator.orders.model import Order

FILED_TWICE: Final = "filed_twice"
SELLER_NOT_READY: Final = "seller_not_ready"
CARRIER_IN_TIME: Final = "carrier_in_time"
PICKUP_LATE: Final = "pickup_late"
DELIVERY_LATE: Final = "delivery_late"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the platform decides, and why."""

    upheld: bool
    reason: str


def decide(nth: int, order: Order, delays: Delays) -> Ruling:
    """*nth* is the complaint's place among those about its *order*, from one."""
    if nth > 1:
        return Ruling(upheld=False, reason=FILED_TWICE)
    if delays.seller or not order.ready_at:
        return Ruling(upheld=False, reason=SELLER_NOT_READY)
    if delays.pickup:
        return Ruling(upheld=True, reason=PICKUP_LATE)
    if delays.delivery:
        return Ruling(upheld=True, reason=DELIVERY_LATE)
    return Ruling(upheld=False, reason=CARRIER_IN_TIME)
