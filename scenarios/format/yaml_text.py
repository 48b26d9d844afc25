"""YAML as people mean it: text stays text (``no``, ``12:30``, ``2030-01-07``), no key comes twice.

Only what a scenario is made of is read: mappings, lists, text, numbers, true and false. Whatever
else is in the bytes is NotYaml, with its line; nothing that anybody can write breaks the reader.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

_DEEPEST: Final = 40
_MOST_NODES: Final = 50_000
_TAG: Final = "tag:yaml.org,2002:"
_MERGE: Final = f"{_TAG}merge"
_STRUCTURE: Final[dict[type[yaml.Node], str]] = {
    yaml.MappingNode: f"{_TAG}map",
    yaml.SequenceNode: f"{_TAG}seq",
}
_MOST_DIGITS: Final = 30


class NotYaml(Exception):
    """The text cannot be read as YAML."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(line, words)
        self.line = line
        self.words = words


class _Loader(yaml.CSafeLoader):
    """The C parser, with the scalars of YAML 1.2's core schema."""


def _integer(text: str) -> int:
    # YAML 1.1 reads a leading zero as base eight; people do not.
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"has more than {_MOST_DIGITS} digits")
    return int(text)


# In YAML 1.1 12:30 is a number of base sixty, no is false, and dates are objects; here, as in
# YAML 1.2, they are text.
_SCALARS: Final[dict[str, tuple[str, str, Callable[[str], Any]]]] = {
    "bool": ("true|True|TRUE|false|False|FALSE", "tTfF", lambda text: text.lower() == "true"),
    "null": ("~|null|Null|NULL|", "~nN", lambda _: None),
    "int": (r"[-+]?[0-9]+", "-+0123456789", _integer),
    "float": (r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", "-+.0123456789", float),
}
_Loader.yaml_implicit_resolvers = {}
for _name, (_form, _first, _) in _SCALARS.items():
    _Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(rf"(?:{_form})$"), [*_first, ""])
_Loader.add_implicit_resolver(_MERGE, re.compile("<<$"), ["<"])


def _scalar(loader: _Loader, node: yaml.ScalarNode) -> Any:
    form, _, read = _SCALARS[node.tag.removeprefix(_TAG)]
    text = loader.construct_scalar(node)
    try:
        if re.fullmatch(form, text):
            return read(text)
        wrong = f"{text!r} is no {node.tag.removeprefix(_TAG)}"
    except ValueError as problem:
        wrong = f"the number {problem}"
    raise yaml.constructor.ConstructorError(None, None, wrong, node.start_mark)


for _name in _SCALARS:
    _Loader.add_constructor(f"{_TAG}{_name}", _scalar)


def read_yaml(content: bytes) -> tuple[yaml.Node | None, Any]:
    """The text as nodes, which know their lines, and as plain data; NotYaml if it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise NotYaml(line, f"is no UTF-8 text: byte {problem.start} is {problem.reason}") from None
    try:
        _require_shallow(text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is not None:
            _Walk().measure(root)
        return root, None if root is None else loader.construct_document(root)
    except yaml.YAMLError as problem:
        raise _explained(problem, text) from None


def _require_shallow(text: str) -> None:
    """Before nodes are made of it: the parser makes them by recursion, in C, and all of them."""
    depth = 0
    for nth, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise NotYaml(line, f"is nested more than {_DEEPEST} deep")
        if nth > 2 * _MOST_NODES:  # what holds others begins and ends
            raise NotYaml(1, f"has more than {_MOST_NODES} values")


@dataclass(slots=True)
class _Walk:
    """Over every node, aliases unfolded: what is small as text may be huge as data."""

    measured: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By node: how many nodes it unfolds to, and how deep it goes."""
    inside: set[int] = field(default_factory=set)

    def measure(self, node: yaml.Node, depth: int = 1) -> tuple[int, int]:
        """Size and height of that part; NotYaml if it is too large, or not simple enough."""
        if id(node) in self.inside:
            raise _not_yaml(node, "a part of the file contains itself")
        if id(node) not in self.measured:
            _require_simple(node)
            self.inside.add(id(node))
            parts = [self.measure(each, depth + 1) for each in _parts(node)]
            self.inside.remove(id(node))
            size = 1 + sum(size for size, _ in parts)
            self.measured[id(node)] = size, 1 + max((height for _, height in parts), default=0)
        size, height = self.measured[id(node)]
        if size > _MOST_NODES:
            raise _not_yaml(node, f"unfolds to more than {_MOST_NODES} values")
        if depth + height > _DEEPEST:
            raise _not_yaml(node, f"is nested more than {_DEEPEST} deep")
        return size, height


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _not_yaml(node: yaml.Node, words: str) -> NotYaml:
    return NotYaml(node.start_mark.line + 1, words)


def _require_simple(node: yaml.Node) -> None:
    tag = _STRUCTURE.get(type(node))
    known = {tag} if tag else {f"{_TAG}{name}" for name in (*_SCALARS, "str", "merge")}
    if node.tag not in known:
        raise _not_yaml(node, f"the tag {node.tag} means nothing here")
    if isinstance(node, yaml.MappingNode):
        _require_plain_keys(node)


def _require_plain_keys(node: yaml.MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _not_yaml(key, "a key is a word, not a list or a mapping")
        if key.value in seen:
            raise _not_yaml(key, f"the key {key.value!r} comes twice")
        seen.add(key.value)
        if key.tag != _MERGE:
            key.tag = f"{_TAG}str"  # 1 and true are words, where they are keys


def _explained(problem: yaml.YAMLError, text: str) -> NotYaml:
    mark = getattr(problem, "problem_mark", None)
    words = getattr(problem, "problem", None) or getattr(problem, "reason", None) or str(problem)
    line = mark.line + 1 if mark else 1
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        words = "a line is indented by a tab: YAML wants spaces"
    elif words == "mapping values are not allowed in this context":
        words = "there is a colon where none may be: put text that has ': ' in it into quotes"
    return NotYaml(line, words)
