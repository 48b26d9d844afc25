"""UPS: tokens, prices, labels, and labels that are not used after all."""

from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from mock_api.carriers.ups import shipping
from mock_api.kernel import bearers
from mock_api.settings import ServerSettings
from simulator.carriers import numbers
from tests.mock_api.carriers.ups import NEW_YORK, SECAUCUS, SHENZHEN, Ups, package

MONEY = ("TransportationCharges", "BaseServiceCharge", "ServiceOptionsCharges", "TotalCharges")


@pytest.fixture
def ups(box):
    return Ups(box)


def amount(money):
    return round(float(money["MonetaryValue"]) * 100)


# Tokens.


def test_a_token_is_told_in_strings(ups):
    told = ups.authenticate().json()
    assert (told["token_type"], told["expires_in"], told["status"]) == (
        "Bearer",
        "14399",
        "approved",
    )
    assert told["client_id"] == ups.credentials["client_id"]
    assert told["issued_at"].isdecimal()
    assert len(told["issued_at"]) == 13


def test_it_is_served_below_its_name_as_well(box):
    assert Ups(box, "/ups").rates() == Ups(box).rates()


@pytest.mark.parametrize(
    ("edits", "refusal"),
    [
        ({"client_secret": "wrong"}, (401, "250002")),
        ({"client_id": "nobody"}, (401, "250002")),
        ({"grant_type": "password"}, (400, "10006")),
    ],
)
def test_bad_credentials_are_refused_with_upss_codes(ups, edits, refusal):
    answer = ups.authenticate(**edits)
    (error,) = answer.json()["response"]["errors"]
    assert (answer.status_code, error["code"]) == refusal


def test_no_token_an_unknown_one_and_an_expired_one_are_three_codes(ups, monkeypatch):
    path = "/api/track/v1/details/1Z12345E6605272234"
    nobody = ups.http.get(path)
    assert (nobody.status_code, nobody.json()["response"]["errors"][0]["code"]) == (401, "UJ0001")
    ups.token = "made up"
    assert ups.refused("GET", path) == (401, "250002")
    ups.authenticate()
    late = bearers.wall_seconds() + 14399
    monkeypatch.setattr(bearers, "wall_seconds", lambda: late)
    assert ups.refused("GET", path) == (401, "251004")


def test_a_planned_fault_is_told_in_upss_words(ups):
    ups.box.control(
        "POST", "/faults", {"what": "throttled", "operation": "ups.rate", "retry_after": 3}
    )
    answer = ups.call("POST", "/api/rating/v2409/Shop", ups.rate_body())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json() == {
        "response": {"errors": [{"code": "10429", "message": "Too Many Requests"}]}
    }


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("POST", "/api/rating/v2409", (404, "404")),
        ("GET", "/api/shipments/v2409/ship", (405, "405")),
        ("POST", "/api/rating/v2409/Guess", (400, "20006")),
        ("POST", "/api/rating/v2409/Rate", (400, "9110003")),
    ],
)
def test_paths_and_methods_that_are_none_are_refused(ups, method, path, refusal):
    assert ups.refused(method, path, {} if method == "POST" else None) == refusal


def test_a_body_that_is_none_is_no_mistake_of_ours(ups):
    ups.authenticate()
    headers = {"Authorization": f"Bearer {ups.token}", "Content-Type": "application/json"}
    for body, code in ((b"{", "10001"), (b"", "10003"), (b'{"ShipmentRequest": 7}', "10002")):
        answer = ups.http.post("/api/shipments/v2409/ship", content=body, headers=headers)
        (error,) = answer.json()["response"]["errors"]
        assert (answer.status_code, error["code"]) == (400, code)


# Rating.


def test_every_service_has_its_price_from_the_worlds_own_list(ups):
    rated = ups.rates(ShipmentRatingOptions={"NegotiatedRatesIndicator": ""})
    world = ups.box.inside.world
    asked = ups.box.inside.world.shippers
    assert [each["Service"]["Code"] for each in rated] == ["65", "08"]
    for each in rated:
        items = [amount(item) for item in each["ItemizedCharges"]]
        assert amount(each["TotalCharges"]) == amount(each["BaseServiceCharge"]) + sum(items)
        assert amount(each["NegotiatedRateCharges"]["TotalCharge"]) < amount(each["TotalCharges"])
        assert {each[name]["CurrencyCode"] for name in MONEY} == {"CNY"}
    ups.shipped(ShipmentRatingOptions={"NegotiatedRatesIndicator": "Y"})
    (shipment,) = asked.shipments("ups")
    assert amount(rated[0]["NegotiatedRateCharges"]["TotalCharge"]) == shipment.price_minor
    assert world.registry.carrier("ups").name == "UPS"


def test_negotiated_rates_times_and_itemized_charges_come_when_they_are_asked_for(ups):
    body = ups.rate_body()
    body["RateRequest"]["Request"] = {}
    told = ups.told("POST", "/api/rating/v2409/Shop", body)["RateResponse"]["RatedShipment"][0]
    assert not {"NegotiatedRateCharges", "ItemizedCharges", "TimeInTransit"} & told.keys()


def test_the_billing_weight_is_what_the_size_weighs_in_the_units_of_the_request(ups):
    metric = ups.rates(packages=[package("1", ("50", "40", "30"))])[0]
    assert metric["BillingWeight"]["UnitOfMeasurement"]["Code"] == "KGS"
    assert metric["BillingWeight"]["Weight"] == "12.0"
    pounds = ups.rates(packages=[package("2.2", ("19.68", "15.74", "11.81"), "LBS", "IN")])[0]
    assert pounds["BillingWeight"]["UnitOfMeasurement"]["Code"] == "LBS"
    assert pounds["BillingWeight"]["Weight"] == "26.5"


def test_rate_is_one_service_and_an_old_versions_list_of_one_is_the_one(ups):
    (one,) = ups.rates("Rate", Service={"Code": "08"})
    assert one["Service"] == {"Code": "08", "Description": "UPS Worldwide Expedited"}
    assert ups.rates("Rate", version="v1", Service={"Code": "08"})["Service"] == one["Service"]


def test_times_in_transit_need_weight_and_value_across_a_border(ups):
    path = "/api/rating/v2409/Shoptimeintransit?additionalinfo=timeintransit"
    weight = {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "1.2"}
    value = {"CurrencyCode": "USD", "MonetaryValue": "20"}
    assert ups.refused("POST", path, ups.rate_body()) == (400, "111546")
    assert ups.refused("POST", path, ups.rate_body(ShipmentTotalWeight=weight)) == (400, "111549")
    rated = ups.rates(
        "Shop",
        query="?additionalinfo=timeintransit",
        ShipmentTotalWeight=weight,
        InvoiceLineTotal=value,
    )
    summary = rated[0]["TimeInTransit"]["ServiceSummary"]
    assert summary["EstimatedArrival"]["BusinessDaysInTransit"] == "5"
    assert summary["EstimatedArrival"]["Arrival"]["Date"] == "20300114"


def test_transit_begins_on_the_day_that_is_named_or_today_if_that_is_over(ups):
    value = {"CurrencyCode": "USD", "MonetaryValue": "20"}
    weight = {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "1.2"}
    needed = {"ShipmentTotalWeight": weight, "InvoiceLineTotal": value}

    def arrival(day):
        named = {"PackageBillType": "03", "Pickup": {"Date": day}}
        rated = ups.rates("Shoptimeintransit", DeliveryTimeInformation=named, **needed)
        told = rated[0]["TimeInTransit"]
        return told["PickupDate"], told["ServiceSummary"]["EstimatedArrival"]["Arrival"]["Date"]

    assert arrival("20300109") == ("20300109", "20300116")
    assert arrival("20261123") == ("20300107", "20300114")
    body = ups.rate_body(DeliveryTimeInformation={"Pickup": {"Date": "soon"}}, **needed)
    assert ups.refused("POST", "/api/rating/v2409/Shoptimeintransit", body) == (400, "10006")


def test_a_lenient_sandbox_gives_them_without(open_box):
    ups = Ups(open_box(lenient=["ups"]))
    assert "TimeInTransit" in ups.rates("Shoptimeintransit")[0]


def test_within_a_country_the_services_have_other_codes(ups):
    rated = ups.rates(sender=SECAUCUS, recipient=NEW_YORK)
    assert [each["Service"]["Code"] for each in rated] == ["02", "03"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"Service": {"Code": "07"}}, "111210"),
        ({"Service": {"Code": "??"}}, "111100"),
        ({"packages": [package("90")]}, "111036"),
        ({"packages": [package("1", ("200", "10", "10"))]}, "111056"),
        ({"packages": [package("1", ("115", "110", "110"))]}, "111050"),
        ({"packages": [package("0")]}, "111031"),
        ({"packages": [package("0", ("1", "1", "1"), "LBS", "IN")]}, "111030"),
        ({"packages": [package("x")]}, "110601"),
        ({"packages": [package("1", dimension="IN")]}, "110548"),
        ({"packages": [package("1", ("0", "1", "1"))]}, "110609"),
        ({"packages": [package("1", weight="STN")]}, "110546"),
        ({"packages": [{}]}, "110608"),
        ({"Package": []}, "110002"),
        ({"ShipTo": {}}, "110208"),
        ({"ShipFrom": {"Address": {"CountryCode": "China"}}}, "110308"),
        ({"packages": [package()] * 51}, "110003"),
        ({"packages": [package("NaN")]}, "110601"),
        ({"packages": [package("1e99")]}, "110601"),
        ({"recipient": SHENZHEN}, "111210"),
    ],
)
def test_what_ups_does_not_rate_has_its_code(ups, wish, code):
    wishes = {"Service": {"Code": "65"}} | wish
    assert ups.refused("POST", "/api/rating/v2409/Rate", ups.rate_body(**wishes)) == (400, code)


# Labels.


def test_each_package_has_a_label_with_a_number_that_checks(ups):
    results = ups.ship(packages=[package(), package("3")])
    found = [each["TrackingNumber"] for each in results["PackageResults"]]
    assert results["ShipmentIdentificationNumber"] == found[0]
    assert len(set(found)) == 2
    assert all(numbers.checks("ups", number) for number in found)
    assert ups.package(found[1])["packageCount"] == 2


def test_a_single_package_need_not_be_in_a_list_but_its_result_is(ups):
    results = ups.ship(version="v1701", Package=package())
    assert isinstance(results["PackageResults"], list)


@pytest.mark.parametrize("form", ["GIF", "PNG"])
def test_picture_labels_decode_and_lie_on_their_side(ups, form):
    (result,) = ups.ship(label=form)["PackageResults"]
    image = Image.open(BytesIO(b64decode(result["ShippingLabel"]["GraphicImage"])))
    assert image.format == form
    assert image.width > image.height
    assert result["ShippingLabel"]["ImageFormat"]["Code"] == form
    assert ("HTMLImage" in result["ShippingLabel"]) == (form == "GIF")


def test_zpl_and_pdf_labels_are_what_they_say(ups):
    (zpl,) = ups.ship(label="ZPL")["PackageResults"]
    text = b64decode(zpl["ShippingLabel"]["GraphicImage"])
    assert text.startswith(b"^XA")
    assert text.rstrip().endswith(b"^XZ")
    (pdf,) = ups.ship(label="PDF")["PackageResults"]
    assert len(PdfDocument(b64decode(pdf["ShippingLabel"]["GraphicImage"]))) == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"label": "EPL"}, "120702"),
        ({"label": "BMP"}, "120702"),
        ({"Service": {"Code": "07"}}, "121210"),
        ({"Service": {"Code": "??"}}, "120500"),
        ({"packages": [package("90")]}, "121036"),
        ({"packages": [package("0")]}, "121031"),
        ({"Package": []}, "120608"),
        ({"recipient": NEW_YORK | {"Phone": {}}}, "120209"),
        ({"recipient": NEW_YORK | {"Name": "", "AttentionName": ""}}, "120200"),
        ({"recipient": NEW_YORK | {"Address": {}}}, "120202"),
        ({"ShipFrom": {"Address": {"AddressLine": "x"}}}, "120305"),
        ({"Shipper": SHENZHEN}, "120100"),
        ({"Shipper": SHENZHEN | {"ShipperNumber": "OTHER1"}}, "120100"),
        ({"InvoiceLineTotal": {"MonetaryValue": "much"}}, "120502"),
    ],
)
def test_what_ups_does_not_ship_has_its_code_and_leaves_no_trace(ups, wish, code):
    before = ups.box.mark()
    body = ups.ship_body(**wish)
    assert ups.refused("POST", "/api/shipments/v2409/ship", body) == (400, code)
    assert ups.box.mark() == before


def test_a_stranger_may_have_any_account_where_any_credentials_will_do(serve):
    served = serve(ServerSettings(any_credentials=True))
    told = served.http.get("/_seatrial/sandboxes/default").json()
    box = type("Box", (), {"served": served, "told": told})
    ups = Ups(box)
    ups.account = "OTHER1"
    assert ups.refused("POST", "/api/shipments/v1/ship", ups.ship_body()) == (400, "120100")
    assert ups.authenticate(client_id="mine", client_secret="mine").status_code == 200
    assert ups.shipped()


# Recovering labels.


def recovery(number="", reference="", account="", label="GIF", **specification):
    request = {"LabelSpecification": {"LabelImageFormat": {"Code": label}} | specification}
    if number:
        request["TrackingNumber"] = number
    if reference:
        request["ReferenceValues"] = {
            "ReferenceNumber": {"Value": reference},
            "ShipperNumber": account,
        }
    return {"LabelRecoveryRequest": request}


def test_a_label_is_recovered_by_number_or_by_reference(ups):
    number = ups.shipped(ReferenceNumber={"Value": "PO-7"})
    path = "/api/labels/v2409/recovery"
    for body in (recovery(number), recovery(reference="PO-7", account=ups.account)):
        told = ups.told("POST", path, body)["LabelRecoveryResponse"]
        (result,) = told["LabelResults"]
        assert told["ShipmentIdentificationNumber"] == result["TrackingNumber"] == number
        image = b64decode(result["LabelImage"]["GraphicImage"])
        assert Image.open(BytesIO(image)).format == "GIF"
    old = ups.told("POST", "/api/labels/v1/recovery", recovery(number, label="ZPL"))
    assert old["LabelRecoveryResponse"]["LabelResults"]["TrackingNumber"] == number


def test_labels_that_are_not_to_be_had_again(ups):
    path, number = "/api/labels/v2409/recovery", ups.shipped()
    stock = {"Height": "6", "Width": "4"}
    assert ups.refused("POST", path, recovery()) == (400, "9801030")
    assert ups.refused("POST", path, recovery("1Z12345E6605272234")) == (400, "9801031")
    assert ups.refused("POST", path, recovery(number, label="EPL")) == (400, "300013")
    assert ups.refused("POST", path, recovery(number, LabelStockSize=stock)) == (400, "9801050")
    assert ups.refused("POST", path, recovery(reference="x", account="OTHER1")) == (400, "120100")
    ups.box.advance(by="2d")
    assert ups.refused("POST", path, recovery(number)) == (400, "9801028")
    voided = ups.shipped()
    ups.told("DELETE", f"/api/shipments/v2409/void/cancel/{voided}")
    assert ups.refused("POST", path, recovery(voided)) == (400, "9801040")


# Voiding.


def test_a_label_that_nobody_has_used_is_voided_once(ups):
    number = ups.shipped()
    path = f"/api/shipments/v2409/void/cancel/{number}"
    told = ups.told("DELETE", path)["VoidShipmentResponse"]
    assert told["SummaryResult"]["Status"] == {"Code": "1", "Description": "Voided"}
    assert ups.refused("DELETE", path) == (400, "190117")
    assert ups.codes(number) == [("M", "MP"), ("M", "MV")]
    ups.box.advance(by="3d")
    assert ups.codes(number) == [("M", "MP"), ("M", "MV")]


def test_a_refusal_is_made_anew_each_time(ups):
    """One that is shared keeps what raised it alive, and whatever that held."""
    path = "/api/shipments/v2409/void/cancel/1Z12345E6605272234"
    assert {ups.refused("DELETE", path) for _ in range(3)} == {(400, "190102")}
    kept = [each for each in vars(shipping).values() if isinstance(each, Exception)]
    assert kept == []


def test_what_cannot_be_voided(ups):
    number, *others = (
        each["TrackingNumber"]
        for each in ups.ship(packages=[package(), package()])["PackageResults"]
    )
    path = "/api/shipments/v2409/void/cancel/"
    assert ups.refused("DELETE", path + "7") == (400, "190100")
    assert ups.refused("DELETE", path + "1Z12345E6605272234") == (400, "190102")
    assert ups.refused("DELETE", path + others[0]) == (400, "190102")
    one = f"{path}{number}?trackingnumber={number}"
    assert ups.refused("DELETE", one) == (400, "190113")
    ups.box.advance(by="2d")
    assert ups.refused("DELETE", path + number) == (400, "190102")
    inland = ups.ship(sender=SECAUCUS, packages=[package(), package()], Service={"Code": "03"})
    number = inland["ShipmentIdentificationNumber"]
    one = f"{path}{number}?trackingnumber={number}"
    assert ups.refused("DELETE", one) == (400, "190121")
