"""One parcel is made through a carrier's interface, shipped as a seller's order on the platform,
and followed to the door through everybody's eyes: whatever carriers do to it meanwhile, every view
shows the image of the same scans, in legal order, and no later than its lag allows.

To add a view, write a reader (what it shows by now, oldest first) and an image (how it shows one
scan), and put both in ``VIEWS``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_api.carriers.aftership import words as aftership_words
from mock_api.carriers.easypost import words as easypost_words
from mock_api.carriers.easypost.shapes import moment as easypost_moment
from mock_api.carriers.shippo import words as shippo_words
from mock_api.carriers.shippo.view import stamp as shippo_stamp
from mock_api.seller_center.reference import PROVIDER_ID
from mock_api.seller_center.tracking import said as platform_says
from simulator.carriers.scans import Scan
from simulator.clock import HOUR
from simulator.parcels.model import ParcelStatus, ScanRecord
from simulator.parcels.moves import may_come_next
from tests.mock_api.carriers.aftership import Client as AfterShip
from tests.mock_api.carriers.easypost_desk import BOX, SHENZHEN, Desk
from tests.mock_api.carriers.shippo_desk import Client as Shippo
from tests.thoroughness import examples

CARRIERS = ("ups", "fedex", "dhl", "tnt", "epacket", "yunexpress")


@dataclass
class Journey:
    """One parcel, and where it is looked at."""

    desk: Desk
    order: str
    shipment: Any
    carrier: str
    seen: dict[str, int] = field(default_factory=dict)
    """How many scans each view has shown."""

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
    told = easypost_words.SCANS[record.scan]
    return told.status, told.message, easypost_moment(record.at)


def read_aftership(journey):
    client = AfterShip(journey.box)
    if not client.listed():
        client.create(journey.number)
    (made,) = client.listed()
    paper, *told = client.get(made)["checkpoints"]
    assert paper["raw_tag"] == Scan.LABEL_PRINTED
    return [(each["raw_tag"], each["subtag"], each["checkpoint_time"]) for each in told]


def image_at_aftership(record):
    subtag = aftership_words.SAID[record.scan].subtag
    return record.scan, subtag, record.local_time[:19]


def read_shippo(journey):
    token = next(each for each, code in SHIPPO_TOKENS.items() if code == journey.carrier)
    paper, *told = Shippo(journey.box).track(journey.number, token)["tracking_history"]
    assert paper["status"] == "PRE_TRANSIT"
    return [(each["substatus"]["code"], each["status_date"]) for each in told]


def image_at_shippo(record):
    return shippo_words.SAID[record.scan].substatus, shippo_stamp(record.at)


SHIPPO_TOKENS = shippo_words.OURS | shippo_words.TOKENS
VIEWS = (
    View("the carrier's own", read_carriers_own, image_of_carriers_own, _at_once),
    View("seller center", read_seller_center, image_in_seller_center, _at_once),
    View("easypost", read_easypost, image_at_easypost, _synced),
    View("aftership", read_aftership, image_at_aftership, _synced),
    View("shippo", read_shippo, image_at_shippo, _synced),
)


def check(journey, view):
    """It shows how the record begins, all of it that is old enough, and never takes anything
    back."""
    scans = journey.parcel.scans
    shown = view.read(journey)
    assert shown == [view.image(record) for record in scans[: len(shown)]], view.name
    lag = view.lag(journey.box.inside.world.registry.carriers[journey.carrier].sync_lag[1])
    due = sum(record.at + lag <= journey.box.now for record in scans)
    assert due <= len(shown) <= len(scans), view.name
    assert len(shown) >= journey.seen.get(view.name, 0), view.name
    journey.seen[view.name] = len(shown)


def check_record(journey):
    """Each scan could come after those before it."""
    scans = [record.scan for record in journey.parcel.scans]
    for nth, scan in enumerate(scans):
        assert may_come_next(reversed(scans[:nth]), scan), scans[: nth + 1]


# The journey.


HAPPENINGS = {
    "nothing": None,
    "delay": ("delay", {"for": "9h"}),
    "customs_hold": ("customs_hold", {"for": "30h"}),
    "damage": ("damage", {}),
    "remark": ("scan", {"scan": "info_only"}),
    "attempt": ("plan", {"mishap": "attempt_failed"}),
    "wrong_hub": ("plan", {"mishap": "wrong_hub"}),
    "mislay": ("lose", {"for_good": False}),
    "lose": ("lose", {}),
    "send_back": ("send_back", {}),
}
STEPS = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(sorted(HAPPENINGS))), min_size=3, max_size=10
)


def embark(desk, carrier):
    """A seller's order, whose parcel has a label that was bought through EasyPost."""
    order = desk.box.released(shipping="seller")
    buyer = desk.box.inside.world.order(order).address
    there = {
        "name": buyer.name,
        "street1": buyer.line1,
        "city": buyer.city,
        "zip": buyer.postal_code,
        "country": buyer.region,
    }
    name = easypost_words.carrier_name(carrier)
    bought = desk.bought(name, from_address=SHENZHEN, to_address=there, parcel=BOX)
    path = f"/fulfillment/202309/orders/{order}/packages"
    body = {"tracking_number": bought.tracking_code, "shipping_provider_id": PROVIDER_ID[carrier]}
    desk.box.data("POST", path, body)
    return Journey(desk, order, bought, carrier)


def befall(journey, name):
    """A carrier's act by hand; what cannot befall the parcel where it is, is refused."""
    if not HAPPENINGS[name]:
        return
    event, more = HAPPENINGS[name]
    body = {"tracking_number": journey.number} | more
    answer = journey.box.ask("POST", f"/carriers/{journey.carrier}/{event}", body)
    assert answer.status_code in (200, 409, 422), answer.text


def look(journey):
    check_record(journey)
    for view in VIEWS:
        check(journey, view)


@settings(
    max_examples=examples(24),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), carrier=st.sampled_from(CARRIERS), steps=STEPS)
def test_every_view_is_an_image_of_the_same_scans(open_box, seed, carrier, steps):
    desk = Desk(open_box(seed=seed, lenient=["shippo"]))
    journey = embark(desk, carrier)
    for hours, happening in steps:
        desk.box.advance(by=hours * HOUR)
        befall(journey, happening)
        look(journey)
    desk.box.advance(by="60d")
    look(journey)

    ended = journey.parcel.status
    assert ended in (ParcelStatus.DELIVERED, ParcelStatus.RETURNED, ParcelStatus.LOST)
    assert set(journey.seen.values()) == {len(journey.parcel.scans)}
    wanted = {"delivered": "delivered", "returned": "return_to_sender", "lost": "failure"}
    assert desk.tracker(journey.shipment).status == wanted[ended]
    desk.box.ask("DELETE")


def test_a_parcel_made_through_easypost_is_followed_to_the_door(open_box):
    """The plain journey, in the words of each view."""
    desk = Desk(open_box(lenient=["shippo"]))
    journey = embark(desk, "ups")
    desk.box.until(journey.order, "DELIVERED")
    desk.box.advance(by="7h")
    look(journey)

    assert read_seller_center(journey)[-1][0] == "Your package was delivered!"
    assert read_easypost(journey)[-1][0] == "delivered"
    assert desk.box.order(journey.order).tracking_number == journey.number
    assert desk.client.shipment.retrieve(journey.shipment.id).tracker.finalized
