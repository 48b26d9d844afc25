"""Every rule has code that names it, a test and a story that show it, and a default; docs/rules.md
says which."""

import re
from pathlib import Path

import pytest

from scenarios.format.reading import read
from scenarios.format.rules import RULES
from scenarios.running.suite import LIBRARY, collect

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
ROWS = {
    cells[0]: cells
    for line in PAGE.splitlines()
    if re.match(r"\| [A-Z]\d \|", line)
    for cells in [[cell.strip() for cell in line.strip("|").split(" | ")]]
}
QUOTED = re.compile(r"`([^`]+)`")


@pytest.fixture(params=sorted(RULES))
def rule(request):
    return request.param


@pytest.fixture
def row(rule):
    return ROWS[rule]


def test_the_table_has_every_rule_once_and_no_other():
    listed = re.findall(r"^\| ([A-Z]\d) \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(RULES)


def test_a_rule_has_code_that_names_it(rule, row):
    modules = QUOTED.findall(row[3])
    assert modules
    for module in modules:
        assert re.search(rf"\b{rule}\b|{_range_with(rule)}", (ROOT / module).read_text()), module


def test_a_rule_has_a_test_that_is_there(row):
    path, name = QUOTED.findall(row[4])[0].split("::")
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_a_rule_has_a_story_that_covers_it(rule, row):
    story = read(LIBRARY / f"{QUOTED.findall(row[4])[1]}.scenario.yaml")
    assert rule in story.covers


def test_a_rule_has_a_default(row):
    assert row[2]


def test_the_library_is_large_enough_and_covers_every_rule():
    stories = collect([LIBRARY])
    assert len(stories) >= 40
    assert {rule for story in stories for rule in story.covers} == RULES


def _range_with(rule):
    """``P1-P5`` names what lies between as well."""
    letter, number = rule[0], int(rule[1])
    return "|".join(
        rf"\b{letter}{low}-{letter}{high}\b"
        for low in range(1, number + 1)
        for high in range(number, 10)
    )
