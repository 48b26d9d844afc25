"""Workers that are lost, sweeps that are interrupted: what is done stays, nothing counts twice."""

import os
import signal
from collections import Counter
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children

import pytest

from scenarios.sweeping import crews, work
from scenarios.sweeping.console import play
from scenarios.sweeping.crews import Crew, processes
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.variants import variants_of
from scenarios.sweeping.work import hurry_by, play_chunk

WISHES = ["seller=slow,prompt"]
SEEDS = range(12)


class Here(Executor):
    """Works at once, in this process, until its patience ends."""

    def __init__(self, patience):
        self.left = patience

    def submit(self, work, chunk):
        future = Future()
        self.left -= 1
        if self.left < 0:
            future.set_exception(BrokenExecutor("a worker died"))
        else:
            future.set_result(work(chunk))
        return future


def hiring(*patiences):
    """Crews that break after so many chunks each; who is hired is noted."""
    coming, hired = list(patiences), []

    @contextmanager
    def hire():
        hired.append(Here(coming.pop(0)))
        yield Crew(hired[-1])

    return hire, hired


@pytest.fixture(scope="module")
def variants(slow):
    return variants_of(slow, WISHES)


@pytest.fixture(scope="module")
def undisturbed(slow, variants):
    return play(slow, variants, SEEDS, hiring(1000)[0]).outcomes


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_but_time(slow, variants, undisturbed):
    others, killed, told = active_children(), [], []

    def kill_one(runs):
        told.append(runs)
        if not killed:
            victim = next(each for each in active_children() if each not in others)
            killed.append(victim.pid)
            os.kill(victim.pid, signal.SIGKILL)

    sweep = play(slow, variants, SEEDS, partial(processes, 2), kill_one)

    assert len(killed) == 1
    assert sum(told) == 24, "told of each run once"
    assert sweep.ended == ""
    assert sweep.outcomes == undisturbed


def test_what_was_done_before_the_crew_broke_is_not_played_again(slow, variants, undisturbed):
    played = Counter()
    hire, hired = hiring(10, 7, 1000)

    def submitted(self, work, chunk):
        future = Here.submit(self, work, chunk)
        played[chunk.variant, chunk.seeds] += not future.exception()
        return future

    class Noted(Here):
        submit = submitted

    @contextmanager
    def noting():
        with hire() as crew:
            crew.executor.__class__ = Noted
            yield crew

    sweep = play(slow, variants, SEEDS, noting)

    assert len(hired) == 3
    assert set(played.values()) == {1}
    assert sweep.outcomes == undisturbed


def test_a_crew_that_always_breaks_is_given_up(slow, variants):
    hire, hired = hiring(7, 0, 0, 0)
    sweep = play(slow, variants, SEEDS, hire)

    assert len(hired) == 4
    assert len(sweep.outcomes) == 7
    assert "lost 3 times in a row" in sweep.ended
    assert "seeds 3 to 3 of 'seller=prompt'" in sweep.ended


def test_a_crew_that_can_not_be_hired_again_ends_it(slow, variants):
    hire, _ = hiring(5)

    @contextmanager
    def once():
        try:
            with hire() as crew:
                yield crew
        except IndexError:
            raise CannotSweep("nobody answers") from None

    sweep = play(slow, variants, SEEDS, once)
    assert (sweep.ended, len(sweep.outcomes)) == ("nobody answers", 5)


class Failing(Executor):
    """Hands in nothing but this."""

    def __init__(self, wrong):
        self.wrong = wrong

    def submit(self, _work, _chunk):
        future = Future()
        future.set_exception(self.wrong)
        return future


def test_other_crews_lose_workers_in_ways_of_their_own(slow, variants, undisturbed):
    coming = [Crew(Failing(LookupError("gone")), lost=(LookupError,)), Crew(Here(1000))]

    @contextmanager
    def hire():
        yield coming.pop(0)

    assert play(slow, variants, SEEDS, hire).outcomes == undisturbed


def test_workers_that_can_not_read_their_work_end_it_with_what_they_need(slow, variants):
    @contextmanager
    def hire():
        yield Crew(Failing(ModuleNotFoundError("No module named 'scenarios'")))

    sweep = play(slow, variants, SEEDS, hire)
    assert "No module named 'scenarios'" in sweep.ended
    assert "same Seatrial" in sweep.ended


@pytest.mark.slow
def test_an_interrupt_keeps_what_is_done(slow, variants, undisturbed):
    done = []

    def interrupt(runs):
        done.append(runs)
        if len(done) == 4:
            raise KeyboardInterrupt

    others = active_children()
    sweep = play(slow, variants, range(500), partial(processes, 1), interrupt)

    assert sweep.ended == "interrupted"
    assert 4 <= len(sweep.outcomes) < 1000
    shared = {(each.variant, each.seed): each for each in undisturbed}
    assert all(
        each == shared[each.variant, each.seed] for each in sweep.outcomes if each.seed in SEEDS
    )
    assert [each for each in active_children() if each not in others] == []


def test_in_a_hurry_a_chunk_ends_early(slow, monkeypatch):
    class Flag:
        value = 0

    monkeypatch.setattr(work, "_hurry", [])
    hurry_by(Flag)
    chunk = work.Chunk(slow, "x", range(100))
    play_one = work._play

    def third_is_last(chunk, seed):
        Flag.value = int(seed == 2)
        return play_one(chunk, seed)

    monkeypatch.setattr(work, "_play", third_is_last)
    assert [each.seed for each in play_chunk(chunk)] == [0, 1, 2]


def test_without_dask_it_is_said_what_to_install(slow, variants, monkeypatch):
    def nothing(name):
        raise ImportError(name)

    monkeypatch.setattr(crews, "import_module", nothing)
    sweep = play(slow, variants, SEEDS, partial(crews.dask_cluster, "tcp://127.0.0.1:1"))
    assert (sweep.ended, len(sweep.outcomes)) == (
        "--dask needs Dask: pip install 'seatrial[sweep]'",
        0,
    )
