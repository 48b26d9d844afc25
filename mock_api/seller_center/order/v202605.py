"""Orders, version 202605, which only the newer client has: what was in a blind box.

No shop here sells blind boxes, so no result can belong to an order's line item.
"""

from typing import Final

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Nothing
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order

router: Final = gated_router("order", "202605")


class BoxResult(Body):
    order_line_id: str = ""


class ResultsWish(Body):
    main_order_id: str
    blind_box_results: list[BoxResult] = Field(default_factory=list)
    blind_batch_box_results: list[BoxResult] = Field(default_factory=list)


@router.post("/orders/blind_box_result/callback", response_model_exclude_none=True)
@access("seller.order.info")
async def update_blind_box_results(
    request: Request,  # noqa: ARG001 - as every endpoint; it has nothing to say but no
    caller: CallerDep,
    wish: ResultsWish,
) -> Envelope[Nothing]:
    own_order(caller, wish.main_order_id, refusals.NOT_YOURS)
    raise Refusal(refusals.NO_BLIND_BOX)
