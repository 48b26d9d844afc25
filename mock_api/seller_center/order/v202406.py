"""Orders, version 202406: what orders are called in a seller's own systems."""

from typing import Annotated, Final

from fastapi import Query, Request
from pydantic import Field

from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    gated_router,
    own_order,
    shop_of,
    world_of,
)
from simulator.errors import DomainError, NotFound
from simulator.orders.references import ExternalLine, ExternalOrder, System

router: Final = gated_router("order", "202406")

_MOST: Final = 100
_LONGEST: Final = 255
"""Of an id in another system (inferred)."""

Platform = Annotated[System, Field(strict=False)]
ExternalId = Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class LineWish(Body):
    id: ExternalId
    origin_id: str


class ExternalWish(Body):
    id: ExternalId
    platform: Platform
    line_items: list[LineWish] = Field(max_length=_MOST)


class OrderWish(Body):
    id: str
    external_order: ExternalWish


class AddWish(Body):
    orders: list[OrderWish] = Field(min_length=1, max_length=_MOST)


class ExternalName(Wire):
    id: str
    platform: str


class ErrorDetail(Wire):
    order_id: str
    external_order: ExternalName


class OrderError(Wire):
    code: str
    """A string here, as documented."""
    message: str
    detail: ErrorDetail


class Added(Wire):
    errors: list[OrderError] | None = None


class ExternalLineView(Wire):
    id: str
    origin_id: str


class ExternalOrderView(Wire):
    id: str
    platform: str
    line_items: list[ExternalLineView]


class ExternalOrders(Wire):
    external_orders: list[ExternalOrderView] | None = None


class FoundOrder(Wire):
    id: str
    external_order: ExternalOrderView


class FoundOrders(Wire):
    orders: list[FoundOrder] | None = None


@router.post("/orders/external_orders", response_model_exclude_none=True)
@access("seller.order.ext_ref.write.custom", "seller.order.ext_ref.write")
async def add_external_order_references(
    request: Request, caller: CallerDep, wish: AddWish
) -> Envelope[Added]:
    """Each order by itself: what is not among the errors is kept."""
    errors = [each for order in wish.orders if (each := _refer(caller, order))]
    return ok(request, Added(errors=errors or None))


@router.get("/orders/{order_id}/external_orders", response_model_exclude_none=True)
@access("seller.order.ext_ref.read")
async def get_external_order_references(
    request: Request, caller: CallerDep, order_id: str, platform: Annotated[System, Query()]
) -> Envelope[ExternalOrders]:
    """Of an order that is not the shop's: 21008111, as elsewhere in the group (inferred)."""
    order = own_order(caller, order_id, refusals.NOT_YOURS)
    told = world_of(caller).registry.references.of(order.id, platform)
    return ok(request, ExternalOrders(external_orders=[_view(told)] if told else None))


@router.post("/orders/external_order_search", response_model_exclude_none=True)
@access("seller.order.ext_ref.read")
async def search_order_by_external_order_reference(
    request: Request,
    caller: CallerDep,
    platform: Annotated[System, Query()],
    external_order_id: Annotated[str, Query()],
) -> Envelope[FoundOrders]:
    world, shop = world_of(caller), shop_of(caller)
    found = world.registry.references.called(platform, external_order_id)
    own = [each for each in found if world.order(each.order_id).shop_id == shop.id]
    rows = [FoundOrder(id=each.order_id, external_order=_view(each)) for each in own]
    return ok(request, FoundOrders(orders=rows or None))


def _refer(caller: Caller, wish: OrderWish) -> OrderError | None:
    """Keep it; or why not."""
    told = wish.external_order
    lines = tuple(ExternalLine(line.id, line.origin_id) for line in told.line_items)
    try:
        own_order(caller, wish.id, refusals.INVALID_ORDER_ID)
        world_of(caller).sellers.refer(ExternalOrder(wish.id, told.platform, told.id, lines))
    except Refusal as refused:
        return _error(wish, refused.row)
    except DomainError as refused:
        return _error(wish, row_of(refused, {NotFound: _unknown_line}))
    return None


def _unknown_line(error: DomainError) -> Row:
    """An order that has no such line item: the same code, with a text of ours (inferred)."""
    return Row(refusals.INVALID_ORDER_ID.code, f"Invalid line item: {error}")


def _error(wish: OrderWish, row: Row) -> OrderError:
    told = ExternalName(id=wish.external_order.id, platform=wish.external_order.platform)
    detail = ErrorDetail(order_id=wish.id, external_order=told)
    return OrderError(code=str(row.code), message=row.message, detail=detail)


def _view(told: ExternalOrder) -> ExternalOrderView:
    lines = [ExternalLineView(id=line.id, origin_id=line.item_id) for line in told.lines]
    return ExternalOrderView(id=told.id, platform=told.system, line_items=lines)
