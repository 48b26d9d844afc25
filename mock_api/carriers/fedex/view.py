"""A parcel as FedEx's tracking shows it: one of ``trackResults``, newest event first.

What has no answer is left out. Dates have seconds and an offset, never fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from mock_api.carriers.fedex import services
from mock_api.carriers.fedex.words import DERIVED, SAYS, Said
from mock_api.kernel.local_time import zone_at
from mock_api.kernel.promises import promise_of
from mock_api.kernel.sightings import country_of, recorded
from simulator.carriers.model import Carrier
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.following import Sight
from simulator.parcels.model import Parcel, ParcelStatus, ScanRecord
from simulator.people import Address
from simulator.places import BY_REGION
from simulator.registry import COUNTRY


@dataclass(frozen=True, slots=True)
class Event:
    """Something that FedEx tells: what, when, and where."""

    said: Said
    date: str
    place: dict[str, Any]

    def shown(self) -> dict[str, Any]:
        said = self.said
        return {
            "date": self.date,
            "eventType": said.event,
            "eventDescription": said.description,
            "exceptionCode": said.exception,
            "exceptionDescription": said.reason,
            "scanLocation": self.place,
            "locationType": said.where,
            "derivedStatusCode": said.derived,
            "derivedStatus": DERIVED[said.derived],
            "delayDetail": {"status": "DELAYED"} if said.is_late else {},
        }


def number_info(number: str, unique: str, carrier_code: str = "FDXE") -> dict[str, str]:
    return {
        "trackingNumber": number,
        "trackingNumberUniqueId": unique,
        "carrierCode": carrier_code,
    }


def latest(event: Event) -> dict[str, Any]:
    """``latestStatusDetail`` while a parcel stands so."""
    said = event.said
    derived = said.standing or said.derived
    detail: dict[str, Any] = {
        "code": said.standing or said.event,
        "derivedCode": derived,
        "statusByLocale": DERIVED[derived],
        "description": DERIVED[derived] if said.standing else said.description,
        "scanLocation": {k: v for k, v in event.place.items() if k != "postalCode"},
    }
    if said.reason:
        ancillary = {
            "reason": said.exception,
            "reasonDescription": said.reason,
            "action": said.action,
            "actionDescription": said.reason if said.action else "",
        }
        detail["ancillaryDetails"] = [ancillary]
    return detail | ({"delayDetail": {"status": "DELAYED"}} if said.is_late else {})


def result_of(sight: Sight, *, detailed: bool) -> dict[str, Any]:
    """What FedEx knows of one of its parcels. Without details, only the newest event."""
    parcel, carrier = sight.parcel, sight.carrier
    assert parcel is not None, sight.number
    assert carrier is not None, sight.number
    events = events_of(sight)
    shown = events if detailed else events[:1]
    return {
        "trackingNumberInfo": number_info(sight.number, f"{parcel.id}~{sight.number}~FX"),
        "additionalTrackingInfo": _references(sight, parcel),
        "latestStatusDetail": latest(events[0]),
        "dateAndTimes": _dates(sight, parcel, carrier),
        "scanEvents": [event.shown() for event in shown],
        "availableImages": _images(parcel),
        "deliveryDetails": _delivery(sight, parcel),
        "serviceDetail": _service(sight, parcel, carrier),
        **_parties(sight),
        **_boxes(sight, parcel),
        **_estimate(sight, parcel, carrier),
    }


def events_of(sight: Sight) -> list[Event]:
    """Newest first. The label itself is the first of them, though nobody scanned anything."""
    return [
        Event(SAYS[record.scan], record.local_time, _place_of(record, sight))
        for record in reversed(recorded(sight))
    ]


def _place_of(record: ScanRecord, sight: Sight) -> dict[str, Any]:
    """The recipient's or the sender's own town has a postal code; hubs have none here."""
    for party in (sight.recipient, sight.sender):
        if party is not None and party.city == record.place:
            return place(party)
    region = country_of(record)
    return _filled({"city": record.place, "countryCode": region}) | _country_name(region)


def place(party: Address, *, postal_code: bool = True) -> dict[str, Any]:
    """Where somebody is, as far as tracking tells everybody."""
    return _filled(
        {
            "city": party.city,
            "stateOrProvinceCode": party.state,
            "postalCode": party.postal_code if postal_code else "",
            "countryCode": party.region,
        }
    ) | _country_name(party.region)


def _country_name(region: str) -> dict[str, str]:
    name = "China" if region == COUNTRY else getattr(BY_REGION.get(region), "name", "")
    return _filled({"countryName": name})


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _references(sight: Sight, parcel: Parcel) -> dict[str, Any]:
    wish = sight.shipment.wish if sight.shipment else None
    reference = wish.reference if wish else parcel.order_id
    named = {"type": "CUSTOMER_REFERENCE", "values": [reference]}
    identifiers = [named] if reference else []
    together = len(sight.shipment.parcel_ids) > 1 if sight.shipment else False
    return {"packageIdentifiers": identifiers, "hasAssociatedShipments": together}


def _at(records: Sequence[ScanRecord], scans: frozenset[Scan]) -> ScanRecord | None:
    return next((each for each in records if each.scan in scans), None)


_EVENING: Final = time(18)
_HANDED_OVER: Final = frozenset({Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY})


def _dates(sight: Sight, parcel: Parcel, carrier: Carrier) -> list[dict[str, str]]:
    booked = datetime.fromtimestamp(parcel.booked_at, zone_at(carrier, sight.sender)).isoformat()
    found = [("SHIP", booked)]
    taken = next((each for each in sight.scans if each.scan not in ON_PAPER), None)
    if taken:
        found.insert(0, ("ACTUAL_PICKUP", taken.local_time))
    delivered = _at(sight.scans, _HANDED_OVER)
    if delivered:
        found.insert(0, ("ACTUAL_DELIVERY", delivered.local_time))
    return [{"type": type_, "dateTime": at} for type_, at in found]


def _images(parcel: Parcel) -> list[dict[str, str]]:
    there = parcel.status is ParcelStatus.DELIVERED
    return [{"type": "SIGNATURE_PROOF_OF_DELIVERY"}] if there else []


def _delivery(sight: Sight, parcel: Parcel) -> dict[str, Any]:
    details: dict[str, Any] = {"deliveryAttempts": str(parcel.attempts)}
    if parcel.status is ParcelStatus.DELIVERED and sight.recipient:
        details |= {
            "actualDeliveryAddress": place(sight.recipient, postal_code=False),
            "receivedByName": parcel.signed_by,
            "signedByName": parcel.signed_by,
        }
    return details


def _service(sight: Sight, parcel: Parcel, carrier: Carrier) -> dict[str, str]:
    home = services.home_of(sight.sender, sight.recipient)
    product = services.product_of(carrier.service(parcel.service), home)
    return {
        "type": product.type,
        "description": product.name,
        "shortDescription": product.short,
    }


def _parties(sight: Sight) -> dict[str, Any]:
    parties: dict[str, Any] = {}
    for party, whom, where in (
        (sight.sender, "shipperInformation", "originLocation"),
        (sight.recipient, "recipientInformation", "destinationLocation"),
    ):
        if party is not None:
            parties[whom] = {"address": place(party, postal_code=False)}
            parties[where] = {"locationContactAndAddress": {"address": place(party)}}
    return parties


def _boxes(sight: Sight, parcel: Parcel) -> dict[str, Any]:
    if sight.shipment is None:
        return {}
    nth = sight.shipment.parcel_ids.index(parcel.id)
    piece = sight.shipment.wish.pieces[nth]
    weight = [{"unit": "KG", "value": f"{piece.weight_g / 1000:g}"}]
    return {
        "packageDetails": {
            "packagingDescription": {
                "type": sight.shipment.wish.notes.get("packaging_type", "YOUR_PACKAGING"),
                "description": "Package",
            },
            "sequenceNumber": str(nth + 1),
            "count": str(len(sight.shipment.parcel_ids)),
            "weightAndDimensions": {"weight": weight},
        },
        "shipmentDetails": {"possessionStatus": parcel.is_collected, "weight": weight},
    }


def _estimate(sight: Sight, parcel: Parcel, carrier: Carrier) -> dict[str, Any]:
    """From its first scan on, until it is there or comes back: the days that were promised, and
    that on which it is expected if it is late."""
    promise, recipient = promise_of(sight), sight.recipient
    if promise is None or recipient is None or parcel.status is not ParcelStatus.TRAVELLING:
        return {}
    zone = zone_at(carrier, recipient)
    begins, ends, promised = (
        datetime.combine(day, _EVENING, zone).isoformat()
        for day in (promise.earliest, promise.expected, promise.latest)
    )
    return {
        "estimatedDeliveryTimeWindow": {
            "type": "ESTIMATED_DELIVERY",
            "window": {"begins": begins, "ends": ends},
        },
        "standardTransitTimeWindow": {"window": {"ends": promised}},
    }
