"""How fast the model runs and how much it holds, against a bare SimPy loop of timeouts.

Each size has a process of its own, for the sake of its peak memory; FULL=1 asks for 100,000 and
1,000,000 orders as well, the last of which takes a quarter of an hour.
"""

import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

from measure import Measurement
from voyage import place

from simulator import World, WorldConfig
from simulator.clock import DAY, Instant

SMALL = (10_000,)
FULL = (10_000, 100_000, 1_000_000)


def measurements():
    for size in FULL if os.environ.get("FULL") else SMALL:
        yield from told(size, sail(size))
    yield bytes_per_live_order()


def sail(size):
    """What a voyage of so many orders took, in a process of its own."""
    ship = Path(__file__).with_name("voyage.py")
    done = subprocess.run([sys.executable, ship, str(size)], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def told(size, log):
    rate = log["events"] / log["seconds"]
    orders = size / log["seconds"]
    yield Measurement(f"bare SimPy loop, beside {size:,} orders", log["bare"], "events/s")
    yield Measurement(
        f"simulation, {size:,} orders",
        rate,
        "events/s",
        rate / log["bare"],
        "bare SimPy",
        ">= 0.35 x bare",
        rate >= 0.35 * log["bare"],
    )
    yield Measurement(
        f"placed to completed and archived, {size:,} orders",
        orders,
        "orders/s",
        None,
        "",
        ">= 10,000",
        orders >= 10_000,
    )
    yield Measurement(f"events of an order, {size:,} orders", log["events"] / size, "events")
    peak = log["peak_mb"]
    yield Measurement(
        f"peak memory, {size:,} orders, {log['live_most']:,} at once",
        peak,
        "MB",
        None,
        "",
        "<= 600",
        peak <= 600,
    )
    live = (peak - log["idle_mb"]) * 2**20 / log["live_most"]
    yield Measurement(f"of which each live order, {size:,} orders", live, "bytes")


def bytes_per_live_order(size=2_000):
    """By Python's own count, of orders that are a day old."""
    warm = World(WorldConfig(seed=7))
    place(warm, 10)
    warm.advance(Instant(warm.now + 60 * DAY))
    world = World(WorldConfig(seed=7))
    tracemalloc.start()
    place(world, size)
    world.advance(Instant(world.now + DAY))
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measurement("memory of a live order, a day old", used / size, "bytes")
