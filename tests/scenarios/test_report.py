"""``seatrial report`` tells what a server's world came to, in tables or JSON."""

import json
import socket
from contextlib import closing

import httpx
import pytest
from typer.testing import CliRunner

from mock_api.settings import ServerSettings
from scenarios.cli import app
from scenarios.client import Control
from scenarios.serving import served

WIDE = {"COLUMNS": "200", "TERM": "dumb"}


@pytest.fixture(scope="module")
def base():
    """A server whose default sandbox has seen six days of late and punctual sellers."""
    with (
        served(ServerSettings()) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as http,
    ):
        control = Control(http)
        at = "/sandboxes/default"
        for shipping in ("platform", "seller"):
            for behaviour, count in (("prompt", 6), ("absent", 2)):
                body = {"count": count, "shipping": shipping, "behaviour": behaviour}
                control.call("POST", f"{at}/orders", body)
        # A reason that would be markup, were it taken for that.
        (order,) = control.call("POST", f"{at}/orders", {"paid": False})["orders"]
        control.call("POST", f"{at}/buyers/{order}/cancel", {"reason": "[red]changed my mind"})
        control.call("POST", f"{at}/clock/advance", {"by": "6d"})
        yield url


def run(*words):
    return CliRunner().invoke(app, ["report", *words], env=WIDE)


@pytest.fixture(scope="module")
def figures(base):
    ran = run("--url", base, "--json")
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_breaches_are_counted_by_rule_liable_party_and_cause(figures):
    assert figures["breaches"] == [
        {"rule": "D1", "liable": "seller", "cause": "not_ready_to_ship", "count": 2},
        {"rule": "D4", "liable": "seller", "cause": "not_picked_up", "count": 2},
        {"rule": "D4", "liable": "seller", "cause": "not_ready_to_ship", "count": 2},
        {"rule": "D5", "liable": "seller", "cause": "not_marked_shipped", "count": 2},
    ]


def test_rates_stand_against_their_marks(figures):
    rates = {rate["name"]: rate for rate in figures["rates"]}
    late = rates["late_dispatch"]
    assert (late["hits"], late["of"], late["share"]) == (4, 16, 0.25)
    assert (late["recommended"], late["enforced"]) == ("<= 4 %", "> 10 %")
    assert late["verdict"] == "enforced"
    assert rates["valid_tracking"]["verdict"] == "kept"
    assert rates["valid_tracking"]["of"] == 6
    assert rates["seller_fault_cancellation"]["of"] == 16, "an unpaid order counts in no rate"


def test_waits_and_ways_are_told_by_carrier(figures):
    waits = {row["carrier"]: row for row in figures["pickup_waits"]}
    assert set(waits) == {"jt", "ups"}
    for row in (*waits.values(), *figures["transits"]):
        assert 0 < row["p50_min"] <= row["p90_min"] <= row["p99_min"]
    assert {row["destination"] for row in figures["transits"]} == {"GB"}
    assert figures["waiting_parcels"] == 0


def test_the_figures_are_the_journals(base, figures):
    with httpx.Client(base_url=base, trust_env=False) as http:
        path = "/_seatrial/sandboxes/default/journal"
        facts = http.get(path, params={"limit": 10_000}).json()["facts"]
    assert figures["facts"] == len(facts)
    cancelled = [fact for fact in facts if fact["kind"] == "OrderCancelled"]
    assert sum(row["count"] for row in figures["cancellations"]) == len(cancelled) == 1
    assert sum(figures["orders"].values()) == 17


def test_tables_say_the_same(base, figures):
    ran = run("--url", base)
    assert ran.exit_code == 0, ran.output
    for title in ("Breaches by rule", "Rates against", "first scan to the door", "Cancellations"):
        assert title in ran.stdout
    assert "late dispatch" in ran.stdout
    assert "25.0%" in ran.stdout
    assert "[red]changed my mind" in ran.stdout
    lane = figures["transits"][0]
    assert f"{lane['p50_min'] / 60:.1f}" in ran.stdout


def test_a_world_where_nothing_happened_has_a_report(base):
    with httpx.Client(base_url=base, trust_env=False) as http:
        sandbox = http.post("/_seatrial/sandboxes").json()["id"]
    ran = run("--url", base, "--sandbox", sandbox)
    assert ran.exit_code == 0, ran.output
    assert "no orders" in ran.stdout
    assert "nothing to judge" in ran.stdout


def test_a_reset_sandbox_counts_anew(base):
    with httpx.Client(base_url=base, trust_env=False) as http:
        sandbox = http.post("/_seatrial/sandboxes").json()["id"]
        at = f"/_seatrial/sandboxes/{sandbox}"
        http.post(f"{at}/orders", json={"count": 3}).raise_for_status()
        assert http.get(f"{at}/report").json()["orders"] == {"ON_HOLD": 3}
        http.post(f"{at}/reset").raise_for_status()
        assert http.get(f"{at}/report").json()["orders"] == {}


def test_no_server_no_report():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    ran = run("--url", f"http://127.0.0.1:{port}")
    assert ran.exit_code == 2
    assert "no Seatrial server answers" in ran.stderr
    assert "seatrial up" in ran.stderr
    assert "Traceback" not in ran.output


def test_an_unknown_sandbox_has_no_report(base):
    ran = run("--url", base, "--sandbox", "nobody's")
    assert ran.exit_code == 2
    assert "nobody's" in ran.stderr


@pytest.mark.parametrize("url", ["not a url", "ftp://127.0.0.1", "http://"])
def test_what_is_no_url_is_refused_in_words(url):
    ran = run("--url", url)
    assert ran.exit_code == 2
    assert "no Seatrial server answers" in ran.stderr


def test_mishaps_are_told_in_tables():
    """What befell whose parcels how often, and which of them never came."""
    with served(ServerSettings()) as url, httpx.Client(base_url=url, trust_env=False) as http:
        control = Control(http)
        at = "/sandboxes/default"
        (order,) = control.call("POST", f"{at}/orders", {"behaviour": "prompt"})["orders"]
        control.call("POST", f"{at}/clock/advance", {"by": "3d"})
        control.call("POST", f"{at}/carriers/jt/damage", {"order_id": order})
        control.call("POST", f"{at}/carriers/jt/dispose", {"order_id": order})
        shown = run("--url", url).output

    assert "Mishaps" in shown
    assert [line.split() for line in shown.splitlines() if "damaged" in line] == [
        ["│", "damaged", "│", "jt", "│", "1", "│"]
    ]
    assert "Parcels that never came" in shown
    assert ["│", "disposed", "│", "jt", "│", "1", "│"] in [
        line.split() for line in shown.splitlines()
    ]
