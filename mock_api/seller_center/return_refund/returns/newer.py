"""The newer model's searches, in what they share: an aftersales request stands above each of our
returns, and all the parts that it was divided into; an RMA beside each whose goods come back
(inferred)."""

from typing import Literal

from pydantic import Field

from mock_api.kernel.questions import Question
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.view import money
from mock_api.seller_center.requests import Body, time_range
from mock_api.seller_center.return_refund.returns.amounts import RefundAmount
from mock_api.seller_center.return_refund.returns.view import (
    NextAction,
    ReturnLine,
    Warehouse,
    return_row,
)
from mock_api.seller_center.return_refund.returns.words import (
    line_id,
    request_id_of,
    rma_id_of,
    rma_status,
)
from mock_api.seller_center.shelves import CREATED, UPDATED
from simulator import World
from simulator.returns.model import Return


class Range(Body):
    min_unix_time_inclusive: int | None = None
    max_unix_time_exclusive: int | None = None


class Times(Body):
    create_time: Range = Field(default_factory=Range)
    update_time: Range = Field(default_factory=Range)


class Sort(Body):
    sort_field: Literal["CREATE_TIME", "UPDATE_TIME"] = "CREATE_TIME"
    sort_order: Literal["ASC", "DESC"] = "ASC"


class Pages(Body):
    page_size: int = Field(10, ge=1, le=50)
    page_token: str | None = None


def question_of(times: Times, sort: Sort) -> Question:
    """Without what only the entity tells."""
    made, moved = times.create_time, times.update_time
    return Question(
        sort.sort_field.lower(),
        sort.sort_order == "DESC",
        ranges=(
            *time_range(CREATED, made.min_unix_time_inclusive, made.max_unix_time_exclusive),
            *time_range(UPDATED, moved.min_unix_time_inclusive, moved.max_unix_time_exclusive),
        ),
    )


class LineItem(Wire):
    return_line_item_id: str
    sku_id: str
    main_order_id: str
    sku_return_request_id: str


class Rma(Wire):
    id: str
    package_id: str | None = None
    aftersales_request_id: str
    status: str
    line_items: list[LineItem] | None = None


class NewDiscount(Wire):
    product_platform_discount: str
    product_seller_discount: str
    shipping_fee_platform_discount: str
    shipping_fee_seller_discount: str


class NewPart(Wire):
    partial_refund_total: str
    currency: str


class SkuReturn(Wire):
    """A return order as the newer searches show it."""

    order_id: str
    return_id: str
    return_type: str
    return_status: str
    arbitration_status: str | None = None
    role: str
    return_reason: str
    return_reason_text: str
    seller_next_action_response: list[NextAction] | None = None
    shipment_type: str | None = None
    handover_method: str | None = None
    return_tracking_number: str | None = None
    return_provider_name: str | None = None
    return_provider_id: str | None = None
    pre_return_id: str | None = None
    next_return_id: str | None = None
    refund_amount: RefundAmount
    return_line_items: list[ReturnLine]
    create_time: int
    update_time: int
    discount: NewDiscount
    buyer_keep_item: bool
    return_shipping_document_type: str | None = None
    return_method: str | None = None
    is_combined_return: bool = False
    seller_proposed_return_type: str | None = None
    partial_refund_amount: NewPart | None = None
    buyer_rejected_partial_refund: bool | None = None
    return_warehouse_address: Warehouse | None = None
    reshipment_order_id: str | None = None
    is_quick_refund: bool = False


def line_items(world: World, asked: Return) -> list[LineItem]:
    skus = {item.id: item.sku_id for item in world.order(asked.order_id).items}
    return [
        LineItem(
            return_line_item_id=line_id(asked, nth),
            sku_id=skus[item_id],
            main_order_id=asked.order_id,
            sku_return_request_id=asked.id,
        )
        for nth, item_id in enumerate(asked.item_ids)
    ]


def rma(world: World, asked: Return, *, with_lines: bool) -> Rma:
    """Its package is the parcel that goes back."""
    return Rma(
        id=rma_id_of(asked),
        package_id=asked.parcel_id or None,
        aftersales_request_id=request_id_of(asked),
        status=rma_status(asked),
        line_items=line_items(world, asked) if with_lines else None,
    )


def sku_return(world: World, asked: Return) -> SkuReturn:
    row = return_row(world, asked).model_dump()
    nothing = money(0, world.registry.market)
    part = row.pop("partial_refund")
    keeps = row.pop("can_buyer_keep_item")
    for gone in ("discount_amount", "shipping_fee_amount"):
        row.pop(gone)
    return SkuReturn(
        **row,
        discount=NewDiscount(
            product_platform_discount=nothing,
            product_seller_discount=nothing,
            shipping_fee_platform_discount=nothing,
            shipping_fee_seller_discount=nothing,
        ),
        buyer_keep_item=keeps,
        partial_refund_amount=NewPart(
            partial_refund_total=part["amount"], currency=part["currency"]
        )
        if part
        else None,
        reshipment_order_id=asked.replacement_id or None,
    )
