"""How fast the model runs, against a bare SimPy loop of timeouts in the same process."""

import gc
import resource
import tracemalloc

import simpy
from measure import Measurement, timed

from simulator import Mode, Purchase, World, WorldConfig
from simulator.clock import DAY, Instant

TIMEOUTS = 30


def measurements(sizes=(10_000,)):
    gc.set_threshold(500_000, 50, 1_000)
    bare = bare_events_per_second()
    yield Measurement("bare SimPy loop", bare, "events/s")
    for size in sizes:
        yield from voyage(size, bare)
    yield bytes_per_live_order()


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


def voyage(size, bare):
    """Orders of both modes, placed at once and played by prompt sellers, to their completion."""
    world = World(WorldConfig(seed=7))
    placing, _ = timed(lambda: place(world, size))
    before = scheduled(world)
    ten_days, _ = timed(lambda: world.advance(Instant(world.now + 10 * DAY)))
    rest, _ = timed(lambda: world.advance(Instant(world.now + 40 * DAY)))
    events = scheduled(world) - before
    rate = events / (ten_days + rest)
    yield Measurement(f"advance 10 virtual days of {size:,} orders", ten_days, "s")
    yield Measurement(
        f"simulation, {size:,} orders",
        rate,
        "events/s",
        rate / bare,
        "bare SimPy",
        ">= 0.35 x bare",
        rate >= 0.35 * bare,
    )
    orders = size / (placing + ten_days + rest)
    yield Measurement(
        f"placed to completed, {size:,} orders",
        orders,
        "orders/s",
        None,
        "",
        ">= 10,000",
        orders >= 10_000,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Measurement(f"peak memory after {size:,} orders", peak, "MB")


def bytes_per_live_order(size=2_000):
    world = World(WorldConfig(seed=7))
    place(world, 10)
    tracemalloc.start()
    place(world, size)
    world.advance(Instant(world.now + DAY))
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measurement("memory of a live order, a day old", used / size, "bytes")


def place(world, size):
    for n in range(size):
        mode = Mode.PLATFORM if n % 2 else Mode.SELLER
        world.buyers.place_order(Purchase(mode=mode, behaviour="prompt"))


def scheduled(world):
    """Events that SimPy was given so far."""
    return next(world.registry.env._eid)
