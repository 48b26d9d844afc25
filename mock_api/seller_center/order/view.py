"""An order as the platform shows it: the fields of Get Order Detail and Get Order List.

Keys that do not apply are left out. Money is a decimal string, times are Unix seconds.
"""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.packages import (
    Tag,
    is_shown,
    package_status,
    shown_carrier,
    shown_number,
    tag_of,
)
from mock_api.seller_center.reference import OPTION, PROVIDER_ID, PROVIDER_NAME, SHIPPING_TYPE
from simulator import World
from simulator.catalog import sku_with
from simulator.market import MarketProfile
from simulator.orders.model import LineItem, Order, Party, Status
from simulator.parcels.model import Parcel
from simulator.people import Address

_COUNTRY: Final = {"GB": "United Kingdom", "US": "United States", "VN": "Vietnam"}
_DIALLING_CODE: Final = {"GB": "+44", "US": "+1", "VN": "+84"}
_INITIATOR: Final[dict[str, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
}
_NOT_SHOWN_OF_ITEMS: Final = (Status.ON_HOLD, Status.PARTIALLY_SHIPPING)
_WITHHELD: Final = (Status.UNPAID, Status.ON_HOLD)


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


class District(Wire):
    address_level_name: str
    address_name: str
    address_level: str


class RecipientAddress(Wire):
    full_address: str
    phone_number: str
    name: str
    first_name: str
    last_name: str
    region_code: str
    postal_code: str
    post_town: str
    address_line1: str
    address_detail: str
    district_info: list[District]


class PackageRef(Wire):
    id: str


class LineItemView(Wire):
    id: str
    sku_id: str
    product_id: str
    product_name: str
    sku_name: str
    seller_sku: str
    sku_image: str
    original_price: str
    sale_price: str
    platform_discount: str
    seller_discount: str
    currency: str
    display_status: str
    is_gift: bool
    package_id: str | None = None
    package_status: str | None = None
    tracking_number: str | None = None
    shipping_provider_id: str | None = None
    shipping_provider_name: str | None = None
    rts_time: int | None = None
    cancel_reason: str | None = None
    cancel_user: str | None = None


class OrderView(Wire):
    id: str
    status: str
    user_id: str
    buyer_email: str
    create_time: int
    update_time: int
    paid_time: int | None = None
    rts_sla_time: int | None = None
    tts_sla_time: int | None = None
    delivery_sla_time: int | None = None
    shipping_due_time: int | None = None
    collection_due_time: int | None = None
    delivery_due_time: int | None = None
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
    has_updated_recipient_address: bool
    payment_method_name: str
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
    parcels, market = _shown_parcels(world, order), world.registry.market
    option, asked = OPTION[order.mode], order.cancellation
    number, carrier = _shipment(order, parcels[0] if parcels else None)
    return OrderView(
        id=order.id,
        status=order.status,
        user_id=order.buyer_id,
        buyer_email=f"{order.buyer_id[-8:]}@chat.seller.example",
        create_time=order.placed_at,
        update_time=order.updated_at,
        paid_time=order.paid_at or None,
        rts_sla_time=order.ready_by or None,
        tts_sla_time=order.ship_by or None,
        delivery_sla_time=order.deliver_by or None,
        shipping_due_time=order.shipping_due or None,
        collection_due_time=order.collection_due or None,
        delivery_due_time=order.delivery_due or None,
        rts_time=order.ready_at or None,
        collection_time=order.shipped_at or None,
        delivery_time=order.delivered_at or None,
        cancel_time=order.cancelled_at or None,
        request_cancel_time=asked.asked_at if asked and asked.by is Party.BUYER else None,
        is_buyer_request_cancel=order.cancellation_pending,
        is_on_hold_order=order.has_hold,
        cancel_reason=order.cancel_reason or None,
        cancellation_initiator=_initiator(order),
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
        is_replacement_order=False,
        has_updated_recipient_address=order.moves > 0,
        payment_method_name="Credit Card",
        tracking_number=number or None,
        shipping_provider=PROVIDER_NAME.get(carrier),
        shipping_provider_id=PROVIDER_ID.get(carrier),
        payment=_payment(order, market),
        recipient_address=None if order.status in _WITHHELD else recipient(order),
        packages=[PackageRef(id=parcel.id) for parcel in parcels] or None,
        split_or_combine_tag=_tag(order, parcels),
        line_items=_line_items(order, parcels, market),
    )


def recipient(order: Order) -> RecipientAddress:
    """Open to a seller who ships by themselves; redacted where the platform's label has it all."""
    shown = _redacted(order.address) if order.ships_from_platform else order.address
    first, _, last = shown.name.rpartition(" ")
    return RecipientAddress(
        full_address=shown.full,
        phone_number=shown.phone,
        name=shown.name,
        first_name=first,
        last_name=last,
        region_code=shown.region,
        postal_code=shown.postal_code,
        post_town=shown.city,
        address_line1=shown.line1,
        address_detail=shown.line1,
        district_info=[
            District(
                address_level_name="Country",
                address_name=_COUNTRY.get(shown.region, shown.region),
                address_level="L0",
            )
        ],
    )


def money(minor: int, market: MarketProfile) -> str:
    """Minor units as the wire's decimal string; some currencies have no decimals."""
    if not market.minor_digits:
        return str(minor)
    whole, part = divmod(minor, 10**market.minor_digits)
    return f"{whole}.{part:0{market.minor_digits}d}"


def _initiator(order: Order) -> str | None:
    return _INITIATOR[order.cancelled_by] if order.cancelled_by else None


def _shipment(order: Order, parcel: Parcel | None) -> tuple[str, str]:
    """Number and carrier: nothing until it is shipped. The order itself shows its first parcel's
    (inferred: it has room for one)."""
    if parcel is None:
        return "", ""
    return shown_number(order, parcel), shown_carrier(order, parcel)


def _tag(order: Order, parcels: list[Parcel]) -> str | None:
    """An order has words of its own for its packages' tags, and none for the usual one."""
    tags = {tag_of(order, parcel) for parcel in parcels}
    if Tag.COMBINE in tags:
        return "COMBINED"
    return "SPLIT" if Tag.SPLIT in tags else None


def _payment(order: Order, market: MarketProfile) -> Payment:
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
    )


def _line_items(order: Order, parcels: list[Parcel], market: MarketProfile) -> list[LineItemView]:
    holding = {item_id: parcel for parcel in parcels for item_id in parcel.item_ids}
    return [_line_item(order, item, holding.get(item.id), market) for item in order.items]


def _line_item(
    order: Order, item: LineItem, parcel: Parcel | None, market: MarketProfile
) -> LineItemView:
    sku = sku_with(item.sku_id)
    number, carrier = _shipment(order, parcel)
    return LineItemView(
        id=item.id,
        sku_id=sku.id,
        product_id=sku.product_id,
        product_name=sku.product,
        sku_name=sku.variant,
        seller_sku=sku.seller_sku,
        sku_image=f"https://images.seatrial.example/{sku.id}.jpg",
        original_price=money(item.price_minor, market),
        sale_price=money(item.price_minor, market),
        platform_discount=money(0, market),
        seller_discount=money(0, market),
        currency=market.currency,
        display_status=_display_status(order, parcel),
        is_gift=False,
        package_id=parcel.id if parcel else None,
        package_status=package_status(order, parcel) if parcel else None,
        tracking_number=number or None,
        shipping_provider_id=PROVIDER_ID.get(carrier),
        shipping_provider_name=PROVIDER_NAME.get(carrier),
        rts_time=(parcel.ready_at if parcel else order.ready_at) or None,
        cancel_reason=order.cancel_reason or None,
        cancel_user=_initiator(order),
    )


def _display_status(order: Order, parcel: Parcel | None) -> Status:
    """Line items know no ON_HOLD: the hour of remorse shows as waiting for shipment. Nor do they
    know PARTIALLY_SHIPPING: each is shipped, or is not."""
    if order.status is Status.PARTIALLY_SHIPPING and parcel and parcel.ready_at:
        return Status.AWAITING_COLLECTION
    return Status.AWAITING_SHIPMENT if order.status in _NOT_SHOWN_OF_ITEMS else order.status


def _shown_parcels(world: World, order: Order) -> list[Parcel]:
    return [each for each in world.registry.parcels_of(order) if is_shown(world, each)]


def _redacted(address: Address) -> Address:
    return Address(
        name=_starred(address.name),
        phone=f"({_DIALLING_CODE.get(address.region, '+')}){address.phone[-4:]:*>10}",
        line1=_starred(address.line1),
        city=address.city,
        postal_code=_starred(address.postal_code),
        region=address.region,
    )


def _starred(text: str) -> str:
    """The first letter of each word stays."""
    return " ".join(f"{word[0]}***" for word in text.split())
