"""Entities to plain data and back: dicts, lists, strings and whole numbers, ready for JSON.

Only declared dataclass fields travel. Fields named in ``leave_out`` (an inbox, say) belong to a
running world; whoever restores an entity gives it new ones.

What this program wrote is read as it stands. What somebody may have edited is read by a
``strict_reader``.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]
"""From plain data to a value."""
PartReader = Callable[[Any], Reader]
"""From the hint of a part to its reader."""


def to_plain(value: Any, leave_out: frozenset[str] = frozenset()) -> Any:
    """*value* as plain data. Tuples become lists, enums their values, dataclasses dicts."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    names = _NAMES.get(kind)
    if names is None and is_dataclass(kind):
        names = _NAMES[kind] = tuple(field.name for field in fields(kind))
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names if name not in leave_out}
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


def strict_reader(hint: Any) -> Reader:
    """What reads values of that hint and no others: a TypeError, ValueError or KeyError tells what
    is wrong. A TypeError at once, if no plain data is such a value: a running life's, say."""
    if isinstance(hint, type) and is_dataclass(hint):
        return _strict_dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    compound = _COMPOUND.get(get_origin(hint))
    if compound is None:
        return _strict_leaf(hint)
    read = compound(get_args(hint), strict_reader)
    kind = _KIND_OF.get(get_origin(hint))
    return _of_kind(kind, read) if kind else read


def _reader(hint: Any) -> Reader:
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda item: from_plain(hint, item)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    compound = _COMPOUND.get(get_origin(hint))
    return compound(get_args(hint), _reader) if compound else lambda item: item


def _strict_dataclass(kind: type[Any]) -> Reader:
    readers = {name: strict_reader(hint) for name, hint in get_type_hints(kind).items()}

    def read(item: Any) -> Any:
        for name in item.keys() - readers.keys():
            raise KeyError(f"{kind.__name__} has no {name!r}")
        return kind(**{name: readers[name](each) for name, each in item.items()})

    return _of_kind(dict, read)


def _strict_leaf(hint: Any) -> Reader:
    if hint is Any:
        return lambda item: item
    kind = getattr(hint, "__supertype__", hint)
    if kind not in (str, int, float, bool):
        raise TypeError(f"{hint} cannot be read from plain data")
    if kind is float:
        return _of_kind((int, float), lambda item: item)
    return _of_kind(kind, lambda item: item)


def _of_kind(kind: type[Any] | tuple[type[Any], ...], read: Reader) -> Reader:
    """*read*, for items of that *kind* only. ``True`` is no number here."""

    def checked(item: Any) -> Any:
        if not isinstance(item, kind) or (isinstance(item, bool) and kind is not bool):
            named = kind if isinstance(kind, tuple) else (kind,)
            wanted = " or ".join(each.__name__ for each in named)
            raise TypeError(f"{item!r} is {type(item).__name__}, not {wanted}")
        return read(item)

    return checked


def _union(args: tuple[Any, ...], part: PartReader) -> Reader:
    """Something or nothing; of several dataclasses, the one that has the item's fields."""
    kinds = [arg for arg in args if arg is not NoneType]
    if len(kinds) == 1:
        read = part(kinds[0])
        return lambda item: None if item is None else read(item)
    by_fields = {
        frozenset(field.name for field in fields(kind)): part(kind)
        for kind in kinds
        if is_dataclass(kind)
    }
    others = [part(kind) for kind in kinds if not is_dataclass(kind)]

    def read_one_of(item: Any) -> Any:
        if isinstance(item, dict):
            return by_fields[frozenset(item)](item)
        return None if item is None and NoneType in args else _first(others, item)

    return read_one_of


def _first(readers: Sequence[Reader], item: Any) -> Any:
    """What the first of the *readers* makes of it that can read it."""
    for read in readers:
        with suppress(TypeError, ValueError):
            return read(item)
    raise TypeError(f"{item!r} is none of what it may be")


def _list(args: tuple[Any, ...], part: PartReader) -> Reader:
    read = part(args[0])
    return lambda item: [read(each) for each in item]


def _dict(args: tuple[Any, ...], part: PartReader) -> Reader:
    read = part(args[1])
    return lambda item: {key: read(each) for key, each in item.items()}


def _tuple(args: tuple[Any, ...], part: PartReader) -> Reader:
    if args[-1] is Ellipsis:
        read = part(args[0])
        return lambda item: tuple(read(each) for each in item)
    reads = [part(arg) for arg in args]
    return lambda item: tuple(read(each) for read, each in zip(reads, item, strict=True))


_AS_THEY_ARE: Final = frozenset({str, int, float, bool, NoneType})
_NAMES: Final[dict[type[Any], tuple[str, ...]]] = {}
"""Of the fields of each dataclass."""
_READERS: Final[dict[type[Any], dict[str, Reader]]] = {}

_COMPOUND: Final[dict[Any, Callable[[tuple[Any, ...], PartReader], Reader]]] = {
    Union: _union,
    UnionType: _union,
    list: _list,
    Sequence: lambda args, part: _tuple((*args, Ellipsis), part),
    dict: _dict,
    Mapping: _dict,
    tuple: _tuple,
}
_KIND_OF: Final[dict[Any, type[Any]]] = {
    list: list,
    Sequence: list,
    tuple: list,
    dict: dict,
    Mapping: dict,
}
"""What plain data has in place of each."""
