"""What UPS shows of a parcel: its scans as activities, with UPS's dates, times and places.

No HTTP here: pushes are made of the same.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.words import SAID, Status
from mock_api.kernel.promises import promise_of
from mock_api.kernel.sightings import country_of as country_of_clocks
from mock_api.kernel.sightings import local, recorded
from simulator import World
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import DAY
from simulator.following import Sight
from simulator.parcels.model import Parcel, ParcelStatus, ScanRecord

KEPT_FOR: Final = 120 * DAY
"""Tracking.yaml: "Data is rolled off after the 120 day retention period". From when on it does not
say: from the last activity (inferred)."""

_HOME: Final = (Scan.DELIVERED, Scan.SIGNED_BY_THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Seen:
    """A package of UPS's, with its record as UPS tells it: oldest first, never empty."""

    number: str
    sight: Sight
    records: tuple[ScanRecord, ...]
    parcel: Parcel | None = None
    """``None``: a test number."""

    @property
    def latest(self) -> ScanRecord:
        return self.records[-1]

    @property
    def is_own(self) -> bool:
        """It was shipped through this interface: its shipper may know more of it."""
        return self.sight.shipment is not None and self.sight.shipment.wish.account == NAME


def seen(world: World, number: str) -> Seen | None:
    """UPS's own parcel of that number, if its data is still kept."""
    sight = world.trackers.sight("", number)
    parcel = sight.parcel
    if parcel is None or sight.carrier is None or sight.carrier.code != CARRIER:
        return None
    records = recorded(sight)
    if world.now > records[-1].at + KEPT_FOR:
        return None
    return Seen(number, sight, records, parcel)


# Dates and times, as UPS writes them.


def ymd(day: date) -> str:
    return f"{day:%Y%m%d}"


def gmt(record: ScanRecord) -> datetime:
    return datetime.fromtimestamp(record.at, UTC)


# Places.


def country_of(record: ScanRecord, sight: Sight) -> str:
    """In which country a scan was; of the depot of a country without a route of its own, the
    recipient's."""
    for address in (sight.sender, sight.recipient):
        if address and record.place == address.city:
            return address.region
    return country_of_clocks(record) or (sight.recipient.region if sight.recipient else "")


def place_of(record: ScanRecord, sight: Sight) -> dict[str, str]:
    """City, state, postal code and country, what there is of them: of a manifest the country, the
    postal code with the delivery only (UPSTrackAlert.yaml)."""
    country = country_of(record, sight)
    if record.scan in ON_PAPER - REMARKS:
        return {"country": country}
    found = {"city": record.place, "country": country}
    recipient = sight.recipient
    if recipient and record.place == recipient.city:
        found["stateProvince"] = recipient.state
        found["postalCode"] = recipient.postal_code if record.scan in _HOME else ""
    return {name: value for name, value in found.items() if value}


# Activities.


def activity(record: ScanRecord, sight: Sight) -> dict[str, Any]:
    """One scan, as Track shows it."""
    here, there = local(record), gmt(record)
    place = place_of(record, sight)
    address = place | {"countryCode": place["country"]}
    return {
        "location": {"address": address},
        "status": status(SAID[record.scan]),
        "date": ymd(here),
        "time": f"{here:%H%M%S}",
        "gmtDate": ymd(there),
        "gmtOffset": here.isoformat()[-6:],
        "gmtTime": f"{there:%H%M%S}",
    }


def status(said: Status) -> dict[str, str]:
    return {
        "type": said.type,
        "description": said.description,
        "code": said.code,
        "statusCode": said.status_code,
        "simplifiedTextDescription": said.simplified,
    }


def scheduled(found: Seen) -> tuple[str, date] | None:
    """The day by which it is to be there: scheduled (SDD) once UPS has the package, rescheduled
    (RDD) once it is late; none any more when it is at an end, or comes back (inferred)."""
    promise, parcel = promise_of(found.sight), found.parcel
    if promise is None or parcel is None or parcel.status is not ParcelStatus.TRAVELLING:
        return None
    is_late = promise.expected != promise.latest
    return ("RDD" if is_late else "SDD", promise.expected)


def lane_of(sight: Sight) -> tuple[str, str]:
    """From which country to which."""
    ends = (sight.sender, sight.recipient)
    from_, to = (end.region if end else "" for end in ends)
    return from_, to
