"""Consignment note, label, manifest and invoice, as XML that TNT's stylesheets render.

The form is that of an address label in a published reply (200MPH/tnt); the others are inferred to
say the same, each with its own stylesheet. Stylesheets are TNT's, and not served.
"""

from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from mock_api.carriers.tnt import xml
from mock_api.carriers.tnt.places import country_name
from simulator import World
from simulator.carriers.model import CHINA
from simulator.people import Address
from simulator.shipments.model import Piece, Shipment

_RENDERERS: Final = {
    "CONNOTE": "HTMLConsignmentNoteRenderer",
    "LABEL": "HTMLAddressLabelRenderer",
    "MANIFEST": "HTMLManifestRenderer",
    "INVOICE": "HTMLCommercialInvoiceRenderer",
}
_SITE: Final = "expresswebservices-website"
_MM3_PER_M3: Final = 1e9


def printed(world: World, name: str, shipments: list[Shipment], base_url: str) -> bytes:
    """One document of all of them."""
    base = base_url.rstrip("/")
    sheet = f"{base}/{_SITE}/stylesheets/{_RENDERERS[name]}.xsl"
    batch = xml.root("CONSIGNMENTBATCH")
    xml.add(batch, "HOST", base)
    xml.add(batch, "IMAGESDIR", f"/{_SITE}/rendering/images")
    for shipment in shipments:
        _add_consignment(world, batch, shipment)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet href="{sheet}" '
    return f'{head}type="text/xsl"?>\n'.encode() + xml.undeclared(batch)


def _add_consignment(world: World, batch: Element, shipment: Shipment) -> None:
    wish, notes = shipment.wish, shipment.wish.notes
    number = world.shippers.parcels_of(shipment)[0].tracking_number
    consignment = xml.add(
        batch, "CONSIGNMENT", originCountry=wish.sender.region, marketType="INTERNATIONAL"
    )
    header = xml.add(consignment, "HEADER")
    day = datetime.fromtimestamp(shipment.labelled_at, ZoneInfo(CHINA)).date()
    xml.add(header, "SHIPMENTDATE", notes["shipped_on"] or f"{day:%d/%m/%Y}")
    for name in ("SENDER", "COLLECTION"):
        _add_party(header, name, wish.sender)
    xml.add(header, "CARRIAGEFORWARD", "Y" if notes["payment"] == "R" else "N")
    for name in ("RECEIVER", "DELIVERY"):
        _add_party(consignment, name, wish.recipient)
    xml.add(consignment, "TOTALVOLUME", f"{sum(map(_volume, wish.pieces)):.3f}", units="m3")
    xml.add(consignment, "TOTALWEIGHT", f"{shipment.weight_g / 1000:.2f}", units="kg")
    xml.add_said(
        consignment,
        CUSTOMERREF=wish.reference,
        CONSIGNMENTTYPE=notes["type"],
        CONNUMBER=number,
        SERVICE=f"{notes['product']} {notes['service']}",
        GOODSDESC1=wish.contents,
        TOTALITEMS=len(wish.pieces),
        DELIVERYINST=notes["instructions"],
        PAYMENTIND=notes["payment"],
        CONREF=notes["conref"],
    )
    for nth, piece in enumerate(wish.pieces):
        _add_package(consignment, piece, (nth, len(wish.pieces)))


def _add_party(to: Element, name: str, address: Address) -> None:
    xml.add_said(
        xml.add(to, name),
        COMPANYNAME=address.name,
        STREETADDRESS1=address.line1,
        CITY=address.city,
        PROVINCE=address.state,
        POSTCODE=address.postal_code,
        COUNTRY=country_name(address.region).upper(),
        CONTACTTELEPHONE=address.phone,
    )


def _add_package(consignment: Element, piece: Piece, place: tuple[int, int]) -> None:
    nth, of = place
    package = xml.add(consignment, "PACKAGE")
    for name, side in zip(("LENGTH", "WIDTH", "HEIGHT"), piece.sides_mm, strict=True):
        xml.add(package, name, f"{side / 10:.1f}", units="cm")
    xml.add(package, "WEIGHT", f"{piece.weight_g / 1000:g}", units="Kg")
    xml.add(package, "ITEMS", 1)
    xml.add(package, "VOLUME", f"{_volume(piece):.3f}", units="m3")
    xml.add(package, "PACKAGEINDEX", nth + 1)
    xml.add(package, "PACKAGEMAX", of)
    xml.add(package, "PREVIOUSPACKAGEITEMCOUNT", nth)


def _volume(piece: Piece) -> float:
    """Cubic metres."""
    length, width, height = piece.sides_mm
    return length * width * height / _MM3_PER_M3
