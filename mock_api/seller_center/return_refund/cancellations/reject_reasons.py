"""With which reasons a seller may turn down what a buyer asks for: a cancellation, a return."""

from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import own_order, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.cancellations.calls import own_cancellation
from simulator.reasons.checking import reject_reasons
from simulator.reasons.model import About, Reason
from simulator.returns.model import ReturnStatus


def reasons_for(caller: Caller, return_or_cancel_id: str) -> tuple[Reason, ...]:
    """What the market's lists have for it; of a return whose goods have come back, the reasons not
    to pay for them. An id of neither is no order's (inferred: the page lists no codes)."""
    registry = world_of(caller).registry
    listed = registry.market.ways.reasons
    if return_or_cancel_id not in registry.returns.all:
        own_cancellation(caller, return_or_cancel_id)
        return reject_reasons(listed, About.CANCELLATION)
    asked = registry.returns.get(return_or_cancel_id)
    own_order(caller, asked.order_id, refusals.NO_PERMISSION)
    about = About.REFUND if asked.kind == "refund" else About.RETURN
    goods = asked.status in (ReturnStatus.SENT_BACK, ReturnStatus.RECEIVED)
    return reject_reasons(listed, about, goods=goods)
