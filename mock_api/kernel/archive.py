"""What a sandbox keeps on disk instead of in memory: ended orders, and facts of long ago.

One SQLite file a sandbox, opened when the first thing is put there. Unless it is told a path, the
file is SQLite's own temporary kind: it has no name, so it goes with the connection, or with the
process, however that ends.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from simulator.archive import Ended, KeyKind

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS ended (n INTEGER PRIMARY KEY, facts INTEGER, content TEXT);
CREATE TABLE IF NOT EXISTS keys (kind TEXT, key TEXT, n INTEGER, PRIMARY KEY (kind, key, n))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts
    (seq INTEGER PRIMARY KEY, at INTEGER, kind TEXT, order_id TEXT, content TEXT);
CREATE INDEX IF NOT EXISTS facts_of_an_order ON facts (order_id, seq);
"""
_NAMELESS: Final = ""
# A nameless file is read by nobody else, and never after a crash: it needs no journal, nor does
# it wait for the disk. SQLite has no WAL for it.
_TEMPORARY: Final = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
_LASTING: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
_CACHE: Final = "PRAGMA cache_size=-8192;"  # KiB

dumps: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
loads: Final = json.loads

FactRow = tuple[int, int, str, str, str]
"""Number, instant, kind, order id (or nothing), and the fields as JSON."""


class ArchiveFile:
    """The file behind one sandbox's archives."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing was ever put there: asking would only open it."""
        return self._db is None and (self._path is None or not self._path.exists())

    @property
    def db(self) -> sqlite3.Connection:
        if self._db is None:
            name = _NAMELESS if self._path is None else str(self._path)
            # One thread owns a sandbox, but not always the one that opened it.
            self._db = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
            self._db.executescript((_LASTING if self._path else _TEMPORARY) + _CACHE + _SCHEMA)
        return self._db

    def close(self) -> None:
        if self._db:
            self._db.close()
            self._db = None


class OrderArchive:
    """Ended orders in the file, by each of their keys."""

    def __init__(self, file: ArchiveFile) -> None:
        self._file = file
        self._last: int | None = None
        """The number of the order put last; ``None`` until the file has been asked."""

    def put(self, ended: Sequence[Ended]) -> None:
        db = self._file.db
        first = self._next()
        numbered = list(enumerate(ended, start=first))
        self._last = first + len(ended) - 1
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO ended VALUES (?, ?, ?)",
            [(n, each.facts, dumps(each.rows)) for n, each in numbered],
        )
        db.executemany(
            "INSERT INTO keys VALUES (?, ?, ?)",
            [(kind, key, n) for n, each in numbered for kind, key in each.keys],
        )
        db.execute("COMMIT")

    def find(self, kind: KeyKind, key: str) -> list[Any] | None:
        if self._file.is_empty:
            return None
        found = self._file.db.execute(
            "SELECT content FROM keys JOIN ended USING (n) WHERE kind = ? AND key = ?"
            " ORDER BY n DESC LIMIT 1",
            (kind, key),
        ).fetchone()
        rows: list[Any] | None = loads(found[0]) if found else None
        return rows

    def orders_with(self, word: str) -> list[str]:
        if self._file.is_empty:
            return []
        found = self._file.db.execute(
            "SELECT key FROM ended JOIN keys USING (n) WHERE instr(content, ?) AND kind = ?"
            " ORDER BY n",
            (dumps(word), KeyKind.ORDER),
        )
        return list(dict.fromkeys(row[0] for row in found))

    def rewind(self, facts: int) -> None:
        if self._file.is_empty:
            return
        db = self._file.db
        db.execute("BEGIN")
        later = "SELECT n FROM ended WHERE facts > ?"
        db.execute(f"DELETE FROM keys WHERE n IN ({later})", (facts,))  # noqa: S608 - our own text
        db.execute("DELETE FROM ended WHERE facts > ?", (facts,))
        db.execute("COMMIT")

    def _next(self) -> int:
        if self._last is None:
            (self._last,) = self._file.db.execute("SELECT ifnull(max(n), 0) FROM ended").fetchone()
        assert self._last is not None
        return self._last + 1


class FactArchive:
    """Facts of long ago in the file, by their number."""

    def __init__(self, file: ArchiveFile) -> None:
        self._file = file

    def put(self, rows: Iterable[FactRow]) -> None:
        db = self._file.db
        db.execute("BEGIN")
        db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", rows)
        db.execute("COMMIT")

    def page(self, after: int, limit: int, kind: str, order_id: str) -> list[FactRow]:
        """Up to *limit* facts behind number *after*, of a kind or order if named."""
        if self._file.is_empty:
            return []
        asked = "seq > ?"
        wanted: list[int | str] = [after]
        for column, value in (("kind", kind), ("order_id", order_id)):
            if value:
                asked += f" AND {column} = ?"
                wanted.append(value)
        query = f"SELECT * FROM facts WHERE {asked} ORDER BY seq LIMIT ?"  # noqa: S608 - as above
        return self._file.db.execute(query, (*wanted, limit)).fetchall()
