"""Whom a planned fault means, how often and when; and that chance repeats."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_api.kernel.faults import Call, Faults, Plan, What
from simulator.clock import EPOCH
from simulator.streams import Streams
from tests.mock_api.befalling import fired, read
from tests.thoroughness import examples

HOUR, DAY = 3600, 86_400


def test_so_many_are_spared_and_so_many_befallen(box, plan):
    order = box.place_one()
    fault = plan(what="overloaded", after=2, times=3)
    answers = [read(box, order)[0] for _ in range(8)]
    assert answers == [200, 200, 503, 503, 503, 200, 200, 200]
    assert fired(box)[fault] == (5, 3)


def test_an_operation_is_meant_by_its_name(box, plan):
    order = box.released()
    package = box.package_of(order)
    plan(what="overloaded", operation="get_package_detail")
    assert read(box, order)[0] == 200
    assert box.call("GET", f"/fulfillment/202309/packages/{package}").status_code == 503


def test_an_order_is_meant_wherever_a_call_names_it(box, plan):
    one, other = box.released(), box.released()
    packages = {order: box.package_of(order) for order in (one, other)}
    fault = plan(what="overloaded", order_id=one)
    assert read(box, one)[0] == 503
    assert read(box, f"{other},{one}")[0] == 503
    assert read(box, other)[0] == 200
    paths = {order: f"/fulfillment/202309/packages/{packages[order]}" for order in packages}
    assert [box.call("GET", paths[order]).status_code for order in (one, other)] == [503, 200]
    assert box.call("GET", "/fulfillment/202309/packages/1").status_code != 503
    assert fired(box)[fault] == (3, 3)


def test_webhooks_of_one_order_are_meant_by_its_id(box, listener, plan):
    box.subscribe(listener.url)
    one, other = box.place(count=2, paid=False)
    plan(what="webhook_lost", order_id=one)
    for order in (one, other):
        box.control("POST", f"/buyers/{order}/pay")
    box.advance(by="2h")
    assert listener.statuses(one) == ["UNPAID"]
    assert listener.statuses(other) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]


def test_a_fault_is_in_force_from_then_for_so_long(box, plan):
    order = box.place_one()
    plan(what="overloaded", **{"from": box.now + HOUR, "for": "1h"})
    answers = []
    for _ in range(4):
        answers.append(read(box, order)[0])
        box.advance(by="40m")
    assert answers == [200, 200, 503, 200]


def test_the_nth_are_befallen_and_no_other(box, plan):
    order = box.place_one()
    one = plan(what="overloaded", nth=[2, 5])
    assert [read(box, order)[0] for _ in range(6)] == [200, 503, 200, 200, 503, 200]
    assert fired(box)[one] == (6, 2)
    plan(what="internal_error", nth=1)
    assert [read(box, order)[0] for _ in range(2)] == [500, 200]


@pytest.mark.parametrize(
    ("between", "befallen"),
    [(["18:00", "20:00"], [18, 19]), (["22:00", "02:00"], [0, 1, 22, 23])],
)
def test_a_fault_may_have_its_hours_of_each_day(box, plan, between, befallen):
    order = box.place_one()
    plan(what="overloaded", between=between)
    hours = []
    for _ in range(24):
        if read(box, order)[0] == 503:
            hours.append(box.now % DAY // HOUR)
        box.advance(by="1h")
    assert sorted(hours) == befallen


def test_a_dialect_is_meant_by_its_name_and_the_others_are_spared(box, plan):
    order = box.place_one()
    desk = plan(what="overloaded", dialect="desk", operation="get_liability_table")
    plan(what="overloaded", dialect="ups")
    headers = {"x-tts-access-token": box.token}

    def ask_desk():
        return box.served.http.get("/desk/v1/liability", headers=headers)

    assert read(box, order)[0] == 200
    assert (ask_desk().status_code, ask_desk().json()["status"]) == (503, 503)
    assert fired(box)[desk] == (2, 2)
    plan(what="throttled", dialect="seller_center", operation="get_order_detail", times=1)
    assert [read(box, order)[0] for _ in range(2)] == [429, 200]


def test_the_desk_says_how_long_to_wait(box, plan):
    plan(what="throttled", dialect="desk", retry_after=9)
    headers = {"x-tts-access-token": box.token}
    answer = box.served.http.get("/desk/v1/liability", headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "9")


def test_the_auth_host_fails_as_well_and_only_for_who_knows_the_secret(box, plan):
    fault = plan(what="overloaded", operation="refresh_token", times=1)
    query = {
        "app_key": box.app_key,
        "refresh_token": box.told["refresh_token"],
        "grant_type": "refresh_token",
    }

    def refresh(secret):
        return box.served.http.get("/api/v2/token/refresh", params=query | {"app_secret": secret})

    assert refresh("wrong").json()["code"] != 36009003
    assert fired(box)[fault] == (0, 0)
    assert [refresh(box.secret).status_code for _ in range(2)] == [503, 200]


def test_latencies_befall_a_call_besides_a_failure(box, plan):
    order = box.place_one()
    late, later = plan(what="latency", ms=1, times=1), plan(what="latency", ms=2, times=1)
    failing = plan(what="overloaded", times=1)
    spared = plan(what="internal_error", nth=[2])
    assert [read(box, order)[0] for _ in range(3)] == [503, 200, 500]
    assert [fired(box)[each] for each in (late, later, failing, spared)] == [
        (1, 1),
        (1, 1),
        (1, 1),
        (2, 1),
    ]
    assert box.exchanges()[0]["faults"] == ["latency", "latency", "overloaded"]


def test_chance_is_by_named_draws_and_repeats(open_box):
    def outcomes(seed, extra):
        box = open_box(seed=seed)
        order = box.place_one()
        box.control("POST", "/faults", {"what": "overloaded", "probability": 0.5})
        if extra:
            box.place(count=5)
        return [read(box, order)[0] for _ in range(30)]

    first = outcomes(4, extra=False)
    assert 5 < first.count(503) < 25
    assert outcomes(4, extra=True) == first
    assert outcomes(5, extra=False) != first


def test_faults_change_no_fact_of_the_world(open_box, listener):
    marks = []
    for faulty in (False, True):
        box = open_box(seed=11)
        box.subscribe(listener.url)
        if faulty:
            box.control("POST", "/faults", {"what": "webhook_lost", "probability": 0.5})
            box.control("POST", "/faults", {"what": "overloaded"})
        box.place(count=3, behaviour="prompt")
        box.advance(by="6d")
        marks.append(box.mark())
    assert marks[0] == marks[1]


# By named draws.


@settings(max_examples=examples(60))
@given(seed=st.integers(0, 2**32), probability=st.floats(0.05, 0.95), calls=st.integers(1, 60))
@pytest.mark.parametrize("what", [What.LOST_ANSWER, What.LATENCY, What.OVERLOADED])
def test_the_same_calls_are_hit_in_every_run_of_a_seed(what, seed, probability, calls):
    def hits(others):
        faults = Faults(Streams(seed))
        for _ in range(others):  # planned after it: a draw of theirs shifts none of its
            faults.plan(Plan(What.THROTTLED, operation="another"))
        fault = faults.plan(Plan(what, probability=probability))
        fault.id = "fault-0"
        faults_of_another = Call("desk", "another")
        hit = []
        for nth in range(calls):
            if nth % 3 == 0 and others:
                next(faults.of_webhook(faults_of_another, EPOCH), None)
            hit.append(fault in list(faults.of_call(Call("ups", "ups.rate"), EPOCH)))
        assert (fault.met, fault.fired) == (calls, sum(hit))
        return hit

    drawn = [
        Streams(seed).unit("fault", "fault-0", nth) < probability for nth in range(1, calls + 1)
    ]
    assert hits(others=0) == hits(others=2) == drawn


@pytest.mark.parametrize("sigma", [0.25, 1.0])
def test_a_latency_is_lognormal_about_its_median(sigma):
    faults = Faults(Streams(7))
    fault = faults.plan(Plan(What.LATENCY, median_ms=20_000, sigma=sigma))
    drawn = []
    for _ in range(4_000):
        assert list(faults.of_call(Call("ups", "ups.rate"), EPOCH)) == [fault]
        drawn.append(log(max(1, fault.delay(faults.streams)) / 20_000))
    mean = sum(drawn) / len(drawn)
    spread = (sum((each - mean) ** 2 for each in drawn) / len(drawn)) ** 0.5
    assert abs(mean) < 0.1 * sigma
    assert abs(spread - sigma) < 0.1 * sigma
