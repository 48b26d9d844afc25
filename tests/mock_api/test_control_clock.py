"""Moving virtual time by the control API: how far, until what, how long it may take, at what speed;
and what falls due on the way."""

import threading
import time

import pytest

from mock_api.settings import Limits, ServerSettings

HOUR, DAY = 3600, 86_400


@pytest.fixture
def hasty(serve, open_box):
    """A sandbox on a server that waits for no advance."""
    served = serve(ServerSettings(default_sandbox=False, limits=Limits(advance_budget_s=0.001)))
    return open_box(served, quiet_ms=0)


def finished(box):
    """The progress of an advance, once it is done."""
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        told = box.control("GET", "/clock/advance")
        if told["done"]:
            return told
        time.sleep(0.02)
    raise AssertionError(told)


def paths(answer):
    assert answer.status_code == 422, answer.text
    return [error["path"] for error in answer.json()["errors"]]


def test_a_new_clock_is_frozen(box):
    told = box.control("GET", "/clock")
    assert told == {"now": box.told["now"], "mode": "frozen", "speed": 0}
    time.sleep(0.05)
    assert box.now == told["now"]


@pytest.mark.parametrize(
    ("by", "seconds"),
    [
        ("90s", 90),
        ("1d12h", 36 * HOUR),
        ("45m", 2700),
        ("72h", 72 * HOUR),
        (60, 60),
        ("60", 60),
        (0, 0),
    ],
)
def test_time_passes_by_a_duration(box, by, seconds):
    told = box.advance(by=by)
    assert told["now"] == box.told["now"] + seconds == box.now


@pytest.mark.parametrize("to", ["2030-01-08T00:00:00Z", "2030-01-08T08:00:00+08:00", 1_894_060_800])
def test_time_passes_to_an_instant(box, to):
    assert box.advance(to=to)["now"] == 1_894_060_800


def test_an_advance_says_what_happened(box, listener):
    box.subscribe(listener.url)
    box.place(count=2)
    box.advance(by=0)
    facts, heard = len(box.journal()), len(listener.heard)
    told = box.advance(by="121h")

    assert told["facts"] == len(box.journal()) - facts
    assert told["breaches"] == 4  # D1 and D4 of both
    assert told["webhooks"] == len(listener.heard) - heard == 2
    assert (told["done"], told["reached"]) == (True, True)


def test_next_goes_to_the_next_fact(box):
    box.place_one()
    assert box.advance(until="next")["now"] == box.told["now"] + HOUR
    told = box.advance(until="next")
    assert (told["now"], told["facts"]) == (box.told["now"] + 72 * HOUR, 1)


def test_next_without_anything_to_come_stops_at_its_bound(box):
    told = box.advance(until="next", at_most="2d")
    assert (told["now"], told["reached"]) == (box.told["now"] + 2 * DAY, False)


SETTLING = {"StatementIssued", "PaymentStarted", "PaymentMade", "WithdrawalMoved"}
"""What the platform does at its own hours, and nobody waits for."""


def test_idle_is_when_nothing_is_waited_for(box):
    box.place(count=2, behaviour="prompt")
    told = box.advance(until="idle", at_most="60d")

    assert told["reached"]
    later = box.advance(by="30d")["facts"]
    assert later == len([f for f in box.journal() if f["at"] > told["now"]])
    assert {f["kind"] for f in box.journal() if f["at"] > told["now"]} <= SETTLING
    assert len(box.journal(kind="OrderCompleted")) == 2


def test_until_a_status_stops_at_its_very_second(box):
    order = box.place_one(behaviour="prompt")
    told = box.advance(until={"order": order, "status": "IN_TRANSIT"})
    assert told["now"] == box.journal(kind="OrderShipped")[0]["at"]


def test_a_status_that_is_there_takes_no_time(box):
    order = box.place_one()
    told = box.advance(until={"order": order, "status": "ON_HOLD"})
    assert (told["now"], told["reached"]) == (box.told["now"], True)


def test_a_status_that_never_comes_stops_at_its_bound(box):
    order = box.place_one()
    told = box.advance(until={"order": order, "status": "DELIVERED"}, at_most="3d")
    assert (told["reached"], told["now"]) == (False, box.told["now"] + 3 * DAY)


def test_an_until_is_bounded_by_thirty_days_if_nothing_is_said(box):
    order = box.place_one()
    told = box.advance(until={"order": order, "status": "DELIVERED"})
    assert told["now"] == box.told["now"] + 30 * DAY


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({}, "body"),
        ({"by": "1h", "until": "idle"}, "body"),
        ({"by": "1h", "to": "2031-01-01"}, "body"),
        ({"at_most": "1h"}, "body"),
        ({"by": "soon"}, "body.by"),
        ({"by": -1}, "body.by"),
        ({"by": 1.5}, "body.by"),
        ({"by": True}, "body.by"),
        ({"by": "367d"}, "body.by"),
        ({"by": "9" * 5000}, "body.by"),
        ({"to": "2020-01-01"}, "body.to"),
        ({"to": 0}, "body.to"),
        ({"to": "2040-01-01"}, "body.to"),
        ({"to": "tomorrow"}, "body.to"),
        ({"by": "1h", "fast": True}, "body.fast"),
        ({"until": "idle", "at_most": "x"}, "body.at_most"),
    ],
)
def test_a_wish_that_is_none_is_refused_with_its_path(box, wish, path):
    assert paths(box.ask("POST", "/clock/advance", wish)) == [path]
    assert box.now == box.told["now"]


@pytest.mark.parametrize(
    "until", ["doomsday", {"order": "1"}, {"order": "1", "status": "LOST"}, {"status": "x"}, 7]
)
def test_an_until_that_is_none_is_refused(box, until):
    assert all(
        path.startswith("body.until")
        for path in paths(box.ask("POST", "/clock/advance", {"until": until}))
    )


def test_until_an_unknown_order_is_not_found(box):
    wish = {"until": {"order": "5764", "status": "DELIVERED"}}
    assert box.ask("POST", "/clock/advance", wish).status_code == 404


def test_a_sandbox_that_was_never_advanced_has_no_progress(box):
    assert box.ask("GET", "/clock/advance").status_code == 404


def test_an_advance_over_its_budget_goes_on_by_itself(hasty):
    hasty.place(count=200, behaviour="prompt")
    answer = hasty.ask("POST", "/clock/advance", {"by": "30d"})
    told = answer.json()

    assert answer.status_code == 202
    assert told["done"] is False
    assert hasty.served.http.get(told["progress"]).json()["now"] >= told["now"]
    ended = finished(hasty)
    assert (ended["now"], ended["reached"]) == (hasty.told["now"] + 30 * DAY, True)
    assert ended["facts"] > 2000


def test_one_advance_at_a_time(hasty):
    hasty.place(count=200, behaviour="prompt")
    assert hasty.ask("POST", "/clock/advance", {"by": "30d"}).status_code == 202
    again = hasty.ask("POST", "/clock/advance", {"by": "1h"})

    assert again.status_code == 409
    assert "under way" in again.json()["detail"]
    assert finished(hasty)["now"] == hasty.told["now"] + 30 * DAY


def test_two_sandboxes_advance_side_by_side(open_box, listener):
    slow, quick = open_box(), open_box()
    gate = threading.Event()
    listener.on_news = lambda _: gate.wait(5)
    slow.subscribe(listener.url)
    slow.place_one(paid=False)
    waiting = threading.Thread(target=slow.advance, kwargs={"by": "1h"})
    waiting.start()
    try:
        quick.place_one()
        assert quick.advance(by="1h")["facts"] == 1
    finally:
        gate.set()
        waiting.join()


def test_a_reset_ends_an_advance_that_is_under_way(hasty):
    hasty.place(count=300, behaviour="prompt")
    assert hasty.ask("POST", "/clock/advance", {"by": "300d"}).status_code == 202
    told = hasty.control("POST", "/reset")
    assert told["now"] == hasty.told["now"]
    time.sleep(0.1)

    assert hasty.now == hasty.told["now"]
    assert hasty.mark()[0] == 0
    assert hasty.ask("GET", "/clock/advance").status_code == 404
    hasty.place_one()
    hasty.ask("POST", "/clock/advance", {"by": "1h"})
    assert finished(hasty)["now"] == hasty.told["now"] + HOUR


def test_whoever_waits_for_an_advance_hears_that_it_was_ended(box, listener):
    gate, answers = threading.Event(), []
    listener.on_news = lambda _: gate.wait(5)
    box.subscribe(listener.url)
    box.place_one(paid=False)
    waiting = threading.Thread(
        target=lambda: answers.append(box.ask("POST", "/clock/advance", {"by": "1h"}))
    )
    waiting.start()
    patience = time.monotonic() + 5
    while not listener.heard and time.monotonic() < patience:
        time.sleep(0.01)
    time.sleep(0.05)
    box.control("POST", "/reset")
    gate.set()
    waiting.join()

    assert [answer.status_code for answer in answers] == [409]
    assert box.now == box.told["now"]


def test_a_sandbox_may_be_deleted_while_it_advances(hasty):
    hasty.place(count=300, behaviour="prompt")
    assert hasty.ask("POST", "/clock/advance", {"by": "300d"}).status_code == 202
    assert hasty.ask("DELETE").status_code == 204
    assert hasty.served.open().advance(by="1h")["now"]


# Running.


def test_a_running_clock_follows_real_time_at_its_speed(box):
    assert box.control("PATCH", "/clock", {"mode": "running", "speed": 3600})["mode"] == "running"
    began, start = time.monotonic(), box.now
    time.sleep(0.4)
    told = box.control("PATCH", "/clock", {"mode": "frozen"})
    took = time.monotonic() - began

    assert 0.1 * 3600 <= told["now"] - start <= (took + 0.2) * 3600
    assert (told["mode"], told["speed"]) == ("frozen", 0)
    time.sleep(0.1)
    assert box.now == told["now"]


def test_lives_go_on_while_the_clock_runs(box, listener):
    box.subscribe(listener.url)
    order = box.place_one(behaviour="prompt")
    box.control("PATCH", "/clock", {"mode": "running", "speed": 1_000_000})
    patience = time.monotonic() + 15
    while "DELIVERED" not in listener.statuses(order) and time.monotonic() < patience:
        time.sleep(0.05)
    box.control("PATCH", "/clock", {"mode": "frozen"})

    assert listener.statuses(order)[:7] == [
        "UNPAID",
        "ON_HOLD",
        "AWAITING_SHIPMENT",
        "AWAITING_COLLECTION",
        "IN_TRANSIT",
        "DELIVERED",
        *listener.statuses(order)[6:7],
    ]


def test_a_running_clock_may_be_advanced_as_well(box):
    box.control("PATCH", "/clock", {"mode": "running", "speed": 1})
    assert box.advance(by="1d")["now"] >= box.told["now"] + DAY
    box.control("PATCH", "/clock", {"mode": "frozen"})


def test_the_default_clock_may_run_from_the_start(serve):
    served = serve(ServerSettings(speed=3600))
    clock = "/_seatrial/sandboxes/default/clock"
    first = served.http.get(clock).json()
    time.sleep(0.2)

    assert (first["mode"], first["speed"]) == ("running", 3600)
    assert served.http.get(clock).json()["now"] > first["now"]


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({}, "body.mode"),
        ({"mode": "backwards"}, "body.mode"),
        ({"mode": "running", "speed": 0}, "body.speed"),
        ({"mode": "running", "speed": -1}, "body.speed"),
        ({"mode": "running", "speed": 1e300}, "body.speed"),
        ({"mode": "running", "speed": "x"}, "body.speed"),
        ({"mode": "frozen", "now": 1}, "body.now"),
    ],
)
def test_a_clock_takes_only_what_it_knows(box, wish, path):
    assert paths(box.ask("PATCH", "/clock", wish)) == [path]


def test_a_speed_that_is_no_number_is_refused(box):
    url = f"/_seatrial/sandboxes/{box.id}/clock"
    for speed in (b"NaN", b"Infinity", b"1e999"):
        body = b'{"mode":"running","speed":' + speed + b"}"
        headers = {"content-type": "application/json"}
        answer = box.served.http.patch(url, content=body, headers=headers)
        assert paths(answer) == ["body.speed"]


# Seatrial-Clock.


def test_every_answer_carries_the_sandboxs_clock(box):
    box.place_one()
    box.advance(by="1h")
    now = str(box.told["now"] + HOUR)
    answers = [
        box.call("POST", "/order/202309/orders/search", query=[("page_size", "1")]),
        box.call("POST", "/order/202309/orders/search", sign="wrong"),
        box.ask("GET"),
        box.ask("GET", "/journal"),
        box.ask("POST", "/orders", {"count": 0}),
    ]
    assert [answer.headers.get("seatrial-clock") for answer in answers] == [now] * 5
    told = box.ask("POST", "/clock/advance", {"by": "1h"})
    assert told.headers["seatrial-clock"] == str(told.json()["now"])


# What falls due: exact to the second, each once, with the liable party.


def breach(fact):
    return {key: fact[key] for key in ("rule", "due", "at", "liable", "order_id")}


def test_an_absent_seller_breaches_d1_at_72_hours_and_d4_at_120(box):
    order = box.place_one(behaviour="absent")
    placed = box.now
    box.advance(by="71h59m59s")
    assert box.journal(kind="RuleBreached") == []
    box.advance(by="1s")
    (first,) = box.journal(kind="RuleBreached")
    due = placed + 72 * HOUR
    assert first.keys() >= {"seq", "kind", "rule", "due", "at", "liable", "order_id"}
    assert breach(first) == {
        "rule": "D1",
        "due": due,
        "at": due,
        "liable": "seller",
        "order_id": order,
    }
    assert box.advance(by="47h59m59s")["breaches"] == 0
    assert box.advance(by="1s")["breaches"] == 1
    second = box.journal(kind="RuleBreached")[1]
    assert (second["rule"], second["at"]) == ("D4", placed + 120 * HOUR)
    assert second["liable"] == "seller"
    assert box.advance(by="30d")["breaches"] == 0


def test_a_carrier_held_for_60_hours_breaches_d2_48_hours_after_the_notice(box):
    order = box.released()
    box.control("POST", "/carriers/jt/hold", {"for": "60h"})
    box.advance(by="17m")
    box.client.fulfillment.ship_package(box.package_of(order))
    (notice,) = box.journal(kind="CarrierNotified")
    collected = box.until(order, "IN_TRANSIT")
    (fact,) = box.journal(kind="RuleBreached")

    assert notice["at"] == box.told["now"] + HOUR + 17 * 60
    assert notice["due"] == notice["at"] + 48 * HOUR
    assert breach(fact) == {
        "rule": "D2",
        "due": notice["due"],
        "at": notice["due"],
        "liable": "carrier",
        "order_id": order,
    }
    assert collected >= box.told["now"] + HOUR + 60 * HOUR


def test_a_carrier_that_never_comes_breaches_d4_too(box):
    order = box.released()
    box.client.fulfillment.ship_package(box.package_of(order))
    box.control("POST", "/carriers/jt/hold", {"for": "200h"})
    box.advance(by="119h")
    rules = {fact["rule"]: fact for fact in box.journal(kind="RuleBreached")}

    assert rules.keys() == {"D2", "D4"}
    assert rules["D4"]["at"] == box.told["now"] + 120 * HOUR
    assert {fact["liable"] for fact in rules.values()} == {"carrier"}


def test_done_in_the_very_last_second_is_done_in_time(box):
    order = box.place_one()
    package = None
    box.advance(by="72h")
    assert [fact["rule"] for fact in box.journal(kind="RuleBreached")] == ["D1"]
    box.control("POST", "/reset")
    order = box.place_one()
    box.advance(by="71h59m59s")
    package = box.package_of(order)
    box.client.fulfillment.ship_package(package)
    box.advance(by="1h")
    assert box.journal(kind="RuleBreached") == []
