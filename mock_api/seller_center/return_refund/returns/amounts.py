"""Refunds' amounts on the wire: a total is the sum of subtotal, shipping fee and tax
(US changelog; everywhere, inferred). Prices here include what tax there is, so the tax is nothing.
"""

from decimal import Decimal, InvalidOperation

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.order.view import money
from mock_api.seller_center.return_refund import refusals
from simulator.market import MarketProfile
from simulator.orders.model import Order

_LONGEST = 20


class RefundAmount(Wire):
    currency: str
    refund_total: str
    refund_subtotal: str
    refund_shipping_fee: str
    refund_tax: str


def amount_of(total: int, order: Order, item_ids: list[str], market: MarketProfile) -> RefundAmount:
    """*total*, of which the goods come first, and what exceeds their price is the shipping fee."""
    goods = sum(item.price_minor for item in order.items if item.id in item_ids)
    subtotal = min(total, goods)
    return RefundAmount(
        currency=market.currency,
        refund_total=money(total, market),
        refund_subtotal=money(subtotal, market),
        refund_shipping_fee=money(total - subtotal, market),
        refund_tax=money(0, market),
    )


def minor(amount: str | None, currency: str | None, market: MarketProfile) -> int | None:
    """An amount as it is written, in minor units; refused if it is none of this currency's."""
    if currency not in (None, "", market.currency):
        raise Refusal(refusals.bad_parameter("currency", f"is not {market.currency}"))
    if not amount:
        return None
    try:
        scaled = Decimal(amount).scaleb(market.minor_digits)
        whole = int(scaled)
    except (InvalidOperation, OverflowError, ValueError):
        raise Refusal(refusals.bad_parameter("amount", "is no amount")) from None
    if whole != scaled or whole <= 0 or len(amount) > _LONGEST:
        raise Refusal(refusals.bad_parameter("amount", "is no amount of this currency"))
    return whole
