"""FedEx's pickups, over the wire: availability first, then the courier."""

import pytest

from tests.mock_api.carriers.fedex import SENDER, Fedex

AVAILABILITIES = "/pickup/v1/pickups/availabilities"
CANCEL = "/pickup/v1/pickups/cancel"
ON_CALL = "CONTACT_FEDEX_TO_SCHEDULE"


@pytest.fixture
def fedex(open_box):
    return Fedex(open_box())


def asking(**edits):
    return {
        "pickupAddress": {"postalCode": "518000", "countryCode": "CN"},
        "pickupRequestType": ["SAME_DAY", "FUTURE_DAY"],
        "carriers": ["FDXE"],
        "countryRelationship": "INTERNATIONAL",
    } | edits


def options(fedex, **edits):
    return fedex.output("POST", AVAILABILITIES, asking(**edits))["options"]


# Availability.


def test_availability_tells_until_when_goods_have_to_be_ready(fedex):
    same, future = options(fedex)

    assert (same["scheduleDay"], same["pickupDate"]) == ("SAME_DAY", "2030-01-07")
    assert (future["scheduleDay"], future["pickupDate"]) == ("FUTURE_DAY", "2030-01-08")
    assert same["available"] is True
    # The van sets out at 10, 14 and 17; an hour before, nobody can be told any more.
    assert same["cutOffTime"] == "15:00:00"
    assert same["accessTime"] == {"hours": 4, "minutes": 0}
    assert same["readyTimeOptions"][0] == "10:00:00"
    assert same["readyTimeOptions"][-1] == same["cutOffTime"]
    assert same["defaultReadyTime"] in same["readyTimeOptions"]
    assert same["defaultLatestTimeOptions"] in same["latestTimeOptions"]


def test_goods_for_abroad_have_to_be_ready_earlier(fedex):
    (domestic, _) = options(fedex, countryRelationship="DOMESTIC")
    assert domestic["cutOffTime"] == "16:00:00"


def test_after_the_cut_off_there_is_no_pickup_today(fedex):
    fedex.box.advance(by="8h")  # 16:00 in Shenzhen
    same, future = options(fedex)
    assert (same["available"], future["available"]) == (False, True)


def test_only_working_days_are_offered(fedex):
    days = options(
        fedex,
        pickupRequestType=["FUTURE_DAY"],
        dispatchDate="2030-01-12",
        numberOfBusinessDays=3,
    )
    assert [each["pickupDate"] for each in days] == ["2030-01-12", "2030-01-14", "2030-01-15"]
    assert days[0]["cutOffTime"] == "08:00:00"  # a Saturday: the morning's round alone


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"pickupRequestType": []}, "PICKUPREQUESTTYPE.VALUE.REQUIRED"),
        ({"carriers": []}, "PICKUP.CARRIERCODE.REQUIRED"),
        ({"countryRelationship": None}, "COUNTRY.RELATIONSHIP.REQUIRED"),
        ({"pickupAddress": {"countryCode": "CN"}}, "PICKUP.POSTALCODE.MISSING"),
        ({"dispatchDate": "12.01.2030"}, "INCORRECT.DISPATCHDATE.FORMAT"),
        ({"dispatchDate": "2030-02-31"}, "INCORRECT.DISPATCHDATE.FORMAT"),
        ({"dispatchDate": "9999-12-31"}, "PICKUPDATE.TOO.FAR"),
    ],
)
def test_an_incomplete_question_is_refused(fedex, edits, code):
    assert fedex.error("POST", AVAILABILITIES, asking(**edits)) == (400, code)


def test_where_fedex_does_not_come_it_says_so(open_box):
    nowhere = Fedex(open_box(carriers={"fedex": {"elsewhere": None, "cities": {}}}))
    refused = (400, "PICKUP.LOCATION.UNAVAILABLE")
    assert nowhere.error("POST", AVAILABILITIES, asking()) == refused
    assert nowhere.no_pickup() == refused


# Booking.


def test_a_courier_who_is_called_fetches_what_waits_for_a_call(fedex):
    number = fedex.shipped(pickupType=ON_CALL)
    fedex.box.advance(by="1d")
    assert fedex.standing(number) == ("OC", ["OC"])

    booked = fedex.pickup(**at(fedex, "2030-01-08T13:00:00"))
    assert booked["location"] == "SHEA"
    fedex.box.advance(by="4h")
    assert fedex.standing(number)[0] == "OC"
    fedex.box.advance(by="2h")  # the round of two o'clock
    seen = fedex.seen(number)
    assert seen["latestStatusDetail"]["code"] == "PU"
    assert seen["scanEvents"][0]["date"] == "2030-01-08T14:00:00+08:00"


def test_a_zone_that_is_sent_is_passed_over(fedex):
    for nth, zone in enumerate(("Z", "-08:00", "", "+0000"), start=8):
        fedex.pickup(**at(fedex, f"2030-01-{nth:02d}T10:00:00{zone}"))
    facts = fedex.box.journal(kind="PickupBooked")
    opens = {fact["opens_at"] % 86_400 for fact in facts}
    assert opens == {2 * 3600}  # ten o'clock in China


def at(fedex, ready, close="18:00:00"):
    return {"originDetail": fedex.pickup_body(ready, close)["originDetail"]}


@pytest.mark.parametrize(
    ("ready", "close", "code"),
    [
        ("2030-01-06T10:00:00", "18:00:00", "PICKUP.REQUESTED.PREVIOUS.DAY"),
        ("2030-01-13T10:00:00", "18:00:00", "PICKUPDATE.NOT.WORKINGDAY"),
        ("2030-01-25T10:00:00", "18:00:00", "PICKUPDATE.TOO.FAR"),
        ("9999-12-31T10:00:00", "18:00:00", "PICKUPDATE.TOO.FAR"),
        ("0001-01-01T10:00:00", "18:00:00", "PICKUP.REQUESTED.PREVIOUS.DAY"),
        ("2030-01-07T15:30:00", "20:00:00", "READY.TIME.INVALID"),
        ("2030-01-07T12:00:00", "11:00:00", "LATEST.TIME.INVALID"),
        ("2030-01-07T12:00:00", "14:00:00", "FDSDMINIMUM.HOUR.REQUIRED"),
        ("2030-01-08T04:00:00", "09:00:00", "UNABLE.TO.PICKUP"),
        ("07.01.2030 10:00", "18:00:00", "INCORRECT.READYTIMESTAMP.FORMAT"),
        ("2030-01-32T10:00:00", "18:00:00", "INCORRECT.READYTIMESTAMP.FORMAT"),
        ("2030-01-07T10:00:00", "6 pm", "INCORRECT.COMPANYCLOSETIME.FORMAT"),
    ],
)
def test_what_the_availability_does_not_allow_is_refused(fedex, ready, close, code):
    assert fedex.no_pickup(**at(fedex, ready, close)) == (400, code)
    assert fedex.box.journal(kind="PickupBooked") == []


def test_after_the_cut_off_a_call_is_refused_and_not_moved(fedex):
    fedex.box.advance(by="7h30m")  # 15:30 in Shenzhen
    assert fedex.no_pickup(**at(fedex, "2030-01-07T10:00:00")) == (400, "UNABLE.TO.PICKUP")


def test_a_second_call_for_the_same_door_and_day_is_refused(fedex):
    fedex.pickup()
    assert fedex.no_pickup() == (400, "PICKUP.ALREADY.EXISTS")
    assert fedex.pickup(**at(fedex, "2030-01-08T10:00:00"))


@pytest.mark.parametrize(
    ("edits", "refused"),
    [
        ({"carrierCode": ""}, (400, "PICKUP.CARRIERCODE.REQUIRED")),
        ({"carrierCode": "UPSN"}, (400, "PICKUP.CARRIERCODE.INVALID")),
        ({"associatedAccountNumber": {"value": "1"}}, (400, "ACCOUNT.NUMBER.INVALID")),
        ({"trackingNumber": "770000000999"}, (404, "TRACKING.TRACKINGNUMBER.NOTFOUND")),
        ({"packageCount": 0}, (422, "INVALID.INPUT.EXCEPTION")),
    ],
)
def test_a_call_is_refused_in_fedex_words(fedex, edits, refused):
    assert fedex.no_pickup(**edits) == refused


@pytest.mark.parametrize(
    ("missing", "code"),
    [("streetLines", "PICKUP.STREETLINE.MISSING"), ("postalCode", "PICKUP.POSTALCODE.MISSING")],
)
def test_a_door_has_a_street_and_a_postal_code(fedex, missing, code):
    address = {k: v for k, v in SENDER["address"].items() if k != missing}
    body = fedex.pickup_body()
    body["originDetail"]["pickupLocation"] = SENDER | {"address": address}
    assert fedex.error("POST", "/pickup/v1/pickups", body) == (400, code)


# Calling off.


def test_a_courier_is_called_off_with_the_station_that_booking_told(fedex):
    booked = fedex.pickup()
    told = fedex.output("PUT", CANCEL, fedex.call_off_body(booked))
    assert told["pickupConfirmationCode"] == booked["pickupConfirmationCode"]
    again = fedex.call_off_body(booked)
    assert fedex.error("PUT", CANCEL, again) == (400, "DUPLICATE.REQUEST.CANCEL")
    assert fedex.pickup()


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"location": None}, "PICKUPCREATE.PACKAGELOCATION.INVALID"),
        ({"location": "NQAA"}, "PICKUPCREATE.PACKAGELOCATION.INVALID"),
        ({"scheduledDate": "2030-01-08"}, "NO.DISPATCH.FOUND"),
        ({"scheduledDate": "tomorrow"}, "INCORRECT.SCHEDULEDDATE.FORMAT"),
        ({"pickupConfirmationCode": "7"}, "NO.DISPATCH.FOUND"),
        ({"associatedAccountNumber": {"value": "1"}}, "ACCOUNT.NUMBER.INVALID"),
    ],
)
def test_calling_off_is_refused_in_fedex_words(fedex, edits, code):
    body = fedex.call_off_body(fedex.pickup(), **edits)
    assert fedex.error("PUT", CANCEL, body) == (400, code)


def test_ground_needs_no_station_and_neither_does_a_lenient_sandbox(open_box):
    strict, lenient = Fedex(open_box()), Fedex(open_box(lenient=["fedex"]))
    ground = strict.pickup(carrierCode="FDXG")
    body = strict.call_off_body(ground, location=None, carrierCode="FDXG")
    assert strict.output("PUT", CANCEL, body)
    body = lenient.call_off_body(lenient.pickup(), location=None)
    assert lenient.output("PUT", CANCEL, body)


def test_once_the_courier_is_about_to_come_it_is_too_late(fedex):
    booked = fedex.pickup()
    fedex.box.advance(by="1h30m")  # half an hour before the round of ten
    refused = (400, "PICKUP.CANCELLATION.NOTALLOWED")
    assert fedex.error("PUT", CANCEL, fedex.call_off_body(booked)) == refused

    fedex.shipped(pickupType=ON_CALL)
    fedex.box.advance(by="5h")  # and somebody was there
    assert fedex.box.journal(kind="PickupMade")
    assert fedex.error("PUT", CANCEL, fedex.call_off_body(booked)) == refused


def test_a_courier_who_finds_nothing_comes_three_times(fedex):
    fedex.pickup()
    fedex.box.advance(by="5d")
    failed = fedex.box.journal(kind="PickupFailed")
    assert [fact["cause"] for fact in failed] == ["not_ready"] * 3
