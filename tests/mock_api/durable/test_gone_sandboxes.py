"""Calls that are about a kept sandbox when it goes: nothing of it comes back, and nobody else's
file is touched."""

import asyncio
import threading
from contextlib import asynccontextmanager, closing

import httpx
import pytest

from mock_api.kernel.durable import sandbox_file
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.replay import Replay
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.main import create_app
from mock_api.settings import ServerSettings
from simulator import Purchase
from simulator.archive import KeyKind

AT = "/_seatrial/sandboxes"


@pytest.fixture
def kept(tmp_path):
    """A server that keeps its sandboxes: those, and whoever calls it."""

    @asynccontextmanager
    async def served():
        app = create_app(ServerSettings(data=tmp_path, default_sandbox=False), dialects=())
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        sandboxes = app.state.sandboxes
        async with app.state.lifetime.lived():
            while not app.state.lifetime.readiness.is_ready:
                assert not app.state.lifetime.readiness.failure
                await asyncio.sleep(0.001)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
                if not sandboxes.all():
                    assert (await http.post(AT)).status_code == 201
                yield sandboxes, http

    return served


def files(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith("sb-")]


def test_a_call_that_comes_late_brings_no_deleted_sandbox_back(kept, tmp_path):
    async def run():
        async with kept() as (sandboxes, http):
            sandbox = sandboxes.get("sb-1")
            await http.delete(f"{AT}/sb-1")
            sandbox.world.buyers.place_order(Purchase())
            sandbox.keep_soon()
            await sandbox.committed()
            assert sandbox.archive.find(KeyKind.ORDER, "1") is None
            assert sandbox.archive.orders_of("1") == []
            assert files(tmp_path) == []

    asyncio.run(run())


def test_who_waits_for_the_disk_when_a_sandbox_is_deleted_writes_no_more(
    kept, tmp_path, monkeypatch
):
    writing, go_on, writes = threading.Event(), threading.Event(), []

    async def run():
        async with kept() as (sandboxes, http):
            sandbox = sandboxes.get("sb-1")
            write = sandbox.file.write

            def slow(batch):
                writes.append(batch)
                writing.set()
                assert go_on.wait(20)
                write(batch)

            monkeypatch.setattr(sandbox.file, "write", slow)
            sandbox.world.buyers.place_order(Purchase())
            first = asyncio.ensure_future(sandbox.committed())
            await asyncio.to_thread(writing.wait, 20)
            sandbox.world.buyers.place_order(Purchase())
            second = asyncio.ensure_future(sandbox.committed())
            deleted = asyncio.ensure_future(http.delete(f"{AT}/sb-1"))
            for _ in range(20):
                await asyncio.sleep(0.005)
            assert not sandboxes.has(sandbox)
            go_on.set()
            await asyncio.gather(first, second)
            assert (await deleted).status_code == 204
            assert len(writes) == 1
            assert files(tmp_path) == []

    asyncio.run(run())


def test_a_call_about_what_was_replaced_writes_nothing_into_the_new_ones_file(kept, tmp_path):
    async def run():
        async with kept() as (sandboxes, http):
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


def test_no_sandbox_gets_an_id_that_another_had_while_the_server_runs(kept, tmp_path):
    async def before():
        async with kept() as (_, http):
            await http.post(AT)

    async def after():
        async with kept() as (_, http):
            await http.delete(f"{AT}/sb-1")
            assert (await http.post(AT)).json()["id"] == "sb-3"

    asyncio.run(before())
    asyncio.run(after())
    assert {"sb-2.seatrial", "sb-3.seatrial"} <= set(files(tmp_path))
    assert "sb-1.seatrial" not in files(tmp_path)


def test_a_file_that_gets_its_name_can_be_read_without_being_written_to(tmp_path, monkeypatch):
    put, named = sandbox_file._put, []

    def as_if_killed(coming, path):
        put(coming, path)
        named.append(path.read_bytes()[18:20])  # SQLite's format: 2 is a log beside the file

    monkeypatch.setattr(sandbox_file, "_put", as_if_killed)
    file = SandboxFile(tmp_path / "sb-1.seatrial")
    file.writing.execute("SELECT count(*) FROM commands")
    file.close()
    assert named == [b"\x02\x02"]
