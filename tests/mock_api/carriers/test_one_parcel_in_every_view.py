"""One parcel is made through a carrier's interface, shipped as a seller's order on the platform,
and followed to the door through everybody's eyes: whatever carriers do to it meanwhile, every view
shows the image of the same scans, in legal order, and no later than its lag allows.

The views, seven of them for a parcel of UPS's, FedEx's or DHL's besides the carrier's own record,
are in ``views``.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_api.carriers.easypost import words as easypost_words
from mock_api.seller_center.reference import PROVIDER_ID
from simulator.clock import HOUR
from simulator.parcels.model import ParcelStatus
from simulator.parcels.moves import may_come_next
from tests.mock_api.carriers.easypost_desk import BOX, SHENZHEN, Desk
from tests.mock_api.carriers.views import (
    Journey,
    follow,
    read_easypost,
    read_seller_center,
    views_of,
)
from tests.thoroughness import examples

CARRIERS = ("ups", "fedex", "dhl", "tnt", "jt", "ems", "epacket", "yunexpress")


def check(journey, view):
    """It shows how the record begins, all of it that is old enough, and never takes anything
    back."""
    scans = [record for record in journey.parcel.scans if view.image(record)]
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
    journey = Journey(desk, order, bought, carrier)
    follow(journey)
    return journey


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
    for view in views_of(journey.carrier):
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
    for view in views_of(carrier):
        assert journey.seen[view.name] == sum(
            view.image(record) is not None for record in journey.parcel.scans
        )
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
