"""Tracking documents: the proof of delivery, as a picture or a page."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from mock_api.carriers.fedex import mock_numbers
from mock_api.carriers.fedex.callers import document_router
from mock_api.carriers.fedex.envelope import ok
from mock_api.carriers.fedex.parts import Part, Text
from mock_api.carriers.fedex.refusals import NO_DOCUMENT, NUMBER_MISSING, NUMBER_UNKNOWN
from mock_api.carriers.fedex.tracking import Inquiry, is_virtual, seen
from mock_api.carriers.fedex.view import result_of
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.parcels.model import ParcelStatus

router: Final = document_router()

_PROOF: Final = "SIGNATURE_PROOF_OF_DELIVERY"
_MOST: Final = 30
_NOTE: Final = "Simulated. Nobody signed this."


class DocumentDetail(Part):
    document_type: Text = _PROOF
    document_format: Literal["PDF", "PNG"] = "PDF"


class DocumentRequest(Part):
    track_document_detail: DocumentDetail
    track_document_specification: list[Inquiry] = Field(default=[], max_length=_MOST)


@dataclass(frozen=True, slots=True)
class Proof:
    """All that a proof of delivery says."""

    number: str
    delivered_at: str
    signed_by: str
    where: str
    service: str


async def _asked(request: Request) -> DocumentRequest:
    """Whatever type the body says it has: stock karrio's says that it is a form."""
    try:
        return DocumentRequest.model_validate_json(await request.body())
    except ValidationError as flawed:
        flaws = [{**flaw, "loc": ("body", *flaw["loc"])} for flaw in flawed.errors()]
        raise RequestValidationError(flaws) from None


@router.post("/track/v1/trackingdocuments")
async def documents(
    request: Request,
    sandbox: CarrierSandbox,
    wanted: Annotated[DocumentRequest, Depends(_asked)],
) -> Response:
    """One for each number; there is none before a delivery."""
    detail = wanted.track_document_detail
    asked = [each.tracking_number_info for each in wanted.track_document_specification]
    if not asked or not all(each.tracking_number for each in asked):
        raise NUMBER_MISSING.said()
    if detail.document_type != _PROOF:
        raise NO_DOCUMENT.said()
    proofs = [proof_of(sandbox.world, each.tracking_number) for each in asked]
    is_picture = detail.document_format == "PNG"
    return ok(
        request,
        {
            "localization": {"languageCode": "EN", "localeCode": "US"},
            "documentType": _PROOF,
            "documentFormat": detail.document_format,
            "documents": [
                b64encode(drawn(proof, is_picture=is_picture)).decode() for proof in proofs
            ],
        },
    )


def proof_of(world: World, number: str) -> Proof:
    """Of a delivered parcel; refused for any other."""
    if is_virtual(world, number):
        return _of_mock(number)
    sight = seen(world, number)
    if sight is None or sight.parcel is None:
        raise NUMBER_UNKNOWN.said(("trackingNumber", number))
    if sight.parcel.status is not ParcelStatus.DELIVERED:
        raise NO_DOCUMENT.said()
    return _of_result(number, result_of(sight, detailed=False))


def _of_mock(number: str) -> Proof:
    if not mock_numbers.MOCKS[number].is_delivered:
        raise NO_DOCUMENT.said()
    return _of_result(number, mock_numbers.result_of(number, detailed=False))


def _of_result(number: str, result: dict[str, object]) -> Proof:
    """What tracking says, said once more."""
    delivered, details, service = (
        result["scanEvents"],
        result["deliveryDetails"],
        result["serviceDetail"],
    )
    assert isinstance(delivered, list)
    assert isinstance(details, dict)
    assert isinstance(service, dict)
    place = details["actualDeliveryAddress"]
    towns = (place.get(name) for name in ("city", "stateOrProvinceCode", "countryCode"))
    return Proof(
        number,
        str(delivered[0]["date"]),
        str(details.get("receivedByName", "")),
        ", ".join(town for town in towns if town),
        str(service["description"]),
    )


def drawn(proof: Proof, *, is_picture: bool) -> bytes:
    """As a page, or as a picture of it."""
    # Large libraries, which a server that draws nothing need not load.
    from mock_api import pictures, sheet  # noqa: PLC0415

    def draw(page: sheet.Sheet) -> None:
        head, body, foot = sheet.AREA.rows(20, 90)
        page.write_on_black(head, sheet.Text("FedEx - Signature Proof of Delivery", 16))
        lines = (
            f"Tracking number: {proof.number}",
            f"Delivered: {proof.delivered_at}",
            f"Delivered to: {proof.where}",
            f"Signed for by: {proof.signed_by}",
            f"Service: {proof.service}",
        )
        words = [sheet.Text(line, 11) for line in lines]
        page.write(body.inset(3, 5), sheet.Place.TOP_LEFT, *words)
        page.write(foot, sheet.Place.CENTRE, sheet.Text(_NOTE, 8))

    title = f"Proof of delivery {proof.number}"
    pdf = sheet.document(title, sheet.LabelStock.INCHES_4_BY_6, [draw])
    return pictures.png(pdf) if is_picture else pdf
