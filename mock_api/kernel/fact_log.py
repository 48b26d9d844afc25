"""A sandbox's journal as it can be read: every fact as a row, and running counts.

The latest facts are in memory, older ones in the sandbox's archive; who reads does not notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any, Final

from mock_api.kernel.archive import FactArchive, FactRow, dumps, loads
from simulator import facts
from simulator.clock import Instant
from simulator.facts import Fact, RuleBreached
from simulator.rows import from_row, to_row

_SHARE: Final = 10
"""A tenth of the facts in memory leaves at once."""

_KINDS: Final = {
    kind.__name__: kind
    for kind in vars(facts).values()
    if isinstance(kind, type) and issubclass(kind, Fact)
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact with its place in the journal."""

    seq: int
    at: Instant
    fact: Fact

    def row(self) -> dict[str, Any]:
        """``seq``, ``at``, ``kind``, and the fact's own fields."""
        own = {field.name: getattr(self.fact, field.name) for field in fields(self.fact)}
        return {"seq": self.seq, "at": self.at, "kind": self.fact.kind} | own

    @property
    def order_id(self) -> str:
        """Whose fact it is; nothing, when it is no order's."""
        return getattr(self.fact, "order_id", "")


class FactLog:
    """A sink that keeps what it hears, at most so many in memory."""

    def __init__(self, archive: FactArchive, keep: int) -> None:
        self.entries: list[Entry] = []
        """The latest facts, without a gap."""
        self.breaches = 0
        self._archive = archive
        self._keep = keep

    def hear(self, seq: int, at: Instant, fact: Fact) -> None:
        self.entries.append(Entry(seq, at, fact))
        self.breaches += isinstance(fact, RuleBreached)
        if len(self.entries) > self._keep:
            self._spill(max(1, self._keep // _SHARE))

    def page(self, after: int, limit: int, kind: str = "", order_id: str = "") -> list[Entry]:
        """Up to *limit* facts with a higher number than *after*, of a kind or order if named."""
        found: list[Entry] = []
        first = self.entries[0].seq if self.entries else 1
        if after + 1 < first:
            stored = self._archive.page(after, limit, kind, order_id)
            found = [_read(row) for row in stored]
        latest = self._latest(max(0, after + 1 - first), kind, order_id)
        return found + list(islice(latest, limit - len(found)))

    def _latest(self, place: int, kind: str, order_id: str) -> Iterator[Entry]:
        for nth in range(place, len(self.entries)):
            entry = self.entries[nth]
            if kind in ("", entry.fact.kind) and order_id in ("", entry.order_id):
                yield entry

    def _spill(self, count: int) -> None:
        self._archive.put(_written(entry) for entry in self.entries[:count])
        del self.entries[:count]


def _written(entry: Entry) -> FactRow:
    fact = entry.fact
    return entry.seq, entry.at, fact.kind, entry.order_id, dumps(to_row(fact))


def _read(row: FactRow) -> Entry:
    seq, at, kind, _, content = row
    return Entry(seq, Instant(at), from_row(_KINDS[kind], loads(content)))
