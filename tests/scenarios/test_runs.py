"""One run again is the same run: in this process, over the wire, on several processes."""

import asyncio

import pytest

from mock_api.settings import ServerSettings
from scenarios.running.run import play as play_on
from scenarios.running.run import run_in_process
from scenarios.running.stage import at_url, fresh_stage
from scenarios.running.suite import LIBRARY, Planned, collect, planned, run_all, the_one
from scenarios.serving import served
from tests.thoroughness import chosen

STORY = """\
title: t
orders:
  - {name: first, count: 4}
  - {name: second, seller: slow, shipping: seller, at: day 2 10:00}
demand: [{kind: steady, per_hour: 1, for: 10h}]
timeline:
  - {at: first AWAITING_COLLECTION +1h, carrier: jt, event: hold, for: 30h}
  - {at: first delivered +1h, buyer: complain, order: first, cause: damaged, refused: true}
runs_for: 12d
expect: {breaches: []}
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.scenario.yaml"
    path.write_text(STORY, encoding="utf-8")
    return the_one(path)


def test_the_same_run_twice_has_the_same_facts(story):
    one, other = run_in_process(story), run_in_process(story)
    assert (one.digest, one.failures, one.facts) == (other.digest, other.failures, other.facts)
    assert one.facts > 100
    assert run_in_process(story, 2).digest != one.digest


async def over_the_wire(scenario):
    seed = scenario.usual_seed
    with served(ServerSettings(default_sandbox=False)) as base:
        async with at_url(base) as http, fresh_stage(http, scenario.sandbox(seed)) as stage:
            record = await play_on(scenario, stage, targeted=False)
        async with at_url(base) as http:
            left = (await http.get("/_seatrial/sandboxes")).json()["sandboxes"]
    return record, left


def test_over_the_wire_it_is_the_same_run(story):
    here = run_in_process(story, keep=True)
    there, left = asyncio.run(over_the_wire(story))
    assert there.digest == here.digest
    assert there.facts == here.record.facts
    assert there.report | {"sandbox": ""} == here.record.report | {"sandbox": ""}
    assert left == []


@pytest.mark.slow  # two processes start
def test_on_several_processes_the_results_are_the_same_and_in_the_same_order(story):
    runs = planned([story], range(3, 6))
    done = []
    alone = run_all(runs, 1)
    shared = run_all(runs, 2, done.append)
    assert [each.seed for each in shared] == [3, 4, 5]
    assert [each.digest for each in shared] == [each.digest for each in alone]
    assert [each.failures for each in shared] == [each.failures for each in alone]
    assert sorted(each.seed for each in done) == [3, 4, 5]


def test_each_scenario_has_its_own_seed_or_every_one_of_a_range(story):
    assert planned([story], None) == [Planned(story, story.usual_seed)]
    assert [each.seed for each in planned([story], range(2))] == [0, 1]


def test_a_replay_names_file_and_seed(story):
    result = run_in_process(story, 9)
    assert result.replay == f"seatrial scenario replay {story.file} --seed 9"


# The library.


STORIES = collect([LIBRARY])
RUN_TWICE = [story.key for story in chosen(STORIES)]


@pytest.mark.parametrize("scenario", STORIES, ids=lambda each: each.key)
def test_the_library_passes_in_process_and_twice_alike(scenario):
    one = run_in_process(scenario)
    assert one.passed, (one.error, one.failures)
    if scenario.key in RUN_TWICE:
        assert run_in_process(scenario).digest == one.digest
