"""Exchanges that had to leave memory, on disk: only where a sandbox asked for it.

The file is SQLite's own temporary kind: it has no name, so it goes with the connection, or with the
process, however that ends. What comes here has its secrets hidden already.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

_OPEN: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-2048;
CREATE TABLE exchanges (n INTEGER PRIMARY KEY, bytes INTEGER, content TEXT);
"""
_AT_ONCE: Final = 64
"""So many rows are written together."""
_ROOM: Final = 0.9
"""When the file is full, the oldest go until it is filled to this share."""
_PAGE: Final = 64
"""Rows read at once."""


class Spill:
    """The rows of one sandbox's log, at most so many bytes of them; the oldest go first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._db: sqlite3.Connection | None = None
        self._pending: list[tuple[int, int, str]] = []
        self.count = 0
        self.size = 0
        """Bytes of JSON, those still to be written included."""

    def put(self, n: int, row: dict[str, Any]) -> None:
        """Rows come in the order of their numbers."""
        content = json.dumps(row, separators=(",", ":"))
        self._pending.append((n, len(content), content))
        self.count += 1
        self.size += len(content)
        if len(self._pending) >= _AT_ONCE or self.size > self._most:
            self._write()

    def after(self, n: int) -> Iterator[dict[str, Any]]:
        """Those with a higher number, oldest first."""
        if self._pending:
            self._write()
        while self._db:
            found = self._db.execute(
                "SELECT n, content FROM exchanges WHERE n > ? ORDER BY n LIMIT ?", (n, _PAGE)
            ).fetchall()
            for _, content in found:
                yield json.loads(content)
            if len(found) < _PAGE:
                return
            n = found[-1][0]

    def close(self) -> None:
        """Everything in it is gone."""
        if self._db:
            self._db.close()
        self._db = None
        self._pending.clear()
        self.count = self.size = 0

    def _write(self) -> None:
        if self._db is None:
            # One thread owns a sandbox, but not always the one that opened it.
            self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._db.executescript(_OPEN)
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO exchanges VALUES (?, ?, ?)", self._pending)
        self._db.execute("COMMIT")
        self._pending.clear()
        if self.size > self._most:
            self._make_room(self._db)

    def _make_room(self, db: sqlite3.Connection) -> None:
        last = 0
        for n, size in db.execute("SELECT n, bytes FROM exchanges ORDER BY n"):
            if self.size <= self._most * _ROOM:
                break
            self.count, self.size, last = self.count - 1, self.size - size, n
        db.execute("DELETE FROM exchanges WHERE n <= ?", (last,))
