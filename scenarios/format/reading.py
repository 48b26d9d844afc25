"""A scenario file: read, checked, and refused with the file, line and key of everything wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from scenarios.format.model import Scenario
from scenarios.format.strict import Misplaced
from scenarios.format.wording import keys_at, words
from scenarios.format.yaml_text import NotYaml, read_yaml

SUFFIX: Final = ".scenario.yaml"
_MOST_BYTES: Final = 1024 * 1024
_MOST_FAULTS: Final = 100
"""So many are told: to find the lines of all would take minutes, if everything is wrong."""


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
        root, plain = read_yaml(content)
    except NotYaml as problem:
        fault = Fault(name, problem.line, "", f"cannot be read as YAML: {problem.words}")
        raise NoScenario([fault]) from None
    if root is None or not isinstance(plain, dict):
        raise NoScenario([Fault(name, 1, "", "is no scenario: it has no keys (title, orders, …)")])
    try:
        scenario = Scenario.model_validate(plain)
    except ValidationError as wrong:
        raise NoScenario(_faults(name, root, wrong)) from None
    return scenario.named(name)


def _faults(name: str, root: yaml.Node, wrong: ValidationError) -> list[Fault]:
    at_one_place: dict[tuple[int, str], list[Any]] = {}
    faults: list[Fault] = []
    for error in wrong.errors(include_url=False)[:_MOST_FAULTS]:
        elsewhere = error.get("ctx", {}).get("error")
        if isinstance(elsewhere, Misplaced):
            faults += (
                Fault(name, *_line_and_key(root, place), said)
                for place, said in elsewhere.wrong[:_MOST_FAULTS]
            )
        else:
            place = _line_and_key(root, [*_keys(error["loc"], root)], error["type"])
            at_one_place.setdefault(place, []).append(error)
    for (line, key), errors in at_one_place.items():
        faults += (Fault(name, line, key, said) for said in words(errors))
    return sorted(dict.fromkeys(faults), key=lambda each: each.line)


def _line_and_key(root: yaml.Node, keys: Sequence[str | int], kind: str = "") -> tuple[int, str]:
    """Where that place is; what the file does not have is named where it is missing."""
    node, reached = _descend(root, keys)
    shown = keys if kind == "extra_forbidden" else keys[: reached + 1] or keys
    return node.start_mark.line + 1, _dotted(shown)


def _keys(loc: Sequence[str | int], root: yaml.Node) -> Iterator[str | int]:
    """The path as the file has it: pydantic also names the members of unions it tried."""
    node: yaml.Node | None = root
    for nth, part in enumerate(loc):
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            yield part
            node = _nth(node, part)
        elif isinstance(node, yaml.MappingNode):
            child = _child(node, str(part))
            if child is not None:
                yield part
                node = child
            elif nth == len(loc) - 1 and part in keys_at(loc[:nth]):
                yield part


def _descend(node: yaml.Node, keys: Sequence[str | int]) -> tuple[yaml.Node, int]:
    """The deepest node on that path, and how many keys lead to it."""
    for nth, key in enumerate(keys):
        child = None
        if isinstance(node, yaml.MappingNode):
            child = _key_node(node, str(key)) if nth == len(keys) - 1 else _child(node, str(key))
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            child = _nth(node, key)
        if child is None:
            return node, nth
        node = child
    return node, len(keys)


def _nth(node: yaml.SequenceNode, nth: int) -> yaml.Node | None:
    """What pydantic misses there is not there."""
    return node.value[nth] if nth < len(node.value) else None


def _child(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _key_node(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((name for name, _ in node.value if name.value == key), None)


def _dotted(keys: Sequence[str | int]) -> str:
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text
