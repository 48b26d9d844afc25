"""The pages are under test: every block is played and passes, every word of the format is there."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from mock_api.control.buyers import BuyerAction
from mock_api.control.sellers import ACTIONS
from mock_api.kernel.faults import What
from scenarios.expectations import breaches, complaints, integration, orders, statistics, webhooks
from scenarios.expectations.expected import Expected
from scenarios.expectations.integration import Habit
from scenarios.expectations.invariants import Invariant
from scenarios.format.model import PlannedOrders, Scenario
from scenarios.format.reading import read_text
from scenarios.format.steps import _KINDS
from scenarios.running.junit import told
from scenarios.running.run import run_in_process

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "scenarios.md").read_text(encoding="utf-8")
FAULTS = (DOCS / "faults.md").read_text(encoding="utf-8")
USUAL = {"title": "A part", "orders": [{"name": "first"}], "expect": {}}
"""What a block leaves out that shows a part only."""


def blocks():
    for page, text in (("scenarios", PAGE), ("faults", FAULTS)):
        for nth, block in enumerate(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)):
            yield pytest.param(block, id=f"{page}-{nth}")


def whole(block):
    """The block as it stands if it is a scenario; else with what it leaves out."""
    if "title:" in block:
        return block.encode()
    keys = {key for key in USUAL if not re.search(rf"^{key}:", block, re.MULTILINE)}
    return (yaml.safe_dump({key: USUAL[key] for key in keys}) + block).encode()


@pytest.mark.parametrize("block", [*blocks()])
def test_a_block_is_a_scenario_that_passes(block):
    scenario = read_text(whole(block), "page.scenario.yaml")
    if "# read-only" not in block:
        result = run_in_process(scenario)
        assert result.passed, told(result)


def test_most_blocks_are_played():
    assert sum("# read-only" not in block.values[0] for block in blocks()) > 12


@pytest.mark.parametrize("key", [*Scenario.model_fields])
def test_every_key_of_a_scenario_is_told(key):
    assert f"| `{key}` |" in PAGE


@pytest.mark.parametrize("key", [*Expected.model_fields])
def test_every_expectation_has_a_chapter_and_an_example(key):
    chapter = PAGE.split("\n## expect", 1)[1].split(f"\n### {key}\n", 1)[1].split("\n#", 1)[0]
    (block,) = re.findall(r"```yaml\n(.*?)```", chapter, re.DOTALL)
    assert re.search(rf"^  {key}:", block, re.MULTILINE)
    field = Expected.model_fields[key].annotation
    for part in re.findall(r"\w+Expected", str(field)):
        (kind,) = [each for each in each_kind() if each.__name__ == part]
        missing = {name for name in kind.model_fields if f"`{name}`" not in PAGE}
        assert not missing, (part, missing)


def each_kind():
    for module in (breaches, complaints, integration, orders, statistics, webhooks):
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__name__.endswith("Expected"):
                yield kind


@pytest.mark.parametrize(
    "word",
    [
        *get_args(Habit),
        *get_args(Invariant),
        *get_args(BuyerAction),
        *ACTIONS,
        *_KINDS,
        *(name for name in PlannedOrders.model_fields if name != "behaviour"),
        *("sandbox", "seatrial_server", "seatrial_scenarios", "--jobs", "--seed-range"),
        *("--junit", "--html", "--target", "--quiet-ms", "--port"),
    ],
)
def test_every_word_of_the_format_is_told(word):
    assert re.search(rf"[`/]{word}\b", PAGE) or f"{word} " in PAGE


@pytest.mark.parametrize("what", [*What])
def test_every_fault_is_told(what):
    assert f"| `{what}` |" in FAULTS


def test_the_first_file_is_the_first_block(tmp_path):
    """What a newcomer copies has to work as it is."""
    first = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
    path = tmp_path / re.match(r"# (\S+)", first)[1]
    path.write_text(first, encoding="utf-8")
    assert run_in_process(read_text(path.read_bytes(), str(path))).passed
