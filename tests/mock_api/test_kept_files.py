"""When a kept sandbox has a file of its name, and who may write there."""

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager, closing

import httpx
import pytest

from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.replay import Replay
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.main import create_app
from mock_api.settings import ServerSettings
from simulator import Purchase
from simulator.errors import NotFound

AT = "/_seatrial/sandboxes"


@pytest.fixture
def kept(tmp_path):
    """A server that keeps its sandboxes: its application, and whoever calls it."""

    @asynccontextmanager
    async def served():
        app = create_app(ServerSettings(data=tmp_path, default_sandbox=False), dialects=())
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        base = "http://127.0.0.1"
        async with app.state.lifetime.lived():
            while not app.state.lifetime.readiness.is_ready:
                assert not app.state.lifetime.readiness.failure
                await asyncio.sleep(0.001)
            async with httpx.AsyncClient(transport=transport, base_url=base) as http:
                yield app.state.sandboxes, http

    return served


def files(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith("sb-")]


def test_a_file_has_its_name_only_once_everything_is_in_it(kept, monkeypatch):
    moved, whole = SandboxFile.move_to, []

    def move_to(file, path):
        assert not path.exists()
        moved(file, path)
        with closing(FoundFile(path)) as found:
            whole.append((path.name, found.origin.sandbox, found.stand.facts))

    monkeypatch.setattr(SandboxFile, "move_to", move_to)

    async def run():
        async with kept() as (_, http):
            assert (await http.post(AT)).status_code == 201

    asyncio.run(run())
    assert whole == [("sb-1.seatrial", "sb-1", 0)]


def test_what_a_killed_server_had_only_begun_is_cleared_away(kept, tmp_path):
    for name in ("sb-1.seatrial.coming", "sb-1.seatrial.coming-wal"):
        (tmp_path / name).touch()

    async def run():
        async with kept() as (_, http):
            assert (await http.get(AT)).json() == {"sandboxes": []}
            assert files(tmp_path) == []

    asyncio.run(run())


def test_a_sandbox_that_cannot_be_kept_is_not_opened(kept, tmp_path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    async def run():
        async with kept() as (_, http):
            with monkeypatch.context() as patch:
                patch.setattr(SandboxFile, "write", full)
                refused = await http.post(AT)
            assert (refused.status_code, files(tmp_path)) == (503, [])
            assert "disk is full" in refused.json()["detail"]
            assert (await http.get(AT)).json() == {"sandboxes": []}
            assert (await http.post(AT)).status_code == 201

    asyncio.run(run())


def test_a_call_that_comes_late_brings_no_deleted_sandbox_back(kept, tmp_path):
    async def run():
        async with kept() as (sandboxes, http):
            await http.post(AT)
            sandbox = sandboxes.get("sb-1")
            await http.delete(f"{AT}/sb-1")
            sandbox.world.buyers.place_order(Purchase())
            sandbox.keep_soon()
            await sandbox.committed()
            assert sandbox.archive.find("order", "1") is None
            assert files(tmp_path) == []
            with pytest.raises(NotFound):
                await sandbox.keeper.copied(lambda: None)

    asyncio.run(run())


def test_a_call_about_what_was_replaced_writes_nothing_into_the_new_ones_file(kept, tmp_path):
    async def run():
        async with kept() as (sandboxes, http):
            await http.post(AT)
            await http.post(f"{AT}/sb-1/snapshot")
            before = sandboxes.get("sb-1")
            await http.post(f"{AT}/sb-1/restore")
            before.world.buyers.place_order(Purchase())
            await before.committed()
            await http.post(f"{AT}/sb-1/orders", json={"count": 2})

    asyncio.run(run())
    with closing(FoundFile(tmp_path / "sb-1.seatrial")) as found:
        again = Replay(found)
        again.run()
        assert (again.is_same, again.commands) == (True, 2)


def test_a_file_is_not_closed_while_somebody_copies_it(kept, tmp_path):
    copying, go_on = threading.Event(), threading.Event()

    def copy():
        copying.set()
        assert go_on.wait(20)
        assert (tmp_path / "sb-1.seatrial").exists()

    async def run():
        async with kept() as (sandboxes, http):
            await http.post(AT)
            copied = asyncio.ensure_future(sandboxes.get("sb-1").keeper.copied(copy))
            await asyncio.to_thread(copying.wait, 20)
            deleted = asyncio.ensure_future(http.delete(f"{AT}/sb-1"))
            for _ in range(20):
                await asyncio.sleep(0.005)
                assert not deleted.done()
            go_on.set()
            await copied
            assert (await deleted).status_code == 204

    asyncio.run(run())
