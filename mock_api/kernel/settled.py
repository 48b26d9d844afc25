"""Entries of one index that have not moved for long, on disk instead of in memory.

The database has no name and goes with the process: what outlives that is what the index saves.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from mock_api.kernel.pages import Key
from mock_api.kernel.questions import ANY, EVERYTHING, Entry, Question, Reach

Row = tuple[str, Entry]

# Nobody else reads it, and nobody after a crash: it needs no journal and waits for no disk. A
# sandbox has several: each fills its cache (KiB), and keeps it.
_NAMELESS: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-512;
"""


class Settled:
    """By status and by each instant field, as the index has its own. Opened for the first ones."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._columns = {name: f"at_{n}" for n, name in enumerate(fields)}
        self._db: sqlite3.Connection | None = None
        self._counts: Counter[str] = Counter()
        """By status: a list says how many there are on each of its pages."""

    def __len__(self) -> int:
        return self._counts.total()

    def put(self, rows: Iterable[Row]) -> None:
        """None of them is here."""
        db = self._db = self._db or self._opened()
        counts: Counter[str] = Counter()

        def columns() -> Iterator[tuple[str | int, ...]]:
            for key, entry in rows:
                counts[str(entry.status)] += 1
                yield key, str(entry.status), *(entry.instants[name] for name in self._columns)

        places = ", ".join("?" * (2 + len(self._columns)))
        db.execute("BEGIN")
        db.executemany(f"INSERT INTO entries VALUES ({places})", columns())  # noqa: S608 - our own text
        db.execute("COMMIT")
        self._counts += counts

    def drop(self, key: str) -> None:
        """*key* is here no more, if it was."""
        if self._db is None:
            return
        found = self._db.execute("SELECT status FROM entries WHERE key = ?", (key,)).fetchone()
        if found:
            self._db.execute("DELETE FROM entries WHERE key = ?", (key,))
            self._counts[found[0]] -= 1

    def matching(self, asked: Question, reach: Reach) -> Iterator[Key]:
        """In the order asked for; ``also`` is not asked."""
        if self._db is None:
            return iter(())
        column, way = self._columns[asked.sort_field], "DESC" if asked.descending else "ASC"
        found, values = self._found(asked, reach)
        query = f"SELECT {column}, key {found} ORDER BY {column} {way}, key {way}"
        return self._db.execute(query, values)

    def count(self, asked: Question, reach: Reach) -> int:
        """How many that are. At no cost when only the status is asked about."""
        if self._db is None:
            return 0
        if reach == EVERYTHING and not asked.ranges:
            return len(self) if asked.status == ANY else self._counts[str(asked.status)]
        found, values = self._found(asked, reach)
        (count,) = self._db.execute(f"SELECT COUNT(*) {found}", values).fetchone()
        return int(count)

    def rows(self) -> Iterator[Row]:
        """All, in no order that counts."""
        if self._db is not None:
            for key, status, *instants in self._db.execute("SELECT * FROM entries"):
                yield key, Entry(status, dict(zip(self._columns, instants, strict=True)))

    def _found(self, asked: Question, reach: Reach) -> tuple[str, list[int | str]]:
        """Where and which, with the values for it."""
        column = self._columns[asked.sort_field]
        index = f"by_{column}"
        text = f"({column}, key) >= (?, ?) AND ({column}, key) < (?, ?)"
        values: list[int | str] = [*reach[0], *reach[1]]
        if asked.status != ANY:
            index = f"by_status_{column}"
            text += " AND status = ?"
            values.append(str(asked.status))
        for name, from_, to in asked.ranges:
            if name != asked.sort_field:  # that one is in the reach
                text += f" AND {self._columns[name]} >= ? AND {self._columns[name]} < ?"
                values += [from_, to]
        return f"FROM entries INDEXED BY {index} WHERE {text}", values

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        columns = self._columns.values()
        instants = "".join(f", {column} INTEGER NOT NULL" for column in columns)
        indexes = "".join(
            f"CREATE INDEX by_{column} ON entries ({column}, key);"
            f"CREATE INDEX by_status_{column} ON entries (status, {column}, key);"
            for column in columns
        )
        db.executescript(
            f"{_NAMELESS} CREATE TABLE entries (key TEXT PRIMARY KEY, status TEXT NOT NULL"
            f"{instants}) WITHOUT ROWID; {indexes}"
        )
        return db
