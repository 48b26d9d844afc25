"""Finance, version 202507: what is due and in no statement so far."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.finance import trees
from mock_api.seller_center.finance.amounts import Purse
from mock_api.seller_center.finance.trees import Leaves, Tree
from mock_api.seller_center.gates import access
from mock_api.seller_center.listing import Listing, Span, page_of
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of
from simulator import World
from simulator.clock import DAY, Instant, later
from simulator.money.positions import Transaction, TransactionType, midnight_before
from simulator.orders.model import Order, Status

router: Final = gated_router("finance", "202507")

_ON_ITS_WAY: Final = "waiting for delivery"
_MAY_COME_BACK: Final = "waiting for the end of the return and refund period"
_TONIGHT: Final = "waiting for the next statement"


class UnsettledQuery(Listing):
    sort_field: Literal["order_create_time"]
    search_time_ge: int | None = None
    search_time_lt: int | None = None


class UnsettledView(Wire):
    """Of an order, or an adjustment: what does not apply is left out."""

    type: str
    id: str
    status: str
    currency: str
    estimated_settlement: str | None = None
    """Unix seconds, as a string; left out until the end of the order's life can be foreseen."""
    unsettled_reason: str
    order_create_time: int
    order_delivery_time: int | None = None
    order_id: str | None = None
    adjustment_id: str | None = None
    adjustment_order_id: str | None = None
    est_adjustment_amount: str | None = None
    est_settlement_amount: str
    est_revenue_amount: str | None = None
    revenue_breakdown: Leaves | None = None
    est_shipping_cost_amount: str | None = None
    shipping_cost_breakdown: Tree | None = None
    est_fee_tax_amount: str | None = None
    fee_tax_breakdown: dict[str, Leaves] | None = None


class UnsettledPage(Wire):
    next_page_token: str
    total_count: int
    sum_est_settlement_amount: str
    sum_est_revenue_amount: str
    """With what customers paid for shipping, as in a statement (inferred)."""
    sum_est_adjustment_amount: str
    sum_est_fee_amount: str
    transactions: list[UnsettledView]


@router.get("/orders/unsettled", response_model_exclude_none=True)
@access("seller.finance.info")
async def get_unsettled_transactions(
    request: Request, caller: CallerDep, asked: Annotated[UnsettledQuery, Query()]
) -> Envelope[UnsettledPage]:
    """Sorted and searched by the order's checkout (inferred)."""
    world, shop = world_of(caller), shop_of(caller)
    span = Span(ge=asked.search_time_ge, lt=asked.search_time_lt)
    found = [
        (order, row)
        for order, row in world.registry.cashier.unsettled(shop.id)
        if span.has(order.placed_at)
    ]
    question = ("unsettled", shop.id, asked.sort_order, span)
    page, token = page_of(
        found, lambda pair: (pair[0].placed_at, pair[0].id + pair[1].id), asked, question
    )
    purse, rows = Purse(world), [row for _, row in found]
    return ok(
        request,
        UnsettledPage(
            next_page_token=token,
            total_count=len(rows),
            sum_est_settlement_amount=purse.says(sum(row.settlement for row in rows)),
            sum_est_revenue_amount=purse.says(
                sum(row.amounts.revenue + row.amounts.shipping_cost for row in rows)
            ),
            sum_est_adjustment_amount=purse.says(sum(row.adjustment for row in rows)),
            sum_est_fee_amount=purse.says(sum(row.amounts.commission for row in rows)),
            transactions=[_view(world, order, row) for order, row in page],
        ),
    )


def _view(world: World, order: Order, row: Transaction) -> UnsettledView:
    purse = Purse(world)
    is_order = row.type is TransactionType.ORDER
    due, reason = _waits_for(world, order, is_order=is_order)
    view = UnsettledView(
        type=row.type,
        id=row.id,
        status="UNSETTLED",
        currency=purse.currency,
        estimated_settlement=str(due) if due else None,
        unsettled_reason=reason,
        order_create_time=order.placed_at,
        order_delivery_time=order.delivered_at or None,
        est_settlement_amount=purse.says(row.settlement),
    )
    if not is_order:
        view.adjustment_id, view.adjustment_order_id = row.id, order.id
        view.est_adjustment_amount = purse.says(row.adjustment)
        return view
    amounts = row.amounts
    view.order_id = order.id
    view.est_revenue_amount = purse.says(amounts.revenue)
    view.revenue_breakdown = purse.revenue(amounts)
    view.est_shipping_cost_amount = purse.says(amounts.shipping_cost)
    view.shipping_cost_breakdown = purse.shipping(
        amounts, trees.UNSETTLED_SHIPPING, trees.UNSETTLED_SHIPPING_EXTRA
    )
    view.est_fee_tax_amount = purse.says(amounts.commission)
    view.fee_tax_breakdown = purse.fees(amounts, trees.UNSETTLED_FEES, trees.UNSETTLED_TAXES)
    return view


def _waits_for(world: World, order: Order, *, is_order: bool) -> tuple[Instant | None, str]:
    """When it will be in a statement, if that can be said, and what it waits for."""
    if not is_order or order.is_over:
        return _statement_after(world.now), _TONIGHT
    if order.status is Status.DELIVERED:
        return _statement_after(order.due_at), _MAY_COME_BACK
    return None, _ON_ITS_WAY


def _statement_after(at: Instant) -> Instant:
    return later(midnight_before(at), DAY)
