"""An order as the platform shows it: the fields of Get Order Detail and Get Order List.

Keys that do not apply are left out. Money is a decimal string, times are Unix seconds. What the
world does not know (LIVE sessions, prescriptions, invoices of Brazilian buyers) has no key.
"""

from typing import Any, Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.items import LineItemView, initiator, line_items, shipment
from mock_api.seller_center.order.money import Payment, money, payment_of
from mock_api.seller_center.order.recipient import RecipientAddress, recipient_of
from mock_api.seller_center.packages import Tag, is_shown, tag_of
from mock_api.seller_center.reference import OPTION, PROVIDER_ID, PROVIDER_NAME, SHIPPING_TYPE
from simulator import World, paperwork
from simulator.market.ways import Ways
from simulator.orders.cancellations import by_buyer
from simulator.orders.model import Order
from simulator.parcels.model import Parcel

__all__ = ["OrderView", "RecipientAddress", "money", "order_view", "recipient_of"]

_STANDARD_PRIORITY: Final = 600
"""Of ``fulfillment_priority_level``: 100 is Instant, 600 Standard, 800 Cargo."""


class PackageRef(Wire):
    id: str


class OrderView(Wire):
    id: str
    status: str
    user_id: str
    buyer_email: str
    buyer_nickname: str | None = None
    create_time: int
    update_time: int
    paid_time: int | None = None
    rts_sla_time: int | None = None
    tts_sla_time: int | None = None
    delivery_sla_time: int | None = None
    delivery_option_required_delivery_time: int | None = None
    shipping_due_time: int | None = None
    collection_due_time: int | None = None
    delivery_due_time: int | None = None
    cancel_order_sla_time: int | None = None
    pick_up_cut_off_time: int | None = None
    recommended_shipping_time: int | None = None
    fulfillment_priority_level: int | None = None
    rts_time: int | None = None
    collection_time: int | None = None
    delivery_time: int | None = None
    cancel_time: int | None = None
    request_cancel_time: int | None = None
    is_buyer_request_cancel: bool
    is_on_hold_order: bool
    cancel_reason: str | None = None
    cancellation_initiator: str | None = None
    fulfillment_type: str
    shipping_type: str
    delivery_option_id: str
    delivery_option_name: str
    delivery_type: str
    order_type: str
    commerce_platform: str
    warehouse_id: str
    is_cod: bool
    is_sample_order: bool
    is_replacement_order: bool
    replaced_order_id: str | None = None
    is_exchange_order: bool
    has_updated_recipient_address: bool
    payment_method_name: str
    need_upload_invoice: str | None = None
    tracking_number: str | None = None
    shipping_provider: str | None = None
    shipping_provider_id: str | None = None
    payment: Payment
    recipient_address: RecipientAddress | None = None
    packages: list[PackageRef] | None = None
    split_or_combine_tag: str | None = None
    line_items: list[LineItemView]


def order_view(world: World, order: Order) -> OrderView:
    """*order* as it is now."""
    market = world.registry.market
    ways = market.ways
    parcels = [each for each in world.registry.parcels_of(order) if is_shown(world, each)]
    option = OPTION[order.mode]
    # The order itself shows its first parcel's number (inferred: it has room for one).
    number, carrier = shipment(order, parcels[0] if parcels else None)
    return OrderView(
        id=order.id,
        status=order.status,
        user_id=order.buyer_id,
        buyer_email=f"{order.buyer_id[-8:]}@chat.seller.example",
        buyer_nickname=order.customer or None,
        **_times(order, ways),
        is_buyer_request_cancel=order.cancellation_pending,
        is_on_hold_order=order.has_hold,
        cancel_reason=order.cancel_reason or None,
        cancellation_initiator=initiator(order),
        fulfillment_type="FULFILLMENT_BY_SELLER",
        shipping_type=SHIPPING_TYPE[order.mode],
        delivery_option_id=option.id,
        delivery_option_name=option.name,
        delivery_type="HOME_DELIVERY",
        order_type="NORMAL",
        commerce_platform="TIKTOK_SHOP",
        warehouse_id=order.warehouse_id,
        is_cod=False,
        is_sample_order=False,
        is_replacement_order=bool(order.replaces),
        replaced_order_id=order.replaces or None,
        is_exchange_order=False,
        has_updated_recipient_address=order.moves > 0,
        payment_method_name="Credit Card",
        need_upload_invoice=_invoice(world, order),
        tracking_number=number or None,
        shipping_provider=PROVIDER_NAME.get(carrier),
        shipping_provider_id=PROVIDER_ID.get(carrier),
        payment=payment_of(order, market),
        recipient_address=recipient_of(world, order),
        packages=[PackageRef(id=parcel.id) for parcel in parcels] or None,
        split_or_combine_tag=_tag(order, parcels),
        line_items=line_items(order, parcels, market),
    )


def _times(order: Order, ways: Ways) -> dict[str, Any]:
    """Everything about the order that is an instant, or made of one."""
    asked = by_buyer(order)
    return {
        "create_time": order.placed_at,
        "update_time": order.updated_at,
        "paid_time": order.paid_at or None,
        "rts_sla_time": order.ready_by or None,
        "tts_sla_time": order.ship_by or None,
        "delivery_sla_time": order.deliver_by or None,
        "delivery_option_required_delivery_time": order.deliver_by or None,
        "shipping_due_time": order.shipping_due or None,
        "collection_due_time": order.collection_due or None,
        "delivery_due_time": order.delivery_due or None,
        # Deprecated, and still in the schema: when the platform cancels by itself, if nobody acts.
        "cancel_order_sla_time": order.shipping_due or None,
        "pick_up_cut_off_time": (order.ship_by or None) if ways.ranks_shipping else None,
        "recommended_shipping_time": (order.ready_by or None) if ways.ranks_shipping else None,
        "fulfillment_priority_level": _STANDARD_PRIORITY if ways.ranks_shipping else None,
        "rts_time": order.ready_at or None,
        "collection_time": order.shipped_at or None,
        "delivery_time": order.delivered_at or None,
        "cancel_time": order.cancelled_at or None,
        "request_cancel_time": asked.asked_at if asked else None,
    }


def _invoice(world: World, order: Order) -> str | None:
    """Whether the seller has to hand in an invoice before the order may be shipped (BR)."""
    here = world.registry
    if not here.market.ways.invoice_first:
        return None
    return "NEED_INVOICE" if paperwork.needs_invoice(here, order) else "NO_NEED"


def _tag(order: Order, parcels: list[Parcel]) -> str | None:
    """An order has words of its own for its packages' tags, and none for the usual one."""
    tags = {tag_of(order, parcel) for parcel in parcels}
    if Tag.COMBINE in tags:
        return "COMBINED"
    return "SPLIT" if Tag.SPLIT in tags else None
