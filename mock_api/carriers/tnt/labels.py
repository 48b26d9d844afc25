"""Labels: what is to be on them, as XML (``rendering`` draws it).

Labels are made of what the request says, as ExpressLabel makes them: it knows no consignments. The
form is that of TNT's sample of a routing label; what only TNT's network knows (transit depots, sort
cells, microzones) is left out.
"""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from fastapi import APIRouter, Response

from mock_api.carriers.tnt import measures, xml
from mock_api.carriers.tnt.documents import Document
from mock_api.carriers.tnt.names import CARRIER, NAME
from mock_api.carriers.tnt.places import bare, depot_code
from mock_api.carriers.tnt.refusals import Refused, broken_rules, told
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.measures import NoMeasure
from simulator import World
from simulator.carriers import numbers
from simulator.consigning import PIECES_MAX

_FIELDS: Final = ("name", "addressLine1", "addressLine2", "addressLine3", "town")
_FIELDS_AFTER_TOWN: Final = ("province", "postcode", "country")
_CONSIGNMENTS_MOST: Final = 50
_KINDS: Final = ("D", "N")
_BARCODE_ROUTE: Final = "0" * 12
"""After number and piece, TNT's barcode has a route (24 digits in all): only its network knows."""


class _Broken(Exception):
    """What is wrong with one consignment."""


@dataclass(frozen=True, slots=True)
class _PieceLabel:
    nth: int
    grams: int
    reference: str


def serve(router: APIRouter) -> None:
    router.post("/expresslabel/documentation/getlabel")(get_label)


async def get_label(document: Document, sandbox: CarrierSandbox) -> Response:
    """A label's data for each piece of each consignment."""
    asked = document.findall("consignment")
    if document.tag != "labelRequest" or not 1 <= len(asked) <= _CONSIGNMENTS_MOST:
        raise Refused("labelRequest with a consignment is expected")
    response = xml.root("labelResponse")
    for nth, each in enumerate(asked, start=1):
        key = each.get("key") or str(nth)
        try:
            _add_label(sandbox.world, response, key, each, lenient=sandbox.is_lenient(NAME))
        except _Broken as broken:
            broken_rules(response, key, str(broken))
        except NoMeasure as bad:
            broken_rules(response, key, f"Measurements must be valid numbers: {bad}")
    return told(response)


def _add_label(world: World, response: Element, key: str, asked: Element, *, lenient: bool) -> None:
    number = bare(xml.text_at(asked, "consignmentIdentity", "consignmentNumber"))
    if not numbers.checks(CARRIER, number):
        raise _Broken(f"The consignment number is not valid: {number}")
    for end in ("sender", "delivery"):
        for field in ("town", "country"):
            if not xml.text_at(asked, end, field):
                raise _Broken(f"The {end} {field} is mandatory")
    kind = xml.text_at(asked, "product", "type")
    if kind not in _KINDS and not lenient:
        raise _Broken(f"The product type must be D or N: {kind}")
    pieces = _pieces(asked)
    consignment = xml.add(response, "consignment", key=key)
    for piece in pieces:
        _add_piece(consignment, number, piece)
    _add_consignment(world, consignment, asked, (number, len(pieces)))


def _pieces(asked: Element) -> list[_PieceLabel]:
    """Each line's pieces, by their sequence numbers; a line that tells none is one piece."""
    found: list[_PieceLabel] = []
    for line in asked.findall("pieceLine"):
        weight = measures.grams(xml.text_at(line, "pieceMeasurements", "weight"))
        groups = line.findall("pieces") or [xml.root("pieces")]
        for group in groups:
            told_ = xml.text_at(group, "sequenceNumbers") or str(len(found) + 1)
            reference = xml.text_at(group, "pieceReference")
            numbered = told_.split(",")[: PIECES_MAX + 1]
            found += [
                _PieceLabel(measures.count(n.strip(), 1), weight, reference) for n in numbered
            ]
    if not 1 <= len(found) <= PIECES_MAX:
        raise _Broken(f"A consignment has from 1 to {PIECES_MAX} pieces")
    return found


def _add_piece(consignment: Element, number: str, piece: _PieceLabel) -> None:
    data = xml.add(consignment, "pieceLabelData")
    kilograms = f"{piece.grams / 1000:g}"
    xml.add(data, "pieceNumber", piece.nth)
    xml.add(data, "weightDisplay", f"{kilograms}kg", code=kilograms, renderInstructions="yes")
    xml.add(data, "pieceReference", piece.reference)
    barcode = f"{number}{piece.nth:03}{_BARCODE_ROUTE}"
    xml.add(data, "barcode", barcode, symbology="128C")


def _add_consignment(
    world: World, consignment: Element, asked: Element, identity: tuple[str, int]
) -> None:
    number, pieces = identity
    data = xml.add(consignment, "consignmentLabelData")
    xml.add(data, "consignmentNumber", number)
    for end in ("sender", "delivery"):
        told_ = xml.add(data, end)
        for field in (*_FIELDS, *_FIELDS_AFTER_TOWN):
            xml.add(told_, field, xml.text_at(asked, end, field))
    account = xml.add(data, "account")
    for field in ("accountNumber", "accountCountry"):
        xml.add(account, field, xml.text_at(asked, "account", field))
    xml.add(data, "totalNumberOfPieces", pieces)
    product = xml.text_at(asked, "product", "id")
    xml.add(data, "product", _product_name(world, product), id=product)
    xml.add(data, "collectionDate", xml.text_at(asked, "collectionDateTime")[:10])
    for name, end in (("originDepot", "sender"), ("destinationDepot", "delivery")):
        depot = xml.add(data, name)
        xml.add(depot, "depotCode", depot_code(xml.text_at(asked, end, "town")))
    xml.add_said(data, specialInstructions=xml.text_at(asked, "specialInstructions"))


def _product_name(world: World, product: str) -> str:
    sold = world.registry.carrier(CARRIER).services
    return next((each.name for each in sold if each.product == product), product)
