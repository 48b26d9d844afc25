"""4PX's API: signatures, orders, labels, costs."""

import json
import re
from types import SimpleNamespace

import pytest

from mock_api.carriers.fourpx.access import signature
from mock_api.carriers.fourpx.words import SAID
from mock_api.settings import ServerSettings
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.fourpx import ORDER, RECIPIENT, Client, delivered_by, millis, sign

CREATE, GET = "ds.xms.order.create", "ds.xms.order.get"
CANCEL, HOLD = "ds.xms.order.cancel", "ds.xms.order.hold"
LABEL, COST = "ds.xms.label.get", "ds.xms.estimated_cost.get"
PRODUCTS = "ds.xms.logistics_product.getlist"
NOWHERE = "4PX9999999999999CN"


@pytest.fixture
def client(box):
    return Client(box)


# Who calls.


def test_the_signature_is_that_of_the_published_rule():
    """Its own example: the text is printed there, and this is that text's digest (md5sum)."""
    pairs = {
        "method": "ds.xms.order.create",
        "app_key": "16081f05-e8fc-4250-b9c4-0660d1ecbb28",
        "v": "1.0",
        "timestamp": "1532592413187",
        "format": "json",
        "sign": "nothing",
        "access_token": "nothing",
        "language": "cn",
    }
    secret = "7eebf328-8e5a-4030-904d-ec6e89174fbc"
    made = signature(pairs.items(), b'{"aa":"bb"}', secret)
    assert made == "ff4af77c062a9b97d98aa29777621c4a"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"app_key": "nobody"}, "000013"),
        ({"sign": "nonsense"}, "000012"),
        ({"signed": '{"another":"body"}'}, "000012"),
        ({"timestamp": "now"}, "000014"),
        ({"format": "xml"}, "000014"),
        ({"v": ""}, "000014"),
    ],
)
def test_a_call_that_is_not_signed_right_is_refused(client, edits, code):
    assert client.refused(PRODUCTS, {}, **edits) == code


def test_language_and_access_token_are_not_signed(client):
    answer = client.call(PRODUCTS, {}, language="en", access_token="token")
    assert answer.json()["result"] == "1"


def test_an_unknown_method_is_told_before_the_signature(client):
    assert client.refused("ds.xms.order.createe", {}, sign="x") == "000011"
    assert client.refused("", {}) == "000011"
    assert client.box.served.http.get("/router/api/service").json()["result"] == "0"


def test_a_stock_client_that_signs_no_body_but_sends_an_empty_one(open_box, client):
    """medusa-fulfillment-4px: strict it is refused, as its signature is wrong."""
    assert client.refused(PRODUCTS, {}, signed="") == "000012"
    lenient = Client(open_box(lenient=["4px"]))
    assert lenient.call(PRODUCTS, {}, signed="").json()["result"] == "1"
    assert lenient.refused(GET, {"request_no": "1"}, signed="") == "000012"


def test_below_its_prefix_the_same_call_will_do(box):
    below = Client(box, "/4px")
    link = below.data(LABEL, request_no=below.number())["label_url_info"]["logistics_label"]
    assert link.startswith(f"{box.served.base}/4px/router/api/label/")
    assert box.served.http.get(link).status_code == 200


def test_any_key_will_do_where_the_server_says_so(serve):
    told = {"carriers": {"4px": {"app_key": "x", "app_secret": "y"}}}
    served = serve(ServerSettings(any_credentials=True))
    stranger = SimpleNamespace(told=told, served=served)
    assert Client(stranger).number().startswith("4PX")


def test_a_method_has_its_own_name_in_the_exchange_log(client, box):
    client.data(PRODUCTS)
    assert box.exchanges()[-1]["operation"] == "4px.logistics_product_getlist"


# Orders.


def test_an_order_is_created_as_documented(client):
    told = client.create()
    number = told["4px_tracking_no"]
    assert re.fullmatch(r"4PX\d{13}CN", number)
    assert told == {
        "ds_consignment_no": f"DS{number[3:16]}",
        "4px_tracking_no": number,
        "label_barcode": number,
        "ref_no": ORDER["ref_no"],
        "logistics_channel_no": "",
        "oda_result_sign": "N",
    }


def test_an_order_is_found_by_each_of_its_numbers(client):
    told = client.create()
    order = client.order(told["4px_tracking_no"])
    assert (order["consignment_status"], order["is_hold_sign"]) == ("P", "N")
    assert client.order(told["ref_no"]) == client.order(told["ds_consignment_no"]) == order


def test_orders_are_listed_by_the_time_of_their_creation(client, box):
    first = client.number()
    box.advance(by="1h")
    client.number(ref_no="second")
    span = {
        "start_time_of_create_consignment": millis(0, 0),
        "end_time_of_create_consignment": str(box.now * 1000),
    }
    numbers = [each["consignment_info"]["4px_tracking_no"] for each in client.data(GET, **span)]
    assert (len(numbers), numbers[0]) == (2, first)
    client.data(CANCEL, request_no=first, cancel_reason="test")
    assert len(client.data(GET, **span, consignment_status="P")) == 1
    longer = span | {"end_time_of_create_consignment": millis(9, 0)}
    assert client.refused(GET, longer) == "DS000023"
    assert client.refused(GET, {}) == "DS000015"
    assert client.refused(GET, span | {"consignment_status": "Z"}) == "DS000004"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"ref_no": ""}, "DS000005"),
        ({"business_type": ""}, "DS000009"),
        ({"business_type": "XYZ"}, "DS000044"),
        ({"duty_type": "X"}, "DS000004"),
        (delivered_by("9"), "DS000042"),
        ({"deliver_type_info": {}}, "DS000042"),
        ({"logistics_service_info": {"logistics_product_code": "PXUS"}}, "DS000110"),
        ({"parcel_list": []}, "DS000004"),
        ({"parcel_list": [{"weight": 30_000}]}, "DS000004"),
        ({"parcel_list": [{"weight": "heavy"}]}, "DS000004"),
        ({"recipient_info": RECIPIENT | {"street": ""}}, "DS000004"),
        ({"recipient_info": RECIPIENT | {"country": "CN"}}, "DS000004"),
    ],
)
def test_an_order_with_a_flaw_is_refused(client, edits, code):
    assert client.refused(CREATE, ORDER | edits) == code


def test_a_broken_body_is_no_json(client):
    known = client.credentials
    parameters = {
        "method": CREATE,
        "app_key": known["app_key"],
        "v": "1.0.0",
        "timestamp": "1",
        "format": "json",
    }
    parameters["sign"] = sign(parameters, "{", known["app_secret"])
    answer = client.box.served.http.post("/router/api/service", params=parameters, content=b"{")
    assert answer.json()["errors"][0]["error_code"] == "000004"


def test_an_orders_number_may_be_used_again_only_after_it_was_cancelled(client):
    number = client.number()
    assert client.refused(CREATE, ORDER) == "DS000000"
    assert client.data(CANCEL, request_no=number, cancel_reason="test") is None
    assert client.status(number) == "X"
    assert client.refused(CANCEL, {"request_no": number, "cancel_reason": "x"}) == "DS000014"
    assert client.refused(LABEL, {"request_no": number}) == "DS000046"
    assert client.number() != number


def test_what_4px_has_cannot_be_cancelled_or_held(client, box):
    number = client.number()
    box.advance(by="4d")
    assert client.status(number) not in ("P", "X")
    assert client.refused(CANCEL, {"request_no": number, "cancel_reason": "x"}) == "DS000014"
    assert client.refused(HOLD, {"request_no": number, "is_hold": "Y"}) == "DS000032"


def test_an_unknown_order_is_refused(client):
    assert client.refused(GET, {"request_no": NOWHERE}) == "DS000017"
    assert client.refused(LABEL, {"request_no": NOWHERE}) == "DS000017"
    assert client.refused(CANCEL, {"request_no": NOWHERE, "cancel_reason": "x"}) == "0"
    assert client.refused(CANCEL, {"request_no": NOWHERE}) == "DS000016"
    assert client.refused("tr.order.tracking.get", {"deliveryOrderNo": NOWHERE}) == "0"
    assert client.refused("tr.order.tracking.get", {}) == "DS000005"


def test_a_forecast_is_held_and_let_go(client):
    number = client.number()
    client.data(HOLD, request_no=number, is_hold="Y", hold_reason="Order cancellation")
    assert client.order(number)["is_hold_sign"] == "Y"
    assert client.refused(HOLD, {"request_no": number, "is_hold": "Y"}) == "DS000036"
    client.data(HOLD, request_no=number, is_hold="N")
    assert client.refused(HOLD, {"request_no": number, "is_hold": "N"}) == "DS000037"
    assert client.refused(HOLD, {"request_no": number}) == "DS000035"


# Labels, costs, products.


@pytest.mark.parametrize(("form", "begins"), [("PDF", b"%PDF"), ("IMG", b"\x89PNG")])
def test_the_label_is_real(client, box, form, begins):
    number = client.number(parcel_list=ORDER["parcel_list"] * 2)
    told = client.data(LABEL, request_no=number, response_label_format=form)
    assert told["label_barcode"] == number
    assert len(told["child_label_barcode"]) == 1
    answer = box.served.http.get(told["label_url_info"]["logistics_label"])
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_each_of_several_parcels_has_its_own_picture(client, box):
    first = client.data(LABEL, request_no=client.number(parcel_list=ORDER["parcel_list"] * 2))
    (child,) = first["child_label_barcode"]
    second = client.data(LABEL, request_no=child, response_label_format="IMG")
    assert (second["label_barcode"], second["child_label_barcode"]) == (
        first["label_barcode"],
        [child],
    )
    number = first["label_barcode"]
    first = client.data(LABEL, request_no=number, response_label_format="IMG")
    links = [each["label_url_info"]["logistics_label"] for each in (first, second)]
    assert len({box.served.http.get(link).content for link in links}) == 2


def test_a_voided_label_is_not_printed_any_more(client, box):
    number = client.number()
    link = client.data(LABEL, request_no=number)["label_url_info"]["logistics_label"]
    client.data(CANCEL, request_no=number, cancel_reason="test")
    assert box.served.http.get(link).status_code == 404


def test_a_label_is_its_own_accounts_and_its_own_worlds(open_box, client, box):
    """Two worlds are alike, numbers and all."""
    other = Client(open_box())
    number = client.number()
    link = client.data(LABEL, request_no=number)["label_url_info"]["logistics_label"]
    forged = link.replace(client.credentials["app_key"], other.credentials["app_key"])
    assert other.number() == number
    assert box.served.http.get(forged).status_code == 404
    box.control("POST", "/reset")
    assert box.served.http.get(link).status_code == 404
    assert client.refused(GET, {"request_no": number}) == "DS000017"


def test_a_link_to_another_label_does_not_open(client, box):
    told = client.data(LABEL, request_no=client.number())
    other = client.number(ref_no="other")
    forged = re.sub(r"4PX\d+CN", other, told["label_url_info"]["logistics_label"])
    assert box.served.http.get(forged).status_code == 404
    assert client.refused(LABEL, {"request_no": other, "response_label_format": "TIFF"}) == (
        "DS000004"
    )


def test_the_cost_is_that_of_the_carriers_tariff(client):
    (row,) = client.data(COST, country_code="US", weight=500)
    # 5 % above 20.709 + 68.877 a kilogram, merchantfaq.wish.com
    assert (row["logistics_product_code"], row["lump_sum_fee"]) == ("4PX-STD", "57.90")
    assert row["estimated_time"] == "7-15"
    assert client.data(COST, country_code="US", weight=500, logistics_product_code=["PX"]) == []
    number = client.number()
    (row,) = client.data(COST, request_no=number)
    assert (row["ref_no"], row["charge_weight"]) == (ORDER["ref_no"], "169")
    assert client.refused(COST, {"country_code": "US"}) == "DS000004"


def test_products_are_listed(client):
    (row,) = client.data(PRODUCTS, transport_mode="1")
    assert (row["logistics_product_code"], row["order_track"]) == ("4PX-STD", "Y")


# The rest.


def test_every_scan_has_its_words():
    assert SAID.keys() == set(Scan)


def test_a_planned_fault_is_told_in_4px_words(client, box):
    fault = {"what": "throttled", "operation": "4px.tracking_get", "times": 1}
    box.control("POST", "/faults", fault)
    number = client.number()
    assert client.refused("tr.order.tracking.get", {"deliveryOrderNo": number}) == "000017"
    assert client.track(number)["deliveryOrderNo"] == number


def test_a_planned_fault_befalls_one_order(client, box):
    first, second = client.number(), client.number(ref_no="second")
    box.control("POST", "/faults", {"what": "internal_error", "order_id": second})
    assert client.status(first) == "P"
    assert client.refused(GET, {"request_no": second}) == "000020"


def test_a_malformed_body_is_refused_while_a_fault_is_planned(client, box):
    box.control("POST", "/faults", {"what": "internal_error", "order_id": "nobody's"})
    known = client.credentials
    parameters = {"method": GET, "app_key": known["app_key"], "v": "1.0.0"}
    parameters |= {"timestamp": "1", "format": "json"}
    for content, code in (("{", "000004"), ("[]", "DS000004"), ("[" * 100_000, "000004")):
        signed = parameters | {"sign": sign(parameters, content, known["app_secret"])}
        answer = box.served.http.post("/router/api/service", params=signed, content=content)
        assert answer.json()["errors"][0]["error_code"] == code


def test_errors_are_as_the_documentation_shows_them(client):
    told = json.loads(client.call(CANCEL, {"request_no": "DJSH1", "cancel_reason": "x"}).text)
    assert told == {
        "result": "0",
        "msg": "System processing failed",
        "errors": [
            {
                "error_code": "0",
                "error_msg": "Can not find this order",
                "error_data": None,
                "reference_code": "DJSH1",
            }
        ],
        "data": None,
    }
