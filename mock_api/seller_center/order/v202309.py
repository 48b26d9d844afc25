"""Orders, version 202309: Get Order List and Get Order Detail."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import Field

from mock_api.kernel.pages import page_token
from mock_api.kernel.questions import ANY, Question
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.order.detail import OrderDetails, details_of
from mock_api.seller_center.order.view import OrderView, order_view
from mock_api.seller_center.reference import MODE
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    Paging,
    gated_router,
    place_in,
    shelves_of,
    shop_of,
    time_range,
    world_of,
)
from mock_api.seller_center.shelves import CREATED, UPDATED
from simulator import World
from simulator.orders.model import Order

router: Final = gated_router("order", "202309")

OrderStatus = Literal[
    "UNPAID",
    "ON_HOLD",
    "AWAITING_SHIPMENT",
    "PARTIALLY_SHIPPING",
    "AWAITING_COLLECTION",
    "IN_TRANSIT",
    "DELIVERED",
    "COMPLETED",
    "CANCELLED",
]


class OrderFilter(Body):
    """Which orders; all conditions hold at once."""

    order_status: OrderStatus | None = None
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    shipping_type: Literal["TIKTOK", "SELLER"] | None = None
    buyer_user_id: str | None = None
    is_buyer_request_cancel: bool | None = None
    warehouse_ids: list[str] | None = Field(None, max_length=100)

    def matches(self, order: Order) -> bool:
        """The conditions that no shelf is sorted by."""
        return (
            (not self.shipping_type or order.mode is MODE[self.shipping_type])
            and (not self.buyer_user_id or order.buyer_id == self.buyer_user_id)
            and self.is_buyer_request_cancel in (None, order.cancellation_pending)
            and (not self.warehouse_ids or order.warehouse_id in self.warehouse_ids)
        )

    @property
    def needs_a_look(self) -> bool:
        asked = (self.shipping_type, self.buyer_user_id, self.warehouse_ids)
        return any(asked) or self.is_buyer_request_cancel is not None


class OrderPaging(Paging):
    page_size: int = Field(ge=1, le=100)
    sort_field: Literal["create_time", "update_time"] = "create_time"


class OrderPage(Wire):
    next_page_token: str
    total_count: int
    orders: list[OrderView] | None = None


@router.post("/orders/search", response_model_exclude_none=True)
@access("seller.order.info")
async def get_order_list(
    request: Request,
    caller: CallerDep,
    paging: Annotated[OrderPaging, Query()],
    wanted: OrderFilter | None = None,
) -> Envelope[OrderPage]:
    wanted = wanted or OrderFilter()
    world, shop = world_of(caller), shop_of(caller)
    asked = _question(world, wanted, paging)
    question = (shop.id, paging.sort_field, paging.sort_order, wanted.model_dump_json())
    shelf = shelves_of(caller).orders(shop.id)
    found, last = shelf.page(asked, place_in(paging.page_token, question), paging.page_size)
    page = OrderPage(
        next_page_token=page_token(last, question) if last else "",
        total_count=shelf.count(asked),
        orders=[order_view(world, world.order(key)) for key in found] or None,
    )
    return ok(request, page)


@router.get("/orders", response_model_exclude_none=True)
@access("seller.order.info")
async def get_order_detail(
    request: Request, caller: CallerDep, ids: Annotated[list[str], Query()]
) -> Envelope[OrderDetails]:
    return ok(request, details_of(caller, ids))


def _question(world: World, wanted: OrderFilter, paging: OrderPaging) -> Question:
    return Question(
        sort_field=paging.sort_field,
        descending=paging.descending,
        status=wanted.order_status or ANY,
        ranges=(
            *time_range(CREATED, wanted.create_time_ge, wanted.create_time_lt),
            *time_range(UPDATED, wanted.update_time_ge, wanted.update_time_lt),
        ),
        also=(lambda key: wanted.matches(world.order(key))) if wanted.needs_a_look else None,
    )
