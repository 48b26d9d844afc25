"""Through whose eyes one parcel is looked at: for each view a reader (what it shows by now, oldest
first) and an image (how it shows one scan; ``None``: not at all).

What is on paper alone, a label that was bought, is no scan: readers leave it out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mock_api.carriers.aftership import words as aftership
from mock_api.carriers.aftership.couriers import COURIERS
from mock_api.carriers.chinapost import words as chinapost
from mock_api.carriers.dhl import words as dhl
from mock_api.carriers.easypost import words as easypost
from mock_api.carriers.easypost.shapes import moment as easypost_moment
from mock_api.carriers.ems import words as ems
from mock_api.carriers.fedex import words as fedex
from mock_api.carriers.jt import words as jt
from mock_api.carriers.seventeentrack import words as seventeentrack
from mock_api.carriers.shippo import words as shippo
from mock_api.carriers.ups import words as ups
from mock_api.seller_center.tracking import said as platform_says
from simulator.parcels.model import ScanRecord
from tests.mock_api.carriers.aftership import Client as AfterShip
from tests.mock_api.carriers.chinapost import ChinaPost
from tests.mock_api.carriers.dhl import Dhl
from tests.mock_api.carriers.easypost_desk import Desk
from tests.mock_api.carriers.ems import Ems
from tests.mock_api.carriers.fedex import Fedex
from tests.mock_api.carriers.jt import Jt
from tests.mock_api.carriers.seventeentrack import KEYS
from tests.mock_api.carriers.seventeentrack import Client as SeventeenTrack
from tests.mock_api.carriers.shippo_desk import Client as Shippo
from tests.mock_api.carriers.ups import Ups


@dataclass
class Journey:
    """One parcel, and where it is looked at."""

    desk: Desk
    order: str
    shipment: Any
    carrier: str
    seen: dict[str, int] = field(default_factory=dict)
    """How many scans each view has shown."""
    notes: dict[str, str] = field(default_factory=dict)
    """What a view calls it."""

    @property
    def box(self):
        return self.desk.box

    @property
    def number(self):
        return self.shipment.tracking_code

    @property
    def parcel(self):
        return self.box.inside.world.registry.parcel_numbered(self.number)


# Views.


@dataclass(frozen=True)
class View:
    """Through whose eyes. *lag*: the longest that its scans are late, given the carrier's."""

    name: str
    read: Callable[[Journey], list[Any]]
    image: Callable[[ScanRecord], Any]
    lag: Callable[[int], int]


def _at_once(_: int) -> int:
    return 0


def _synced(lag: int) -> int:
    return lag


def read_carriers_own(journey):
    seen = journey.box.inside.world.trackers.sight("", journey.number)
    return [(record.scan, record.at) for record in seen.scans]


def image_of_carriers_own(record):
    return record.scan, record.at


def read_seller_center(journey):
    journey.box.renew()  # its tokens live for seven days
    path = f"/fulfillment/202309/orders/{journey.order}/tracking"
    told = journey.box.data("GET", path).get("tracking", [])
    return [(each["description"], each["update_time_millis"]) for each in reversed(told)]


def image_in_seller_center(record):
    return platform_says(record), record.at * 1000


def read_easypost(journey):
    tracker = journey.desk.tracker(journey.shipment)
    told = [(each.status, each.message, each.datetime) for each in tracker.tracking_details]
    assert tracker.status in ("pre_transit", *(status for status, _, _ in told))
    return told


def image_at_easypost(record):
    told = easypost.SCANS[record.scan]
    return told.status, told.message, easypost_moment(record.at)


VIEWS = (
    View("the carrier's own", read_carriers_own, image_of_carriers_own, _at_once),
    View("seller center", read_seller_center, image_in_seller_center, _at_once),
    View("easypost", read_easypost, image_at_easypost, _synced),
)


# Those who follow numbers of many carriers.


def follow(journey):
    """Its number is given to everybody who has to be told what to follow."""
    box, number, carrier = journey.box, journey.number, journey.carrier
    SeventeenTrack(box).register(number, carrier=KEYS[carrier])
    journey.notes["aftership"] = AfterShip(box).create(number, slug=SLUGS[carrier])


SLUGS = {courier.carrier: courier.slug for courier in reversed(COURIERS)}


def read_17track(journey):
    (provider,) = SeventeenTrack(journey.box).info(journey.number)["tracking"]["providers"]
    told = [(each["sub_status"], each["time_utc"]) for each in reversed(provider["events"])]
    return [each for each in told if each[0] != "InfoReceived"]


def image_at_17track(record):
    return seventeentrack.SAID[record.scan].sub_status, utc(record)


def read_aftership(journey):
    told = AfterShip(journey.box).get(journey.notes["aftership"])["checkpoints"]
    told = [(each["subtag"], each["checkpoint_time"]) for each in told]
    return [each for each in told if each[0] != aftership.INFO_RECEIVED]


def image_at_aftership(record):
    return aftership.SAID[record.scan].subtag, record.local_time[:19]


def read_shippo(journey):
    token = next((name for name, code in TOKENS.items() if code == journey.carrier), "")
    told = Shippo(journey.box).track(journey.number, token)["tracking_history"]
    told = [(each["substatus"]["code"], each["status_date"]) for each in told]
    return [each for each in told if each[0] != "information_received"]


TOKENS = shippo.TOKENS | shippo.OURS


def image_at_shippo(record):
    return shippo.SAID[record.scan].substatus, f"{_gmt(record):%Y-%m-%dT%H:%M:%S}.000Z"


# Carriers' own APIs.


def read_ups(journey):
    told = Ups(journey.box).package(journey.number)["activity"]
    told = [(each["status"]["code"], each["gmtDate"] + each["gmtTime"]) for each in reversed(told)]
    return [each for each in told if each[0] != "MP"]


def image_at_ups(record):
    return ups.SAID[record.scan].code, f"{_gmt(record):%Y%m%d%H%M%S}"


def read_fedex(journey):
    told = Fedex(journey.box).seen(journey.number)["scanEvents"]
    told = [(each["eventType"], each["date"]) for each in reversed(told)]
    return [each for each in told if each[0] != "OC"]


def image_at_fedex(record):
    return fedex.SAYS[record.scan].event, record.local_time


def read_dhl(journey):
    (told,) = Dhl(journey.box).track(journey.number)
    return [(each["typeCode"], each["date"] + "T" + each["time"]) for each in told["events"]]


def image_at_dhl(record):
    said = dhl.SAID[record.scan]
    return (said.code, record.local_time[:19]) if said else None


def read_chinapost(journey):
    told = ChinaPost(journey.box).traces(journey.number)
    return [(each["remark"], each["acceptTime"]) for each in reversed(told)]


def image_at_chinapost(record):
    said = chinapost.SAID[record.scan]
    return (said.cn, _wall_clock(record)) if said else None


def read_ems(journey):
    told = Ems(journey.box).traces(journey.number)
    return [(each["opCode"], each["opTime"]) for each in told]


def image_at_ems(record):
    said = ems.SAID[record.scan]
    return (said.code, _wall_clock(record)) if said else None


def read_jt(journey):
    told = Jt(journey.box).trace(journey.number)
    return [(each["scanTypeCode"], each["scanTime"]) for each in reversed(told)]


def image_at_jt(record):
    said = jt.SAID[record.scan]
    return (said.code, _wall_clock(record)) if said else None


def _wall_clock(record):
    return record.local_time[:19].replace("T", " ")


def utc(record):
    return f"{_gmt(record):%Y-%m-%dT%H:%M:%SZ}"


def _gmt(record):
    return datetime.fromtimestamp(record.at, UTC)


OWN = {
    "ups": [View("UPS itself", read_ups, image_at_ups, _at_once)],
    "fedex": [View("FedEx itself", read_fedex, image_at_fedex, _at_once)],
    "dhl": [View("DHL itself", read_dhl, image_at_dhl, _at_once)],
    "jt": [View("J&T itself", read_jt, image_at_jt, _at_once)],
    "ems": [View("EMS itself", read_ems, image_at_ems, _at_once)],
    "epacket": [
        View("China Post itself", read_chinapost, image_at_chinapost, _at_once),
        View("EMS's platform", read_ems, image_at_ems, _at_once),
    ],
}
"""By carrier."""
EVERYBODYS = (
    *VIEWS,
    View("17track", read_17track, image_at_17track, _synced),
    View("aftership", read_aftership, image_at_aftership, _synced),
    View("shippo", read_shippo, image_at_shippo, _synced),
)


def views_of(carrier):
    """Everybody who sees a parcel of that carrier's."""
    return (*EVERYBODYS, *OWN.get(carrier, []))
