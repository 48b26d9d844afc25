"""What the tests of durable sandboxes share: servers that come and go over one directory."""

import sqlite3
import time
from contextlib import closing, contextmanager

import pytest

from mock_api.kernel.durable.found_file import FoundFile
from mock_api.settings import Limits, ServerSettings

SANDBOX = "/_seatrial/sandboxes/default"


def ready(served):
    """Once it has recovered everything; its own words if it could not."""
    patience = time.monotonic() + 60
    while True:
        told = served.http.get("/_seatrial/health").json()
        if told["ready"] or told["status"] == "failed":
            return told
        assert time.monotonic() < patience, told
        time.sleep(0.01)


def contents(folder):
    """Every file with something in it, byte by byte: not the lock, nor the index of the log."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.stat().st_size and path.name != "lock" and not path.name.endswith("-shm")
    }


@pytest.fixture
def server_at(running_server):
    """A server whose sandboxes are in that directory, once it is ready."""

    @contextmanager
    def at(folder, **limits):
        settings = ServerSettings(data=folder, limits=Limits(**limits))
        with running_server(settings) as served:
            served.told = ready(served)
            yield served

    return at


@pytest.fixture
def failing_at(running_server):
    """What a server says that cannot have the sandboxes of that directory."""

    def why(folder):
        with running_server(ServerSettings(data=folder)) as served:
            told = ready(served)
            assert told["status"] == "failed", told
            return told["detail"]

    return why


@pytest.fixture
def lived(server_at):
    """Something has happened in the directory's default sandbox: orders on their way."""

    def live(folder):
        with server_at(folder) as served:
            wish = {"count": 3, "behaviour": "prompt"}
            served.http.post(f"{SANDBOX}/orders", json=wish).raise_for_status()
            served.http.post(f"{SANDBOX}/clock/advance", json={"by": "3d"}).raise_for_status()
            return served.http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()["digest"]

    return live


@pytest.fixture
def edited():
    """Change a file as whoever has a tool for SQLite can."""

    def edit(path, *statements):
        with closing(sqlite3.connect(path)) as db:
            for statement in statements:
                assert db.execute(statement).rowcount, statement
            db.commit()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return edit


@pytest.fixture
def refusal():
    """Why a file is not taken; ``None``, if it is."""

    def why(path):
        try:
            FoundFile(path).close()
        except Exception as problem:  # noqa: BLE001 - the test says which it may be
            return problem
        return None

    return why
