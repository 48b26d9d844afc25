"""EasyPost's pickups: asked for, rated, bought, cancelled; and what comes of them."""

import pytest
from easypost.errors import InvalidRequestError

from tests.mock_api.carriers.easypost_desk import SHENZHEN, YIWU, Desk


@pytest.fixture
def desk(open_box):
    return Desk(open_box(pickups="on_call"))


def test_nobody_comes_until_a_pickup_is_bought(desk):
    bought = desk.bought()
    desk.box.advance(by="12h")
    asked = desk.pickup(bought)
    assert (asked.status, asked.confirmation) == ("unknown", None)
    assert (asked.min_datetime, asked.max_datetime) == (
        "2030-01-08T01:00:00Z",
        "2030-01-08T10:00:00Z",
    )
    (rate,) = asked.pickup_rates
    assert (type(rate).__name__, rate.carrier, rate.rate) == ("PickupRate", "UPS", "0.00")
    assert rate.service == "Future-day Pickup"
    desk.box.advance(by="4d")
    assert desk.tracker(bought).tracking_details == []


def test_a_pickup_that_is_bought_brings_the_van(desk):
    bought = desk.bought()
    booked = desk.booked(bought)
    assert booked.status == "scheduled"
    assert booked.confirmation
    assert type(booked).__name__ == "Pickup"

    desk.box.advance(to="2030-01-08T18:00:00Z")
    assert desk.tracker(bought).status == "in_transit"
    assert desk.client.pickup.retrieve(booked.id).status == "scheduled"
    (pickup,) = desk.box.inside.world.shippers.pickups("easypost")
    assert pickup.status == "collected"


def test_the_window_of_today_is_a_pickup_of_today(desk):
    today = desk.pickup(desk.bought(), "2030-01-07T02:00:00Z", "2030-01-07T10:00:00Z")
    assert today.pickup_rates[0].service == "Same-day Pickup"


def test_a_date_alone_is_that_day(desk):
    asked = desk.pickup(desk.bought(), "2030-01-08", "2030-01-08")
    assert asked.min_datetime == asked.max_datetime == "2030-01-08T00:00:00Z"
    assert asked.pickup_rates


@pytest.mark.parametrize(
    ("opens", "closes", "why"),
    [
        ("2029-12-01T01:00:00Z", "2029-12-01T10:00:00Z", "too_late"),
        ("2030-01-07T08:30:00Z", "2030-01-07T09:30:00Z", "too_late"),
        ("2030-01-08T03:00:00Z", "2030-01-08T04:00:00Z", "too_short"),
        ("2030-01-08T10:00:00Z", "2030-01-08T01:00:00Z", "closes_first"),
        ("2030-01-13T01:00:00Z", "2030-01-13T10:00:00Z", "too_late"),
    ],
)
def test_a_window_that_cannot_be_kept_has_no_rates(desk, opens, closes, why):
    bought = desk.bought()
    desk.box.advance(to="2030-01-07T08:20:00Z")
    asked = desk.pickup(bought, opens, closes)

    assert asked.pickup_rates == []
    (message,) = asked.messages
    assert (message.type, message.carrier) == ("rate_error", "UPS")
    assert why in message.message
    body = {"carrier": "UPS", "service": "Future-day Pickup"}
    refused = (422, "PICKUP.BUY.NO_MATCHING_RATES")
    assert desk.refused("POST", f"/pickups/{asked.id}/buy", body) == refused


def test_where_the_carrier_has_no_van_nobody_comes(desk):
    bought = desk.bought("JTExpress", from_address=YIWU)
    asked = desk.pickup(bought, address=YIWU)
    assert asked.pickup_rates == []
    assert "does not pick up" in asked.messages[0].message


def test_the_courier_is_called_off_until_the_van_sets_out(desk):
    early, late = desk.bought(), desk.bought()
    cancelled = desk.client.pickup.cancel(desk.booked(early).id)
    assert cancelled.status == "canceled"
    again = f"/pickups/{cancelled.id}/cancel"
    assert desk.refused("POST", again) == (422, "PICKUP.CANCEL.FAILED")

    booked = desk.booked(late)
    desk.box.advance(to="2030-01-08T01:30:00Z")
    assert desk.refused("POST", f"/pickups/{booked.id}/cancel") == (422, "PICKUP.CANCEL.FAILED")
    desk.box.advance(by="3d")
    assert desk.tracker(early).status == "pre_transit"
    assert desk.tracker(late).status == "in_transit"


def test_a_van_that_stays_in_comes_again(desk):
    bought = desk.bought()
    desk.booked(bought)
    desk.box.advance(to="2030-01-08T00:30:00Z")
    for _ in range(3):
        desk.box.control("POST", "/carriers/ups/skip_pickup", {"city": "Shenzhen"})
        desk.box.advance(by="4h")
    (pickup,) = desk.box.inside.world.shippers.pickups()
    assert pickup.collected == []
    desk.box.advance(by="2d")
    assert pickup.attempts == 1
    assert desk.tracker(bought).status == "in_transit"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"min_datetime": None}, "PICKUP.MIN_DATETIME.REQUIRED"),
        ({"max_datetime": None}, "PICKUP.MAX_DATETIME.REQUIRED"),
        ({"min_datetime": "tomorrow"}, "PICKUP.REQUEST.INVALID"),
        ({"address": None}, "PICKUP.ADDRESS.REQUIRED"),
        ({"shipment": None}, "PARAMETER.REQUIRED"),
        ({"shipment": None, "batch": {"id": "batch_1"}}, "PICKUP.BATCH.INVALID"),
    ],
)
def test_what_is_missing_is_refused(desk, edits, code):
    body = {
        "address": SHENZHEN,
        "shipment": {"id": desk.bought().id},
        "min_datetime": "2030-01-08T01:00:00Z",
        "max_datetime": "2030-01-08T10:00:00Z",
    }
    assert desk.refused("POST", "/pickups", {"pickup": body | edits}) == (422, code)


def test_only_what_is_bought_is_fetched_and_only_once(desk):
    with pytest.raises(InvalidRequestError, match="no postage"):
        desk.pickup(desk.draft())
    asked = desk.pickup(desk.bought())
    buy, rate = f"/pickups/{asked.id}/buy", asked.pickup_rates[0]
    body = {"carrier": rate.carrier, "service": rate.service}

    assert desk.refused("POST", buy, {"service": "x"}) == (422, "PICKUP.CARRIER.REQUIRED")
    assert desk.refused("POST", buy, {"carrier": "UPS"}) == (422, "PICKUP.SERVICE.REQUIRED")
    unbought = desk.refused("POST", f"/pickups/{asked.id}/cancel")
    assert unbought == (422, "PICKUP.STATUS.INVALID")
    assert desk.call("POST", buy, body).status_code == 200
    assert desk.refused("POST", buy, body) == (422, "PICKUP.STATUS.INVALID")


def test_a_shipment_that_was_refunded_is_not_fetched(desk):
    bought = desk.bought()
    asked = desk.pickup(bought)
    desk.client.shipment.refund(bought.id)
    body = {"carrier": "UPS", "service": asked.pickup_rates[0].service}
    answer = desk.call("POST", f"/pickups/{asked.id}/buy", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "PICKUP.REQUEST.INVALID")
    assert "no postage" in answer.json()["error"]["message"]
    with pytest.raises(InvalidRequestError, match="no postage"):
        desk.pickup(bought)


def test_a_town_of_the_same_name_abroad_has_no_van(desk):
    asked = desk.pickup(desk.bought(), address=SHENZHEN | {"country": "FR"})
    assert asked.pickup_rates == []
    assert "does not pick up" in asked.messages[0].message


def test_what_the_van_has_is_not_fetched_again(open_box):
    desk = Desk(open_box())
    bought = desk.bought()
    asked = desk.pickup(bought, "2030-01-10T01:00:00Z", "2030-01-10T10:00:00Z")
    desk.box.advance(by="1d")
    body = {"carrier": "UPS", "service": asked.pickup_rates[0].service}
    refused = desk.refused("POST", f"/pickups/{asked.id}/buy", body)
    assert refused == (422, "PICKUP.BUY.FAILED")


def test_pickups_are_listed_newest_first(desk):
    one, two = desk.bought(), desk.bought()
    made = []
    for shipment in (one, two, one):
        made.append(desk.pickup(shipment, address=SHENZHEN).id)
        desk.box.advance(by=1)
    first = desk.client.pickup.all(page_size=2)
    second = desk.client.pickup.get_next_page(first, page_size=2)

    assert [each.id for each in [*first.pickups, *second.pickups]] == made[::-1]
    assert not second.has_more
    assert desk.refused("GET", "/pickups/pickup_9") == (404, "NOT_FOUND")
