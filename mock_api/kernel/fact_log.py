"""A sandbox's journal as it can be read: every fact as a row, and running counts."""

from dataclasses import dataclass, fields
from typing import Any

from simulator.clock import Instant
from simulator.facts import Fact, RuleBreached


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


class FactLog:
    """A sink that keeps what it hears."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.breaches = 0

    def hear(self, seq: int, at: Instant, fact: Fact) -> None:
        self.entries.append(Entry(seq, at, fact))
        self.breaches += isinstance(fact, RuleBreached)

    def page(self, after: int, limit: int, kind: str = "", order_id: str = "") -> list[Entry]:
        """Up to *limit* facts with a higher number than *after*, of a kind or order if named."""
        found: list[Entry] = []
        first = self.entries[0].seq if self.entries else 1
        for place in range(max(0, after + 1 - first), len(self.entries)):
            entry = self.entries[place]
            if kind and entry.fact.kind != kind:
                continue
            if order_id and getattr(entry.fact, "order_id", "") != order_id:
                continue
            found.append(entry)
            if len(found) == limit:
                break
        return found
