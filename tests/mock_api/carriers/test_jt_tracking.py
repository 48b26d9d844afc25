"""J&T: what traces show of a parcel on its way, and what is pushed of it."""

from pathlib import Path

import pytest

from mock_api.carriers.jt.words import SAID
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.jt import LONDON, Jt, Receiver
from tests.mock_api.carriers.pushed import listening

HOME = ["10", "92", "50", "92", "92", "94", "100"]


@pytest.fixture
def jt(box):
    return Jt(box)


@pytest.fixture
def receiver(jt):
    with listening(Receiver(jt.told)) as receiver:
        yield receiver


# Words.


def test_every_scan_has_its_words_or_is_not_shown():
    assert SAID.keys() == set(Scan)
    said = [each for each in SAID.values() if each]
    assert {each.code for each in said} <= {"10", "50", "92", "94", "100", "110", "172"}
    assert all(1 <= int(node) <= 14 for each in said for node in each.nodes)


def test_the_page_has_the_same_words():
    page = (Path(__file__).parents[3] / "docs/jt-api.md").read_text(encoding="utf-8")
    for scan, said in SAID.items():
        nodes = ", ".join(said.nodes) if said else ""
        row = f"| `{scan}` | {said.code} | {nodes} | {said.scan_type} |" if said else ""
        assert (row or f"| `{scan}` | not shown |") in page


# Journeys.


def test_a_parcel_is_fetched_travels_and_is_delivered_newest_first(jt):
    number = jt.placed_number()
    assert jt.trace(number) == []
    jt.box.advance(by="20d")
    newest, *_, oldest = jt.trace(number)
    assert jt.codes(number) == HOME
    assert oldest["scanType"] == "快件揽收"
    assert (oldest["scanNetworkCity"], oldest["scanNetworkProvince"]) == ("Shenzhen", "广东省")
    assert newest["scanType"] == "快件签收"
    assert newest["scanNetworkName"] == "London"
    assert oldest["scanTime"] < newest["scanTime"]
    assert "T" not in newest["scanTime"]


@pytest.mark.parametrize(
    ("mishap", "code", "problem"),
    [
        ("customs_hold", "110", None),
        ("attempt_failed", "110", None),
        ("damaged", "110", "A20"),
        ("lost", "110", "A24"),
    ],
)
def test_trouble_is_told_in_jts_codes(jt, mishap, code, problem):
    number = jt.placed_number()
    wish = {"tracking_number": number, "mishap": mishap}
    jt.box.control("POST", "/carriers/jt/plan", wish)
    jt.box.advance(by="60d")
    found = [each for each in jt.trace(number) if each["scanTypeCode"] == code]
    assert [each.get("problemType") for each in found].count(problem) >= 1
    assert all(each["probleDescription"] for each in found)


def test_a_refused_parcel_goes_back_and_is_signed_for(jt):
    number = jt.placed_number()
    wish = {"tracking_number": number, "mishap": "refused"}
    jt.box.control("POST", "/carriers/jt/plan", wish)
    jt.box.advance(by="60d")
    *_, refused, back, _, last = jt.codes(number)
    assert (refused, back, last) == ("110", "172", "172")
    assert jt.trace(number)[0]["scanType"] == "退件签收"


def test_a_town_abroad_of_a_senders_towns_name_is_another_town(jt):
    namesake = LONDON | {"city": "Shenzhen", "prov": "Kent"}
    number = jt.placed_number(receiver=namesake)
    jt.box.advance(by="20d")
    newest, *_, oldest = jt.trace(number)
    assert (newest["scanNetworkProvince"], oldest["scanNetworkProvince"]) == ("Kent", "广东省")


def test_a_parcel_of_the_platforms_order_is_seen_as_well(jt):
    order = jt.box.shipped()
    jt.box.until(order, "IN_TRANSIT")
    (fact,) = jt.box.journal(kind="ParcelScanned")[:1]
    number = jt.box.inside.world.parcel(fact["parcel_id"]).tracking_number
    assert jt.codes(number)[0] == "10"


# Numbers.


def test_an_unknown_number_has_no_details(jt):
    assert jt.trace("JT5999999999999") == []
    assert jt.trace("1Z12345E6605272234") == []


def test_another_carriers_parcel_is_unknown_to_it(jt):
    order = jt.box.released(shipping="seller")
    told = jt.box.control("POST", "/carriers/ups/book", {"order_id": order})
    jt.box.advance(by="3d")
    assert jt.trace(told["tracking_number"]) == []


def test_thirty_numbers_at_once_and_no_more(jt):
    thirty = ",".join(f"JT{each:013d}" for each in range(30))
    assert len(jt.data("logistics/trace", {"billCodes": thirty})) == 30
    more = {"billCodes": f"{thirty},JT0000000000099"}
    assert jt.refused("logistics/trace", more) == "145003502"
    assert jt.refused("logistics/trace", {"billCodes": ""}) == "145003100"
    assert jt.refused("logistics/trace", {}) == "145003100"


def test_other_countries_spell_the_field_otherwise(jt):
    for name in ("billCodes", "billcodes", "billCode"):
        assert jt.data("logistics/trace", {name: "JT5999999999999"})[0]["details"] == []


# Pushes.


def test_each_scan_is_pushed_signed(jt, receiver):
    number = jt.placed_number()
    assert jt.subscribe(receiver.url, number).json()["data"] == {"list": []}
    jt.box.advance(by="20d")
    assert receiver.codes == HOME
    assert receiver.forged == 0
    assert {(news["billCode"], news["txlogisticId"]) for news in receiver.news} == {
        (number, "ORDER-1")
    }
    assert [news["details"][0] for news in reversed(receiver.news)] == jt.trace(number)


def test_only_the_nodes_that_were_subscribed_to_are_pushed(jt, receiver):
    number = jt.placed_number()
    jt.subscribe(receiver.url, number, "JT5999999999999", nodes="1&10")
    jt.box.advance(by="20d")
    assert receiver.codes == ["10", "100"]


@pytest.mark.parametrize("node", ["5", "9"])
def test_the_way_to_the_door_is_heard_of_as_either_node(jt, receiver, node):
    jt.subscribe(receiver.url, jt.placed_number(), nodes=node)
    jt.subscribe(receiver.url, jt.placed_number(), nodes="5&9")
    jt.box.advance(by="20d")
    assert receiver.codes == ["94", "94"]


def test_a_subscription_ends_with_the_parcels_record_and_leaves_its_place(jt, receiver):
    delivered, cancelled = jt.placed_number(), jt.placed_number()
    jt.subscribe(receiver.url, delivered, cancelled, "JT5999999999999", nodes="10")
    jt.data("order/cancelOrder", jt.cancellation("ORDER-2"))
    assert [hook.number for hook in jt.box.inside.hooks.of("jt")] == [delivered, "JT5999999999999"]
    jt.box.advance(by="20d")
    assert receiver.codes == ["100"]
    assert [hook.number for hook in jt.box.inside.hooks.of("jt")] == ["JT5999999999999"]
    assert jt.subscribe(receiver.url, delivered).json()["code"] == "1"
    assert len(jt.box.inside.hooks.of("jt")) == 1


def test_numbers_are_subscribed_to_together_or_not_at_all(jt, receiver):
    hooks = jt.box.inside.hooks
    hooks.limit = 2
    three = [f"JT500000000000{nth}" for nth in range(3)]
    assert jt.subscribe(receiver.url, *three).json()["code"] == "145003050"
    assert hooks.of("jt") == []
    assert jt.subscribe(receiver.url, *three[:2]).json()["code"] == "1"
    assert jt.subscribe(receiver.url, *three[:2], nodes="1").json()["code"] == "1"
    assert {hook.topics for hook in hooks.of("jt")} == {frozenset("1")}


def test_no_number_takes_the_place_of_the_accounts_own_address(jt, receiver):
    jt.box.control("PUT", "/carriers/jt/webhook", {"url": receiver.url})
    jt.subscribe(f"{receiver.url}/other", "console")
    assert jt.box.control("GET", "/carriers/jt/webhook")["url"] == receiver.url


def test_an_address_that_fails_is_tried_again(jt, receiver):
    receiver.answers = [500, 500]
    jt.subscribe(receiver.url, jt.placed_number(), nodes="1")
    jt.box.advance(by="5d")
    assert receiver.codes == ["10", "10", "10"]
    (message,) = jt.box.webhooks()
    first, second, third = (each["at"] for each in message["attempts"])
    assert (second - first, third - second) == (600, 1800)


def test_the_accounts_own_address_hears_of_every_parcel(jt, receiver):
    jt.box.control("PUT", "/carriers/jt/webhook", {"url": receiver.url})
    jt.placed_number()
    jt.placed_number()
    jt.box.advance(by="2d")
    assert receiver.codes.count("10") == 2


def test_a_forged_push_is_found_out(jt, receiver):
    fault = {"what": "webhook_wrong_signature", "operation": "jt.trace", "times": 1}
    jt.box.control("POST", "/faults", fault)
    jt.subscribe(receiver.url, jt.placed_number(), nodes="1")
    jt.box.advance(by="2d")
    (message,) = jt.box.webhooks()
    assert receiver.forged == len(message["attempts"])
    assert receiver.heard == []


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ([], "145003050"),
        ([{"traceNode": "1", "waybillCode": "?"}], "145003100"),
        ([{"traceNode": "99", "waybillCode": "JT5000000000001"}], "145003050"),
        (
            [{"traceNode": "16", "waybillCode": "JT5000000000001", "backUrl": "http://a.b"}],
            "145003050",
        ),
        (
            [{"traceNode": "1", "waybillCode": "JT5000000000001", "backUrl": "ftp://a.b"}],
            "145003050",
        ),
        ([{"traceNode": "1", "waybillCode": "JT5000000000001"}] * 1001, "145013501"),
    ],
)
def test_subscriptions_that_are_none_are_refused(jt, listed, code):
    assert jt.refused("trace/subscribe", {"id": 1, "list": listed}) == code
    assert jt.box.inside.hooks.of("jt") == []
