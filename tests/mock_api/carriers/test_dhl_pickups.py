"""MyDHL API: couriers who are called."""

import pytest

from tests.mock_api.carriers.dhl import SECAUCUS, SHENZHEN, Dhl

TOMORROW = "2030-01-08T09:00:00 GMT+08:00"


@pytest.fixture
def dhl(open_box):
    return Dhl(open_box(pickups="on_call"))


@pytest.fixture
def lenient(open_box):
    return Dhl(open_box(pickups="on_call", lenient=["dhl"]))


def test_nobody_comes_until_somebody_is_called(dhl):
    waybill = dhl.shipped()
    dhl.box.advance(by="2d")
    assert dhl.codes(waybill) == []

    told = dhl.book("2030-01-09T09:00:00 GMT+08:00")
    assert told == {
        "dispatchConfirmationNumbers": ["PRG300109100001"],
        "readyByTime": "09:00",
        "nextPickupDate": "2030-01-09",
    }
    dhl.box.advance(by="12h")
    assert dhl.codes(waybill)[0] == "PU"


def test_a_courier_comes_for_the_waybills_that_are_named_only(dhl):
    mine, other = dhl.shipped(), dhl.shipped()
    dhl.booked(shipmentDetails=[{"productCode": "P", "shipmentTrackingNumber": mine}])
    dhl.box.advance(by="12h")

    assert dhl.codes(mine)[0] == "PU"
    assert dhl.codes(other) == []


@pytest.mark.parametrize(
    ("when", "close", "day"),
    [
        ("2030-01-07T16:30:00 GMT+08:00", "18:00", "2030-01-08"),  # the last round is booked out
        ("2030-01-12T13:00:00 GMT+08:00", "18:00", "2030-01-14"),  # Saturday afternoon
        ("2030-01-13T09:00:00 GMT+08:00", "18:00", "2030-01-14"),  # a Sunday
    ],
)
def test_what_is_too_late_for_its_day_is_for_the_next_working_day(dhl, when, close, day):
    if when.startswith("2030-01-07"):
        dhl.box.advance(by="8h30m")
    told = dhl.book(when, close)
    assert told["nextPickupDate"] == day
    assert told["warnings"]


@pytest.mark.parametrize(
    ("edits", "detail"),
    [
        ({"when": "2030-01-06T09:00:00 GMT+08:00"}, "998: The shipment date cannot be in the past"),
        ({"when": "2030-01-17T09:00:01 GMT+08:00"}, "998: The shipment date cannot be in the past"),
        ({"when": "tomorrow"}, "998: ShipTimeStamp is not well formatted"),
        ({"close": "08:30"}, "The close time has to be later than the planned pickup time"),
        ({"close": "09:30"}, "No pickup in that window: its van sets out at 10:00, 14:00, 17:00"),
        (
            {
                "shipmentDetails": [
                    {"productCode": "P", "shipmentTrackingNumber": "1234567890"},
                ]
            },
            "Operation not possible since shipment information not found",
        ),
    ],
)
def test_a_courier_who_cannot_come_is_refused_with_the_reason(dhl, edits, detail):
    before = dhl.box.mark()
    _, told = dhl.refused("POST", "/pickups", dhl.pickup_body(**edits))
    assert told.startswith(detail)
    assert dhl.box.mark() == before


def test_ten_days_ahead_is_not_too_far(dhl):
    assert dhl.book("2030-01-17T08:00:00 GMT+08:00")["nextPickupDate"] == "2030-01-17"


def test_left_out_the_closing_time_is_the_last_vans(dhl):
    body = dhl.pickup_body()
    body.pop("closeTime")
    assert dhl.told("POST", "/pickups", body, status=201)["nextPickupDate"] == "2030-01-07"


def test_abroad_a_courier_comes_to_the_warehouse_town_by_its_own_clock(dhl):
    told = dhl.book("2030-01-08T09:00:00 GMT-05:00", where=SECAUCUS)
    assert (told["readyByTime"], told["nextPickupDate"]) == ("09:00", "2030-01-08")


def test_where_no_van_comes_from_nobody_can_be_called(dhl):
    address = SHENZHEN["postalAddress"] | {"countryCode": "FR", "cityName": "Paris"}
    body = dhl.pickup_body(where=SHENZHEN | {"postalAddress": address})
    status, _ = dhl.refused("POST", "/pickups", body)
    assert status == 400


# Changed, and called off.


def test_a_pickup_can_be_for_another_time(dhl):
    waybill, dispatch = dhl.shipped(), dhl.booked()
    body = dhl.pickup_body(TOMORROW)
    told = dhl.told("PATCH", f"/pickups/{dispatch}", body)

    assert told == {
        "dispatchConfirmationNumber": dispatch,
        "readyByTime": "09:00",
        "nextPickupDate": "2030-01-08",
    }
    dhl.box.advance(by="12h")
    assert dhl.codes(waybill) == []
    dhl.box.advance(by="1d")
    assert dhl.codes(waybill)[0] == "PU"


def test_a_pickup_can_be_called_off_once(dhl):
    waybill, dispatch = dhl.shipped(), dhl.booked()
    query = {"requestorName": "Li Wei", "reason": "not ready"}
    answer = dhl.call("DELETE", f"/pickups/{dispatch}", **query)

    assert (answer.status_code, answer.content) == (200, b"")
    dhl.box.advance(by="2d")
    assert dhl.codes(waybill) == []
    again = dhl.refused("DELETE", f"/pickups/{dispatch}", **query)
    assert again == (400, "Pickup already cancelled or completed")


def test_who_calls_a_courier_off_has_to_say_who_it_is(dhl):
    dispatch = dhl.booked()
    assert dhl.call("DELETE", f"/pickups/{dispatch}", reason="x").json() == {
        "instance": f"/expressapi/pickups/{dispatch}?reason=x",
        "detail": "Missing mandatory parameters: requestorName",
        "title": "Missing parameters",
        "message": "Bad request",
        "status": "400",
    }


def test_a_courier_on_the_way_is_not_called_off(dhl):
    dispatch = dhl.booked()
    dhl.box.advance(by="1h30m")  # half past nine: the van sets out at ten
    told = dhl.refused("DELETE", f"/pickups/{dispatch}", requestorName="Li")
    assert told == (400, "Pickup already cancelled or completed")


@pytest.mark.parametrize("number", ["PRG300107100009", "PRG300101100001", "DHL100001", "x"])
def test_an_unknown_pickup_is_not_found(dhl, number):
    dhl.booked()
    for method, body in (("DELETE", None), ("PATCH", dhl.pickup_body(TOMORROW))):
        told = dhl.refused(method, f"/pickups/{number}", body, requestorName="Li")
        assert told == (404, "Pickup not found")


def test_after_three_attempts_in_vain_nobody_comes_any_more(dhl):
    dhl.booked()
    dhl.box.advance(by="5d")
    failed = dhl.box.journal(kind="PickupFailed")
    assert [each["attempts"] for each in failed] == [1, 2, 3]


# Where stock clients know less.


def test_a_lenient_sandbox_does_not_ask_who_and_answers_with_a_body(lenient):
    dispatch = lenient.booked()
    told = lenient.told("DELETE", f"/pickups/{dispatch}")
    assert told == {"status": "cancelled", "dispatchConfirmationNumber": dispatch}


def test_a_pickup_named_in_the_body_is_changed_by_a_lenient_sandbox_only(dhl, lenient):
    for client in (dhl, lenient):
        client.shipped()
    body = lenient.pickup_body(TOMORROW, dispatchConfirmationNumber=lenient.booked())
    told = lenient.told("PATCH", "/pickups", body)
    assert told["dispatchConfirmationNumbers"] == [told["dispatchConfirmationNumber"]]

    strictly = dhl.pickup_body(TOMORROW, dispatchConfirmationNumber=dhl.booked())
    assert dhl.refused("PATCH", "/pickups", strictly)[0] == 405


def test_a_lenient_sandbox_takes_local_hours_that_say_gmt(dhl, lenient):
    assert lenient.book("2030-01-08T09:00:00 GMT+00:00")["readyByTime"] == "09:00"
    assert dhl.book("2030-01-08T02:00:00 GMT+00:00")["readyByTime"] == "10:00"
