"""``GET /metrics`` as Prometheus reads it, over a real socket."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from mock_api.kernel.metrics import Metrics
from mock_api.kernel.tally import BOUNDS_S
from mock_api.main import create_app
from mock_api.settings import Delivery, ServerSettings
from tests.thoroughness import examples

STATUSES = st.sampled_from([0, 200, 404, 500])


@pytest.fixture
def watched(serve):
    """A server of the test's own: what others do to theirs would be counted too."""
    return serve(ServerSettings(default_sandbox=False, delivery=Delivery(timeout_s=0.2)))


def scraped(http):
    """Every sample, by its name and labels."""
    answer = http.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return samples(answer.text)


def samples(page):
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def requests(found):
    """How many requests by dialect, status and code."""
    return {
        tuple(value for _, value in sorted(name[1:], key=lambda label: label[0])): count
        for name, count in found.items()
        if name[0] == "seatrial_requests_total"
    }


def test_every_dialects_answers_are_counted_by_status_and_code(watched):
    box = watched.open()
    order = box.place_one()
    box.order(order)
    box.order(order)
    box.refused("GET", "/order/202309/orders", query=[("ids", "1")])
    box.refused("GET", "/order/202309/orders", sign="wrong")
    watched.http.get("/ups/api/nothing")
    watched.http.get("/desk/v1/nothing")
    box.close()
    found = scraped(watched.http)

    expected = Counter(
        ("seller_center", str(each["status"]), str(each["code"])) for each in box.exchanges()
    )
    counted = {(name[1], name[2], name[0]): count for name, count in requests(found).items()}
    assert {key: count for key, count in counted.items() if key[0] == "seller_center"} == expected
    assert sum(expected.values()) == 4
    assert counted["ups", "404", ""] == 1
    assert counted["desk", "404", ""] == 1
    assert counted["control", "201", ""] == 2
    assert found["seatrial_request_seconds_count", ("dialect", "seller_center")] == 4


def test_live_orders_and_facts_are_told_and_facts_never_become_fewer(watched):
    box = watched.open()
    box.place(count=5, behaviour="absent")
    found = scraped(watched.http)
    assert found["seatrial_sandboxes",] == 1
    assert found["seatrial_live_orders",] == 5
    assert found["seatrial_facts_total",] == box.mark()[0] > 0

    facts = found["seatrial_facts_total",]
    box.control("POST", "/reset")
    after_reset = scraped(watched.http)
    assert after_reset["seatrial_live_orders",] == 0
    assert after_reset["seatrial_facts_total",] == facts

    box.place(count=1)
    more = box.mark()[0]
    box.ask("DELETE")
    assert scraped(watched.http)["seatrial_facts_total",] == facts + more


def test_webhooks_are_counted_by_what_came_of_them(watched, listener):
    box = watched.open(webhooks="drain")
    box.subscribe(listener.url)
    listener.answers[:] = [500]
    box.place_one(paid=True)
    box.advance(by="1h")
    heard = scraped(watched.http)
    assert heard["seatrial_webhooks_total", ("outcome", "refused")] == 1
    assert heard["seatrial_webhooks_total", ("outcome", "accepted")] == len(listener.heard) - 1 > 0


def test_webhooks_that_nobody_takes_are_a_backlog(watched):
    box = watched.open()
    box.subscribe("http://127.0.0.1:9/nobody")
    box.place(count=3)
    box.advance(by="1s")
    found = scraped(watched.http)
    waiting = sum(each["state"] == "waiting" for each in box.webhooks())

    assert found["seatrial_webhook_backlog",] == waiting >= 3
    assert found["seatrial_webhooks_total", ("outcome", "unanswered")] >= 3


def test_a_clock_that_cannot_keep_up_lags(serve, listener):
    server = serve(ServerSettings(default_sandbox=False))
    box = server.open()
    assert scraped(server.http)["seatrial_clock_lag_seconds",] == 0
    lags = []
    # While the listener has not answered, virtual time stands still (drain).
    listener.on_news = lambda _: lags.append(scraped(server.http))
    box.subscribe(listener.url)
    box.control("PATCH", "/clock", {"mode": "running", "speed": 1_000_000})
    box.place_one()
    while not lags:
        box.control("GET", "/clock")
    box.control("PATCH", "/clock", {"mode": "frozen"})

    assert lags[0]["seatrial_clock_lag_seconds",] > 0
    assert lags[0]["seatrial_running_clocks",] == 1
    assert scraped(server.http)["seatrial_clock_lag_seconds",] == 0


def test_servers_in_one_process_count_for_themselves():
    one, other = (TestClient(create_app(ServerSettings())) for _ in range(2))
    one.get("/order/202309/orders")

    assert len(requests(scraped(one))) == 1
    assert requests(scraped(other)) == {}


def test_metrics_are_for_reading_and_nothing_is_below_them():
    client = TestClient(create_app(ServerSettings()))

    assert client.post("/metrics").status_code == 405
    assert client.post("/metrics").headers["allow"] == "GET, HEAD"
    assert client.get("/metrics/more").status_code == 404
    assert client.head("/metrics").content == b""


def test_the_newer_format_is_spoken_to_who_asks_for_it():
    client = TestClient(create_app(ServerSettings()))
    answer = client.get("/metrics", headers={"accept": "application/openmetrics-text"})

    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


@pytest.mark.slow  # a program starts
def test_the_library_is_not_loaded_before_somebody_asks():
    program = (
        "import sys; from mock_api.main import create_app; create_app();"
        "sys.exit('prometheus_client' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@settings(max_examples=examples(100))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ups", "seller_center"]),
            STATUSES,
            st.sampled_from([None, 0, 36009004]),
            st.floats(0, 100),
        )
    )
)
def test_what_is_told_is_what_was_counted(answers):
    app = create_app(ServerSettings(default_sandbox=False), ())
    for answer in answers:
        app.state.sandboxes.tally.answered(*answer)
    found = scraped(TestClient(Metrics(app.state.sandboxes)))

    assert sum(requests(found).values()) == len(answers)
    for dialect in {answer[0] for answer in answers}:
        took = [answer[3] for answer in answers if answer[0] == dialect]
        label = ("dialect", dialect)
        for bound in BOUNDS_S:
            bucket = found["seatrial_request_seconds_bucket", label, ("le", str(bound))]
            assert bucket == sum(each <= bound for each in took)
        assert found["seatrial_request_seconds_count", label] == len(took)
        assert found["seatrial_request_seconds_sum", label] == pytest.approx(sum(took))
