"""docs/sellers.md says what the code has."""

from dataclasses import fields
from pathlib import Path

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.sellers.behaviours import BEHAVIOURS, Behaviour

PAGE = (Path(__file__).parents[2] / "docs" / "sellers.md").read_text(encoding="utf-8")
USUAL = {field.name: field.default for field in fields(Behaviour)}
PLAIN = ("name", "packs_after", "marks_after")


def said(seconds):
    for unit, name in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if seconds % unit == 0 and seconds >= unit and not (unit == DAY and seconds < 3 * DAY):
            return f"{seconds // unit} {name}"
    raise AssertionError(seconds)


def span(delay):
    return f"{said(delay[0])} to {said(delay[1])}" if delay else "never"


def others(behaviour):
    """What it has beside the two spans, where that is not the usual."""
    for field in fields(behaviour):
        value = getattr(behaviour, field.name)
        if field.name not in PLAIN and value != USUAL[field.name]:
            shown = f"{value:g}" if isinstance(value, float) else span(value)
            yield f"`{field.name}` {shown}"


def row(behaviour):
    cells = [
        f"`{behaviour.name}`",
        span(behaviour.packs_after),
        span(behaviour.marks_after),
        ", ".join(others(behaviour)),
    ]
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=lambda each: each.name)
def test_every_behaviour_has_its_row(behaviour):
    assert row(behaviour).replace("|  |", "| |") in PAGE


def test_no_other_behaviour_has_one():
    named = [
        line.split("`")[1] for line in PAGE.splitlines() if line.count("|") == 5 and "`" in line
    ]
    assert named == list(BEHAVIOURS)


@pytest.mark.parametrize("name", [name for name in USUAL if name not in PLAIN])
def test_every_share_is_explained(name):
    assert f"| `{name}` |" in PAGE


@pytest.mark.parametrize("name", ["complains_after", "answers_after"])
def test_the_usual_delays_are_told(name):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    assert span(USUAL[name]) in line
