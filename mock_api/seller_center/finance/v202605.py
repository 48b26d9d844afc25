"""Finance, version 202605: the newer client's Get Payments, without reserves."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.finance.payments import PaymentQuery, PaymentView, payments_page
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of

router: Final = gated_router("finance", "202605")


class PaymentPage(Wire):
    next_page_token: str
    payments: list[PaymentView]


@router.get("/payments", response_model_exclude_none=True)
@access("seller.finance.info")
async def get_payments(
    request: Request, caller: CallerDep, asked: Annotated[PaymentQuery, Query()]
) -> Envelope[PaymentPage]:
    page, token = payments_page(world_of(caller), shop_of(caller), asked)
    return ok(request, PaymentPage(next_page_token=token, payments=page))
