"""FedEx's rates and labels, over the wire."""

import json
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from mock_api.carriers.fedex.callers import ANY, project_of
from mock_api.settings import ServerSettings
from simulator.carriers.numbers import checks
from tests.mock_api.carriers.fedex import BOX, BUYER, ECONOMY, PRIORITY, SENDER, Fedex

AMERICAN = {
    "contact": {"personName": "Bo Li", "phoneNumber": "2015550101"},
    "address": {
        "streetLines": ["9 Main St"],
        "city": "Hoboken",
        "stateOrProvinceCode": "NJ",
        "postalCode": "07030",
        "countryCode": "US",
    },
}


@pytest.fixture
def fedex(open_box):
    return Fedex(open_box())


# Authorization.


def test_a_token_is_for_one_project_and_lives_an_hour(fedex):
    told = fedex.authorize().json()
    assert told["access_token"]
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("bearer", 3599, "CXS")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"client_secret": "wrong"}, (401, "NOT.AUTHORIZED.ERROR")),
        ({"client_id": "nobody"}, (401, "NOT.AUTHORIZED.ERROR")),
        ({"client_id": ""}, (401, "NOT.AUTHORIZED.ERROR")),
        ({"grant_type": "password"}, (400, "BAD.REQUEST.ERROR")),
    ],
)
def test_bad_credentials_get_no_token(fedex, edits, expected):
    answer = fedex.authorize(**edits)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == expected
    assert answer.json()["transactionId"]


def test_the_secret_of_one_project_is_not_the_others(fedex):
    secret = fedex.credentials["track_client_secret"]
    assert fedex.authorize(client_secret=secret).status_code == 401


def test_a_token_of_one_project_does_not_open_the_calls_of_the_other(fedex):
    number = fedex.shipped()
    asked = {"trackingInfo": [{"trackingNumberInfo": {"trackingNumber": number}}]}
    refused = (401, "NOT.AUTHORIZED.ERROR")
    assert fedex.error("POST", "/track/v1/trackingnumbers", asked, project="ship") == refused
    quote = fedex.quote_body()
    assert fedex.error("POST", "/rate/v1/rates/quotes", quote, project="track") == refused


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic abc", ""])
def test_without_a_token_nothing_opens(fedex, header):
    path, body = "/rate/v1/rates/quotes", fedex.quote_body()
    assert fedex.error("POST", path, body, Authorization=header) == (401, "NOT.AUTHORIZED.ERROR")


def test_where_any_credentials_will_do_they_open_both_projects_and_any_account(serve):
    served = serve(ServerSettings(any_credentials=True))
    told = served.http.get("/_seatrial/sandboxes/default").json()
    fedex = Fedex(type("Default", (), {"served": served, "told": told, "now": 0})())
    fedex.credentials = {"client_id": "x", "client_secret": "y", "account": "1"}
    fedex.tokens["track"] = fedex.token("ship")

    assert fedex.quotes()["rateReplyDetails"]
    assert fedex.standing(fedex.shipped())[0] == "OC"
    assert project_of(served.app.state.sandboxes.get("default"), "x") == ANY

    known = Fedex(fedex.box)
    wrong = known.quote_body() | {"accountNumber": {"value": "1"}}
    assert known.error("POST", "/rate/v1/rates/quotes", wrong)[1] == "ACCOUNT.NUMBER.INVALID"


def test_the_customers_own_id_of_a_transaction_comes_back(fedex):
    headers = {"x-customer-transaction-id": "AnyCo_order123"}
    answer = fedex.call("POST", "/rate/v1/rates/quotes", fedex.quote_body(), **headers)
    refused = fedex.call("POST", "/rate/v1/rates/quotes", {}, **headers)

    assert answer.json()["customerTransactionId"] == "AnyCo_order123"
    assert refused.json()["customerTransactionId"] == "AnyCo_order123"
    assert answer.json()["transactionId"] != refused.json()["transactionId"]


def test_answers_are_compressed_for_whoever_takes_that_and_the_log_reads_them(fedex):
    body = fedex.quote_body()
    squeezed = fedex.call("POST", "/rate/v1/rates/quotes", body, **{"accept-encoding": "gzip"})
    plain = fedex.call("POST", "/rate/v1/rates/quotes", body, **{"accept-encoding": "identity"})

    assert squeezed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert squeezed.json()["output"] == plain.json()["output"]
    logged = [each["answer"] for each in fedex.box.exchanges()[-2:]]
    assert all(json.loads(answer)["output"] for answer in logged)


# Rates.


def test_a_quote_has_both_services_with_their_prices_and_promises(fedex):
    replies = fedex.quotes()["rateReplyDetails"]
    assert [reply["serviceType"] for reply in replies] == [PRIORITY, ECONOMY]
    account, listed = replies[0]["ratedShipmentDetails"]

    assert (account["rateType"], listed["rateType"]) == ("ACCOUNT", "LIST")
    assert account["currency"] == "CNY"
    assert 0 < account["totalNetCharge"] < listed["totalNetCharge"]
    assert listed["totalDiscounts"] == 0
    for rated in (account, listed):
        surcharges = sum(each["amount"] for each in rated["shipmentRateDetail"]["surCharges"])
        net = rated["totalBaseCharge"] - rated["totalDiscounts"] + surcharges
        assert rated["totalNetCharge"] == pytest.approx(net)
    # 1.2 kg in steps of half a kilogram; a Monday, and five working days.
    assert account["shipmentRateDetail"]["totalBillingWeight"] == {"units": "KG", "value": 1.5}
    assert replies[0]["operationalDetail"]["commitDate"] == "2030-01-14T18:00:00"
    assert replies[0]["operationalDetail"]["transitTime"] == "FIVE_DAYS"


def test_size_weighs_by_five_thousand(fedex):
    large = BOX | {"dimensions": {"length": 20, "width": 20, "height": 20, "units": "IN"}}
    (reply, _) = fedex.quotes(requestedPackageLineItems=[large])["rateReplyDetails"]
    detail = reply["ratedShipmentDetails"][0]["shipmentRateDetail"]
    # 50.8³ / 5000 = 26.2 kg, in whole kilograms.
    assert detail["totalBillingWeight"]["value"] == 27.0
    assert detail["dimDivisor"] == 5000


def test_one_service_may_be_asked_for_by_its_former_name_too(fedex):
    for name in (PRIORITY, "INTERNATIONAL_PRIORITY"):
        (reply,) = fedex.quotes(serviceType=name)["rateReplyDetails"]
        assert reply["serviceType"] == PRIORITY


def test_nobody_converts_money(fedex):
    kinds = ["PREFERRED", "ACCOUNT"]
    (reply, _) = fedex.quotes(rateRequestType=kinds, preferredCurrency="USD")["rateReplyDetails"]
    assert [each["rateType"] for each in reply["ratedShipmentDetails"]] == ["ACCOUNT"]
    (reply, _) = fedex.quotes(rateRequestType=kinds, preferredCurrency="CNY")["rateReplyDetails"]
    assert reply["ratedShipmentDetails"][0]["rateType"] == "PREFERRED_CURRENCY"


def test_transit_times_are_told_who_asks_for_them(fedex):
    body = fedex.quote_body()
    del body["rateRequestControlParameters"]
    (reply, _) = fedex.output("POST", "/rate/v1/rates/quotes", body)["rateReplyDetails"]
    assert "operationalDetail" not in reply


def test_within_a_country_services_have_their_names_there(fedex):
    home = AMERICAN | {}
    ends = {"shipper": {"address": home["address"]}, "recipient": {"address": home["address"]}}
    types = [reply["serviceType"] for reply in fedex.quotes(**ends)["rateReplyDetails"]]
    assert types == ["FEDEX_2_DAY", "FEDEX_EXPRESS_SAVER"]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"recipient": {"address": SENDER["address"]}}, (400, "RATE.LOCATION.NOSERVICE")),
        ({"shipper": {"address": BUYER["address"]}, "recipient": {"address": AMERICAN["address"]}},
         (400, "RATE.LOCATION.NOSERVICE")),
        ({"serviceType": "FEDEX_GROUND"}, (400, "SERVICETYPE.NOT.FOUND")),
        ({"requestedPackageLineItems": [{"weight": {"units": "LB", "value": 200}}]},
         (400, "PACKAGE.WEIGHT.INVALID")),
        ({"requestedPackageLineItems": [
            BOX | {"dimensions": {"length": 200, "width": 1, "height": 1, "units": "CM"}}]},
         (400, "SHIPMENT.PACKAGEDIMENSION.INVALID")),
        ({"requestedPackageLineItems": []}, (422, "INVALID.INPUT.EXCEPTION")),
        ({"requestedPackageLineItems": [{"weight": {"units": "KG", "value": 0}}]},
         (422, "INVALID.INPUT.EXCEPTION")),
        ({"recipient": {"address": {"countryCode": "Britain"}}}, (422, "INVALID.INPUT.EXCEPTION")),
    ],
)  # fmt: skip
def test_a_quote_is_refused_in_fedex_words(fedex, edits, expected):
    assert fedex.error("POST", "/rate/v1/rates/quotes", fedex.quote_body(**edits)) == expected


def test_a_refusal_of_a_field_says_which(fedex):
    body = fedex.ship_body(recipients=[{"address": BUYER["address"]}])
    (error,) = fedex.call("POST", "/ship/v1/shipments", body).json()["errors"]
    (flaw,) = error["parameterList"]
    assert flaw["key"] == "requestedShipment.recipients[0].contact"


def test_another_account_is_refused(fedex):
    body = fedex.quote_body() | {"accountNumber": {"value": "123456789"}}
    assert fedex.error("POST", "/rate/v1/rates/quotes", body) == (400, "ACCOUNT.NUMBER.INVALID")


def test_what_is_no_json_and_what_is_no_path_are_refused_in_fedex_words(fedex):
    headers = {
        "Authorization": f"Bearer {fedex.token('ship')}",
        "content-type": "application/json",
    }
    broken = fedex.http.post("/rate/v1/rates/quotes", content=b"{", headers=headers)
    assert (broken.status_code, broken.json()["errors"][0]["code"]) == (400, "BAD.REQUEST.ERROR")
    for method, path in (("POST", "/ship/v1/nothing"), ("GET", "/rate/v1/rates/quotes")):
        assert fedex.error(method, path, None) == (404, "NOT.FOUND.ERROR")


def test_nulls_and_unknown_fields_are_passed_over(fedex):
    extra = {"variableHandlingChargeDetail": None, "serviceType": None, "whatever": [1]}
    assert fedex.quotes(**extra)["rateReplyDetails"]


def test_a_ship_date_of_the_past_is_today_and_one_too_far_ahead_is_refused(open_box):
    strict, lenient = Fedex(open_box()), Fedex(open_box(lenient=["fedex"]))
    for day, promised in (("2026-11-27", "2030-01-14"), ("2030-01-09", "2030-01-16")):
        (reply, _) = strict.quotes(shipDateStamp=day)["rateReplyDetails"]
        assert reply["operationalDetail"]["commitDate"] == f"{promised}T18:00:00"
    refused = (400, "SHIPDATE.VALUE.INVALID")
    far = {"shipDatestamp": "9999-12-31"}
    assert strict.error("POST", "/ship/v1/shipments", strict.ship_body(**far)) == refused
    quote = strict.quote_body(shipDateStamp="9999-12-31")
    assert strict.error("POST", "/rate/v1/rates/quotes", quote) == refused
    assert lenient.ship(**far)["shipDatestamp"] == "2030-01-07"


# Labels.


def test_a_label_is_a_pdf_with_a_number_that_checks(fedex):
    transaction = fedex.ship()
    (piece,) = transaction["pieceResponses"]
    (document,) = piece["packageDocuments"]
    number = transaction["masterTrackingNumber"]

    assert checks("fedex", number)
    assert len(number) == 12
    assert piece["trackingNumber"] == number
    assert (document["contentType"], document["docType"]) == ("LABEL", "PDF")
    assert len(PdfDocument(b64decode(document["encodedLabel"]))) == 1
    assert transaction["serviceType"] == PRIORITY
    assert transaction["completedShipmentDetail"]["carrierCode"] == "FDXE"
    assert transaction["shipDatestamp"] == "2030-01-07"
    charged = transaction["completedShipmentDetail"]["shipmentRating"]["shipmentRateDetails"][0]
    quoted = fedex.quotes()["rateReplyDetails"][0]["ratedShipmentDetails"][0]
    assert charged["totalNetCharge"] == quoted["totalNetCharge"]


def test_a_label_may_be_a_picture_or_zpl(fedex):
    def image(image_type):
        (piece,) = fedex.ship(image_type=image_type)["pieceResponses"]
        return b64decode(piece["packageDocuments"][0]["encodedLabel"])

    assert Image.open(BytesIO(image("PNG"))).format == "PNG"
    assert image("ZPLII").startswith(b"^XA")
    unknown = fedex.ship_body(image_type="EPL2")
    assert fedex.error("POST", "/ship/v1/shipments", unknown)[0] == 422


@pytest.mark.parametrize("prefix", ["", "/fedex"])
@pytest.mark.parametrize(
    ("form", "mark"), [("PDF", b"%PDF"), ("PNG", b"\x89PNG"), ("ZPLII", b"^XA")]
)
def test_a_label_may_be_fetched_by_its_address_without_a_token(open_box, prefix, form, mark):
    fedex = Fedex(open_box(), prefix)
    (piece,) = fedex.ship("URL_ONLY", form)["pieceResponses"]
    (document,) = piece["packageDocuments"]

    assert "encodedLabel" not in document
    assert document["url"].startswith(f"{fedex.box.served.base}{prefix}/document/v1/")
    fetched = fedex.http.get(document["url"])
    assert fetched.status_code == 200
    assert fetched.content.startswith(mark)
    assert fedex.http.get(document["url"]).content == fetched.content


def test_an_address_that_was_tampered_with_leads_nowhere(fedex):
    (piece,) = fedex.ship("URL_ONLY")["pieceResponses"]
    url = piece["packageDocuments"][0]["url"]
    number = piece["trackingNumber"]
    for wrong in (
        url.replace(number, "770000000999"),
        url.replace(".pdf", ".png"),
        url.replace(".pdf", ".exe"),
        url.replace(fedex.box.id, "sb-0"),
    ):
        answer = fedex.http.get(wrong)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "NOT.FOUND.ERROR")


def test_several_boxes_have_a_number_and_a_label_each(fedex):
    pair = [BOX | {"groupPackageCount": 2}, BOX]
    transaction = fedex.ship(requestedPackageLineItems=pair)
    pieces = transaction["pieceResponses"]

    assert len({piece["trackingNumber"] for piece in pieces}) == 3
    assert pieces[0]["trackingNumber"] == transaction["masterTrackingNumber"]
    assert [piece["packageSequenceNumber"] for piece in pieces] == [1, 2, 3]
    seen = fedex.seen(pieces[2]["trackingNumber"])
    assert seen["packageDetails"]["sequenceNumber"] == "3"
    assert seen["additionalTrackingInfo"]["hasAssociatedShipments"]


def test_pickup_type_says_how_fedex_gets_it(fedex):
    for pickup_type, handover, on_call in (
        ("USE_SCHEDULED_PICKUP", "pickup", False),
        ("CONTACT_FEDEX_TO_SCHEDULE", "pickup", True),
        ("DROPOFF_AT_FEDEX_LOCATION", "drop_off", False),
    ):
        number = fedex.shipped(pickupType=pickup_type)
        parcel = fedex.box.inside.world.registry.parcel_numbered(number)
        assert (parcel.handover, parcel.on_call) == (handover, on_call)


def test_what_customs_are_told_is_kept(fedex):
    item = {"description": "mugs", "customsValue": {"amount": 12.5, "currency": "USD"}}
    number = fedex.shipped(customsClearanceDetail={"commodities": [item, item]})
    wish = fedex.box.inside.world.shippers.shipment_numbered(number).wish
    assert (wish.value_minor, wish.value_currency, wish.contents) == (2500, "USD", "mugs, mugs")


# Cancelling.


def test_a_label_is_cancelled_until_fedex_has_the_box(fedex):
    number = fedex.shipped()
    path, body = "/ship/v1/shipments/cancel", fedex.cancel_body(number)

    assert fedex.output("PUT", path, body)["cancelledShipment"] is True
    assert fedex.standing(number) == ("CA", ["CA", "OC"])
    assert fedex.error("PUT", path, body) == (400, "SHIPMENT.ALREADY.CANCELLED")

    fetched = fedex.shipped()
    fedex.box.advance(by="4h")
    assert fedex.standing(fetched)[0] == "PU"
    assert fedex.error("PUT", path, fedex.cancel_body(fetched)) == (400, "SHIPMENT.IN.TRANSIT")


def test_cancelling_wants_a_number_of_fedex_own(fedex):
    path = "/ship/v1/shipments/cancel"
    unknown = (404, "TRACKING.TRACKINGNUMBER.NOTFOUND")
    assert fedex.error("PUT", path, fedex.cancel_body("770000000999")) == unknown


def test_boxes_of_one_shipment_are_cancelled_together(fedex):
    number = fedex.shipped(requestedPackageLineItems=[BOX, BOX])
    one = fedex.cancel_body(number, deletionControl="DELETE_ONE_PACKAGE")
    assert fedex.error("PUT", "/ship/v1/shipments/cancel", one)[0] == 422
    assert fedex.standing(number)[0] == "OC"


# Faults.


def test_a_planned_fault_is_told_in_fedex_words(fedex):
    box, number = fedex.box, fedex.shipped()
    asked = {"trackingInfo": [{"trackingNumberInfo": {"trackingNumber": number}}]}
    track = ("POST", "/track/v1/trackingnumbers", asked)
    expected = {
        "throttled": (429, "TOO.MANY.REQUESTS"),
        "overloaded": (503, "SERVICE.UNAVAILABLE.ERROR"),
        "internal_error": (500, "INTERNAL.SERVER.ERROR"),
    }
    for what, refused in expected.items():
        wish = {"what": what, "operation": "fedex.track", "times": 1}
        box.control("POST", "/faults", wish)
        assert fedex.error(*track) == refused
    assert fedex.standing(number)[0] == "OC"


def test_an_address_that_is_not_allowed_is_forbidden(fedex):
    token = fedex.token("ship")
    fedex.box.control("PATCH", "/access", {"allowed_ips": ["10.0.0.1"]})
    assert token
    assert fedex.error("POST", "/rate/v1/rates/quotes", fedex.quote_body()) == (
        403,
        "FORBIDDEN.ERROR",
    )


ODD = (
    [],
    "text",
    7,
    {"accountNumber": []},
    {"requestedShipment": {"shipper": {"address": {"countryCode": "\ud800"}}}},
    {"trackingInfo": [{"trackingNumberInfo": {"trackingNumber": "\ud800"}}]},
    {"trackingInfo": [{"trackingNumberInfo": {"trackingNumber": "7" * 5_000}}]},
    {"requestedShipment": {"requestedPackageLineItems": [{"weight": {"value": 1e400}}]}},
)


@pytest.mark.parametrize("body", ODD, ids=str)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/rate/v1/rates/quotes"),
        ("POST", "/ship/v1/shipments"),
        ("PUT", "/ship/v1/shipments/cancel"),
        ("POST", "/pickup/v1/pickups"),
        ("POST", "/pickup/v1/pickups/availabilities"),
        ("PUT", "/pickup/v1/pickups/cancel"),
        ("POST", "/track/v1/trackingnumbers"),
        ("POST", "/track/v1/trackingdocuments"),
    ],
)
def test_whatever_a_client_sends_is_its_own_mistake(fedex, method, path, body):
    project = "track" if path.startswith("/track") else "ship"
    headers = {
        "Authorization": f"Bearer {fedex.token(project)}",
        "content-type": "application/json",
    }
    answer = fedex.http.request(method, path, content=json.dumps(body), headers=headers)
    assert answer.status_code < 500, answer.text
    assert answer.json()["transactionId"]
