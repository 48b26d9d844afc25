"""A server that is told to stop, in process: what is open ends within the bound, and how."""

import asyncio
import json
import logging
import socket
import threading
import time
from contextlib import closing, contextmanager

import httpx
import pytest
import uvicorn

from mock_api.kernel.entrance import Entrance
from mock_api.kernel.stopping import EndingStreams
from mock_api.main import create_app
from mock_api.settings import ServerSettings
from scenarios.receiver import receiver
from scenarios.stoppable import Stoppable

SANDBOX = "/_seatrial/sandboxes/default"


class Odd:
    """Endpoints that take as long as the test wishes."""

    def __init__(self, usual):
        self.usual = usual
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    async def __call__(self, scope, receive, send):
        act = {"/slow": self.slow, "/half": self.half, "/stream": self.stream}.get(scope["path"])
        await (act(send) if act else self.usual(scope, receive, send))

    async def slow(self, send):
        await self.wait()
        await send(start(b"text/plain"))
        await send({"type": "http.response.body", "body": b"whole"})

    async def half(self, send):
        await send(start(b"text/plain"))
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        await self.wait()
        raise AssertionError("nobody let it go on")

    async def stream(self, send):
        await send(start(b"text/event-stream; charset=utf-8"))
        await send({"type": "http.response.body", "body": b"data: 1\n\n", "more_body": True})
        self.asked.set()
        await asyncio.Event().wait()

    async def wait(self):
        self.asked.set()
        while not self.may_answer.is_set():  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(0.005)


def start(kind):
    return {"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]}


class Running:
    """A server with odd endpoints in front of its own, and what it answered."""

    def __init__(self, within_s):
        self.app = create_app(ServerSettings(stop_within_s=within_s))
        self.lifetime = self.app.state.lifetime
        self.odd = Odd(self.app.router.default._app)
        self.app.router.default = Entrance(
            EndingStreams(self.odd, self.lifetime.stopping),
            self.lifetime.readiness,
            self.lifetime.stopping,
            "/_seatrial/health",
        )
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_config=None, log_level="error", access_log=False)
        self.server = Stoppable(config, self.lifetime, within_s)
        self.thread = threading.Thread(target=self.server.run, args=([self.listening],))
        self.answers = []

    def ask(self, path, **body):
        """In the background, since it may take long."""

        def asked():
            with httpx.Client(base_url=self.base, timeout=60, trust_env=False) as http:
                try:
                    self.answers.append(http.post(path, json=body))
                except httpx.HTTPError as problem:
                    self.answers.append(problem)

        asking = threading.Thread(target=asked)
        asking.start()
        return asking

    def stop(self, *asking):
        self.server.should_exit = True
        self.thread.join(timeout=60)
        for each in asking:
            each.join(timeout=60)
        assert not self.thread.is_alive()


@pytest.fixture
def serve():
    started = []

    def server(within_s):
        running = Running(within_s)
        running.thread.start()
        started.append(running)
        return running

    yield server
    for each in started:
        each.odd.may_answer.set()
        each.stop()
        each.listening.close()


@contextmanager
def hanging_receiver():
    """Somebody who takes webhooks and never says so."""
    came, may_go = threading.Event(), threading.Event()

    def hear(_signature, _body):
        came.set()
        may_go.wait(60)
        return 200

    with receiver(hear) as url:
        yield url, came
        may_go.set()


def until(reached):
    while not reached():
        time.sleep(0.005)


def warnings(caplog):
    return [each for each in caplog.records if each.levelno >= logging.WARNING]


def test_an_open_answer_is_finished(serve, caplog):
    server = serve(within_s=60)
    asking = server.ask("/slow")
    assert server.odd.asked.wait(10)
    server.server.should_exit = True
    until(lambda: server.lifetime.stopping.has_begun)
    server.odd.may_answer.set()
    server.stop(asking)

    assert server.answers[0].text == "whole"
    assert warnings(caplog) == []


def test_an_answer_that_is_not_finished_in_time_is_a_503_and_told_once(serve, caplog):
    server = serve(within_s=0.1)
    asking = server.ask("/slow?sign=secret")
    assert server.odd.asked.wait(10)
    server.stop(asking)

    assert server.answers[0].status_code == 503
    assert "stopped before this call was answered" in server.answers[0].json()["detail"]
    (line,) = warnings(caplog)
    assert line.levelno == logging.WARNING
    assert line.fields == {"within_s": 0.1, "cut_off": ["POST /slow"]}


def test_an_answer_that_has_begun_is_not_passed_off_as_a_whole_one(serve):
    server = serve(within_s=0.1)
    asking = server.ask("/half")
    assert server.odd.asked.wait(10)
    server.stop(asking)

    assert isinstance(server.answers[0], httpx.RemoteProtocolError)


def test_who_reads_a_stream_of_events_comes_to_its_end_at_once(serve, caplog):
    server = serve(within_s=60)
    asking = server.ask("/stream")
    assert server.odd.asked.wait(10)
    server.stop(asking)

    assert server.answers[0].text == "data: 1\n\n"
    assert warnings(caplog) == []


def test_idle_connections_hold_nothing_up(serve):
    server = serve(within_s=60)
    with httpx.Client(base_url=server.base, trust_env=False) as http:
        assert http.get("/_seatrial/health").is_success
        server.stop()
    assert server.lifetime.stopping.remaining_s() > 30


def test_an_advance_ends_between_two_instants_and_its_caller_is_told_where(serve, caplog):
    server = serve(within_s=0.2)
    with hanging_receiver() as (url, came):
        sandbox = server.app.state.sandboxes.get("default")
        with httpx.Client(base_url=server.base, trust_env=False) as http:
            http.put(f"{SANDBOX}/app_webhooks", json={"address": url}).raise_for_status()
            http.post(f"{SANDBOX}/orders", json={"count": 1}).raise_for_status()
        asking = server.ask(f"{SANDBOX}/clock/advance", by="30d")
        until(lambda: came.is_set() and sandbox.driver.is_moving)
        server.stop(asking)

    answer = server.answers[0]
    assert answer.status_code == 503
    problem = answer.json()
    assert problem["now"] == sandbox.world.now
    assert f"the clock stands at {sandbox.world.now}" in problem["detail"]
    (line,) = warnings(caplog)
    assert line.fields["cut_off"] == ["1 webhooks"]
    assert sandbox.outbox.backlog >= 1


def test_a_world_that_was_stopped_on_its_way_is_what_it_is_at_that_instant(serve):
    """The oracle: another world of the same seed, advanced to there in one go."""
    stopped, whole = serve(within_s=60), serve(within_s=60)
    ends = {}
    for server in (stopped, whole):
        with httpx.Client(base_url=server.base, trust_env=False, timeout=60) as http:
            source = {"kind": "steady", "per_hour": 20, "behaviour": "prompt"}
            http.post(f"{SANDBOX}/demand", json=source).raise_for_status()
        sandbox = server.app.state.sandboxes.get("default")
        begun = sandbox.world.now
        wish = {"to": ends[stopped]} if ends else {"by": "300d"}
        asking = server.ask(f"{SANDBOX}/clock/advance", **wish)
        if server is stopped:
            until(lambda world=sandbox.world, begun=begun: world.now > begun)
        else:
            asking.join(timeout=60)
        server.stop(asking)
        ends[server] = sandbox.world.now

    assert [each.answers[0].status_code for each in (stopped, whole)] == [503, 200]
    digests = {
        each.app.state.sandboxes.get("default").world.journal.digest() for each in (stopped, whole)
    }
    assert len(set(ends.values())) == len(digests) == 1


def test_a_running_clock_stands_still_without_a_word(serve, caplog):
    server = serve(within_s=60)
    sandbox = server.app.state.sandboxes.get("default")
    with httpx.Client(base_url=server.base, trust_env=False) as http:
        http.post(f"{SANDBOX}/orders", json={"count": 1}).raise_for_status()
        http.patch(f"{SANDBOX}/clock", json={"mode": "running", "speed": 1e6}).raise_for_status()
    begun = sandbox.world.now
    until(lambda: sandbox.world.now > begun)
    server.stop()

    assert sandbox.driver.speed is None
    assert warnings(caplog) == []


def test_no_further_webhook_leaves_once_it_stops(serve):
    server = serve(within_s=60)
    heard = []
    told, may_answer = threading.Event(), threading.Event()

    def hear(_signature, body):
        heard.append(json.loads(body))
        told.set()
        may_answer.wait(60)
        return 200

    with receiver(hear) as url, closing(httpx.Client(base_url=server.base)) as http:
        http.put(f"{SANDBOX}/app_webhooks", json={"address": url}).raise_for_status()
        http.patch(f"{SANDBOX}/clock", json={"mode": "running", "speed": 3600}).raise_for_status()
        http.post(f"{SANDBOX}/orders", json={"count": 1}).raise_for_status()
        assert told.wait(10)
        server.server.should_exit = True
        until(lambda: server.lifetime.stopping.has_begun)
        may_answer.set()
        server.stop()

    sandbox = server.app.state.sandboxes.get("default")
    assert sandbox.outbox.delivered == len(heard) == 1, "what was under way has arrived"
    assert sandbox.outbox.backlog == len(sandbox.outbox.all) - 1 >= 0
