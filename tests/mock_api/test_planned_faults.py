"""Planned faults: each does what it says, to whom it says, so often; with none, nothing changes."""

import pytest

from mock_api.kernel import driver
from tests.mock_api.befalling import fired, read

HOUR, DAY = 3600, 86_400


# Webhooks.


def test_a_lost_webhook_is_never_sent_and_the_platform_believes_it_was(box, listener, plan):
    plan(what="webhook_lost", times=1)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="2h")
    assert listener.statuses(order) == ["ON_HOLD", "AWAITING_SHIPMENT"]
    first = box.webhooks()[0]
    assert (first["state"], first["attempts"], first["faults"]) == ("dropped", [], ["webhook_lost"])


def test_a_doubled_webhook_comes_twice_byte_by_byte(box, listener, plan):
    plan(what="webhook_doubled", after=2)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="2h")
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", *["AWAITING_SHIPMENT"] * 2]
    assert listener.heard[-1] == listener.heard[-2]
    assert box.webhooks()[-1]["faults"] == []


def test_a_delayed_webhook_is_overtaken_by_younger_news(box, listener, plan):
    plan(what="webhook_delayed", by="3h", after=1, times=1)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="5h")
    assert listener.statuses(order) == ["UNPAID", "AWAITING_SHIPMENT", "ON_HOLD"]
    late = next(each for each in box.webhooks() if each["faults"])
    assert late["attempts"][0]["at"] == late["created_at"] + 3 * HOUR


def test_a_reordered_webhook_comes_after_the_next_of_its_order(box, listener, plan):
    plan(what="webhook_reordered", times=1)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="2h")
    assert listener.statuses(order) == ["ON_HOLD", "UNPAID", "AWAITING_SHIPMENT"]


def test_a_reordered_webhook_is_sent_although_its_fault_was_taken_back(box, listener, plan):
    fault = plan(what="webhook_reordered", times=1)
    box.subscribe(listener.url)
    order = box.place_one()
    box.ask("DELETE", f"/faults/{fault}")
    box.advance(by="2h")
    assert sorted(listener.statuses(order)) == ["AWAITING_SHIPMENT", "ON_HOLD", "UNPAID"]


def test_a_reordered_webhook_that_nothing_overtakes_is_sent_a_day_later(box, listener, plan):
    box.subscribe(listener.url)
    order = box.place_one(behaviour="absent")
    box.advance(by="30m")
    plan(what="webhook_reordered", times=1)
    box.advance(by="23h")
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD"]
    box.advance(by="2h")
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]
    last = box.webhooks()[-1]
    assert last["attempts"][0]["at"] == last["created_at"] + DAY


def test_a_wrong_signature_is_on_the_right_body(box, listener, plan):
    plan(what="webhook_wrong_signature", times=1)
    box.subscribe(listener.url)
    box.place_one()
    box.advance(by="2h")
    assert [signature == "0" * 64 for signature, _ in listener.heard] == [True, False, False]


def test_with_several_faults_a_webhook_may_be_late_and_double(box, listener, plan):
    plan(what="webhook_delayed", by="2h", times=1)
    plan(what="webhook_doubled", times=1)
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="90m")
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]
    box.advance(by="1h")
    assert listener.statuses(order)[-1] == "UNPAID"


def test_with_none_planned_or_none_that_concerns_it_a_webhook_is_untouched(box, listener, plan):
    box.subscribe(listener.url)
    box.place_one()
    box.advance(by="3d")
    untouched = list(listener.heard)

    for wish in ({"order_id": "5"}, {"operation": "PACKAGE_UPDATE"}, {"from": "2035-01-01"}):
        listener.heard.clear()
        box.control("POST", "/reset")
        box.subscribe(listener.url)
        plan(what="webhook_lost", **wish)
        box.place_one()
        box.advance(by="3d")
        assert listener.heard == untouched
        assert [each["faults"] for each in box.webhooks()] == [[]] * len(untouched)


# Answers.


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("throttled", 429, 36009002),
        ("overloaded", 503, 36009003),
        ("internal_error", 500, 36009003),
    ],
)
def test_an_answer_fails_in_the_platforms_words(box, plan, what, status, code):
    order = box.place_one()
    plan(what=what, times=2)
    assert [read(box, order)[:2] for _ in range(3)] == [(status, code), (status, code), (200, 0)]


def test_a_throttled_answer_says_how_long_to_wait_if_it_is_told_to(box, plan):
    order = box.place_one()
    plan(what="throttled", times=1, retry_after=7)
    plan(what="throttled", times=1)
    assert [read(box, order)[2] for _ in range(3)] == ["7", None, None]
    assert [each["retry_after"] for each in box.exchanges()] == ["7", "", ""]


def test_whoever_is_asked_to_come_much_later_does_not_hold_up_the_clock_for_so_long(
    box, listener, plan, monkeypatch
):
    monkeypatch.setattr(driver, "_PATIENCE_S", 0.05)
    box.subscribe(listener.url)
    plan(what="throttled", times=1, retry_after=600)
    order = box.place_one()
    listener.on_news = lambda _: read(box, order)
    box.advance(by="2h")  # the client's own patience is half a minute
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]


def test_what_failed_has_taken_no_effect(box, plan):
    order = box.released()
    package, mark = box.package_of(order), box.mark()
    plan(what="internal_error", operation="ship_package", times=1)
    path = f"/fulfillment/202309/packages/{package}/ship"
    assert box.refused("POST", path, {}) == (500, 36009003)
    assert box.mark() == mark
    assert box.call("POST", path, {}).json()["code"] == 0


def test_a_call_that_no_gate_lets_in_is_spared(box, plan):
    order = box.place_one()
    fault = plan(what="throttled")
    answer = box.call("GET", "/order/202507/orders", query=[("ids", order)], sign="0" * 64)
    assert answer.json()["code"] == 106001
    assert fired(box)[fault] == (0, 0)


# The control API's side.


def test_a_fault_is_shown_with_what_it_did(box, plan):
    fault = plan(what="webhook_delayed", by="90m", times=2)
    (shown,) = box.control("GET", "/faults")["faults"]
    assert shown == {
        "id": fault,
        "what": "webhook_delayed",
        "dialect": "",
        "order_id": "",
        "operation": "",
        "nth": [],
        "after": 0,
        "times": 2,
        "probability": 1.0,
        "from": box.now,
        "until": None,
        "between": None,
        "by": 5400,
        "met": 0,
        "fired": 0,
        "last_at": None,
    }


def test_one_that_never_came_to_pass_is_told_in_the_list_and_in_the_report(box, plan):
    order = box.place_one()
    fired_one = plan(what="overloaded", operation="get_order_detail", times=1)
    never = plan(what="latency", operation="ship_package", ms=5)
    read(box, order)
    (shown,) = box.control("GET", "/faults", never_fired=True)["faults"]
    assert (shown["id"], shown["met"], shown["delayed_ms"]) == (never, 0, 0)
    report = box.control("GET", "/report")
    assert report["faults_never_fired"] == [never]
    assert [(each["id"], each["fired"]) for each in report["faults"]] == [
        (fired_one, 1),
        (never, 0),
    ]


def test_a_fault_may_be_taken_back(box, plan):
    order = box.place_one()
    fault = plan(what="overloaded")
    assert read(box, order)[0] == 503
    assert box.ask("DELETE", f"/faults/{fault}").status_code == 204
    assert read(box, order)[0] == 200
    assert box.ask("DELETE", f"/faults/{fault}").status_code == 404
    assert plan(what="overloaded") != fault


def test_a_reset_takes_all_back(box, plan):
    plan(what="overloaded")
    box.control("POST", "/reset")
    assert box.control("GET", "/faults") == {"faults": []}


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({}, "body.what"),
        ({"what": "flood"}, "body.what"),
        ({"what": "overloaded", "times": 0}, "body.times"),
        ({"what": "overloaded", "after": -1}, "body.after"),
        ({"what": "overloaded", "probability": 0}, "body.probability"),
        ({"what": "overloaded", "probability": 1.1}, "body.probability"),
        ({"what": "overloaded", "for": "soon"}, "body.for"),
        ({"what": "overloaded", "from": "soon"}, "body.from"),
        ({"what": "overloaded", "speed": 1}, "body.speed"),
        ({"what": "overloaded", "retry_after": 1}, "body.retry_after"),
        ({"what": "overloaded", "by": "1h"}, "body.by"),
        ({"what": "overloaded", "ms": 5}, "body.ms"),
        ({"what": "overloaded", "code": 36009003}, "body.code"),
        ({"what": "lost_answer", "median_ms": 5}, "body.median_ms"),
        ({"what": "lost_answer", "then": "nothing"}, "body.then"),
        ({"what": "slow_body", "ms": 5, "share": 0.5}, "body.share"),
        ({"what": "latency", "ms": 0}, "body.ms"),
        ({"what": "latency", "ms": 600_001}, "body.ms"),
        ({"what": "truncated_body", "share": 1}, "body.share"),
        ({"what": "stale_read", "then": "reset"}, "body.then"),
        ({"what": "overloaded", "nth": 0}, "body.nth.0"),
        ({"what": "overloaded", "nth": [1], "times": 1}, "body.nth"),
        ({"what": "overloaded", "nth": 2, "after": 1}, "body.nth"),
        ({"what": "overloaded", "between": ["18:00", "18:00"]}, "body.between"),
        ({"what": "overloaded", "between": ["18:00", "24:00"]}, "body.between.1"),
        ({"what": "overloaded", "dialect": "pigeon"}, "body.dialect"),
        ({"what": "webhook_lost", "dialect": "desk"}, "body.dialect"),
        ({"what": "refused", "code": 36009003, "dialect": "ups"}, "body.dialect"),
        ({"what": "webhook_delayed"}, "body"),
        ({"what": "refused"}, "body"),
        ({"what": "slow_body"}, "body"),
        ({"what": "latency"}, "body"),
        ({"what": "latency", "median_ms": 5}, "body"),
        ({"what": "latency", "sigma": 1}, "body"),
        ({"what": "latency", "ms": 5, "median_ms": 5, "sigma": 1}, "body"),
    ],
)
def test_a_fault_that_is_none_is_refused_with_its_path(box, wish, path):
    answer = box.ask("POST", "/faults", wish)
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert box.control("GET", "/faults") == {"faults": []}


def test_faults_are_bounded(box, plan):
    for _ in range(100):
        plan(what="overloaded", operation="nobody")
    answer = box.ask("POST", "/faults", {"what": "overloaded"})
    assert answer.status_code == 409
    assert "delete one first" in answer.json()["detail"]
