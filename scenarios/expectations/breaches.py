"""Which rules are expected to be broken, by whom, when and how often; and by nobody else.

The list is the whole of it: a breach that no entry names is a failure. Left out, breaches are not
looked at; empty, there may be none.
"""

from collections.abc import Iterator, Sequence

from mock_api.kernel.times import Duration
from scenarios.expectations.counted import Counted
from scenarios.format.instants import Time
from scenarios.format.rules import Rule
from scenarios.record import Failure, Record, Row, clock
from simulator.orders.model import Party


class BreachExpected(Counted):
    """Breaches of one rule."""

    rule: Rule
    liable: Party | None = None
    cause: str = ""
    order: str = ""
    """Of orders of that name; left out, of any."""
    due: Time | None = None
    """The due time that passed unmet."""
    within: Duration = 0
    waived: bool | None = None
    """They no longer count, or they do: C1 decides."""

    def covers(self, row: Row, record: Record) -> bool:
        """Whether that breach is one of these; when it was due is another matter."""
        order_id = row["order_id"]
        return (
            row["rule"] == self.rule
            and self.liable in (None, row["liable"])
            and self.cause in ("", row["cause"])
            and (not self.order or order_id in record.ids(self.order))
            and (self.waived is None or self.waived is _is_waived(row, record))
        )

    def __str__(self) -> str:
        parts = [self.rule]
        parts += [f"by the {self.liable}"] if self.liable else []
        parts += [f"for {self.cause}"] if self.cause else []
        parts += [f"of {self.order}"] if self.order else []
        parts += [] if self.waived is None else ["waived" if self.waived else "not waived"]
        return " ".join(parts)


def check_breaches(expected: Sequence[BreachExpected] | None, record: Record) -> Iterator[Failure]:
    """Every entry, then what no entry covers."""
    if expected is None:
        return
    rows = [row for row in record.facts if row["kind"] == "RuleBreached"]
    covered: set[int] = set()
    for nth, wanted in enumerate(expected):
        mine = [row for row in rows if wanted.covers(row, record)]
        covered.update(row["seq"] for row in mine)
        path = f"expect.breaches[{nth}]"
        if not wanted.holds(len(mine)):
            yield _failure(path, f"{wanted.wanted} of {wanted}", _told(rows), mine or rows, record)
        yield from _wrong_dues(path, wanted, mine, record)
    for row in rows:
        if row["seq"] not in covered:
            found = f"{row['rule']} by the {row['liable']} for {row['cause']}"
            yield _failure("expect.breaches", "no other breaches", found, [row], record)


def _wrong_dues(
    path: str, wanted: BreachExpected, rows: Sequence[Row], record: Record
) -> Iterator[Failure]:
    for row in rows:
        due = record.second(wanted.due, row["order_id"]) if wanted.due else None
        if due is not None and abs(row["due"] - due) > wanted.within:
            said = f"due {wanted.due}, which is {clock(due)}"
            yield _failure(f"{path}.due", said, f"due {clock(row['due'])}", [row], record)


def _is_waived(row: Row, record: Record) -> bool:
    return any(
        told["kind"] == "BreachWaived" and told["rule"] == row["rule"]
        for told in record.told_of(row["order_id"])
    )


def _told(rows: Sequence[Row]) -> str:
    if not rows:
        return "no breach at all"
    return ", ".join(f"{row['rule']} by the {row['liable']} for {row['cause']}" for row in rows[:9])


def _failure(path: str, expected: str, found: str, rows: Sequence[Row], record: Record) -> Failure:
    order_id = rows[0]["order_id"] if rows else ""
    return Failure(path, expected, found, order_id, record.story(order_id) if order_id else ())
