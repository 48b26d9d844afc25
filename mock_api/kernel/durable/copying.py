"""A sandbox as one file that can be carried away: everything, as it is now, with a snapshot."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from mock_api.kernel.durable.batch import Batch
from mock_api.kernel.durable.refusals import NotWritable
from mock_api.kernel.durable.sandbox_file import connected
from mock_api.kernel.durable.snapshots import kept_of, snapshot_of, stand_of
from mock_api.kernel.sandbox import Sandbox


async def copy(sandbox: Sandbox, path: Path) -> None:
    """To a new file at *path*. NotWritable: there is no room for it."""
    try:
        if sandbox.keeper:
            await sandbox.keeper.snapshot()
            await asyncio.to_thread(_copied, sandbox.file.path, path)
        else:
            _write_all(sandbox)
            _backed_up(sandbox.file.reading, path)
    except (sqlite3.Error, OSError) as problem:
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


def _copied(source: Path | None, path: Path) -> None:
    with closing(connected(source)) as db:
        _backed_up(db, path)


def _backed_up(db: sqlite3.Connection, path: Path) -> None:
    """In one file, without a log beside it."""
    with closing(connected(path)) as copied:
        db.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
