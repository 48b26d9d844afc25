"""Orders, version 202507: Get Order Detail."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.order.detail import OrderDetails, details_of
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("order", "202507")


@router.get("/orders", response_model_exclude_none=True)
@access("seller.order.info")
async def get_order_detail(
    request: Request, caller: CallerDep, ids: Annotated[list[str], Query()]
) -> Envelope[OrderDetails]:
    return ok(request, details_of(caller, ids))
