"""XML-PI, DHL's older interface: one servlet, where a document's root says what is wanted.

Only tracking is played (KnownTrackingRequest). Failures are documents too, and always HTTP 200:
100 for a wrong site or password, 111 for what cannot be read (both documented), 209 for a number
that nobody knows. Ours: the number 500 for what went wrong here, and what else it says then.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element

from fastapi import Request, Response

from mock_api.carriers.dhl.names import NAME
from mock_api.carriers.dhl.places import Area
from mock_api.carriers.dhl.refusals import as_refusal
from mock_api.carriers.dhl.seen import Checkpoint, Consignment, SeenPiece
from mock_api.carriers.dhl.view import consignment
from mock_api.carriers.dhl.xml import (
    NotXml,
    add,
    add_all,
    name_of,
    read,
    root,
    text_at,
    texts,
    written,
)
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import (
    CarrierSandbox,
    Words,
    sandbox_of,
    sandboxes_of,
    seen_by,
)
from mock_api.kernel.sandbox import Sandbox

OPERATION: Final = "KnownTrackingRequest"
WRONG_SITE: Final = "100"
UNREADABLE: Final = "111"
NOT_FOUND: Final = "209"
BROKEN: Final = "500"
_LAST_ONLY: Final = "LAST_CHECK_POINT_ONLY"
_HEADER: Final = ("Request", "ServiceHeader")
_MEDIA_TYPE: Final = "text/xml"


class Refused(CarrierRefusal):
    """A condition, and the name of the document that says it."""

    def __init__(self, code: str, words: str, name: str = "ShipmentTrackingErrorResponse") -> None:
        super().__init__(code, words)
        self.code, self.words, self.name = code, words, name


WORDS: Final = Words(
    throttled=lambda _: Refused(BROKEN, "Too many requests"),
    overloaded=lambda: Refused(BROKEN, "Service unavailable"),
    internal_error=lambda: Refused(BROKEN, "Process failure occurred"),
    forbidden=lambda: Refused(WRONG_SITE, "Validation Failure:Address is not allowed"),
)


async def identify(request: Request) -> Sandbox:
    """By SiteID and Password, inside the document."""
    document = await _document(request)
    site, password = (text_at(document, *_HEADER, name) for name in ("SiteID", "Password"))
    sandboxes = sandboxes_of(request)
    found = sandboxes.with_carrier_key(NAME, "site_id", site)
    if found is None:
        raise Refused(WRONG_SITE, "Validation Failure:Site Id is wrong", "ErrorResponse")
    pair = ("site_id", site), ("site_password", password)
    if sandboxes.with_carrier_pair(NAME, *pair) is None:
        seen_by(request, found)
        raise Refused(WRONG_SITE, "Validation Failure:Password provided is wrong", "ErrorResponse")
    return found


async def named(request: Request) -> Collection[str]:
    """The waybills that a request asks for."""
    try:
        return texts(read(await request.body()), "AWBNumber")
    except NotXml:
        return ()


async def servlet(request: Request, sandbox: CarrierSandbox) -> Response:
    """Whatever its root asks for."""
    document = await _document(request)
    if name_of(document) != OPERATION:
        raise Refused(UNREADABLE, f"{name_of(document)} is not simulated: {OPERATION} is")
    last_only = text_at(document, "LevelOfDetails") == _LAST_ONLY
    with_pieces = text_at(document, "PiecesEnabled") in ("P", "B")
    numbers = texts(document, "AWBNumber") or texts(document, "LPNumber")
    if not numbers:
        raise Refused(UNREADABLE, "Error Parsing incoming request XML: AWBNumber is missing")
    answered = root("TrackingResponse", "TrackingResponse.xsd")
    header = add(add(answered, "Response"), "ServiceHeader")
    add(header, "MessageTime", _now(sandbox))
    add(header, "MessageReference", text_at(document, *_HEADER, "MessageReference"))
    add(header, "SiteID", text_at(document, *_HEADER, "SiteID"))
    for number in numbers:
        _add_shipment(answered, number, consignment(sandbox, number), (last_only, with_pieces))
    return _said(answered)


def answer(request: Request, exc: Exception) -> Response:
    """Every failure, as a document with a condition."""
    refused = exc if isinstance(exc, Refused) else Refused(BROKEN, as_refusal(exc).detail)
    schema = "err-res.xsd" if refused.name == "ErrorResponse" else "track-err-res.xsd"
    answered = root(refused.name, schema)
    response = add(answered, "Response")
    header = add(response, "ServiceHeader")
    if _is_known(request):
        add(header, "MessageTime", _now(sandbox_of(request)))
    status = add(response, "Status")
    add(status, "ActionStatus", "Error" if refused.name == "ErrorResponse" else "Failure")
    _add_condition(status, refused.code, refused.words)
    return _said(answered)


async def _document(request: Request) -> Element:
    try:
        return read(await request.body())
    except NotXml as error:
        words = f"Error Parsing incoming request XML\n Error: {error}"
        raise Refused(UNREADABLE, words) from None


def _is_known(request: Request) -> bool:
    try:
        return bool(sandbox_of(request))
    except KeyError:
        return False


def _now(sandbox: Sandbox) -> str:
    return datetime.fromtimestamp(sandbox.world.now, UTC).isoformat()


def _said(document: Element) -> Response:
    return Response(written(document), media_type=_MEDIA_TYPE)


def _add_condition(status: Element, code: str, words: str) -> None:
    condition = add(status, "Condition")
    add_all(condition, {"ConditionCode": code, "ConditionData": words})


def _add_shipment(
    to: Element, number: str, seen: Consignment | None, wanted: tuple[bool, bool]
) -> None:
    last_only, with_pieces = wanted
    info = add(to, "AWBInfo")
    add(info, "AWBNumber", seen.waybill if seen else number)
    status = add(info, "Status")
    if seen is None:
        add(status, "ActionStatus", "No Shipments Found")
        _add_condition(status, NOT_FOUND, f"No Shipments Found for AWBNumber | {number}")
        return
    add(status, "ActionStatus", "success")
    _add_details(add(info, "ShipmentInfo"), seen, seen.checkpoints[-1:] if last_only else None)
    if with_pieces:
        pieces = add(info, "Pieces")
        for piece in seen.pieces:
            _add_piece(pieces, seen, piece)


def _add_details(
    info: Element, seen: Consignment, checkpoints: Sequence[Checkpoint] | None
) -> None:
    _add_area(info, "OriginServiceArea", seen.origin)
    _add_area(info, "DestinationServiceArea", seen.destination)
    add(info, "ShipperName", seen.shipper.name)
    add(info, "ConsigneeName", seen.receiver.name)
    add(info, "ShipmentDate", seen.shipped_at.isoformat()[:19])
    add(info, "Pieces", len(seen.pieces))
    if seen.weight_kg is not None:
        add(info, "Weight", seen.weight_kg)
    add(info, "WeightUnit", "K")
    if seen.expected_on:
        add(info, "EstDlvyDate", f"{seen.expected_on} 23:59:00 GMT+00:00")
    add(info, "GlobalProductCode", seen.product)
    add(info, "ShipmentDesc", seen.description)
    for checkpoint in seen.checkpoints if checkpoints is None else checkpoints:
        _add_event(add(info, "ShipmentEvent"), checkpoint)
    if seen.reference:
        add(add(info, "ShipperReference"), "ReferenceID", seen.reference)


def _add_event(event: Element, checkpoint: Checkpoint) -> None:
    moment = checkpoint.at.isoformat()
    add_all(event, {"Date": moment[:10], "Time": moment[11:19]})
    told = {"EventCode": checkpoint.said.code, "Description": checkpoint.text}
    add_all(add(event, "ServiceEvent"), told)
    add(event, "Signatory", checkpoint.signed_by)
    _add_area(event, "ServiceArea", checkpoint.area)


def _add_piece(pieces: Element, seen: Consignment, piece: SeenPiece) -> None:
    info = add(pieces, "PieceInfo")
    details = add(info, "PieceDetails")
    add(details, "AWBNumber", seen.waybill)
    add(details, "LicensePlate", piece.licence_plate)
    add(details, "PieceNumber", piece.number)
    if piece.weight_kg is not None:
        add_all(details, {"Weight": piece.weight_kg, "WeightUnit": "K"})
    for checkpoint in piece.checkpoints:
        _add_event(add(info, "PieceEvent"), checkpoint)


def _add_area(to: Element, name: str, area: Area) -> None:
    told = {"ServiceAreaCode": area.code, "Description": area.description}
    add_all(add(to, name), told)
