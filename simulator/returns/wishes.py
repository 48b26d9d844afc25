"""What may be asked for once an order is on its way, when, and with which usual words."""

from dataclasses import dataclass
from typing import Final

from simulator.clock import Instant, later
from simulator.market import MarketProfile
from simulator.orders.model import Order, Status
from simulator.returns.model import Handover, Kind, Shipment

NO_NEED: Final = "ecom_order_delivered_refund_and_return_reason_no_need"
DAMAGED: Final = "ecom_order_delivered_refund_and_return_reason_damaged"
USUAL: Final = {Kind.RETURN: NO_NEED, Kind.REPLACEMENT: DAMAGED}
"""Reasons of the platform's list (cancel-reasons.json), for buyers who give none."""
LATE: Final = "ecom_order_shipped_refund_reason_not_arrive_on_time"
CAME_DAMAGED: Final = "ecom_order_delivered_refund_reason_damaged"

MAY_REFUND: Final = (Status.AWAITING_COLLECTION, Status.IN_TRANSIT, Status.DELIVERED)
MAY_RETURN: Final = (Status.DELIVERED,)
SELLERS_MAY_RETURN: Final = (Status.IN_TRANSIT, Status.DELIVERED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new request is about."""

    kind: Kind
    reason: str = ""
    item_ids: tuple[str, ...] = ()
    """Empty: all that is left of the order."""
    amount_minor: int | None = None
    """``None``: all that may go back for the items."""
    shipment: Shipment = Shipment.PLATFORM
    handover: Handover = Handover.DROP_OFF
    note: str = ""


def usual_reason(order: Order, kind: Kind, market: MarketProfile) -> str:
    """What buyers say who give no reason."""
    if kind is Kind.REFUND:
        return CAME_DAMAGED if order.status is Status.DELIVERED else LATE
    return USUAL[kind] + market.reason_suffix


def answer_by(order: Order, kind: Kind, market: MarketProfile, now: Instant) -> Instant:
    """When the seller's silence grants it. A refund of what is on its way and past its promised
    delivery is granted at once: the platform itself does so (order-api-overview)."""
    if kind is Kind.REPLACEMENT:
        return later(now, market.returns.answer_replacement_within)
    if kind is Kind.RETURN:
        return later(now, market.returns.answer_within)
    overdue = order.status is Status.IN_TRANSIT and 0 < order.deliver_by < now
    return now if overdue else later(now, market.answer_refund_within)
