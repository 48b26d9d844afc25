"""Entities to plain data and back: dicts, lists, strings and whole numbers, ready for JSON.

Only declared dataclass fields travel. Fields named in ``leave_out`` (an inbox, say) belong to a
running world; whoever restores an entity gives it new ones.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any, leave_out: frozenset[str] = frozenset()) -> Any:
    """*value* as plain data. Tuples become lists, enums their values, dataclasses dicts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in leave_out
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], plain: Any, **extra: Any) -> T:
    """A dataclass *kind* again from what ``to_plain`` gave, with *extra* for what it left out."""
    readers = _READERS.get(kind)
    if readers is None:
        hints = get_type_hints(kind)
        readers = {name: _reader(hint) for name, hint in hints.items()}
        _READERS[kind] = readers
    return kind(**{name: readers[name](item) for name, item in plain.items()}, **extra)


def _reader(hint: Any) -> Reader:
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda item: from_plain(hint, item)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    args = get_args(hint)
    compound = _COMPOUND.get(get_origin(hint))
    return compound(args) if compound else lambda item: item


def _union(args: tuple[Any, ...]) -> Reader:
    """Something or nothing; of several dataclasses, the one that has the item's fields."""
    kinds = [arg for arg in args if arg is not NoneType]
    if len(kinds) == 1:
        read = _reader(kinds[0])
        return lambda item: None if item is None else read(item)
    by_fields = {
        frozenset(field.name for field in fields(kind)): _reader(kind)
        for kind in kinds
        if is_dataclass(kind)
    }
    return lambda item: by_fields[frozenset(item)](item) if isinstance(item, dict) else item


def _list(args: tuple[Any, ...]) -> Reader:
    read = _reader(args[0])
    return lambda item: [read(each) for each in item]


def _dict(args: tuple[Any, ...]) -> Reader:
    read = _reader(args[1])
    return lambda item: {key: read(each) for key, each in item.items()}


def _tuple(args: tuple[Any, ...]) -> Reader:
    if args[-1] is Ellipsis:
        read = _reader(args[0])
        return lambda item: tuple(read(each) for each in item)
    reads = [_reader(arg) for arg in args]
    return lambda item: tuple(read(each) for read, each in zip(reads, item, strict=True))


_READERS: Final[dict[type[Any], dict[str, Reader]]] = {}

_COMPOUND: Final[dict[Any, Callable[[tuple[Any, ...]], Reader]]] = {
    Union: _union,
    UnionType: _union,
    list: _list,
    dict: _dict,
    tuple: _tuple,
}
