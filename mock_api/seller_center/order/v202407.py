"""Orders, version 202407: Get Price Detail.

The world has neither discounts nor taxes, so list prices are sale prices, and what would be taken
off or added is nought. The parts of the line items add up to those of the order. Types of vouchers
(``voucher_deduction_…``) are left out: there are none.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.order.money import money, shares
from mock_api.seller_center.requests import CallerDep, gated_router, own_order, world_of
from simulator.market import MarketProfile
from simulator.orders.model import Order

router: Final = gated_router("order", "202407")


class Prices(Wire):
    """What an order and each of its line items have in common."""

    currency: str
    total: str
    payment: str
    sku_list_price: str
    sku_sale_price: str
    subtotal: str
    subtotal_deduction_seller: str
    subtotal_deduction_platform: str
    subtotal_tax_amount: str
    shipping_list_price: str
    shipping_sale_price: str
    shipping_fee_deduction_seller: str
    shipping_fee_deduction_platform: str
    tax_amount: str
    tax_rate: str
    net_price_amount: str
    cod_fee: str
    sku_gift_original_price: str
    sku_gift_net_price: str


class LinePrices(Prices):
    id: str
    cod_fee_amount: str
    """The order's ``cod_fee_net_amount``, under another name."""


class PriceDetail(Prices):
    cod_fee_net_amount: str
    line_items: list[LinePrices]


@router.get("/orders/{order_id}/price_detail", response_model_exclude_none=True)
@access("seller.order.info")
async def get_price_detail(
    request: Request, caller: CallerDep, order_id: str
) -> Envelope[PriceDetail]:
    if not order_id.isascii() or not order_id.isdigit():
        raise Refusal(refusals.BAD_PARAMETERS)
    order = own_order(caller, order_id, refusals.NOT_YOURS)
    return ok(request, _detail(order, world_of(caller).registry.market))


def _detail(order: Order, market: MarketProfile) -> PriceDetail:
    nothing = money(0, market)
    fees = shares(order.shipping_fee_minor, len(order.items))
    lines = [
        LinePrices(
            id=item.id,
            cod_fee_amount=nothing,
            **_prices(item.price_minor, fee, market).model_dump(),
        )
        for item, fee in zip(order.items, fees, strict=True)
    ]
    whole = _prices(order.goods_minor, order.shipping_fee_minor, market)
    return PriceDetail(cod_fee_net_amount=nothing, line_items=lines, **whole.model_dump())


def _prices(goods_minor: int, fee_minor: int, market: MarketProfile) -> Prices:
    """Of goods, and of the part of the shipping fee that falls to them."""
    goods, fee, nothing = money(goods_minor, market), money(fee_minor, market), money(0, market)
    together = money(goods_minor + fee_minor, market)
    return Prices(
        currency=market.currency,
        total=together,
        payment=together,
        sku_list_price=goods,
        sku_sale_price=goods,
        subtotal=goods,
        subtotal_deduction_seller=nothing,
        subtotal_deduction_platform=nothing,
        subtotal_tax_amount=nothing,
        shipping_list_price=fee,
        shipping_sale_price=fee,
        shipping_fee_deduction_seller=nothing,
        shipping_fee_deduction_platform=nothing,
        tax_amount=nothing,
        tax_rate="0",
        net_price_amount=goods,
        cod_fee=nothing,
        sku_gift_original_price=nothing,
        sku_gift_net_price=nothing,
    )
