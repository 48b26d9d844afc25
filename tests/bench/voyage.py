"""One voyage: so many orders of both modes, as steady demand, from checkout to the archive.

Prompt simulated sellers play them. Printed as JSON: what it took of a processor's time, beside a
bare SimPy loop. On the wall it takes longer, where others use the machine as well.
"""

import gc
import json
import resource
import sys
import time

import simpy

from mock_api.kernel.durable.archive import OrderArchive
from mock_api.kernel.durable.sandbox_file import SandboxFile
from simulator import Mode, Purchase, World, WorldConfig
from simulator.clock import DAY, Instant
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady

TIMEOUTS = 30
AN_HOUR = 208.0
"""Orders: five thousand a day, so that a million take two hundred days."""
BUYING = Buying(
    shipping=((Mode.PLATFORM.value, 1.0), (Mode.SELLER.value, 1.0)),
    # A van takes 1,200 parcels a day from a city: three cities, or a queue would grow for ever.
    city=(("Shenzhen", 1.0), ("Shanghai", 1.0), ("Hangzhou", 1.0)),
    behaviour=(("prompt", 1.0),),
)


def main(size):
    # Ended lives are freed by their reference counts: there is little to collect.
    gc.set_threshold(500_000, 50, 1_000)
    warm = World(WorldConfig(seed=7))
    place(warm, 10)
    warm.advance(Instant(warm.now + 60 * DAY))
    idle = peak_mb()
    world = World(WorldConfig(seed=7))
    world.plug_in(OrderArchive(SandboxFile()))
    world.add_demand(Plan(steady=Steady(AN_HOUR), count=size, buying=BUYING))
    seconds, live_most = timed(lambda: to_the_end(world))
    log = {
        "seconds": seconds,
        "events": world.registry.env.happened,
        "live_most": live_most,
        "idle_mb": idle,
        "peak_mb": peak_mb(),
        "digest": world.journal.digest(),
    }
    print(json.dumps(log | {"bare": bare_events_per_second()}), flush=True)


def timed(act):
    """Seconds of the processor that *act* takes, and what it gives."""
    began = time.process_time()
    given = act()
    return time.process_time() - began, given


def to_the_end(world):
    """Day by day until nothing is waited for; how many orders were in memory at once."""
    live_most = 0
    while world.next_due is not None or world.registry.orders:
        world.advance(Instant(world.now + DAY))
        live_most = max(live_most, len(world.registry.orders))
    return live_most


def place(world, size):
    for n in range(size):
        mode = Mode.PLATFORM if n % 2 else Mode.SELLER
        world.buyers.place_order(Purchase(mode=mode, behaviour="prompt"))


def bare_events_per_second(processes=10_000):
    """Timeouts of different lengths, as a model has them."""

    def ticking(env, step):
        for _ in range(TIMEOUTS):
            yield env.timeout(step)

    env = simpy.Environment()
    for n in range(processes):
        env.process(ticking(env, 3600 + n))
    seconds, _ = timed(env.run)
    return processes * (TIMEOUTS + 2) / seconds


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
