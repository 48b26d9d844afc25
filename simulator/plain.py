"""Entities to plain data and back: dicts, lists, strings and whole numbers, ready for JSON.

Only declared dataclass fields travel. Fields named in ``leave_out`` (an inbox, say) belong to a
running world; whoever restores an entity gives it new ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


class Misfit(ValueError):
    """Plain data is not of the form that is asked for."""

    def __init__(self, words: str, path: str = "") -> None:
        super().__init__(words, path)
        self.words = words
        self.path = path
        """From what was read to what is wrong in it: ``.scans[3].at``."""

    def __str__(self) -> str:
        return f"{self.path or 'it'} {self.words}"


def to_plain(value: Any, leave_out: frozenset[str] = frozenset()) -> Any:
    """*value* as plain data. Tuples become lists, enums their values, dataclasses dicts."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    names = _FIELDS.get(kind)
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names if name not in leave_out}
    if kind is list or kind is tuple:
        return [to_plain(item) for item in value]
    if kind is dict:
        return {str(key): to_plain(item) for key, item in value.items()}
    return _of_another_kind(value, leave_out)


def _of_another_kind(value: Any, leave_out: frozenset[str]) -> Any:
    """A word, or a dataclass that is seen for the first time."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        _FIELDS[type(value)] = tuple(field.name for field in fields(value))
        return to_plain(value, leave_out)
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], plain: Any, **extra: Any) -> T:
    """A dataclass *kind* again from what ``to_plain`` gave, with *extra* for what it left out.
    Misfit, if *plain* is nothing of the sort."""
    readers = _READERS.get(kind)
    if readers is None:
        hints = get_type_hints(kind)
        readers = {name: _reader(hint) for name, hint in hints.items()}
        _READERS[kind] = readers
    try:
        return kind(**{name: readers[name](item) for name, item in plain.items()}, **extra)
    except Exception as wrong:  # noqa: BLE001 - whatever it is: it is told with its place
        raise _misfit(kind, plain, wrong) from None


def read_as(hint: Any, plain: Any) -> Any:
    """*plain* as that type; Misfit, if it is none."""
    return _cached_reader(hint)(plain)


@cache
def _cached_reader(hint: Any) -> Reader:
    return _reader(hint)


def reader_of(hint: Any) -> Reader:
    """What reads values of that hint; TypeError at once, if no plain data is such a value: a
    running life's, say."""
    _require_readable(hint)
    return _reader(hint)


def _require_readable(hint: Any) -> None:
    kind = getattr(hint, "__supertype__", hint)
    if kind in _LEAVES or kind in (Any, NoneType, Ellipsis):
        return
    if isinstance(kind, type) and is_dataclass(kind):
        parts = tuple(get_type_hints(kind).values())
    elif isinstance(kind, type) and issubclass(kind, Enum):
        parts = ()
    elif get_origin(kind) in _COMPOUND:
        parts = get_args(kind)
    else:
        raise TypeError(f"{hint} cannot be read from plain data")
    for part in parts:
        _require_readable(part)


def _misfit(kind: type[Any], plain: Any, wrong: Exception) -> Misfit:
    """What was wrong, with its place: found by reading part by part once more."""
    if not isinstance(plain, dict):
        return Misfit(f"is {_shown(plain)}, and must be a mapping")
    readers = _READERS[kind]
    unknown = [name for name in plain if name not in readers]
    if unknown:
        return Misfit(f"is no field of {kind.__name__}", f".{str(unknown[0])[:40]}")
    for name, item in plain.items():
        if found := _failure(readers[name], item):
            return Misfit(found.words, f".{name}{found.path}")
    return Misfit(f"makes no {kind.__name__} ({str(wrong)[:200]})")


def _failure(read: Reader, item: Any) -> Misfit | None:
    try:
        read(item)
    except Misfit as wrong:
        return wrong
    except Exception as wrong:  # noqa: BLE001 - as above
        return Misfit(f"is {_shown(item)}: {str(wrong)[:200] or type(wrong).__name__}")
    return None


def _first_misfit(read: Reader, items: Iterable[tuple[Any, Any]]) -> Misfit:
    for key, item in items:
        if found := _failure(read, item):
            return Misfit(found.words, f"[{str(key)[:40]}]{found.path}")
    return Misfit("cannot be read")


def _shown(value: Any) -> str:
    """Little of it: whoever wrote it may have written much."""
    if isinstance(value, str):
        return repr(value[:40])
    return type(value).__name__ if isinstance(value, list | dict) else str(value)[:40]


def _reader(hint: Any) -> Reader:
    hint = getattr(hint, "__supertype__", hint)
    if hint in _LEAVES:
        return _leaf(hint)
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
    others = [_reader(kind) for kind in kinds if not is_dataclass(kind)]

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
    raise Misfit(f"is {_shown(item)}, which is none of what it may be")


def _list(args: tuple[Any, ...]) -> Reader:
    return _each(_reader(args[0]), list)


def _each(read: Reader, kind: Callable[[list[Any]], Any]) -> Reader:
    def listed(item: Any) -> Any:
        if not isinstance(item, list | tuple):
            raise Misfit(f"is {_shown(item)}, and must be a list")
        try:
            return kind([read(each) for each in item])
        except Exception:  # noqa: BLE001 - told with its place
            raise _first_misfit(read, enumerate(item)) from None

    return listed


def _dict(args: tuple[Any, ...]) -> Reader:
    read = _reader(args[1])

    def mapped(item: Any) -> Any:
        if not isinstance(item, dict):
            raise Misfit(f"is {_shown(item)}, and must be a mapping")
        try:
            return {key: read(each) for key, each in item.items()}
        except Exception:  # noqa: BLE001 - told with its place
            raise _first_misfit(read, item.items()) from None

    return mapped


def _tuple(args: tuple[Any, ...]) -> Reader:
    if args[-1] is Ellipsis:
        return _each(_reader(args[0]), tuple)
    reads = [_reader(arg) for arg in args]

    def fixed(item: Any) -> Any:
        if not isinstance(item, list | tuple) or len(item) != len(reads):
            raise Misfit(f"is {_shown(item)}, and must be a list of {len(reads)}")
        return tuple(read(each) for read, each in zip(reads, item, strict=True))

    return fixed


@cache
def _leaf(kind: type[Any]) -> Reader:
    kinds = _LEAVES[kind]

    def leaf(item: Any) -> Any:
        if type(item) not in kinds and not isinstance(item, _SUBTYPES.get(kind, ())):
            raise Misfit(f"is {_shown(item)}, and must be {_NAMES[kind]}")
        return item

    return leaf


_LEAVES: Final[dict[Any, tuple[type[Any], ...]]] = {
    int: (int,),
    float: (float, int),
    str: (str,),
    bool: (bool,),
    list: (list,),
    dict: (dict,),
}
"""Of each, the types that JSON may have made of it: true is no number."""
_SUBTYPES: Final[dict[Any, type[Any]]] = {str: str}
"""Words are texts."""
_NAMES: Final = {
    int: "a whole number",
    float: "a number",
    str: "a text",
    bool: "true or false",
    list: "a list",
    dict: "a mapping",
}

_PLAIN: Final = frozenset({str, int, float, bool, NoneType})
_FIELDS: Final[dict[type[Any], tuple[str, ...]]] = {}
"""Of dataclasses that were written before."""
_READERS: Final[dict[type[Any], dict[str, Reader]]] = {}

_COMPOUND: Final[dict[Any, Callable[[tuple[Any, ...]], Reader]]] = {
    Union: _union,
    UnionType: _union,
    list: _list,
    Sequence: lambda args: _tuple((*args, Ellipsis)),
    dict: _dict,
    Mapping: _dict,
    tuple: _tuple,
}
