"""MyDHL API: shipments are made, with labels, and a courier for them if that is wanted.

One waybill for all pieces; each has a licence plate (JD…). There is no void: a label that is not
used is not charged.
"""

from base64 import b64encode
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Query, Request, Response

from mock_api.carriers.dhl.names import NAME, PRODUCTS, number_meant, piece_id
from mock_api.carriers.dhl.pickups import called, require_window
from mock_api.carriers.dhl.rating import BILLING, charges, offered_on, priced
from mock_api.carriers.dhl.refusals import Refused, not_available
from mock_api.carriers.dhl.requests import Images, ShipmentWish
from mock_api.carriers.dhl.times import Planned, planned, zone_of
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sandbox import Sandbox
from simulator.consigning import Rate
from simulator.errors import NotFound
from simulator.parcels.model import Parcel
from simulator.people import Address
from simulator.shipments.model import Shipment, Wish
from simulator.shipments.windows import Window

Shape = dict[str, Any]
ValidateOnly = Annotated[bool, Query(alias="validateDataOnly")]
_FORMS: Final = {"pdf": "PDF", "zpl": "ZPL"}
"""Of the four that DHL prints; LP2 and EPL are printers' languages that nothing here draws."""


async def ship(
    request: Request,
    response: Response,
    sandbox: CarrierSandbox,
    wish: ShipmentWish,
    validate_only: ValidateOnly = False,  # noqa: FBT002 - a query's
) -> Shape:
    """A waybill; a refusal leaves nothing behind, neither shipment nor pickup."""
    parties, content = wish.customer_details, wish.content
    lane = parties.shipper_details.address(), parties.receiver_details.address()
    when = planned(sandbox, wish.planned_shipping_date_and_time, lane[0])
    if wish.product_code not in offered_on(lane, content.is_customs_declarable):
        raise not_available(wish.product_code)
    form = _FORMS.get(wish.output_image_properties.encoding_format)
    if form is None:
        raise Refused(HTTPStatus.BAD_REQUEST, "Labels are printed as pdf or zpl here, not else")
    pieces = tuple(package.piece(content.unit_of_measurement) for package in content.packages)
    rate = priced(sandbox, lane, pieces)
    window = _window(sandbox, wish, when, lane[0])
    if validate_only:
        return {"warnings": []}
    shipment = sandbox.world.shippers.ship(
        Wish(
            account=NAME,
            sender=lane[0],
            recipient=lane[1],
            pieces=pieces,
            carrier=NAME,
            contents=content.description,
            reference=wish.reference,
            value_minor=round((content.declared_value or 0) * 100),
            value_currency=content.declared_value_currency or "",
            notes={"product": wish.product_code},
        )
    )
    told = _told(request, sandbox, shipment, form)
    if wish.get_rate_estimates:
        told["shipmentCharges"] = [_charges(rate, wish.product_code)]
    if window:
        where = _where(wish, lane[0])
        dispatch = called(sandbox, where, window, _numbers(sandbox, shipment))
        told["dispatchConfirmationNumber"] = dispatch
        told["cancelPickupUrl"] = f"{_base(request)}/pickups/{dispatch}"
    response.headers["Location"] = f"/shipments/{told['shipmentTrackingNumber']}"
    return told


async def upload_images(sandbox: CarrierSandbox, number: str, _images: Images) -> Response:
    """Customs papers, which nobody here reads."""
    shipment = sandbox.world.shippers.shipment_numbered(number_meant(number))
    if shipment is None or shipment.carrier != NAME:
        raise NotFound("shipment", number)
    return Response()


def _window(sandbox: Sandbox, wish: ShipmentWish, when: Planned, sender: Address) -> Window | None:
    """Of the courier who is called with it; refused before anything is made."""
    if not wish.pickup.is_requested:
        return None
    window = Window(when.at, when.until(wish.pickup.close_time))
    require_window(sandbox, _where(wish, sender), window)
    return window


def _where(wish: ShipmentWish, sender: Address) -> Address:
    place = wish.pickup.pickup_details
    return place.address() if place else sender


def _numbers(sandbox: Sandbox, shipment: Shipment) -> tuple[str, ...]:
    parcels = sandbox.world.shippers.parcels_of(shipment)
    return tuple(parcel.tracking_number for parcel in parcels)


def _told(request: Request, sandbox: Sandbox, shipment: Shipment, form: str) -> Shape:
    parcels = sandbox.world.shippers.parcels_of(shipment)
    waybill, base = parcels[0].tracking_number, _base(request)
    return {
        "url": f"{base}/shipments/{waybill}",
        "shipmentTrackingNumber": waybill,
        "trackingUrl": f"{base}/shipments/{waybill}/tracking",
        "packages": [
            {
                "referenceNumber": nth,
                "trackingNumber": piece_id(parcel.tracking_number),
                "trackingUrl": f"{base}/tracking?pieceTrackingNumber="
                f"{piece_id(parcel.tracking_number)}",
            }
            for nth, parcel in enumerate(parcels, start=1)
        ],
        "documents": [
            {
                "imageFormat": form,
                "content": b64encode(_labels(sandbox, shipment, parcels, form)).decode(),
                "typeCode": "label",
            }
        ],
    }


def _labels(sandbox: Sandbox, shipment: Shipment, parcels: list[Parcel], form: str) -> bytes:
    """A page for each piece, all under the waybill."""
    from mock_api.carrier_labels import (  # noqa: PLC0415 - large libraries
        CarrierLabel,
        Party,
        label,
        label_pages,
    )

    wish = shipment.wish
    today = datetime.fromtimestamp(shipment.labelled_at, zone_of(sandbox, wish.sender)).date()
    parts = [
        CarrierLabel(
            carrier_name="DHL Express",
            service_name=PRODUCTS[wish.notes["product"]],
            tracking_number=parcels[0].tracking_number,
            sender=Party.of(wish.sender),
            recipient=Party.of(wish.recipient),
            weight_g=piece.weight_g,
            reference=piece.reference or wish.reference,
            printed_on=str(today),
            piece=f"{nth} of {len(wish.pieces)}",
        )
        for nth, piece in enumerate(wish.pieces, start=1)
    ]
    if form == "ZPL":
        return b"".join(label(each, "ZPL") for each in parts)
    return label_pages(parts)


def _charges(rate: Rate, product: str) -> Shape:
    return {
        "currencyType": BILLING,
        "priceCurrency": rate.currency,
        "price": rate.total_minor / 100,
        "serviceBreakdown": [
            {"name": name, "price": price, "typeCode": code}
            for name, code, price in charges(rate, product)
        ],
    }


def _base(request: Request) -> str:
    """Where the caller found this interface."""
    path = str(request.scope["path"]).removesuffix("/shipments")
    return f"{str(request.base_url).rstrip('/')}{path}"
