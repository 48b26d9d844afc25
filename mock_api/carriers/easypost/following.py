"""A tracker as EasyPost shows it: the image of what its view knows of the carrier's scans."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from mock_api.carriers.easypost import words
from mock_api.carriers.easypost.ids import disguised
from mock_api.carriers.easypost.shapes import MODE, location, moment
from mock_api.carriers.easypost.snapshots import BEGAN_AGO, SIGNED_BY, SNAPSHOTS, Step
from mock_api.carriers.easypost.words import Told
from simulator import World
from simulator.carriers.scans import Scan
from simulator.clock import DAY, Instant, later
from simulator.following import Sight
from simulator.parcels.model import Parcel, ScanRecord
from simulator.parcels.moves import ENDS
from simulator.people import Address
from simulator.trackers.model import Tracker

VIEW: Final = "easypost"
CARRIER: Final = "carrier"
"""In a tracker's notes: the carrier's name as it was asked for, or made out."""

_OVER: Final = (Scan.EXPIRED, Scan.ORDER_CANCELLED)
_REMARKS: Final = (Scan.DELAYED, Scan.INFO_ONLY)
_HANDED_OVER: Final = (Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY)


def tracker_id(tracker: Tracker) -> str:
    return disguised("trk", tracker.id)


class Then(NamedTuple):
    """What was known of a number at an instant."""

    at: Instant
    known: int
    """How many scans."""
    paper: Scan | None
    """And without one: a label, a void label, or that it was given up."""


def present(world: World, tracker: Tracker) -> Then:
    """What is known by now."""
    return Then(world.now, tracker.known, _paper(world, tracker))


def _paper(world: World, tracker: Tracker) -> Scan | None:
    seen = sight(world, tracker)
    label = seen.parcel if seen.carrier else None
    if tracker.is_stopped and not (label and _was_void(label, tracker.stopped_at)):
        return Scan.EXPIRED
    if label is None:
        return None
    return Scan.ORDER_CANCELLED if label.is_called_off else Scan.LABEL_PRINTED


def _was_void(label: Parcel, at: Instant) -> bool:
    """Nothing happens to a label that is void: it was void since it was last touched."""
    return label.is_called_off and label.updated_at <= at


def shown(world: World, tracker: Tracker, then: Then | None = None) -> dict[str, Any]:
    """The tracker by now, or as it was then."""
    steps = SNAPSHOTS.get(tracker.number)
    return _snapshot(tracker, steps) if steps else _living(world, tracker, then)


def status(world: World, tracker: Tracker, then: Then | None = None) -> str:
    """The same in a word."""
    steps = SNAPSHOTS.get(tracker.number)
    if steps:
        return steps[-1].status
    then = then or present(world, tracker)
    return _latest(sight(world, tracker).scans[: then.known], then).status


def sight(world: World, tracker: Tracker) -> Sight:
    """Nothing, where the carrier that was asked for is not the one that knows the number; of one
    that was given up, what was known then."""
    until = tracker.stopped_at if tracker.is_stopped else None
    seen = world.trackers.sight(VIEW, tracker.number, until)
    if seen.carrier and tracker.carrier not in ("", seen.carrier.code):
        return Sight(tracker.number)
    return seen


def _latest(scans: Sequence[ScanRecord], then: Then) -> Told:
    """A remark is told as it is, and says nothing of where the parcel is: a parcel that was late
    at the door is still out for delivery. Before the first scan, there is a label or there is
    none."""
    if then.paper in _OVER:
        return words.SCANS[then.paper]
    for record in reversed(scans):
        if record.scan not in _REMARKS:
            return words.SCANS[record.scan]
    return words.SCANS[then.paper] if then.paper else words.UNKNOWN


def _living(world: World, tracker: Tracker, then: Then | None) -> dict[str, Any]:
    seen, told = sight(world, tracker), then or present(world, tracker)
    scans = seen.scans[: told.known]
    carrier = seen.carrier.code if seen.carrier else ""
    name = words.carrier_name(carrier) if carrier else tracker.notes.get(CARRIER, "")
    latest = _latest(scans, told)
    signed = bool(scans) and scans[-1].scan in _HANDED_OVER and seen.parcel
    updated = then.at if then else max(tracker.added_at, tracker.heard_at, tracker.stopped_at)
    return _tracker(
        tracker,
        latest,
        name,
        updated,
        details=[_detail(record, name, seen) for record in scans],
        signed_by=(seen.parcel.signed_by or None) if signed and seen.parcel else None,
        expected=_expected(seen),
        shipment=disguised("shp", seen.shipment.id) if _is_ours(seen) and seen.shipment else None,
        carrier_detail=_carrier_detail(seen) if scans else None,
        finalized=bool(scans) and scans[-1].scan in ENDS,
        is_return=bool(seen.parcel and seen.parcel.goes_back),
    )


def _is_ours(seen: Sight) -> bool:
    """Its label was bought through this interface."""
    return seen.shipment is not None and seen.shipment.wish.account == VIEW


def _tracker(
    tracker: Tracker, latest: Told, carrier: str, updated: Instant | int, **more: Any
) -> dict[str, Any]:
    own_id = tracker_id(tracker)
    page = b64encode(f"v1:{own_id}".encode()).decode().rstrip("=")
    return {
        "id": own_id,
        "object": "Tracker",
        "mode": MODE,
        "tracking_code": tracker.number,
        "status": latest.status,
        "status_detail": latest.detail,
        "created_at": moment(tracker.added_at),
        "updated_at": moment(updated),
        "signed_by": more["signed_by"],
        "weight": None,
        "est_delivery_date": more["expected"],
        "shipment_id": more["shipment"],
        "carrier": carrier or None,
        "tracking_details": more["details"],
        "carrier_detail": more["carrier_detail"],
        "delivery_evidence": [],
        "finalized": more["finalized"],
        "is_return": more["is_return"],
        "public_url": f"https://track.easypost.com/{page}",
        "fees": [],
    }


def _detail(record: ScanRecord, carrier: str, seen: Sight) -> dict[str, Any]:
    told = words.SCANS[record.scan]
    return _line(told, carrier, record.at, _place(record.place, seen))


def _line(told: Told, source: str, at: Instant | int, where: dict[str, Any]) -> dict[str, Any]:
    return {
        "object": "TrackingDetail",
        "message": told.message,
        "description": "",
        "status": told.status,
        "status_detail": told.detail,
        "datetime": moment(at),
        "source": source,
        "carrier_code": "",
        "tracking_location": where,
        "est_delivery_date": None,
    }


def _place(name: str, seen: Sight) -> dict[str, Any]:
    """All that is known of the sender's and the recipient's towns; of hubs, their names."""
    for address in (seen.recipient, seen.sender):
        if address and address.city == name:
            return _town(address)
    return location(name)


def _town(address: Address) -> dict[str, Any]:
    return location(address.city, address.state, address.region, address.postal_code)


def _expected(seen: Sight) -> str | None:
    """The service's longest way, in days since the carrier was told of the parcel."""
    if seen.parcel is None or seen.carrier is None:
        return None
    days = seen.carrier.service(seen.parcel.service).transit[1]
    return moment(later(seen.parcel.booked_at, days * DAY))


def _carrier_detail(seen: Sight) -> dict[str, Any] | None:
    if seen.carrier is None or seen.parcel is None:
        return None
    service = seen.carrier.service(seen.parcel.service)
    return _carriers_own(
        words.service_name(seen.carrier.code, service),
        _town(seen.sender) if seen.sender else None,
        _town(seen.recipient) if seen.recipient else None,
    )


def _carriers_own(
    service: str, origin: dict[str, Any] | None, destination: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "object": "CarrierDetail",
        "service": service,
        "container_type": None,
        "est_delivery_date_local": None,
        "est_delivery_time_local": None,
        "origin_location": _in_words(origin),
        "origin_tracking_location": origin,
        "destination_location": _in_words(destination),
        "destination_tracking_location": destination,
        "guaranteed_delivery_date": None,
        "alternate_identifier": None,
        "initial_delivery_attempt": None,
    }


def _in_words(place: dict[str, Any] | None) -> str | None:
    if place is None:
        return None
    town = " ".join(part for part in (place["city"], place["state"]) if part)
    return ", ".join(part for part in (town, place["zip"]) if part)


def _snapshot(tracker: Tracker, steps: Sequence[Step]) -> dict[str, Any]:
    carrier = tracker.notes.get(CARRIER, words.TEST_CARRIER)
    began = later(tracker.added_at, -BEGAN_AGO)
    last = steps[-1]
    is_over = last.status in ("delivered", "return_to_sender", "failure")
    return _tracker(
        tracker,
        Told(last.status, last.detail, last.message),
        carrier,
        tracker.added_at,
        details=[
            _line(
                Told(step.status, step.detail, step.message),
                carrier,
                later(began, step.after),
                location(step.city, step.state, "US" if step.city else "", step.postal_code),
            )
            for step in steps
        ],
        signed_by=SIGNED_BY if last.status == "delivered" else None,
        expected=moment(tracker.added_at),
        shipment=None,
        carrier_detail=_carriers_own(
            "First-Class Package Service",
            location("HOUSTON", "TX", "US", "77063"),
            location("CHARLESTON", "SC", "US", "29407"),
        ),
        finalized=is_over,
        is_return=last.status == "return_to_sender",
    )
