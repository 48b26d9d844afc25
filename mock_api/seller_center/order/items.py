"""An order's line items, one for each unit, as the platform shows them."""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.money import money
from mock_api.seller_center.packages import (
    PackageStatus,
    package_status,
    shown_carrier,
    shown_number,
)
from mock_api.seller_center.reference import PROVIDER_ID, PROVIDER_NAME
from simulator.catalog import sku_with
from simulator.market import MarketProfile
from simulator.orders.cancellations import of_item
from simulator.orders.model import LineItem, Order, Party, Status
from simulator.parcels.model import Parcel

INITIATOR: Final[dict[str, str]] = {
    Party.BUYER: "BUYER",
    Party.SELLER: "SELLER",
    Party.PLATFORM: "SYSTEM",
}
_FORWARD: Final = (
    "UNPAID",
    "AWAITING_SHIPMENT",
    "AWAITING_COLLECTION",
    "IN_TRANSIT",
    "DELIVERED",
    "COMPLETED",
)
"""The vocabulary of line items but for CANCELLED, in the order in which they go."""
_OF_ITS_PACKAGE: Final = {
    PackageStatus.PROCESSING: "AWAITING_COLLECTION",
    PackageStatus.FULFILLING: "IN_TRANSIT",
    PackageStatus.COMPLETED: "DELIVERED",
}
_BEFORE_ALL_ARE_SHIPPED: Final = ("ON_HOLD", "PARTIALLY_SHIPPING")
"""Statuses of orders that their line items do not know."""


class LineItemView(Wire):
    id: str
    sku_id: str
    product_id: str
    product_name: str
    sku_name: str
    seller_sku: str
    sku_type: str
    sku_image: str
    original_price: str
    sale_price: str
    platform_discount: str
    seller_discount: str
    currency: str
    display_status: str
    is_gift: bool
    is_dangerous_good: bool
    needs_prescription: bool
    package_id: str | None = None
    package_status: str | None = None
    tracking_number: str | None = None
    shipping_provider_id: str | None = None
    shipping_provider_name: str | None = None
    rts_time: int | None = None
    cancel_reason: str | None = None
    cancel_user: str | None = None


def line_items(order: Order, parcels: list[Parcel], market: MarketProfile) -> list[LineItemView]:
    """All of them, with the packages among *parcels* that they are in."""
    holding = {item_id: parcel for parcel in parcels for item_id in parcel.item_ids}
    return [_line_item(order, item, holding.get(item.id), market) for item in order.items]


def shipment(order: Order, parcel: Parcel | None) -> tuple[str, str]:
    """Number and carrier: nothing until it is shipped."""
    if parcel is None:
        return "", ""
    return shown_number(order, parcel), shown_carrier(order, parcel)


def initiator(order: Order) -> str | None:
    return INITIATOR[order.cancelled_by] if order.cancelled_by else None


def display_status(order: Order, item: LineItem, parcel: Parcel | None) -> str:
    """Where the item is. Its own package may be ahead of the order, which is where the last of
    them is (inferred); it is never behind."""
    if order.status is Status.CANCELLED or item.id in order.cancelled_item_ids:
        return "CANCELLED"
    behind = order.status.value in _BEFORE_ALL_ARE_SHIPPED
    of_order = "AWAITING_SHIPMENT" if behind else order.status.value
    if parcel is None or order.status is Status.COMPLETED:
        return of_order
    of_package = _OF_ITS_PACKAGE.get(package_status(order, parcel), of_order)
    return max(of_order, of_package, key=_FORWARD.index)


def _line_item(
    order: Order, item: LineItem, parcel: Parcel | None, market: MarketProfile
) -> LineItemView:
    sku = sku_with(item.sku_id)
    number, carrier = shipment(order, parcel)
    price, nothing = money(item.price_minor, market), money(0, market)
    gone = of_item(order, item.id) if item.id in order.cancelled_item_ids else None
    return LineItemView(
        id=item.id,
        sku_id=sku.id,
        product_id=sku.product_id,
        product_name=sku.product,
        sku_name=sku.variant,
        seller_sku=sku.seller_sku,
        sku_type="NORMAL",
        sku_image=f"https://images.seatrial.example/{sku.id}.jpg",
        original_price=price,
        sale_price=price,
        platform_discount=nothing,
        seller_discount=nothing,
        currency=market.currency,
        display_status=display_status(order, item, parcel),
        is_gift=False,
        is_dangerous_good=bool(sku.hazard),
        needs_prescription=False,
        package_id=parcel.id if parcel else None,
        package_status=package_status(order, parcel) if parcel else None,
        tracking_number=number or None,
        shipping_provider_id=PROVIDER_ID.get(carrier),
        shipping_provider_name=PROVIDER_NAME.get(carrier),
        rts_time=(parcel.ready_at if parcel else 0 if gone else order.ready_at) or None,
        cancel_reason=(gone.reason if gone else order.cancel_reason) or None,
        cancel_user=INITIATOR[gone.by] if gone else initiator(order),
    )
