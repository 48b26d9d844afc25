"""What happens between a change and its commit: groups, failures, resets."""

import sqlite3
import threading

import httpx
import pytest

from mock_api.kernel.durable import keeper
from mock_api.kernel.durable.sandbox_file import SandboxFile

SANDBOX = "/_seatrial/sandboxes/default"


class Disk:
    """Between a server and SQLite: counts batches, holds them up, and is full at times."""

    def __init__(self, monkeypatch):
        self.batches = []
        self.is_full = False
        self.may_write = threading.Event()
        self.may_write.set()
        self.begun = threading.Event()
        write = SandboxFile.write

        def written(file, batch):
            self.begun.set()
            assert self.may_write.wait(30)
            if self.is_full:
                raise sqlite3.OperationalError("database or disk is full")
            write(file, batch)
            self.batches.append(batch)

        monkeypatch.setattr(SandboxFile, "write", written)

    def hold(self):
        self.begun.clear()
        self.may_write.clear()

    def let_go(self):
        self.may_write.set()


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def at_once(base, count, call):
    """So many threads, each with a client of its own; their answers come in the end."""
    answers = []

    def ask(nth):
        with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
            answers.append(call(http, nth))

    threads = [threading.Thread(target=ask, args=(nth,)) for nth in range(count)]
    for each in threads:
        each.start()
    return threads, answers


def until(reached):
    while not reached():
        threading.Event().wait(0.005)


def placed(served):
    return len(served.app.state.sandboxes.get("default").world.registry.orders)


def digest(served):
    return served.http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()["digest"]


def test_a_commit_is_shared_by_everybody_who_waits(server_at, disk, tmp_path):
    with server_at(tmp_path) as served:
        served.http.get(SANDBOX)
        before = len(disk.batches)
        disk.hold()
        first, one = at_once(
            served.base, 1, lambda http, _: http.post(f"{SANDBOX}/orders", json={})
        )
        assert disk.begun.wait(10)
        rest, others = at_once(
            served.base, 20, lambda http, _: http.post(f"{SANDBOX}/orders", json={})
        )
        until(lambda: placed(served) == 21)
        assert not one, "answered before it was kept"
        assert not others
        disk.let_go()
        for each in first + rest:
            each.join()
        assert {each.status_code for each in one + others} == {201}
        assert len(disk.batches) - before == 2
        here = digest(served)
    with server_at(tmp_path) as served:
        assert digest(served) == here


def test_who_only_looks_waits_for_what_is_on_its_way_and_for_no_more(server_at, disk, tmp_path):
    with server_at(tmp_path) as served:
        served.http.get(SANDBOX)
        before = len(disk.batches)
        disk.hold()
        writing, _ = at_once(
            served.base, 1, lambda http, _: http.post(f"{SANDBOX}/orders", json={})
        )
        assert disk.begun.wait(10)
        looking, _ = at_once(served.base, 5, lambda http, _: http.get(f"{SANDBOX}/report"))
        keepers = served.app.state.sandboxes.get("default").keeper
        assert not keepers.is_behind
        disk.let_go()
        for each in writing + looking:
            each.join()
        assert len(disk.batches) - before == 1


def test_what_could_not_be_written_is_written_once_there_is_room(server_at, disk, tmp_path):
    with server_at(tmp_path) as served:
        served.http.post(f"{SANDBOX}/orders", json={}).raise_for_status()
        acknowledged = digest(served)
        disk.is_full = True
        refused = served.http.post(f"{SANDBOX}/orders", json={"count": 2})
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["retry-after"] == "5"
        assert "database or disk is full; make room" in refused.json()["detail"]
        body = {"hourly_cap": 5}
        assert served.http.patch(f"{SANDBOX}/access", json=body).status_code == 503
        assert served.http.get(f"{SANDBOX}/journal").status_code == 503  # it tells of what is lost
        assert served.http.post(f"{SANDBOX}/snapshot").status_code == 503
        with closing_reader(tmp_path) as found:
            assert found.stand.digest == acknowledged
        disk.is_full = False
        assert placed(served) == 3
        here = digest(served)
    with server_at(tmp_path) as served:
        assert digest(served) == here
        assert served.http.get(f"{SANDBOX}/access").json()["hourly_cap"] == 5


def closing_reader(folder):
    from contextlib import closing  # noqa: PLC0415 - this test's alone

    from mock_api.kernel.durable.found_file import FoundFile  # noqa: PLC0415 - as above

    return closing(FoundFile(folder / "default.seatrial"))


def test_a_reset_while_a_commit_is_on_its_way_leaves_the_new_world_alone(server_at, disk, tmp_path):
    with server_at(tmp_path) as served:
        served.http.get(SANDBOX)
        disk.hold()
        threads, answers = at_once(
            served.base, 1, lambda http, _: http.post(f"{SANDBOX}/orders", json={"count": 7})
        )
        assert disk.begun.wait(10)
        again, more = at_once(
            served.base, 1, lambda http, _: http.post(f"{SANDBOX}/reset", json={"seed": 42})
        )
        sandbox = served.app.state.sandboxes.get("default")
        until(lambda: sandbox.config.seed == 42)
        disk.let_go()
        for each in threads + again:
            each.join()
        assert {each.status_code for each in answers + more} == {200, 201}
        served.http.post(f"{SANDBOX}/orders", json={}).raise_for_status()
        here = digest(served)
    with server_at(tmp_path) as served:
        assert served.http.get(SANDBOX).json()["seed"] == 42
        assert (placed(served), digest(served)) == (1, here)


def test_an_advance_that_brings_very_much_is_written_on_its_way(
    server_at, disk, tmp_path, monkeypatch
):
    monkeypatch.setattr(keeper, "GATHERED_MOST", 200)
    with server_at(tmp_path) as served:
        wish = {"count": 60, "behaviour": "prompt"}
        served.http.post(f"{SANDBOX}/orders", json=wish).raise_for_status()
        before = len(disk.batches)
        served.http.post(f"{SANDBOX}/clock/advance", json={"by": "20d"}).raise_for_status()
        brought = [len(each.facts) for each in disk.batches[before:]]
        assert len(brought) > 2
        assert sum(brought) > 600
        assert all(facts for facts in brought)
        here = digest(served)
    with server_at(tmp_path) as served:
        assert digest(served) == here


def test_a_deleted_sandbox_needs_no_room(server_at, disk, tmp_path):
    with server_at(tmp_path) as served:
        box = served.open()
        box.place(count=3)
        disk.is_full = True
        assert box.ask("DELETE").status_code == 204
        assert not (tmp_path / f"{box.id}.seatrial").exists()
        disk.is_full = False
