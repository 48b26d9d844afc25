"""J&T: who calls, orders, prices, labels, couriers who are called."""

from base64 import b64decode
from hashlib import md5
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from mock_api.carriers.jt.refusals import TEXTS
from mock_api.carriers.jt.signing import header_digest, is_password, is_signed
from mock_api.settings import ServerSettings
from simulator.carriers import numbers
from tests.mock_api.carriers.jt import LONDON, SHENZHEN, Jt, inner
from tests.mock_api.carriers.signing import digest

WINDOW = {"sendStartTime": "2030-01-08 09:00:00", "sendEndTime": "2030-01-08 18:00:00"}


@pytest.fixture
def jt(box):
    return Jt(box)


@pytest.fixture
def on_call(open_box):
    """Nobody comes until somebody calls."""
    return Jt(open_box(pickups="on_call"))


# Who calls.


def test_the_digests_of_jts_own_documentation_are_right():
    """The samples of its pages for Egypt and China, each with the key of that page."""
    egypt = "a0a1047cce70493c9d5d29704f05d0d9"
    text = "{'billCodes': 'UEG000000190252'}"
    assert header_digest(text, egypt) == digest(text, egypt) == "+4VwUm11evdiYZ4KgsXLrA=="
    assert inner("J0086024138", "KO6w29g2", egypt) == "wapT8IYOjNeViOL5eZupEg=="
    assert is_signed("wapT8IYOjNeViOL5eZupEg==", "J0086024138", "KO6w29g2", egypt)
    china = ("J0086474299", "H5CD3zE6", "0258d71b55fc45e3ad7a7f38bf4b201a")
    assert is_signed("qonqb4O1eNr6VCWS07Ieeg==", *china)
    assert not is_signed("qonqb4O1eNr6VCWS07Ieeg==", "J0086474299", "h5cd3ze6", china[2])


def test_malaysias_password_is_taken_as_it_is_documented_and_as_it_is_shown():
    assert is_password("secret", "secret")
    assert is_password(
        md5(b"secretjadada369t3", usedforsecurity=False).hexdigest().upper(), "secret"
    )
    assert not is_password(md5(b"secret", usedforsecurity=False).hexdigest().upper(), "secret")


def test_each_countrys_salt_will_do(jt):
    code, password, key = (jt.told[name] for name in ("customer_code", "password", "private_key"))
    jt.place(digest=inner(code, password, key, "jadada369t3"))
    jt.place(digest=None, password=password)


def test_it_is_served_below_its_name_as_well(box):
    assert Jt(box, "/jt").place()["billCode"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"digest": None}, "145003052"),
        ({"apiAccount": None}, "145003051"),
        ({"timestamp": None}, "145003053"),
        ({"apiAccount": "123456789012345678"}, "145003010"),
        ({"digest": "AAAAAAAAAAAAAAAAAAAAAA=="}, "145003030"),
    ],
)
def test_bad_headers_are_refused_with_jts_codes(jt, headers, code):
    assert jt.refused("logistics/trace", {"billCodes": "JT5000000000001"}, **headers) == code


def test_the_text_is_signed_as_it_is_sent(jt):
    spaced = '{ "billCodes" : "JT5000000000001" }'
    assert jt.data("logistics/trace", spaced)
    tight = digest('{"billCodes":"JT5000000000001"}', jt.told["private_key"])
    assert jt.refused("logistics/trace", spaced, digest=tight) == "145003030"


def test_the_customer_within_must_be_the_accounts_own(jt):
    assert jt.refused("order/addOrder", jt.order(customerCode="J0000000009")) == "145003080"
    assert jt.refused("order/addOrder", jt.order(digest="nonsense")) == "145003031"
    assert jt.refused("order/addOrder", jt.order(digest="ü")) == "145003031"


def test_any_credentials_will_do_where_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    headers = {"apiAccount": "42", "digest": "any", "timestamp": "1"}
    body = {"bizContent": '{"customerCode": "mine", "command": 1, "serialNumber": ["A"]}'}
    path = "/webopenplatformapi/api/order/getOrders"
    answer = served.http.post(path, data=body, headers=headers)
    assert answer.json() == {"code": "1", "msg": "success", "data": []}


def test_a_planned_fault_is_told_in_jts_words_and_may_be_about_one_parcel(jt):
    fault = {"what": "throttled", "operation": "jt.trace", "retry_after": 3, "times": 1}
    jt.box.control("POST", "/faults", fault)
    answer = jt.call("logistics/trace", {"billCodes": "JT5000000000001"})
    assert (answer.status_code, answer.headers["retry-after"]) == (200, "3")
    assert answer.json()["code"] == "0"
    number = jt.placed_number()
    fault = {"what": "internal_error", "operation": "jt", "order_id": number, "times": 1}
    jt.box.control("POST", "/faults", fault)
    jt.place()
    assert jt.refused("logistics/trace", {"billCodes": f"X12345,{number}"}) == "145003040"


@pytest.mark.parametrize("body", ["", "[]", "{", '{"items": 7}', '{"sender": "me"}', "null"])
def test_content_that_is_none_is_no_mistake_of_ours(jt, body):
    assert jt.refused("order/addOrder", body) in ("145003050", "145003080")


def test_a_path_that_is_none_is_not_found(jt):
    assert jt.call("order/guess", {}).status_code == 404


# Placing.


def test_an_order_has_a_waybill_and_what_it_costs(jt):
    order = jt.order()
    placed = jt.data("order/addOrder", order)
    estimate = {**jt.customer, "sender": SHENZHEN, "receiver": LONDON, "weight": 0.5}
    estimate |= {"length": 20, "width": 15, "height": 10}
    assert numbers.checks("jt", placed["billCode"])
    assert placed["txlogisticId"] == order["txlogisticId"]
    assert placed["createOrderTime"].startswith("2030-01-07 ")
    assert placed["lastCenterName"] == "Daventry Parcel Hub"
    assert jt.data("spmComCost/getComCost", estimate) == {"totalPrice": placed["sumFreight"]}


def test_an_order_is_told_as_it_was_placed(jt):
    number = jt.placed_number(remark="fragile")
    (told,) = jt.orders(2, number)
    assert told == jt.orders(1, "ORDER-1", "ORDER-9")[0]
    assert (told["txlogisticId"], told["remark"], told["serviceType"]) == (
        "ORDER-1",
        "fragile",
        "01",
    )
    assert told["receiver"]["countryCode"] == "GBR"
    assert told["sender"]["city"] == "Shenzhen"
    assert (told["weight"], told["length"], told["orderStatus"]) == (0.5, 20, 101)
    assert "pickup" not in told


def test_orders_are_listed_by_time_and_page(jt):
    for _ in range(3):
        jt.placed_number()
    span = {"startDate": "2030-01-07 00:00:00", "endDate": "2030-01-08 00:00:00"}
    page = jt.orders(3, **span, current=2, size=2)
    assert [each["txlogisticId"] for each in page] == ["ORDER-3"]
    assert jt.orders(3, **span, status=104) == []
    assert len(jt.orders(3, **span, current=None, size=None, status=None)) == 3
    jt.data("order/cancelOrder", jt.cancellation("ORDER-3"))
    (cancelled,) = jt.orders(3, **span, status=104, size=1)
    assert cancelled["txlogisticId"] == "ORDER-3"
    wrong = {**jt.customer, "command": 3, **span}
    asked = wrong | {"startDate": "2031-01-01 00:00:00"}
    assert jt.refused("order/getOrders", asked) == "145003097"
    assert jt.refused("order/getOrders", wrong | {"endDate": "soon"}) == "145003097"
    assert jt.refused("order/getOrders", wrong | {"current": 0}) == "145003102"
    assert jt.refused("order/getOrders", wrong | {"command": 9}) == "145003050"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"txlogisticId": ""}, "145003082"),
        ({"txlogisticId": "x" * 51}, "145003082"),
        ({"sender": None}, "145003083"),
        ({"sender": SHENZHEN | {"name": ""}}, "145003083"),
        ({"receiver": LONDON | {"city": None}}, "145003084"),
        ({"receiver": LONDON | {"mobile": ""}}, "145003085"),
        ({"receiver": LONDON | {"address": "", "area": ""}}, "145003086"),
        ({"receiver": LONDON | {"countryCode": "XYZ"}}, "145003060"),
        ({"receiver": SHENZHEN}, "145003060"),
        ({"expressType": ""}, "145003087"),
        ({"serviceType": "03"}, "145003200"),
        ({"weight": "0"}, "145003092"),
        ({"weight": "heavy"}, "145003092"),
        ({"weight": "25"}, "145003092"),
        ({"length": 300}, "145003050"),
        ({"totalQuantity": 2}, "145003111"),
        ({"operateType": 2}, "145003042"),
        ({"items": [{"itemValue": "much"}]}, "145003050"),
        ({"sendStartTime": "2030-01-08 09:00:00"}, "145003088"),
        ({"sendStartTime": "tomorrow", "sendEndTime": "later"}, "145003088"),
        (WINDOW | {"sendEndTime": "2030-01-08 08:00:00"}, "145003088"),
        (WINDOW | {"sender": SHENZHEN | {"city": "拉萨市"}}, "145003061"),
    ],
)
def test_what_jt_refuses_changes_nothing(jt, edits, code):
    before = jt.box.mark()
    assert jt.refused("order/addOrder", jt.order(**edits)) == code
    assert jt.box.mark() == before


def test_an_order_number_is_used_once(jt):
    jt.place(txlogisticId="A1")
    assert jt.refused("order/addOrder", jt.order(txlogisticId="A1")) == "145003101"


def test_malaysias_form_of_an_order_is_taken(jt):
    malaysian = {
        "actionType": "add",
        "operateType": None,
        "serviceType": "1",
        "weight": None,
        "packageInfo": {"packageQuantity": "1", "weight": "10", "goodsType": "ITN8"},
    }
    (told,) = jt.orders(2, jt.placed_number(**malaysian))
    assert (told["weight"], told["serviceType"], told["goodsType"]) == (10.0, "01", "ITN8")


def test_within_a_country_with_a_network_it_carries_as_well(jt):
    daventry = LONDON | {"city": "Daventry"}
    placed = jt.place(sender=daventry)
    assert placed["lastCenterName"]
    assert placed["createOrderTime"] == "2030-01-07 00:00:00"  # in Shenzhen it is 8
    span = {"startDate": "2030-01-06 23:00:00", "endDate": "2030-01-07 01:00:00"}
    assert [each["billCode"] for each in jt.orders(3, **span)] == [placed["billCode"]]


# Prices.


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"receiver": None}, "145003084"),
        ({"sender": {"city": ""}}, "145003083"),
        ({"receiver": {"city": "南京市", "prov": "江苏"}}, "145003060"),
        ({"weight": "21"}, "145003092"),
        ({"customerCode": "nobody"}, "145003080"),
    ],
)
def test_what_has_no_price_is_refused(jt, edits, code):
    asked = {**jt.customer, "sender": SHENZHEN, "receiver": LONDON, "weight": 1} | edits
    assert jt.refused("spmComCost/getComCost", asked) == code


# Cancelling.


def test_an_order_is_cancelled_once_and_not_carried(jt):
    number = jt.placed_number()
    told = jt.data("order/cancelOrder", jt.cancellation("ORDER-1"))
    assert told == {"txlogisticId": "ORDER-1", "billCode": number}
    assert jt.orders(1, "ORDER-1")[0]["orderStatus"] == 104
    assert jt.refused("order/cancelOrder", jt.cancellation("ORDER-1")) == "145003202"
    assert jt.refused("order/printOrder", {**jt.customer, "billCode": number}) == "145003202"
    jt.box.advance(by="3d")
    assert jt.trace(number) == []


def test_what_jt_has_already_is_not_cancelled(jt):
    jt.placed_number()
    jt.box.advance(by="2d")
    assert jt.orders(1, "ORDER-1")[0]["orderStatus"] == 103
    assert jt.refused("order/cancelOrder", jt.cancellation("ORDER-1")) == "145003201"


def test_a_cancellation_names_an_order_and_a_reason(jt):
    jt.placed_number()
    wish = jt.cancellation("ORDER-1", reason="")
    assert jt.refused("order/cancelOrder", wish) == "145003089"
    assert jt.refused("order/cancelOrder", jt.cancellation("")) == "145003082"
    assert jt.refused("order/cancelOrder", jt.cancellation("OTHER")) == "145003064"
    private = {"txlogisticId": "ORDER-1", "orderType": 1, "reason": "changed my mind"}
    assert jt.data("order/cancelOrder", private)["txlogisticId"] == "ORDER-1"


# Couriers.


def test_a_courier_comes_in_the_window(on_call):
    called = on_call.placed_number(**WINDOW)
    left = on_call.placed_number()
    assert on_call.orders(2, called)[0]["orderStatus"] == 101
    on_call.box.advance(to=1_894_064_400)  # 09:40 on that day in Shenzhen
    on_call.box.advance(by="3d")
    assert on_call.codes(called)[0] == "10"
    assert on_call.trace(left) == []


def test_while_the_window_is_open_the_courier_is_said_to_be_on_the_way(on_call):
    number = on_call.placed_number(**WINDOW)
    now = on_call.box.now
    on_call.box.advance(to=now - (now + 8 * 3600) % 86_400 + 86_400 + 9 * 3600 + 60)
    assert on_call.orders(2, number)[0]["orderStatus"] == 102


def test_a_cancelled_order_calls_its_courier_off(on_call):
    on_call.placed_number(**WINDOW)
    on_call.data("order/cancelOrder", on_call.cancellation("ORDER-1"))
    (pickup,) = on_call.box.inside.world.shippers.pickups("jt")
    assert pickup.status == "cancelled"


def test_a_parcel_for_a_store_is_brought_there(on_call):
    number = on_call.placed_number(serviceType="02")
    on_call.box.advance(by="3d")
    assert on_call.codes(number)[0] == "10"


def test_a_window_that_is_too_late_is_the_next_days(on_call):
    now = on_call.box.now
    on_call.box.advance(to=now - (now + 8 * 3600) % 86_400 + 18 * 3600 + 60)
    late = {"sendStartTime": "2030-01-07 09:00:00", "sendEndTime": "2030-01-07 19:00:00"}
    on_call.placed_number(**late)
    (pickup,) = on_call.box.inside.world.shippers.pickups("jt")
    assert pickup.window.moved


# Labels.


def test_a_label_is_a_pdf(jt):
    number = jt.placed_number()
    told = jt.data("order/printOrder", {**jt.customer, "billCode": number})
    page = PdfDocument(b64decode(told["base64EncodeContent"]))[0]
    assert number in page.get_textpage().get_text_range()
    by_order = jt.data("order/printOrder", {**jt.customer, "txlogisticId": "ORDER-1"})
    assert by_order == told


def test_the_page_has_every_code():
    page = (Path(__file__).parents[3] / "docs/jt-api.md").read_text(encoding="utf-8")
    assert [code for code in TEXTS if f"| {code} |" not in page] == []
