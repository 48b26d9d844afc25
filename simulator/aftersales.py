"""The end of an order's after-sales window by its buyer's word.

A refusal is a DomainError and changes nothing. Refunds, returns and replacements are the business
of ``returning``.
"""

from simulator.errors import WrongStatus
from simulator.orders.model import Order, Status
from simulator.orders.signals import Confirm


def confirm(order: Order) -> None:
    """The buyer confirms receipt: the order is completed before its after-sales window ends."""
    order.require(Status.DELIVERED)
    if order.open_returns:
        raise WrongStatus(order.id, "being refunded or returned", "no open request of its buyer")
    order.inbox.deliver(Confirm())
