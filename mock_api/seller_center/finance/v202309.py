"""Finance, version 202309: statements, payments, withdrawals."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.finance.amounts import Purse
from mock_api.seller_center.finance.payments import Money, PaymentQuery, PaymentView, payments_page
from mock_api.seller_center.gates import access
from mock_api.seller_center.listing import Listing, Span, page_of
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, split_list, world_of
from simulator import World
from simulator.money.tills import Flow, Payment, PaymentStatus, Statement

router: Final = gated_router("finance", "202309")

SCOPE: Final = "seller.finance.info"

_FLOW_TYPES: Final = frozenset({"WITHDRAW", "SETTLE", "TRANSFER", "REVERSE", "PAYMENT", "REFUND"})
"""The last two are the newer client's. Nothing in our world is a TRANSFER, PAYMENT or REFUND."""


class StatementQuery(Listing):
    sort_field: Literal["statement_time"]
    payment_status: Literal["PAID", "FAILED", "PROCESSING"] | None = None
    statement_time_ge: int | None = None
    statement_time_lt: int | None = None


class StatementView(Wire):
    id: str
    statement_time: int
    settlement_amount: str
    currency: str
    revenue_amount: str
    """With what customers paid for shipping: with fees and adjustments it makes the settlement, as
    in the platform's sample."""
    fee_amount: str
    adjustment_amount: str
    payment_status: str
    payment_id: str | None = None
    net_sales_amount: str
    """The goods alone; with shipping, fees and adjustments it makes the settlement as well."""
    shipping_cost_amount: str
    payment_time: int | None = None
    """The newer client's."""


class StatementPage(Wire):
    next_page_token: str
    statements: list[StatementView]


class ReservedPaymentView(PaymentView):
    reserve_amount: Money
    """Nothing is ever held back here."""


class PaymentPage(Wire):
    next_page_token: str
    payments: list[ReservedPaymentView]


class WithdrawalQuery(Listing):
    types: list[str]
    create_time_ge: int | None = None
    create_time_lt: int | None = None


class WithdrawalView(Wire):
    id: str
    type: str
    amount: str
    currency: str
    status: str
    create_time: int


class WithdrawalPage(Wire):
    next_page_token: str
    total_count: int
    withdrawals: list[WithdrawalView]


@router.get("/statements", response_model_exclude_none=True)
@access(SCOPE)
async def get_statements(
    request: Request, caller: CallerDep, asked: Annotated[StatementQuery, Query()]
) -> Envelope[StatementPage]:
    world, shop = world_of(caller), shop_of(caller)
    till = world.registry.cashier.till(shop.id)
    payments = {each.id: each for each in till.payments}
    span = Span(ge=asked.statement_time_ge, lt=asked.statement_time_lt)
    found = [
        each
        for each in till.statements
        if span.has(each.at)
        and asked.payment_status in (None, _status(payments.get(each.payment_id)))
    ]
    question = ("statements", shop.id, asked.sort_order, asked.payment_status, span)
    page, token = page_of(found, lambda row: (row.at, row.id), asked, question)
    views = [_statement(world, each, payments.get(each.payment_id)) for each in page]
    return ok(request, StatementPage(next_page_token=token, statements=views))


@router.get("/payments", response_model_exclude_none=True)
@access(SCOPE)
async def get_payments(
    request: Request, caller: CallerDep, asked: Annotated[PaymentQuery, Query()]
) -> Envelope[PaymentPage]:
    page, token = payments_page(world_of(caller), shop_of(caller), asked)
    none = Money(value="0", currency=Purse(world_of(caller)).currency)
    views = [ReservedPaymentView(**dict(each), reserve_amount=none) for each in page]
    return ok(request, PaymentPage(next_page_token=token, payments=views))


@router.get("/withdrawals", response_model_exclude_none=True)
@access(SCOPE)
async def get_withdrawals(
    request: Request, caller: CallerDep, asked: Annotated[WithdrawalQuery, Query()]
) -> Envelope[WithdrawalPage]:
    world, shop = world_of(caller), shop_of(caller)
    types = split_list(asked.types)
    if not types or not _FLOW_TYPES.issuperset(types):
        raise Refusal(bad_parameter("types", f"takes {', '.join(sorted(_FLOW_TYPES))}"))
    span = Span(ge=asked.create_time_ge, lt=asked.create_time_lt)
    flows = world.registry.cashier.till(shop.id).flows
    found = [each for each in flows if each.type in types and span.has(each.at)]
    question = ("withdrawals", shop.id, asked.sort_order, sorted(types), span)
    page, token = page_of(found, lambda row: (row.at, row.id), asked, question)
    return ok(
        request,
        WithdrawalPage(
            next_page_token=token,
            total_count=len(found),
            withdrawals=[_withdrawal(world, each) for each in page],
        ),
    )


def _status(payment: Payment | None) -> str:
    """A statement that no payment pays yet is being processed: a debt, or nothing (inferred)."""
    return payment.status if payment else PaymentStatus.PROCESSING


def _statement(world: World, statement: Statement, payment: Payment | None) -> StatementView:
    says = Purse(world).says
    return StatementView(
        id=statement.id,
        statement_time=statement.at,
        settlement_amount=says(statement.settlement),
        currency=world.registry.market.currency,
        revenue_amount=says(statement.revenue + statement.shipping_cost),
        fee_amount=says(statement.fees),
        adjustment_amount=says(statement.adjustments),
        payment_status=_status(payment),
        payment_id=statement.payment_id or None,
        net_sales_amount=says(statement.revenue),
        shipping_cost_amount=says(statement.shipping_cost),
        payment_time=payment.paid_at or None if payment else None,
    )


def _withdrawal(world: World, flow: Flow) -> WithdrawalView:
    purse = Purse(world)
    return WithdrawalView(
        id=flow.id,
        type=flow.type,
        amount=purse.says(flow.amount),
        currency=purse.currency,
        status=flow.status,
        create_time=flow.at,
    )
