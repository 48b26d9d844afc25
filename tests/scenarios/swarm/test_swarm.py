"""The swarm: a few seeds hold, what is broken is found, and the printed command repeats it."""

import json
import shlex
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from scenarios.cli import app
from scenarios.swarm import console
from scenarios.swarm.drawing.drawn import GROUPS, drawn
from scenarios.swarm.hands import TABLE
from scenarios.swarm.run import run_drawn, run_seed
from simulator import judgement, snapshot
from simulator.orders import deadlines

SMALL = (2, 8, 13, 14, 25)
"""Seeds with few orders and much of everything else."""


@pytest.mark.parametrize(
    "seed", [SMALL[0], *(pytest.param(seed, marks=pytest.mark.slow) for seed in SMALL[1:])]
)
def test_a_seed_holds_and_repeats_itself_although_it_is_saved_and_restored_meanwhile(seed):
    outcome = run_seed(seed)
    assert outcome.violations == []
    assert outcome.tally.orders
    assert outcome.tally.calls
    assert outcome.drawn == ""


def test_the_same_seed_draws_the_same_and_each_group_is_on_in_some_and_off_in_others():
    configs = [drawn(seed) for seed in range(100)]
    assert [each.text() for each in configs] == [drawn(seed).text() for seed in range(100)]
    assert {group for each in configs for group in each.groups} == set(GROUPS)
    assert not set.intersection(*(set(each.groups) for each in configs))
    assert {name for each in configs for _, name in each.hands} == set(TABLE)


def test_a_breach_that_is_never_recorded_is_found(monkeypatch):
    monkeypatch.setattr(deadlines, "judge", lambda *_: None)
    runs = (run_seed(seed, twice=False).violations for seed in SMALL)
    found = next(violations for violations in runs if violations)
    assert {each.check for each in found} == {"breaches"}


@pytest.mark.slow
def test_a_world_that_forgets_something_when_it_is_saved_does_not_repeat_itself(monkeypatch):
    save = snapshot.save

    def forgetful(here, config):
        return save(here, config) | {"holds": {}, "mishaps": 0.0, "vans": []}

    monkeypatch.setattr(snapshot, "save", forgetful)
    outcomes = [run_seed(seed) for seed in SMALL]
    assert {each.violations[0].check for each in outcomes if each.violations} >= {"repeats"}


def test_an_answer_that_nobody_planned_to_fail_is_found(monkeypatch):
    def broken(*_):
        raise AssertionError("planted")

    monkeypatch.setattr(judgement.Judgement, "judge", broken)
    outcome = run_seed(SMALL[1], twice=False)
    assert outcome.violations[0].check == "raises"
    assert "planted" in outcome.violations[0].told


def test_a_failure_tells_seed_commit_configuration_facts_and_the_command(monkeypatch):
    monkeypatch.setattr(deadlines, "judge", lambda *_: None)
    seed = next(each for each in SMALL if not run_seed(each, twice=False).passed)
    ran = CliRunner().invoke(app, ["swarm", "--seeds", f"{seed}:{seed + 1}", "--jobs", "1"])
    assert ran.exit_code == 1, ran.output
    lines = ran.output.splitlines()
    assert f"seed={seed} commit={console.commit_or_version()}" in lines
    (told,) = (line for line in lines if line.startswith("  drawn: "))
    assert json.loads(told.removeprefix("  drawn: "))["seed"] == seed
    assert any("RuleBreached" in line or "OrderPlaced" in line for line in lines)

    (told,) = (line for line in lines if line.startswith("  again: seatrial "))
    words = shlex.split(told.removeprefix("  again: seatrial ").partition("(")[0])
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 1
    kept = [line for line in lines if line.startswith("  breaches: ")]
    assert kept
    assert [line for line in again.output.splitlines() if line.startswith("  breaches: ")] == kept


def test_a_run_that_holds_sums_up_what_it_reached():
    ran = CliRunner().invoke(app, ["swarm", "--seeds", "14:15", "--jobs", "1", "--refusals"])
    assert ran.exit_code == 0, ran.output
    assert "seeds     1 run, 0 failed" in ran.output
    assert "kinds of facts were reached" in ran.output


def test_seeds_are_a_number_or_a_range_and_anything_else_is_refused():
    assert console.seeds_in("3") == range(3)
    assert console.seeds_in("4:7") == range(4, 7)
    ran = CliRunner().invoke(app, ["swarm", "--seeds", "many"])
    assert ran.exit_code == 2
    assert "write how many" in ran.output


def test_what_cannot_be_played_is_told_as_such():
    config = drawn(SMALL[0])
    config = replace(config, sandbox=config.sandbox | {"market": "atlantis"})
    outcome = run_drawn(config, twice=False)
    assert [each.check for each in outcome.violations] == ["raises"]
    assert "atlantis" in outcome.violations[0].told
