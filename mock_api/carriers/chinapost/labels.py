"""Labels: the bare PDF (version 1.0), or its bytes in hexadecimal with a digest (2.0)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from mock_api.carriers.chinapost.callers import SignedForm
from mock_api.carriers.chinapost.names import NAME, PRODUCT, PRODUCTS
from mock_api.carriers.chinapost.orders import numbers_of, own_shipment, waybill_of
from mock_api.carriers.chinapost.refusals import Refused
from mock_api.carriers.chinapost.signing import digest
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.carriers.model import CHINA
from simulator.shipments.model import Shipment, ShipmentStatus


def serve(router: APIRouter) -> None:
    router.post("/surface/download")(download_label)


async def download_label(form: SignedForm, sandbox: CarrierSandbox) -> Response:
    """Up to fifty, a page each."""
    world = sandbox.world
    shipments = [own_shipment(world, each) for each in numbers_of(form, "barCode")]
    if any(each.status is ShipmentStatus.VOIDED for each in shipments):
        raise Refused("S13", "邮件已撤单")
    printed = _printed(world, shipments)
    if not form.get("version", "").startswith("2"):
        return Response(printed, media_type="application/pdf")
    data = printed.hex()
    signed = digest(data, sandbox.credential(NAME, "key"))
    told = {"success": True, "data": data, "digest": signed, "msg": "", "err_code": ""}
    return JSONResponse(told)


def _printed(world: World, shipments: Sequence[Shipment]) -> bytes:
    from mock_api.carrier_labels import CarrierLabel, Party, label_pages  # noqa: PLC0415 - large

    return label_pages(
        [
            CarrierLabel(
                carrier_name="China Post",
                service_name=PRODUCTS[each.wish.notes[PRODUCT]],
                tracking_number=waybill_of(world, each),
                sender=Party.of(each.wish.sender),
                recipient=Party.of(each.wish.recipient),
                weight_g=each.weight_g,
                reference=each.wish.reference,
                printed_on=datetime.fromtimestamp(each.created_at, ZoneInfo(CHINA))
                .date()
                .isoformat(),
            )
            for each in shipments
        ]
    )
