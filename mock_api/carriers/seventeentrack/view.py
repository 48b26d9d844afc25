"""What 17TRACK shows of a number: its carrier's record as the view knows it, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zlib import crc32

from mock_api.carriers.seventeentrack.providers import Provider
from mock_api.carriers.seventeentrack.words import (
    DELIVERED,
    EXPIRED,
    NOT_FOUND,
    PICKED_UP,
    SAID,
    STAGES,
    main_status,
)
from mock_api.kernel.sightings import country_of, learnt
from simulator import World
from simulator.carriers.scans import ON_PAPER
from simulator.clock import DAY, Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.parcels.moves import ENDS
from simulator.people import Address

Shape = dict[str, Any]

_NOWHERE: Final[Shape] = {
    "country": None,
    "state": None,
    "city": None,
    "street": None,
    "postal_code": None,
    "coordinates": {"longitude": None, "latitude": None},
}
_INT32: Final = 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class Look:
    """A number through one carrier's eyes, at one instant."""

    number: str
    provider: Provider
    now: Instant
    sight: Sight
    """Empty, if that carrier knows no such number."""
    records: tuple[ScanRecord, ...]
    """Oldest first; what was announced on paper, and never scanned, among them."""
    is_expired: bool = False

    @property
    def sub_status(self) -> str:
        if not self.records:
            return NOT_FOUND
        if self.is_expired and self.records[-1].scan not in ENDS:
            return EXPIRED
        told = [SAID[each.scan] for each in self.records]
        settled = [each for each in told if each.settles] or told
        return settled[-1].sub_status

    @property
    def status(self) -> str:
        return main_status(self.sub_status)

    def reached(self, stage: str) -> ScanRecord | None:
        """The first record of that stage. A parcel counts as picked up with its first physical
        scan, whatever it was: that is what the platform's check (S2) goes by."""
        if stage == PICKED_UP:
            return next((each for each in self.records if each.scan not in ON_PAPER), None)
        return next((each for each in self.records if SAID[each.scan].stage == stage), None)


def look(
    world: World, view: str, number: str, provider: Provider, at: Instant | None = None
) -> Look:
    """What *view* knows of the number by now, or knew then, if *provider* is the carrier that has
    it."""
    sight = world.trackers.sight(view, number, at)
    if not provider.knows(sight):
        sight = Sight(number)
    records = tuple(each.record for each in learnt(world, view, sight, at))
    return Look(number, provider, world.now, sight, records)


# Shapes.


def track_info(look: Look, order_time: str = "", synced_at: Instant | None = None) -> Shape:
    """The ``track_info`` of one number. *order_time*: as whoever registered it said."""
    newest_first = [event(each) for each in reversed(look.records)]
    return {
        "shipping_info": {
            "shipper_address": _address(look.sight.sender),
            "recipient_address": _address(look.sight.recipient),
        },
        "latest_status": {
            "status": look.status,
            "sub_status": look.sub_status,
            "sub_status_descr": None,
        },
        "latest_event": newest_first[0] if newest_first else None,
        "time_metrics": metrics(look, order_time),
        "milestone": [_milestone(stage, look.reached(stage)) for stage in STAGES],
        "misc_info": _misc(look),
        "tracking": _tracking(look, newest_first, synced_at or look.now),
    }


def event(record: ScanRecord) -> Shape:
    said = SAID[record.scan]
    return {
        **_times(record),
        "time_raw": _raw(record),
        "description": said.description,
        "location": record.place,
        "stage": said.stage,
        "sub_status": said.sub_status,
        "address": _NOWHERE | {"country": country_of(record) or None, "city": record.place},
    }


def _milestone(stage: str, record: ScanRecord | None) -> Shape:
    if record is None:
        none = {"date": None, "time": None, "timezone": None}
        return {"key_stage": stage, "time_iso": None, "time_utc": None, "time_raw": none}
    return {"key_stage": stage, **_times(record), "time_raw": _raw(record)}


def _times(record: ScanRecord) -> Shape:
    return {"time_iso": record.local_time, "time_utc": utc(record.at)}


def _raw(record: ScanRecord) -> Shape:
    local = record.local_time
    return {"date": local[:10], "time": local[11:19], "timezone": local[19:]}


def utc(at: Instant) -> str:
    """ISO 8601 in UTC, as 17TRACK writes it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _address(address: Address | None) -> Shape:
    """Street and coordinates are left empty, as carriers do not tell them."""
    if address is None:
        return dict(_NOWHERE)
    return _NOWHERE | {
        "country": address.region,
        "state": address.state or None,
        "city": address.city,
        "postal_code": address.postal_code,
    }


def metrics(look: Look, order_time: str) -> Shape:
    """Whole days. On its way a parcel is from its first scan; which days 17TRACK counts is
    inferred."""
    picked_up, delivered = look.reached(PICKED_UP), look.reached(DELIVERED)
    until = delivered.at if delivered else look.now
    ordered = _instant(order_time)
    on_the_way = _days(picked_up.at, until) if picked_up else None
    return {
        "days_after_order": None if ordered is None else _days(ordered, until),
        "days_of_transit": on_the_way,
        "days_of_transit_done": on_the_way if delivered else None,
        "days_after_last_update": _days(look.records[-1].at, look.now) if look.records else None,
        "estimated_delivery_date": {"source": None, "from": None, "to": None},
    }


def _days(since: int, until: int) -> int:
    return max(0, until - since) // DAY


def _instant(said: str) -> int | None:
    try:
        moment = datetime.fromisoformat(said)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def _misc(look: Look) -> Shape:
    parcel, carrier, shipment = look.sight.parcel, look.sight.carrier, look.sight.shipment
    weight = _weight_kg(look.sight)
    return {
        "risk_factor": 0,
        "service_type": carrier.service(parcel.service).name if parcel and carrier else None,
        "weight_raw": f"{weight} kg" if weight else None,
        "weight_kg": weight,
        "pieces": None,
        "dimensions": None,
        "customer_number": None,
        "reference_number": (shipment.wish.reference or None) if shipment else None,
        "local_number": None,
        "local_provider": None,
        "local_key": 0,
    }


def _weight_kg(sight: Sight) -> str | None:
    """Of that piece: a shipment of several has a number for each."""
    if sight.shipment is None or sight.parcel is None:
        return None
    piece = sight.shipment.wish.pieces[sight.shipment.parcel_ids.index(sight.parcel.id)]
    return f"{piece.weight_g / 1000:.3f}"


def _tracking(look: Look, events: Sequence[Shape], synced_at: Instant) -> Shape:
    provider, digest = look.provider, crc32(repr(events).encode()) & _INT32
    return {
        "providers_hash": digest,
        "providers": [
            {
                "provider": {
                    "key": provider.key,
                    "name": provider.name,
                    "alias": provider.name,
                    "tel": None,
                    "homepage": provider.homepage,
                    "country": provider.country,
                },
                "service_type": None,
                "latest_sync_status": "Success",
                "latest_sync_time": utc(synced_at),
                "events_hash": digest,
                "events": list(events),
            }
        ],
    }
