"""What the versions of the cancellation endpoints share: finding, cancelling, answering."""

from collections import Counter
from collections.abc import Sequence

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import Body, own_order, shop_of, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.cancellations.causes import (
    FROM_DOMAIN,
    WHEN_APPROVING,
    WHEN_REJECTING,
)
from mock_api.seller_center.return_refund.cancellations.words import STATUS
from simulator.cancelling import No
from simulator.errors import ItemsExceeded, NotFound
from simulator.orders.model import Cancellation, Order


class SkuAmount(Body):
    sku_id: str
    quantity: int = Field(ge=1)


class Cancelled(Wire):
    """The answer of Cancel Order. The money is back at once, so the status is already COMPLETE
    (the documents' sample shows SUCCESS)."""

    cancel_id: str
    cancel_status: str


def cancel(
    caller: Caller, order_id: str, reason: str, item_ids: Sequence[str], skus: Sequence[SkuAmount]
) -> Cancelled:
    """The seller cancels. Where line items are named, they count and not the SKUs beside them
    (inferred); where nothing is named, it is the whole order."""
    order = own_order(caller, order_id, refusals.NO_PERMISSION)
    with in_words(FROM_DOMAIN):
        named = item_ids or _units(order, skus)
        asked = world_of(caller).sellers.cancel(order.id, reason, named)
    return Cancelled(cancel_id=asked.id, cancel_status=STATUS[asked.status])


def own_cancellation(caller: Caller, cancel_id: str) -> tuple[Order, Cancellation]:
    """The shop's cancellation of that id, and its order."""
    try:
        order, asked = world_of(caller).registry.cancellation(cancel_id)
    except NotFound:
        raise Refusal(refusals.NOT_FOUND) from None
    if order.shop_id != shop_of(caller).id:
        raise Refusal(refusals.NO_PERMISSION)
    return order, asked


def approve(request: Request, caller: Caller, cancel_id: str, key: str) -> Envelope[Nothing]:
    own_cancellation(caller, cancel_id)

    def act() -> Nothing:
        with in_words(WHEN_APPROVING):
            world_of(caller).sellers.approve_cancellation(cancel_id)
        return Nothing()

    marks = ("approve_cancellation", shop_of(caller).id, cancel_id, key)
    return ok(request, caller.sandbox.remembered.once(marks, Nothing, act))


def reject(request: Request, caller: Caller, cancel_id: str, key: str, no: No) -> Envelope[Nothing]:
    own_cancellation(caller, cancel_id)

    def act() -> Nothing:
        with in_words(WHEN_REJECTING):
            world_of(caller).sellers.reject_cancellation(cancel_id, no)
        return Nothing()

    marks = ("reject_cancellation", shop_of(caller).id, cancel_id, key)
    return ok(request, caller.sandbox.remembered.once(marks, Nothing, act))


def _units(order: Order, skus: Sequence[SkuAmount]) -> list[str]:
    """The first live line items of so many units of each SKU."""
    wanted: Counter[str] = Counter()
    for each in skus:
        wanted[each.sku_id] += each.quantity
    found = []
    for sku_id, units in wanted.items():
        live = [item.id for item in order.live_items if item.sku_id == sku_id]
        if len(live) < units:
            raise ItemsExceeded(order.id, f"{units} of SKU {sku_id}")
        found += live[:units]
    return found
