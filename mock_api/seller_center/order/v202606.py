"""Orders, version 202606, which only the newer client has: what buyers had printed on demand.

No shop here prints on demand, so there are no details to find.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.order import refusals
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order

router: Final = gated_router("order", "202606")


class LineWish(Body):
    order_line_id: str
    product_id: str
    sku_id: str
    pod_order_data_id: str


class PrintWish(Body):
    main_order_id: str
    query_order_lines: list[LineWish]


class PrintDetails(Wire):
    status_code: int
    """Nought: the search went well (inferred)."""


@router.post("/pod_details/search", response_model_exclude_none=True)
@access("seller.order.info")
async def search_print_on_demand_details(
    request: Request, caller: CallerDep, wish: PrintWish
) -> Envelope[PrintDetails]:
    own_order(caller, wish.main_order_id, refusals.NOT_YOURS)
    return ok(request, PrintDetails(status_code=0))
