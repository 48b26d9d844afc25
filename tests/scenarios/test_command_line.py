"""The command line as people type it: real processes, real sockets."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from mock_api.settings import ServerSettings
from scenarios.cli import app
from scenarios.serving import with_carriers

SEATRIAL = Path(sys.executable).with_name("seatrial")
PLAIN = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "PYTHONWARNINGS": "error"}


def run(*words, timeout=60):
    return subprocess.run(
        [SEATRIAL, *words], capture_output=True, text=True, timeout=timeout, env=PLAIN, check=False
    )


@contextmanager
def up(*words):
    """``seatrial up`` on a free port, once it has said what it has to say."""
    with subprocess.Popen(
        [SEATRIAL, "up", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=PLAIN,
    ) as process:
        said = ""
        try:
            for line in process.stdout:
                said += line
                if "exchanges" in line or ("curl -X POST" in line and "/sandboxes\n" in line):
                    break
            base = re.search(r"http://\S+?:\d+", said)
            assert base, said + process.stderr.read()
            yield process, base[0], said
        finally:
            process.kill()


def test_version_is_the_distributions():
    told = run("version")
    assert (told.returncode, told.stdout.strip()) == (0, version("seatrial"))


def test_without_a_word_it_tells_its_commands():
    told = run()
    assert all(command in told.stdout + told.stderr for command in ("up", "demo", "version"))


def test_up_prints_where_it_is_with_what_credentials_and_what_next():
    with up() as (process, base, said):
        told = httpx.get(f"{base}/_seatrial/sandboxes/default", trust_env=False).json()
        for name in ("app_key", "app_secret", "service_id", "access_token", "refresh_token"):
            assert re.search(rf"{name}\s+{re.escape(told[name])}\n", said)
        assert told["shops"][0]["cipher"] in said
        assert "2030-01-07T00:00:00Z, frozen" in said
        assert re.findall(r"^\s+([123])\. ", said, re.MULTILINE) == ["1", "2", "3"]
        assert httpx.get(f"{base}/_seatrial/health", trust_env=False).json()["status"] == "ok"
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=10) == 0
        (line,) = process.stderr.read().splitlines()
        assert re.search(r"Z INFO stopped took_s=[0-9.]+$", line)


@pytest.mark.slow  # a program starts
def test_the_next_steps_do_what_they_say():
    with up() as (_, _base, said):
        calls = re.findall(r"curl -X POST (\S+) --json '(.*)'$", said, re.MULTILINE)
        assert len(calls) == 2
        for url, body in calls:
            headers = {"content-type": "application/json"}
            answer = httpx.post(url, content=body, headers=headers, trust_env=False)
            assert answer.is_success, answer.text
        (listing,) = re.findall(r"curl '(\S+)'", said)
        assert httpx.get(listing, trust_env=False).json()["exchanges"] == []


@pytest.mark.slow  # a program starts
def test_up_listens_as_wished():
    with up("--seed", "5", "--start", "2031-01-01T00:00:00Z", "--speed", "2") as (_, base, said):
        told = httpx.get(f"{base}/_seatrial/sandboxes/default", trust_env=False).json()
        clock = httpx.get(f"{base}/_seatrial/sandboxes/default/clock", trust_env=False).json()

        assert (told["seed"], told["start"]) == (5, 1_924_992_000)
        assert (clock["mode"], clock["speed"]) == ("running", 2)
        assert "2 times real time" in said


@pytest.mark.slow  # a program starts
def test_up_stops_within_seconds_although_somebody_listens_and_time_runs():
    with up("--speed", "1000") as (process, base, _):
        with httpx.Client(base_url=base, trust_env=False) as http:
            http.post("/_seatrial/sandboxes/default/orders", json={"count": 50})
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        assert time.monotonic() - began < 8


@pytest.mark.slow  # a program starts
def test_an_interrupt_stops_it_too():
    with up() as (process, _, _said):
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0


@pytest.mark.slow  # a program starts
def test_a_taken_port_is_said_so():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        told = run("up", "--port", port)

    assert told.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in told.stderr
    assert "--port" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow  # a program starts
def test_an_unknown_market_is_said_so():
    told = run("up", "--port", "0", "--market", "atlantis")

    assert told.returncode == 2
    assert "atlantis" in told.stderr
    assert "standard" in told.stderr, "which there are"
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--start", "yesterday"), "instant"),
        (("--port", "99999"), "--port"),
        (("--speed", "0"), "--speed"),
        (("--seed", "-1"), "--seed"),
        (("--sede", "1"), "--sede"),
        (("--log", "xml"), "--log"),
        (("--log-level", "loud"), "--log-level"),
        (("--stop-within", "-1"), "--stop-within"),
        (("--host", "256.256.256.256"), "256"),
    ],
)
def test_a_wrong_word_is_named(words, named):
    port = () if "--port" in words else ("--port", "0")
    told = CliRunner().invoke(app, ["up", *port, *words])

    assert told.exit_code == 2
    assert named in told.stderr


@pytest.fixture(scope="module")
def demos():
    """Two runs of the demo, side by side."""
    command = [SEATRIAL, "demo"]
    runs = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=PLAIN | {"PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]
    told = [process.communicate(timeout=120) for process in runs]
    return [(process.returncode, *said) for process, said in zip(runs, told, strict=True)]


def test_the_demo_ends_well(demos):
    assert [(code, errors) for code, _, errors in demos] == [(0, ""), (0, "")]


@pytest.mark.parametrize(
    ("rule", "liable", "after"),
    [
        ("D1", "seller", "72 h from the order"),
        ("D2", "carrier", "48 h from the notice"),
        ("D4", "carrier", "120 h from the order"),
        ("D4", "seller", "120 h from the order"),
        ("D5", "seller", "120 h from the order"),
    ],
)
def test_the_demos_breaches_are_recorded_at_the_very_second(demos, rule, liable, after):
    rows = [line.split("│") for line in demos[0][1].splitlines() if line.startswith("│ D")]
    cells = [[cell.strip() for cell in row[1:-1]] for row in rows]

    assert any((row[0], row[1], row[3]) == (rule, liable, after) for row in cells)
    assert {row[3] for row in cells if row[0] == rule} == {after}


def test_the_demo_shows_an_orders_timeline(demos):
    said = demos[0][1]
    for kind in ("OrderPlaced", "OrderPaid", "OrderReleased", "OrderReadyToShip", "RuleBreached"):
        assert kind in said
    assert "200 UNPAID" in " ".join(said.split())
    assert "seatrial up" in said


def test_the_demo_is_the_same_on_every_run(demos):
    digests = [
        re.search(r"(\d+) facts; digest ([0-9a-f]{32})", said).groups() for _, said, _ in demos
    ]
    assert digests[0] == digests[1]


def test_an_api_that_there_is_not_cannot_be_lenient():
    told = CliRunner().invoke(app, ["up", "--lenient", "pigeons"])
    assert told.exit_code == 2
    assert "there is no API of pigeons to be lenient" in told.output


def test_what_is_said_about_carriers_is_in_the_settings():
    settings = with_carriers(ServerSettings(seed=7), frozenset(), any_credentials=True)
    assert settings == ServerSettings(seed=7, any_credentials=True)
