"""A disk that is full: at the start, and in mid-flight; with servers of their own, whose files may
not grow over a limit that the system keeps."""

import os
import re
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

SEATRIAL = Path(sys.executable).with_name("seatrial")
ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
SANDBOX = "/_seatrial/sandboxes/default"
PROGRAM = "from scenarios.cli import app; app()"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux' prlimit"),
]


def limited_to(size):
    """For a process to come: as root or not, no file of its gets longer."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


def command(folder):
    return [sys.executable, "-c", PROGRAM, "up", "--port", "0", "--data", str(folder)]


@contextmanager
def up(folder, size=resource.RLIM_INFINITY):
    with subprocess.Popen(
        command(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        preexec_fn=limited_to(size),  # noqa: PLW1509 - no threads start it
    ) as process:
        try:
            first = process.stdout.readline()
            base = re.search(r"http://\S+:\d+", first)
            assert base, first + process.stderr.read()
            with httpx.Client(base_url=base[0], trust_env=False, timeout=60) as http:
                while http.get("/_seatrial/health").status_code != 200:
                    assert process.poll() is None
                yield process, http
        finally:
            process.kill()


def test_there_is_no_room_to_start(tmp_path):
    told = subprocess.run(
        command(tmp_path),
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=60,
        check=False,
        preexec_fn=limited_to(0),
    )
    assert told.returncode == 2
    assert "nothing can be written here: File too large; make room" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_disk_fills_up_and_there_is_room_again(tmp_path):
    with up(tmp_path, 400 * 1024) as (process, http):
        acknowledged, refused = 0, None
        for _ in range(500):
            answer = http.post(f"{SANDBOX}/orders", json={"count": 20})
            if answer.status_code == 503:
                refused = answer
                break
            acknowledged += len(answer.json()["orders"])
        assert refused is not None
        assert acknowledged
        assert "nothing can be written here" in refused.json()["detail"]
        assert http.get("/_seatrial/health").status_code == 200
        before = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
        assert http.post(f"{SANDBOX}/orders", json={}).status_code == 503
        assert all(size <= 400 * 1024 for size in before.values())

        forever = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, forever)
        there = http.get(f"{SANDBOX}/journal", params={"limit": 1})
        assert there.status_code == 200, there.text
        http.post(f"{SANDBOX}/orders", json={}).raise_for_status()
        here = http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()
        process.kill()  # no farewell
    with up(tmp_path) as (_, http):
        assert http.get(f"{SANDBOX}/journal", params={"limit": 1}).json() == here


def test_what_was_acknowledged_before_is_there_after_a_crash_on_a_full_disk(tmp_path):
    with up(tmp_path, 300 * 1024) as (process, http):
        last = None
        while (answer := http.post(f"{SANDBOX}/orders", json={"count": 20})).status_code == 201:
            last = answer.json()["orders"]
        assert last
        process.kill()
    with up(tmp_path) as (_, http):
        for order in last:
            facts = http.get(f"{SANDBOX}/journal", params={"order_id": order}).json()["facts"]
            assert facts[0]["kind"] == "OrderPlaced"


def test_a_second_server_on_the_directory_is_refused(tmp_path):
    with up(tmp_path) as (process, _):
        told = subprocess.run(
            command(tmp_path),
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            timeout=60,
            check=False,
        )
        assert told.returncode == 2
        assert f"another server keeps its sandboxes here (process {process.pid})" in " ".join(
            told.stderr.split()
        )
        assert "stop that one, or give this one another directory" in told.stderr
