"""Order, version 202605 (known from the newer public client): Update The Blind Box Opening Results.

Nothing in this world is a blind box: a call about any order is refused.
"""

from typing import Final, Literal

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Nothing
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order

router: Final = gated_router("order", "202605")


class Opened(Body):
    order_line_id: str
    blind_result_product_id: str | None = None
    blind_result_sku_id: str | None = None
    blind_open_time: int | None = None


class OpenedLine(Body):
    blind_result_product_id: str | None = None
    blind_result_sku_id: str | None = None
    blind_open_time: int | None = None
    product_type: Literal["GIFT", "NORMAL"] | None = None


class OpenedBatch(Body):
    order_line_id: str
    blind_box_order_line_list: list[OpenedLine] | None = None


class Opening(Body):
    main_order_id: str
    blind_box_results: list[Opened] | None = None
    blind_batch_box_results: list[OpenedBatch] | None = None


@router.post("/orders/blind_box_result/callback", response_model_exclude_none=True)
@access("seller.order.info")
async def update_the_blind_box_opening_results(
    request: Request,  # noqa: ARG001 - every endpoint takes it
    caller: CallerDep,
    wanted: Opening,
) -> Envelope[Nothing]:
    order = own_order(caller, wanted.main_order_id, refusals.NOT_YOURS)
    lines = {each.order_line_id for each in wanted.blind_box_results or ()}
    lines |= {each.order_line_id for each in wanted.blind_batch_box_results or ()}
    known = {item.id for item in order.items}
    raise Refusal(refusals.NO_BLIND_BOX if lines <= known else refusals.NO_SUCH_LINE)
