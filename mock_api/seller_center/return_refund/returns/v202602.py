"""Refunds, returns and replacements, version 202602 (newer client): line items of bundles, reasons
in the eligibility, one more field in the search."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, own_order, split_list, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns import v202309
from mock_api.seller_center.return_refund.returns.creating import (
    ABOUT,
    LineWish,
    RefundQuestion,
    ReturnWish,
)
from mock_api.seller_center.return_refund.returns.searching import (
    ReturnFilter,
    ReturnPaging,
    found_returns,
)
from mock_api.seller_center.return_refund.returns.v202309 import Calculated, CreatedReturn, Key
from mock_api.seller_center.return_refund.returns.view import ReturnRow, return_row
from mock_api.seller_center.return_refund.returns.words import KIND
from simulator import World
from simulator.orders.model import Order
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver

router: Final = gated_router("return_refund", "202602")


class NewReturnWish(ReturnWish):
    order_line_list: list[LineWish] | None = None


class NewRefundQuestion(RefundQuestion):
    order_line_list: list[LineWish] | None = None


class Line(Wire):
    order_line_item_id: str


class LineEligibility(v202309.LineEligibility):
    available_reason_names: list[str] | None = None
    order_line_list: list[Line] | None = None


class SkuEligibility(Wire):
    sku_id: str
    line_item_eligibility: list[LineEligibility]


class Eligibility(Wire):
    sku_eligibility: list[SkuEligibility]


class NewReturnRow(ReturnRow):
    is_quick_refund: bool = False


class ReturnPage(Wire):
    return_orders: list[NewReturnRow] | None = None
    total_count: int
    next_page_token: str


@router.post("/returns", response_model_exclude_none=True)
@access("seller.fulfillment.basic", "seller.return_refund.basic")
async def create_return(
    request: Request, caller: CallerDep, wish: NewReturnWish, idempotency_key: Key = ""
) -> Envelope[CreatedReturn]:
    made = v202309.created(caller, wish, idempotency_key, wish.order_line_list)
    return ok(request, made)


@router.post("/refunds/calculate", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def calculate_refund(
    request: Request, caller: CallerDep, wish: NewRefundQuestion
) -> Envelope[Calculated]:
    return ok(request, v202309.calculated(caller, wish, wish.order_line_list))


@router.post("/returns/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_returns(
    request: Request,
    caller: CallerDep,
    paging: Annotated[ReturnPaging, Query()],
    wanted: ReturnFilter | None = None,
) -> Envelope[ReturnPage]:
    found, after, total = found_returns(caller, wanted or ReturnFilter(), paging)
    world = world_of(caller)
    rows = [NewReturnRow(**return_row(world, each).model_dump()) for each in found] or None
    return ok(request, ReturnPage(return_orders=rows, total_count=total, next_page_token=after))


@router.get("/orders/{order_id}/aftersale_eligibility", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_aftersale_eligibility(
    request: Request,
    caller: CallerDep,
    order_id: str,
    initiate_aftersale_user: Literal["SELLER", "BUYER"] = "SELLER",
    request_types: Annotated[list[str] | None, Query()] = None,
) -> Envelope[Eligibility]:
    wanted = split_list(request_types or [])
    kinds = tuple(each for each in v202309.KINDS if not wanted or each in wanted)
    order = own_order(caller, order_id, refusals.NO_PERMISSION)
    giver = Giver(initiate_aftersale_user.lower())
    found = v202309.eligibility(caller, order_id, initiate_aftersale_user, kinds)
    rows = [
        SkuEligibility(
            sku_id=sku_id,
            line_item_eligibility=[_with_reasons(world_of(caller), order, giver, r) for r in lines],
        )
        for sku_id, lines in found.items()
    ]
    return ok(request, Eligibility(sku_eligibility=rows))


def _with_reasons(
    world: World, order: Order, giver: Giver, row: v202309.LineEligibility
) -> LineEligibility:
    kind = KIND.get(row.request_type)
    about = ABOUT[kind] if kind else About.CANCELLATION
    every = reasons(world.registry.market.ways.reasons, about, giver)
    names = [each.name for each in every if each.fits(order.status)]
    return LineEligibility(
        **row.model_dump(),
        available_reason_names=(names or None) if row.eligible else None,
        order_line_list=[Line(order_line_item_id=each) for each in row.order_line_items_ids],
    )
