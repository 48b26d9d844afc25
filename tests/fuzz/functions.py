"""Parsers that are functions: each takes bytes, and may refuse them in no other way than its module
says. Whatever else it raises is a finding.
"""

import json
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl

from PIL import Image
from starlette.requests import Request

import scenarios
from mock_api.carriers.chinapost.papers import order_in
from mock_api.carriers.dhl import times as dhl_times
from mock_api.carriers.dhl import xml as dhl_xml
from mock_api.carriers.easypost.ids import disguised, undisguised
from mock_api.carriers.ems import forms as ems
from mock_api.carriers.ems.messages import unwrapped, wrapped
from mock_api.carriers.fedex import doors
from mock_api.carriers.fedex.refusals import BAD_ACCOUNT
from mock_api.carriers.jt import forms as jt
from mock_api.carriers.tnt import booking
from mock_api.carriers.tnt import measures as tnt
from mock_api.carriers.tnt import xml as tnt_xml
from mock_api.carriers.tnt.consignments import NotValid
from mock_api.carriers.ups import callers as ups_callers
from mock_api.carriers.ups import forms as ups
from mock_api.kernel.carrier_app import CarrierRefusal
from mock_api.kernel.credentials import basic_of, bearer_of
from mock_api.kernel.exchanges import Exchange
from mock_api.kernel.masking import Mask
from mock_api.kernel.measures import NoMeasure, number, rounded_up
from mock_api.kernel.multipart import parts_of
from mock_api.kernel.pages import BadPageToken, page_token, read_page_token
from mock_api.kernel.pictures import picture_of
from mock_api.kernel.times import instant, seconds
from mock_api.seller_center.diagnosis import Attempt, diagnose
from mock_api.seller_center.fulfillment.papers import invoice_file
from mock_api.seller_center.signing import sign
from scenarios.format.instants import when
from scenarios.format.reading import NoScenario, read_text
from scenarios.format.story import story_line
from simulator.carriers.numbers import NUMBERED, checks, could_be_printed
from simulator.demand.sheet import read_sheet

KEY = "c2VhdHJpYWwtZW1zLWtleQ=="
NFE = (
    b'<NFe xmlns="http://www.portalfiscal.inf.br/nfe"><infNFe Id="NFe%s"/><cStat>100</cStat></NFe>'
)


def text(content):
    """As a form or JSON may have it: whatever there is, half pairs of surrogates too."""
    return content.decode("utf-8", "surrogatepass" if b"\xed" in content else "replace")


def _as_text(content):
    try:
        return text(content)
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")


def signature(content):
    """A line with the path, one with the query, then the body: signed, and diagnosed."""
    path, _, rest = content.partition(b"\n")
    query, _, body = rest.partition(b"\n")
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    told = path.decode("utf-8", "replace")
    given = next((value for name, value in pairs if name == "sign"), "")
    assert sign(told, pairs, body, "secret") == sign(told, list(pairs), body, "secret")
    report = diagnose(Attempt(told, pairs, body, given), "secret")
    assert "secret" not in report["should_have_signed"].replace("<app_secret>", "") or (
        b"secret" in content
    )
    json.dumps(report).encode()


def page_tokens(content):
    with suppress(BadPageToken):
        at, key = read_page_token(_as_text(content), "question")
        assert isinstance(at, int)
        assert isinstance(key, str)


def ids(content):
    found = undisguised("shp", _as_text(content))
    if found:
        assert disguised("shp", *found) == _as_text(content).lower()


def times(content):
    said = _as_text(content)
    for read in (seconds, instant):
        with suppress(ValueError):
            assert read(said) >= 0


def scenario_times(content):
    said = _as_text(content)
    for read in (when, story_line):
        with suppress(ValueError):
            read(said)


def carrier_times(content):
    """In every carrier's own form."""
    said = _as_text(content)
    for read in (
        lambda: doors.day_in(said, BAD_ACCOUNT.said()),
        lambda: doors.clock_in(said, BAD_ACCOUNT.said()),
        lambda: doors.ready_in(said, BAD_ACCOUNT.said()),
        lambda: dhl_times._read(said),
        lambda: ups.day_in(said, "Day"),
        lambda: ups_callers._clock(said, "Clock"),
        lambda: booking._day(said, None),
        lambda: booking._clock(said),
        lambda: jt.instant(said, "Asia/Shanghai", "145003088"),
        lambda: ems.instant(said, "Asia/Shanghai", "time"),
    ):
        with suppress(CarrierRefusal, NotValid):
            read()


def measures(content):
    said = _as_text(content)
    with suppress(NoMeasure):
        assert rounded_up(number(said)) > 0
    for read in (tnt.count, tnt.grams, tnt.money_minor, lambda each: tnt.sides(each, each, each)):
        with suppress(NoMeasure):
            read(said)
    with suppress(NoMeasure):
        tnt.pieces_of(said, said, 3)
    with suppress(CarrierRefusal):
        ups._number(said, "110601", "no number")


def tracking_numbers(content):
    said = _as_text(content)
    could_be_printed(said)
    for carrier in NUMBERED:
        checks(carrier, said)


def headers(content):
    scope = {"type": "http", "headers": [(b"authorization", content)]}
    basic_of(Request(scope))
    bearer_of(Request(scope))


def ems_messages(content):
    with suppress(ValueError):
        unwrapped(_as_text(content), KEY)


def pictures(content):
    found = picture_of(content)
    assert found is None or (found.width >= 0 and found.height >= 0)


def multipart(content):
    """A line with the content type, then the body."""
    kind, _, body = content.partition(b"\n")
    for part in parts_of(kind.decode("latin-1"), body).values():
        assert len(part.content) <= len(body)


def xml_of_tnt(content):
    for said in (content, content.decode("utf-8", "replace").strip()):
        with suppress(tnt_xml.NotXml):
            root = tnt_xml.read(said)
            tnt_xml.says_something(root)
            list(tnt_xml.texts_within(root, frozenset({"CONNUMBER"})))


def xml_of_dhl(content):
    with suppress(dhl_xml.NotXml):
        root = dhl_xml.read(content)
        dhl_xml.text_at(root, "Request", "ServiceHeader", "SiteID")
        dhl_xml.texts(root, "AWBNumber")


def xml_of_china_post(content):
    with suppress(ValueError):
        order_in(content.decode("utf-8", "replace"))


def invoices(content):
    assert isinstance(invoice_file.read(content).access_key, str)
    invoice_file.decoded(_as_text(content))


def yaml(content):
    with suppress(NoScenario):
        read_text(content, "x.scenario.yaml")


def csv(content):
    for cell in read_sheet(_as_text(content)).wrong[:20]:
        str(cell)


def exchanges(content):
    """A line of a query, then a body, as the log shows them."""
    query, _, body = content.partition(b"\n")
    kept = bytearray(body[: 64 * 1024])
    exchange = Exchange("POST", "/", query.decode("latin-1"), [(b"x-token", query)], 0.0)
    exchange.request, exchange.request_bytes = kept, len(body)
    exchange.answer, exchange.answer_bytes = kept, len(kept)
    json.dumps(exchange.shown(Mask())).encode()


# What they begin with: small, and valid.


@cache
def drawn(form):
    kept = BytesIO()
    Image.new("RGB", (3, 2)).save(kept, form)
    return kept.getvalue()


def _pictures():
    return [drawn(form) for form in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO", "PPM")]


def _form():
    head = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\na.png\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="data"; filename="a.png"\r\n'
    typed = b"Content-Type: image/png\r\n\r\n" + drawn("PNG") + b"\r\n--b--\r\n"
    return [b"multipart/form-data; boundary=b\n" + head + file + typed]


def _scenarios():
    library = Path(scenarios.__file__).parent / "library"
    return [path.read_bytes() for path in sorted(library.glob("*.yaml"))[:12]]


CHINA_POST = (
    b"<logisticsEventsRequest><logisticsEvent><eventBody><order><logistics_order_no>1"
    b"</logistics_order_no><items><item><cargo_name>a</cargo_name></item></items></order>"
    b"</eventBody></logisticsEvent></logisticsEventsRequest>"
)
TNT = (
    b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ESHIPPER SYSTEM "x.dtd"><ESHIPPER><LOGIN>'
    b"<COMPANY>a</COMPANY></LOGIN><CONSIGNMENTBATCH><CONSIGNMENT><CONNUMBER>123456785</CONNUMBER>"
    b"</CONSIGNMENT></CONSIGNMENTBATCH></ESHIPPER>"
)
DHL = (
    b'<req:KnownTrackingRequest xmlns:req="http://www.dhl.com"><Request><ServiceHeader><SiteID>a'
    b"</SiteID><Password>b</Password></ServiceHeader></Request><AWBNumber>1234567890</AWBNumber>"
    b"</req:KnownTrackingRequest>"
)
QUERY = b"app_key=1&sign=AB&timestamp=1&shop_cipher=x&ids=1&ids=2"
SHEET = (
    (
        b"at,shipping,city,items,behaviour,pays_after_s,buyer\n"
        b"2030-01-07T00:00:00Z,platform,Yiwu,SKU*3 OTHER,prompt,60,passive\n1893974400,,,,,never,\n"
    ),
    b"after_s\n0\n3600\n",
)
CLOCKS = (
    *(b"2030-01-08", b"10:00:00", b"2030-01-08T10:00:00Z", b"2030-01-08T10:00:00 GMT+08:00"),
    *(b"20300108", b"0900", b"08/01/2030", b"09:00", b"2030-01-08 10:00:00"),
)

FUNCTIONS = {
    "signatures": (signature, lambda: [b"/order/202309/orders\n" + QUERY + b'\n{"a":1, "b":[]}']),
    "page-tokens": (page_tokens, lambda: [page_token((1, "2"), "question").encode()]),
    "ids": (ids, lambda: [disguised("shp", 123456789012345678, 2).encode()]),
    "times": (times, lambda: [b"1d12h", b"90", b"2030-01-07T00:00:00+08:00"]),
    "scenario-times": (
        scenario_times,
        lambda: [b"day 3 18:00", b"first IN_TRANSIT +2h", b"23.03 13:00 in transit", b"+72h"],
    ),
    "carrier-times": (carrier_times, lambda: list(CLOCKS)),
    "measures": (measures, lambda: [b"1.5", b"0.01", b"1e3"]),
    "tracking-numbers": (
        tracking_numbers,
        lambda: [make(7).encode() for make in NUMBERED.values()],
    ),
    "credentials": (headers, lambda: [b"Basic c29tZWJvZHk6c2VjcmV0", b"Bearer abc"]),
    "ems-messages": (ems_messages, lambda: [wrapped('{"waybillNo": "1"}', KEY).encode()]),
    "pictures": (pictures, _pictures),
    "multipart": (multipart, _form),
    "xml-tnt": (xml_of_tnt, lambda: [TNT]),
    "xml-dhl": (xml_of_dhl, lambda: [DHL]),
    "xml-chinapost": (xml_of_china_post, lambda: [CHINA_POST]),
    "invoices": (invoices, lambda: [NFE % (b"1" * 44)]),
    "yaml": (yaml, _scenarios),
    "csv": (csv, lambda: list(SHEET)),
    "exchange-log": (
        exchanges,
        lambda: [b'app_secret=x&a=b\n{"access_token": "a\\"b", "c": 1}<password>x</password>'],
    ),
}
"""By name: the parser, and a few small inputs that are valid."""
