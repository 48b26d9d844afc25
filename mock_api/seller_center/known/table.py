"""Every operation of the platform, simulated or not: what its documents and a public client name.

Two text files, read once, when somebody first asks. It knows paths and words; what this server
makes of them is the application's business.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_ABSENT: Final = "-"
_PARAMETER: Final = re.compile(r"\\\{[^}]+\\\}")
_NAMED: Final = re.compile(r"\{[^}]+\}")
_VERSION: Final = re.compile(r"/\d{6}(?=/)")
_NO_VERSION: Final = r"/\d{6}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the table."""

    group: str
    """As the documents head it: ``Return and refund``."""
    method: str
    path: str
    name: str
    """As the exchange log has it: a stock client's method."""
    cipher: str
    """``R``: a shop cipher is required; ``O``: optional; ``C``: a category asset's; ``-``: none."""
    scopes: tuple[str, ...]
    """One of these is asked for; empty: no source says which."""
    transient: tuple[int, ...]
    """Documented codes that no state of a world brings about."""


@cache
def operations() -> tuple[Operation, ...]:
    """Every one, by group and path."""
    return tuple(_read(_lines("operations.txt")))


@cache
def transient_words() -> Mapping[int, str]:
    """The documented text of each code that only planned faults produce."""
    rows = (line.split(": ", 1) for line in _lines("transient.txt"))
    return {int(code): text for code, text in rows}


def match(method: str, path: str) -> Operation | None:
    """The operation that is called; of several, the one with the most literal segments."""
    found = [each for each in _at(path) if each.method == method]
    return min(found, key=lambda each: each.path.count("{"), default=None)


def methods_at(path: str) -> list[str]:
    """The methods of the operations that have it, sorted; none: no operation has. A path that
    stands in the table as it is has the methods that stand there, and not those of a template that
    it would fit as well."""
    found = _at(path)
    fewest = min((each.path.count("{") for each in found), default=0)
    return sorted({each.method for each in found if each.path.count("{") == fewest})


def is_path_of_another_version(path: str) -> bool:
    """Whether some version of some operation has it."""
    return any(pattern.fullmatch(path) for pattern in _unversioned(_first(path)))


def shape_of(path: str) -> str:
    """The template without the names of its parameters: what two spellings of it share."""
    return _NAMED.sub("{}", path)


def pattern_of(path: str, *, any_version: bool = False) -> re.Pattern[str]:
    """What matches the paths that the template *path* stands for."""
    text = _PARAMETER.sub("[^/]+", re.escape(path))
    return re.compile(_VERSION.sub(lambda _: _NO_VERSION, text, count=1) if any_version else text)


def _at(path: str) -> list[Operation]:
    return [each for pattern, each in _by_group(_first(path)) if pattern.fullmatch(path)]


@cache
def _by_first() -> Mapping[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for each in operations():
        found.setdefault(_first(each.path), []).append(each)
    return found


_Matchers = list[tuple[re.Pattern[str], Operation]]
_compiled: Final[dict[str, _Matchers]] = {}
_any_version: Final[dict[str, list[re.Pattern[str]]]] = {}


def _by_group(first: str) -> _Matchers:
    """The operations below that first segment; what no operation has is not remembered."""
    if first not in _by_first():
        return []
    if first not in _compiled:
        _compiled[first] = [(pattern_of(each.path), each) for each in _by_first()[first]]
    return _compiled[first]


def _unversioned(first: str) -> list[re.Pattern[str]]:
    if first not in _by_first():
        return []
    if first not in _any_version:
        paths = [each.path for each in _by_first()[first]]
        _any_version[first] = [pattern_of(path, any_version=True) for path in paths]
    return _any_version[first]


def _first(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _read(lines: list[str]) -> Iterator[Operation]:
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line.strip("[]")
            continue
        method, path, name, cipher, scopes, codes = line.split(" ")
        yield Operation(
            group,
            method,
            path,
            name,
            cipher,
            () if scopes == _ABSENT else tuple(scopes.split(",")),
            () if codes == _ABSENT else tuple(int(code) for code in codes.split(",")),
        )
