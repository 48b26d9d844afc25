"""Fulfillment, version 202607 (known from the newer public client): what customs have to know.

Orders that go straight across a border as small parcels need a declaration. Nothing in this world
is a blind box or a temporary listing. No cipher names the shop: every shop of the app's is asked.
"""

from typing import Annotated, Final

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.papers.refusals import OF_CUSTOMS
from mock_api.seller_center.gates import Caller, Cipher, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from simulator import World, paperwork
from simulator.catalog import sku_with
from simulator.errors import NotFound
from simulator.orders.model import LineItem, Order
from simulator.papers.model import CustomsLine

router: Final = gated_router("fulfillment", "202607")

MOST_AT_ONCE: Final = 50
_POP: Final = 2
"""The seller sells; 1 is the platform's own full service."""
_CROSS_BORDER, _LOCAL = 1, 2


class CustomsQuery(Body):
    order_ids: Annotated[list[str], Field(min_length=1, max_length=MOST_AT_ONCE)]


class RelatedItem(Wire):
    product_id: str
    sku_id: str
    qty: int
    price_percent: int


class ClearanceItem(Wire):
    order_line_id: str
    product_id: str
    sku_id: str
    is_virtual_unboxing: bool = False
    is_temporary_listing: bool = False
    related_item_detail: list[RelatedItem] | None = None


class Clearance(Wire):
    order_id: str
    need_fill_clearance: bool
    already_filled_clearance: bool
    target_country: str
    biz_type: int
    shipment_type: int
    item_list: list[ClearanceItem]


class Clearances(Wire):
    order_clearance_list: list[Clearance]


class ItemDetail(Body):
    sku_id: str
    qty: Annotated[int, Field(ge=1, le=10_000)]
    price_percent: Annotated[int, Field(ge=0, le=100)]


class DeclaredItem(Body):
    order_line_id: str
    sku_id: str | None = None
    item_detail: list[ItemDetail]


class DeclaredOrder(Body):
    order_id: str
    item_list: list[DeclaredItem]


class CustomsSubmission(Body):
    order_list: Annotated[list[DeclaredOrder], Field(min_length=1, max_length=MOST_AT_ONCE)]


@router.post("/orders/customs_info/query", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.ABSENT)
async def get_order_customs_requirements(
    request: Request, caller: CallerDep, wanted: CustomsQuery
) -> Envelope[Clearances]:
    world = world_of(caller)
    orders = [_order(caller, order_id) for order_id in dict.fromkeys(wanted.order_ids)]
    views = [_clearance(world, order) for order in orders]
    return ok(request, Clearances(order_clearance_list=views))


@router.post("/orders/customs_info/submit", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.ABSENT)
async def submit_customs_clearance_information(
    request: Request, caller: CallerDep, wanted: CustomsSubmission
) -> Envelope[Nothing]:
    """All of it, or nothing: the answer has no place for failures of single orders."""
    world = world_of(caller)
    with in_words(OF_CUSTOMS):
        told = [(_order(caller, each.order_id), _lines(each)) for each in wanted.order_list]
        for order, lines in told:
            paperwork.require_declarable(world.registry, order, lines)
        for order, lines in told:
            world.papers.declare(order.id, lines)
    return ok(request, Nothing())


def _order(caller: Caller, order_id: str) -> Order:
    try:
        order = world_of(caller).order(order_id)
    except NotFound:
        raise Refusal(refusals.NOT_IN_UNIT) from None
    if world_of(caller).registry.shop(order.shop_id).independent:
        raise Refusal(refusals.NOT_IN_UNIT)
    return order


def _lines(wanted: DeclaredOrder) -> dict[str, list[CustomsLine]]:
    return {
        item.order_line_id: [
            CustomsLine(each.sku_id, each.qty, each.price_percent) for each in item.item_detail
        ]
        for item in wanted.item_list
    }


def _clearance(world: World, order: Order) -> Clearance:
    here = world.registry
    needed = paperwork.needs_declaration(here, order)
    home = here.warehouses[order.warehouse_id].address.region
    return Clearance(
        order_id=order.id,
        need_fill_clearance=needed,
        already_filled_clearance=needed and paperwork.is_declared(here, order),
        target_country=order.address.region,
        biz_type=_POP,
        shipment_type=_LOCAL if home == order.address.region else _CROSS_BORDER,
        item_list=[_item(world, order, item) for item in order.items],
    )


def _item(world: World, order: Order, item: LineItem) -> ClearanceItem:
    told = world.registry.papers.declarations.get(order.id)
    inside = told.lines.get(item.id, []) if told else []
    return ClearanceItem(
        order_line_id=item.id,
        product_id=sku_with(item.sku_id).product_id,
        sku_id=item.sku_id,
        related_item_detail=[
            RelatedItem(
                product_id=sku_with(each.sku_id).product_id,
                sku_id=each.sku_id,
                qty=each.quantity,
                price_percent=each.percent,
            )
            for each in inside
        ]
        or None,
    )
