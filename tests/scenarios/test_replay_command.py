"""``seatrial replay``: the same again, or where it differs; up to an instant; served."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from mock_api.kernel.durable.batch import sum_of
from mock_api.settings import ServerSettings
from scenarios.cli import app
from scenarios.serving import served
from scenarios.testing.box import opened

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
PROGRAM = "from scenarios.cli import app; app()"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A sandbox's file, and what its server said of it."""
    path = tmp_path_factory.mktemp("saved") / "one.seatrial"
    with served(ServerSettings(default_sandbox=False)) as base, opened(base, seed=9) as box:
        box.place(count=3, seller="prompt")
        box.advance("30h")
        box.place(count=1)
        box.save(path)
        told = box.control("GET", "")
        facts = box.facts()
    return path, told, facts


def replay(*words):
    told = CliRunner().invoke(app, ["replay", *map(str, words)], env={"COLUMNS": "200"})
    assert "Traceback" not in told.output
    return told.exit_code, " ".join(told.output.split())


def test_a_replay_comes_to_the_same(saved):
    path, told, facts = saved
    before = path.read_bytes()
    code, said = replay(path)
    assert code == 0
    assert f"digest {told['digest']} same: every fact is the file's" in said
    assert f"facts {len(facts)} of {len(facts)}" in said
    assert "seed 9, market standard" in said
    assert path.read_bytes() == before


def test_a_replay_stops_at_an_instant(saved):
    path, told, facts = saved
    at = told["start"] + 7200
    so_far = [fact for fact in facts if fact["at"] <= at]
    for wanted in (str(at), "2030-01-07T02:00:00Z"):
        code, said = replay(path, "--at", wanted)
        assert code == 0
        assert f"now {at} " in said
        assert f"facts {len(so_far)} of {len(facts)}" in said
        assert "same: every fact is the file's up to there" in said


def test_an_instant_that_is_none_is_refused(saved):
    code, said = replay(saved[0], "--at", "yesterday")
    assert code == 2
    assert "--at yesterday" in said


def test_what_is_no_sandboxs_file_is_refused(tmp_path):
    other = tmp_path / "other.seatrial"
    other.write_text("hello", encoding="utf-8")
    assert replay(other) == (
        2,
        f"seatrial replay: {other}: this is no sandbox's file; move it elsewhere",
    )
    code, said = replay(tmp_path / "none.seatrial")
    assert code == 2
    assert "cannot be read (No such file or directory)" in said


def change_fact(path, seq):
    """As a model would that goes otherwise: whoever wrote it summed it."""
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT seq, at, kind, order_id, content FROM facts WHERE seq = ?"
        row = list(db.execute(query, (seq,)).fetchone())
        row[1] += 1
        db.execute("UPDATE facts SET at = ?, sum = ? WHERE seq = ?", (row[1], sum_of(*row), seq))
        db.commit()
    return tuple(row)


def test_the_first_fact_that_differs_is_shown(saved, tmp_path):
    path = tmp_path / "differs.seatrial"
    path.write_bytes(saved[0].read_bytes())
    first, _ = change_fact(path, 5), change_fact(path, 8)
    code, said = replay(path)
    assert code == 1
    assert "differs from what the file says" in said
    assert f"file {first}" in said
    here = (first[0], first[1] - 1, *first[2:])
    assert f"here {here}" in said
    code, said = replay(path, "--serve", "--port", "0")
    assert code == 1, "what differs is not served"


def test_an_edited_file_is_refused(saved, tmp_path):
    path = tmp_path / "edited.seatrial"
    path.write_bytes(saved[0].read_bytes())
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE facts SET at = at + 1 WHERE seq = 5")
        db.commit()
    code, said = replay(path)
    assert code == 2
    assert "fact 5 is not as it was written" in said


@contextmanager
def serving(*words):
    command = [sys.executable, "-c", PROGRAM, "replay", *words, "--serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        try:
            said = ""
            while "/_seatrial/sandboxes" not in said:
                line = process.stdout.readline()
                assert line, said + process.stderr.read()
                said += line
            base = re.search(r"http://\S+?:\d+", said)[0]
            with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
                while http.get("/_seatrial/health").status_code != 200:
                    assert process.poll() is None
                yield http
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert process.returncode == 0


@pytest.mark.slow
def test_a_file_is_served_as_the_same_world_at_the_same_instant(saved):
    path, told, facts = saved
    before = path.read_bytes()
    with serving(str(path)) as http:
        (here,) = http.get("/_seatrial/sandboxes").json()["sandboxes"]
        assert here | {"id": told["id"]} == told
        journal = http.get(f"/_seatrial/sandboxes/{here['id']}/journal", params={"limit": 10_000})
        assert journal.json()["facts"] == facts
        went = http.post(f"/_seatrial/sandboxes/{here['id']}/clock/advance", json={"by": "1d"})
        assert went.is_success
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_file_is_served_as_it_was_at_an_instant(saved):
    path, told, facts = saved
    at = told["start"] + 7200
    with serving(str(path), "--at", str(at)) as http:
        (here,) = http.get("/_seatrial/sandboxes").json()["sandboxes"]
        assert here["now"] == at
        journal = http.get(f"/_seatrial/sandboxes/{here['id']}/journal", params={"limit": 10_000})
        assert journal.json()["facts"] == [fact for fact in facts if fact["at"] <= at]


def test_an_instant_beyond_the_end_is_the_end(saved):
    code, said = replay(saved[0], "--at", "2040-01-01")
    assert code == 0
    assert f"now {saved[1]['now']} " in said
    assert "same: every fact is the file's" in said
