"""YunExpress's API: tokens and signatures, orders, labels, prices."""

import re
from types import SimpleNamespace

import pytest

from mock_api.carriers.yunexpress.access import signature
from mock_api.carriers.yunexpress.words import SAID
from mock_api.settings import ServerSettings
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.yunexpress import ORDER, RECEIVER, Client, sign

CREATE = "/v1/order/package/create"
INFO = "/v1/order/info/get"


@pytest.fixture
def box(open_box):
    """Its tracking answers as integrations have seen it."""
    return open_box(lenient=["yunexpress"])


@pytest.fixture
def client(box):
    return Client(box)


# Who calls.


@pytest.mark.parametrize(
    ("method", "path", "body", "signed"),
    [
        # printf '%s' 'body={"a":1}&date=…' | openssl dgst -sha256 -hmac secret -binary | base64
        ("POST", "/v1/order/cancel", b'{"a":1}', "iArEHuyA6gRM4yXPndJ85gywm3n6bX+D5oKVaSFGhR8="),
        ("GET", "/v1/order/info/get", b"", "WoiMtkt5Z9CJ8gxbbtWljuyRFDKK53LNJz3Ltf5S5fo="),
    ],
)
def test_the_signature_is_that_of_the_published_rule(method, path, body, signed):
    assert signature("secret", "1654060801140", method, path, body) == signed


def test_a_token_is_for_two_hours(client):
    answer = client.authenticate()
    assert answer.status_code == 200
    assert answer.json()["expiresIn"] == 7200


@pytest.mark.parametrize(
    ("edits", "status"),
    [
        ({"appId": "nobody"}, 401),
        ({"appSecret": "wrong"}, 401),
        ({"sourceKey": "wrong"}, 401),
        ({"grantType": "password"}, 400),
    ],
)
def test_wrong_credentials_get_no_token(client, edits, status):
    answer = client.authenticate(**edits)
    assert (answer.status_code, answer.json()["success"]) == (status, False)


def test_a_call_for_a_token_that_makes_no_sense_is_refused(client):
    post = client.box.served.http.post
    for content in (b"", b"{", b"[]", b"[" * 100_000, b'{"appId": ["x"]}'):
        answer = post("/openapi/oauth2/token", content=content)
        assert (answer.status_code, answer.json()["code"]) == (400, "400"), content


@pytest.mark.parametrize(
    "edits", [{"token": "nonsense"}, {"sign": "nonsense"}, {"date": "yesterday"}]
)
def test_a_call_that_is_not_signed_right_is_unauthorized(client, edits):
    answer = client.call("GET", INFO, query={"order_number": "YT1"}, **edits)
    assert (answer.status_code, answer.json()["code"]) == (401, "401")


def test_a_body_that_was_changed_after_signing_is_found_out(client):
    date, secret = "1654060801140", client.credentials["app_secret"]
    for body in (b'{"another":"body"}', b""):
        signed = sign(secret, date, "POST", CREATE, body)
        assert client.call("POST", CREATE, ORDER, date=date, sign=signed).status_code == 401


def test_below_its_prefix_the_same_paths_are_signed(box):
    below = Client(box, "/yunexpress")
    waybill = below.waybill()
    url = below.get("/v1/order/label/get", order_number=waybill)["url"]
    assert url.startswith(f"{box.served.base}/yunexpress/v1/order/label/file/")
    assert box.served.http.get(url).status_code == 200


def test_any_application_will_do_where_the_server_says_so(serve):
    told = {"carriers": {"yunexpress": dict.fromkeys(("app_id", "app_secret", "source_key"), "x")}}
    served = serve(ServerSettings(any_credentials=True))
    stranger = SimpleNamespace(told=told, served=served)
    assert Client(stranger).waybill().startswith("YT")


# Orders.


def test_an_order_is_created_as_documented(client):
    told = client.create()
    assert re.fullmatch(r"YT\d{16}", told["waybill_number"])
    assert told == {
        "customer_order_number": ORDER["customer_order_number"],
        "waybill_number": told["waybill_number"],
        "tracking_number": "",
        "track_type": "W",
        "bar_codes": [told["waybill_number"]],
        "remote_area": False,
        "shipper_boxs": [],
    }


def test_every_answer_has_the_envelope(client):
    waybill = client.waybill()
    told = client.call("POST", "/v1/order/cancel", {"waybill_number": waybill}).json()
    assert told.keys() == {"t", "success", "code", "msg"}
    told = client.call("GET", INFO, query={"order_number": waybill}).json()
    assert told.keys() == {"t", "success", "code", "msg", "result"}
    told = client.call("GET", INFO, query={"order_number": "YT1"}).json()
    assert told.keys() == {"t", "success", "code", "msg"}


def test_camel_case_will_do_as_the_sdk_posts_it(client):
    told = client.post(
        CREATE,
        productCode="THZXR",
        customerOrderNumber="order-10001",
        weightUnit="KG",
        sizeUnit="CM",
        packages=[{"weight": 0.35, "length": 12, "width": 8, "height": 4}],
        receiver={
            "name": "Jane Doe",
            "countryCode": "US",
            "province": "CA",
            "city": "Los Angeles",
            "addressLine1": "123 Main Street",
            "addressLine2": "Apt 4",
            "postalCode": "90001",
            "phone": "+15555555555",
        },
        declarationInfo=[{"sku": "S", "name": "T-shirt", "quantity": 1, "declaredValue": 12.5}],
    )
    seen = client.info(told["waybill_number"])
    assert seen["customer_order_number"] == "order-10001"
    assert seen["receiver"]["address_lines"] == ["123 Main Street, Apt 4"]
    assert seen["declaration_info"][0]["unit_price"] == 12.5


def test_an_order_is_found_by_waybill_and_by_its_own_number(client):
    waybill = client.waybill()
    seen = client.info(waybill)
    assert (seen["status"], seen["pieces"], seen["product_code"]) == ("A", 1, "THZXR")
    assert seen["packages"] == [{"weight": 0.5, "length": 20, "width": 15, "height": 5}]
    assert seen["receiver"]["postal_code"] == RECEIVER["postal_code"]
    assert client.info(ORDER["customer_order_number"]) == seen


def test_pounds_and_inches_are_turned_into_kilograms(client):
    packages = [{"weight": 1, "length": 10, "width": 4, "height": 2}]
    waybill = client.waybill(weight_unit="LBS", size_unit="INCH", packages=packages)
    (package,) = client.info(waybill)["packages"]
    assert package == {"weight": 0.454, "length": 25.4, "width": 10.2, "height": 5.1}


def test_several_packages_are_several_boxes(client):
    told = client.create(packages=ORDER["packages"] * 2)
    boxes = [each["shipper_hawbcode"] for each in told["shipper_boxs"]]
    assert boxes == told["bar_codes"]
    assert len(set(boxes)) == 2
    assert boxes[0] == told["waybill_number"]


def test_the_documented_tracking_number_is_taken_as_it_is(client):
    """LE339614461CN breaks its check digit."""
    told = client.create(order_numbers={"tracking_number": "LE339614461CN"})
    assert (told["tracking_number"], told["track_type"]) == ("LE339614461CN", "Y")
    assert client.info("LE339614461CN")["waybill_number"] == told["waybill_number"]


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"product_code": "NONE"}, "product_code"),
        ({"packages": []}, "packages"),
        ({"packages": [{"weight": 0}]}, "weight"),
        ({"packages": [{"weight": 30}]}, "too_heavy"),
        ({"receiver": RECEIVER | {"city": ""}}, "receiver.city"),
        ({"receiver": RECEIVER | {"country_code": "CN"}}, "no_such_destination"),
        ({"declaration_info": []}, "declaration_info"),
        ({"weight_unit": "STONE"}, "weight_unit"),
    ],
)
def test_an_order_with_a_flaw_is_refused_with_its_place(client, edits, words):
    answer = client.call("POST", CREATE, ORDER | edits)
    told = answer.json()
    assert (answer.status_code, told["success"], told["code"]) == (200, False, "400")
    assert words in told["msg"]


def test_a_customers_number_may_be_used_again_only_after_it_was_cancelled(client):
    waybill = client.waybill()
    assert client.refused("POST", CREATE, ORDER) == (200, "400")
    client.post("/v1/order/cancel", waybill_number=waybill)
    assert client.info(waybill)["status"] == "E"
    assert client.waybill() != waybill


def test_an_unknown_order_is_refused(client):
    for path in (INFO, "/v1/order/label/get"):
        assert client.refused("GET", path, order_number="YT0000000000000000") == (200, "404")
        assert client.refused("GET", path) == (200, "400")
    assert client.refused("POST", "/v1/order/cancel", {"waybill_number": "YT1"}) == (200, "404")


def test_what_has_been_received_cannot_be_cancelled(client, box):
    waybill = client.waybill()
    box.advance(by="4d")
    assert client.info(waybill)["status"] in ("B", "C")
    assert client.refused("POST", "/v1/order/cancel", {"waybill_number": waybill}) == (200, "400")
    wish = {"waybill_number": waybill, "weight": 1}
    assert client.refused("POST", "/v1/order/weight/modify", wish) == (200, "400")


def test_the_weight_of_a_forecast_is_modified(client):
    waybill = client.waybill()
    client.post("/v1/order/weight/modify", waybill_number=waybill, weight=750, weight_unit="G")
    assert client.info(waybill)["packages"][0]["weight"] == 0.75
    wish = {"waybill_number": waybill, "weight": 40}
    assert client.refused("POST", "/v1/order/weight/modify", wish) == (200, "400")


def test_a_forecast_is_held(client):
    waybill = client.waybill()
    client.post("/v1/order/hold", waybill_number=waybill, remark="Customer requested hold")
    assert client.info(waybill)["status"] == "Y"


def test_what_is_held_in_the_warehouse_goes_back(client, box):
    waybill = client.waybill()
    while client.info(waybill)["status"] == "A":
        box.advance(by="6h")
    assert client.info(waybill)["status"] == "B"
    client.post("/v1/order/hold", waybill_number=waybill)
    box.advance(by="10d")
    assert client.track(waybill)["package_status"] == "R"


def test_of_several_packages_each_that_is_in_the_warehouse_goes_back(client, box):
    first, second, third = client.create(packages=ORDER["packages"] * 3)["bar_codes"]
    way = ["picked_up", "arrived_at_hub", "departed_from_hub"]
    for waybill, scans in ((first, way[:2]), (second, way[:2]), (third, way)):
        steps = [
            {"at": box.now + 60 * nth, "scan": scan} for nth, scan in enumerate(scans, start=1)
        ]
        later = {"at": box.now + 86_400 * 20, "scan": "in_transit"}
        ends = [
            {"at": later["at"] + 60, "scan": "out_for_delivery"},
            {"at": later["at"] + 120, "scan": "delivered"},
        ]
        wish = {"tracking_number": waybill, "way": [*steps, later, *ends]}
        box.control("POST", "/carriers/yunexpress/follow", wish)
    box.advance(by="1h")
    assert [client.info(each)["status"] for each in (first, second, third)] == ["B", "B", "C"]
    client.post("/v1/order/hold", waybill_number=second)
    box.advance(by="30d")
    statuses = [client.track(each)["package_status"] for each in (first, second, third)]
    assert statuses == ["R", "R", "D"]


# Labels and prices.


@pytest.mark.parametrize(("form", "begins"), [("", b"%PDF"), ("PNG", b"\x89PNG"), ("ZPL", b"^XA")])
def test_the_label_is_real(client, box, form, begins):
    waybill = client.waybill(label_type=form)
    told = client.get("/v1/order/label/get", order_number=waybill)
    assert (told["order_number"], told["label_type"]) == (waybill, form or "PDF")
    answer = box.served.http.get(told["url"])
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(begins)


@pytest.mark.parametrize("form", ["PNG", "ZPL"])
def test_each_of_several_packages_has_its_own_label(client, box, form):
    waybills = client.create(label_type=form, packages=ORDER["packages"] * 3)["bar_codes"]
    urls = [client.get("/v1/order/label/get", order_number=each)["url"] for each in waybills]
    assert len({box.served.http.get(url).content for url in urls}) == 3


def test_a_voided_label_is_not_printed_any_more(client, box):
    waybill = client.waybill()
    url = client.get("/v1/order/label/get", order_number=waybill)["url"]
    client.post("/v1/order/cancel", waybill_number=waybill)
    assert client.refused("GET", "/v1/order/label/get", order_number=waybill) == (200, "400")
    assert box.served.http.get(url).status_code == 404


def test_a_label_is_its_own_accounts_and_its_own_worlds(open_box, client, box):
    """Two worlds are alike, numbers and all."""
    other = Client(open_box())
    waybill = client.waybill()
    url = client.get("/v1/order/label/get", order_number=waybill)["url"]
    forged = url.replace(client.credentials["app_id"], other.credentials["app_id"])
    assert other.waybill() == waybill
    assert box.served.http.get(forged).status_code == 404
    box.control("POST", "/reset")
    assert box.served.http.get(url).status_code == 404
    assert client.refused("GET", INFO, order_number=waybill) == (200, "404")


def test_a_label_bears_names_in_chinese(client, box):
    sender = {
        "first_name": "张三",
        "country_code": "CN",
        "province": "广东",
        "city": "Shenzhen",
        "address_lines": "深圳市南山区科技园",
        "postal_code": "518000",
    }
    waybill = client.waybill(sender=sender)
    url = client.get("/v1/order/label/get", order_number=waybill)["url"]
    assert box.served.http.get(url).content.startswith(b"%PDF")
    assert client.info(waybill)["sender"]["first_name"] == "张三"


def test_a_link_to_another_label_does_not_open(client, box):
    url = client.get("/v1/order/label/get", order_number=client.waybill())["url"]
    other = client.waybill(customer_order_number="other")
    forged = re.sub(r"YT\d+", other, url)
    assert box.served.http.get(forged).status_code == 404


def test_the_price_is_that_of_the_carriers_tariff(client):
    query = {"country_code": "US", "weight": 500, "weight_unit": "G"}
    (row,) = client.get("/v1/price-trial/get", **query)
    # 20.709 + 68.877 a kilogram, merchantfaq.wish.com
    assert (row["product_code"], row["calculate_amount"], row["currency"]) == (
        "THZXR",
        55.15,
        "RMB",
    )
    assert row["interval_day"] == "7-15"
    assert client.get("/v1/price-trial/get", country_code="US", weight=900) == []
    assert client.refused("GET", "/v1/price-trial/get", country_code="US") == (200, "400")


def test_products_are_told_in_detail(client):
    told = client.call("GET", "/v1/basic-data/products/getlist").json()
    assert [each["product_code"] for each in told["detail"]] == ["THZXR"]


# The rest.


def test_every_scan_has_its_words():
    assert SAID.keys() == set(Scan)


def test_a_planned_fault_is_told_in_yunexpress_words(client, box):
    fault = {"what": "throttled", "operation": "yunexpress.track", "times": 1, "retry_after": 9}
    box.control("POST", "/faults", fault)
    answer = client.call("GET", "/v1/track-service/info/get", query={"order_number": "YT1"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "9")
    assert answer.json()["success"] is False
    assert client.track("YT1")["package_status"] == "N"


def test_a_malformed_body_is_refused_while_a_fault_is_planned(client, box):
    box.control("POST", "/faults", {"what": "overloaded", "order_id": "nobody's"})
    client.authenticate()
    path, secret = "/v1/order/cancel", client.credentials["app_secret"]
    for content in (b"{", b"[]", b"[" * 100_000):
        signed = {
            "token": client.token,
            "date": "1",
            "sign": sign(secret, "1", "POST", path, content),
        }
        answer = box.served.http.post(path, content=content, headers=signed)
        assert answer.json()["success"] is False
        assert answer.status_code < 500


def test_a_path_that_nobody_serves_is_told_in_the_envelope(client):
    assert client.refused("GET", "/v1/order/nothing") == (404, "404")
