"""Labels: a link, and what it leads to.

The link bears no token, as browsers and printers follow it: it is signed with the application's
secret (the form of the link is ours). PDF, unless the order wished PNG or ZPL.
"""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response

from mock_api.carriers.yunexpress.access import identify
from mock_api.carriers.yunexpress.naming import named
from mock_api.carriers.yunexpress.refusals import WORDS, Refused, Shape, done, wrong
from mock_api.carriers.yunexpress.shipping import required
from mock_api.carriers.yunexpress.view import Look, Note, look
from mock_api.carriers.yunexpress.words import CANCELLED, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route, sandboxes_of
from mock_api.kernel.label_links import is_signed, labelled_pieces, signature
from mock_api.kernel.sandbox import Sandbox
from simulator import World

_MEDIA: Final = {"PDF": "application/pdf", "PNG": "image/png", "ZPL": "text/plain"}


async def identify_link(request: Request) -> Sandbox:
    """By the application's id in the path, and the link's signature."""
    told = request.path_params
    found = sandboxes_of(request).with_carrier_key(NAME, "app_id", told["app_id"])
    if found is None or not is_signed(found, NAME, told["waybill"], told["signed"]):
        raise Refused(HTTPStatus.NOT_FOUND, "no such label")
    return found


router: Final = APIRouter(
    prefix="/v1/order", route_class=carrier_route(NAME, identify, WORDS, names=named)
)
files: Final = APIRouter(prefix="/v1/order", route_class=carrier_route(NAME, identify_link, WORDS))


@router.get("/label/get")
async def label(request: Request, sandbox: CarrierSandbox, order_number: str = "") -> Shape:
    """Where its label is to be had."""
    seen = required(sandbox.world, order_number)
    if not _has_label(seen):
        raise wrong(f"order {order_number} has no label")
    form = form_of(seen)
    app_id, signed = sandbox.credential(NAME, "app_id"), signature(sandbox, NAME, seen.waybill)
    path = f"v1/order/label/file/{app_id}/{signed}/{seen.waybill}.{form.lower()}"
    return done(
        {
            "order_number": order_number,
            "url": f"{request.base_url}{path}",
            "label_type": form,
            "label_string": "",
        }
    )


def _has_label(seen: Look) -> bool:
    """It was not cancelled: the labels of an order that was must not be used any more."""
    return seen.status != CANCELLED and seen.sight.recipient is not None


def form_of(seen: Look) -> str:
    wished = seen.shipment.wish.notes.get(Note.LABEL, "") if seen.shipment else ""
    return wished or "PDF"


@files.get("/label/file/{app_id}/{signed}/{waybill}.{extension}")
async def label_file(sandbox: CarrierSandbox, waybill: str, extension: str) -> Response:
    """The label itself: as a PDF, a page for each package; otherwise that package's own."""
    seen = look(sandbox.world, waybill)
    if seen is None or not _has_label(seen) or extension != form_of(seen).lower():
        raise Refused(HTTPStatus.NOT_FOUND, "no such label")
    form = form_of(seen)
    return Response(_printed(sandbox.world, seen, form), media_type=_MEDIA[form])


def _printed(world: World, seen: Look, form: str) -> bytes:
    from mock_api.carrier_labels import (  # noqa: PLC0415 - large libraries
        Form,
        label,
        label_pages,
        labels_of,
    )

    pages = labels_of(seen.sight, labelled_pieces(world, seen.sight), seen.order_number)
    if form == "PDF":
        return label_pages(pages)
    own = next(page for page in pages if page.tracking_number == seen.waybill)
    turned: Form = "PNG" if form == "PNG" else "ZPL"
    return label(own, turned)
