"""What the ship call answers: numbers, prices, labels."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from mock_api.carriers.fedex import labels, services
from mock_api.carriers.fedex.dialect import NAME
from mock_api.kernel.sandbox import Sandbox
from simulator.parcels.model import Parcel
from simulator.shipments.model import Shipment


@dataclass(frozen=True, slots=True)
class Bought:
    """A shipment that has its labels, and how its shipper wants them."""

    sandbox: Sandbox
    shipment: Shipment
    image_type: str
    by_url: bool

    @property
    def parcels(self) -> list[Parcel]:
        return self.sandbox.world.shippers.parcels_of(self.shipment)

    @property
    def product(self) -> services.Product:
        carrier = self.sandbox.world.registry.carrier(NAME)
        return services.product_of(carrier.service(self.shipment.service), self.home)

    @property
    def home(self) -> str:
        return services.home_of(self.shipment.wish.sender, self.shipment.wish.recipient)


def transaction_of(request: Request, bought: Bought) -> dict[str, Any]:
    """One of ``transactionShipments``."""
    shipment, product, parcels = bought.shipment, bought.product, bought.parcels
    carrier = bought.sandbox.world.registry.carrier(NAME)
    shipped = services.today_at(carrier, shipment.wish.sender, shipment.labelled_at)
    days = services.transit_days(carrier.service(shipment.service), bought.home)
    due = services.promised_day(shipped, days[1])
    master = parcels[0].tracking_number
    pieces = [_piece(request, bought, parcel, master) for parcel in parcels]
    for piece in pieces:
        piece["deliveryDatestamp"] = due.isoformat()
    return {
        "masterTrackingNumber": master,
        "serviceType": product.type,
        "serviceName": product.name,
        "serviceCategory": "EXPRESS",
        "shipDatestamp": shipped.isoformat(),
        "pieceResponses": pieces,
        "completedShipmentDetail": _completed(bought, master),
    }


def _piece(request: Request, bought: Bought, parcel: Parcel, master: str) -> dict[str, Any]:
    shipment = bought.shipment
    nth = shipment.parcel_ids.index(parcel.id)
    share = shipment.price_minor / len(shipment.parcel_ids) / 100
    reference = shipment.wish.pieces[nth].reference
    named = {"customerReferenceType": "CUSTOMER_REFERENCE", "value": reference}
    return {
        "masterTrackingNumber": master,
        "trackingNumber": parcel.tracking_number,
        "trackingIdType": "FEDEX",
        "serviceCategory": "EXPRESS",
        "packageSequenceNumber": nth + 1,
        "netRateAmount": round(share, 2),
        "currency": shipment.currency,
        "customerReferences": [named] if reference else [],
        "packageDocuments": [_document(request, bought, parcel)],
    }


def _document(request: Request, bought: Bought, parcel: Parcel) -> dict[str, Any]:
    document = {"contentType": "LABEL", "docType": bought.image_type, "copiesToPrint": 1}
    if bought.by_url:
        number = parcel.tracking_number
        return document | {
            "url": labels.address_of(request, bought.sandbox, number, bought.image_type)
        }
    image = labels.printed(bought.sandbox.world, bought.shipment, parcel, bought.image_type)
    return document | {"encodedLabel": b64encode(image).decode()}


def _completed(bought: Bought, master: str) -> dict[str, Any]:
    shipment, wish, product = bought.shipment, bought.shipment.wish, bought.product
    return {
        "usDomestic": wish.sender.region == wish.recipient.region == "US",
        "carrierCode": "FDXE",
        "masterTrackingId": {"trackingIdType": "FEDEX", "trackingNumber": master},
        "serviceDescription": {"serviceType": product.type, "code": product.short},
        "packagingDescription": wish.notes["packaging_type"],
        "shipmentRating": {
            "actualRateType": "PAYOR_ACCOUNT_SHIPMENT",
            "shipmentRateDetails": [
                {
                    "rateType": "PAYOR_ACCOUNT_SHIPMENT",
                    "totalNetCharge": shipment.price_minor / 100,
                    "currency": shipment.currency,
                }
            ],
        },
        "completedPackageDetails": [
            {
                "sequenceNumber": nth,
                "trackingIds": [
                    {"trackingIdType": "FEDEX", "trackingNumber": each.tracking_number}
                ],
            }
            for nth, each in enumerate(bought.parcels, start=1)
        ],
    }
