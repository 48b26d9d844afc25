"""FedEx's tracking, over the wire: through delivered and troubled journeys."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from mock_api.carriers.fedex.mock_numbers import MOCKS
from mock_api.carriers.fedex.words import DERIVED, SAYS
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.fedex import BOX, Fedex

TRACK = "/track/v1/trackingnumbers"
DOCUMENTS = "/track/v1/trackingdocuments"
UNKNOWN = "770000009997"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
OFFICIAL = """AA AC AD AF AO AP AR AX CA CH DD DE DL DP DR DS DY EA ED EO EP FD HL HP IT IX LO OC OD
OF Ow OX PD PF PL PM PU PX RR RM RC RS RP LP RG RD SE SF SP TR CC CD CP"""


@pytest.fixture
def fedex(open_box):
    return Fedex(open_box())


# Vocabulary.


@pytest.mark.parametrize("scan", Scan)
def test_every_scan_has_its_words(scan):
    said = SAYS[scan]
    assert said.event in OFFICIAL.split()
    assert said.description
    assert said.derived in DERIVED
    assert (said.standing or said.derived) in DERIVED


# A whole life.


def test_a_label_is_a_parcel_of_the_world_until_somebody_signs(fedex):
    number = fedex.shipped()
    assert fedex.standing(number) == ("OC", ["OC"])
    assert fedex.seen(number)["latestStatusDetail"]["derivedCode"] == "IN"

    fedex.until_delivered(number)
    code, events = fedex.standing(number)
    assert code == "DL"
    assert events == ["DL", "OD", "AR", "CC", "PL", "DP", "AR", "PU", "OC"]


def test_a_delivered_parcel_tells_by_whom_where_and_when(fedex):
    number = fedex.shipped()
    fedex.until_delivered(number)
    seen = fedex.seen(number)
    delivered, *_, taken, announced = seen["scanEvents"]

    assert delivered["scanLocation"] == {
        "city": "London",
        "postalCode": "WC2N 5HR",
        "countryCode": "GB",
        "countryName": "United Kingdom",
    }
    assert taken["scanLocation"]["countryCode"] == announced["scanLocation"]["countryCode"] == "CN"
    assert delivered["date"].endswith("+00:00")
    assert taken["date"].endswith("+08:00")
    assert all(DATE.fullmatch(event["date"]) for event in seen["scanEvents"])
    dates = {each["type"]: each["dateTime"] for each in seen["dateAndTimes"]}
    assert dates["ACTUAL_DELIVERY"] == delivered["date"]
    assert dates["ACTUAL_PICKUP"] == taken["date"]
    assert dates["SHIP"] == announced["date"]
    assert seen["deliveryDetails"]["receivedByName"] == "Ada Byron"
    assert seen["availableImages"] == [{"type": "SIGNATURE_PROOF_OF_DELIVERY"}]
    assert seen["serviceDetail"]["type"] == "FEDEX_INTERNATIONAL_PRIORITY"
    assert seen["shipmentDetails"]["weight"] == [{"unit": "KG", "value": "1.2"}]


def test_on_the_way_it_says_by_when_it_is_expected(fedex):
    number = fedex.shipped()
    assert "estimatedDeliveryTimeWindow" not in fedex.seen(number)
    fedex.box.advance(by="1d")
    window = fedex.seen(number)["estimatedDeliveryTimeWindow"]["window"]
    assert window["begins"] == "2030-01-10T18:00:00+00:00"
    assert window["ends"] == "2030-01-14T18:00:00+00:00"


def test_without_details_only_the_newest_event_is_told(fedex):
    number = fedex.shipped()
    fedex.box.advance(by="1d")
    assert len(fedex.seen(number)["scanEvents"]) > 1
    (newest,) = fedex.seen(number, detailed=False)["scanEvents"]
    assert newest == fedex.seen(number)["scanEvents"][0]


def test_a_parcel_of_an_order_is_seen_as_any_other(fedex):
    box = fedex.box
    order = box.released(shipping="seller")
    booked = box.control("POST", "/carriers/fedex/book", {"order_id": order})
    number = booked["tracking_number"]
    assert fedex.standing(number) == ("OC", ["OC"])
    assert fedex.seen(number)["shipperInformation"]["address"]["countryCode"] == "CN"
    fedex.until_delivered(number)
    assert fedex.seen(number)["deliveryDetails"]["receivedByName"]


def test_what_comes_back_from_its_buyer_is_sent_by_the_buyer(fedex):
    box = fedex.box
    order = box.shipped()
    box.until(order, "DELIVERED")
    box.control("POST", f"/buyers/{order}/request_return")
    found = box.data("POST", "/return_refund/202309/returns/search", {"order_ids": [order]})
    path = f"/return_refund/202309/returns/{found['return_orders'][0]['return_id']}/approve"
    box.data("POST", path, {"decision": "APPROVE_RETURN"})
    box.control("POST", f"/buyers/{order}/ship_return", {"carrier": "fedex"})
    registry = box.inside.world.registry
    (home,) = registry.parcels_home(registry.order(order))
    seen = fedex.seen(home.tracking_number)

    assert seen["shipperInformation"]["address"]["countryCode"] == "GB"
    assert seen["recipientInformation"]["address"]["countryCode"] == "CN"
    assert seen["scanEvents"][-1]["date"].endswith("+00:00")
    assert seen["serviceDetail"]["type"] == "FEDEX_INTERNATIONAL_PRIORITY"


# Trouble.


def test_customs_hold_a_parcel_and_let_it_go(fedex):
    number = fedex.shipped()
    fedex.carrier_does("customs_hold", number, **{"for": "2d"})
    codes = set()
    for _ in range(60):
        fedex.box.advance(by="6h")
        codes.add(fedex.standing(number)[0])
    code, events = fedex.standing(number)
    assert code == "DL"
    assert {"CD", "CC"} <= set(events)
    assert "CD" in codes


def test_nobody_is_there_and_the_courier_comes_again(fedex):
    number = fedex.shipped()
    fedex.carrier_does("plan", number, mishap="attempt_failed")
    fedex.until_delivered(number)
    events = fedex.seen(number)["scanEvents"]
    failed = [event for event in events if event["eventType"] == "DE"]
    assert [event["exceptionCode"] for event in failed] == ["08"]
    assert failed[0]["delayDetail"] == {"status": "DELAYED"}


def test_a_parcel_that_nobody_takes_waits_and_goes_home(fedex):
    number = fedex.shipped()
    fedex.carrier_does("plan", number, mishap="undeliverable")
    standings = []
    for _ in range(150):
        fedex.box.advance(by="12h")
        seen = fedex.seen(number)
        standings.append(seen["latestStatusDetail"]["code"])
        if seen["scanEvents"][0]["derivedStatusCode"] == "DL":
            break
    assert "HL" in standings
    assert standings[-1] == "RS"
    assert seen["scanEvents"][0]["scanLocation"]["city"] == "Shenzhen"
    assert fedex.error("POST", DOCUMENTS, fedex.document_body(number))[0] == 400


def test_lost_and_late_parcels_say_so(fedex):
    late, lost = fedex.shipped(), fedex.shipped()
    fedex.box.advance(by="1d")
    fedex.carrier_does("delay", late, **{"for": "2d"})
    fedex.carrier_does("lose", lost)
    assert fedex.standing(late)[0] == "DY"
    standing = fedex.seen(lost)["latestStatusDetail"]
    assert (standing["code"], standing["derivedCode"]) == ("SE", "SE")
    assert standing["ancillaryDetails"][0]["reasonDescription"].startswith("Shipment lost")


# Numbers.


def test_an_unknown_number_is_an_error_inside_of_a_success(fedex):
    seen = fedex.seen(UNKNOWN)
    assert seen["error"]["code"] == "TRACKING.TRACKINGNUMBER.NOTFOUND"
    assert "scanEvents" not in seen


@pytest.mark.parametrize(
    ("number", "code"),
    [("", "EMPTY"), ("1Z12345E6605272234", "INVALID"), ("12", "INVALID"), ("7" * 12, "NOTFOUND")],
)
def test_each_number_has_its_own_flaw(fedex, number, code):
    assert fedex.seen(number)["error"]["code"] == f"TRACKING.TRACKINGNUMBER.{code}"


def test_another_carriers_number_is_unknown(fedex):
    box = fedex.box
    order = box.released(shipping="seller")
    number = box.control("POST", "/carriers/dhl/book", {"order_id": order})["tracking_number"]
    assert fedex.seen(number)["error"]["code"] == "TRACKING.TRACKINGNUMBER.NOTFOUND"


def test_numbers_are_answered_in_the_order_of_asking_and_no_more_than_thirty(fedex):
    number = fedex.shipped()
    results = fedex.track(UNKNOWN, number)["completeTrackResults"]
    assert [each["trackingNumber"] for each in results] == [UNKNOWN, number]
    assert len(fedex.track(*[number] * 30)["completeTrackResults"]) == 30

    infos = [{"trackingNumberInfo": {"trackingNumber": number}}] * 31
    too_many = fedex.error("POST", TRACK, {"trackingInfo": infos})
    assert too_many == (400, "TRACKING.TRACKINGNUMBERS.LIMITEXCEEDED")
    none = fedex.error("POST", TRACK, {"trackingInfo": []})
    assert none == (400, "TRACKING.TRACKINGNUMBER.EMPTY")


# FedEx's own test numbers.

STATES = {
    "449044304137821": "OC",
    "149331877648230": "PX",
    "020207021381215": "PU",
    "403934084723025": "AR",
    "920241085725456": "AR",
    "568838414941": "SF",
    "039813852990618": "DP",
    "231300687629630": "OD",
    "122816215025810": "DL",
    "377101283611590": "DE",
    "852426136339213": "DE",
    "797615467620": "DE",
    "957794015041323": "DE",
    "076288115212522": "DE",
    "581190049992": "CD",
    "843119172384577": "HL",
    "070358180009382": "CA",
}


def test_every_mock_number_is_listed_here():
    assert MOCKS.keys() == STATES.keys()


@pytest.mark.parametrize(("number", "code"), STATES.items())
def test_a_mock_number_stands_still_in_its_state(fedex, number, code):
    output = fedex.track(number)
    (complete,) = output["completeTrackResults"]
    (result,) = complete["trackResults"]
    assert result["latestStatusDetail"]["code"] == code
    assert result["scanEvents"][-1]["eventType"] == "OC"
    assert output["alerts"][0]["code"] == "VIRTUAL.RESPONSE"
    fedex.box.advance(by="1d")
    assert fedex.track(number) == output


def test_mock_numbers_say_what_recorded_answers_say(fedex):
    held, returned = fedex.seen("843119172384577"), fedex.seen("076288115212522")
    assert held["latestStatusDetail"]["statusByLocale"] == "Ready for pickup"
    assert held["scanEvents"][0]["eventType"] == "HP"
    assert returned["latestStatusDetail"]["ancillaryDetails"][0]["reason"] == "060G"
    assert returned["scanEvents"][0]["eventType"] == "RS"
    vehicle = fedex.seen("231300687629630")["latestStatusDetail"]
    assert (vehicle["derivedCode"], vehicle["description"]) == (
        "IT",
        "On FedEx vehicle for delivery",
    )


def test_what_is_nobodys_mock_bears_no_such_remark(fedex):
    assert "alerts" not in fedex.track(fedex.shipped())


# Proofs of delivery.


@pytest.mark.parametrize("form", ["PNG", "PDF"])
def test_a_delivered_parcel_has_a_proof(fedex, form):
    number = fedex.shipped()
    fedex.until_delivered(number)
    output = fedex.output("POST", DOCUMENTS, fedex.document_body(number, form))
    (document,) = output["documents"]
    raw = b64decode(document)

    assert output["documentType"] == "SIGNATURE_PROOF_OF_DELIVERY"
    if form == "PNG":
        assert Image.open(BytesIO(raw)).format == "PNG"
    else:
        text = PdfDocument(raw)[0].get_textpage().get_text_bounded()
        assert number in text
        assert "Ada Byron" in text


def test_there_is_no_proof_before_a_delivery_nor_of_what_is_unknown(fedex):
    unavailable = (400, "TRACKINGDOCUMENT.DOCUMENT.UNAVAILABLE")
    number = fedex.shipped()
    assert fedex.error("POST", DOCUMENTS, fedex.document_body(number)) == unavailable
    unknown = (404, "TRACKING.TRACKINGNUMBER.NOTFOUND")
    assert fedex.error("POST", DOCUMENTS, fedex.document_body(UNKNOWN)) == unknown
    held = fedex.document_body("843119172384577")
    assert fedex.error("POST", DOCUMENTS, held) == unavailable
    assert fedex.output("POST", DOCUMENTS, fedex.document_body("122816215025810"))["documents"]
    bill = fedex.document_body(number)
    bill["trackDocumentDetail"]["documentType"] = "BILL_OF_LADING"
    assert fedex.error("POST", DOCUMENTS, bill) == unavailable
    wrong = fedex.document_body(number, "GIF")
    assert fedex.error("POST", DOCUMENTS, wrong) == (422, "INVALID.INPUT.EXCEPTION")
    nothing = fedex.document_body("")
    assert fedex.error("POST", DOCUMENTS, nothing)[1] == "TRACKING.TRACKINGNUMBER.EMPTY"


def test_without_a_token_only_a_lenient_sandbox_gives_the_proof(open_box):
    def asked_bare(fedex):
        number = fedex.shipped()
        fedex.until_delivered(number)
        answer = fedex.http.post(DOCUMENTS, json=fedex.document_body(number))
        return answer.status_code

    assert asked_bare(Fedex(open_box())) == 401
    assert asked_bare(Fedex(open_box(lenient=["fedex"]))) == 200


def test_several_boxes_travel_each_with_its_own_record(fedex):
    transaction = fedex.ship(requestedPackageLineItems=[BOX, BOX])
    first, second = (piece["trackingNumber"] for piece in transaction["pieceResponses"])
    fedex.box.advance(by="1d")
    fedex.carrier_does("lose", second)
    assert fedex.standing(second)[0] == "SE"
    assert fedex.standing(first)[0] != "SE"
