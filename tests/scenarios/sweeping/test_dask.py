"""A real Dask cluster: a scheduler and two worker processes of this machine."""

import os
import signal
from functools import partial

import pytest
from distributed import Client, LocalCluster

from scenarios.sweeping.console import play
from scenarios.sweeping.crews import dask_cluster
from scenarios.sweeping.variants import variants_of
from scenarios.sweeping.work import chunks_of, play_chunk

SEEDS = range(8)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None
    ) as local:
        yield local


@pytest.fixture(scope="module")
def variants(slow):
    return variants_of(slow, ["seller=slow,prompt"])


@pytest.fixture(scope="module")
def in_this_process(variants):
    outcomes = [each for chunk in chunks_of(variants, SEEDS) for each in play_chunk(chunk)]
    return sorted(outcomes, key=lambda each: (each.variant != "seller=slow", each.seed))


def test_a_cluster_gives_the_same_runs(cluster, slow, variants, in_this_process):
    sweep = play(slow, variants, SEEDS, partial(dask_cluster, cluster.scheduler_address))

    assert sweep.ended == ""
    assert sweep.outcomes == in_this_process


def test_a_worker_of_the_cluster_may_die(cluster, slow, variants, in_this_process):
    with Client(cluster, set_as_default=False) as client:
        workers = [*client.run(os.getpid).values()]
    assert len(workers) == 2
    killed = []

    def kill_one(_runs):
        if not killed:
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    sweep = play(slow, variants, SEEDS, partial(dask_cluster, cluster.scheduler_address), kill_one)

    assert killed
    assert sweep.ended == ""
    assert sweep.outcomes == in_this_process


def test_where_no_scheduler_is_it_is_said(slow, variants, monkeypatch):
    monkeypatch.setattr("scenarios.sweeping.crews._PATIENCE_S", 1)
    sweep = play(slow, variants, SEEDS, partial(dask_cluster, "tcp://127.0.0.1:9"))
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in sweep.ended
