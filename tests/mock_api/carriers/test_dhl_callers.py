"""DHL: who may call, and what befalls any call, in the words of each interface."""

import pytest

from mock_api.settings import ServerSettings
from tests.mock_api.carriers.dhl import UNKNOWN, Dhl


@pytest.fixture
def dhl(box):
    return Dhl(box)


@pytest.mark.parametrize("edits", [{"username": "nobody"}, {"password": "wrong"}])
def test_wrong_credentials_are_unauthorized(dhl, edits):
    dhl.credentials = dhl.credentials | edits
    status, _ = dhl.refused("GET", "/tracking", shipmentTrackingNumber=UNKNOWN)
    assert status == 401
    bare = dhl.http.get("/mydhlapi/tracking")
    assert (bare.status_code, bare.json()["status"]) == (401, "401")


@pytest.mark.parametrize("key", ["", "wrong"])
def test_a_wrong_key_is_unauthorized(dhl, key):
    answer = dhl.ask(UNKNOWN, key)
    assert answer.status_code == 401
    assert answer.json() == {
        "title": "Unauthorized",
        "status": 401,
        "detail": "Unauthorized for given resource.",
    }


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"site_id": "nobody"}, "Validation Failure:Site Id is wrong"),
        ({"site_password": "wrong"}, "Validation Failure:Password provided is wrong"),
    ],
)
def test_a_wrong_site_or_password_is_a_condition(dhl, edits, words):
    told = dhl.condition(dhl.known_request(UNKNOWN, **edits))
    assert told == ("ErrorResponse", "100", words)


def test_what_is_throttled_or_broken_is_said_in_the_words_of_the_interface(dhl):
    def plan(**wishes):
        dhl.box.control("POST", "/faults", wishes)

    plan(what="throttled", operation="dhl.track", retry_after=7, times=1)
    throttled = dhl.call("GET", "/tracking", shipmentTrackingNumber=UNKNOWN)
    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "7")
    assert throttled.json()["status"] == "429"

    plan(what="throttled", operation="dhl.track_any", times=1)
    assert dhl.ask(UNKNOWN).json()["title"] == "Too many requests"

    plan(what="overloaded", operation="dhl.servlet", times=1)
    name, code, _ = dhl.condition(dhl.known_request(UNKNOWN))
    assert (name, code) == ("ShipmentTrackingErrorResponse", "500")

    plan(what="internal_error", operation="dhl.rates", times=1)
    status, detail = dhl.refused("POST", "/rates", dhl.rate_body())
    assert (status, detail[:4]) == (500, "999:")
    assert dhl.rates()


def test_a_fault_may_be_about_one_shipment(dhl):
    mine, other = dhl.shipped(), dhl.shipped()
    for times in range(3):
        fault = {"what": "overloaded", "operation": "dhl", "order_id": mine, "times": 1}
        dhl.box.control("POST", "/faults", fault)
        assert dhl.track(other)
        assert dhl.ask(other).status_code == 200
        assert dhl.xml(dhl.known_request(other)).find("AWBInfo") is not None
        assert dhl.xml("<a") is not None
        if times == 0:
            assert dhl.refused("GET", "/tracking", shipmentTrackingNumber=mine)[0] == 503
        elif times == 1:
            assert dhl.ask(mine).status_code == 503
        else:
            assert dhl.condition(dhl.known_request(mine))[1] == "500"


def test_an_address_that_is_not_on_the_allow_list_is_forbidden(open_box):
    dhl = Dhl(open_box(allowed_ips=["10.0.0.0/8"]))
    assert dhl.refused("GET", "/tracking", shipmentTrackingNumber=UNKNOWN)[0] == 403
    assert dhl.ask(UNKNOWN).status_code == 403
    assert dhl.condition(dhl.known_request(UNKNOWN))[1] == "100"


def test_paths_and_methods_that_nobody_serves(dhl):
    assert dhl.refused("GET", "/landed-cost")[0] == 404
    assert dhl.refused("PUT", "/rates")[0] == 405


def test_exchanges_are_logged_without_what_lets_anybody_in(dhl):
    dhl.call("GET", "/tracking", shipmentTrackingNumber=UNKNOWN)
    dhl.ask(UNKNOWN)
    dhl.xml(dhl.known_request(UNKNOWN))
    logged = dhl.box.exchanges()

    assert [each["operation"] for each in logged] == ["dhl.track", "dhl.track_any", "dhl.servlet"]
    secrets = [dhl.credentials[name] for name in ("password", "api_key", "site_password")]
    assert not [secret for secret in secrets if secret in str(logged)]


def test_addresses_are_validated(dhl):
    query = {"type": "pickup", "countryCode": "CN", "cityName": "Shenzhen", "postalCode": "518000"}
    (address,) = dhl.told("GET", "/address-validate", **query)["address"]
    assert address["serviceArea"] == {
        "code": "SZX",
        "description": "SHENZHEN-CN",
        "GMTOffset": "+08:00",
    }
    assert dhl.refused("GET", "/address-validate", type="pickup")[0] == 400


def test_any_credentials_will_do_where_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    told = served.http.get("/_seatrial/sandboxes/default").json()["carriers"]["dhl"]
    answer = served.http.get("/mydhlapi/tracking", auth=("somebody", "x"))

    assert told["username"] == "seatrial-dhl"
    assert answer.status_code == 400
    wrong = served.http.get("/mydhlapi/tracking", auth=("seatrial-dhl", "wrong"))
    assert wrong.status_code == 401
    headers = {"DHL-API-Key": "somebody's"}
    assert served.http.get("/track/shipments", headers=headers).status_code == 400


@pytest.mark.parametrize("lenient", [(), ("dhl",)])
@pytest.mark.parametrize(
    "when",
    [
        "0001-01-01T00:00:00 GMT+14:00",
        "9999-12-31T23:59:59 GMT-12:00",
        "2030-01-08T09:00:00 GMT+99:00",
        "2030-02-30T09:00:00GMT+08:00",
        "2030-01-08T9:00:000 GMT+08:00",
    ],
)
def test_no_date_breaks_anything(open_box, when, lenient):
    dhl = Dhl(open_box(lenient=list(lenient)))
    body = dhl.pickup_body(when)
    assert dhl.call("POST", "/pickups", body).status_code in (201, 400)
    rate = dhl.rate_body(plannedShippingDateAndTime=when)
    assert dhl.call("POST", "/rates", rate).status_code in (200, 400)


@pytest.mark.parametrize("name", ["深圳", " ", "\u0001", "x" * 300, "😀", "İ"])
def test_no_name_breaks_anything(dhl, name):
    place = {"cityName": name, "postalCode": name[:20], "addressLine1": name, "countryCode": "CN"}
    sender = {"postalAddress": place, "contactInformation": {"phone": name, "fullName": name}}
    recipient = sender | {"postalAddress": place | {"countryCode": "GB"}}
    waybill = dhl.shipped(sender=sender, recipient=recipient)
    dhl.box.advance(by="9d")

    assert dhl.codes(waybill)[-1] == "OK"
    assert dhl.unified(waybill)["status"]["statusCode"] == "delivered"
    assert dhl.xml(dhl.known_request(waybill)).find("AWBInfo") is not None
    assert dhl.told("GET", f"/shipments/{waybill}/proof-of-delivery")["documents"]


@pytest.mark.parametrize("number", ["", " ", "9" * 5000, "JD014600000000000000", "٣" * 10, "%00"])
def test_no_number_breaks_anything(dhl, number):
    known = {400, 404}
    query = {"shipmentTrackingNumber": number}
    assert dhl.call("GET", "/tracking", **query).status_code in known
    assert dhl.ask(number).status_code in known
    assert dhl.xml(dhl.known_request(number)) is not None
