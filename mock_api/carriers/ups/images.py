"""Labels as UPS hands them out: base64, pictures lying on their side.

UPS's GIF and PNG labels are landscape: who prints them turns them, and stock clients do so unasked
(karrio turns every one by ninety degrees). ZPL and PDF stand.
"""

from base64 import b64encode
from datetime import datetime
from io import BytesIO
from typing import Any, Final, Literal, cast
from zoneinfo import ZoneInfo

from mock_api.carriers.ups.refusals import Refused
from simulator.carriers.model import CHINA
from simulator.parcels.model import Parcel
from simulator.shipments.model import Shipment

Form = Literal["GIF", "PNG", "ZPL", "PDF"]

_PRINTED: Final = ("GIF", "PNG", "ZPL", "PDF")
_PICTURES: Final = ("GIF", "PNG")


def form_wanted(code: str, refusal: Refused | None = None) -> Form:
    """GIF, if nobody says. EPL, SPL and STARPL are for printers that nobody here speaks to."""
    form = code.upper() or "GIF"
    if form not in _PRINTED:
        words = "Missing/Invalid LabelSpecification/LabelImageFormat/Code"
        raise refusal or Refused("120702", words)
    return cast("Form", form)


def label_image(shipment: Shipment, parcel: Parcel, nth: int, form: str) -> dict[str, Any]:
    """The label of one piece: its format and the picture; a GIF comes with a page around it."""
    image: dict[str, Any] = {
        "ImageFormat": {"Code": form, "Description": form},
        "GraphicImage": b64encode(_printed(shipment, parcel, nth, form)).decode(),
    }
    if form == "GIF":
        page = _PAGE.format(number=parcel.tracking_number)
        image["HTMLImage"] = b64encode(page.encode()).decode()
    return image


_PAGE: Final = (
    "<!DOCTYPE html><html><head><title>View/Print Label</title></head>"
    '<body><img src="./label{number}.gif" height="392" width="651"></body></html>'
)


def _printed(shipment: Shipment, parcel: Parcel, nth: int, form: str) -> bytes:
    from mock_api.carrier_labels import CarrierLabel, Party, label  # noqa: PLC0415 - large

    wish = shipment.wish
    piece = wish.pieces[nth]
    day = datetime.fromtimestamp(shipment.labelled_at, ZoneInfo(CHINA)).date()
    parts = CarrierLabel(
        carrier_name="UPS",
        service_name=wish.notes.get("service", ""),
        tracking_number=parcel.tracking_number,
        sender=Party.of(wish.sender),
        recipient=Party.of(wish.recipient),
        weight_g=piece.weight_g,
        reference=piece.reference or wish.reference,
        printed_on=day.isoformat(),
        piece=f"{nth + 1} of {len(wish.pieces)}",
    )
    printed = label(parts, cast("Form", form))
    return _turned(printed, form) if form in _PICTURES else printed


def _turned(picture: bytes, form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415 - large

    written = BytesIO()
    with Image.open(BytesIO(picture)) as upright:
        upright.transpose(Image.Transpose.ROTATE_90).save(written, form)
    return written.getvalue()
