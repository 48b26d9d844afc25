"""What became of a parcel: newest first, in local time of each place."""

from typing import Final

from fastapi import APIRouter

from mock_api.carriers.fourpx import refusals as no
from mock_api.carriers.fourpx.access import identify
from mock_api.carriers.fourpx.naming import GATEWAY, named
from mock_api.carriers.fourpx.refusals import WORDS, Refused, Shape, done
from mock_api.carriers.fourpx.requests import TrackWish
from mock_api.carriers.fourpx.view import tracked
from mock_api.carriers.fourpx.words import NAME, SAID
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from mock_api.kernel.sightings import local
from simulator.parcels.model import ScanRecord

router: Final = APIRouter(
    prefix=GATEWAY, route_class=carrier_route(NAME, identify, WORDS, names=named)
)


@router.post("/tr.order.tracking.get")
async def tracking_get(sandbox: CarrierSandbox, wish: TrackWish) -> Shape:
    """By 4PX's number or the last mile's."""
    number = wish.deliveryOrderNo
    if not number:
        raise Refused(no.NO_ORDER_NUMBER)
    seen = tracked(sandbox.world, number)
    if seen is None:
        raise Refused(no.CANNOT_FIND, reference=number)
    recipient = seen.sight.recipient
    return done(
        {
            "deliveryOrderNo": number,
            "destinationCountry": recipient.region if recipient else "",
            "serverName": seen.channel_name,
            "serverNum": seen.channel_no,
            "trackingList": [_event(each) for each in reversed(seen.records)],
        }
    )


def _event(record: ScanRecord) -> Shape:
    said = SAID[record.scan]
    at = local(record)
    return {
        "businessLinkCode": said.code,
        "occurDatetime": at.strftime("%Y-%m-%d %H:%M:%S"),
        "timeZone": f"UTC{at.isoformat()[-6:]}",
        "occurLocation": record.place,
        "trackingContent": said.content,
    }
