"""A label's XML, drawn: a PDF with a page for each piece.

Other documents than routing labels, and other forms than PDF, are not drawn.
"""

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from fastapi import APIRouter, Request, Response

from mock_api.carriers.tnt import measures, xml
from mock_api.carriers.tnt.documents import read
from mock_api.carriers.tnt.names import CARRIER
from mock_api.carriers.tnt.places import bare
from mock_api.carriers.tnt.refusals import Refused
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.credentials import form_of
from mock_api.kernel.measures import NoMeasure
from simulator.carriers import numbers
from simulator.consigning import PIECES_MAX

if TYPE_CHECKING:
    from mock_api.carrier_labels import CarrierLabel, Party

_LINES: Final = ("addressLine1", "addressLine2", "addressLine3")


def serve(router: APIRouter) -> None:
    router.post("/expresswebservices-website/app/render.html")(render)


async def render(request: Request, sandbox: CarrierSandbox) -> Response:
    """What ``getlabel`` answered, as ``responseXml``."""
    del sandbox
    form = await form_of(request)
    if form.get("documentType", "routingLabel") != "routingLabel":
        raise Refused("Only documentType routingLabel is rendered")
    if form.get("contentType", "pdf").lower() != "pdf":
        raise Refused("Only contentType pdf is rendered")
    document = read(form.get("responseXml", "").strip())
    consignments = document.findall("consignment") if document.tag == "labelResponse" else []
    return Response(_drawn(consignments), media_type="application/pdf")


def _drawn(consignments: list[Element]) -> bytes:
    from mock_api.carrier_labels import label_pages  # noqa: PLC0415 - large

    pages = [page for each in consignments for page in _pages(each)]
    if not 1 <= len(pages) <= PIECES_MAX:
        words = f"responseXml must be a labelResponse with 1 to {PIECES_MAX} pieces"
        raise Refused(words)
    return label_pages(pages)


def _pages(consignment: Element) -> "list[CarrierLabel]":
    from mock_api.carrier_labels import CarrierLabel  # noqa: PLC0415 - large

    data = xml.child(consignment, "consignmentLabelData")
    number = bare(xml.text_at(data, "consignmentNumber"))
    if not numbers.checks(CARRIER, number):
        raise Refused(f"The consignment number is not valid: {number}")
    sender, recipient = (_party(xml.child(data, end)) for end in ("sender", "delivery"))
    many = xml.text_at(data, "totalNumberOfPieces")
    return [
        CarrierLabel(
            carrier_name="TNT",
            service_name=xml.text_at(data, "product"),
            tracking_number=number,
            sender=sender,
            recipient=recipient,
            weight_g=_grams(xml.child(piece, "weightDisplay")),
            reference=xml.text_at(piece, "pieceReference"),
            printed_on=xml.text_at(data, "collectionDate"),
            piece=f"{xml.text_at(piece, 'pieceNumber')} of {many}",
        )
        for piece in consignment.findall("pieceLabelData")
    ]


def _party(said: Element | None) -> "Party":
    from mock_api.carrier_labels import Party  # noqa: PLC0415 - large

    lines = (xml.text_at(said, name) for name in _LINES)
    return Party(
        name=xml.text_at(said, "name"),
        phone="",
        line1=", ".join(line for line in lines if line),
        city=xml.text_at(said, "town"),
        postal_code=xml.text_at(said, "postcode"),
        region=xml.text_at(said, "country"),
    )


def _grams(weight: Element | None) -> int:
    code = weight.get("code", "") if weight is not None else ""
    try:
        return measures.grams(code)
    except NoMeasure:
        raise Refused(f"The weight is not valid: {code}") from None
