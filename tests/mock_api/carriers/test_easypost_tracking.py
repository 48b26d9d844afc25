"""EasyPost's trackers: living parcels with the view's lag, and test codes that stand still."""

from itertools import pairwise

import pytest
from easypost.errors import InvalidRequestError, NotFoundError

from simulator.carriers.numbers import NUMBERED
from tests.mock_api.carriers.easypost_desk import Desk

UNKNOWN = "1Z999AA10123456784"


@pytest.fixture
def desk(open_box):
    return Desk(open_box())


def statuses(tracker):
    return [each.status for each in tracker.tracking_details]


def test_a_parcel_is_followed_to_the_door(desk):
    bought = desk.bought()
    desk.booked(bought)
    seen = []
    for _ in range(20):
        desk.box.advance(by="12h")
        seen.append(desk.tracker(bought).status)
    tracker = desk.tracker(bought)

    assert list(dict.fromkeys(seen)) in (
        ["pre_transit", "in_transit", "delivered"],
        ["pre_transit", "in_transit", "out_for_delivery", "delivered"],
    )
    assert statuses(tracker)[-2:] == ["out_for_delivery", "delivered"]
    times = [each.datetime for each in tracker.tracking_details]
    assert times == sorted(times)
    assert all(each.endswith("Z") for each in times)
    last = tracker.tracking_details[-1]
    assert (last.tracking_location.city, last.tracking_location.zip) == ("London", "WC2N 5HR")
    assert tracker.signed_by
    assert tracker.finalized
    assert tracker.est_delivery_date > times[0]
    assert tracker.carrier_detail.origin_location == "Shenzhen, 518000"
    assert tracker.carrier_detail.service == "Expedited"
    assert desk.client.shipment.retrieve(bought.id).status == "delivered"


def test_a_troubled_journey_is_told_as_it_goes(desk):
    bought = desk.bought()
    number = bought.tracking_code
    desk.box.advance(by="1d12h")
    desk.happens("ups", "customs_hold", number, **{"for": "2d"})
    desk.box.advance(by="6d")
    held = desk.tracker(bought)
    assert "held" in [each.status_detail for each in held.tracking_details]

    desk.happens("ups", "damage", number)
    desk.box.advance(by="7h")
    hurt = desk.tracker(bought)
    assert (hurt.status, hurt.status_detail) == ("failure", "damaged")

    desk.happens("ups", "send_back", number)
    desk.box.advance(by="30d")
    home = desk.tracker(bought)
    assert (home.status, home.finalized) == ("return_to_sender", True)
    assert statuses(home).index("failure") < statuses(home).index("return_to_sender")


def test_a_lost_parcel_and_a_failed_attempt_are_failures(desk):
    lost, tried = desk.bought(), desk.bought()
    desk.box.advance(by="2d")
    desk.happens("ups", "lose", lost.tracking_code)
    desk.happens("ups", "plan", tried.tracking_code, mishap="attempt_failed")
    desk.box.advance(by="20d")

    assert desk.tracker(lost).status_detail == "lost"
    assert statuses(desk.tracker(tried)).count("failure") == 1
    assert desk.tracker(tried).status == "delivered"


def test_the_parcel_of_an_order_is_followed_like_any_other(desk):
    box = desk.box
    order = box.place_one(behaviour="prompt")
    box.until(order, "DELIVERED")
    parcel = box.inside.world.registry.parcels_of(box.inside.world.order(order))[0]
    box.advance(by="1d")
    tracker = desk.client.tracker.create(tracking_code=parcel.tracking_number)

    assert (tracker.status, tracker.carrier, tracker.shipment_id) == (
        "delivered",
        "JTExpress",
        None,
    )
    assert len(tracker.tracking_details) == len(parcel.scans)


# Numbers.


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("EZ1000000001", "pre_transit"),
        ("EZ2000000002", "in_transit"),
        ("EZ3000000003", "out_for_delivery"),
        ("EZ4000000004", "delivered"),
        ("EZ5000000005", "return_to_sender"),
        ("EZ6000000006", "failure"),
        ("EZ7000000007", "unknown"),
    ],
)
def test_a_test_code_stands_still(desk, code, status):
    tracker = desk.client.tracker.create(tracking_code=code)
    assert (tracker.status, tracker.carrier) == (status, "USPS")
    assert statuses(tracker)[-1] == status
    assert (tracker.signed_by == "John Tester") is (status == "delivered")
    times = [each.datetime for each in tracker.tracking_details]
    assert times == sorted(times)
    desk.box.advance(by="9d")
    assert desk.client.tracker.retrieve(tracker.id) == tracker


def test_the_first_test_code_is_as_recorded(desk):
    tracker = desk.client.tracker.create(tracking_code="EZ1000000001")
    first, second = tracker.tracking_details

    assert first.message == "Pre-Shipment Info Sent to USPS"
    assert first.tracking_location.city is None
    assert (second.message, second.status_detail) == ("Shipping Label Created", "status_update")
    assert second.datetime == "2029-12-07T12:37:00Z"
    assert second.tracking_location.zip == "77063"
    assert tracker.carrier_detail.destination_location == "CHARLESTON SC, 29407"


def test_a_number_that_nobody_knows_is_followed_all_the_same(desk):
    tracker = desk.client.tracker.create(tracking_code=UNKNOWN, carrier="UPS")
    assert (tracker.status, tracker.status_detail) == ("unknown", "unknown")
    assert tracker.tracking_details == []
    assert desk.client.tracker.create(tracking_code="9356579890").carrier == "DHLExpress"


def test_what_an_event_said_does_not_change(desk):
    """Followed before there was a label, which comes later."""
    upcoming = NUMBERED["ups"](1)
    tracker = desk.client.tracker.create(tracking_code=upcoming, carrier="UPS")
    assert tracker.status == "unknown"
    (event,) = desk.client.event.all().events
    assert desk.bought().tracking_code == upcoming

    assert desk.client.tracker.retrieve(tracker.id).status == "pre_transit"
    assert desk.client.event.retrieve(event.id).result.status == "unknown"


def test_without_news_for_thirty_days_a_tracker_expires(open_box):
    desk = Desk(open_box(pickups="on_call"))
    bought = desk.bought()
    desk.box.advance(by="31d")
    expired = desk.tracker(bought)
    assert (expired.status, expired.status_detail) == ("unknown", "expired")
    event = desk.client.event.retrieve(desk.client.event.all().events[0].id)
    assert event.previous_attributes.status == "pre_transit"
    assert event.result.to_dict() == expired.to_dict()

    desk.booked(bought, opens="2030-02-11T01:00:00Z", closes="2030-02-11T10:00:00Z")
    desk.box.advance(by="20d")
    assert desk.tracker(bought) == expired
    again = desk.client.tracker.create(tracking_code=bought.tracking_code)
    assert again.id != expired.id
    assert again.status == "delivered"


def test_a_test_code_does_not_expire(desk):
    tracker = desk.client.tracker.create(tracking_code="EZ2000000002")
    desk.box.advance(by="40d")
    assert desk.client.tracker.retrieve(tracker.id) == tracker
    assert len(desk.client.event.all().events) == 2


def test_a_number_of_another_carrier_stays_unknown(desk):
    bought = desk.bought()
    tracker = desk.client.tracker.create(tracking_code=bought.tracking_code, carrier="FedEx")
    desk.box.advance(by="5d")

    assert tracker.id != bought.tracker.id
    assert desk.client.tracker.retrieve(tracker.id).status == "unknown"
    assert desk.tracker(bought).status == "in_transit"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"tracking_code": UNKNOWN, "carrier": "Deliveroo"}, "TRACKER.UNSUPPORTED_CARRIER"),
        ({"tracking_code": "NOBODYS-99"}, "TRACKER.NO_CARRIER_FOR_CODE"),
        ({"tracking_code": "!"}, "TRACKER.INVALID_PARAMS"),
        ({"carrier": "UPS"}, "PARAMETER.REQUIRED"),
        ({"tracking_code": ["a"]}, "TRACKER.INVALID_PARAMS"),
    ],
)
def test_what_cannot_be_followed_is_refused(desk, wish, code):
    assert desk.refused("POST", "/trackers", {"tracker": wish}) == (422, code)
    if isinstance(wish.get("tracking_code"), str):
        with pytest.raises(InvalidRequestError):
            desk.client.tracker.create(**wish)


# The same, lists, gone.


def test_the_same_code_is_the_same_tracker_for_three_months(desk):
    def made():
        body = {"tracker": {"tracking_code": UNKNOWN, "carrier": "UPS"}}
        answer = desk.call("POST", "/trackers", body)
        return answer.status_code, answer.json()["id"]

    status, first = made()
    assert status == 201
    assert made() == (200, first)
    bought = desk.bought()
    assert desk.client.tracker.create(tracking_code=bought.tracking_code).id == bought.tracker.id
    desk.box.advance(by="91d")
    assert made()[0] == 201


def test_trackers_are_listed_page_by_page_and_by_code(desk):
    codes = [f"EZ{n}00000000{n}" for n in range(1, 6)]
    made = [desk.client.tracker.create(tracking_code=code).id for code in codes]
    first = desk.client.tracker.all(page_size=3)
    second = desk.client.tracker.get_next_page(first, page_size=3)

    assert [each.id for each in first.trackers] == made[:1:-1]
    assert [each.id for each in second.trackers] == made[1::-1]
    assert not second.has_more
    chosen = desk.client.tracker.all(tracking_codes=codes[:2])
    assert [each.tracking_code for each in chosen.trackers] == codes[1::-1]
    (one,) = desk.client.tracker.all(tracking_code=codes[3], carrier="USPS").trackers
    assert one.id == made[3]
    batch = desk.client.tracker.retrieve_batch(tracking_codes=codes[2:4])
    assert [each.tracking_code for each in batch.trackers] == codes[3:1:-1]
    assert desk.client.tracker.all(start_datetime="2031-01-01T00:00:00Z").trackers == []
    assert desk.refused("GET", "/trackers?page_size=0") == (422, "TRACKER.INVALID_PARAMS")
    assert desk.refused("GET", "/trackers?before_id=trk_9") == (404, "NOT_FOUND")


def test_a_deleted_tracker_is_gone(desk):
    bought = desk.bought()
    desk.client.tracker.delete(bought.tracker.id)

    with pytest.raises(NotFoundError):
        desk.tracker(bought)
    assert desk.refused("DELETE", f"/trackers/{bought.tracker.id}") == (404, "NOT_FOUND")
    assert desk.client.shipment.retrieve(bought.id).tracker is None


def test_events_page_backwards_in_time(desk):
    bought = desk.bought()
    desk.box.advance(by="12d")
    pages = [desk.client.event.all(page_size=4)]
    while pages[-1].has_more:
        pages.append(desk.client.event.get_next_page(pages[-1], page_size=4))
    every = [event for each in pages for event in each.events]

    assert [each.description for each in every][-1] == "tracker.created"
    assert {each.description for each in every[:-1]} == {"tracker.updated"}
    times = [each.created_at for each in every]
    assert times == sorted(times, reverse=True)
    details = [desk.client.event.retrieve(each.id) for each in reversed(every)]
    assert [each.result.id for each in details] == [bought.tracker.id] * len(every)
    for before, after in pairwise(details):
        told = [len(each.result.tracking_details) for each in (before, after)]
        assert told[0] < told[1]
        assert after.previous_attributes.status == before.result.status
    assert details[-1].result.status == "delivered"
    assert desk.refused("GET", "/events/evt_" + "0" * 32) == (404, "NOT_FOUND")
