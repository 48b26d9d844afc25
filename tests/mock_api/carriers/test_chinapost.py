"""China Post's ePacket: orders in JSON and XML, labels, fees, tracking."""

from json import dumps
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdfium2 import PdfDocument

from mock_api.carriers.chinapost.refusals import REASONS
from mock_api.carriers.chinapost.signing import digest as signed
from mock_api.carriers.chinapost.words import SAID
from mock_api.settings import ServerSettings
from simulator.carriers import numbers
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.chinapost import LONDON, SHENZHEN, ChinaPost
from tests.mock_api.carriers.signing import digest

PAGE = Path(__file__).parents[3] / "docs/chinapost-api.md"
HOME = [
    "收寄",
    "邮件到达处理中心",
    "离开处理中心",
    "到达寄达地",
    "送交进口海关",
    "海关放行",
    "邮件到达处理中心",
    "安排投递",
    "妥投",
]

XML = """
<logisticsEventsRequest><logisticsEvent>
  <eventHeader><eventType>YORDERCREATE</eventType><eventTarget>JDPT</eventTarget></eventHeader>
  <eventBody><order>
    <sender_no>{company}</sender_no>
    <logistics_order_no>{order}</logistics_order_no>
    <biz_product_no>002</biz_product_no>
    <weight>300</weight><volume></volume><length></length>
    <contents_total_value>19</contents_total_value><declare_curr_code>USD</declare_curr_code>
    <sender><name>Shenzhen Lights</name><post_code>518057</post_code><mobile>138</mobile>
      <nation>CN</nation><province>Guangdong</province><city>Shenzhen</city>
      <address>88 Keji Road</address></sender>
    <receiver><name>Ann Example</name><post_code>NW1 6XE</post_code><nation>GB</nation>
      <province>London</province><city>London</city><address>1 Example Street</address></receiver>
    <items><item><cargo_name_en>lamp</cargo_name_en></item>
      <item><cargo_name_en>bulb</cargo_name_en></item></items>
  </order></eventBody>
</logisticsEvent></logisticsEventsRequest>"""


@pytest.fixture
def post(box):
    return ChinaPost(box)


def fields(answer):
    """Of an XML answer, the innermost."""
    root = ET.fromstring(answer.content)  # noqa: S314 - ours
    assert answer.headers["content-type"] == "application/xml"
    (response,) = root.iter("response")
    return root.tag, {child.tag: child.text or "" for child in response}


# Who calls.


def test_the_digest_is_base64_of_the_raw_md5_of_text_and_key():
    """The vector is the one by which a Chinese platform's documentation explains the same rule."""
    assert signed("hello1234", "key123") == digest("hello1234", "key123")
    assert signed("hello1234", "key123") == "ufYU7rvXhHY3IDyZgyt6SA=="


def test_it_is_served_below_its_name_as_well(box):
    assert ChinaPost(box, "/chinapost").place()


def test_a_wrong_digest_and_an_unknown_partner_are_refused(post):
    content = dumps(post.order())
    assert post.refused(content, data_digest="AAAA") == "S02"
    assert post.refused(content, data_digest="ü") == "S02"
    assert post.refused(content, ecCompanyId="90000999999999") == "S03"
    assert post.refused(content, ecCompanyId="") == "S03"
    assert post.refused(content, msg_type="B2B") == "S04"
    assert post.cancel("LK1", digest="AAAA") == {"flag": "false", "message": REASONS["S02"]}
    assert post.fees("LK1", dataDigest="AAAA")["return_reason"] == "S02"
    assert post.label("LK1", dataDigest="AAAA").json()["err_code"] == "S02"
    assert b"<code>S03</code>" in post.track("LK1", token="nobody").content


def test_any_credentials_will_do_where_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    form = {"waybillNos": "LK100000003CN", "dataDigest": "any", "ecCompanyId": "42"}
    answer = served.http.post("/pcpErp-web/a/pcp/orderFeeService/getOrderFee", data=form)
    assert answer.json()["return_reason"] == "S13"


def test_a_planned_fault_is_told_in_the_form_of_each_interface(post):
    for operation in ("order_receive_back", "cancel_order", "track"):
        fault = {"what": "throttled", "operation": f"chinapost.{operation}", "retry_after": 3}
        post.box.control("POST", "/faults", fault)
    answer = post.send(dumps(post.order()))
    assert (answer.status_code, answer.headers["retry-after"]) == (200, "3")
    assert answer.json()["reason"] == "S07"
    assert post.cancel("LK1")["flag"] == "false"
    assert b"<code>S07</code>" in post.track("LK1").content


def test_a_fault_may_be_about_one_parcel(post):
    number, other = post.place(), post.place()
    fault = {"what": "overloaded", "operation": "chinapost", "order_id": number}
    post.box.control("POST", "/faults", fault)
    assert post.cancel(other)["flag"] == "true"
    assert post.cancel(number)["flag"] == "false"


def test_a_path_that_is_none_is_not_found(post):
    answer = post.post("/orderService/guess", {})
    assert (answer.status_code, answer.json()["reason"]) == (404, "S12")


# Orders.


def test_an_order_has_a_waybill_with_a_right_check_digit(post):
    assert numbers.checks("epacket", post.place())
    assert numbers.checks("epacket", post.place(biz_product_no="002"))


def test_an_order_in_xml_is_answered_in_xml(post):
    content = XML.format(company=post.company, order="X1")
    root, told = fields(post.send(content, "XML"))
    assert (root, told["success"]) == ("responses", "true")
    assert numbers.checks("epacket", told["waybillNo"])
    shipment = post.box.inside.world.shippers.shipment_numbered(told["waybillNo"])
    assert (shipment.wish.contents, shipment.wish.reference) == ("lamp, bulb", "X1")
    _, again = fields(post.send(content, "XML"))
    assert (again["success"], again["reason"]) == ("false", "S13")


@pytest.mark.parametrize(
    "content",
    [
        "<order",
        "<nothing/>",
        "",
        '<!DOCTYPE o [<!ENTITY a "b">]><order><weight>&a;</weight></order>',
        '<!DOCTYPE o SYSTEM "file:///etc/passwd"><order>&o;</order>',
        '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><order>&x;</order>',
        "<order>" + "<a>" * 500 + "</a>" * 500 + "</order>",
    ],
)
def test_xml_that_is_none_or_has_entities_is_not_read(post, content):
    _, told = fields(post.send(content, "XML"))
    assert (told["success"], told["reason"]) == ("false", "S01")


@pytest.mark.parametrize("content", ["{", "", "nonsense"])
def test_json_that_is_none_is_no_mistake_of_ours(post, content):
    assert post.refused(content) == "S01"


@pytest.mark.parametrize("content", ["[]", "7", '{"items": 7}', '{"sender": "me"}', "<order/>"])
def test_what_is_no_order_is_refused(post, content):
    assert post.refused(content) in ("S01", "S05")
    _, told = fields(post.send("<order><sender>me</sender></order>", "XML"))
    assert told["reason"] == "S05"


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ({"sender_no": "90000999999999"}, "S03"),
        ({"logistics_order_no": ""}, "S05"),
        ({"biz_product_no": "777"}, "S05"),
        ({"weight": 0}, "S05"),
        ({"weight": "heavy"}, "S05"),
        ({"weight": "NaN"}, "S05"),
        ({"sender": None}, "S05"),
        ({"receiver": None}, "S05"),
        ({"receiver": LONDON | {"nation": "Britain"}}, "S05"),
        ({"receiver": LONDON | {"address": ""}}, "S05"),
        ({"contents_total_value": "much"}, "S05"),
        ({"weight": 2001}, "S13"),
        ({"length": 61}, "S13"),
        ({"length": 50, "width": 30, "height": 20}, "S13"),
        ({"receiver": SHENZHEN}, "S13"),
    ],
)
def test_what_is_refused_changes_nothing(post, edits, reason):
    before = post.box.mark()
    assert post.refused(dumps(post.order(**edits))) == reason
    assert post.box.mark() == before


def test_an_order_is_called_off_once_and_until_china_post_has_it(post):
    number, taken = post.place(), post.place()
    assert post.cancel(number) == {"flag": "true", "message": "撤单成功"}
    assert post.cancel(number)["flag"] == "false"
    assert post.cancel("LK100000003CN")["flag"] == "false"
    post.box.advance(by="4d")
    assert post.cancel(taken)["flag"] == "false"
    assert post.remarks(taken)[0] == "收寄"
    assert post.traces(number) == []


# Labels and fees.


def test_a_label_is_hexadecimal_and_signed_or_a_bare_pdf(post):
    number = post.place()
    told = post.label(number).json()
    assert told["digest"] == digest(told["data"], post.told["key"])
    page = PdfDocument(bytes.fromhex(told["data"]))[0]
    assert number in page.get_textpage().get_text_range()
    bare = post.label(f"{number},{post.place()}", version="1.0")
    assert bare.headers["content-type"] == "application/pdf"
    assert len(PdfDocument(bare.content)) == 2


def test_a_label_that_is_none_is_told_by_status_to_who_wants_a_bare_pdf(post):
    for wanted in ("LK100000003CN", "", ",".join(["LK100000003CN"] * 51)):
        assert post.label(wanted).json()["success"] is False
        bare = post.label(wanted, version="1.0")
        assert (bare.status_code, bare.headers["content-type"]) == (400, "text/json; charset=utf-8")
    number = post.place()
    post.cancel(number)
    assert post.label(number).json()["err_code"] == "S13"


def test_fees_are_told_once_the_parcel_was_accepted(post):
    number = post.place()
    assert post.fees(number)["data"] == []
    post.box.advance(by="4d")
    told = post.fees(number)
    shipment = post.box.inside.world.shippers.shipment_numbered(number)
    assert told["return_success"] == "true"
    assert told["data"] == [
        {
            "waybillNo": number,
            "realWeight": "300",
            "postageTotal": f"{shipment.price_minor / 100:.2f}",
        }
    ]
    assert post.fees("LK100000003CN")["return_success"] == "false"


# Tracking.


def test_every_scan_has_its_words_or_is_not_shown():
    assert SAID.keys() == set(Scan)


def test_the_page_has_the_same_words_and_reasons():
    page = PAGE.read_text(encoding="utf-8")
    for scan, said in SAID.items():
        row = f"| `{scan}` | {said.cn} | {said.en} |" if said else f"| `{scan}` | not shown |"
        assert row in page
    assert [reason for reason in REASONS if f"| {reason} |" not in page] == []


def test_a_parcel_is_accepted_travels_and_is_delivered_newest_first(post):
    number = post.place()
    post.box.advance(by="45d")
    assert post.remarks(number) == HOME
    newest, *_, oldest = post.traces(number)
    assert newest["acceptAddress"] == "London"
    assert oldest["acceptAddress"] == "Shenzhen"
    assert oldest["acceptTime"] < newest["acceptTime"]
    assert post.remarks(number, "en")[-1] == "Final delivery"


@pytest.mark.parametrize("number", ["LK100000003CN", "EA100000012CN", "nonsense"])
def test_a_number_that_is_unknown_is_an_error(post, number):
    assert b"<status>error</status>" in post.track(number).content


def test_another_carriers_parcel_is_unknown_to_it(post):
    order = post.box.released(shipping="seller")
    told = post.box.control("POST", "/carriers/ems/book", {"order_id": order})
    post.box.advance(by="10d")
    assert post.traces(told["tracking_number"]) == []
    assert b"<code>S12</code>" in post.track(told["tracking_number"], "fr").content
