"""Labels: a link, and what it leads to.

The link is signed with the application's secret, since who follows it brings no signature (its form
is ours). ``PDF``, or ``IMG``: a PNG.
"""

from typing import Final

from fastapi import APIRouter, Request, Response

from mock_api.carriers.fourpx import refusals as no
from mock_api.carriers.fourpx.access import identify
from mock_api.carriers.fourpx.naming import GATEWAY, named
from mock_api.carriers.fourpx.refusals import WORDS, LabelGone, Refused, Shape, done
from mock_api.carriers.fourpx.requests import LabelWish
from mock_api.carriers.fourpx.shipping import required
from mock_api.carriers.fourpx.view import Look, look
from mock_api.carriers.fourpx.words import NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route, sandboxes_of
from mock_api.kernel.label_links import is_signed, labelled_pieces, signature
from mock_api.kernel.sandbox import Sandbox
from simulator import World

_EXTENSIONS: Final = {"PDF": "pdf", "IMG": "png"}
_MEDIA: Final = {"pdf": "application/pdf", "png": "image/png"}


async def identify_link(request: Request) -> Sandbox:
    """By the key in the path, and the link's signature."""
    told = request.path_params
    found = sandboxes_of(request).with_carrier_key(NAME, "app_key", told["app_key"])
    if found is None or not is_signed(found, NAME, told["number"], told["signed"]):
        raise LabelGone
    return found


router: Final = APIRouter(
    prefix=GATEWAY, route_class=carrier_route(NAME, identify, WORDS, names=named)
)
files: Final = APIRouter(
    prefix="/router/api/label", route_class=carrier_route(NAME, identify_link, WORDS)
)


@router.post("/ds.xms.label.get")
async def label_get(request: Request, sandbox: CarrierSandbox, wish: LabelWish) -> Shape:
    """Where its label is to be had. The barcodes of further parcels are the children's."""
    extension = _EXTENSIONS.get(wish.response_label_format.upper())
    if extension is None:
        raise Refused(no.BAD_PARAMETER, "response_label_format must be PDF or IMG")
    seen = required(sandbox.world, wish.request_no, no.NO_ORDER)
    if not _has_label(seen):
        raise Refused(no.NO_LABEL, reference=wish.request_no)
    key, signed = sandbox.credential(NAME, "app_key"), signature(sandbox, NAME, seen.number)
    link = f"{request.base_url}router/api/label/{key}/{signed}/{seen.number}.{extension}"
    numbers = [number for number, _ in labelled_pieces(sandbox.world, seen.sight)]
    return done(
        {
            "label_barcode": numbers[0],
            "child_label_barcode": numbers[1:],
            "label_url_info": {"logistics_label": link},
        }
    )


def _has_label(seen: Look) -> bool:
    """It was not cancelled: the labels of an order that was must not be used any more."""
    return seen.status != "X" and seen.sight.recipient is not None


@files.get("/{app_key}/{signed}/{number}.{extension}")
async def label_file(sandbox: CarrierSandbox, number: str, extension: str) -> Response:
    """The label itself: as a PDF, a page for each parcel; as a picture, that parcel's own."""
    seen = look(sandbox.world, number)
    if seen is None or not _has_label(seen) or extension not in _MEDIA:
        raise LabelGone
    return Response(_printed(sandbox.world, seen, extension), media_type=_MEDIA[extension])


def _printed(world: World, seen: Look, extension: str) -> bytes:
    from mock_api.carrier_labels import label, label_pages, labels_of  # noqa: PLC0415 - large

    pages = labels_of(seen.sight, labelled_pieces(world, seen.sight), seen.ref_no)
    if extension == "pdf":
        return label_pages(pages)
    return label(next(page for page in pages if page.tracking_number == seen.number), "PNG")
