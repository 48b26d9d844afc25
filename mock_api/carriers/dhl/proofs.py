"""MyDHL API: proof of delivery, as a page of PDF. What the page looks like is ours."""

from base64 import b64encode
from http import HTTPStatus
from typing import Any, Final

from mock_api.carriers.dhl.names import PRODUCTS
from mock_api.carriers.dhl.refusals import Refused
from mock_api.carriers.dhl.seen import Consignment
from mock_api.carriers.dhl.view import consignment
from mock_api.carriers.dhl.words import DELIVERED
from mock_api.kernel.carrier_route import CarrierSandbox

_TITLE: Final = "Proof of Delivery"


async def proof_of_delivery(sandbox: CarrierSandbox, number: str) -> dict[str, Any]:
    """Of a shipment that was delivered; there is none of any other."""
    seen = consignment(sandbox, number)
    if seen is None or seen.latest is None or seen.latest.said.status != DELIVERED:
        raise Refused(HTTPStatus.NOT_FOUND, "No electronic proof of delivery found", "Not Found")
    content = b64encode(_page(seen)).decode()
    return {"documents": [{"encodingFormat": "PDF", "content": content, "typeCode": "POD"}]}


def _page(seen: Consignment) -> bytes:
    from mock_api.sheet import (  # noqa: PLC0415 - large libraries
        AREA,
        BOLD,
        LabelStock,
        Place,
        Sheet,
        Text,
        document,
    )

    latest = seen.latest
    assert latest is not None
    lines = (
        Text("DHL Express", 20, BOLD),
        Text(_TITLE, 16, BOLD),
        Text(f"Waybill {seen.waybill}", 12),
        Text(PRODUCTS.get(seen.product, seen.product), 10),
        Text(f"Delivered {latest.at:%Y-%m-%d %H:%M}", 12),
        Text(f"{latest.area.description}, {seen.receiver.postal_code}", 10),
        Text(f"Signed by {latest.signed_by or seen.receiver.name}", 12, BOLD),
        Text(f"Pieces {len(seen.pieces)}", 10),
        Text("SEATRIAL: not a document of DHL's", 7),
    )

    def draw(sheet: Sheet) -> None:
        sheet.frame(AREA, thickness=1.6)
        sheet.write(AREA.inset(6, 6), Place.TOP_LEFT, *lines)

    return document(f"{_TITLE} {seen.waybill}", LabelStock.INCHES_4_BY_6, [draw])
