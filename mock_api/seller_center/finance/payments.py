"""Payments, as both versions show them."""

from typing import Final, Literal

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.finance import refusals
from mock_api.seller_center.finance.amounts import Purse
from mock_api.seller_center.listing import Listing, Span, page_of
from simulator import World
from simulator.money.tills import Payment
from simulator.registry import Shop

_ACCOUNT: Final = "***********"


class Money(Wire):
    value: str
    currency: str


class PaymentQuery(Listing):
    sort_field: Literal["create_time"]
    create_time_ge: int | None = None
    create_time_lt: int | None = None


class PaymentView(Wire):
    """As version 202605 has it."""

    create_time: int
    id: str
    status: str
    amount: Money
    settlement_amount: Money
    payment_amount_before_exchange: Money
    exchange_rate: str
    """Six decimal places. Sellers' accounts are in the market's currency (inferred)."""
    paid_time: int | None = None
    bank_account: str


def payments_page(world: World, shop: Shop, asked: PaymentQuery) -> tuple[list[PaymentView], str]:
    """The page's payments, and the next page's token."""
    if not world.registry.market.finance.to_bank:
        raise Refusal(refusals.PAYMENTS_UNAVAILABLE)
    span = Span(ge=asked.create_time_ge, lt=asked.create_time_lt)
    payments = world.registry.cashier.till(shop.id).payments
    found = [each for each in payments if span.has(each.at)]
    question = ("payments", shop.id, asked.sort_order, span)
    page, token = page_of(found, lambda row: (row.at, row.id), asked, question)
    return [_view(world, shop, each) for each in page], token


def _view(world: World, shop: Shop, payment: Payment) -> PaymentView:
    purse = Purse(world)
    amount = Money(value=purse.says(payment.amount), currency=purse.currency)
    return PaymentView(
        create_time=payment.at,
        id=payment.id,
        status=payment.status,
        amount=amount,
        settlement_amount=amount,
        payment_amount_before_exchange=amount,
        exchange_rate="1.000000",
        paid_time=payment.paid_at or None,
        bank_account=_ACCOUNT + shop.id[-4:],
    )
