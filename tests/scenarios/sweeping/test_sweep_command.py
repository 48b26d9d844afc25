"""``seatrial sweep`` as people type it: real processes, exit codes, files."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scenarios.cli import app
from scenarios.sweeping.results import read_results

ROOT = Path(__file__).parents[3]
SEATRIAL = Path(sys.executable).with_name("seatrial")
ENVIRONMENT = {
    **os.environ,
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT),
    "PYTHONWARNINGS": "error",
}

pytestmark = pytest.mark.slow  # each starts programs that start programs


def started(*words, where):
    return subprocess.Popen(
        [SEATRIAL, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=where,
        env=ENVIRONMENT,
    )


def run(*words, where):
    with started(*words, where=where) as process:
        said, complained = process.communicate(timeout=120)
    return process.returncode, said, complained


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """One sweep of which some runs fail."""
    from_conftest = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    where = tmp_path_factory.mktemp("sweep")
    text = re.search(r'SLOW = """\n(.*?)"""', from_conftest, re.DOTALL)[1]
    (where / "slow.scenario.yaml").write_text(text, encoding="utf-8")
    words = ["slow.scenario.yaml", "--seeds", "6", "--vary", "seller=slow,prompt", "--jobs", "1"]
    told = run("sweep", *words, "--out", "runs.csv", "--plot", "sweep.svg", where=where)
    return where, *told


def test_where_runs_fail_the_exit_code_is_one_and_files_are_written(swept):
    where, code, said, complained = swept

    assert (code, complained) == (1, "")
    assert len(read_results(where / "runs.csv")) == 12
    assert (where / "sweep.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "12 runs, 2 variants, on 1 process\n" in said
    assert "orders with a breach" in said


def test_each_failing_seed_is_listed_with_a_command_that_plays_that_very_run_again(
    swept, monkeypatch
):
    where, _, said, _ = swept
    monkeypatch.chdir(where)
    failed = [each for each in read_results(where / "runs.csv") if not each.passed]
    commands = [line.strip() for line in said.splitlines() if "scenario replay" in line]
    assert commands == [
        f"seatrial scenario replay slow.scenario.yaml --seed {each.seed} --vary {each.variant}"
        for each in failed
    ]
    told = CliRunner().invoke(app, shlex.split(commands[0])[1:])

    assert told.exit_code == 1
    assert f"replay: {commands[0]}" in told.stdout
    broken = re.findall(r"^\d{18} .* RuleBreached", told.stdout, re.MULTILINE)
    assert len(broken) == sum(n for *_, n in failed[0].breaches)


def test_where_every_run_passes_the_exit_code_is_nought(tmp_path):
    (tmp_path / "calm.scenario.yaml").write_text(
        "{title: Calm, orders: [{name: a}], expect: {breaches: []}}", encoding="utf-8"
    )
    code, said, complained = run(
        "sweep", "calm.scenario.yaml", "--seeds", "7:9", "--jobs", "1", where=tmp_path
    )
    assert (code, complained) == (0, "")
    assert "2 of 2 runs passed" in said


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--vary", "carrier.jt.pikup_delay=0h"], "pickup_delay"),
        (["--vary", "seller"], "PATH=VALUE"),
        (["--seeds", "0"], "--seeds 0"),
        (["--seeds", "9:3"], "--seeds 9:3"),
        (["--seeds", "many"], "--seeds many"),
        (["--seeds", "99999999999999999999"], "at most 10000000 runs"),
        (["--out", "runs.xlsx"], ".csv or .parquet"),
        (["--plot", "sweep.png"], ".svg or .html"),
    ],
)
def test_what_can_not_be_done_is_said_before_anything_is_played(slow_file, words, named):
    told = CliRunner().invoke(app, ["sweep", str(slow_file), *words])
    assert told.exit_code == 2
    assert named in told.stderr
    assert "Sweeping" not in told.stdout
    assert [*slow_file.parent.iterdir()] == [slow_file]


def test_a_file_that_is_no_scenario_is_told_by_line(tmp_path):
    path = tmp_path / "no.scenario.yaml"
    path.write_text("title: x\nordres: []\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["sweep", str(path)])

    assert (told.exit_code, told.stdout) == (2, "")
    assert "no.scenario.yaml:2" in told.stderr


def test_interrupted_it_writes_what_is_done_and_says_so(slow_file):
    words = [slow_file, "--seeds", "5000", "--jobs", "1", "--out", "runs.csv"]
    with started("sweep", *words, where=slow_file.parent) as process:
        assert "Sweeping" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=60)
    written = read_results(slow_file.parent / "runs.csv")

    assert process.returncode == 2
    assert f"interrupted: {len(written)} of 5000 runs were played" in complained
    assert "Traceback" not in complained
