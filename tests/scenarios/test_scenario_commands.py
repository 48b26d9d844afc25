"""``seatrial scenario``: run, list, new, replay and schema, and what their exit codes say."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from scenarios.cli import app
from scenarios.format.reading import read

ROOT = Path(__file__).parents[2]
SEATRIAL = Path(sys.executable).with_name("seatrial")

PASSES = """\
title: "Nobody ships :b:"
seller: absent
orders: [{name: first, count: 2}]
runs_for: 4d
expect:
  breaches: [{rule: D1, count: 2}]
"""
FAILS = PASSES.replace("D1, count: 2", "D1, count: 3").replace(
    "Nobody ships :b:", "Three <b>&</b> two"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "a-passes.scenario.yaml").write_text(PASSES, encoding="utf-8")
    (tmp_path / "b-fails.scenario.yaml").write_text(FAILS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seatrial(*words):
    env = {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    return CliRunner(env=env).invoke(app, ["scenario", *map(str, words)])


def process(*words):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}
    command = [SEATRIAL, "scenario", *words]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


@pytest.mark.slow  # programs start
def test_nought_says_that_all_passed_and_one_that_something_failed(folder):
    passed = process("run", "a-passes.scenario.yaml")
    assert (passed.returncode, passed.stderr) == (0, "")
    assert passed.stdout.startswith("passed  a-passes.scenario.yaml seed ")
    assert passed.stdout.endswith("1 of 1 passed\n")

    failed = process("run", ".", "--seed-range", "4:6", "--junit", "out/junit.xml")
    assert (failed.returncode, failed.stderr) == (1, "")
    assert "FAILED  b-fails.scenario.yaml seed 4" in failed.stdout
    assert failed.stdout.endswith("2 of 4 passed\n")
    cases = ET.parse(folder / "out" / "junit.xml").iter("testcase")  # noqa: S314 - our own
    assert [(case.get("classname")[0], case.find("failure") is None) for case in cases] == [
        ("a", True),
        ("a", True),
        ("b", False),
        ("b", False),
    ]


@pytest.mark.slow  # programs start
def test_two_says_that_nothing_could_be_run(folder):
    (folder / "b-fails.scenario.yaml").write_text("title: t\nexpect: {}\n", encoding="utf-8")
    told = process("run", ".")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "seatrial scenario: b-fails.scenario.yaml:1: has neither orders nor demand: nothing would "
        "happen\n"
    )


@pytest.mark.usefixtures("folder")
def test_a_failure_says_what_was_expected_what_came_and_how_to_see_it_again():
    told = seatrial("run", "b-fails.scenario.yaml", "--seed-range", "8:9")
    assert told.exit_code == 1
    lines = [line.strip() for line in told.output.split("\n")]
    assert lines[1:4] == [
        lines[1],
        "expected  exactly 3 of D1",
        "found     D1 by the seller for not_ready_to_ship, D1 by the seller for not_ready_to_ship",
    ]
    assert lines[1].startswith("expect.breaches[0] (order 5764")
    assert any(line.startswith("2030-01-10 00:00:00  RuleBreached") for line in lines)
    replay = next(line for line in lines if line.startswith("replay: "))
    assert replay == "replay: seatrial scenario replay b-fails.scenario.yaml --seed 8"


@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_a_run_that_fails_leaves_its_sandbox_as_a_file_and_says_how_to_open_it(folder, jobs):
    told = seatrial("run", ".", "--seed-range", "8:10", "--artefacts", "out", "--jobs", jobs)
    assert told.exit_code == 1
    saved = sorted(path.name for path in (folder / "out").iterdir())
    assert saved == ["b-fails-seed-8.seatrial", "b-fails-seed-9.seatrial"]
    for name in saved:
        assert f"open: seatrial replay out/{name} --serve" in told.output
        again = CliRunner().invoke(app, ["replay", str(folder / "out" / name)])
        assert again.exit_code == 0, again.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "gone.scenario.yaml"), "gone.scenario.yaml:1: cannot be read: No such file"),
        (("run", ".", "--seed-range", "9:4"), "--seed-range 9:4: write A:B, two whole numbers"),
        (("run", ".", "--seed-range", "a:b"), "--seed-range a:b: write A:B"),
        (("run", ".", "--target", "nowhere"), "--target nowhere: write a URL, such as http"),
        (("replay", "."), ".:1: has 2 scenarios: name one file"),
        (("replay", "a-passes.scenario.yaml", "--order", "x"), "no order is x, by its id or name"),
        (("list", "gone"), "gone:1: cannot be read"),
        (("new", "a-passes"), "a-passes.scenario.yaml exists already: nothing was written"),
        (("new", "c", "--title", ""), "--title '':2: title: is empty"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_run_is_said_in_one_line(words, said, free_tcp_port):
    told = seatrial(*words, *(("--port", free_tcp_port) if "--target" in words else ()))
    assert told.exit_code == 2
    assert said in told.output
    assert "Traceback" not in told.output


@pytest.mark.usefixtures("folder")
def test_a_world_that_cannot_be_made_is_two_as_well():
    Path("a-passes.scenario.yaml").write_text(
        PASSES + "world: {carriers: {jt: {wings: 2}}}\n", encoding="utf-8"
    )
    told = seatrial("run", "a-passes.scenario.yaml")
    assert told.exit_code == 2
    assert "could not be played: " in told.output


@pytest.mark.usefixtures("folder")
def test_list_shows_titles_and_rules():
    told = seatrial("list", ".")
    assert told.exit_code == 0
    assert "Nobody ships :b:" in told.output
    assert "Three <b>&</b> two" in told.output


def test_left_out_the_paths_are_the_library():
    assert "carrier-misses-pickup" in seatrial("list").output


@pytest.mark.usefixtures("folder")
def test_replay_prints_every_fact_or_those_of_one_order():
    whole = seatrial("replay", "a-passes.scenario.yaml", "--seed", "8")
    assert whole.exit_code == 0
    assert whole.output.count("OrderPlaced") == 2
    ids = {line.split(" ")[0] for line in whole.output.split("\n") if "OrderPlaced" in line}
    one = seatrial("replay", "a-passes.scenario.yaml", "--seed", "8", "--order", min(ids))
    assert one.output.count("OrderPlaced") == 1
    named = seatrial("replay", "a-passes.scenario.yaml", "--seed", "8", "--order", "first")
    assert named.output.count("OrderPlaced") == 2
    assert seatrial("replay", "b-fails.scenario.yaml").exit_code == 1


@pytest.mark.parametrize("title", ["A story", 'Said "no": {a} 🚚 é', "- [x] # y"])
def test_new_writes_a_scenario_that_can_be_run_with_its_schema_beside_it(folder, title):
    told = seatrial("new", folder / "deep" / "mine", "--title", title)
    assert told.exit_code == 0, told.output
    path = folder / "deep" / "mine.scenario.yaml"
    assert read(path).title == title
    assert json.loads((path.parent / "seatrial-scenario.schema.json").read_text("utf-8"))["$defs"]
    assert seatrial("run", path).exit_code == 0


@pytest.mark.parametrize("name", ["mine.yaml", "mine.yml", "mine.scenario.yaml"])
def test_new_gives_the_file_its_ending_once(folder, name):
    assert seatrial("new", folder / name).exit_code == 0
    assert (folder / "mine.scenario.yaml").exists()


def test_new_overwrites_nothing(folder):
    before = (folder / "a-passes.scenario.yaml").read_bytes()
    assert seatrial("new", folder / "a-passes.scenario.yaml").exit_code == 2
    assert (folder / "a-passes.scenario.yaml").read_bytes() == before
