"""EMS: wrapped messages, orders here and abroad, couriers, labels, tracking, pushes."""

import json
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from mock_api.carriers.ems import messages
from mock_api.carriers.ems.tracking import FOUND, UNKNOWN
from mock_api.carriers.ems.words import SAID
from mock_api.settings import ServerSettings
from simulator.carriers import numbers
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.ems import LONDON, PATH, SHENZHEN, Ems, sm4_block, wrapped

HOME = ["203", "954", "389", "EMD", "EDB", "EDC", "954", "702", "704"]
WINDOW = {
    "pickupPreBeginTime": "2030-01-08 09:00:00",
    "pickupPreEndTime": "2030-01-08 18:00:00",
}
OTHER = b64encode(b"another-key-1234").decode()


@pytest.fixture
def ems(box):
    return Ems(box)


@pytest.fixture
def on_call(open_box):
    """Nobody comes until somebody calls."""
    return Ems(open_box(pickups="on_call"))


# Messages.


def test_the_standards_vector_comes_out_right():
    """GB/T 32907-2016, appendix A, example 1: text and key are the same."""
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    assert sm4_block(block, block).hex() == "681edf34d206965e86b3e94f536e4246"
    text = b64encode(block).decode()
    assert b64decode(messages.wrapped("", text).removeprefix("|$4|"))[:16] == sm4_block(
        text.encode()[:16], block
    )


def test_emss_own_sample_comes_out_right():
    key = "TvaBgrhE46sft3nZlfe7xw=="
    text = '{"language":"zh-CN","orderId":"QIAO-20200618-004"}'
    sample = (
        "|$4|efB6PnjDpgHG4xfrvYlXonyBuMJoGTynkfasopHvbl2u3nmNeP+rznA3DyRwb/2GeZL7I3rL6HKD5+Tv3Uy6"
        "x8jIDISbYG8Bg14caH2flYE="
    )
    assert wrapped(text, key) == sample
    assert messages.wrapped(text, key) == sample
    assert messages.unwrapped(sample, key) == text


def test_it_is_served_below_its_name_and_in_the_test_environment(box):
    assert Ems(box, "/ems").place()
    assert Ems(box, environment="test").place_abroad(logistics_order_no="T1")


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ({"senderNo": "1100099999999"}, "协议客户号不存在"),
        ({"senderNo": ""}, "协议客户号不存在"),
        ({"authorization": "nonsense"}, "授权码错误"),
        ({"authorization": "ü"}, "授权码错误"),
        ({"logitcsInterface": '{"waybillNo": "EA1"}'}, "报文未加密"),
        ({"logitcsInterface": "|$4|"}, "报文解密失败"),
        ({"logitcsInterface": "|$4|nonsense"}, "报文解密失败"),
        ({"logitcsInterface": "|$4|ü"}, "报文解密失败"),
        ({"logitcsInterface": wrapped('{"waybillNo": "EA1"}', OTHER)}, "报文解密失败"),
    ],
)
def test_who_has_no_key_is_refused(ems, edits, why):
    assert ems.refused("040001", {"waybillNo": "EA100000012CN"}, **edits) == why


def test_a_message_that_is_no_json_is_refused(ems):
    for text in ("", "{", "[" * 5_000):
        assert ems.refused("040001", text) == "报文解密失败"
    for message in (7, [], [{}, {}], "7", None, {"waybillNo": []}):
        assert ems.refused("040001", json.dumps(message))


def test_a_lenient_sandbox_takes_a_message_without_its_mark(open_box):
    ems = Ems(open_box(lenient=["ems"]))
    bare = wrapped('{"waybillNo": "EA100000012CN"}', ems.told["sign_key"]).removeprefix("|$4|")
    assert ems.envelope("040001", {}, logitcsInterface=bare)["retCode"] == "00000"


def test_any_credentials_will_do_where_the_server_says_so_if_the_code_is_the_key(serve):
    served = serve(ServerSettings(any_credentials=True))
    form = {"apiCode": "040001", "senderNo": "42", "authorization": OTHER}
    form["logitcsInterface"] = wrapped('{"waybillNo": "EA100000012CN"}', OTHER)
    answer = served.http.post(f"{PATH}/open", data=form).json()
    assert (answer["retCode"], answer["retMsg"]) == ("00000", UNKNOWN)
    answer = served.http.post(f"{PATH}/open", data=form | {"authorization": "mine"}).json()
    assert answer["retMsg"] == "报文解密失败"


def test_a_planned_fault_is_told_in_emss_words_and_may_be_about_one_parcel(ems):
    fault = {"what": "throttled", "operation": "ems.call", "retry_after": 3, "times": 1}
    ems.box.control("POST", "/faults", fault)
    answer = ems.call("040001", {"waybillNo": "EA100000012CN"})
    assert (answer.status_code, answer.headers["retry-after"]) == (200, "3")
    assert answer.json()["retCode"] == "S00001"
    number = ems.place()
    fault = {"what": "overloaded", "operation": "ems", "order_id": number, "times": 1}
    ems.box.control("POST", "/faults", fault)
    ems.place()
    assert ems.refused("020006", {"waybillNo": number}) == "系统繁忙"


def test_codes_and_paths_that_are_none_are_refused(ems):
    assert "999999" in ems.refused("999999", {})
    assert ems.http.post(f"{PATH}/closed").status_code == 404
    assert ems.http.get(f"{PATH}/open").json()["retCode"] == "S00001"


# Orders.


def test_an_order_has_a_waybill_with_a_right_check_digit(ems):
    told = ems.body("020003", [ems.order()])
    assert told["logisticsOrderNo"] == "ORDER-1"
    assert numbers.checks("ems", told["waybillNo"])


def test_abroad_the_product_says_whose_it_is(ems):
    assert numbers.checks("ems", ems.place_abroad())
    for product in ("001", "002", "019"):
        assert numbers.checks("epacket", ems.place_abroad(biz_product_no=product))


def test_a_number_is_told_of_an_order_that_is_placed(ems):
    number = ems.place_abroad()
    asked = {"order": [{"logisticsOrderId": "ORDER-1", "rcountry": "GB"}]}
    assert ems.body("110002", asked) == [{"logisticsOrderId": "ORDER-1", "bar_code": number}]
    assert "110001" in ems.refused("110002", {"order": [{"logisticsOrderId": "OTHER"}]})
    assert ems.refused("110002", {"order": []})


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ({"logisticsOrderNo": ""}, "logisticsOrderNo"),
        ({"weight": "0"}, "weight"),
        ({"weight": "heavy"}, "weight"),
        ({"sender": None}, "sender"),
        ({"receiver": LONDON | {"address": None}}, "receiver.address"),
        ({"receiver": LONDON | {"nation": "Britain"}}, "receiver.nation"),
        ({"receiver": LONDON | {"nation": ""}}, "超范围"),
        ({"weight": "31000"}, "超重"),
        ({"length": "151"}, "超长"),
        (WINDOW | {"pickupPreEndTime": "2030-01-08 08:00:00"}, "预约"),
        (WINDOW | {"pickupPreEndTime": "later"}, "pickupPreEndTime"),
        ({"cargos": 7}, "cargos"),
    ],
)
def test_what_is_refused_changes_nothing(ems, edits, why):
    before = ems.box.mark()
    assert why in ems.refused("020003", [ems.order(**edits)])
    assert ems.box.mark() == before


def test_an_order_number_is_used_once_and_abroad_a_product_is_named(ems):
    ems.place(logisticsOrderNo="A1")
    assert "A1" in ems.refused("020003", [ems.order(logisticsOrderNo="A1")])
    assert "biz_product_no" in ems.refused("110001", ems.abroad(biz_product_no=""))


def test_an_order_is_called_off_once_and_until_the_post_has_it(ems):
    number, taken = ems.place(), ems.place()
    wish = {"logisticsOrderNo": "ORDER-1", "waybillNo": number, "cancelReason": "用户取消"}
    assert ems.body("020006", wish)["waybillNo"] == number
    assert ems.refused("020006", wish) == "邮件已撤单"
    assert ems.refused("010004", {"waybillNo": number}) == "邮件已撤单"
    assert ems.codes(number) == ["801"]
    ems.box.advance(by="4d")
    assert ems.refused("020006", {"logisticsOrderNo": "ORDER-2"}) == "邮件已收寄"
    assert ems.refused("020006", {"waybillNo": "EA100000012CN"}) == "邮件不存在"
    assert ems.codes(taken)[0] == "203"
    assert ems.codes(number) == ["801"]


def test_an_estimate_is_what_the_order_costs_once_it_was_accepted(ems):
    asked = {"senderInfo": SHENZHEN, "receiveInfo": LONDON, "weight": "500"}
    asked |= {"length": "20", "width": "15", "height": "10"}
    estimate = ems.body("050005", asked)
    number = ems.place()
    assert ems.refused("050001", {"waybillNo": number}) == "邮件未收寄"
    ems.box.advance(by="4d")
    fee = ems.body("050001", {"waybillNo": number})
    assert fee["postageTotal"] == estimate["totalFee"] == estimate["realFee"]
    assert fee["realWeight"] == "500"
    assert "receiveInfo" in ems.refused("050005", {"senderInfo": SHENZHEN, "weight": 1})
    assert "超范围" in ems.refused("050005", asked | {"receiveInfo": SHENZHEN})


# Couriers.


def test_a_courier_comes_in_the_window(on_call):
    called = on_call.place(**WINDOW)
    left = on_call.place()
    on_call.box.advance(by="4d")
    assert on_call.codes(called)[0] == "203"
    assert on_call.codes(left) == []


def test_the_same_instant_twice_is_no_window_and_calls_nobody(on_call):
    same = WINDOW | {"pickupPreEndTime": WINDOW["pickupPreBeginTime"]}
    on_call.place(**same)
    assert on_call.box.inside.world.shippers.pickups("ems") == []


@pytest.mark.parametrize("product", ["007", "019"])
def test_a_courier_comes_for_an_order_abroad_as_well(on_call, product):
    wish = {"biz_product_no": product, "pickupType": "1"}
    number = on_call.place_abroad(**wish, **WINDOW)
    on_call.box.advance(by="4d")
    assert on_call.traces(number)[0]["opTime"].startswith("2030-01-08 ")


def test_a_parcel_for_the_counter_is_brought_there(on_call):
    number = on_call.place(pickupType="0")
    on_call.box.advance(by="4d")
    assert on_call.codes(number)[0] == "203"


def test_a_cancelled_order_calls_its_courier_off(on_call):
    number = on_call.place(**WINDOW)
    on_call.body("020006", {"waybillNo": number})
    (pickup,) = on_call.box.inside.world.shippers.pickups("ems")
    assert pickup.status == "cancelled"


# Labels.


def test_a_label_is_base64_in_the_envelope_or_a_bare_pdf(ems):
    number = ems.place_abroad(biz_product_no="019")
    domestic = ems.envelope("010004", {"waybillNo": number, "type": "129"})["retBody"]
    asked = {"ecCompanyId": "1", "barCode": number, "version": "2", "pageType": "RM"}
    told = ems.body("120001", asked)
    assert (told["waybillNo"], told["data"]) == (number, domestic)
    page = PdfDocument(b64decode(domestic))[0]
    assert number in page.get_textpage().get_text_range()
    by_order = asked | {"barCode": "", "logisticsOrderNo": "ORDER-1"}
    assert ems.body("120001", by_order) == told
    bare = ems.call("120001", asked | {"version": "1"})
    assert bare.headers["content-type"] == "application/pdf"
    assert bare.content == b64decode(domestic)
    assert ems.refused("120001", asked | {"barCode": "EA100000012CN"}) == "邮件不存在"


# Tracking.


def test_every_scan_has_its_words_or_is_not_shown():
    assert SAID.keys() == set(Scan)


def test_the_page_has_the_same_words():
    page = (Path(__file__).parents[3] / "docs/ems-api.md").read_text(encoding="utf-8")
    for scan, said in SAID.items():
        row = f"| `{scan}` | {said.code} | {said.name} |" if said else f"| `{scan}` | not shown |"
        assert row in page


@pytest.mark.parametrize("product", ["007", "019"])
def test_a_parcel_is_accepted_travels_and_is_delivered(ems, product):
    number = ems.place_abroad(biz_product_no=product)
    ems.box.advance(by="45d")
    traces = ems.traces(number)
    assert ems.codes(number) == HOME
    assert traces == list(reversed(ems.traces(number, direction="1")))
    assert traces[0]["opName"] == "收寄"
    assert traces[0]["opOrgProvName"] == "广东省"
    assert {each["waybillNo"] for each in traces} == {number}
    assert ems.envelope("040001", {"waybillNo": number})["retMsg"] == FOUND


def test_a_number_that_is_unknown_is_a_success_without_operations(ems):
    order = ems.box.released(shipping="seller")
    told = ems.box.control("POST", "/carriers/ups/book", {"order_id": order})
    ems.box.advance(by="3d")
    for number in ("EA100000012CN", "nonsense", told["tracking_number"]):
        assert ems.traces(number) == []
        assert ems.envelope("040001", {"waybillNo": number})["retMsg"] == UNKNOWN
    assert "waybillNo" in ems.refused("040001", {})


# Pushes.


def pushed(ems, listener):
    """What was in them: they are read with our own, which the vectors above have checked."""
    key = ems.told["sign_key"]
    news = [json.loads(body) for _, body in listener.heard]
    assert {(each["method"], each["senderNo"]) for each in news} <= {
        ("040002", ems.told["sender_no"])
    }
    texts = [messages.unwrapped(each["logitcsInterface"], key) for each in news]
    assert [wrapped(text, key) for text in texts] == [each["logitcsInterface"] for each in news]
    return [json.loads(text) for text in texts]


def test_each_operation_is_pushed_wrapped(ems, listener):
    ems.box.control("PUT", "/carriers/ems/webhook", {"url": listener.url})
    number = ems.place()
    ems.box.advance(by="45d")
    told = pushed(ems, listener)
    assert [each["opCode"] for each in told] == HOME
    assert {each.pop("orderNo") for each in told} == {"ORDER-1"}
    assert told == ems.traces(number)


def test_a_cancelled_order_is_pushed_and_nothing_after_it(ems, listener):
    ems.box.control("PUT", "/carriers/ems/webhook", {"url": listener.url})
    number = ems.place()
    ems.body("020006", {"waybillNo": number})
    ems.box.advance(by="4d")
    told = pushed(ems, listener)
    assert [(each["opCode"], each.pop("orderNo")) for each in told] == [("801", "ORDER-1")]
    assert told == ems.traces(number)


def test_only_the_customers_key_wraps_pushes(ems, listener):
    wish = {"url": listener.url, "secret": "no key at all"}
    ems.box.control("PUT", "/carriers/ems/webhook", wish)
    ems.place()
    ems.box.advance(by="1d")
    assert pushed(ems, listener)[0]["opCode"] == "203"


def test_an_address_that_fails_is_tried_again(ems, listener):
    listener.answers = [500, 500]
    ems.box.control("PUT", "/carriers/ems/webhook", {"url": listener.url})
    ems.place()
    ems.box.advance(by="2d")
    message, *_ = ems.box.webhooks()
    first, second, third = (each["at"] for each in message["attempts"])
    assert (second - first, third - second) == (600, 1800)
