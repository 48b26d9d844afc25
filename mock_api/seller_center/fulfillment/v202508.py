"""Fulfillment, version 202508: TTS Tracking Validation."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.shipping import NUMBER_LENGTH, ways_of
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, world_of
from simulator.parcels.model import Handover
from simulator.returns.model import Shipment

router: Final = gated_router("fulfillment", "202508")


class Validation(Wire):
    is_tiktok_shipping: bool
    is_tiktok_collection: bool


@router.get("/tts_tracking_validation", response_model_exclude_none=True)
@access("seller.logistics")
async def tts_tracking_validation(
    request: Request,
    caller: CallerDep,
    tracking_number: Annotated[str, Query(max_length=NUMBER_LENGTH)],
) -> Envelope[Validation]:
    """A label of the platform's; and a collection, if its carrier comes for it (inferred)."""
    if not ways_of(caller).creates_packages:
        raise Refusal(refusals.WRONG_REGION)
    here = world_of(caller).registry
    parcel = here.parcel_numbered(tracking_number)
    ours = parcel is not None and (
        here.return_in(parcel).shipment is Shipment.PLATFORM
        if parcel.goes_back
        else here.order(parcel.order_id).ships_from_platform
    )
    collected = ours and parcel is not None and parcel.handover is Handover.PICKUP
    return ok(request, Validation(is_tiktok_shipping=ours, is_tiktok_collection=collected))
