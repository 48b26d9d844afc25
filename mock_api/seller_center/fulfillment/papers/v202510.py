"""Fulfillment, version 202510: Create First Mile Bundle (V2)."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, ok
from mock_api.seller_center.fulfillment.papers.bundles import Bundled, Bundling, bundled
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("fulfillment", "202510")


@router.post("/first_mile_bundle", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def create_first_mile_bundle_v2(
    request: Request, caller: CallerDep, wanted: Bundling
) -> Envelope[Bundled]:
    return ok(request, bundled(request, caller, wanted))
