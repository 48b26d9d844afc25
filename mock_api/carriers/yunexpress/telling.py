"""How a package's record is told: by call, and in pushes.

Two shapes are public. The description of the API has one object with ``track_info``, and events of
four fields: that is told. Integrations that read real answers, and pushes that they quote, have a
list with ``track_Info`` (so spelt) and nodes: told where the sandbox is lenient, and in pushes.
"""

from typing import Any

from mock_api.carriers.yunexpress.view import Look, utc
from mock_api.carriers.yunexpress.words import NOT_FOUND, SAID
from mock_api.kernel.sightings import local
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Shipment

Shape = dict[str, Any]


def row(number: str, seen: Look | None) -> Shape:
    """One number's answer; of an unknown one, only that."""
    if seen is None:
        return {"order_number": number, "package_status": NOT_FOUND}
    return {
        "order_number": number,
        "package_status": seen.status,
        "track_Info": track_info(seen),
    }


def track_info(seen: Look) -> Shape:
    """Oldest first, as quoted pushes have it."""
    parcel, carrier = seen.sight.parcel, seen.sight.carrier
    assert parcel is not None
    assert carrier is not None
    service = carrier.service(parcel.service)
    sender, recipient = seen.sight.sender, seen.sight.recipient
    return {
        "waybill_number": seen.waybill,
        "tracking_number": seen.tracking_number,
        "customer_order_number": seen.order_number,
        "product_code": service.product,
        "product_name": service.name,
        "channel_code": "",
        **_times(seen),
        "origin_code": sender.region if sender else "",
        "destination_code": recipient.region if recipient else "",
        "postal_code": recipient.postal_code if recipient else "",
        "actual_weight": _kilograms(seen.shipment),
        "last_mile_name": seen.last_mile_name,
        "last_mile_site": "",
        "phone_number": "",
        "track_events": [event(each) for each in seen.records],
        "pod_url": "",
        "pod_urls": [],
        "IsSignature": False,
        "SignatureUrls": [],
    }


def _times(seen: Look) -> Shape:
    """When it was received, and when it left the warehouse; left out until then."""
    touched = [each for each in seen.records if each.scan not in ON_PAPER]
    left = [each for each in touched if each.scan is Scan.DEPARTED_FROM_HUB]
    found = {"pick_up_time": touched[:1], "check_in_time": touched[:1], "check_out_time": left[:1]}
    return {key: _iso(records[0]) for key, records in found.items() if records}


def _kilograms(shipment: Shipment | None) -> float:
    return shipment.weight_g / 1000 if shipment else 0


def event(record: ScanRecord) -> Shape:
    said = SAID[record.scan]
    return {
        "process_time": _iso(record),
        "process_utc_time": utc(record.at).strftime("%Y-%m-%dT%H:%M:%S"),
        "process_content": said.description,
        "process_country": "",
        "process_province": "",
        "process_city": "",
        "process_location": record.place,
        "track_node_code": said.node,
        "track_node_description": said.description,
        "pod_url": "",
    }


def _iso(record: ScanRecord) -> str:
    """Local time of the place, without its offset."""
    return local(record).strftime("%Y-%m-%dT%H:%M:%S")


# As the API's description has it.


def described(seen: Look) -> Shape:
    events = [_described(each) for each in reversed(seen.records)]
    return {"waybill_number": seen.waybill, "track_info": [{"track_events": events}]}


def _described(record: ScanRecord) -> Shape:
    return {
        "time_zone": offset(record),
        "description": SAID[record.scan].description,
        "event_date": local(record).strftime("%Y-%m-%d %H:%M:%S"),
        "location": record.place,
    }


def offset(record: ScanRecord) -> str:
    """``+8``, ``-5``, ``+5:30``."""
    ahead = local(record).utcoffset()
    assert ahead is not None
    minutes = int(ahead.total_seconds()) // 60
    hours, left = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{hours}:{left:02d}" if left else f"{sign}{hours}"
