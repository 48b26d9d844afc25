"""Fulfillment, version 202601 (known from the newer public client): Submit Redemption Information.

Nothing in this world is redeemed by a voucher: a call about any order is refused.
"""

from typing import Annotated, Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals as group
from mock_api.seller_center.fulfillment.papers import refusals
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order

router: Final = gated_router("fulfillment", "202601")


class RedeemInfo(Body):
    redeem_type: Literal["CODE", "URL", "CODE_PIN"]
    redeem_data: Annotated[str, Field(max_length=1200)] | None = None
    redeem_instruction_info: str | None = None


class RedeemedLine(Body):
    order_line_id: str
    redeem_info: RedeemInfo
    source_unique_id: str | None = None


class Redemption(Body):
    order_id: str
    order_info_list: Annotated[list[RedeemedLine], Field(min_length=1)]


class LineStatus(Wire):
    order_line_id: str
    status_code: int


class Redeemed(Wire):
    order_statuses: list[LineStatus] | None = None


@router.post("/redeem_info/callback", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def submit_redemption_information(
    request: Request,  # noqa: ARG001 - every endpoint takes it
    caller: CallerDep,
    wanted: Redemption,
) -> Envelope[Redeemed]:
    order = own_order(caller, wanted.order_id, group.NOT_IN_UNIT)
    known = {item.id for item in order.items}
    if not {line.order_line_id for line in wanted.order_info_list} <= known:
        raise Refusal(group.BAD_PARAMETERS)
    raise Refusal(refusals.NOT_REDEEMED)
