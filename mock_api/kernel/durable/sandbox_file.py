"""One sandbox as one SQLite file: its tables, and how it is written.

The same tables in two modes. A lasting file has a path, its writes survive a crash, and one thread
writes while another reads (WAL). A nameless one is SQLite's own temporary kind, gone with the
process however that ends: it holds what does not fit into memory.
"""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Final

from mock_api.kernel.durable.batch import Batch, write

FORMAT: Final = 1
"""Of these tables. The model's own version is in the origin."""
APPLICATION: Final = 0x5EA7_71A1
PAGE: Final = 4096
"""Bytes: SQLite's own default, but not everybody's."""
TABLES: Final = tuple(
    " ".join(text.split())
    for text in """
    CREATE TABLE meta (key TEXT PRIMARY KEY, content TEXT NOT NULL, sum BLOB NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE commands (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, party TEXT NOT NULL,
        act TEXT NOT NULL, said TEXT NOT NULL, sum BLOB NOT NULL);
    CREATE TABLE facts (seq INTEGER PRIMARY KEY, at INTEGER, kind TEXT, order_id TEXT,
        content TEXT, sum BLOB NOT NULL);
    CREATE INDEX facts_of_an_order ON facts (order_id, seq);
    CREATE TABLE ended (n INTEGER PRIMARY KEY, facts INTEGER, content TEXT, sum BLOB NOT NULL);
    CREATE TABLE keys (kind TEXT, key TEXT, n INTEGER, PRIMARY KEY (kind, key, n)) WITHOUT ROWID;
    CREATE INDEX keys_of_an_order ON keys (n, kind, key);
    CREATE TABLE kept (n INTEGER PRIMARY KEY, part TEXT NOT NULL, key TEXT NOT NULL,
        content BLOB NOT NULL, sum BLOB NOT NULL, UNIQUE (part, key));
    CREATE TABLE snapshots (facts INTEGER PRIMARY KEY, at INTEGER NOT NULL,
        commands INTEGER NOT NULL, content BLOB NOT NULL, sum BLOB NOT NULL)
    """.split(";")  # noqa: SIM905 - to be read as SQL
)
"""The statements, word for word: a file with others is none of ours."""
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite has next to a file, by the ends of their names."""
COMING: Final = ".coming"
"""At the end of a file's name while it comes or goes: such a one is cleared away."""
_NEW: Final = (
    f"PRAGMA page_size={PAGE}; PRAGMA synchronous=FULL; BEGIN;"
    f"PRAGMA application_id={APPLICATION}; PRAGMA user_version={FORMAT};"
    + ";".join(TABLES)
    + ";COMMIT;"
)
# A nameless file is read by nobody else, and never after a crash: it needs no journal, nor does
# it wait for the disk. SQLite has no WAL for it. Its cache (KiB) fills, and stays full.
_NAMELESS: Final = "PRAGMA journal_mode=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-2048;"
_HASTY: Final = "PRAGMA synchronous=OFF;"
# Every commit is on the disk itself: a server that is killed loses nothing, nor does a machine
# whose power goes.
_LASTING: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;"
_CACHE: Final = "PRAGMA cache_size=-8192;"


class SandboxFile:
    """The file behind one sandbox. A nameless one is opened when the first thing is put there."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._is_new = path is None or not path.exists()
        self._writing: sqlite3.Connection | None = None
        self._reading: sqlite3.Connection | None = None
        self._has_ended = False
        self._opening = Lock()
        """One thread writes, another reads: whoever is first makes the tables."""

    @property
    def is_lasting(self) -> bool:
        return self.path is not None

    @property
    def is_empty(self) -> bool:
        """Nothing was ever put there: asking would only open it. Nor is there anything in one that
        has ended: another sandbox may have its path by now."""
        return self._has_ended or (self._writing is None and self._is_new)

    @property
    def writing(self) -> sqlite3.Connection:
        """For one thread at a time."""
        with self._opening:
            if self._writing is None:
                self._writing = self._open()
                self._is_new = self.path is None
            return self._writing

    @property
    def reading(self) -> sqlite3.Connection:
        """What is committed: of a nameless file, what was written. Who only reads changes
        nothing, not even a file that is found to be torn in the end."""
        if not self.is_lasting:
            return self.writing
        if self._reading is None:
            if self._is_new:
                self.writing  # noqa: B018 - makes the tables
            self._reading = connected(self.path, read_only=True)
        return self._reading

    def write(self, batch: Batch) -> None:
        """All of it, or nothing; sqlite3.Error or OSError says why nothing."""
        write(self.writing, batch)

    def close(self) -> None:
        for db in (self._reading, self._writing):
            if db:
                db.close()
        self._reading = self._writing = None

    def end(self) -> None:
        """Closed for good: its sandbox is gone, though calls may still be about it."""
        self.close()
        self._has_ended = True

    def move_to(self, path: Path) -> None:
        """A lasting file gets its name for good."""
        assert self.path
        self.close()
        _put(self.path, path)
        self.path = path

    def remove(self) -> None:
        """It was for nothing."""
        self.close()
        if self.path:
            remove(self.path)

    def _open(self) -> sqlite3.Connection:
        if self.path and self._is_new:
            _make(self.path)
        db = connected(self.path)
        try:
            if self.path is None:
                db.executescript(_NAMELESS + _NEW + _HASTY)
            else:
                db.executescript(_LASTING + _CACHE)
        except BaseException:
            db.close()
            raise
        return db


def connected(path: Path | None, *, read_only: bool = False) -> sqlite3.Connection:
    """To the file of that path, or to a nameless one."""
    # One thread at a time uses a connection, but not always the one that opened it.
    if path is None:
        return sqlite3.connect("", isolation_level=None, check_same_thread=False)
    mode = "ro" if read_only else "rwc"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )


def remove(path: Path) -> None:
    """With all that lies beside it. Whoever is interrupted leaves no file without its last
    commits, nor commits that another file of that name would take for its own."""
    going = path.with_name(path.name + COMING)
    if path.exists():
        path.replace(going)
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
        going.with_name(going.name + suffix).unlink(missing_ok=True)


def _make(path: Path) -> None:
    """Under its name it has all its tables, or it is not there. Its log is of the lasting kind by
    then: who is killed while that is changed leaves a file which cannot be read before it was
    written to."""
    coming = path.with_name(path.name + COMING)
    remove(coming)
    with closing(connected(coming)) as db:
        db.executescript(_NEW + _LASTING)
    _put(coming, path)


def _put(coming: Path, path: Path) -> None:
    for suffix in BESIDE:  # of a file that is gone
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    coming.replace(path)
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name too survives a power cut
        finally:
            os.close(folder)
