"""Past orders as CSV text: a header line, then a line per order. Reads text, not files.

Columns, in any order; all but the first may be missing, and any cell but the first empty:

* ``at`` (ISO 8601, UTC if it has no zone, or Unix seconds) or ``after_s`` (seconds after the
  source's start): when the order comes
* ``shipping``: platform or seller
* ``city``: where it ships from
* ``items``: SKU ids, separated by spaces; ``ID*3`` means three of it
* ``behaviour``: who plays the seller, ``integration`` for nobody
* ``pays_after_s``: seconds until it is paid, or ``never``
* ``buyer``: the buyer's temperament, ``passive`` for none
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from itertools import islice
from typing import Any, Final

from simulator.demand.replay import MOST_UNITS, NEVER, Replay, Row, Times, wrong_fields
from simulator.demand.rhythms import HORIZON

AT: Final = "at"
AFTER: Final = "after_s"
PAYS: Final = "pays_after_s"

_LONGEST_FOUND: Final = 60
"""Of a wrong cell, so much is told."""
_DIGITS: Final = 12
_COUNT_DIGITS: Final = 9
_MOST_WRONG: Final = 1_000
"""So much is told; a text that has more wrong with it is not read on."""
_SHEETS_FIELD: Final = {"pays_after": PAYS}
"""Fields of a row that have another name in the sheet."""


@dataclass(frozen=True, slots=True)
class WrongCell:
    """Where in the text, what was found there, and what is allowed."""

    line: int
    column: str
    found: str
    allowed: str

    def __str__(self) -> str:
        found = self.found[:_LONGEST_FOUND] + "…" * (len(self.found) > _LONGEST_FOUND)
        return f"line {self.line}, column {self.column}: found {found!r}, allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a text holds: rows with their lines, and everything that is wrong with it."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    """Of each row, the number of its last line, from one."""
    times: Times
    wrong: tuple[WrongCell, ...]

    @property
    def replay(self) -> Replay:
        return Replay(self.rows, self.times)


class _Unreadable(ValueError):
    """A cell cannot be read; the text says what is allowed in it."""


def read_sheet(text: str) -> Sheet:
    """The orders of a CSV *text*. All that is wrong is told, not only the first of it."""
    lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    places: list[int] = []
    wrong: list[WrongCell] = []
    header: list[str] = []
    try:
        header = [name.strip() for name in next(lines, [])]
        wrong += _wrong_header(header)
        for cells in [] if wrong else lines:
            if len(wrong) > _MOST_WRONG:
                break
            if any(cells):
                row, errors = _row(lines.line_num, header, cells)
                rows.append(row)
                places.append(lines.line_num)
                wrong += errors
    except csv.Error as error:
        wrong.append(WrongCell(lines.line_num, "all", str(error), "comma-separated values"))
    if not (rows or wrong):
        wrong.append(WrongCell(lines.line_num + 1, "all", "", "a row for every order"))
    times = Times.FROM_START if AFTER in header else Times.ABSOLUTE
    return Sheet(tuple(rows), tuple(places), times, tuple(wrong))


def _wrong_header(header: list[str]) -> Iterator[WrongCell]:
    for name in header[:_MOST_WRONG]:
        if name not in _READERS:
            yield WrongCell(1, name, name, ", ".join(_READERS))
    for name, count in islice(Counter(header).items(), _MOST_WRONG):
        if count > 1:
            yield WrongCell(1, name, f"{count} of them", "each column once")
    if (AT in header) is (AFTER in header):
        yield WrongCell(1, AT, ", ".join(header), f"either {AT} or {AFTER}")


def _row(line: int, header: list[str], cells: list[str]) -> tuple[Row, list[WrongCell]]:
    if len(cells) != len(header):
        told = f"{len(header)}, as in the header"
        return Row(at=0), [WrongCell(line, "all", f"{len(cells)} cells", told)]
    fields: dict[str, Any] = {"at": 0}
    wrong = []
    for column, cell in zip(header, map(str.strip, cells), strict=True):
        field, read = _READERS[column]
        try:
            if cell or field == "at":
                fields[field] = read(cell)
        except _Unreadable as problem:
            wrong.append(WrongCell(line, column, cell, str(problem)))
    row = Row(**fields)
    for field, found, allowed in wrong_fields(row):
        wrong.append(WrongCell(line, _SHEETS_FIELD.get(field, field), found, allowed))
    return row, wrong


def _instant(cell: str) -> int:
    try:
        if cell.isascii() and cell.isdigit() and len(cell) <= _DIGITS:
            seconds = int(cell)
        else:
            moment = datetime.fromisoformat(cell)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            seconds = int(moment.timestamp())
    except (ValueError, OverflowError):
        seconds = -1
    if not 0 <= seconds < HORIZON:
        raise _Unreadable("2030-01-07T00:00:00Z, or Unix seconds")
    return seconds


def _seconds(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= _DIGITS):
        raise _Unreadable("whole seconds")
    return int(cell)


def _payment(cell: str) -> int:
    try:
        return NEVER if cell == "never" else _seconds(cell)
    except _Unreadable:
        raise _Unreadable("whole seconds, or never") from None


def _items(cell: str) -> tuple[str, ...]:
    items: list[str] = []
    for word in cell.split():
        sku_id, star, count = word.partition("*")
        if star and not _is_count(count):
            raise _Unreadable(f"SKU ids separated by spaces; ID*3 for up to {MOST_UNITS} units")
        items += [sku_id] * (int(count) if star else 1)
        if len(items) > MOST_UNITS:  # what is wrong with so many is the row's to say
            break
    return tuple(items)


def _is_count(text: str) -> bool:
    digits = text.isascii() and text.isdigit() and len(text) <= _COUNT_DIGITS
    return digits and 0 < int(text) <= MOST_UNITS


_READERS: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    AT: ("at", _instant),
    AFTER: ("at", _seconds),
    "shipping": ("shipping", str),
    "city": ("city", str),
    "items": ("items", _items),
    "behaviour": ("behaviour", str),
    PAYS: ("pays_after", _payment),
    "buyer": ("buyer", str),
}
"""Of each column, the row's field and how its cells are read."""
