"""What the return and refund group pushes: type 11 (cancellation)."""

from collections.abc import Iterator
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.pushes import Push, Tells
from mock_api.seller_center.return_refund.cancellations.words import ROLE, STATUS
from simulator.clock import Instant
from simulator.facts import CancellationMoved
from simulator.orders.model import CancellationStatus, Party

CANCELLATION_STATUS_CHANGE: Final = "CANCELLATION_STATUS_CHANGE"


def _cancellation(sandbox: Sandbox, fact: CancellationMoved, _at: Instant) -> Iterator[Push]:
    registry = sandbox.world.registry
    if fact.by == Party.PLATFORM and not registry.market.ways.tells_own_cancellations:
        return
    order, asked = registry.cancellation(fact.cancellation_id)
    data = {
        "order_id": order.id,
        "cancellations_role": ROLE[asked.by],
        "cancel_status": STATUS[CancellationStatus(fact.status)],
        "cancel_id": asked.id,
        "create_time": asked.asked_at,
    }
    yield Push(11, CANCELLATION_STATUS_CHANGE, order.shop_id, order.id, data)


TELLS: Final[Tells] = {CancellationMoved: _cancellation}
