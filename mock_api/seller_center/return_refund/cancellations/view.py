"""A cancellation as Search Cancellations shows it: the fields that its versions share."""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.view import money
from mock_api.seller_center.return_refund.cancellations.words import ROLE
from simulator import World
from simulator.catalog import sku_with
from simulator.market import MarketProfile
from simulator.orders.cancellations import Share, shares
from simulator.orders.model import Cancellation, CancellationStatus, Order, Party
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver

_GIVER: Final = {
    Party.BUYER: Giver.BUYER,
    Party.SELLER: Giver.SELLER,
    Party.PLATFORM: Giver.SYSTEM,
}
_IMAGE_SIDE: Final = 200


class NextAction(Wire):
    action: str
    deadline: int


class Amount(Wire):
    currency: str
    refund_total: str
    refund_subtotal: str
    refund_shipping_fee: str
    refund_tax: str


class ProductImage(Wire):
    url: str
    width: int
    height: int


class CancelLineItem(Wire):
    cancel_line_item_id: str
    order_line_item_id: str
    sku_id: str
    sku_name: str
    product_image: ProductImage
    product_name: str
    seller_sku: str
    refund_amount: Amount


class CancellationFields(Wire):
    cancel_id: str
    order_id: str
    cancel_type: str
    cancel_status: str
    role: str
    cancel_reason: str
    cancel_reason_text: str
    create_time: int
    update_time: int
    seller_next_action_response: list[NextAction] | None = None
    refund_amount: Amount
    cancel_line_items: list[CancelLineItem]


def type_of(asked: Cancellation) -> str:
    return "BUYER_CANCEL" if asked.is_request else "CANCEL"


def shared_fields(
    world: World, order: Order, asked: Cancellation, status: str
) -> CancellationFields:
    """*asked* as it is now, its *status* as the version spells it."""
    market = world.registry.market
    parts = shares(order, asked)
    waits = asked.status is CancellationStatus.PENDING and asked.is_request
    return CancellationFields(
        cancel_id=asked.id,
        order_id=order.id,
        cancel_type=type_of(asked),
        cancel_status=status,
        role=ROLE[asked.by],
        cancel_reason=asked.reason,
        cancel_reason_text=_label(asked, market),
        create_time=asked.asked_at,
        update_time=asked.moved_at,
        seller_next_action_response=(
            [NextAction(action="SELLER_RESPOND_CANCEL", deadline=asked.due_at)] if waits else None
        ),
        refund_amount=_amount(parts, market),
        cancel_line_items=[
            _line(asked, nth, each, market) for nth, each in enumerate(parts, start=1)
        ],
    )


def _line(asked: Cancellation, nth: int, part: Share, market: MarketProfile) -> CancelLineItem:
    sku = sku_with(part.item.sku_id)
    return CancelLineItem(
        # The cancellation's own id, and which of its lines: they need no counter (ours).
        cancel_line_item_id=f"{asked.id}{nth:03d}",
        order_line_item_id=part.item.id,
        sku_id=sku.id,
        sku_name=sku.variant,
        product_image=ProductImage(
            url=f"https://images.seatrial.example/{sku.id}.jpg",
            width=_IMAGE_SIDE,
            height=_IMAGE_SIDE,
        ),
        product_name=sku.product,
        seller_sku=sku.seller_sku,
        refund_amount=_amount([part], market),
    )


def _amount(parts: list[Share], market: MarketProfile) -> Amount:
    """Prices have their taxes in them here: none goes back by itself."""
    goods = sum(each.goods_minor for each in parts)
    fee = sum(each.fee_minor for each in parts)
    return Amount(
        currency=market.currency,
        refund_total=money(goods + fee, market),
        refund_subtotal=money(goods, market),
        refund_shipping_fee=money(fee, market),
        refund_tax=money(0, market),
    )


def _label(asked: Cancellation, market: MarketProfile) -> str:
    """What people read, in English whatever the locale (ours); words by hand stand for
    themselves."""
    listed = reasons(market.ways.reasons, About.CANCELLATION, _GIVER[asked.by])
    return next((each.label for each in listed if each.name == asked.reason), asked.reason)
