"""The platform checks numbers through 17TRACK (S2): what it finds is what 17TRACK shows at that
instant."""

from dataclasses import replace
from datetime import datetime

import pytest

from mock_api.carriers.seventeentrack.words import NAME
from simulator.clock import DAY
from simulator.orders.tracking_check import TRACKED_BY
from simulator.people import Address
from simulator.shipments.model import Piece, Wish
from tests.mock_api.carriers.seventeentrack import (
    FEDEX,
    JT,
    UPS,
    Client,
    mark,
    milestones,
    ordered,
)

PROVIDERS = {
    "ups": ("7117858858072016686", UPS),
    "fedex": ("7129720299146184490", FEDEX),
    "jt": ("6617675021119438849", JT),
}
"""The platform's number for each, and 17TRACK's."""
SENDER = Address("Sea Trial Goods", "+86 755 8888 0166", "1 Haiyun Rd", "Shenzhen", "518000", "CN")


def found_by_platform(box, order):
    facts = box.journal(kind="TrackingAnomaly", order_id=order)
    return [fact["anomaly"] for fact in facts]


def seen_at_17track(box, order, number, key):
    """The same four anomalies, by somebody who reads 17TRACK's answers."""
    order = box.inside.world.order(order)
    info = Client(box).info(number, carrier=key)
    if info["latest_status"]["status"] == "NotFound":
        return ["unknown_number"]
    found = []
    picked_up = milestones(info).get("PickedUp")
    if picked_up is None:
        found.append("never_scanned")
    elif datetime.fromisoformat(picked_up).timestamp() < order.placed_at - DAY:
        found.append("scanned_before_order")
    if info["shipping_info"]["recipient_address"]["postal_code"] != order.address.postal_code:
        found.append("other_postal_code")
    return found


def checked(box, order, number, carrier="ups"):
    """The number is marked, and registered; then the platform's check comes. What both see."""
    provider, key = PROVIDERS[carrier]
    mark(box, order, number, provider)
    Client(box).register(number, carrier=key)
    box.advance(by="24h")
    seen = seen_at_17track(box, order, number, key)
    box.advance(by="1s")  # the second of the check is over
    return found_by_platform(box, order), seen


def shipped(box, recipient):
    """A label that the seller bought of UPS itself; its number."""
    wish = Wish("ups", SENDER, recipient, (Piece(900, (200, 150, 100)),), "ups")
    world = box.inside.world
    (parcel,) = world.shippers.parcels_of(world.shippers.ship(wish))
    return parcel.tracking_number


def test_the_platform_looks_through_17track():
    assert TRACKED_BY == NAME


@pytest.mark.parametrize("carrier", sorted(PROVIDERS))
def test_a_good_number_is_good_for_both(box, carrier):
    order, number = ordered(box, carrier)
    box.advance(by="20h")
    assert checked(box, order, number, carrier) == ([], [])


def test_a_number_that_no_carrier_knows(box):
    order, _ = ordered(box)
    assert checked(box, order, "1Z0000000000000000") == (["unknown_number"], ["unknown_number"])


def test_a_parcel_that_nobody_fetched(box):
    box.control("POST", "/carriers/ups/close", {"region": "CN", "for": "4d"})
    order, number = ordered(box)
    assert checked(box, order, number) == (["never_scanned"], ["never_scanned"])


def test_a_parcel_that_goes_to_another_postal_code(box):
    order = box.released(shipping="seller")
    address = box.inside.world.order(order).address
    number = shipped(box, replace(address, postal_code="ZZ1 1ZZ"))
    assert checked(box, order, number) == (["other_postal_code"], ["other_postal_code"])


def test_a_parcel_that_was_on_its_way_before_the_order(box):
    other = box.inside.world.order(box.place_one()).address
    number = shipped(box, other)
    box.advance(by="4d")
    order = box.released(shipping="seller")
    both = ["scanned_before_order", "other_postal_code"]
    assert checked(box, order, number) == (both, both)


@pytest.mark.parametrize("seed", range(3))
def test_whenever_the_first_scan_comes_both_see_the_same(open_box, seed):
    """17TRACK lags behind the carrier by hours: some numbers are not seen in time."""
    box = open_box(seed=seed)
    found = []
    for hours in (1, 5, 9):
        order, number = ordered(box)
        box.control("POST", "/carriers/ups/close", {"region": "CN", "for": f"{hours + 6}h"})
        found.append(checked(box, order, number))
    assert all(platform == seen for platform, seen in found)
