"""Order, version 202606 (known from the newer public client): Search POD Customization Details.

Nothing in this world is made to a buyer's design: a call about any order is refused.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire
from mock_api.seller_center.gates import access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.print_on_demand import DesignQuery, refuse
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("order", "202606")


class Design(Wire):
    order_line_id: str
    pod_detail: str


class Designs(Wire):
    pod_details: list[Design] | None = None
    status_code: int


@router.post("/pod_details/search", response_model_exclude_none=True)
@access("seller.order.info")
async def search_pod_customization_details(
    request: Request,  # noqa: ARG001 - every endpoint takes it
    caller: CallerDep,
    wanted: DesignQuery,
) -> Envelope[Designs]:
    raise refuse(
        caller,
        wanted,
        unknown_order=refusals.NOT_YOURS,
        unknown_line=refusals.NO_SUCH_LINE,
        none=refusals.NO_DESIGN,
    )
