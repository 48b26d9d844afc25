"""A package as the platform shows it, in searches and in detail."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.money import money
from mock_api.seller_center.order.recipient import recipient_of
from mock_api.seller_center.packages import (
    last_update,
    package_status,
    ship_exception,
    shown_carrier,
    shown_number,
    sub_status,
    tag_of,
)
from mock_api.seller_center.reference import OPTION, PROVIDER_ID, PROVIDER_NAME, SHIPPING_TYPE
from simulator import World, losses, packaging
from simulator.catalog import Sku, sku_with
from simulator.money.ledger import settlement
from simulator.orders.model import Order
from simulator.parcels.model import Handover, Parcel, Slot
from simulator.people import Address

HANDOVER: Final = {Handover.PICKUP: "PICKUP", Handover.DROP_OFF: "DROP_OFF"}
FROM_WIRE: Final = {wire: handover for handover, wire in HANDOVER.items()}
_MM_PER_CM: Final = 10


class PickupSlot(Wire):
    start_time: int
    end_time: int


class SkuRef(Wire):
    """Deprecated, and still on the wire."""

    id: str
    name: str
    image_url: str
    quantity: int


class OrderRef(Wire):
    id: str
    skus: list[SkuRef]


class Insurance(Wire):
    is_purchased: bool
    coverage_amount: str
    is_claim_eligible: bool
    claim_status: str


class Weight(Wire):
    value: str
    unit: str


class Dimension(Wire):
    length: str
    width: str
    height: str
    unit: str


class PackageAddress(Wire):
    """The sender's or the recipient's: fewer fields than an order shows."""

    full_address: str
    phone_number: str
    name: str
    postal_code: str
    address_detail: str
    region_code: str
    address_line1: str


class PackageRow(Wire):
    """A package in a search."""

    id: str
    orders: list[OrderRef]
    create_time: int
    update_time: int
    status: str
    tracking_number: str | None = None
    shipping_provider_name: str | None = None
    shipping_provider_id: str | None = None
    order_line_item_ids: list[str]


class PackageView(Wire):
    """A package in detail."""

    package_id: str
    orders: list[OrderRef]
    package_status: str
    split_and_combine_tag: str
    has_multi_skus: bool
    note_tag: str
    shipping_type: str
    shipping_provider_name: str | None = None
    shipping_provider_id: str | None = None
    delivery_option_name: str
    delivery_option_id: str
    tracking_number: str | None = None
    pickup_slot: PickupSlot | None = None
    handover_method: str | None = None
    create_time: int
    update_time: int
    order_line_item_ids: list[str]
    recipient_address: PackageAddress | None = None
    sender_address: PackageAddress
    weight: Weight
    dimension: Dimension
    package_sub_status: str
    ship_exception_reason: str | None = None
    warehouse_id: str
    insurance: Insurance | None = None


def package_row(world: World, order: Order, parcel: Parcel) -> PackageRow:
    number, carrier = shown_number(order, parcel), shown_carrier(order, parcel)
    return PackageRow(
        id=parcel.id,
        orders=_orders(world, parcel),
        create_time=parcel.created_at,
        update_time=last_update(order, parcel),
        status=package_status(order, parcel),
        tracking_number=number or None,
        shipping_provider_name=PROVIDER_NAME.get(carrier),
        shipping_provider_id=PROVIDER_ID.get(carrier),
        order_line_item_ids=list(parcel.item_ids),
    )


def package_view(world: World, order: Order, parcel: Parcel) -> PackageView:
    """*order* is the one by which it is shown."""
    number, carrier = shown_number(order, parcel), shown_carrier(order, parcel)
    skus = skus_in(world, parcel)
    option = OPTION[order.mode]
    handover = parcel.handover if order.ships_from_platform else None
    return PackageView(
        package_id=parcel.id,
        orders=_orders(world, parcel),
        package_status=package_status(order, parcel),
        split_and_combine_tag=tag_of(order, parcel),
        has_multi_skus=len({sku.id for sku in skus}) > 1,
        note_tag="BUYER_UNNOTED",
        shipping_type=SHIPPING_TYPE[order.mode],
        shipping_provider_name=PROVIDER_NAME.get(carrier),
        shipping_provider_id=PROVIDER_ID.get(carrier),
        delivery_option_name=option.name,
        delivery_option_id=option.id,
        tracking_number=number or None,
        pickup_slot=slot_view(parcel.slot) if parcel.slot else None,
        handover_method=HANDOVER[handover] if handover else None,
        create_time=parcel.created_at,
        update_time=last_update(order, parcel),
        order_line_item_ids=list(parcel.item_ids),
        recipient_address=_recipient(world, order),
        sender_address=_sender(world.registry.warehouses[order.warehouse_id].address),
        weight=Weight(value=str(weight_g(skus)), unit="GRAM"),
        dimension=_dimension(skus),
        package_sub_status=sub_status(order, parcel),
        ship_exception_reason=ship_exception(order, parcel),
        warehouse_id=order.warehouse_id,
        insurance=_insurance(world, order, parcel),
    )


def slot_view(slot: Slot) -> PickupSlot:
    return PickupSlot(start_time=slot.start, end_time=slot.end)


def skus_in(world: World, parcel: Parcel) -> list[Sku]:
    """What is in it, one by one."""
    return [sku_with(item.sku_id) for item in world.registry.items_in(parcel)]


def weight_g(skus: Sequence[Sku]) -> int:
    """The goods' weight in grams."""
    return sum(sku.weight_g for sku in skus)


def _orders(world: World, parcel: Parcel) -> list[OrderRef]:
    """Each with what of it is inside."""
    return [
        OrderRef(id=order.id, skus=_skus(order, parcel))
        for order in packaging.orders_in(world.registry, parcel)
    ]


def _skus(order: Order, parcel: Parcel) -> list[SkuRef]:
    count = Counter(item.sku_id for item in order.items if item.id in parcel.item_ids)
    return [
        SkuRef(
            id=sku_id,
            name=sku_with(sku_id).variant,
            image_url=f"https://images.seatrial.example/{sku_id}.jpg",
            quantity=units,
        )
        for sku_id, units in count.items()
    ]


def _insurance(world: World, order: Order, parcel: Parcel) -> Insurance | None:
    """Comes with a label that Create Packages bought (US). A claim is what the carrier has paid for
    (inferred): sellers cannot file one here."""
    here = world.registry
    if not (here.market.ways.creates_packages and order.ships_from_platform and parcel.ready_at):
        return None
    paid = settlement(order, here.books.ledger(order.id)).reimbursed_minor
    return Insurance(
        is_purchased=True,
        coverage_amount=money(losses.goods_in(order, parcel), here.market),
        is_claim_eligible=losses.is_carriers_fault(parcel),
        claim_status="APPROVED" if paid else "NOT_STARTED",
    )


def _dimension(skus: Sequence[Sku]) -> Dimension:
    """A box as long and wide as its largest item, and as high as all of them stacked."""
    sides = [sku.sides_mm for sku in skus]
    length, width = max(side[0] for side in sides), max(side[1] for side in sides)
    height = sum(side[2] for side in sides)
    return Dimension(
        length=str(length / _MM_PER_CM),
        width=str(width / _MM_PER_CM),
        height=str(height / _MM_PER_CM),
        unit="CM",
    )


def _recipient(world: World, order: Order) -> PackageAddress | None:
    shown = recipient_of(world, order)
    if shown is None:
        return None
    return PackageAddress(**shown.model_dump(include=set(PackageAddress.model_fields)))


def _sender(address: Address) -> PackageAddress:
    return PackageAddress(
        full_address=address.full,
        phone_number=address.phone,
        name=address.name,
        postal_code=address.postal_code,
        address_detail=address.line1,
        region_code=address.region,
        address_line1=address.line1,
    )
