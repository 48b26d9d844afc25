"""Fulfillment, version 202606 (known from the newer public client): Get POD Customization Details.

Nothing in this world is made to a buyer's design: a call about any order is refused.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire
from mock_api.seller_center.fulfillment import refusals as group
from mock_api.seller_center.fulfillment.papers import refusals
from mock_api.seller_center.gates import access
from mock_api.seller_center.print_on_demand import DesignQuery, refuse
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("fulfillment", "202606")


class Design(Wire):
    order_line_id: str
    pod_info_json: str


class Designs(Wire):
    pod_details: list[Design] | None = None
    status_code: int


@router.post("/pod_details/get", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def get_pod_customization_details(
    request: Request,  # noqa: ARG001 - every endpoint takes it
    caller: CallerDep,
    wanted: DesignQuery,
) -> Envelope[Designs]:
    raise refuse(
        caller,
        wanted,
        unknown_order=group.NOT_IN_UNIT,
        unknown_line=group.BAD_PARAMETERS,
        none=refusals.NOT_CUSTOM,
    )
