"""What the return and refund group pushes: type 11 (cancellation)."""

from collections.abc import Iterator
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.pushes import Push, Tells
from simulator.clock import Instant
from simulator.facts import CancellationMoved
from simulator.orders.model import CancellationStatus, Party

CANCELLATION_STATUS_CHANGE: Final = "CANCELLATION_STATUS_CHANGE"

_ROLE: Final[dict[str, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
}
_CANCELLATION: Final[dict[str, str]] = {
    CancellationStatus.PENDING: "CANCELLATION_REQUEST_PENDING",
    CancellationStatus.GRANTED: "CANCELLATION_REQUEST_SUCCESS",
    CancellationStatus.REFUNDED: "CANCELLATION_REQUEST_COMPLETE",
    CancellationStatus.CLOSED: "CANCELLATION_REQUEST_CANCELLED",
}


def _cancellation(sandbox: Sandbox, fact: CancellationMoved, _at: Instant) -> Iterator[Push]:
    order = sandbox.world.order(fact.order_id)
    asked = order.cancellation
    assert asked is not None, order.id
    data = {
        "order_id": order.id,
        "cancellations_role": _ROLE[fact.by],
        "cancel_status": _CANCELLATION[fact.status],
        "cancel_id": fact.cancellation_id,
        "create_time": asked.asked_at,
    }
    yield Push(11, CANCELLATION_STATUS_CHANGE, order.shop_id, order.id, data)


TELLS: Final[Tells] = {CancellationMoved: _cancellation}
