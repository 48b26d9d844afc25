"""What UPS shows of a parcel: its scans as activities, with UPS's dates, times and places.

No HTTP here: pushes are made of the same.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from mock_api.carriers.ups.names import CARRIER, NAME
from mock_api.carriers.ups.services import transit_days
from mock_api.carriers.ups.words import SAID, Status
from simulator import World
from simulator.carriers.model import CHINA, ELSEWHERE
from simulator.carriers.routes import COUNTRIES
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import DAY, Instant
from simulator.following import Sight
from simulator.parcels.model import Parcel, ParcelStatus, ScanRecord

KEPT_FOR: Final = 120 * DAY
"""Tracking.yaml: "Data is rolled off after the 120 day retention period". From when on it does not
say: from the last activity (inferred)."""

_COUNTRY_IN: Final = {CHINA: "CN"} | {
    each.timezone: each.code for each in COUNTRIES if each.code != ELSEWHERE
}
_SATURDAY: Final = 5
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
    records = _records(sight, parcel)
    if world.now > records[-1].at + KEPT_FOR:
        return None
    return Seen(number, sight, records, parcel)


def label_record(parcel: Parcel, sight: Sight) -> ScanRecord:
    """The manifest: UPS knows of the label before it has the package. Carriers' own records begin
    with the first scan, so it is said here."""
    return ScanRecord(Scan.LABEL_PRINTED, parcel.booked_at, parcel.city, zone_of(parcel, sight))


def void_record(parcel: Parcel, sight: Sight, at: Instant) -> ScanRecord:
    return ScanRecord(Scan.ORDER_CANCELLED, at, parcel.city, zone_of(parcel, sight))


def zone_of(parcel: Parcel, sight: Sight) -> str:
    """Whose clocks its shipper keeps."""
    service = sight.carrier.service_in(parcel.city) if sight.carrier else None
    return service.timezone if service else CHINA


def _records(sight: Sight, parcel: Parcel) -> tuple[ScanRecord, ...]:
    records = list(sight.scans)
    if not records or records[0].scan not in (Scan.LABEL_PRINTED, Scan.ORDER_CREATED):
        records.insert(0, label_record(parcel, sight))
    if parcel.status is ParcelStatus.CANCELLED and records[-1].scan is not Scan.ORDER_CANCELLED:
        shipment = sight.shipment
        at = shipment.voided_at if shipment and shipment.voided_at else parcel.updated_at
        records.append(void_record(parcel, sight, at))
    return tuple(records)


# Dates and times, as UPS writes them.


def ymd(day: date) -> str:
    return f"{day:%Y%m%d}"


def local(record: ScanRecord) -> datetime:
    """When it was, by the clocks of its place."""
    return datetime.fromtimestamp(record.at, ZoneInfo(record.timezone))


def gmt(record: ScanRecord) -> datetime:
    return datetime.fromtimestamp(record.at, UTC)


def working_day(day: date, ahead: int) -> date:
    """So many working days later: Monday to Friday."""
    while ahead:
        day += timedelta(days=1)
        ahead -= day.weekday() < _SATURDAY
    return day


# Places.


def country_of(record: ScanRecord, sight: Sight) -> str:
    """In which country a scan was; of the depot of a country without a route of its own, the
    recipient's."""
    for address in (sight.sender, sight.recipient):
        if address and record.place == address.city:
            return address.region
    known = _COUNTRY_IN.get(record.timezone)
    return known or (sight.recipient.region if sight.recipient else "")


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


def scheduled(found: Seen) -> date | None:
    """The day by which it is to be there: UPS says one once it has the package (inferred: the
    longest transit time, in working days from the first scan)."""
    parcel, sight = found.parcel, found.sight
    first = parcel.first_scan if parcel else None
    if parcel is None or first is None or sight.carrier is None:
        return None
    service = sight.carrier.service(parcel.service)
    days = transit_days(service, *lane_of(sight))
    return working_day(local(first).date(), days)


def lane_of(sight: Sight) -> tuple[str, str]:
    """From which country to which."""
    ends = (sight.sender, sight.recipient)
    from_, to = (end.region if end else "" for end in ends)
    return from_, to
