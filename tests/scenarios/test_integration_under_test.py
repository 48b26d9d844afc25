"""The example integration, as a program of its own, passes the library; each bug that is planted in
its copy fails just the scenarios that were written against it, and the failure names the cause."""

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scenarios.running import console, target
from scenarios.running.junit import told
from scenarios.running.suite import LIBRARY, collect, planned, the_one
from scenarios.running.target import run_against, server_for_integration

EXAMPLES = LIBRARY.parent / "examples"
SEATRIAL = Path(sys.executable).with_name("seatrial")
ROOT = Path(__file__).parents[2]
QUIET_MS = (250, 1000, 4000)
"""An integration that a busy machine keeps waiting for longer than this is late in virtual time,
and then other things happen: so it is tried with more patience before anything is said of it."""

CATCHES = {
    "webhook-doubled": {"ships_twice"},
    "cancelled-before-the-webhook": {"ignores_cancellation"},
    "webhooks-out-of-order": {"loses_late_webhooks", "ships_twice"},
    "answer-lost": {"repeats_blindly", "ships_twice"},
}
"""By scenario: the bugs that it has to catch. Whoever ships twice does so whenever it hears of its
own shipment."""

SAYS = {
    "ships_twice": ("expect.integration.ships_once", "shipped again after it was shipped"),
    "ignores_cancellation": (
        "expect.integration.never_ships_cancelled",
        "no ship call once it was to be cancelled",
    ),
    "loses_late_webhooks": (
        "expect.integration.ships_every_order",
        "0 ship calls about it, none of which succeeded",
    ),
    "repeats_blindly": (
        "expect.integration.ships_once",
        "shipped again after it was shipped",
    ),
}

pytestmark = pytest.mark.slow


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return listening.getsockname()[1]


@contextmanager
def integration(program, server_port, bugs=""):
    """That program, running; the URL where it takes webhooks."""
    port = free_port()
    env = {
        **os.environ,
        "SEATRIAL_URL": f"http://127.0.0.1:{server_port}",
        "SHIPPER_PORT": str(port),
        "BUGS": bugs,
        "PYTHONPATH": str(EXAMPLES),
    }
    with subprocess.Popen([sys.executable, EXAMPLES / program], env=env) as process:
        try:
            yield f"http://127.0.0.1:{port}/webhooks"
        finally:
            process.kill()


def results_of(program, scenarios, failing, bugs=""):
    """What came of them: as soon as just those fail that should, or with all patience."""
    runs, results = planned(scenarios, None), []
    for quiet_ms in QUIET_MS:
        port = free_port()
        with (
            server_for_integration("127.0.0.1", port) as base,
            integration(program, port, bugs) as url,  # a new one: it remembers what it heard
        ):
            results = run_against(base, url, runs, quiet_ms)
        failed = [
            each.key for each, result in zip(scenarios, results, strict=True) if not result.passed
        ]
        if failed == list(failing):
            break
    return results


def test_the_example_passes_the_library():
    results = results_of("shipper.py", collect([LIBRARY]), failing=())
    assert [told(each) for each in results if not each.passed] == []


@pytest.mark.parametrize("bug", SAYS)
def test_a_planted_bug_fails_the_scenarios_written_against_it(bug):
    scenarios = [the_one(LIBRARY / f"{name}.scenario.yaml") for name in CATCHES]
    catchers = [name for name in CATCHES if bug in CATCHES[name]]
    results = results_of("buggy_shipper.py", scenarios, catchers, bug)
    caught = [name for name, each in zip(CATCHES, results, strict=True) if not each.passed]
    assert caught == catchers
    text = next(told(each) for each in results if not each.passed)
    where, why = SAYS[bug]
    assert where in text
    assert why in text
    assert "  call " in text or bug == "loses_late_webhooks", "the integration's calls are shown"
    assert "replay: seatrial scenario run " in text
    assert "--target http://127.0.0.1:" in text


def test_the_command_waits_for_the_integration_and_writes_its_report(tmp_path):
    port = free_port()
    paths = [str(LIBRARY / f"{name}.scenario.yaml") for name in CATCHES]
    report = tmp_path / "report.html"
    words = [SEATRIAL, "scenario", "run", *paths, "--port", str(port), "--html", str(report)]
    words += ["--quiet-ms", str(QUIET_MS[1]), "--target"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}
    with integration("buggy_shipper.py", port, "ships_twice") as url:
        command = subprocess.run(
            [*words, url], capture_output=True, text=True, env=env, timeout=120, check=False
        )
    assert (command.returncode, command.stderr) == (1, "")
    assert "1 of 4 passed" in command.stdout
    page = report.read_text(encoding="utf-8")
    assert page.count("<svg") == 4  # of each order that a check failed for; answer-lost has two
    assert "ship_package" in page
    assert ">webhooks<" in page


def test_where_nobody_listens_nothing_can_be_run(monkeypatch, capsys):
    monkeypatch.setattr(target, "_PATIENCE_S", 0.2)
    url = f"http://127.0.0.1:{free_port()}/webhooks"
    code = console.run([LIBRARY], console.Choices(target=url, port=free_port()))
    assert code == 2
    assert "nobody listens at" in capsys.readouterr().err
