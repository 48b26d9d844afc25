"""Sorted shelves of ids: what makes page one of a million orders cost what page one of ten costs.

An index knows ids, a status and some instants of each entry; whoever fills it decides which.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sortedcontainers import SortedList

from mock_api.kernel.pages import Key

FIRST: Key = (-1, "")
LAST: Key = (2**62, "")
ANY = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one id: its status, and its instants by the fields' names."""

    status: str
    instants: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """Which entries, in which order.

    *ranges* bound instants by field, from (included) and to (excluded); *also* is asked of every
    id that is otherwise right.
    """

    sort_field: str
    descending: bool
    status: str = ANY
    ranges: tuple[tuple[str, int, int], ...] = ()
    also: Callable[[str], bool] | None = None


class Index:
    """Ids by status and by each instant field."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._fields = fields
        self._entries: dict[str, Entry] = {}
        self._shelves: dict[tuple[str, str], SortedList[Key]] = {}

    def put(self, key: str, entry: Entry) -> None:
        """File *key*, or file it anew."""
        self.drop(key)
        self._entries[key] = entry
        for shelf, instant in self._places(entry):
            shelf.add((instant, key))

    def drop(self, key: str) -> None:
        """File *key* no more, if it was."""
        old = self._entries.pop(key, None)
        if old:
            for shelf, instant in self._places(old):
                shelf.remove((instant, key))

    def save(self) -> dict[str, list[list[Any]]]:
        """By status its columns: ids, then each field's instants; in the order of the first
        field's."""
        first = self._fields[0]
        saved: dict[str, list[list[Any]]] = {}
        for (status, name), shelf in sorted(self._shelves.items()):
            if name == first and status != ANY and shelf:
                keys = [key for _, key in shelf]
                instants = [self._entries[key].instants for key in keys]
                columns = [[each[name] for each in instants] for name in self._fields]
                saved[str(status)] = [keys, *columns]
        return saved

    def restore(self, saved: Mapping[str, list[list[Any]]]) -> None:
        """Fill an empty one with what ``save`` gave. Each shelf is sorted once, not entry by
        entry."""
        assert not self._entries, "only an empty index is filled"
        whole: dict[str, list[Key]] = {name: [] for name in self._fields}
        for status, (keys, *columns) in saved.items():
            for key, *instants in zip(keys, *columns, strict=True):
                self._entries[key] = Entry(status, dict(zip(self._fields, instants, strict=True)))
            for name, column in zip(self._fields, columns, strict=True):
                shelf = SortedList(zip(column, keys, strict=True))
                self._shelves[status, name] = shelf
                whole[name].extend(shelf)  # sorted runs are sorted together at little cost
        for name, places in whole.items():
            self._shelves[ANY, name] = SortedList(places)

    def page(self, asked: Question, after: Key | None, size: int) -> tuple[list[str], Key | None]:
        """Up to *size* ids behind *after*, and the last key if there are more."""
        found = list(islice(self._matching(asked, after), size + 1))
        if len(found) <= size:
            return [key for _, key in found], None
        return [key for _, key in found[:size]], found[size - 1]

    def count(self, asked: Question) -> int:
        """How many match. At no cost when only the status and the sorted field are asked about."""
        others = [name for name, _, _ in asked.ranges if name != asked.sort_field]
        if asked.also or others:
            return sum(1 for _ in self._matching(asked, None))
        shelf = self._shelf(asked.status, asked.sort_field)
        low, high = self._bounds(asked)
        return shelf.bisect_left(high) - shelf.bisect_left(low)

    def _matching(self, asked: Question, after: Key | None) -> Iterator[Key]:
        low, high = self._bounds(asked)
        if after and asked.descending:
            high = min(high, after)
        elif after:
            low = max(low, (after[0], after[1] + "\0"))
        shelf = self._shelf(asked.status, asked.sort_field)
        for found in shelf.irange(low, high, (True, False), asked.descending):
            if self._is_right(found[1], asked):
                yield found

    def _is_right(self, key: str, asked: Question) -> bool:
        instants = self._entries[key].instants
        inside = all(low <= instants[name] < high for name, low, high in asked.ranges)
        return inside and (asked.also is None or asked.also(key))

    def _bounds(self, asked: Question) -> tuple[Key, Key]:
        low, high = FIRST, LAST
        for name, from_, to in asked.ranges:
            if name == asked.sort_field:
                low, high = max(low, (from_, "")), min(high, (to, ""))
        return low, max(low, high)

    def _places(self, entry: Entry) -> Iterator[tuple["SortedList[Key]", int]]:
        for name in self._fields:
            yield self._shelf(ANY, name), entry.instants[name]
            yield self._shelf(entry.status, name), entry.instants[name]

    def _shelf(self, status: str, field: str) -> "SortedList[Key]":
        return self._shelves.setdefault((status, field), SortedList())
