"""The Shop Performance Score over the wire, and what of it agrees with the journal."""

from collections import Counter

import pytest

from mock_api.settings import ServerSettings

DAY = 86_400
CODES = ["NRR", "NBFR", "SFCR", "OTDR", "AHT", "IM_DSAT"]
PATH = "/analytics/202606/shop_performances"


@pytest.fixture(scope="module")
def scored(running_server):
    """Enough deliveries for a score, some late, some sent back, some that the seller let lapse."""
    with running_server(ServerSettings(default_sandbox=False)) as served:
        box = served.open(market="us")
        box.place(count=40, behaviour="diligent", buyer="fussy")
        box.place(count=3, behaviour="absent")
        for _ in range(5):
            box.advance(by="6d")
            box.renew()
        yield box
        box.close()


def night_before(box):
    return box.now // DAY * DAY


def test_the_score_is_made_of_its_dimensions(scored):
    told = scored.client.analytics.get_sps_overview().data
    weighed = [
        (float(each.score), int(each.weight)) for each in told.dimensions if each.status != "NIL"
    ]
    mean = sum(score * weight for score, weight in weighed) / sum(each for _, each in weighed)

    assert told.sps_tier in ("EXCELLENT", "GOOD", "POOR", "CRITICAL")
    assert float(told.sps_score) == pytest.approx(mean, abs=0.11)
    assert told.update_time == told.end_evaluation_time == night_before(scored)
    assert (
        told.evaluate_duration_days * DAY == told.end_evaluation_time - told.start_evaluation_time
    )
    for each in told.benefits:
        assert each.is_unlocked == (float(told.sps_score) >= float(each.unlock_score))


def test_all_six_metrics_are_there_and_those_without_events_have_no_value(scored):
    told = scored.client.analytics.get_sps_metrics().data.metrics
    by_code = {each.metric_code: each for each in told}

    assert list(by_code) == CODES
    assert by_code["NRR"].status == by_code["IM_DSAT"].status == "NIL"
    assert "value" not in by_code["NRR"].to_dict()
    for code in ("OTDR", "SFCR"):
        assert by_code[code].status != "NIL"
        assert 0 <= float(by_code[code].score) <= 5


def test_shares_are_what_the_journal_says(scored):
    night = night_before(scored)
    journal = [each for each in scored.journal() if each["at"] < night]
    kinds = Counter(each["kind"] for each in journal)
    lapsed = [
        each
        for each in journal
        if each["kind"] == "OrderCancelled"
        and each["reason"] == "system_cancel_order_reason_shipping_timeout"
    ]
    diagnosis = {
        code: scored.client.analytics.get_sps_metric_diagnosis(metric_code=code).data
        for code in CODES
    }

    assert len(lapsed) == 3
    rule = diagnosis["SFCR"].calculation_rule
    assert int(rule.numerator_value) == len(lapsed)
    assert int(rule.denominator_value) == kinds["OrderPaid"]
    assert float(diagnosis["SFCR"].value) == pytest.approx(300 / kinds["OrderPaid"], abs=0.01)
    in_time = int(diagnosis["OTDR"].calculation_rule.numerator_value)
    assert int(diagnosis["OTDR"].calculation_rule.denominator_value) == kinds["OrderDelivered"]
    late = scored.client.analytics.get_sps_metric_problem_details(metric_code="OTDR").data
    assert late.total_count == kinds["OrderDelivered"] - in_time
    trend = diagnosis["OTDR"].trend.data_points
    assert [each.record_date for each in trend] == sorted(each.record_date for each in trend)
    assert trend


def test_on_time_deliveries_are_told_by_logistics_provider(scored):
    told = scored.client.analytics.get_sps_metric_top_items(metric_code="OTDR").data
    whole = scored.client.analytics.get_sps_metric_diagnosis(metric_code="OTDR").data
    (provider,) = told.otdr_logistics_items

    assert told.total_count == 1
    assert provider.delivered_order_count == int(whole.calculation_rule.denominator_value)
    assert float(provider.on_time_deliver_rate) == pytest.approx(
        provider.on_time_deliver_order_count / provider.delivered_order_count, abs=0.0001
    )


def test_problem_orders_are_paged_the_latest_first(scored):
    ids, token = [], ""
    while True:
        query = [("page_size", "2"), ("page_token", token)]
        page = scored.data("GET", f"{PATH}/metrics/SFCR/problem_details", query=query)
        ids += [each["order_id"] for each in page["sfcr_problem_order_items"]]
        token = page["next_page_token"]
        if not token:
            break
    cancelled = [scored.order(each) for each in ids]

    assert page["total_count"] == len(ids) == 3
    assert {each.status for each in cancelled} == {"CANCELLED"}
    assert [each.cancel_time for each in cancelled] == sorted(
        (each.cancel_time for each in cancelled), reverse=True
    )


@pytest.mark.parametrize("code", CODES)
def test_every_metric_answers_every_call(scored, code):
    analytics = scored.client.analytics
    assert analytics.get_sps_metric_diagnosis(metric_code=code).data.metric_code == code
    assert analytics.get_sps_metric_problem_details(metric_code=code).data.metric_code == code
    top = analytics.get_sps_metric_top_items(metric_code=code).data
    assert (top.metric_code, top.total_count >= 0) == (code, True)


def test_before_thirty_deliveries_there_is_no_score(open_box):
    box = open_box(market="us")
    told = box.data("GET", f"{PATH}/overview")

    assert told["sps_tier"] == "NIL"
    assert "sps_score" not in told
    assert {each["status"] for each in told["dimensions"]} == {"NIL"}


def test_only_shops_of_the_united_states_have_a_score(box):
    for path in ("overview", "metrics", "metrics/OTDR/diagnosis", "metrics/OTDR/top_items"):
        assert box.refused("GET", f"{PATH}/{path}") == (400, 36009004)


def test_what_cannot_be_meant_is_refused(scored):
    assert scored.refused("GET", f"{PATH}/metrics/LDR/diagnosis") == (400, 36009004)
    days = [("trend_duration_days", "91")]
    assert scored.refused("GET", f"{PATH}/metrics/OTDR/diagnosis", query=days) == (400, 36009004)
    token = [("page_token", "x")]
    path = f"{PATH}/metrics/OTDR/problem_details"
    assert scored.refused("GET", path, query=token) == (400, 36009004)
    assert scored.refused("GET", PATH.replace("06/", "05/") + "/overview")[1] == 36009014
