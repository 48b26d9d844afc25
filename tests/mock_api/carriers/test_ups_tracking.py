"""UPS: what Track shows of a package on its way, and what Track Alert tells of it."""

from itertools import pairwise
from pathlib import Path

import pytest

from mock_api.carriers.ups.pushes import LIVES
from mock_api.carriers.ups.words import SAID
from mock_api.settings import Limits, ServerSettings
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.parcels import coming_back
from tests.mock_api.carriers.pushed import Pushed, listening
from tests.mock_api.carriers.ups import Ups, package

DAY = 86_400
ON_ITS_WAY = [("M", "MP"), ("I", "OR"), ("I", "AR"), ("I", "DP"), ("I", "AR"), ("I", "DA")]
HOME = [*ON_ITS_WAY, ("I", "AR"), ("I", "OT"), ("D", "FS")]


@pytest.fixture
def ups(box):
    return Ups(box)


class Inbox(Pushed):
    @property
    def codes(self):
        return [each["activityStatus"]["code"] for each in self.news]


@pytest.fixture
def inbox():
    with listening(Inbox()) as inbox:
        yield inbox


# Words.


def test_every_scan_has_its_words():
    assert SAID.keys() == set(Scan)
    assert {said.type for said in SAID.values()} <= {"M", "MV", "I", "X", "U", "D"}
    assert all(len(said.code) == 2 and len(said.status_code) == 3 for said in SAID.values())


def test_the_page_has_the_same_words():
    page = (Path(__file__).parents[3] / "docs/ups-api.md").read_text(encoding="utf-8")
    for scan, said in SAID.items():
        row = f"| `{scan}` | {said.type} {said.code} {said.status_code} | {said.description} |"
        assert row in page


# Journeys.


def test_a_label_alone_is_a_manifest(ups):
    number = ups.shipped()
    found = ups.package(number)
    (activity,) = found["activity"]
    assert activity["status"]["simplifiedTextDescription"] == "Shipment Ready for UPS"
    assert activity["location"]["address"] == {"country": "CN", "countryCode": "CN"}
    assert found["currentStatus"] == activity["status"]
    assert "deliveryInformation" not in found


def test_a_package_is_fetched_travels_and_is_delivered(ups):
    number = ups.shipped(ReferenceNumber=[{"Value": "PO-7"}])
    ups.box.advance(by="10d")
    found = ups.package(number)
    newest, oldest = found["activity"][0], found["activity"][-1]

    assert ups.codes(number) == HOME
    assert newest["location"]["address"] == {
        "city": "New York",
        "stateProvince": "NY",
        "postalCode": "10118",
        "country": "US",
        "countryCode": "US",
    }
    assert newest["gmtOffset"] == "-05:00"
    assert oldest["gmtOffset"] == "+08:00"
    assert found["deliveryDate"] == [{"type": "DEL", "date": newest["date"]}]
    assert found["deliveryTime"] == {"type": "DEL", "endTime": newest["time"]}
    assert found["deliveryInformation"]["receivedBy"] == "Ann Example"
    assert found["service"] == {"code": "65", "description": "UPS Worldwide Saver"}
    assert found["weight"] == {"unitOfMeasurement": "KGS", "weight": "1.2"}
    assert found["referenceNumber"] == [{"type": "SHIPMENT", "number": "PO-7"}]
    assert [each["type"] for each in found["packageAddress"]] == ["ORIGIN", "DESTINATION"]


def test_a_day_is_scheduled_once_ups_has_it_and_rescheduled_if_it_is_late(ups):
    number = ups.shipped()
    assert ups.package(number)["deliveryDate"] == []
    ups.box.advance(by="1d")
    (scheduled,) = ups.package(number)["deliveryDate"]
    assert scheduled == {"type": "SDD", "date": "20300114"}
    wish = {"tracking_number": number, "for": "2d"}
    ups.box.control("POST", "/carriers/ups/delay", wish)
    assert ups.codes(number)[-1] == ("X", "DJ")
    (rescheduled,) = ups.package(number)["deliveryDate"]
    assert rescheduled == {"type": "RDD", "date": "20300116"}


def test_what_goes_back_is_not_expected_any_more(ups):
    number = ups.shipped()
    wish = {"tracking_number": number, "mishap": "refused"}
    ups.box.control("POST", "/carriers/ups/plan", wish)
    ups.box.advance(by="60d")
    found = ups.package(number)
    assert found["currentStatus"]["code"] == "DL"
    assert found["deliveryDate"] == []
    assert "deliveryTime" not in found


def test_what_comes_back_from_its_buyer_is_announced_by_the_buyers_clocks(ups):
    home = coming_back(ups.box, "ups")
    manifest = ups.package(home)["activity"][-1]
    assert manifest["status"]["code"] == "MP"
    assert manifest["location"]["address"]["countryCode"] == "GB"
    assert manifest["gmtOffset"] == "+00:00"
    assert (manifest["date"], manifest["time"]) == (manifest["gmtDate"], manifest["gmtTime"])


@pytest.mark.parametrize(
    ("mishap", "codes"),
    [
        ("customs_hold", [("X", "DE")]),
        ("attempt_failed", [("X", "G3")]),
        ("damaged", [("X", "A1")]),
        ("refused", [("X", "AM"), ("X", "RS"), ("I", "RS"), ("I", "DL")]),
        ("lost", [("X", "GJ")]),
    ],
)
def test_trouble_is_told_in_upss_codes(ups, mishap, codes):
    number = ups.shipped()
    wish = {"tracking_number": number, "mishap": mishap}
    ups.box.control("POST", "/carriers/ups/plan", wish)
    ups.box.advance(by="60d")
    told = ups.codes(number)
    assert [code for code in codes if code in told] == codes
    assert (told[-1] == ("D", "FS")) == (len(codes) == 1 and mishap != "lost")


def test_a_package_of_the_platforms_order_is_seen_without_its_peoples_names(ups):
    order = ups.box.released(shipping="seller")
    told = ups.box.control("POST", "/carriers/ups/book", {"order_id": order})
    found = ups.package(told["tracking_number"])

    assert found["currentStatus"]["code"] == "MP"
    assert all("name" not in each for each in found["packageAddress"])
    assert "weight" not in found
    ups.box.advance(by="10d")
    assert ups.codes(told["tracking_number"]) == HOME


# Numbers that are not its own.


@pytest.mark.parametrize(
    "number", ["1Z12345E1505270452", "1Z999AA10123456784", "9356579890", "YT3000700000000001"]
)
def test_an_unknown_number_is_a_warning_and_no_error(ups, number):
    assert ups.track(number) == {
        "inquiryNumber": number,
        "warnings": [{"code": "TW0001", "message": "Tracking Information Not Found"}],
    }


def test_another_sandboxs_package_is_unknown_to_it(ups, open_box):
    other = Ups(open_box())
    assert "package" not in other.track(ups.shipped())


def test_after_a_reset_nothing_is_known_and_the_token_still_good(ups, inbox):
    number = ups.shipped()
    ups.subscribe(inbox.url, number)
    ups.box.control("POST", "/reset")
    assert "package" not in ups.track(number)
    assert ups.shipped() == number  # it begins as it began
    ups.box.advance(by="10d")
    assert ups.codes(number) == HOME
    assert inbox.codes == []


def test_another_carriers_package_is_unknown_to_it(ups):
    order = ups.box.place_one(behaviour="prompt")
    ups.box.until(order, "IN_TRANSIT")
    facts = ups.box.journal(kind="ParcelScanned")
    number = ups.box.inside.world.parcel(facts[0]["parcel_id"]).tracking_number
    assert "package" not in ups.track(number)


@pytest.mark.parametrize("number", ["1Z123", "1Z12345E66052722345", "abc", "1" * 35, "1Z-345E660"])
def test_a_malformed_number_is_refused(ups, number):
    path = f"/api/track/v1/details/{number}"
    assert ups.refused("GET", path) == (400, "TV1002")


def test_data_is_rolled_off_after_120_days(ups):
    number = ups.shipped()
    ups.box.advance(by="100d")
    assert ups.codes(number) == HOME
    ups.box.advance(by="40d")
    assert ups.track(number)["warnings"][0]["code"] == "TW0001"


@pytest.mark.parametrize(
    ("number", "last"),
    [
        ("1Z12345E6605272234", ("D", "FS")),
        ("1Z12345E0205271688", ("D", "FS")),
        ("1Z12345E1305277940", ("I", "OR")),
        ("1Z12345E6205277936", ("X", "G3")),
    ],
)
def test_the_test_environments_numbers_are_snapshots(ups, number, last):
    before = ups.package(number)
    assert ups.codes(number)[-1] == last
    ups.box.advance(by="30d")
    assert ups.package(number) == before


# Track Alert.


def test_events_are_told_with_the_credential_as_they_happen(ups, inbox):
    number = ups.shipped()
    told = ups.subscribe(inbox.url, number).json()
    assert told == {"validTrackingNumbers": [number]}
    ups.box.advance(by="10d")

    assert inbox.codes == [code for _, code in HOME[1:]]
    headers, _ = inbox.heard[0]
    first, *_, last = inbox.news
    assert headers["credential"] == "open sesame"
    assert headers["User-Agent"] == "UPSPubSubTrackingService"
    assert first["activityStatus"] == {
        "type": "I",
        "code": "OR",
        "description": "On the Way",
        "descriptionCode": "005",
    }
    assert (first["scheduledDeliveryDate"], first["actualDeliveryDate"]) == ("20300114", "")
    assert first["deliveryTimeDescription"] == "end of day"
    assert last["activityLocation"]["postalCode"] == "10118"
    assert last["actualDeliveryDate"] == last["localActivityDate"]
    assert {each["kind"] for each in ups.box.webhooks()} == {"ups.event"}


def test_what_a_receiver_misses_is_lost(ups, inbox):
    number = ups.shipped()
    inbox.answers = [500]
    ups.subscribe(inbox.url, number)
    ups.box.advance(by="10d")

    assert inbox.codes == [code for _, code in HOME[1:]]
    states = [each["state"] for each in ups.box.webhooks()]
    assert states == ["dropped", *["delivered"] * (len(states) - 1)]
    assert [len(each["attempts"]) for each in ups.box.webhooks()] == [1] * len(states)


def test_a_planned_fault_spoils_the_credential(ups, inbox):
    number = ups.shipped()
    wish = {"what": "webhook_wrong_signature", "operation": "ups.event", "times": 1}
    ups.box.control("POST", "/faults", wish)
    ups.subscribe(inbox.url, number)
    ups.box.advance(by="2d")
    assert inbox.heard[0][0]["credential"] == "0" * len("open sesame")
    assert inbox.heard[1][0]["credential"] == "open sesame"


def test_a_subscription_lives_for_fourteen_days(open_box, inbox):
    ups = Ups(open_box(pickups="on_call"))
    number = ups.shipped()
    ups.subscribe(inbox.url, number)
    (hook,) = ups.box.inside.hooks.of("ups")
    assert hook.ends_at == ups.box.now + LIVES == ups.box.now + 14 * DAY
    ups.box.advance(by="13d")
    ups.book("20300122")
    ups.box.advance(by="3d")
    assert ("I", "OR") in ups.codes(number)
    assert inbox.codes == []
    ups.subscribe(inbox.url, number)
    ups.box.advance(by="10d")
    assert inbox.codes[-1] == "FS"


def test_who_subscribes_again_is_told_at_the_new_address_only(ups, inbox):
    number = ups.shipped()
    ups.subscribe("http://127.0.0.1:9/", number)
    ups.subscribe(inbox.url, number, level="enhanced")
    ups.box.advance(by="2d")
    assert {each["url"] for each in ups.box.webhooks()} == {inbox.url}
    assert inbox.news[0]["deliveryPhoto"] == ""


def test_a_void_is_told(ups, inbox):
    number, other = (
        each["TrackingNumber"]
        for each in ups.ship(packages=[package(), package()])["PackageResults"]
    )
    ups.subscribe(inbox.url, number, other)
    ups.told("DELETE", f"/api/shipments/v2409/void/cancel/{number}")
    ups.box.advance(by="1s")
    assert inbox.codes == ["MV", "MV"]
    assert {body["trackingNumber"] for body in inbox.news} == {number, other}


def test_the_test_numbers_tell_several_events_one_second_apart(ups, inbox):
    told = ups.subscribe(inbox.url, "1ZCIETST0111111114").json()
    assert told == {"validTrackingNumbers": ["1ZCIETST0111111114"]}
    for heard in range(7):
        assert len(inbox.heard) == min(heard, 6)
        ups.box.advance(by="1s")
    assert inbox.codes == ["MP", "OR", "DP", "AR", "OT", "FS"]
    seconds = [int(body["gmtActivityTime"]) for body in inbox.news]
    assert {later - earlier for earlier, later in pairwise(seconds)} == {1}


def test_the_other_test_number_tells_of_trouble_and_may_be_played_again(ups, inbox):
    ups.subscribe(inbox.url, "1ZCIETST0422222228")
    ups.box.advance(by="3s")
    ups.subscribe(inbox.url, "1ZCIETST0422222228")
    ups.box.advance(by="1m")
    once = ["MP", "OR", "DP", "AR", "OT", "G3", "OT", "FS"]
    assert inbox.codes == [*once[:3], *once]


def test_playing_test_numbers_leaves_the_world_as_it_was(ups, inbox):
    before = ups.box.mark()
    ups.subscribe(inbox.url, "1ZCIETST0111111114")
    ups.box.advance(by="1m")
    assert ups.box.mark() == before


@pytest.mark.parametrize(
    "number", ["1Z12345E0205271688", "1Z12345E1305277940", "1Z12345E6205277936"]
)
def test_published_numbers_are_taken_as_they_are(ups, inbox, number):
    assert ups.subscribe(inbox.url, number).json() == {"validTrackingNumbers": [number]}


def test_numbers_that_cannot_be_upss_are_listed(ups, inbox):
    told = ups.subscribe(inbox.url, "1Z12345E6605272234", "1Z1234567$8", "9356579890").json()
    assert told == {
        "validTrackingNumbers": ["1Z12345E6605272234"],
        "invalidTrackingNumbers": ["1Z1234567$8", "9356579890"],
    }


NUMBER = "1Z12345E6605272234"
URL = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"locale": ""}, "VSS300"),
        ({"locale": "english"}, "VSS310"),
        ({"countryCode": "USA"}, "VSS400"),
        ({"destination": None}, "VSS500"),
        ({"destination": {"url": ""}}, "VSS600"),
        ({"destination": {"url": "http://x/" + "y" * 2048}}, "VSS610"),
        ({"destination": {"url": URL}}, "VSS700"),
        ({"destination": {"url": URL, "credential": "x"}}, "VSS800"),
        ({"trackingNumberList": None}, "VSS200"),
        ({"trackingNumberList": ["1Z"]}, "VSS210"),
        ({"trackingNumberList": [NUMBER] * 101}, "VSS220"),
        ({"level": "golden"}, "VSS930"),
        (
            {"destination": {"url": "ftp://x", "credential": "x", "credentialType": "x"}},
            "VSS000",
        ),
    ],
)
def test_a_subscription_that_is_none_has_its_code(ups, edits, code):
    answer = ups.subscribe(URL, NUMBER, **edits)
    (error,) = answer.json()["response"]["errors"]
    assert (answer.status_code, error["code"]) == (400, code)
    assert ups.box.inside.hooks.of("ups") == []


def test_a_subscription_for_which_there_is_no_room_leaves_nothing_until_others_have_ended(serve):
    served = serve(ServerSettings(limits=Limits(hooks=2)))
    ups = Ups(served.open())
    first, second, third = (ups.shipped() for _ in range(3))
    ups.subscribe(URL, first)
    answer = ups.subscribe(URL, second, third)
    (error,) = answer.json()["response"]["errors"]
    assert (answer.status_code, error["code"]) == (400, "VSS000")
    assert [hook.number for hook in ups.box.inside.hooks.of("ups")] == [first]

    ups.box.advance(by="15d")
    assert ups.subscribe(URL, second, third).is_success
    assert [hook.number for hook in ups.box.inside.hooks.of("ups")] == [second, third]


def test_track_alert_wants_its_two_headers(ups):
    path = "/api/track/v1/subscription/standard/package"
    body = ups.alert_body(URL, NUMBER)
    assert ups.refused("POST", path, body) == (400, "VSS002")
    assert ups.refused("POST", path, body, transId="1") == (400, "VSS004")
    told = ups.call("POST", path, transId="1", transactionSrc="x")
    assert told.json()["response"]["errors"][0]["code"] == "VSS110"
