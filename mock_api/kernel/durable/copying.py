"""A sandbox as one file that can be carried away: everything, as it is now, with a snapshot."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from mock_api.kernel.durable.batch import Batch, Stand, loads
from mock_api.kernel.durable.refusals import NotWritable
from mock_api.kernel.durable.sandbox_file import connected, remove
from mock_api.kernel.durable.snapshots import kept_of, snapshot_of, stand_of
from mock_api.kernel.sandbox import Sandbox


async def copy(sandbox: Sandbox, path: Path) -> Stand:
    """To a new file at *path*; how far the copy has come. NotWritable: there is no room for it, and
    no file."""
    try:
        if sandbox.keeper:
            await sandbox.keeper.snapshot()
            return await asyncio.to_thread(_copied, sandbox.file.path, path)
        _write_all(sandbox)
        return _backed_up(sandbox.file.reading, path)
    except (sqlite3.Error, OSError) as problem:
        remove(path)
        raise NotWritable(path, str(problem)) from None


def _write_all(sandbox: Sandbox) -> None:
    """What a nameless file does not have yet."""
    sandbox.facts.flush()
    commands = list(sandbox.commands.gathered)
    sandbox.file.write(
        Batch(
            stand_of(sandbox),
            commands=commands,
            kept=kept_of(sandbox),
            kept_anew=True,
            snapshot=snapshot_of(sandbox),
            origin=sandbox.origin,
        )
    )
    sandbox.commands.written(len(commands))


def _copied(source: Path | None, path: Path) -> Stand:
    with closing(connected(source, read_only=True)) as db:
        return _backed_up(db, path)


def _backed_up(db: sqlite3.Connection, path: Path) -> Stand:
    """In one file, without a log beside it."""
    with closing(connected(path)) as copied:
        db.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
        (stand,) = copied.execute("SELECT content FROM meta WHERE key = 'stand'").fetchone()
    return Stand(**loads(stand))
