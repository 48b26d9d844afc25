"""Pricing: what consignments would cost, price check by price check."""

from typing import Final
from xml.etree.ElementTree import Element
from zlib import crc32

from fastapi import APIRouter, Response

from mock_api.carriers.tnt import measures, xml
from mock_api.carriers.tnt.documents import Account, Document, OwnAccount
from mock_api.carriers.tnt.refusals import Refused, broken_rule, not_carried, told
from mock_api.carriers.tnt.services import FUEL, Price, prices
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.countries import is_country
from mock_api.kernel.measures import NoMeasure
from simulator import World
from simulator.consigning import PIECES_MAX
from simulator.people import Address
from simulator.shipments.model import Piece

_STANDARD_RATES: Final = ("P13", "Standard Rates")
"""Of a published reply: no account's own prices."""
_REQUEST_IDS: Final = 100_000


class _Broken(Exception):
    """What is wrong with one price check."""


def serve(router: APIRouter) -> None:
    router.post("/expressconnect/pricing/getprice")(get_price)


async def get_price(document: Document, sandbox: CarrierSandbox, account: OwnAccount) -> Response:
    """All services, or the one that is asked for. Amounts are in the price list's currency,
    whatever is asked for."""
    checks = document.findall("priceCheck")
    if document.tag != "priceRequest" or not checks:
        raise Refused("priceRequest with a priceCheck is expected")
    answered = xml.root("document")
    xml.add(answered, "requestId", crc32(xml.written(document)) % _REQUEST_IDS)
    errors, rated = xml.root("errors"), xml.root("priceResponse")
    for check in checks:
        try:
            _rate(sandbox.world, check, account, (errors, rated))
        except _Broken as broken:
            broken_rule(errors, xml.text_at(check, "rateId"), str(broken))
        except NoMeasure as bad:
            words = f"Weights and measurements must be valid numbers: {bad}"
            broken_rule(errors, xml.text_at(check, "rateId"), words)
    answered.extend(each for each in (errors, rated) if len(each))
    return told(answered)


def _rate(world: World, check: Element, account: Account, into: tuple[Element, Element]) -> None:
    errors, rated = into
    rate_id = xml.text_at(check, "rateId")
    lane = _place(check, "sender"), _place(check, "delivery")
    standard = not account.is_own(xml.text_at(check, "account", "accountNumber"))
    found = prices(world, *lane, _pieces(check), standard=standard)
    chosen = _available(found, xml.text_at(check, "product", "id"))
    if standard:
        code, words = _STANDARD_RATES
        broken_rule(errors, rate_id, words, kind="W", code=code)
    services = xml.add(rated, "ratedServices")
    xml.add_said(services, rateId=rate_id, currency=chosen[0].currency)
    itemized = xml.text_at(check, "priceBreakDown").lower() in ("true", "1")
    for each in chosen:
        _add_price(services, each, itemized=itemized)


def _place(check: Element, end: str) -> Address:
    """Who wants a price tells where, and not who."""
    country = xml.text_at(check, end, "country").upper()
    if not is_country(country):
        raise _Broken(f"The {end} country is missing or not valid")
    town, postcode = xml.text_at(check, end, "town"), xml.text_at(check, end, "postcode")
    return Address("", "", "", town, postcode, country)


def _pieces(check: Element) -> tuple[Piece, ...]:
    """The piece lines; without them, as many alike as the consignment has."""
    lines = check.findall("pieceLine")
    pieces: list[Piece] = []
    for line in lines:
        said = xml.child(line, "pieceMeasurements")
        length, width, height = (xml.text_at(said, s) for s in ("length", "width", "height"))
        piece = Piece(
            measures.grams(xml.text_at(said, "weight")), measures.sides(length, width, height)
        )
        pieces += [piece] * _many(xml.text_at(line, "numberOfPieces"))
    if pieces:
        _many(str(len(pieces)))
        return tuple(pieces)
    details = xml.child(check, "consignmentDetails")
    many = _many(xml.text_at(details, "totalNumberOfPieces"))
    weight, volume = xml.text_at(details, "totalWeight"), xml.text_at(details, "totalVolume")
    return measures.pieces_of(weight, volume, many)


def _many(text: str) -> int:
    said = measures.count(text, default=1)
    if not 1 <= said <= PIECES_MAX:
        raise _Broken(f"The number of pieces must be from 1 to {PIECES_MAX}")
    return said


def _available(found: list[Price], product: str) -> list[Price]:
    asked = [each for each in found if product in ("", each.product)]
    if not asked:
        raise _Broken(f"The product {product} is not available between origin and destination")
    chosen = [each for each in asked if not each.why]
    if not chosen:
        raise _Broken(not_carried(asked[0].why))
    return chosen


def _add_price(services: Element, price: Price, *, itemized: bool) -> None:
    service = xml.add(services, "ratedService")
    product = xml.add(service, "product")
    xml.add(product, "id", price.product)
    xml.add(product, "productDesc", price.name)
    xml.add(service, "totalPrice", price.total)
    xml.add(service, "totalPriceExclVat", price.total)
    xml.add(service, "vatAmount", "0.00")
    if itemized:
        code, words = FUEL
        element = xml.add(xml.add(service, "chargeElements"), "chargeElement")
        xml.add_said(
            element,
            chargeItem=1,
            chargeCategory="SURCHARGE",
            chargeCode=code,
            description=words,
            chargeValue=f"{price.fuel / 100:.2f}",
            vatIndicator="false",
        )
