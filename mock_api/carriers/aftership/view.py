"""What AfterShip shows of a tracking.

Times of checkpoints are local, without an offset (carriers facts, section 5.3); AfterShip's own are
in UTC. Fields that the courier did not fill are null, as in AfterShip's samples. Estimated delivery
dates, coordinates, links and carbon are left out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

from mock_api.carriers.aftership.book import Note, id_of, said
from mock_api.carriers.aftership.countries import alpha_3, name_of
from mock_api.carriers.aftership.words import (
    EXPIRED,
    MARKED,
    NAME,
    PENDING,
    RETURNED,
    SAID,
    SUBTAGS,
    tag_of,
)
from mock_api.kernel.sightings import Learnt, country_of, first_physical, learnt
from simulator import World
from simulator.carriers.scans import Scan
from simulator.clock import DAY, EPOCH, Instant
from simulator.following import Sight
from simulator.parcels.moves import ENDS
from simulator.people import Address
from simulator.trackers.model import Tracker

Shape = dict[str, Any]

_RETURNS = frozenset({Scan.RETURN_INITIATED, Scan.IN_RETURN_TRANSIT, Scan.RETURNED_TO_SENDER})


@dataclass(frozen=True, slots=True)
class Look:
    """A tracking at one instant."""

    tracker: Tracker
    sight: Sight
    """Empty, if its courier knows no such number."""
    told: tuple[Learnt, ...]
    """Oldest first."""
    now: Instant

    @property
    def slug(self) -> str:
        return self.tracker.notes[Note.SLUG]

    @property
    def completed(self) -> str:
        """Why it was marked as completed, if it was."""
        return self.tracker.notes.get(Note.COMPLETED, "")

    @property
    def has_ended(self) -> bool:
        return bool(self.told) and self.told[-1].record.scan in ENDS

    @property
    def subtag(self) -> str:
        if self.completed:
            return MARKED[self.completed]
        if self.tracker.is_stopped and not self.has_ended:
            return EXPIRED
        backwards = (each.record.scan for each in reversed(self.told))
        latest = next((scan for scan in backwards if scan is not Scan.INFO_ONLY), None)
        return SAID[latest].subtag if latest else PENDING

    @property
    def tag(self) -> str:
        return tag_of(self.subtag)

    @property
    def updated_at(self) -> Instant:
        """When it, or what is known of it, changed for the last time. That AfterShip gives up is
        a change, unless the end was known."""
        tracker, told = self.tracker, self.told
        latest = told[-1].at if told else tracker.added_at
        gave_up = EPOCH if self.has_ended and not self.completed else tracker.stopped_at
        changed = Instant(int(tracker.notes.get(Note.CHANGED, "0")))
        return max(tracker.added_at, tracker.heard_at, latest, gave_up, changed)

    @property
    def is_active(self) -> bool:
        """Whether AfterShip still asks: not once it is delivered, expired, or marked as completed;
        nor at any other end (inferred)."""
        return not (self.tracker.is_stopped or self.has_ended)

    def first_of(self, tag: str) -> Learnt | None:
        found = (each for each in self.told if tag_of(SAID[each.record.scan].subtag) == tag)
        return next(found, None)

    @property
    def comes_back(self) -> bool:
        went_back = any(each.record.scan in _RETURNS for each in self.told)
        return went_back or self.subtag == RETURNED

    @property
    def transit_days(self) -> int | None:
        """From the first scan to the door, or to now; none without a first scan."""
        picked_up, delivered = first_physical(self.told), self.first_of("Delivered")
        if picked_up is None:
            return None
        return ((delivered.record.at if delivered else self.now) - picked_up.record.at) // DAY


def look(world: World, tracker: Tracker) -> Look:
    """What AfterShip knows by now. A number that is another courier's has no news for this one."""
    until = tracker.stopped_at if tracker.is_stopped else None
    sight = world.trackers.sight(NAME, tracker.number, until)
    if sight.carrier is None or sight.carrier.code != tracker.carrier:
        sight = Sight(tracker.number)
    return Look(tracker, sight, learnt(world, NAME, sight, until), world.now)


def unasked(world: World, tracker: Tracker) -> Look:
    """As it is told to whoever creates it: AfterShip has not asked the courier yet."""
    return Look(tracker, Sight(tracker.number), (), world.now)


# Shapes.


def tracking(look: Look) -> Shape:
    """A whole one."""
    tracker, told = look.tracker, said(look.tracker)
    return {
        "id": id_of(tracker),
        "legacy_id": None,
        "created_at": utc(tracker.added_at),
        "updated_at": utc(look.updated_at),
        "tracking_number": tracker.number,
        "slug": look.slug,
        "active": look.is_active,
        "tag": look.tag,
        "subtag": look.subtag,
        "subtag_message": SUBTAGS[look.subtag],
        "source": "api",
        "tracked_count": tracker.known,
        "title": told.get("title") or tracker.number,
        **_as_said(told),
        **_ends("origin", look.sight.sender, told),
        **_ends("destination", look.sight.recipient, told),
        **_parcel(look, told),
        **_journey(look),
        "checkpoints": [*(checkpoint(look, each) for each in look.told), *_marked(look)],
        "subscribed_smses": [],
        "subscribed_emails": [],
    }


def traits(look: Look) -> Shape:
    """Of a whole one, what lists may be narrowed by, for less work."""
    told = said(look.tracker)
    return {
        "tag": look.tag,
        "return_to_sender": look.comes_back,
        "transit_time": look.transit_days,
        **_ends("origin", look.sight.sender, told),
        **_ends("destination", look.sight.recipient, told),
    }


def _as_said(told: Shape) -> Shape:
    """What AfterShip says again as it was said."""
    fields = (
        "custom_fields",
        "note",
        "order_id",
        "order_id_path",
        "order_number",
        "order_date",
        "language",
        "order_promised_delivery_date",
        "delivery_type",
        "pickup_location",
        "pickup_note",
        "tracking_account_number",
        "tracking_key",
        "tracking_ship_date",
        "courier_connection_id",
        "location_id",
        "shipping_method",
        "last_mile",
        "shipment_direction",
    )
    lists = ("customers", "shipment_tags")
    return {name: told.get(name) for name in fields} | {
        name: told.get(name) or [] for name in lists
    }


def _ends(end: str, address: Address | None, told: Shape) -> Shape:
    """Where it comes from, or goes to: as its follower said, or else the courier."""
    known: Shape = {}
    if address:
        known = {
            "country_region": alpha_3(address.region),
            "state": address.state or None,
            "city": address.city,
            "postal_code": address.postal_code,
        }
    parts = ("country_region", "state", "city", "postal_code", "raw_location")
    shape = {f"{end}_{part}": told.get(f"{end}_{part}") or known.get(part) for part in parts}
    if end == "destination":
        shape["courier_destination_country_region"] = known.get("country_region")
    return shape


def _parcel(look: Look, told: Shape) -> Shape:
    parcel, carrier, shipment = look.sight.parcel, look.sight.carrier, look.sight.shipment
    service = carrier.service(parcel.service).name if parcel and carrier else None
    weight = {"unit": "kg", "value": shipment.weight_g / 1000} if shipment else None
    pieces = len(shipment.parcel_ids) if shipment else 1
    return {
        "shipment_type": told.get("shipment_type") or service,
        "shipment_package_count": pieces if parcel else None,
        "shipment_weight": weight,
        "signed_by": (parcel.signed_by or None) if parcel and look.first_of("Delivered") else None,
    }


def _journey(look: Look) -> Shape:
    attempts = sum(tag_of(SAID[each.record.scan].subtag) == "AttemptFail" for each in look.told)
    return {
        "transit_time": look.transit_days,
        "shipment_pickup_date": _local(first_physical(look.told)),
        "shipment_delivery_date": _local(look.first_of("Delivered")),
        "first_attempted_at": _local(look.first_of("AttemptFail") or look.first_of("Delivered")),
        "failed_delivery_attempts": attempts,
        "return_to_sender": look.comes_back,
    }


def checkpoint(look: Look, learnt: Learnt) -> Shape:
    record = learnt.record
    words, country = SAID[record.scan], country_of(record)
    known_at = utc(max(learnt.at, look.tracker.added_at))
    return {
        "created_at": known_at,
        "slug": look.slug,
        "checkpoint_time": _local(learnt),
        "location": record.place,
        "city": record.place,
        "state": None,
        "postal_code": None,
        "coordinate": None,
        "country_region": alpha_3(country),
        "country_region_name": name_of(country),
        "message": words.message,
        "tag": tag_of(words.subtag),
        "subtag": words.subtag,
        "subtag_message": SUBTAGS[words.subtag],
        "raw_tag": str(record.scan),
        "events": [],
        "source": "carrier",
        "hash": _digest(look.tracker.number, record.scan, record.at, record.place),
    }


def _marked(look: Look) -> list[Shape]:
    """A checkpoint of its follower's own, if the tracking was marked as completed."""
    if not look.completed:
        return []
    at = Instant(int(look.tracker.notes[Note.COMPLETED_AT]))
    return [
        {
            "created_at": utc(look.tracker.stopped_at),
            "slug": look.slug,
            "checkpoint_time": utc(at)[:19],
            "location": None,
            "city": None,
            "state": None,
            "postal_code": None,
            "coordinate": None,
            "country_region": None,
            "country_region_name": None,
            "message": f"Marked as completed: {look.completed}",
            "tag": look.tag,
            "subtag": look.subtag,
            "subtag_message": SUBTAGS[look.subtag],
            "raw_tag": None,
            "events": [],
            "source": "user",
            "hash": _digest(look.tracker.number, look.completed, at),
        }
    ]


def utc(at: Instant) -> str:
    """AfterShip's own times."""
    return datetime.fromtimestamp(at, UTC).isoformat()


def _local(learnt: Learnt | None) -> str | None:
    return learnt.record.local_time[:19] if learnt else None


def _digest(*parts: object) -> str:
    return md5(repr(parts).encode(), usedforsecurity=False).hexdigest()
