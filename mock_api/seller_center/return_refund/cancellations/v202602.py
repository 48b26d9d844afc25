"""Cancellations, version 202602: Cancel Order and Search Cancellations, by the newer client.

New in it: lines by ``order_line_list``, and whether the stock is to be filled up again. A status of
answers is spelt here as filters spell it.
"""

from typing import Annotated, Final

from fastapi import Query, Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.cancellations import calls
from mock_api.seller_center.return_refund.cancellations.searching import (
    CancellationFilter,
    CancellationPaging,
    search,
)
from mock_api.seller_center.return_refund.cancellations.view import (
    CancellationFields,
    shared_fields,
)
from mock_api.seller_center.return_refund.cancellations.words import SPELT_AS_FILTERED
from simulator import World
from simulator.cancelling import OUT_OF_STOCK
from simulator.orders.model import Cancellation, Order

router: Final = gated_router("return_refund", "202602")


class OrderLine(Body):
    order_line_item_id: str = ""
    sub_order_line_item_id: str = ""
    """Of goods in a bundle; nothing here is sold in one."""


class CancelOrder(Body):
    order_id: str
    cancel_reason: str
    skus: list[calls.SkuAmount] = Field(default_factory=list)
    order_line_item_ids: list[str] = Field(default_factory=list)
    order_line_list: list[OrderLine] = Field(default_factory=list)


class CancellationView(CancellationFields):
    should_replenish_stock: bool


class CancellationPage(Wire):
    cancellations: list[CancellationView] | None = None
    total_count: int
    next_page_token: str


@router.post("/cancellations", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def cancel_order(
    request: Request, caller: CallerDep, wanted: CancelOrder
) -> Envelope[calls.Cancelled]:
    if wanted.order_line_item_ids and wanted.order_line_list:
        raise Refusal(
            refusals.bad_parameter("order_line_list", "not together with order_line_item_ids")
        )
    if any(each.sub_order_line_item_id for each in wanted.order_line_list):
        raise Refusal(refusals.BAD_ITEMS)
    item_ids = wanted.order_line_item_ids or [
        each.order_line_item_id for each in wanted.order_line_list
    ]
    done = calls.cancel(caller, wanted.order_id, wanted.cancel_reason, item_ids, wanted.skus)
    return ok(request, done)


@router.post("/cancellations/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_cancellations(
    request: Request,
    caller: CallerDep,
    paging: Annotated[CancellationPaging, Query()],
    wanted: CancellationFilter | None = None,
) -> Envelope[CancellationPage]:
    found, count, token = search(caller, paging, wanted)
    views = [_view(world_of(caller), *each) for each in found]
    page = CancellationPage(cancellations=views or None, total_count=count, next_page_token=token)
    return ok(request, page)


def _view(world: World, order: Order, asked: Cancellation) -> CancellationView:
    shared = shared_fields(world, order, asked, SPELT_AS_FILTERED[asked.status])
    # What is out of stock does not come back to the shelf by being cancelled (inferred).
    return CancellationView(**dict(shared), should_replenish_stock=OUT_OF_STOCK not in asked.reason)
