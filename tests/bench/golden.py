"""How soon a thousand orders in mid-flight are there: from a file into a server's memory, and after
a restart with ``--data``; and what it costs that nothing is told before it is on disk."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from measure import Measurement

from mock_api.settings import ServerSettings
from scenarios.serving import served
from scenarios.testing.box import load_box, opened

ORDERS = 1_000
ROUNDS = 5
CALLS = 400
AT_ONCE = 16


def measurements():
    with tempfile.TemporaryDirectory() as folder:
        golden = Path(folder, "golden.seatrial")
        with served(ServerSettings(default_sandbox=False)) as base:
            with opened(base, seed=5) as box:
                box.place(count=ORDERS, seller="prompt")
                box.advance("5d")
                box.save(golden)
            yield from loading(base, golden)
        yield restarting(Path(folder, "kept"), golden)
        yield from committing(Path(folder, "written"))


def loading(base, golden):
    """Wall and processor time of an upload, the medians of some."""
    took, worked = [], []
    with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
        for _ in range(ROUNDS):
            began, busy = time.perf_counter(), time.process_time()
            box = load_box(http, golden)
            took.append(time.perf_counter() - began)
            worked.append(time.process_time() - busy)
            http.delete(f"/_seatrial/sandboxes/{box.id}")
    middle, work = (sorted(each)[ROUNDS // 2] for each in (took, worked))
    name = f"golden state of {ORDERS:,} orders in mid-flight, loaded"
    yield Measurement(name, middle * 1000, "ms", goal="< 1,000 ms", ok=middle < 1)
    yield Measurement("of which the processor's", work * 1000, "ms")


def restarting(folder, golden):
    """How much longer a start takes until it is ready, beyond one that finds nothing."""
    settings = ServerSettings(default_sandbox=False, data=folder)
    start(settings)  # whatever is loaded once is loaded
    empty = start(settings)
    with served(settings) as base, httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
        wait_for(http)
        load_box(http, golden)
    took = start(settings) - empty
    return Measurement(
        "the same after a restart, beyond an empty start",
        took * 1000,
        "ms",
        goal="< 1,000 ms",
        ok=took < 1,
    )


def start(settings):
    began = time.perf_counter()
    with served(settings) as base, httpx.Client(base_url=base, trust_env=False) as http:
        wait_for(http)
        return time.perf_counter() - began


def committing(folder):
    """Orders placed by several callers at once, with files and without."""
    rates = {}
    for kept in (None, folder):
        with served(ServerSettings(data=kept)) as base:
            rates[kept] = rate_of_calls(base)
    ratio = rates[folder] / rates[None]
    yield Measurement(f"orders placed by {AT_ONCE} callers, in memory", rates[None], "calls/s")
    yield Measurement(
        f"orders placed by {AT_ONCE} callers, on disk", rates[folder], "calls/s", ratio, "in memory"
    )


def rate_of_calls(base):
    with httpx.Client(base_url=base, trust_env=False, timeout=60) as http:
        wait_for(http)

        def place(_):
            http.post("/_seatrial/sandboxes/default/orders", json={}).raise_for_status()

        with ThreadPoolExecutor(AT_ONCE) as callers:
            list(callers.map(place, range(AT_ONCE)))  # connections are there
            began = time.perf_counter()
            list(callers.map(place, range(CALLS)))
            return CALLS / (time.perf_counter() - began)


def wait_for(http):
    while http.get("/_seatrial/health").status_code != 200:
        time.sleep(0.005)
