"""Logistics, version 202604, which only the newer client has: tracking, parcel by parcel.

For cross-border sellers, as every one here is.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import bad_parameter
from mock_api.seller_center.gates import access
from mock_api.seller_center.packages import seen_scans, shown_carrier, shown_number
from mock_api.seller_center.reference import PROVIDER_NAME
from mock_api.seller_center.requests import CallerDep, gated_router, own_order, world_of
from mock_api.seller_center.tracking import ACTION_CODE, said
from simulator.orders.model import Order
from simulator.parcels.model import Parcel

router: Final = gated_router("logistics", "202604")

_MILLIS: Final = 1000


class TrackEvent(Wire):
    description: str
    tracking_no: str
    update_time_millis: int
    action_code: int
    action_code_name: str


class ParcelTrack(Wire):
    newest_tracking_no: str
    carrier_name: str | None = None
    track_list: list[TrackEvent] | None = None


class OrderTrack(Wire):
    order_id: str
    logistics_details: list[ParcelTrack] | None = None


@router.get("/orders/{order_id}/tracking", response_model_exclude_none=True)
@access("seller.logistics", "seller.fulfillment.basic")
async def get_logistics_tracking(
    request: Request, caller: CallerDep, order_id: str
) -> Envelope[OrderTrack]:
    """A parcel without a number yet is left out; events come newest first (both inferred)."""
    order = own_order(caller, order_id, bad_parameter("order_id", "is no order of this shop"))
    parcels = world_of(caller).registry.parcels_of(order)
    tracks = [_track(order, parcel) for parcel in parcels if shown_number(order, parcel)]
    return ok(request, OrderTrack(order_id=order.id, logistics_details=tracks or None))


def _track(order: Order, parcel: Parcel) -> ParcelTrack:
    number = shown_number(order, parcel)
    events = [
        TrackEvent(
            description=said(each),
            tracking_no=number,
            update_time_millis=each.at * _MILLIS,
            action_code=ACTION_CODE[each.scan],
            action_code_name=each.scan.value.upper(),
        )
        for each in reversed(seen_scans(order, parcel))
    ]
    return ParcelTrack(
        newest_tracking_no=number,
        carrier_name=PROVIDER_NAME.get(shown_carrier(order, parcel)),
        track_list=events or None,
    )
