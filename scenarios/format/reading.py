"""A scenario file: read, checked, and refused with the file, line and key of everything wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from scenarios.format.model import Scenario

SUFFIX: Final = ".scenario.yaml"
_MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what was found, and what is allowed."""

    file: str
    line: int
    key: str
    words: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.words}" if self.key else f"{place}: {self.words}"


class NoScenario(Exception):
    """The file is no scenario; its text has a line for each fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def read(path: Path, *, shown_as: str = "") -> Scenario:
    """The scenario in that file; NoScenario says everything that is wrong with it."""
    name = shown_as or str(path)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise NoScenario([Fault(name, 1, "", f"cannot be read: {problem.strerror}")]) from None
    if len(content) > _MOST_BYTES:
        raise NoScenario([Fault(name, 1, "", f"is longer than {_MOST_BYTES} bytes")])
    return read_text(content, name)


def read_text(content: bytes, name: str) -> Scenario:
    """The scenario that *content* describes; *name* is what faults call it."""
    try:
        root = yaml.compose(content.decode(), Loader=yaml.CSafeLoader)
        plain = yaml.load(content.decode(), Loader=_Plain)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise NoScenario([_unreadable(name, problem)]) from None
    if root is None or not isinstance(plain, dict):
        raise NoScenario([Fault(name, 1, "", "is no scenario: it has no keys (title, orders, …)")])
    try:
        scenario = Scenario.model_validate(plain)
    except ValidationError as wrong:
        faults = _faults(name, root, wrong)
        raise NoScenario(faults) from None
    except RecursionError:
        raise NoScenario([Fault(name, 1, "", "is nested too deeply")]) from None
    return scenario.named(name)


class _Plain(yaml.SafeLoader):
    """YAML as people expect it: times of day and dates stay text, no key comes twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} comes twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# YAML 1.1 reads 12:30 as a number of base sixty, no as false and dates as objects; here, as in
# YAML 1.2, they are text.
_Plain.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("merge", r"<<", "<"),
):
    _Plain.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})$"), [*_first.replace("\0", ""), ""]
    )


def _unreadable(name: str, problem: Exception) -> Fault:
    mark = getattr(problem, "problem_mark", None)
    words = getattr(problem, "problem", None) or str(problem)
    return Fault(name, mark.line + 1 if mark else 1, "", f"is no YAML: {words}")


def _faults(name: str, root: yaml.Node, wrong: ValidationError) -> list[Fault]:
    found: dict[tuple[int, str, str], Fault] = {}
    for error in wrong.errors(include_url=False):
        keys = [*_keys(error["loc"], root)]
        node, reached = _descend(root, keys)
        key = _dotted(keys if error["type"] == "extra_forbidden" else keys[: reached + 1] or keys)
        line = node.start_mark.line + 1
        fault = Fault(name, line, key, _words(error))
        found.setdefault((line, key, fault.words), fault)
    return sorted(found.values(), key=lambda each: each.line)


def _keys(loc: Sequence[str | int], root: yaml.Node) -> Iterator[str | int]:
    """The path as the file has it: pydantic also names the members of unions it tried."""
    node: yaml.Node | None = root
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            yield part
            node = node.value[part] if part < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            child = _child(node, str(part))
            if child is not None:
                yield part
                node = child
            elif part == loc[-1] and not _is_union_member(str(part)):
                yield part


@cache
def _is_union_member(part: str) -> bool:
    return not part.isidentifier() or part[:1].isupper() or part in _FORMS


_FORMS: Final = frozenset({"str", "int", "list", "dict", "steady", "curve", "burst", "replay"})


def _descend(node: yaml.Node, keys: Sequence[str | int]) -> tuple[yaml.Node, int]:
    """The deepest node on that path, and how many keys lead to it."""
    for nth, key in enumerate(keys):
        child = None
        if isinstance(node, yaml.MappingNode):
            child = _key_node(node, str(key)) if nth == len(keys) - 1 else _child(node, str(key))
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            child = node.value[key]
        if child is None:
            return node, nth
        node = child
    return node, len(keys)


def _child(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _key_node(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((name for name, _ in node.value if name.value == key), None)


def _dotted(keys: Sequence[str | int]) -> str:
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def _words(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "is no key of this part; see docs/scenarios.md, or seatrial scenario schema"
    if error["type"] == "missing":
        return "is missing"
    said = str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    if isinstance(given, str | int | float | bool) and repr(given) not in said:
        said = f"{said}; found {given!r}"
    return said
