"""UPS: couriers who are called, asked after and called off."""

import pytest

from tests.mock_api.carriers.ups import NEW_YORK, SHENZHEN, Ups

MONDAY, TUESDAY, SATURDAY = "20300107", "20300108", "20300112"
PATH = "/api/pickupcreation/v2409/pickup"


@pytest.fixture
def ups(open_box):
    """Nobody comes until somebody calls."""
    return Ups(open_box(pickups="on_call"))


def local_hours(ups, hours):
    """The world begins at midnight UTC, or some other hour: on to that hour in Shenzhen."""
    now = ups.box.now
    day = now - (now + 8 * 3600) % 86_400
    ups.box.advance(to=day + hours * 3600)


def test_nobody_comes_until_a_courier_is_called(ups):
    number = ups.shipped()
    ups.box.advance(by="3d")
    assert ups.codes(number) == [("M", "MP")]
    booked = ups.book("20300111")
    assert booked["RateStatus"]["Code"] == "01"
    assert booked["RateResult"]["RateType"] == "FD"
    ups.box.advance(by="2d")
    assert ups.codes(number)[1] == ("I", "OR")


def test_a_pickup_of_today_costs_more_and_is_seen_through(ups):
    local_hours(ups, 9)
    ups.shipped()
    booked = ups.book(MONDAY)
    assert booked["RateResult"] == {
        "RateType": "SD",
        "CurrencyCode": "CNY",
        "ChargeDetail": [
            {"ChargeCode": "B", "ChargeDescription": "BASE CHARGE", "ChargeAmount": "6.50"}
        ],
        "GrandTotalOfAllCharge": "6.50",
    }
    (pending,) = ups.pending()
    assert pending["PRN"] == booked["PRN"]
    assert pending["OnCallStatusCode"] == "002"
    local_hours(ups, 19)
    assert ups.pending()[0]["OnCallStatusCode"] == "003"


def test_a_time_that_is_over_is_now(ups):
    local_hours(ups, 12)
    number = ups.shipped()
    assert "Alert" not in ups.book(MONDAY, "0800", "1800")["Response"]
    local_hours(ups, 19)
    assert ups.codes(number)[1] == ("I", "OR")


def test_after_the_last_round_it_is_moved_to_the_next_working_day_and_says_so(ups):
    local_hours(ups, 17)
    booked = ups.book(MONDAY)
    (alert,) = booked["Response"]["Alert"]
    assert TUESDAY in alert["Description"]
    assert booked["RateResult"]["RateType"] == "FD"
    assert [each["ServiceDate"] for each in ups.pending()] == [TUESDAY]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (("20300107", "1800", "0900"), "10006"),
        (("20300108", "1030", "1100"), "10006"),
        (("20300108", "1730", "1900"), "9510113"),
        (("20300106", "0900", "1800"), "10006"),
        (("tomorrow", "0900", "1800"), "10006"),
        (("20300108", "2500", "1800"), "10006"),
    ],
)
def test_a_window_in_which_nobody_comes_is_refused(ups, wish, code):
    before = ups.box.mark()
    assert ups.refused("POST", PATH, ups.pickup_body(*wish)) == (400, code)
    assert ups.box.mark() == before


def test_ups_comes_where_it_has_vans(ups):
    paris = SHENZHEN | {"Address": SHENZHEN["Address"] | {"City": "Paris", "CountryCode": "FR"}}
    body = ups.pickup_body(TUESDAY, address=paris)
    assert ups.refused("POST", PATH, body) == (400, "9510118")
    assert ups.book(TUESDAY, "1000", "1700", address=NEW_YORK)["PRN"]


def test_a_courier_may_be_called_for_certain_numbers(ups):
    one, other = ups.shipped(), ups.shipped()
    ups.book(TUESDAY, TrackingData=[{"TrackingNumber": one}])
    ups.box.advance(by="3d")
    assert len(ups.codes(one)) > 1
    assert ups.codes(other) == [("M", "MP")]
    body = ups.pickup_body("20300111", TrackingData={"TrackingNumber": "1Z12345E6605272234"})
    assert ups.refused("POST", PATH, body) == (400, "190109")
    body = ups.pickup_body("20300111", TrackingData={"TrackingNumber": one})
    assert ups.refused("POST", PATH, body) == (400, "190109")


def test_where_nothing_is_ready_the_courier_comes_three_times(ups):
    ups.book(TUESDAY)
    ups.box.advance(by="38h")
    assert [each["OnCallStatusCode"] for each in ups.pending()] == ["005"]
    ups.box.advance(by="2d")
    assert [each["OnCallStatusCode"] for each in ups.pending()] == ["004"]


def test_a_pickup_is_called_off_in_time_and_once(ups):
    number = ups.shipped()
    prn = ups.book(TUESDAY)["PRN"]
    assert ups.call_off(prn)["PickupType"] == "01"
    ups.box.advance(by="3d")
    assert ups.codes(number) == [("M", "MP")]
    path = "/api/shipments/v2409/pickup/02"
    assert ups.refused("DELETE", path, Prn=prn) == (400, "190107")


def test_too_late_or_unknown_it_is_not(ups):
    path = "/api/shipments/v2409/pickup/02"
    ups.shipped()
    prn = ups.book(MONDAY if ups.box.now % 86_400 == 0 else TUESDAY, "0900", "1200")["PRN"]
    assert ups.refused("DELETE", path, Prn="nothing") == (400, "190106")
    assert ups.refused("DELETE", path) == (400, "190106")
    assert ups.refused("DELETE", "/api/shipments/v2409/pickup/77") == (400, "10006")
    opens = ups.box.inside.world.shippers.pickups()[0].window.opens_at
    ups.box.advance(to=opens + 1800)
    assert ups.refused("DELETE", path, Prn=prn) == (400, "190108")
    ups.box.advance(by="2h")
    assert ups.refused("DELETE", path, Prn=prn) == (400, "190103")


def test_all_of_an_account_are_called_off_at_once(ups):
    ups.book(TUESDAY)
    ups.book("20300109")
    told = ups.told("DELETE", "/api/shipments/v2409/pickup/01")
    assert told["PickupCancelResponse"]["Response"]["ResponseStatus"]["Code"] == "1"
    assert ups.refused("DELETE", "/api/shipments/v2409/pickup/01") == (400, "190106")


def test_all_are_called_off_but_the_one_that_is_on_its_way(ups):
    later, first = ups.book("20300109")["PRN"], ups.book(TUESDAY)["PRN"]
    opens = ups.box.inside.world.shippers.pickup_confirmed(first).window.opens_at
    ups.box.advance(to=opens + 1800)
    path = "/api/shipments/v2409/pickup/01"
    ups.told("DELETE", path)
    assert ups.refused("DELETE", "/api/shipments/v2409/pickup/02", Prn=later) == (400, "190107")
    before = ups.box.mark()
    assert ups.refused("DELETE", path) == (400, "190108")
    assert ups.box.mark() == before


def test_of_two_couriers_who_are_called_the_first_takes_what_stands_there(ups):
    number = ups.shipped()
    ups.book(TUESDAY)
    ups.book("20300109")
    ups.box.advance(by="40h")
    assert ups.codes(number)[1] == ("I", "OR")


def test_another_sandbox_knows_nothing_of_a_pickup(ups, open_box):
    other = Ups(open_box(pickups="on_call"))
    prn = ups.book(TUESDAY)["PRN"]
    path = "/api/shipments/v2409/pickup/02"
    assert other.refused("DELETE", path, Prn=prn) == (400, "190106")
    assert other.pending() == []


def test_the_price_of_a_pickup_is_told_before_it_is_booked(ups):
    body = {"PickupRateRequest": {"PickupAddress": SHENZHEN["Address"], "ServiceDateOption": "02"}}
    path = "/api/shipments/v2409/pickup/"
    told = ups.told("POST", path + "oncall", body)["PickupRateResponse"]["RateResult"]
    assert (told["RateType"], told["GrandTotalOfAllCharge"]) == ("FD", "5.50")
    body["PickupRateRequest"]["ServiceDateOption"] = "01"
    told = ups.told("POST", path + "both", body)["PickupRateResponse"]["RateResult"]
    assert told["RateType"] == "SD"
    info = {"CloseTime": "2000", "ReadyTime": "900", "PickupDate": TUESDAY}
    body["PickupRateRequest"]["PickupDateInfo"] = info
    told = ups.told("POST", path + "oncall", body)["PickupRateResponse"]["RateResult"]
    assert told["RateType"] == "FD"
    assert ups.refused("POST", path + "weekly", body) == (400, "10006")


def test_pending_pickups_are_those_of_the_account(ups):
    path = "/api/shipments/v2409/pickup/"
    ups.book(TUESDAY)
    assert ups.refused("GET", path + "oncall") == (400, "120100")
    assert ups.refused("GET", path + "oncall", AccountNumber="OTHER1") == (400, "120100")
    told = ups.told("GET", path + "smart", AccountNumber=ups.account)
    assert told["PickupPendingStatusResponse"]["PendingStatus"] == []


def test_times_are_hours_and_quantities_numbers(ups):
    body = ups.pickup_body(TUESDAY, PickupPiece={"Quantity": "many"})
    assert ups.refused("POST", PATH, body) == (400, "10006")
    body = ups.pickup_body(TUESDAY)
    body["PickupCreationRequest"]["PickupAddress"]["City"] = ""
    assert ups.refused("POST", PATH, body) == (400, "10006")
