"""What is written of a run: JUnit that every CI reads, and a page that needs nothing but itself."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from scenarios.record import Failure, Record
from scenarios.running.html import write_html
from scenarios.running.junit import write_junit
from scenarios.running.picture import picture
from scenarios.running.run import Result

HOUR, DAY = 3600, 86_400
NASTY = 'A <script>alert(1)</script> & "more" \x07 ]]> é'


@pytest.fixture
def record(told) -> Record:
    """Late, complained about, told by a webhook that came and one that did not."""
    told.placed().moved("AWAITING_SHIPMENT", HOUR)
    told.fact("CarrierNotified", DAY, due=1_893_974_400 + 3 * DAY)
    told.fact("ParcelBooked", DAY, carrier="jt", parcel_id="p1")
    breach = {"rule": "D2", "due": 1_893_974_400 + 3 * DAY, "liable": "carrier", "cause": "x"}
    told.fact("RuleBreached", 3 * DAY, **breach)
    told.scanned("picked_up", 4 * DAY)
    told.fact("CarrierComplaintDecided", 5 * DAY, status="upheld", reason="x", complaint_id="c")
    told.told("AWAITING_SHIPMENT", HOUR, 2 * HOUR).told("IN_TRANSIT", 4 * DAY, None)
    told.shipped(DAY, operation="ship_package")
    return told.shipped(DAY + 1, status=429, code=36009002).record


@pytest.fixture
def results(record):
    failure = Failure("expect.orders.first.status", "A < B", NASTY, "5761", ("a fact", NASTY))
    return [
        Result("a.scenario.yaml", "Sound", 1, 0.5, facts=12),
        Result("b.scenario.yaml", NASTY, 2, 0.25, failures=(failure, failure), record=record),
        Result("c\x00.scenario.yaml", "None", 3, 0.0, error=f"refused: {NASTY}"),
    ]


def test_junit_has_a_case_a_run_and_is_xml_whatever_is_in_it(tmp_path, results):
    path = tmp_path / "new" / "junit.xml"
    write_junit(path, results)
    (suite,) = ET.parse(path).getroot()  # noqa: S314 - our own
    counts = [suite.get(key) for key in ("tests", "failures", "errors", "time")]
    assert counts == ["3", "1", "1", "0.750"]
    passed, failed, error = suite
    assert [*passed] == []
    assert (passed.get("classname"), passed.get("name")) == ("a.scenario.yaml", "Sound [seed 1]")
    assert failed.find("failure").get("message") == "2 expectations were not met"
    text = failed.find("failure").text
    assert "expected  A < B" in text
    assert "replay: seatrial scenario replay b.scenario.yaml --seed 2" in text
    assert text.count("a fact") == 1, "the facts around an order are told once"
    assert error.find("error").get("message").startswith("refused: A <script>")
    assert "\ufffd" in error.get("classname")


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


def test_the_page_loads_nothing_and_escapes_everything(tmp_path, results):
    path = tmp_path / "new" / "report.html"
    write_html(path, results)
    text = path.read_text(encoding="utf-8")
    page = Page(text)

    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not {"src", "onload", "onclick"} & names
    assert {value for name, value in page.attributes if name == "href"} == {"#run-1", "#run-2"}
    assert {"run-1", "run-2"} <= {value for name, value in page.attributes if name == "id"}
    assert "url(" not in text
    assert "http" not in text
    assert NASTY in page.texts
    assert "seatrial scenario replay b.scenario.yaml --seed 2" in page.texts
    assert page.tags.count("svg") == 1
    assert "Sea trials: 1 of 3 passed" in page.texts


def test_the_picture_has_the_order_its_parcel_webhooks_calls_and_deadlines(record):
    page = Page(picture(record, "5761"))
    assert {"platform", "carrier", "webhooks", "calls"} <= set(page.texts)
    marks = {
        *("UNPAID", "AWAITING_SHIPMENT", "D2 breached", "complaint upheld"),
        *("booked jt", "picked_up", "#1", "#2 lost", "ship_package", "ship 36009002"),
    }
    assert {f"2030-01-07 {mark}" for mark in marks} - {
        f"2030-01-07 {text.split(' ', 2)[-1]}" for text in page.texts if text.startswith("2030")
    } == set()
    assert "D2 due" in page.texts
    assert ("class", "due bad") in page.attributes
    assert page.attributes.count(("class", "bad")) >= 3


def test_marks_lie_on_the_axis_in_the_order_of_time(record):
    page = Page(picture(record, "5761"))
    places = [float(value) for name, value in page.attributes if name == "cx"]
    assert min(places) == 110
    assert max(places) <= 1120 - 24
    assert places[: len(places) // 4] == sorted(places[: len(places) // 4])


def test_an_order_of_which_nothing_is_known_has_no_picture(record):
    assert picture(record, "nobody's") == ""
