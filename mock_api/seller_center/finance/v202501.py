"""Finance, version 202501: a statement's transactions, and an order's.

The platform's page has them for the United States; the fees in their trees are those of every other
market as well, so they are answered everywhere (inferred).
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.kernel.pages import Key, page_token
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.finance import trees
from mock_api.seller_center.finance.amounts import Purse, shared
from mock_api.seller_center.finance.trees import Leaves, Tree
from mock_api.seller_center.gates import access
from mock_api.seller_center.listing import Listing
from mock_api.seller_center.requests import (
    CallerDep,
    gated_router,
    own_order,
    place_in,
    shop_of,
    world_of,
)
from simulator import World
from simulator.catalog import sku_with
from simulator.money.positions import Amounts, Transaction, TransactionType
from simulator.money.tills import ID_LENGTH, Statement
from simulator.orders.model import LineItem, Order

router: Final = gated_router("finance", "202501")

SCOPE: Final = "seller.finance.info"

_NO_STATEMENT: Final = bad_parameter("statement_id", "is no statement of this shop")
_NO_ORDER: Final = bad_parameter("order_id", "is no order of this shop")


class RowQuery(Listing):
    sort_field: Literal["order_create_time"]


class Totals(Wire):
    total_revenue_amount: str
    total_shipping_cost_amount: str
    total_fee_tax_amount: str
    total_adjustment_amount: str


class TransactionView(Wire):
    """Of an order, or an adjustment: what does not apply is left out."""

    id: str
    type: str
    order_id: str | None = None
    order_create_time: int | None = None
    adjustment_id: str | None = None
    adjustment_order_id: str | None = None
    adjustment_amount: str | None = None
    settlement_amount: str
    revenue_amount: str | None = None
    revenue_breakdown: Leaves | None = None
    shipping_cost_amount: str | None = None
    shipping_cost_breakdown: Tree | None = None
    fee_tax_amount: str | None = None
    fee_tax_breakdown: dict[str, Leaves] | None = None
    supplementary_component: Leaves | None = None


class StatementTransactions(Wire):
    next_page_token: str
    id: str
    create_time: int
    status: str
    currency: str
    payable_amount: str
    total_reserve_amount: str
    total_settlement_amount: str
    total_settlement_breakdown: Totals
    total_count: int
    transactions: list[TransactionView]


class SkuTransaction(Wire):
    sku_id: str
    sku_name: str
    statement_id: str
    product_name: str
    quantity: str
    settlement_amount: str
    revenue_amount: str
    revenue_breakdown: Leaves
    shipping_cost_amount: str
    shipping_cost_breakdown: Tree
    fee_tax_amount: str
    fee_tax_breakdown: dict[str, Leaves]


class OrderTransactions(Wire):
    order_id: str
    order_create_time: int
    currency: str
    revenue_amount: str
    fee_and_tax_amount: str
    shipping_cost_amount: str
    settlement_amount: str
    sku_transactions: list[SkuTransaction]
    total_count: int


@router.get("/statements/{statement_id}/statement_transactions", response_model_exclude_none=True)
@access(SCOPE)
async def get_transactions_by_statement(
    request: Request, caller: CallerDep, statement_id: str, asked: Annotated[RowQuery, Query()]
) -> Envelope[StatementTransactions]:
    world = world_of(caller)
    till = world.registry.cashier.till(shop_of(caller).id)
    statement = next((each for each in till.statements if each.id == statement_id), None)
    if statement is None:
        raise Refusal(_NO_STATEMENT)
    question = ("transactions", statement.id, asked.sort_order)
    rows = _rows_behind(world, statement, asked, place_in(asked.page_token, question))
    page = [row for _, row in zip(range(asked.page_size), rows, strict=False)]
    more = next(rows, None)
    token = page_token((0, _place(page[-1])), question) if more else ""
    purse = Purse(world)
    totals = Totals(
        total_revenue_amount=purse.says(statement.revenue),
        total_shipping_cost_amount=purse.says(statement.shipping_cost),
        total_fee_tax_amount=purse.says(statement.fees),
        total_adjustment_amount=purse.says(statement.adjustments),
    )
    return ok(
        request,
        StatementTransactions(
            next_page_token=token,
            id=statement.id,
            create_time=statement.at,
            status="SETTLED",
            currency=purse.currency,
            payable_amount=purse.says(statement.settlement),
            total_reserve_amount=purse.says(0),
            total_settlement_amount=purse.says(statement.settlement),
            total_settlement_breakdown=totals,
            total_count=statement.rows,
            transactions=[_transaction(world, row) for row in page],
        ),
    )


@router.get("/orders/{order_id}/statement_transactions", response_model_exclude_none=True)
@access(SCOPE)
async def get_transactions_by_order(
    request: Request, caller: CallerDep, order_id: str
) -> Envelope[OrderTransactions]:
    """By SKU and statement; an order that is in no statement so far has none."""
    world, order = world_of(caller), own_order(caller, order_id, _NO_ORDER)
    purse = Purse(world)
    told = list(_told_of(world, order))
    skus = [row for statement, amounts in told for row in _by_sku(world, order, statement, amounts)]
    return ok(
        request,
        OrderTransactions(
            order_id=order.id,
            order_create_time=order.placed_at,
            currency=purse.currency,
            revenue_amount=purse.says(sum(each.revenue for _, each in told)),
            fee_and_tax_amount=purse.says(sum(each.commission for _, each in told)),
            shipping_cost_amount=purse.says(sum(each.shipping_cost for _, each in told)),
            settlement_amount=purse.says(sum(each.settlement for _, each in told)),
            sku_transactions=skus,
            total_count=len(skus),
        ),
    )


def _place(row: Transaction) -> str:
    """What rows are in order by: their order's id, which rises with its checkout, and their own."""
    return row.order_id + row.id


def _rows_behind(
    world: World, statement: Statement, asked: Listing, after: Key | None
) -> Iterator[Transaction]:
    """The statement's rows in order, reckoned one order at a time."""
    cashier = world.registry.cashier
    last = after[1] if after else ""
    order_ids = list(statement.order_ids())
    if asked.descending:
        order_ids.reverse()
    for order_id in order_ids:
        if last and _is_before(order_id, last[:ID_LENGTH], asked):
            continue
        rows = cashier.transactions_in(statement, order_id)
        for row in sorted(rows, key=_place, reverse=asked.descending):
            if not last or _is_before(last, _place(row), asked):
                yield row


def _is_before(one: str, other: str, asked: Listing) -> bool:
    return one > other if asked.descending else one < other


def _transaction(world: World, row: Transaction) -> TransactionView:
    purse = Purse(world)
    if row.type is not TransactionType.ORDER:
        return TransactionView(
            id=row.id,
            type=row.type,
            adjustment_id=row.id,
            adjustment_order_id=row.order_id,
            adjustment_amount=purse.says(row.adjustment),
            settlement_amount=purse.says(row.settlement),
        )
    amounts = row.amounts
    return TransactionView(
        id=row.id,
        type=row.type,
        order_id=row.order_id,
        order_create_time=world.order(row.order_id).placed_at,
        settlement_amount=purse.says(row.settlement),
        revenue_amount=purse.says(amounts.revenue),
        revenue_breakdown=purse.revenue(amounts),
        shipping_cost_amount=purse.says(amounts.shipping_cost),
        shipping_cost_breakdown=purse.shipping(
            amounts, trees.STATEMENT_SHIPPING, trees.STATEMENT_SHIPPING_EXTRA
        ),
        fee_tax_amount=purse.says(amounts.commission),
        fee_tax_breakdown=purse.fees(amounts, trees.STATEMENT_FEES, trees.STATEMENT_TAXES),
        supplementary_component=purse.supplement(amounts),
    )


def _told_of(world: World, order: Order) -> Iterator[tuple[Statement, Amounts]]:
    """Each statement with a row of the order's own."""
    cashier = world.registry.cashier
    for statement in cashier.statements_of(order):
        for row in cashier.transactions_in(statement, order.id):
            if row.type is TransactionType.ORDER:
                yield statement, row.amounts


def _by_sku(
    world: World, order: Order, statement: Statement, amounts: Amounts
) -> list[SkuTransaction]:
    """A statement's row of the order, over its SKUs by what they cost."""
    by_id = sorted(order.items, key=lambda item: item.sku_id)
    skus = [list(items) for _, items in groupby(by_id, key=lambda item: item.sku_id)]
    parts = shared(amounts, [sum(item.price_minor for item in items) for items in skus])
    return [
        _sku(Purse(world), statement, items, part) for items, part in zip(skus, parts, strict=True)
    ]


def _sku(
    purse: Purse, statement: Statement, items: list[LineItem], amounts: Amounts
) -> SkuTransaction:
    sku = sku_with(items[0].sku_id)
    return SkuTransaction(
        sku_id=sku.id,
        sku_name=sku.variant,
        statement_id=statement.id,
        product_name=sku.product,
        quantity=str(len(items)),
        settlement_amount=purse.says(amounts.settlement),
        revenue_amount=purse.says(amounts.revenue),
        revenue_breakdown=purse.revenue(amounts),
        shipping_cost_amount=purse.says(amounts.shipping_cost),
        shipping_cost_breakdown=purse.shipping(
            amounts, trees.ORDER_SHIPPING, trees.ORDER_SHIPPING_EXTRA
        ),
        fee_tax_amount=purse.says(amounts.commission),
        fee_tax_breakdown=purse.fees(amounts, trees.ORDER_FEES, trees.ORDER_TAXES),
    )
