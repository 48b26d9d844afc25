"""What a sandbox keeps on disk instead of in memory: ended orders, and facts of long ago."""

from collections.abc import Iterable, Sequence
from typing import Any

from mock_api.kernel.durable.batch import (
    FACT_COLUMNS,
    FactRow,
    forget_ended,
    loads,
    put_ended,
    put_facts,
)
from mock_api.kernel.durable.sandbox_file import SandboxFile
from simulator.archive import Ended, Key, KeyKind


class OrderArchive:
    """Ended orders in the file, by each of their keys."""

    def __init__(self, file: SandboxFile) -> None:
        self._file = file
        self._waiting: list[Ended] = []
        """Of a lasting file: to be written with the next batch, and found here until then."""
        self._latest: dict[Key, Ended] = {}
        self._up_to: int | None = None
        """What the file has from a longer journal has not happened yet."""

    def put(self, ended: Sequence[Ended]) -> None:
        if self._file.is_lasting:
            self._waiting.extend(ended)
            self._latest.update({key: each for each in ended for key in each.keys})
            return
        db = self._file.writing
        db.execute("BEGIN")
        put_ended(db, ended)
        db.execute("COMMIT")

    def find(self, kind: KeyKind, key: str) -> list[Any] | None:
        waiting = self._latest.get((kind, key))
        if waiting:
            return waiting.rows
        if self._file.is_empty:
            return None
        found = self._file.reading.execute(
            "SELECT content FROM keys JOIN ended USING (n) WHERE kind = ? AND key = ?"
            " AND facts <= ? ORDER BY n DESC LIMIT 1",
            (kind, key, self._bound),
        ).fetchone()
        rows: list[Any] | None = loads(found[0]) if found else None
        return rows

    def orders_of(self, buyer_id: str) -> list[str]:
        buyer = (KeyKind.BUYER, buyer_id)
        waiting = [each for each in self._waiting if buyer in each.keys]
        found = [key for each in waiting for kind, key in each.keys if kind is KeyKind.ORDER]
        if not self._file.is_empty:
            rows = self._file.reading.execute(
                "SELECT key FROM keys WHERE kind = ? AND n IN (SELECT n FROM keys JOIN ended"
                " USING (n) WHERE kind = ? AND key = ? AND facts <= ?)",
                (KeyKind.ORDER, *buyer, self._bound),
            )
            found += [row[0] for row in rows]
        return found

    def rewind(self, facts: int) -> None:
        if self._file.is_empty:
            return
        if self._file.is_lasting:
            self._up_to = facts
            return
        db = self._file.writing
        db.execute("BEGIN")
        forget_ended(db, facts)
        db.execute("COMMIT")

    # Of a lasting file: what its next batch takes along.

    @property
    def up_to(self) -> int | None:
        return self._up_to

    @property
    def waiting(self) -> list[Ended]:
        return self._waiting

    def written(self, count: int) -> None:
        """The first *count* that waited are in the file by now, and what is from a longer journal
        is gone."""
        self._up_to = None
        for each in self._waiting[:count]:
            for key in each.keys:
                if self._latest.get(key) is each:
                    del self._latest[key]
        del self._waiting[:count]

    @property
    def _bound(self) -> int:
        return 2**62 if self._up_to is None else self._up_to


class FactArchive:
    """Facts of long ago in the file, by their number."""

    def __init__(self, file: SandboxFile) -> None:
        self._file = file
        self.has_up_to = 0
        """Of a lasting file: up to this number every fact is in it."""

    def takes(self, seq: int) -> bool:
        """Whether the fact of that number may leave memory."""
        return not self._file.is_lasting or seq <= self.has_up_to

    def put(self, rows: Iterable[FactRow]) -> None:
        """They leave memory. A lasting file has had them since they happened."""
        if self._file.is_lasting:
            return
        db = self._file.writing
        db.execute("BEGIN")
        put_facts(db, rows)
        db.execute("COMMIT")

    def page(self, after: int, before: int, limit: int, kind: str, order_id: str) -> list[FactRow]:
        """Up to *limit* facts between those two numbers, of a kind or order if named."""
        if self._file.is_empty:
            return []
        asked = "seq > ? AND seq < ?"
        wanted: list[int | str] = [after, before]
        for column, value in (("kind", kind), ("order_id", order_id)):
            if value:
                asked += f" AND {column} = ?"
                wanted.append(value)
        query = f"SELECT {FACT_COLUMNS} FROM facts WHERE {asked} ORDER BY seq LIMIT ?"  # noqa: S608 - our own text
        return self._file.reading.execute(query, (*wanted, limit)).fetchall()
