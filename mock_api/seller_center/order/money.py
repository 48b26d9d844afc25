"""What an order comes to, as decimal strings: in the order itself, and by Get Price Detail.

The world has neither discounts nor taxes, so what the buyer pays is what was asked:
``sub_total + shipping_fee = total_amount``, whatever the formulas take off or add being nought.
"""

from mock_api.seller_center.envelope import Wire
from simulator.market import MarketProfile
from simulator.orders.model import Order


class Payment(Wire):
    currency: str
    sub_total: str
    shipping_fee: str
    seller_discount: str
    platform_discount: str
    total_amount: str
    original_total_product_price: str
    original_shipping_fee: str
    shipping_fee_seller_discount: str
    shipping_fee_platform_discount: str
    tax: str
    product_tax: str
    shipping_fee_tax: str


def payment_of(order: Order, market: MarketProfile) -> Payment:
    products = money(order.goods_minor, market)
    fee = money(order.shipping_fee_minor, market)
    nothing = money(0, market)
    return Payment(
        currency=market.currency,
        sub_total=products,
        shipping_fee=fee,
        seller_discount=nothing,
        platform_discount=nothing,
        total_amount=money(order.total_minor, market),
        original_total_product_price=products,
        original_shipping_fee=fee,
        shipping_fee_seller_discount=nothing,
        shipping_fee_platform_discount=nothing,
        tax=nothing,
        product_tax=nothing,
        shipping_fee_tax=nothing,
    )


def money(minor: int, market: MarketProfile) -> str:
    """Minor units as the wire's decimal string; some currencies have no decimals."""
    if not market.minor_digits:
        return str(minor)
    whole, part = divmod(minor, 10**market.minor_digits)
    return f"{whole}.{part:0{market.minor_digits}d}"


def shares(amount: int, count: int) -> list[int]:
    """*amount* in minor units over so many items, the first ones bearing what is left over, so
    that the items' sums are the order's (inferred: no source says how a fee is shared)."""
    each, over = divmod(amount, count)
    return [each + (nth < over) for nth in range(count)]
