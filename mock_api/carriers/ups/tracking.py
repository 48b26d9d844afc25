"""Track: one package's record, newest activity first."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from mock_api.carriers.ups.forms import weighed
from mock_api.carriers.ups.refusals import Refused
from mock_api.carriers.ups.services import offer
from mock_api.carriers.ups.trials import snapshot
from mock_api.carriers.ups.view import Seen, activity, lane_of, scheduled, seen, ymd
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.sightings import local
from simulator.carriers.scans import Scan
from simulator.following import Sight
from simulator.people import Address

_INQUIRY: Final = re.compile(r"[0-9A-Za-z]{7,34}", re.ASCII)
_OF_PACKAGE: Final = re.compile(r"1Z[0-9A-Z]{16}", re.ASCII)
_NOT_FOUND: Final = {"code": "TW0001", "message": "Tracking Information Not Found"}
_DELIVERED: Final = (Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY)
_NUMBER: Final = "number"


def serve(router: APIRouter) -> None:
    router.get("/api/track/{version}/details/{number}")(details)


async def details(
    version: str,
    number: str,
    sandbox: CarrierSandbox,
    locale: Annotated[str, Query()] = "en_US",
) -> dict[str, Any]:
    """A number that nobody knows is no error: 200 with a warning, and no package
    (UPS-API/api-documentation#198)."""
    del version, locale
    asked = number.upper()
    if not _INQUIRY.fullmatch(number):
        raise Refused("TV1002", "Invalid inquiry number")
    if asked.startswith("1Z") and not _OF_PACKAGE.fullmatch(asked):
        raise Refused("TV1002", "Invalid inquiry number")
    found = seen(sandbox.world, asked) or snapshot(asked)
    shipment: dict[str, Any] = {"inquiryNumber": number}
    if found is None:
        shipment["warnings"] = [_NOT_FOUND]
    else:
        shipment["package"] = [package(found)]
    return {"trackResponse": {"shipment": [shipment]}}


def package(found: Seen) -> dict[str, Any]:
    """All that Track shows of one package."""
    sight = found.sight
    activities = [activity(record, sight) for record in reversed(found.records)]
    told: dict[str, Any] = {
        "trackingNumber": found.number,
        "deliveryDate": _dates(found),
        "activity": activities,
        "currentStatus": activities[0]["status"],
        "packageAddress": _addresses(found),
        "packageCount": len(sight.shipment.parcel_ids) if sight.shipment else 1,
    }
    return told | _delivery(found) | _of_shipment(found)


def _dates(found: Seen) -> list[dict[str, str]]:
    """SDD as scheduled at first, RDD once it is late, DEL when it was delivered."""
    delivered = [record for record in found.records if record.scan in _DELIVERED]
    if delivered:
        return [{"type": "DEL", "date": ymd(local(delivered[-1]))}]
    due = scheduled(found)
    return [{"type": due[0], "date": ymd(due[1])}] if due else []


def _delivery(found: Seen) -> dict[str, Any]:
    latest = found.latest
    if latest.scan not in _DELIVERED:
        return {"deliveryTime": {"type": "EOD"}} if scheduled(found) else {}
    at = f"{local(latest):%H%M%S}"
    received = found.parcel.signed_by if found.parcel else ""
    information = {"location": "Front Door"}
    if received:
        information["receivedBy"] = received
    return {
        "deliveryTime": {"type": "DEL", "endTime": at},
        "deliveryInformation": information,
    }


def _of_shipment(found: Seen) -> dict[str, Any]:
    """Service, weight and reference, where UPS was told of them."""
    sight, parcel = found.sight, found.parcel
    if parcel is None or sight.carrier is None:
        return {}
    sold = offer(sight.carrier.service(parcel.service), *lane_of(sight))
    told: dict[str, Any] = {"service": {"code": sold.code, "description": sold.name}}
    shipment = sight.shipment
    if shipment is None:
        return told
    wish = shipment.wish
    piece = wish.pieces[shipment.parcel_ids.index(parcel.id)]
    weight = weighed(piece.weight_g, metric=True)
    told["weight"] = {
        "unitOfMeasurement": weight["UnitOfMeasurement"]["Code"],
        "weight": weight["Weight"],
    }
    references = [
        {"type": kind, _NUMBER: value}
        for kind, value in (("SHIPMENT", wish.reference), ("PACKAGE", piece.reference))
        if value
    ]
    return told | ({"referenceNumber": references} if references else {})


def _addresses(found: Seen) -> list[dict[str, Any]]:
    """Names only to the shipper of the package: strangers see places."""
    sight: Sight = found.sight
    ends = (("ORIGIN", sight.sender), ("DESTINATION", sight.recipient))
    return [_address(kind, end, named=found.is_own) for kind, end in ends if end is not None]


def _address(kind: str, end: Address, *, named: bool) -> dict[str, Any]:
    address = {
        "city": end.city,
        "stateProvince": end.state,
        "postalCode": end.postal_code,
        "countryCode": end.region,
        "country": end.region,
    }
    told: dict[str, Any] = {
        "type": kind,
        "address": {name: value for name, value in address.items() if value},
    }
    return told | ({"name": end.name} if named else {})
