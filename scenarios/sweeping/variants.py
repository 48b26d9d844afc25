"""What a sweep varies: ``carrier.jt.pickup_delay=0h,24h,48h``, a scenario for each of the values.

Several such wishes make every combination. The first variant is the one that others are held
against.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Final

import yaml

from scenarios.format.model import Scenario
from scenarios.running.run import replay_command
from scenarios.sweeping.patching import patched
from scenarios.sweeping.refusal import CannotSweep

AS_WRITTEN: Final = "as written"
"""What the one variant of a sweep is called that varies nothing."""
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Setting:
    """One place of the scenario with one value, both as they were written."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}={self.text}"


@dataclass(frozen=True, slots=True)
class Variant:
    """The scenario with some things set otherwise."""

    scenario: Scenario
    settings: tuple[Setting, ...] = ()

    @property
    def label(self) -> str:
        return " ".join(map(str, self.settings)) or AS_WRITTEN

    @property
    def values(self) -> str:
        """The label without the paths, which are the same for all variants of a sweep."""
        return " ".join(setting.text for setting in self.settings) or AS_WRITTEN

    def replay(self, seed: int) -> str:
        """The command that plays exactly that run again."""
        return replay_command(self.scenario.file, seed, map(str, self.settings))


def variants_of(scenario: Scenario, wishes: Sequence[str]) -> list[Variant]:
    """Every combination of the values wished for; CannotSweep names the wish that does not do."""
    axes = [_axis(wish) for wish in wishes]
    paths = [axis[0].path for axis in axes]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        raise CannotSweep(f"--vary {twice[0]}: is varied twice; give all its values at once")
    count = prod(map(len, axes))
    if count > _MOST:
        raise CannotSweep(f"--vary: makes {count} variants; {_MOST} are the most")
    return [_variant(scenario, settings) for settings in product(*axes)]


def only_variant(scenario: Scenario, wishes: Sequence[str]) -> Variant:
    """With one value for each path."""
    variants = variants_of(scenario, wishes)
    if len(variants) > 1:
        raise CannotSweep(f"--vary: {len(variants)} variants; one run is of one")
    return variants[0]


def _variant(scenario: Scenario, settings: tuple[Setting, ...]) -> Variant:
    for setting in settings:
        try:
            scenario = patched(scenario, setting.path, _value(setting.text))
        except CannotSweep as wrong:
            raise CannotSweep(f"--vary {setting}: {wrong}") from None
    return Variant(scenario, settings)


def _axis(wish: str) -> list[Setting]:
    path, sign, texts = wish.partition("=")
    values = [text.strip() for text in _split(texts)]
    if not (path and sign and all(values)):
        raise CannotSweep(
            f"--vary {wish}: write PATH=VALUE,VALUE…, as carrier.jt.pickup_delay=0h,24h"
        )
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise CannotSweep(f"--vary {wish}: the value {twice[0]} is given twice")
    return [Setting(path.strip(), value) for value in values]


def _split(texts: str) -> Iterator[str]:
    """At the commas, but for those within brackets: ``[10,14],[18]`` is two lists."""
    depth = start = 0
    for nth, letter in enumerate(texts):
        depth += (letter in "[{") - (letter in "]}")
        if letter == "," and depth == 0:
            yield texts[start:nth]
            start = nth + 1
    yield texts[start:]


def _value(text: str) -> Any:
    try:
        return _read(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - knows nothing but texts
    except yaml.YAMLError:
        raise CannotSweep(f"{text!r} is no value") from None


def _read(value: Any) -> Any:
    """Numbers, true, false and null are such; every other word is itself."""
    match value:
        case list():
            return [_read(each) for each in value]
        case dict():
            return {key: _read(each) for key, each in value.items()}
        case _:
            try:
                return json.loads(value, parse_constant=str)
            except ValueError:
                return value
