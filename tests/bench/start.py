"""How soon the first answer comes, and what an idle server weighs, against a bare FastAPI app."""

import time

import httpx
from measure import Measurement
from processes import server

ROUNDS = 7


def measurements():
    bare, bare_mb, ours, ours_mb = [], 0.0, [], 0.0
    for _ in range(ROUNDS):  # in turn, since machines are noisy
        seconds, bare_mb = start("bare_server.py", "/json")
        bare.append(seconds)
        seconds, ours_mb = start("seatrial_server.py", "/_seatrial/health")
        ours.append(seconds)
    yardstick, own = sorted(bare)[ROUNDS // 2] * 1000, sorted(ours)[ROUNDS // 2] * 1000
    yield Measurement("bare FastAPI app, start to first answer", yardstick, "ms")
    yield Measurement(
        "start to first answer",
        own,
        "ms",
        own / yardstick,
        "bare FastAPI",
        "<= 1.3 x bare",
        own <= 1.3 * yardstick,
    )
    yield Measurement("bare FastAPI app, idle memory", bare_mb, "MB")
    yield Measurement("idle memory", ours_mb, "MB", goal="<= 100 MB", ok=ours_mb <= 100)


def start(program, path):
    """Seconds from the command to the first answer, and resident memory after it."""
    began = time.perf_counter()
    with server(program) as running:
        httpx.get(running.url + path).raise_for_status()
        return time.perf_counter() - began, running.resident_mb()
