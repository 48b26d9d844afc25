"""Fulfillment, version 202407: Create First Mile Bundle."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, ok
from mock_api.seller_center.fulfillment.papers.bundles import Bundled, Bundling, bundled
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("fulfillment", "202407")


@router.post("/bundles", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.ABSENT)
async def create_first_mile_bundle(
    request: Request, caller: CallerDep, wanted: Bundling
) -> Envelope[Bundled]:
    """No cipher names the shop: the first order that can go does."""
    return ok(request, bundled(request, caller, wanted))
