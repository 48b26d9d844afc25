"""A sandbox's journal as it can be read: every fact as a row, and running counts.

The latest facts are in memory, older ones in the sandbox's archive; who reads does not notice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any, Final

from mock_api.kernel.durable.archive import FactArchive
from mock_api.kernel.durable.batch import FactRow, fact_row, loads
from simulator import facts
from simulator.clock import Instant
from simulator.facts import Fact, RuleBreached
from simulator.rows import from_row

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
        self._heard = 0
        """The last fact's number."""
        self._stored = 0
        """The last of those in the archive."""
        self._archive = archive
        self._keep = keep

    def hear(self, seq: int, at: Instant, fact: Fact) -> None:
        self.entries.append(Entry(seq, at, fact))
        self._heard = seq
        self.breaches += isinstance(fact, RuleBreached)
        if len(self.entries) > self._keep:
            self._spill(max(1, self._keep // _SHARE))

    def page(self, after: int, limit: int, kind: str = "", order_id: str = "") -> list[Entry]:
        """Up to *limit* facts with a higher number than *after*, of a kind or order if named."""
        found: list[Entry] = []
        first = self.entries[0].seq if self.entries else self._heard + 1
        if after + 1 < first:
            stored = self._archive.page(after, first, limit, kind, order_id)
            found = [_read(row) for row in stored]
        latest = self._latest(max(0, after + 1 - first), kind, order_id)
        return found + list(islice(latest, limit - len(found)))

    def flush(self) -> None:
        """Have those in memory in the archive as well: there a restored log looks for them."""
        if self._stored < self._heard:
            self._store(self.entries)

    def save(self) -> dict[str, int]:
        """Counts only: the facts themselves are in the archive, once it was flushed."""
        return {"heard": self._heard, "breaches": self.breaches}

    def restore(self, saved: Mapping[str, int]) -> None:
        """Fill an empty one, over an archive that has every fact up to then."""
        assert not self.entries, "only an empty log is filled"
        self._heard = self._stored = saved["heard"]
        self.breaches = saved["breaches"]

    def _latest(self, place: int, kind: str, order_id: str) -> Iterator[Entry]:
        for nth in range(place, len(self.entries)):
            entry = self.entries[nth]
            if kind in ("", entry.fact.kind) and order_id in ("", entry.order_id):
                yield entry

    def _spill(self, count: int) -> None:
        if self._archive.takes(self.entries[count - 1].seq):
            self._store(self.entries[:count])
            del self.entries[:count]

    def _store(self, entries: list[Entry]) -> None:
        new = [each for each in entries if each.seq > self._stored]
        self._archive.put(fact_row(each.seq, each.at, each.fact) for each in new)
        self._stored = max(self._stored, entries[-1].seq)


def _read(row: FactRow) -> Entry:
    seq, at, kind, _, content = row
    return Entry(seq, Instant(at), from_row(_KINDS[kind], loads(content)))
