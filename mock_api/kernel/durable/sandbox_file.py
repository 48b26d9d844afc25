"""One sandbox as one SQLite file: its tables, and how it is written.

The same tables in two modes. A lasting file has a path, its writes survive a crash, and one thread
writes while another reads (WAL). A nameless one is SQLite's own temporary kind, gone with the
process however that ends: it holds what does not fit into memory.
"""

import sqlite3
from pathlib import Path
from typing import Final

from mock_api.kernel.durable.batch import Batch, write

FORMAT: Final = 1
"""Of these tables. The model's own version is in the origin."""
APPLICATION: Final = 0x5EA7_71A1
TABLES: Final = tuple(
    " ".join(text.split())
    for text in """
    CREATE TABLE meta (key TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE commands (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, party TEXT NOT NULL,
        act TEXT NOT NULL, said TEXT NOT NULL, sum BLOB NOT NULL);
    CREATE TABLE facts (seq INTEGER PRIMARY KEY, at INTEGER, kind TEXT, order_id TEXT,
        content TEXT);
    CREATE INDEX facts_of_an_order ON facts (order_id, seq);
    CREATE TABLE ended (n INTEGER PRIMARY KEY, facts INTEGER, content TEXT);
    CREATE TABLE keys (kind TEXT, key TEXT, n INTEGER, PRIMARY KEY (kind, key, n)) WITHOUT ROWID;
    CREATE INDEX keys_of_an_order ON keys (n, kind, key);
    CREATE TABLE kept (n INTEGER PRIMARY KEY, part TEXT NOT NULL, key TEXT NOT NULL,
        content BLOB NOT NULL, sum BLOB NOT NULL, UNIQUE (part, key));
    CREATE TABLE snapshots (facts INTEGER PRIMARY KEY, at INTEGER NOT NULL,
        commands INTEGER NOT NULL, content BLOB NOT NULL, sum BLOB NOT NULL)
    """.split(";")  # noqa: SIM905 - to be read as SQL
)
"""The statements, word for word: a file with others is none of ours."""
_MARKS: Final = f"PRAGMA application_id={APPLICATION}; PRAGMA user_version={FORMAT};"
# A nameless file is read by nobody else, and never after a crash: it needs no journal, nor does
# it wait for the disk. SQLite has no WAL for it.
_NAMELESS: Final = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
# Every commit is on the disk itself: a server that is killed loses nothing, nor does a machine
# whose power goes.
_LASTING: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF;"
_CACHE: Final = "PRAGMA cache_size=-8192;"  # KiB


class SandboxFile:
    """The file behind one sandbox. A nameless one is opened when the first thing is put there."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._writing: sqlite3.Connection | None = None
        self._reading: sqlite3.Connection | None = None

    @property
    def is_lasting(self) -> bool:
        return self.path is not None

    @property
    def is_empty(self) -> bool:
        """Nothing was ever put there: asking would only open it."""
        return self._writing is None and (self.path is None or not self.path.exists())

    @property
    def writing(self) -> sqlite3.Connection:
        """For one thread at a time."""
        if self._writing is None:
            self._writing = self._open()
        return self._writing

    @property
    def reading(self) -> sqlite3.Connection:
        """What is committed: of a nameless file, what was written."""
        if not self.is_lasting:
            return self.writing
        if self._reading is None:
            self.writing  # noqa: B018 - makes the tables
            self._reading = connected(self.path)
        return self._reading

    def write(self, batch: Batch) -> None:
        """All of it, or nothing; sqlite3.Error says why nothing."""
        write(self.writing, batch)

    def close(self) -> None:
        for db in (self._reading, self._writing):
            if db:
                db.close()
        self._reading = self._writing = None

    def move_to(self, path: Path) -> None:
        """A lasting file gets its name for good."""
        assert self.path
        self.close()
        self.path.replace(path)
        self.path = path

    def _open(self) -> sqlite3.Connection:
        db = connected(self.path)
        db.executescript((_LASTING if self.is_lasting else _NAMELESS) + _CACHE)
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            db.executescript("BEGIN;" + _MARKS + ";".join(TABLES) + ";COMMIT;")
        return db


def connected(path: Path | None) -> sqlite3.Connection:
    """To the file of that path, or to a nameless one."""
    # One thread at a time uses a connection, but not always the one that opened it.
    return sqlite3.connect(
        "" if path is None else str(path), isolation_level=None, check_same_thread=False
    )
