"""What the order group pushes: types 1 (order status) and 3 (recipient address)."""

from collections.abc import Iterator
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.pushes import Push, Tells
from simulator.clock import Instant
from simulator.facts import AddressChanged, OrderMoved
from simulator.orders.model import Status

ORDER_STATUS_CHANGE: Final = "ORDER_STATUS_CHANGE"
RECIPIENT_ADDRESS_UPDATE: Final = "RECIPIENT_ADDRESS_UPDATE"

_STATUS: Final[dict[str, str]] = {Status.CANCELLED: "CANCEL"}
"""Webhook 1 says CANCEL where the API says CANCELLED."""


def _moved(sandbox: Sandbox, fact: OrderMoved, at: Instant) -> Iterator[Push]:
    """Every status but one: webhook 1 has no word for PARTIALLY_SHIPPING."""
    if fact.status == Status.PARTIALLY_SHIPPING:
        return
    order = sandbox.world.order(fact.order_id)
    data = {
        "order_id": order.id,
        "order_status": _STATUS.get(fact.status, fact.status),
        "is_on_hold_order": order.has_hold,
        "update_time": at,
    }
    yield Push(1, ORDER_STATUS_CHANGE, order.shop_id, order.id, data)


def _address(sandbox: Sandbox, fact: AddressChanged, at: Instant) -> Iterator[Push]:
    order = sandbox.world.order(fact.order_id)
    data = {"order_id": order.id, "update_time": at}
    yield Push(
        3, RECIPIENT_ADDRESS_UPDATE, order.shop_id, order.id, data, has_notification_id=False
    )


TELLS: Final[Tells] = {OrderMoved: _moved, AddressChanged: _address}
