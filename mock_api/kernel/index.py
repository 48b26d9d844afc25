"""Sorted shelves of ids: what makes page one of a million orders cost what page one of ten costs.

An index knows ids, a status and some instants of each entry; whoever fills it decides which. Those
that moved last are in memory, the others on disk.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import compress, islice
from typing import Any, Final

from sortedcontainers import SortedList

from mock_api.kernel.pages import Key
from mock_api.kernel.questions import ANY, Entry, Question, Reach
from mock_api.kernel.settled import Settled
from mock_api.limits import USUAL

_AT_ONCE: Final = 1_000
"""So many at the most leave memory together: some 30 ms."""


Saved = Mapping[str, list[list[Any]]]


class Index:
    """Ids by status and by each instant field."""

    def __init__(self, fields: tuple[str, ...], in_memory: int = USUAL.listed_in_memory) -> None:
        """Of so many entries *in_memory*."""
        self._fields = fields
        self._most = in_memory
        self._entries: dict[str, Entry] = {}
        """In memory; what moved last is last."""
        self._shelves: dict[tuple[str, str], SortedList[Key]] = {}
        self._settled = Settled(fields)

    def put(self, key: str, entry: Entry) -> None:
        """File *key*, or file it anew."""
        self.drop(key)
        self._entries[key] = entry
        for shelf, instant in self._places(entry):
            shelf.add((instant, key))
        if len(self._entries) > self._most:
            self._settle()

    def drop(self, key: str) -> None:
        """File *key* no more, if it was."""
        if key in self._entries:
            self._take_off(key)
        else:
            self._settled.drop(key)

    def save(self) -> Saved:
        """By status its columns: ids, then each field's instants; in the order of the first
        field's."""
        first, entries = self._fields[0], self._entries
        by_status = {
            str(status): [key for _, key in shelf]
            for (status, name), shelf in self._shelves.items()
            if name == first and status != ANY and shelf
        }
        if len(self._settled):
            entries = entries | dict(self._settled.rows())
            for key in islice(entries, len(self._entries), None):
                by_status.setdefault(entries[key].status, []).append(key)
            for keys in by_status.values():
                keys.sort(key=lambda key: (entries[key].instants[first], key))
        return {
            status: [
                keys,
                *([entries[key].instants[name] for key in keys] for name in self._fields),
            ]
            for status, keys in sorted(by_status.items())
        }

    def restore(self, saved: Saved) -> None:
        """Fill an empty one with what ``save`` gave. Each shelf is sorted once, not entry by
        entry."""
        assert not self._entries, "only an empty index is filled"
        if sum(len(keys) for keys, *_ in saved.values()) > self._most:
            saved = self._moved_last(saved)
        whole: dict[str, list[Key]] = {name: [] for name in self._fields}
        for status, (keys, *columns) in saved.items():
            self._entries.update(zip(keys, self._read(status, columns), strict=True))
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
        """How many match. At no cost when only the status is asked about; in memory, nor when the
        sorted field is."""
        if asked.also:
            return sum(1 for _ in self._matching(asked, None))
        reach = asked.reach()
        return self._count_in_memory(asked, reach) + self._settled.count(asked, reach)

    def _count_in_memory(self, asked: Question, reach: Reach) -> int:
        if any(name != asked.sort_field for name, _, _ in asked.ranges):
            return sum(1 for _ in self._in_memory(asked, reach))
        shelf = self._shelf(asked.status, asked.sort_field)
        low, high = reach
        return shelf.bisect_left(high) - shelf.bisect_left(low)

    def _matching(self, asked: Question, after: Key | None) -> Iterator[Key]:
        reach = asked.reach(after)
        found = self._in_memory(asked, reach)
        if len(self._settled):
            settled = self._settled.matching(asked, reach)
            found = merge(found, settled, reverse=asked.descending)
        return (key for key in found if asked.also is None or asked.also(key[1]))

    def _in_memory(self, asked: Question, reach: Reach) -> Iterator[Key]:
        others = [each for each in asked.ranges if each[0] != asked.sort_field]
        shelf = self._shelf(asked.status, asked.sort_field)
        for found in shelf.irange(*reach, (True, False), asked.descending):
            instants = self._entries[found[1]].instants if others else {}
            if all(low <= instants[name] < high for name, low, high in others):
                yield found

    def _settle(self) -> None:
        """Those that have not moved for longest leave memory."""
        count = min(_AT_ONCE, max(1, self._most // 10))
        oldest = list(islice(self._entries.items(), count))
        self._settled.put(oldest)
        for key, _ in oldest:
            self._take_off(key)

    def _moved_last(self, saved: Saved) -> Saved:
        """What there is room for in memory; the rest is on disk by then."""
        latest = [max(row) for _, *columns in saved.values() for row in zip(*columns, strict=True)]
        bound = sorted(latest)[-self._most]
        kept = {}
        for status, (keys, *columns) in saved.items():
            rows = list(zip(keys, self._read(status, columns), strict=True))
            self._settled.put(row for row in rows if max(row[1].instants.values()) < bound)
            stay = [max(entry.instants.values()) >= bound for _, entry in rows]
            kept[status] = [list(compress(column, stay)) for column in (keys, *columns)]
        return kept

    def _read(self, status: str, columns: Iterable[Iterable[int]]) -> Iterator[Entry]:
        for instants in zip(*columns, strict=True):
            yield Entry(status, dict(zip(self._fields, instants, strict=True)))

    def _take_off(self, key: str) -> None:
        for shelf, instant in self._places(self._entries.pop(key)):
            shelf.remove((instant, key))

    def _places(self, entry: Entry) -> Iterator[tuple["SortedList[Key]", int]]:
        for name in self._fields:
            yield self._shelf(ANY, name), entry.instants[name]
            yield self._shelf(entry.status, name), entry.instants[name]

    def _shelf(self, status: str, field: str) -> "SortedList[Key]":
        return self._shelves.setdefault((status, field), SortedList())
