"""What is wrong with a scenario, in words: what was found, and what is allowed there."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from scenarios.format.model import Scenario

_CHOICES: Final = ("enum", "literal_error")
_NO_KIND: Final = ("union_tag_invalid", "union_tag_not_found")
_WORDS: Final = {
    "missing": "is missing",
    "string_type": "is no text",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "is no name: small letters, digits, - and _, a letter first",
    "tuple_type": "is no list",
    "list_type": "is no list",
    "dict_type": "has no keys: write key: value",
    "model_type": "has no keys: write key: value",
    "model_attributes_type": "has no keys: write key: value",
    "int_type": "is no whole number",
    "int_parsing": "is no whole number",
    "int_from_float": "is no whole number",
    "float_type": "is no number",
    "float_parsing": "is no number",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "greater_than_equal": "is less than {ge}",
    "greater_than": "has to be more than {gt}",
    "less_than_equal": "is more than {le}",
    "less_than": "has to be less than {lt}",
    "too_short": "has fewer than {min_length}",
    "too_long": "has more than {max_length}",
}
"""By pydantic's name of what is wrong."""
_LONGEST: Final = 100
Schema = dict[str, Any]


def words(errors: Sequence[Any]) -> Iterator[str]:
    """What pydantic found wrong at one place. Of alternatives it names one error each; a reader
    wants to know what would do."""
    choices = [error for error in errors if error["type"] in _CHOICES]
    if choices:
        allowed = list(dict.fromkeys(word for error in choices for word in _choices(error)))
        given = choices[0]["input"]
        yield f"{_found(given)} is not allowed{_meant(given, allowed)}: give {', '.join(allowed)}"
        errors = [error for error in errors if error["type"] == "value_error"]
    for error in errors:
        yield _one(error)


def _one(error: Any) -> str:
    kind, given = error["type"], error.get("input")
    if kind == "extra_forbidden":
        key, allowed = str(error["loc"][-1]), keys_at(error["loc"][:-1])
        return f"is no key of this part{_meant(key, allowed)}: its keys are {', '.join(allowed)}"
    if kind in _NO_KIND:
        allowed = _kinds_at(error["loc"])
        return f"says no kind that there is: give kind, one of {', '.join(allowed)}"
    known = _WORDS.get(kind, "")
    said = known.format_map(error.get("ctx", {})) or str(error["msg"]).removeprefix("Value error, ")
    told = isinstance(given, str) and repr(given) in said
    if told or kind == "missing" or isinstance(given, dict | list | tuple):
        return said
    return f"{said}; found {_found(given)}"


def _found(given: object) -> str:
    text = "nothing" if given is None else repr(given)
    text = text.lower() if isinstance(given, bool) else text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _choices(error: Any) -> list[str]:
    said = str(error["ctx"]["expected"]).replace(" or ", ", ")
    return [word.strip("'") for word in said.split(", ")]


def _meant(given: object, allowed: Iterable[str]) -> str:
    """A word that is nearly the same; people mix up upper and lower case most of all."""
    nearly = {word.casefold(): word for word in allowed}
    close = get_close_matches(str(given).casefold(), nearly, n=1, cutoff=0.7)
    return f" (do you mean {nearly[close[0]]}?)" if close else ""


# Which keys a part has is told by the schema that editors use as well.


def keys_at(loc: Sequence[str | int]) -> list[str]:
    """The keys of the part at that place, as pydantic names places."""
    return [key for each in _alternatives(_part_at(loc)) for key in each.get("properties", ())]


def _kinds_at(loc: Sequence[str | int]) -> list[str]:
    return [*_part_at(loc).get("discriminator", {}).get("mapping", ())]


def _part_at(loc: Sequence[str | int]) -> Schema:
    part = _schema()
    for name in loc:
        part = _within(part, name)
    return _resolved(part)


def _within(part: Schema, name: str | int) -> Schema:
    part = _resolved(part)
    for each in _alternatives(part):
        if isinstance(name, int) and "items" in each:
            return dict(each["items"])
        if name in each.get("properties", ()):
            return dict(each["properties"][name])
        if isinstance(each.get("additionalProperties"), dict):
            return dict(each["additionalProperties"])
    # Not a key of the file, but the name of an alternative that was tried.
    mapping = part.get("discriminator", {}).get("mapping", {})
    if name in mapping:
        return _resolved({"$ref": mapping[name]})
    return next((each for each in _alternatives(part) if each.get("title") == name), part)


def _alternatives(part: Schema) -> list[Schema]:
    tried = [_resolved(each) for each in (*part.get("anyOf", ()), *part.get("oneOf", ()))]
    return [part, *(more for each in tried for more in _alternatives(each))]


def _resolved(part: Schema) -> Schema:
    while "$ref" in part:
        part = _schema()["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part


@cache
def _schema() -> Schema:
    return Scenario.model_json_schema()
