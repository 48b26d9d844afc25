"""What a server in the foreground writes, and how it ends when it is told to."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.logs import AsJson, AsText
from scenarios.receiver import receiver
from tests.thoroughness import examples

UP = "from scenarios.cli import app; app()"
BROKEN = """
from scenarios import serving
from scenarios.access import ControlToken
from scenarios.logs import Form, LogWish
from mock_api.settings import ServerSettings

made = serving.create_app

def broken(settings):
    app = made(settings)
    usual = app.router.default._app

    async def sometimes(scope, receive, send):
        if scope["path"] == "/broken":
            raise LookupError("nobody thought of this")
        await usual(scope, receive, send)

    app.router.default._app = sometimes
    return app

serving.create_app = broken
serving.serve("127.0.0.1", 0, ServerSettings(), ControlToken(), LogWish(Form.JSON))
"""
FAILING = """
from scenarios import serving
from scenarios.access import ControlToken
from mock_api.settings import ServerSettings

made = serving.create_app

async def recover(readiness):
    raise ValueError("its file ends in the middle")

serving.create_app = lambda settings: made(settings, recover=recover)
try:
    serving.serve("127.0.0.1", 0, ServerSettings(), ControlToken())
except serving.CannotServe as problem:
    raise SystemExit(str(problem))
"""
SANDBOX = "/_seatrial/sandboxes/default"


def record(event, exc_info=None, **fields):
    made = logging.LogRecord("seatrial.x", logging.WARNING, "x.py", 1, event, (), exc_info)
    made.fields = fields
    return made


class Started:
    """A server in a process of its own, that logs in JSON."""

    def __init__(self, process):
        self.process = process
        self.lines = [json.loads(process.stderr.readline())]
        self.http = httpx.Client(base_url=self.lines[0]["url"], trust_env=False, timeout=60)

    def stop(self, told=signal.SIGTERM):
        """Its exit code; what it logged is in ``lines``."""
        self.process.send_signal(told)
        code = self.process.wait(timeout=60)
        self.lines += [json.loads(line) for line in self.process.stderr]
        return code

    def events(self, name):
        return [line for line in self.lines if line["event"] == name]


@contextmanager
def started(*words, program=UP):
    """``seatrial up`` with its log in JSON, once it has said that it has started."""
    up = ("up", "--port", "0", "--log", "json", *words) if program == UP else ()
    with subprocess.Popen(
        [sys.executable, "-c", program, *up],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    ) as process:
        try:
            server = Started(process)
            with server.http:
                yield server
        finally:
            process.kill()


@settings(max_examples=examples(100))
@given(st.text(min_size=1), st.text())
def test_a_line_is_one_line_whatever_it_tells(event, value):
    line = AsJson().format(record(event, path=value))
    assert "\n" not in line
    told = json.loads(line)
    assert (told["event"], told["path"], told["level"]) == (event.strip(), value, "warning")

    text = AsText().format(record(event, path=value))
    assert text.isprintable()
    assert " WARNING " in text


@settings(max_examples=examples(100))
@given(st.text())
def test_a_value_in_a_text_line_is_a_word_or_quoted(value):
    _, _, word = AsText().format(record("request", path=value)).partition(" path=")
    assert word == value or json.loads(word) == value
    assert word.startswith('"') or " " not in word


def test_a_traceback_is_a_field_and_below_a_text_line():
    gone = LookupError("gone")
    failed = record("failed", (LookupError, gone, None))
    assert json.loads(AsJson().format(failed))["traceback"].endswith("LookupError: gone")
    first, *below = AsText().format(failed).splitlines()
    assert first.endswith("WARNING failed")
    assert below[-1] == "LookupError: gone"


@pytest.mark.slow  # a program starts
def test_requests_are_lines_without_secrets():
    with started("--log-level", "info") as server:
        server.http.get("/order/202309/orders?app_key=seatrial&sign=verysecret&timestamp=1")
        server.http.get(SANDBOX)
        assert server.stop() == 0

        assert server.process.stdout.read() == "", "with JSON, nothing else is said"
    calls = server.events("request")
    assert [(each["dialect"], each["operation"], each["status"]) for each in calls] == [
        ("seller_center", "get_order_detail", 400),
        ("control", "get_sandbox", 200),
    ]
    assert calls[0]["query"] == "app_key=***&sign=***&timestamp=***"
    assert calls[0]["code"] > 0
    assert calls[0]["took_ms"] > 0
    assert {each["sandbox"] for each in calls} == {"default"}
    assert len(server.events("stopped")) == 1


@pytest.mark.slow  # a program starts
def test_a_failure_of_ours_is_one_line_that_names_the_call():
    with started(program=BROKEN) as server:
        assert server.http.get("/broken?sign=verysecret").status_code == 500
        health = f"{server.lines[0]['url']}/_seatrial/health"
        assert httpx.get(health, trust_env=False).is_success, "it goes on"
        assert server.stop() == 0
    (failure,) = [line for line in server.lines if line["level"] == "error"]

    assert "LookupError: nobody thought of this" in failure["traceback"]
    assert "while answering GET '/broken'" in failure["traceback"]
    assert "verysecret" not in json.dumps(server.lines)


@pytest.mark.slow  # a program starts
def test_a_server_that_cannot_recover_ends_and_says_why():
    told = subprocess.run(
        [sys.executable, "-c", FAILING], capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 1
    assert told.stderr.rstrip().endswith("its file ends in the middle")


@contextmanager
def half_a_request(server):
    """A call of which the server has the head, and asks for the body."""
    host, port = server.http.base_url.host, server.http.base_url.port
    with socket.create_connection((host, port), timeout=60) as wire:
        wire.sendall(
            f"POST {SANDBOX}/orders HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\n"
            "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n".encode()
        )
        assert b" 100 " in wire.recv(1000)
        yield wire


@pytest.mark.slow  # a program starts
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_an_answer_that_is_open_is_finished(told):
    with started() as server, half_a_request(server) as wire:
        server.process.send_signal(told)
        wire.sendall(b'{"count":2}')
        answer = wire.makefile("rb").read()

        assert server.process.wait(timeout=60) == 0
    assert answer.startswith(b"HTTP/1.1 201")


@pytest.mark.slow  # a program starts
def test_a_call_that_never_comes_to_its_end_holds_nothing_up():
    with started("--stop-within", "0.5") as server, half_a_request(server) as wire:
        assert server.stop() == 0
        answer = wire.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 503")
    (warning,) = [line for line in server.lines if line["level"] == "warning"]
    assert warning["cut_off"] == [f"POST {SANDBOX}/orders"]


@pytest.mark.slow  # a program starts
def test_a_stop_in_the_middle_of_an_advance_is_told_and_what_hangs_is_cut_off():
    may_go = threading.Event()
    with (
        receiver(lambda *_: may_go.wait(60) and 200) as url,
        started("--stop-within", "0.5") as server,
    ):
        server.http.put(f"{SANDBOX}/app_webhooks", json={"address": url}).raise_for_status()
        server.http.post(f"{SANDBOX}/orders", json={"count": 3}).raise_for_status()
        answers = []
        advance = f"{SANDBOX}/clock/advance"

        def ask():
            with httpx.Client(base_url=server.http.base_url, trust_env=False, timeout=60) as http:
                answers.append(http.post(advance, json={"by": "300d"}))

        asking = threading.Thread(target=ask)
        asking.start()
        while server.http.get(advance).status_code == 404:
            time.sleep(0.05)
        assert server.stop() == 0
        asking.join(timeout=60)
        may_go.set()

    assert answers[0].status_code == 503
    assert "the server is stopping: the clock stands at" in answers[0].json()["detail"]
    (warning,) = [line for line in server.lines if line["level"] == "warning"]
    assert "webhooks" in warning["cut_off"][-1]


@pytest.mark.slow  # a program starts
def test_told_twice_it_ends_at_once():
    with started("--stop-within", "3600") as server, half_a_request(server):
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(timeout=1)
        assert server.stop() == 128 + signal.SIGTERM
