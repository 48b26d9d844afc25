"""A return as searches show it."""

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.view import money
from mock_api.seller_center.reference import PROVIDER_ID, PROVIDER_NAME
from mock_api.seller_center.return_refund.returns.amounts import RefundAmount, amount_of
from mock_api.seller_center.return_refund.returns.words import (
    HANDOVER,
    METHOD,
    ROLE,
    SHIPMENT,
    TYPE,
    line_id,
    next_action,
    status_of,
)
from simulator import World
from simulator.catalog import BY_ID
from simulator.market import MarketProfile
from simulator.orders.model import Order
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver
from simulator.returns.claims import shares
from simulator.returns.model import Kind, Return


class Image(Wire):
    url: str
    width: int
    height: int


class NextAction(Wire):
    action: str
    deadline: int


class ReturnLine(Wire):
    return_line_item_id: str
    order_line_item_id: str
    sku_id: str
    sku_name: str
    product_name: str
    seller_sku: str
    product_image: Image
    refund_amount: RefundAmount


class Discount(Wire):
    currency: str
    product_seller_discount: str
    shipping_fee_platform_discount: str
    shipping_fee_seller_discount: str
    product_platform_discount: str


class ReturnFee(Wire):
    currency: str
    seller_paid_return_shipping_fee: str
    platform_paid_return_shipping_fee: str
    buyer_paid_return_shipping_fee: str


class Part(Wire):
    currency: str
    amount: str


class Warehouse(Wire):
    full_address: str


class ReturnRow(Wire):
    """Version 202309's; keys that do not apply are left out."""

    order_id: str
    return_id: str
    return_type: str
    return_status: str
    arbitration_status: str | None = None
    role: str
    return_reason: str
    return_reason_text: str
    shipment_type: str | None = None
    handover_method: str | None = None
    return_tracking_number: str | None = None
    return_provider_name: str | None = None
    return_provider_id: str | None = None
    pre_return_id: str | None = None
    next_return_id: str | None = None
    can_buyer_keep_item: bool
    update_time: int
    seller_next_action_response: list[NextAction] | None = None
    create_time: int
    return_line_items: list[ReturnLine]
    discount_amount: list[Discount]
    shipping_fee_amount: list[ReturnFee] | None = None
    refund_amount: RefundAmount
    return_shipping_document_type: str | None = None
    return_method: str | None = None
    is_combined_return: bool = False
    seller_proposed_return_type: str | None = None
    partial_refund: Part | None = None
    buyer_rejected_partial_refund: bool | None = None
    return_warehouse_address: Warehouse | None = None


def return_row(world: World, asked: Return) -> ReturnRow:
    """What Search Returns says of it."""
    order, market = world.order(asked.order_id), world.registry.market
    action = next_action(asked)
    goes_back = asked.kind is Kind.RETURN
    offer = money(asked.offer_minor, market) if asked.offer_minor else None
    return ReturnRow(
        order_id=order.id,
        return_id=asked.id,
        return_type=TYPE[asked.kind],
        return_status=status_of(asked),
        arbitration_status=asked.arbitration.upper() if asked.arbitration else None,
        role=ROLE[asked.by],
        return_reason=asked.reason,
        return_reason_text=reason_text(world, asked),
        shipment_type=SHIPMENT[asked.shipment] if goes_back else None,
        handover_method=HANDOVER[asked.handover] if goes_back else None,
        return_tracking_number=asked.tracking_number or None,
        return_provider_name=PROVIDER_NAME.get(asked.carrier),
        return_provider_id=PROVIDER_ID.get(asked.carrier),
        pre_return_id=asked.previous_id or None,
        next_return_id=asked.next_id or None,
        can_buyer_keep_item=asked.keeps_goods or asked.kind is not Kind.RETURN,
        update_time=asked.notes[-1].at,
        seller_next_action_response=[NextAction(action=action, deadline=asked.due_at)]
        if action
        else None,
        create_time=asked.asked_at,
        return_line_items=_lines(world, order, asked),
        discount_amount=[_no_discount(market)],
        shipping_fee_amount=[_no_fee(market)] if goes_back else None,
        refund_amount=amount_of(asked.amount_minor, order, asked.item_ids, market),
        return_shipping_document_type="QR_CODE" if goes_back and asked.tracking_number else None,
        return_method=METHOD[asked.shipment] if goes_back else None,
        seller_proposed_return_type="PARTIAL_REFUND" if offer else None,
        partial_refund=Part(currency=market.currency, amount=offer) if offer else None,
        buyer_rejected_partial_refund=asked.offer_declined if offer else None,
        return_warehouse_address=_warehouse(world, order) if goes_back else None,
    )


def _no_discount(market: MarketProfile) -> Discount:
    nothing = money(0, market)
    return Discount(
        currency=market.currency,
        product_seller_discount=nothing,
        shipping_fee_platform_discount=nothing,
        shipping_fee_seller_discount=nothing,
        product_platform_discount=nothing,
    )


def _no_fee(market: MarketProfile) -> ReturnFee:
    nothing = money(0, market)
    return ReturnFee(
        currency=market.currency,
        seller_paid_return_shipping_fee=nothing,
        platform_paid_return_shipping_fee=nothing,
        buyer_paid_return_shipping_fee=nothing,
    )


def reason_text(world: World, asked: Return) -> str:
    """The platform's words for the reason; a reason of nobody's list is its own text."""
    about = About.REFUND if asked.kind is Kind.REFUND else About.RETURN
    market = world.registry.market.ways.reasons
    for giver in (Giver.BUYER, Giver.SELLER):
        for each in reasons(market, about, giver):
            if each.name == asked.reason:
                return each.label
    return asked.reason


def _lines(world: World, order: Order, asked: Return) -> list[ReturnLine]:
    market = world.registry.market
    by_id = {item.id: item for item in order.items}
    parts = shares(asked.amount_minor, order, asked.item_ids)
    lines = []
    for nth, (item_id, part) in enumerate(zip(asked.item_ids, parts, strict=True)):
        sku = BY_ID[by_id[item_id].sku_id]
        image = f"https://images.seatrial.example/{sku.id}.jpg"
        lines.append(
            ReturnLine(
                return_line_item_id=line_id(asked, nth),
                order_line_item_id=item_id,
                sku_id=sku.id,
                sku_name=sku.variant,
                product_name=sku.product,
                seller_sku=sku.seller_sku,
                product_image=Image(url=image, width=200, height=200),
                refund_amount=amount_of(part, order, [item_id], market),
            )
        )
    return lines


def _warehouse(world: World, order: Order) -> Warehouse:
    there = world.registry.warehouses[order.warehouse_id].address
    parts = (there.line1, there.city, there.postal_code, there.region)
    return Warehouse(full_address=", ".join(parts))
