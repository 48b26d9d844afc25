"""DHL's unified tracking call, one number at a time, for all of DHL's houses; here the Express one.

It knows five statuses, so that much of what befalls a parcel looks alike: a return is ``transit``
(observed). The newest event comes first (observed). Problem documents have a number for a status.
"""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from mock_api.carriers.dhl.names import NAME, PRODUCTS
from mock_api.carriers.dhl.places import Area
from mock_api.carriers.dhl.refusals import MEDIA_TYPE, as_refusal
from mock_api.carriers.dhl.seen import Checkpoint, Consignment
from mock_api.carriers.dhl.view import consignment
from mock_api.carriers.dhl.words import DELIVERED, PRE_TRANSIT
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.carrier_route import CarrierSandbox, Words, sandboxes_of
from mock_api.kernel.sandbox import Sandbox

Shape = dict[str, Any]
SERVICE: Final = "express"


class Refused(CarrierRefusal):
    """The unified call is refused."""

    def __init__(
        self, status: HTTPStatus, title: str, detail: str, retry_after: int | None = None
    ) -> None:
        super().__init__(status, title, detail)
        self.status, self.title, self.detail = status, title, detail
        self.retry_after = retry_after


WORDS: Final = Words(
    throttled=lambda wait: Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many requests",
        "Too many requests within defined time period, please try again later.",
        wait,
    ),
    overloaded=lambda: Refused(
        HTTPStatus.SERVICE_UNAVAILABLE, "Service unavailable", "Please try again later."
    ),
    internal_error=lambda: Refused(
        HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error", "Please try again later."
    ),
    forbidden=lambda: Refused(HTTPStatus.FORBIDDEN, "Forbidden", "The address is not allowed."),
)


async def identify(request: Request) -> Sandbox:
    """By the key of a registered application."""
    key = request.headers.get("dhl-api-key", "")
    found = sandboxes_of(request).with_carrier_key(NAME, "api_key", key)
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "Unauthorized", "Unauthorized for given resource.")
    return found


async def track_any(
    sandbox: CarrierSandbox,
    number: Annotated[str, Query(alias="trackingNumber", min_length=1)],
    service: str = "",
) -> Shape:
    """Of whatever house of DHL's; another than *express* carries nothing here."""
    seen = consignment(sandbox, number.strip()) if service in ("", SERVICE) else None
    if seen is None:
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "No result found",
            "No shipment with given tracking number found.",
        )
    return {"shipments": [_shipment(seen)]}


def answer(_request: Request, exc: Exception) -> Response:
    """Every failure, as a problem document."""
    refused = exc if isinstance(exc, Refused) else _of(exc)
    document = {
        "title": refused.title,
        "status": int(refused.status),
        "detail": refused.detail,
    }
    return JSONResponse(
        document, refused.status, headers=refused.retry_headers, media_type=MEDIA_TYPE
    )


def _of(exc: Exception) -> Refused:
    same = as_refusal(exc)
    return Refused(same.status, same.title or same.status.phrase, same.detail)


def _shipment(seen: Consignment) -> Shape:
    latest = seen.latest
    details: Shape = {
        "product": {"productName": PRODUCTS.get(seen.product, seen.product)},
        "proofOfDeliverySignedAvailable": bool(latest and latest.said.status == DELIVERED),
        "totalNumberOfPieces": len(seen.pieces),
        "pieceIds": [piece.licence_plate for piece in seen.pieces],
    }
    if seen.weight_kg is not None:
        details["weight"] = {"value": seen.weight_kg, "unitText": "kg"}
    told: Shape = {
        "id": seen.waybill,
        "service": SERVICE,
        "origin": _place(seen.origin, seen.shipper.country),
        "destination": _place(seen.destination, seen.receiver.country),
        "status": _event(latest) if latest else _announced(seen),
        "details": details,
        "events": [_event(each) for each in reversed(seen.checkpoints)],
    }
    if seen.expected_on:
        told["estimatedTimeOfDelivery"] = f"{seen.expected_on}T23:59:00"
    return told


def _announced(seen: Consignment) -> Shape:
    return {
        "timestamp": _local(seen.shipped_at.isoformat()),
        "statusCode": PRE_TRANSIT,
        "status": PRE_TRANSIT,
        "description": "Shipment information received",
    }


def _event(checkpoint: Checkpoint) -> Shape:
    return {
        "timestamp": _local(checkpoint.at.isoformat()),
        "location": {"address": {"addressLocality": checkpoint.area.description}},
        "statusCode": checkpoint.said.status,
        "status": checkpoint.said.status,
        "description": checkpoint.text,
    }


def _place(area: Area, country: str) -> Shape:
    address = {"addressLocality": area.description}
    return {"address": address | ({"countryCode": country} if country else {})}


def _local(moment: str) -> str:
    """Without the offset, as observed."""
    return moment[:19]
