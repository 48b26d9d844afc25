"""A server that is killed under load, and what is there again: see ``make crash`` for hundreds."""

import asyncio
import multiprocessing

import pytest

from tests.crash.boxes import Box
from tests.crash.reckoning import differing, ranked
from tests.crash.trial import Trial

FORKS = "forkserver" in multiprocessing.get_all_start_methods()
SEED = 20


def survived(folder, kills):
    trial = Trial(SEED, folder)
    asyncio.run(trial.run(kills))
    assert trial.violations == []
    figures = trial.figures
    assert figures.kills + figures.terminated == kills
    assert figures.acknowledged
    assert figures.asked
    assert trial.reckoning.replayed


@pytest.mark.slow  # a server starts three times
@pytest.mark.skipif(not FORKS, reason="servers are forked")
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path):
    survived(tmp_path, 1)


@pytest.mark.slow  # half a minute, on a machine that does nothing else
@pytest.mark.skipif(not FORKS, reason="servers are forked")
def test_what_was_acknowledged_is_there_after_twenty_kills(tmp_path):
    survived(tmp_path, 20)


# That the judges see what they should.


def test_worlds_that_only_counted_their_turns_otherwise_are_alike():
    one = {"orders": [{"turn": 7, "watch": {"turn": 9}}, {"turn": 3}], "admission": {"turn": 8}}
    other = {"orders": [{"turn": 2, "watch": {"turn": 6}}, {"turn": 1}], "admission": {"turn": 0}}
    assert differing(ranked(one), ranked(other)) == ".orders[0].watch.turn: 4 and 3"
    other["admission"]["turn"] = 5
    assert differing(ranked(one), ranked(other)) == ""
    other["orders"][1]["turn"] = 4
    assert "turn" in differing(ranked(one), ranked(other))


def test_a_witness_is_open_while_a_call_about_its_matter_is_under_way():
    async def run():
        box = Box({"id": "sb-1", "access_token": "t"}, "m1")
        async with box.about("doors") as said:
            said.witness("doors", None)
        assert list(box.witnesses) == ["doors"]
        with pytest.raises(KeyError):
            async with box.about("doors"):
                raise KeyError("cut")
        assert box.witnesses == {}

    asyncio.run(run())
