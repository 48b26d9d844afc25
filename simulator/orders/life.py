"""The life of one order, from checkout to the end of its after-sales window. Read it top to bottom.

A life may be started at any status: it looks at its order and goes on from there.
"""

from typing import Final, Protocol

from simulator.clock import EPOCH, Instant, later
from simulator.facts import (
    CancellationMoved,
    Fact,
    OrderCancelled,
    OrderCompleted,
    OrderDelivered,
    OrderMarkedShipped,
    OrderPaid,
    OrderPartlyShipped,
    OrderReadyToShip,
    OrderReleased,
    OrderShipped,
    RefundMoved,
)
from simulator.market import MarketProfile
from simulator.orders.model import (
    TO_SHIP,
    Cancellation,
    CancellationStatus,
    Order,
    Party,
    Refund,
    RefundStatus,
    Status,
)
from simulator.orders.signals import (
    AskCancel,
    AskRefund,
    Cancel,
    CloseCancel,
    CloseRefund,
    Confirm,
    Delivered,
    GiveRefund,
    MarkShipped,
    Pay,
    Ready,
    ReturnClosed,
    ReturnOpened,
    ReturnSettled,
    Shipped,
)
from simulator.waiting import Life, TimeUp

UNPAID_TIME_OUT: Final = "system_cancel_unpaid_time_out"


class Setting(Protocol):
    """What an order needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def market(self) -> MarketProfile: ...
    def record(self, fact: Fact) -> None: ...
    def order_paid(self, order: Order) -> None: ...
    def order_released(self, order: Order) -> None: ...
    def is_ready(self, order: Order) -> bool:
        """Whether the seller has done their part for every parcel."""

    def order_ready(self, order: Order, ready: Ready) -> None:
        """Platform shipping: labels, and notice to the designated carrier."""

    def order_marked(self, order: Order, mark: MarkShipped) -> None:
        """Seller shipping: the number is known now."""

    def order_delivered(self, order: Order) -> None: ...
    def order_cancelled(self, order: Order) -> None: ...
    def order_refunded(self, order: Order) -> None:
        """The buyer's request was granted: the money goes back."""

    def order_completed(self, order: Order) -> None:
        """The buyer keeps the goods, and the seller the money."""

    def order_returned(self, order: Order) -> None:
        """A return or a replacement has ended it: what goes back, or comes, is on its way."""


def order_life(here: Setting, order: Order) -> Life:
    """Unpaid, on hold, awaiting shipment of all or of the rest, then collection, in transit,
    delivered, completed."""
    if order.status is Status.UNPAID:
        yield from _until_paid(here, order)
    if order.status is Status.ON_HOLD:
        yield from _until_released(here, order)
    while order.status in TO_SHIP:
        yield from _awaiting_shipment(here, order)
    while order.status is Status.AWAITING_COLLECTION:
        yield from _until_collected(here, order)
    while order.status is Status.IN_TRANSIT:
        yield from _until_delivered(here, order)
    while order.status is Status.DELIVERED:
        yield from _until_completed(here, order)


def _until_paid(here: Setting, order: Order) -> Life:
    # At the last second is in time, as with every deadline.
    pays = EPOCH < order.pays_at <= order.due_at
    by = order.pays_at if pays else order.due_at
    signal: Pay | Cancel | TimeUp = yield order.inbox.next_signal(by=by)
    match signal:
        case Cancel():
            _cancel(here, order)
        case TimeUp() if not pays:
            _cancel(here, order, UNPAID_TIME_OUT + here.market.reason_suffix)
        case Pay() | TimeUp():
            _pay(here, order)


def _pay(here: Setting, order: Order) -> None:
    order.paid_at = here.now
    if order.has_hold:
        order.become(Status.ON_HOLD, here.now, later(here.now, here.market.remorse))
    else:
        order.become(Status.AWAITING_SHIPMENT, here.now)
        order.released_at = here.now
    here.record(OrderPaid(order.id, order.status))
    here.order_paid(order)
    if order.status is Status.AWAITING_SHIPMENT:
        here.order_released(order)


def _until_released(here: Setting, order: Order) -> Life:
    signal: Cancel | TimeUp = yield order.inbox.next_signal(by=order.due_at)
    match signal:
        case Cancel():
            _cancel(here, order)
        case TimeUp():
            order.become(Status.AWAITING_SHIPMENT, here.now)
            order.released_at = here.now
            here.record(OrderReleased(order.id, order.status))
            here.order_released(order)


def _awaiting_shipment(here: Setting, order: Order) -> Life:
    """Until the seller has done their part for every parcel, or a cancellation is granted by word
    or by silence."""
    asked = order.cancellation
    silence = asked.due_at if asked and asked.status is CancellationStatus.PENDING else None
    signal: (
        Ready | MarkShipped | AskCancel | CloseCancel | Cancel | TimeUp
    ) = yield order.inbox.next_signal(by=silence)
    match signal:
        case Ready() as ready:
            if here.is_ready(order):
                _sellers_part_done(here, order)
                here.record(OrderReadyToShip(order.id, order.status))
            else:
                _partly_done(here, order)
            here.order_ready(order, ready)
        case MarkShipped(carrier, number) as mark:
            if here.is_ready(order):
                _sellers_part_done(here, order)
                here.record(OrderMarkedShipped(order.id, order.status, carrier, number))
            else:
                _partly_done(here, order)
            here.order_marked(order, mark)
        case Cancel() | TimeUp():
            _cancel(here, order)
        case AskCancel() | CloseCancel():
            pass  # the next wait is for another due time


def _sellers_part_done(here: Setting, order: Order) -> None:
    order.become(Status.AWAITING_COLLECTION, here.now)
    order.ready_at = here.now


def _partly_done(here: Setting, order: Order) -> None:
    """Some of it is shipped: the order says so where its market does (6.6, in-shipping split)."""
    if here.market.ways.splits_while_shipping and order.status is Status.AWAITING_SHIPMENT:
        order.become(Status.PARTIALLY_SHIPPING, here.now)
        here.record(OrderPartlyShipped(order.id, order.status))


def _until_collected(here: Setting, order: Order) -> Life:
    signal: (
        Shipped | Ready | MarkShipped | Cancel | GiveRefund | AskRefund | CloseRefund
    ) = yield order.inbox.next_signal()
    match signal:
        case Ready() as ready:  # another of its parcels, in the same second
            here.order_ready(order, ready)
        case MarkShipped() as mark:
            here.order_marked(order, mark)
        case Shipped():
            order.become(Status.IN_TRANSIT, here.now)
            order.shipped_at = here.now
            here.record(OrderShipped(order.id, order.status))
        case Cancel():
            _cancel(here, order)
        case GiveRefund():
            _refund(here, order)
        case AskRefund() | CloseRefund():
            pass  # the parcel goes its way


def _until_delivered(here: Setting, order: Order) -> Life:
    signal: (
        Delivered | Cancel | GiveRefund | AskRefund | CloseRefund
    ) = yield order.inbox.next_signal()
    match signal:
        case Delivered():
            order.become(Status.DELIVERED, here.now, later(here.now, here.market.after_sales))
            order.delivered_at = here.now
            here.record(OrderDelivered(order.id, order.status))
            here.order_delivered(order)
        case Cancel():
            _cancel(here, order)
        case GiveRefund():
            _refund(here, order)
        case AskRefund() | CloseRefund():
            pass  # the parcel goes its way


def _until_completed(here: Setting, order: Order) -> Life:
    """Until the after-sales window ends; an open request for a refund, or return, keeps it
    open."""
    by = None if order.refund_pending or order.open_return else order.due_at
    signal: (
        Confirm
        | GiveRefund
        | AskRefund
        | CloseRefund
        | ReturnOpened
        | ReturnClosed
        | ReturnSettled
        | TimeUp
    ) = yield order.inbox.next_signal(by=by)
    match signal:
        case Confirm() | TimeUp():
            _complete(here, order)
            here.order_completed(order)
        case GiveRefund():
            _refund(here, order)
        case ReturnSettled():
            _complete(here, order)
            here.order_returned(order)
        case AskRefund() | CloseRefund() | ReturnOpened() | ReturnClosed():
            pass  # the next wait is for another due time


def _complete(here: Setting, order: Order) -> None:
    order.become(Status.COMPLETED, here.now)
    order.completed_at = here.now
    here.record(OrderCompleted(order.id, order.status))


def _refund(here: Setting, order: Order) -> None:
    """The order ends with its money back at the buyer's."""
    asked = order.refund
    assert asked is not None, order.id
    _move_refund(here, order, asked, RefundStatus.GRANTED)
    _complete(here, order)
    here.order_refunded(order)
    _move_refund(here, order, asked, RefundStatus.REFUNDED)


def _cancel(here: Setting, order: Order, reason: str = "") -> None:
    """The order ends: for the *reason* of the platform's own, or the one that was asked with.

    A cancellation that was asked for is granted, and paid money goes back.
    """
    asked = order.cancellation
    if asked:
        _move_cancellation(here, order, asked, CancellationStatus.GRANTED)
    if order.refund and order.refund_pending:
        _move_refund(here, order, order.refund, RefundStatus.CLOSED)
    order.become(Status.CANCELLED, here.now)
    order.cancelled_at = here.now
    order.cancel_reason = asked.reason if asked else reason
    order.cancelled_by = asked.by if asked else Party.PLATFORM
    here.record(OrderCancelled(order.id, order.status, order.cancel_reason, order.cancelled_by))
    here.order_cancelled(order)
    if asked and order.paid_at:
        _move_cancellation(here, order, asked, CancellationStatus.REFUNDED)


def _move_cancellation(
    here: Setting, order: Order, asked: Cancellation, status: CancellationStatus
) -> None:
    asked.status = status
    here.record(CancellationMoved(order.id, asked.id, status, asked.by))


def _move_refund(here: Setting, order: Order, asked: Refund, status: RefundStatus) -> None:
    asked.status = status
    here.record(RefundMoved(order.id, asked.id, status, asked.by))
