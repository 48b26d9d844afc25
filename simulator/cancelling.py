"""A wish to cancel an order: asked, answered, closed.

The checks, and the signal that follows; a refusal is a DomainError and changes nothing. Silence
grants the request.
"""

from simulator import ids
from simulator.clock import later
from simulator.errors import WrongStatus
from simulator.facts import CancellationMoved
from simulator.orders.model import TO_SHIP, Cancellation, CancellationStatus, Order, Party, Status
from simulator.orders.signals import AskCancel, Cancel, CloseCancel
from simulator.registry import Registry


def ask(here: Registry, order: Order, reason: str) -> Cancellation:
    """The buyer cancels: done at once before the seller may act, asked for while the order awaits
    shipment, too late after that."""
    order.require(Status.UNPAID, Status.ON_HOLD, *TO_SHIP)
    if order.cancellation_pending:
        raise WrongStatus(order.id, "being cancelled", "no open cancellation")
    answer_by = later(here.now, here.market.answer_cancellation_within)
    asked = order.cancellation = Cancellation(
        here.mint.next_id(ids.CANCELLATION), Party.BUYER, reason, here.now, answer_by
    )
    if order.status in TO_SHIP:
        here.record(CancellationMoved(order.id, asked.id, asked.status, asked.by))
        order.inbox.deliver(AskCancel())
    else:
        order.inbox.deliver(Cancel())
    return asked


def grant(order: Order) -> None:
    """The seller grants the buyer's request."""
    _open_request(order)
    order.inbox.deliver(Cancel())


def close(here: Registry, order: Order) -> None:
    """The seller turns the request down, or the buyer withdraws it."""
    asked = _open_request(order)
    asked.status = CancellationStatus.CLOSED
    here.record(CancellationMoved(order.id, asked.id, asked.status, asked.by))
    order.inbox.deliver(CloseCancel())


def _open_request(order: Order) -> Cancellation:
    asked = order.cancellation
    if asked is None or not order.cancellation_pending:
        raise WrongStatus(order.id, order.status, "an open cancellation request")
    return asked
