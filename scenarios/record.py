"""What came of one run of a scenario: its facts, the calls and the webhooks, all as plain rows.

Rows are the control API's own, so that a run in process and one against a server over the wire are
checked alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from scenarios.format.instants import PLACED, When

Row = dict[str, Any]

_STATUSED: Final = "status"


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that was not met."""

    expectation: str
    """Where it stands in the file: ``expect.orders.first.status``."""
    expected: str
    found: str
    order_id: str = ""
    """Whose timeline shows it, if it is one order's."""
    around: tuple[str, ...] = ()
    """Facts about it, a line each."""


@dataclass(slots=True)
class Record:
    """Everything about one run that an expectation may look at."""

    start: int
    end: int = 0
    orders: dict[str, list[str]] = field(default_factory=dict)
    """By name: the ids of the orders that were placed under it."""
    played_by: dict[str, str] = field(default_factory=dict)
    """By name: who played the seller."""
    facts: list[Row] = field(default_factory=list)
    exchanges: list[Row] = field(default_factory=list)
    webhooks: list[Row] = field(default_factory=list)
    report: Row = field(default_factory=dict)
    faults: list[Row] = field(default_factory=list)
    missed_steps: list[str] = field(default_factory=list)
    """Steps whose moment never came."""
    refusals: list[tuple[str, str]] = field(default_factory=list)
    """Steps that the world refused, or unexpectedly did not, with what it said."""
    digest: str = ""
    own_sources: list[str] = field(default_factory=list)
    """Sources of demand whose orders are all the integration's."""
    targeted: bool = False
    """An integration was under test."""
    _of: dict[str, list[Row]] = field(default_factory=dict)

    def told_of(self, order_id: str) -> list[Row]:
        """The facts about one order, in order."""
        if not self._of:
            for row in self.facts:
                self._of.setdefault(row.get("order_id", ""), []).append(row)
        return self._of.get(order_id, [])

    def ids(self, name: str) -> list[str]:
        """Of the orders of that name; ``all``: of every order, those of demand included."""
        if name == "all":
            return [row["order_id"] for row in self.facts if row["kind"] == "OrderPlaced"]
        return self.orders.get(name, [])

    def status_of(self, order_id: str) -> str:
        """The latest status."""
        told = [row[_STATUSED] for row in self.told_of(order_id) if _is_move(row)]
        return str(told[-1]) if told else "never placed"

    def moves_of(self, order_id: str) -> list[tuple[str, int]]:
        """Each status that it came to, with the second."""
        moves: list[tuple[str, int]] = []
        for row in self.told_of(order_id):
            if _is_move(row) and (not moves or moves[-1][0] != row[_STATUSED]):
                moves.append((row[_STATUSED], row["at"]))
        return moves

    def passed_by(self, order_id: str) -> list[tuple[str, int]]:
        """Each status and each scan, as they came."""
        came: list[tuple[str, int]] = []
        status = ""
        for row in self.told_of(order_id):
            if row["kind"] == "ParcelScanned":
                came.append((row["scan"], row["at"]))
            elif _is_move(row) and row[_STATUSED] != status:
                status = row[_STATUSED]
                came.append((status, row["at"]))
        return came

    def milestone(self, order_id: str, milestone: str) -> int | None:
        """When that order first came there."""
        if milestone == PLACED:
            return next((row["at"] for row in self.told_of(order_id)), None)
        return next((at for word, at in self.passed_by(order_id) if word == milestone), None)

    def second(self, wanted: When, order_id: str) -> int | None:
        """That instant, in an expectation about an order: a bare ``+1h`` counts from its
        checkout."""
        if not wanted.order and wanted.at is None and not wanted.date and wanted.text[:1] == "+":
            placed = self.milestone(order_id, PLACED)
            return None if placed is None else placed + wanted.after
        return wanted.second(self.start, self._named_milestone)

    def _named_milestone(self, name: str, milestone: str) -> int | None:
        ids = self.ids(name)
        return self.milestone(ids[0], milestone) if ids else None

    def calls(self, order_id: str = "") -> list[Row]:
        """The integration's calls, of one order if named: by its id, or its packages'."""
        if not order_id:
            return self.exchanges
        marks = {order_id, *_packages(self.told_of(order_id))}
        return [row for row in self.exchanges if any(mark in _sent(row) for mark in marks)]

    def story(self, order_id: str, most: int = 40) -> tuple[str, ...]:
        """An order's facts as lines: when, what, and what about it."""
        lines = [self.line(row) for row in self.told_of(order_id)]
        return tuple(lines[:most])

    def of_integration(self, integration: str) -> list[str]:
        """The orders that it plays, in the order in which they were placed."""
        named = {
            order_id
            for name, ids in self.orders.items()
            if self.played_by.get(name) == integration
            for order_id in ids
        }
        return [
            row["order_id"]
            for row in self.facts
            if row["kind"] == "OrderPlaced"
            and (row["order_id"] in named or row["source"] in self.own_sources)
        ]

    def line(self, row: Row) -> str:
        more = (f"{k} {v}" for k, v in row.items() if k not in _PLAIN and v not in ("", None))
        return f"{clock(row['at'])}  {row['kind']:<18} {', '.join(more)}".rstrip()


_PLAIN: Final = frozenset({"seq", "at", "kind", "order_id", "timezone", "source"})


def clock(second: int) -> str:
    """An instant for people, in UTC."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%d %H:%M:%S")


def is_ship_call(row: Row) -> bool:
    """It ships a package, or marks an order or package as shipped."""
    path = str(row["path"])
    return (
        row["method"] == "POST"
        and path.startswith("/fulfillment/")
        and (path.endswith(("/ship", "/packages", "/mark_package_as_shipped")))
    )


def succeeded(row: Row) -> bool:
    return row["status"] < 400 and row["code"] in (0, None)  # noqa: PLR2004 - HTTP's


def packages_of(facts: Sequence[Row]) -> Iterator[str]:
    """Ids of the parcels that those facts speak of."""
    return iter(dict.fromkeys(str(row["parcel_id"]) for row in facts if row.get("parcel_id")))


_packages = packages_of


def _is_move(row: Row) -> bool:
    return _STATUSED in row and str(row["kind"]).startswith("Order")


def _sent(row: Row) -> str:
    return f"{row['path']} {row['query']} {row['request']}"
