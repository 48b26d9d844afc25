"""MyDHL API: prices, waybills and labels."""

from base64 import b64decode

import pypdfium2
import pytest
import zxingcpp

from simulator.carriers import prices
from simulator.carriers.numbers import checks
from tests.mock_api.carriers.dhl import NEW_YORK, SECAUCUS, SHENZHEN, SOON, Dhl, package


@pytest.fixture
def dhl(box):
    return Dhl(box)


def pages(shipment):
    (document,) = shipment["documents"]
    assert (document["imageFormat"], document["typeCode"]) == ("PDF", "label")
    return list(pypdfium2.PdfDocument(b64decode(document["content"])))


# Prices.


def test_a_rate_has_a_price_a_cut_off_and_a_day_of_arrival(dhl):
    (product,) = dhl.rates()

    assert (product["productCode"], product["productName"]) == ("P", "EXPRESS WORLDWIDE")
    (total,) = product["totalPrice"]
    assert (total["currencyType"], total["priceCurrency"]) == ("BILLC", "CNY")
    (breakdown,) = product["detailedPriceBreakdown"]
    parts = [part["price"] for part in breakdown["breakdown"]]
    assert sum(parts) == pytest.approx(total["price"])
    pickup = product["pickupCapabilities"]
    assert pickup["localCutoffDateAndTime"] == "2030-01-07T16:00:00"
    assert (pickup["GMTCutoffTime"], pickup["cutoffTimeOffset"]) == ("08:00:00", "PT1H")
    assert product["deliveryCapabilities"]["totalTransitDays"] == 5
    assert product["deliveryCapabilities"]["estimatedDeliveryDateAndTime"] == "2030-01-14T23:59:00"


def test_prices_are_those_of_the_worlds_list(dhl):
    (product,) = dhl.rates()
    said = dhl.box.inside.world.registry.carrier("dhl")
    quoted = prices.quote(said, 1200, (200, 150, 100), "US")
    assert product["totalPrice"][0]["price"] == quoted.total_minor / 100


def test_size_is_charged_where_it_weighs_more_than_the_scales_say(dhl):
    (heavy,) = dhl.rates(packages=[package(8)])
    (large,) = dhl.rates(packages=[package(1, (50, 40, 20))])  # 8 kg by 5000 cm³ a kilogram

    assert large["weight"] == {"volumetric": 8, "provided": 1, "unitOfMeasurement": "metric"}
    assert large["totalPrice"] == heavy["totalPrice"]


def test_pounds_and_inches_are_understood(dhl):
    (metric,) = dhl.rates(packages=[package(2)])
    pounds = package(2 / 0.453_592_37, (20 / 2.54, 15 / 2.54, 10 / 2.54))
    (imperial,) = dhl.rates(packages=[pounds], unitOfMeasurement="imperial")

    assert imperial["totalPrice"] == metric["totalPrice"]


def test_documents_and_what_stays_in_a_country_have_products_of_their_own(dhl):
    papers = dhl.rates(isCustomsDeclarable=False)
    within = dhl.rates(sender=SECAUCUS, isCustomsDeclarable=False)

    assert [each["productCode"] for each in papers] == ["P", "D"]
    assert [each["productCode"] for each in within] == ["N"]
    assert [each["productCode"] for each in dhl.rates(productCode="P")] == ["P"]


def test_after_the_cut_off_the_courier_comes_on_the_next_working_day(dhl):
    (late,) = dhl.rates(plannedShippingDateAndTime="2030-01-11T17:30:00 GMT+08:00")  # a Friday
    (sunday,) = dhl.rates(plannedShippingDateAndTime="2030-01-13T09:00:00 GMT+08:00")

    assert late["pickupCapabilities"]["nextBusinessDay"]
    assert late["pickupCapabilities"]["localCutoffDateAndTime"][:10] == "2030-01-12"
    assert sunday["pickupCapabilities"]["pickupAdditionalDays"] == 1


def test_the_rate_of_one_piece_can_be_asked_for_in_a_query(dhl):
    asked = {
        "accountNumber": dhl.credentials["account_number"],
        "originCountryCode": "CN",
        "originCityName": "Shenzhen",
        "destinationCountryCode": "US",
        "destinationCityName": "New York",
        "weight": 1.2,
        "length": 20,
        "width": 15,
        "height": 10,
        "plannedShippingDate": "2030-01-07",
        "isCustomsDeclarable": "true",
        "unitOfMeasurement": "metric",
    }
    (product,) = dhl.told("GET", "/rates", **asked)["products"]
    assert product["totalPrice"] == dhl.rates()[0]["totalPrice"]

    asked.pop("weight")
    assert dhl.refused("GET", "/rates", **asked) == (400, "Missing mandatory parameters: weight")
    asked |= {"weight": "much"}
    assert dhl.refused("GET", "/rates", **asked) == (
        400,
        "Parameters not having correct format: weight",
    )


@pytest.mark.parametrize(
    ("edits", "detail"),
    [
        ({"sender": NEW_YORK, "recipient": SHENZHEN}, "1004: Product not available"),
        ({"productCode": "Q"}, "1001: The requested product(s) (Q) not available"),
        ({"packages": [package(80)]}, "The shipment exceeds the limits of the product: too_heavy"),
        ({"plannedShippingDateAndTime": "2030-01-06T09:00:00 GMT+08:00"}, "998: The shipment date"),
        ({"plannedShippingDateAndTime": "2030-01-18T09:00:00 GMT+08:00"}, "998: The shipment date"),
        ({"plannedShippingDateAndTime": "2030-01-08"}, "998: ShipTimeStamp is not well formatted"),
        (
            {"plannedShippingDateAndTime": "2030-13-08T09:00:00 GMT+08:00"},
            "998: ShipTimeStamp is not well formatted",
        ),
    ],
)
def test_a_rate_that_is_not_to_be_had_is_refused_with_the_reason(dhl, edits, detail):
    status, told = dhl.refused("POST", "/rates", dhl.rate_body(**edits))
    assert (status, told[: len(detail)]) == (400, detail)


def test_a_lenient_sandbox_takes_the_past_for_now(open_box):
    dhl = Dhl(open_box(lenient=["dhl"]))
    assert dhl.rates(plannedShippingDateAndTime="2026-11-27T14:00:00 GMT+00:00")
    far = dhl.rate_body(plannedShippingDateAndTime="2031-01-01T00:00:00 GMT+00:00")
    assert dhl.refused("POST", "/rates", far)[0] == 400


# Waybills and labels.


def test_a_shipment_has_a_waybill_that_checks_a_licence_plate_and_a_label(dhl):
    shipment = dhl.ship()
    waybill = shipment["shipmentTrackingNumber"]
    (piece,) = shipment["packages"]
    (label,) = pages(shipment)

    assert checks("dhl", waybill)
    assert piece["trackingNumber"].startswith("JD01")
    assert len(piece["trackingNumber"]) == 20
    assert shipment["trackingUrl"].endswith(f"/mydhlapi/shipments/{waybill}/tracking")
    assert zxingcpp.read_barcode(label.render(scale=3).to_pil()).text == waybill
    assert not {"status", "dispatchConfirmationNumber", "shipmentCharges"} & shipment.keys()


def test_pieces_share_a_waybill_and_have_licence_plates_of_their_own(dhl):
    shipment = dhl.ship(content={"packages": [package(), package(3)]})
    first, second = shipment["packages"]

    assert first["trackingNumber"] != second["trackingNumber"]
    assert len(pages(shipment)) == 2
    by_plate = dhl.told("GET", "/tracking", pieceTrackingNumber=second["trackingNumber"])
    (found,) = by_plate["shipments"]
    assert found["shipmentTrackingNumber"] == shipment["shipmentTrackingNumber"]
    assert (found["numberOfPieces"], found["totalWeight"]) == (2, 4.2)


def test_a_label_may_be_zpl(dhl):
    (document,) = dhl.ship(form="zpl")["documents"]
    text = b64decode(document["content"])
    assert document["imageFormat"] == "ZPL"
    assert text.startswith(b"^XA")
    assert text.rstrip().endswith(b"^XZ")


def test_rate_estimates_are_told_if_they_are_wanted(dhl):
    (charge,) = dhl.ship(getRateEstimates=True)["shipmentCharges"]
    assert charge["price"] == dhl.rates()[0]["totalPrice"][0]["price"]


def test_a_courier_can_be_called_in_the_same_call(open_box):
    dhl = Dhl(open_box(pickups="on_call"))
    shipment = dhl.ship(pickup={"isRequested": True, "closeTime": "18:00"})
    waybill, dispatch = shipment["shipmentTrackingNumber"], shipment["dispatchConfirmationNumber"]

    assert dispatch.startswith("PRG300107")
    assert shipment["cancelPickupUrl"].endswith(f"/pickups/{dispatch}")
    dhl.box.advance(by="12h")
    assert dhl.codes(waybill)[0] == "PU"


def test_where_the_courier_cannot_come_there_is_no_shipment_either(dhl):
    before = dhl.box.mark()
    body = dhl.ship_body(pickup={"isRequested": True, "closeTime": "08:30"})
    status, detail = dhl.refused("POST", "/shipments", body)

    assert status == 400
    assert "close time" in detail
    assert dhl.box.mark() == before


def test_data_can_be_validated_without_a_shipment(dhl):
    before = dhl.box.mark()
    told = dhl.told("POST", "/shipments", dhl.ship_body(), status=201, validateDataOnly="true")
    assert told == {"warnings": []}
    assert dhl.box.mark() == before


def test_customs_papers_are_taken(dhl):
    waybill = dhl.shipped()
    images = {"documentImages": [{"typeCode": "CIN", "imageFormat": "PDF", "content": "JVBERi0="}]}

    assert dhl.call("PATCH", f"/shipments/{waybill}/upload-image", images).status_code == 200
    unknown = dhl.refused("PATCH", "/shipments/1234567890/upload-image", images)
    assert unknown == (404, "Operation not possible since shipment information not found")


@pytest.mark.parametrize(
    ("edits", "status", "detail"),
    [
        ({"productCode": "N"}, 400, "1001: The requested product(s) (N)"),
        ({"form": "epl"}, 400, "Labels are printed as pdf or zpl here"),
        ({"form": "png"}, 422, "#/outputImageProperties/encodingFormat: "),
        ({"content": {"packages": []}}, 422, "#/content/packages: "),
        ({"content": {"packages": [{}]}}, 422, "#/content/packages/0: required key [weight] not"),
        ({"pickup": {}}, 422, "#/pickup: required key [isRequested] not found"),
        ({"pickup": {"isRequested": True, "closeTime": "late"}}, 422, "#/pickup/closeTime: "),
    ],
)
def test_a_shipment_that_cannot_be_is_refused_where_it_is_wrong(dhl, edits, status, detail):
    before = dhl.box.mark()
    told = dhl.refused("POST", "/shipments", dhl.ship_body(**edits))

    assert (told[0], told[1][: len(detail)]) == (status, detail)
    assert dhl.box.mark() == before


def test_several_flaws_are_told_one_by_one(dhl):
    body = dhl.ship_body(productCode="", content={"packages": [{}]})
    problem = dhl.call("POST", "/shipments", body).json()

    assert problem["detail"] == "Multiple problems found, see Additional Details"
    assert len(problem["additionalDetails"]) == 2


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"productCode": "\\ud800"}'])
def test_a_body_that_is_none_is_refused(dhl, body):
    auth = dhl.credentials["username"], dhl.credentials["password"]
    headers = {"Content-Type": "application/json"}
    answer = dhl.http.post("/mydhlapi/shipments", content=body, auth=auth, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["status"] == str(answer.status_code)


def test_there_is_no_void_at_dhl(dhl):
    waybill = dhl.shipped()
    assert dhl.refused("DELETE", f"/shipments/{waybill}")[0] == 404


@pytest.mark.parametrize("base", ["/mydhlapi/test", "/dhl/mydhlapi", "/dhl/mydhlapi/test"])
def test_links_stay_where_the_caller_is(dhl, base):
    there = Dhl(dhl.box, base)
    url = there.ship()["url"]
    assert url.startswith(f"{dhl.box.served.base}{base}/shipments/")
    assert there.rates(plannedShippingDateAndTime=SOON) == dhl.rates()
