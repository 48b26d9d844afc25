"""A buyer's request for the money back, once the order is on its way: asked, answered, closed.

The checks, and the signal that follows; a refusal is a DomainError and changes nothing. Silence
grants the request. Granted, it ends the order; what became of the goods is another matter.
"""

from typing import Final

from simulator import ids
from simulator.clock import Instant, later
from simulator.errors import AlreadyRefunded, WrongStatus
from simulator.facts import RefundMoved
from simulator.market import MarketProfile
from simulator.money import payments
from simulator.orders.model import Order, Party, Refund, RefundStatus, Status
from simulator.orders.signals import AskRefund, CloseRefund, Confirm, GiveRefund
from simulator.registry import Registry

SILENCE: Final = "refund_answer"
"""What an order's watch calls the end of the seller's time to answer."""

MAY_ASK: Final = (Status.AWAITING_COLLECTION, Status.IN_TRANSIT, Status.DELIVERED)

_LATE: Final = "ecom_order_shipped_refund_reason_not_arrive_on_time"
_DAMAGED: Final = "ecom_order_delivered_refund_reason_damaged"


def ask_refund(here: Registry, order: Order, reason: str) -> Refund:
    """The buyer wants all of it back; without a *reason*, because it is late, or has come
    damaged."""
    order.require(*MAY_ASK)
    require_none_open(order)
    if not payments.refundable(here, order):
        raise AlreadyRefunded(order.id)
    usual = _DAMAGED if order.status is Status.DELIVERED else _LATE
    asked = order.refund = Refund(
        here.mint.next_id(ids.REFUND),
        Party.BUYER,
        reason or usual,
        here.now,
        _answer_by(order, here.market, here.now),
    )
    here.record(RefundMoved(order.id, asked.id, asked.status, asked.by))
    order.watch.add(SILENCE, asked.due_at)
    order.inbox.deliver(AskRefund())
    return asked


def answer_refund(here: Registry, order: Order, *, granted: bool) -> None:
    """The seller grants it or turns it down; a buyer who withdraws it turns it down as well."""
    asked = order.refund
    if asked is None or not order.refund_pending:
        raise WrongStatus(order.id, order.status, "an open request for a refund")
    if granted:
        order.inbox.deliver(GiveRefund())
        return
    asked.status = RefundStatus.CLOSED
    here.record(RefundMoved(order.id, asked.id, asked.status, asked.by))
    order.inbox.deliver(CloseRefund())


def fall_silent(order: Order, due: Instant) -> None:
    """The seller's time to answer ended at *due*; it may have been another request's."""
    if order.refund and order.refund_pending and order.refund.due_at == due:
        order.inbox.deliver(GiveRefund())


def confirm(order: Order) -> None:
    """The buyer confirms receipt: the order is completed before its after-sales window ends."""
    order.require(Status.DELIVERED)
    require_none_open(order)
    order.inbox.deliver(Confirm())


def require_none_open(order: Order) -> None:
    """The buyer has asked for one thing at a time."""
    if order.refund_pending:
        raise WrongStatus(order.id, "being refunded", "no open request for a refund")
    if order.open_return:
        raise WrongStatus(order.id, "being returned", "no open return or replacement")


def _answer_by(order: Order, market: MarketProfile, now: Instant) -> Instant:
    """At once for an order that is on its way and past its promised delivery: the platform itself
    grants that (order-api-overview)."""
    if order.status is Status.IN_TRANSIT and order.deliver_by and now > order.deliver_by:
        return now
    return later(now, market.answer_refund_within)
