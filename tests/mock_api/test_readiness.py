"""A server that recovers its sandboxes says so, and answers nothing else until they are there."""

import asyncio
import logging
import threading

import pytest

from mock_api.kernel.readiness import Phase, Readiness
from mock_api.settings import ServerSettings


class Recovery:
    """Two of three sandboxes are there when somebody looks; the third comes when it may."""

    def __init__(self):
        self.is_under_way = threading.Event()
        self.may_go_on = threading.Event()
        self.problem = None

    async def __call__(self, readiness):
        readiness.recovering(of=3)
        readiness.one_more()
        readiness.one_more()
        self.is_under_way.set()
        while not self.may_go_on.is_set():  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(0.005)
        if self.problem:
            raise self.problem
        readiness.one_more()


@pytest.fixture
def recovery():
    slow = Recovery()
    yield slow
    slow.may_go_on.set()


def until(asked):
    """Ask until the server is through with recovering."""
    while (answer := asked()).json()["status"] == "recovering":
        pass
    return answer


def test_a_server_that_recovers_tells_how_far_it_is(running_server, recovery):
    with running_server(ServerSettings(speed=60), recover=recovery) as served:
        assert recovery.is_under_way.wait(10)
        health = served.http.get("/_seatrial/health")
        assert health.status_code == 503
        assert health.json() == {"status": "recovering", "ready": False, "recovered": 2, "of": 3}
        for path in ("/_seatrial/sandboxes", "/order/202309/orders", "/metrics", "/ups/x"):
            refused = served.http.get(path)
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.headers["retry-after"] == "1"
            assert "recovers" in refused.json()["detail"]
        driver = served.app.state.sandboxes.get("default").driver
        assert driver.speed is None, "no time goes by before everybody is there"

        recovery.may_go_on.set()
        health = until(lambda: served.http.get("/_seatrial/health"))
        assert (health.status_code, health.json()["ready"]) == (200, True)
        assert driver.speed == 60
        assert served.http.get("/_seatrial/sandboxes").status_code == 200


def test_a_recovery_that_fails_is_told_and_logged_once(running_server, recovery, caplog):
    recovery.problem = ValueError("sandbox sb-3: its file ends in the middle")
    with running_server(ServerSettings(), recover=recovery) as served:
        recovery.may_go_on.set()
        health = until(lambda: served.http.get("/_seatrial/health"))
        refused = served.http.get("/_seatrial/sandboxes")

    assert health.status_code == 503
    assert health.json() == {"status": "failed", "ready": False, "detail": str(recovery.problem)}
    assert refused.status_code == 503
    assert str(recovery.problem) in refused.json()["detail"]
    (line,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert line.exc_info[1] is recovery.problem


def test_a_server_stops_in_the_middle_of_its_recovery(running_server, recovery):
    with running_server(ServerSettings(), recover=recovery) as served:
        assert recovery.is_under_way.wait(10)
    assert served.app.state.lifetime.readiness.phase is Phase.STOPPING
    assert not recovery.may_go_on.is_set()


def test_without_a_recovery_a_server_is_ready_at_once(server):
    health = server.http.get("/_seatrial/health").json()
    assert (health["status"], health["ready"]) == ("ok", True)


def test_a_recovery_that_ends_while_the_server_stops_opens_no_door():
    readiness = Readiness()
    readiness.recovering(1)
    readiness.stopping()
    readiness.done()
    assert not readiness.is_ready
