"""What follows when an order is not ready, collected or delivered by the platform's own limits.

The limits are absolute instants on the order, set when it is paid. Past one of them the platform
cancels, with the reason of its own that belongs to the limit.
"""

from collections.abc import Sequence
from typing import Final

from simulator.market import MarketProfile
from simulator.orders.deadlines import Due, counted_from, not_shipped
from simulator.orders.model import Order, Party
from simulator.parcels.model import Parcel

SHIPPING: Final = "shipping_due"
COLLECTION: Final = "collection_due"
DELIVERY: Final = "delivery_due"

LIMITS: Final = frozenset({SHIPPING, COLLECTION, DELIVERY})

_TIMEOUT: Final = "system_cancel_order_reason_shipping_timeout"
_UNTRACKED: Final = "system_cancel_order_untracked"


def limits_at_payment(order: Order, market: MarketProfile) -> list[Due]:
    """The limits that the market has, now written on the order as well."""
    start = counted_from(order, market)
    limits = []
    if market.shipping_due is not None:
        order.shipping_due = market.due(market.shipping_due, start)
        limits.append((SHIPPING, order.shipping_due))
    if market.collection_due is not None:
        order.collection_due = market.due(market.collection_due, start)
        limits.append((COLLECTION, order.collection_due))
    delivery = market.platform_delivery_due
    if not order.ships_from_platform:
        delivery = market.seller_delivery_due
    if delivery is not None:
        order.delivery_due = market.due(delivery, order.deliver_by or start)
        limits.append((DELIVERY, order.delivery_due))
    return limits


def reason(limit: str, market: MarketProfile) -> str:
    """The platform's own words for a cancellation at *limit* (cancel-reasons.json)."""
    words = {SHIPPING: _TIMEOUT, COLLECTION: _UNTRACKED, DELIVERY: market.overdue_reason}
    return words[limit] + market.reason_suffix


def is_past(limit: str, order: Order) -> bool:
    """Whether *order* is, at its *limit*, still without what the limit asks for."""
    match limit:
        case "shipping_due":
            return not order.ready_at
        case "collection_due":
            return not order.shipped_at
        case "delivery_due":
            return not order.delivered_at
        case _:
            raise AssertionError(limit)


def at_fault(limit: str, order: Order, parcels: Sequence[Parcel]) -> Party:
    """Who has to answer for the cancellation: until the carrier has it, as in D4; on the way, who
    chose the carrier answers for it (M1, M2)."""
    if limit == DELIVERY and order.shipped_at:
        return Party.CARRIER if order.ships_from_platform else Party.SELLER
    return not_shipped(order, parcels).liable
