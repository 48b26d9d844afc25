"""A scenario with one thing set otherwise, found by its path: ``orders.first.count``.

What comes of it is read and checked as a file is, and a path that leads nowhere is refused with
what there is: a typing error never passes for a variant.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from mock_api.kernel.times import seconds
from scenarios.format.model import Scenario
from scenarios.format.wording import words
from scenarios.sweeping.refusal import CannotSweep
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.settings import carriers_of_a_world
from simulator.errors import DomainError

CARRIER: Final = "carrier"
_PLACES: Final = frozenset(
    {"market", "seller", "stand_in", "runs_for", "world", "orders", "demand", "timeline"}
)
"""Of the scenario, what a path may begin with; titles and expectations stay as they are."""
_SAID_ELSEWHERE: Final = frozenset({"world.seed", "world.market"})
"""The sandbox's own, which the scenario's overrule."""
_UNITS: Final = ("d", "h", "m", "s")

M = TypeVar("M", bound=BaseModel)


def patched(scenario: Scenario, path: str, value: Any) -> Scenario:
    """That scenario with *value* at *path*; CannotSweep says what is wrong with either."""
    root, *rest = path.split(".")
    if root == CARRIER:
        root, rest, value = "world", ["carriers", *rest], _in_seconds(value)
    elif root not in _PLACES:
        raise CannotSweep(f"{root!r} can not be varied: can be {_listed([CARRIER, *_PLACES])}")
    changed = _in_model(scenario, [root, *rest], value, "")
    try:
        carriers_of_a_world(CARRIERS, changed.world.carriers)
    except DomainError as unknown:
        raise CannotSweep(str(unknown)) from None
    return changed.named(scenario.file)


def _in_model(model: M, path: Sequence[str], value: Any, above: str) -> M:
    key, *rest = path
    known = {field.alias or name: name for name, field in type(model).model_fields.items()}
    open_ = [each for each in known if f"{above}{each}" not in _SAID_ELSEWHERE]
    if key not in open_:
        raise CannotSweep(f"{above.rstrip('.')} has no {key!r}: has {_listed(open_)}")
    kept = {
        alias: _as_read(getattr(model, name))
        for alias, name in known.items()
        if name in model.model_fields_set
    }
    kept[key] = _in_value(getattr(model, known[key]), rest, value, f"{above}{key}")
    try:
        return type(model).model_validate(kept)
    except ValidationError as wrong:
        raise CannotSweep(_words(wrong, f"{above}{key}")) from None


def _in_value(before: Any, path: Sequence[str], value: Any, where: str) -> Any:
    if not path:
        return value
    key, *rest = path
    match before:
        case BaseModel():
            return _in_model(before, path, value, f"{where}.")
        case list() | tuple():
            nth = _place(before, key, where)
            changed = _in_value(before[nth], rest, value, f"{where}.{key}")
            return [*before[:nth], changed, *before[nth + 1 :]]
        case Mapping() | None:
            inner = before or {}
            return {**inner, key: _in_value(inner.get(key), rest, value, f"{where}.{key}")}
        case _:
            raise CannotSweep(f"{where} is a value, with no {key!r} in it")


def _place(parts: Sequence[Any], key: str, where: str) -> int:
    """Which of them has that name, or that number."""
    names = [getattr(part, "name", "") for part in parts]
    if key in names and key:
        return names.index(key)
    if key.isdecimal() and int(key) < len(parts):
        return int(key)
    there = [name or str(nth) for nth, name in enumerate(names)]
    raise CannotSweep(f"{where} has no {key!r}: has {', '.join(there) or 'nothing'}")


def _as_read(value: Any) -> Any:
    """As a file gives it: it knows lists, not tuples."""
    return [*value] if isinstance(value, tuple) else value


def _in_seconds(value: Any) -> Any:
    """Carriers' settings are whole seconds; people write ``24h``."""
    match value:
        case str() if value[:1].isdigit() and value.endswith(_UNITS):
            try:
                return seconds(value)
            except ValueError:
                return value
        case list():
            return [_in_seconds(each) for each in value]
        case dict():
            return {key: _in_seconds(each) for key, each in value.items()}
        case _:
            return value


def _words(wrong: ValidationError, where: str) -> str:
    """The first fault, in the words of a scenario's reading; further ones follow from it."""
    return f"{where}: {next(words(wrong.errors(include_url=False)[:1]))}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(sorted(words))
