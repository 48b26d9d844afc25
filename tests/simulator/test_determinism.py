"""One seed, one story: whatever the hash seed, the process or the interpreter."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import faker
import pytest
import simpy

import simulator
from tests.thoroughness import chosen

PROGRAM = """
from simulator import DomainError, Mode, Purchase, World, WorldConfig
from simulator.clock import HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Burst, Curve, Tempo

world = World(WorldConfig(seed=7))
buying = Buying(behaviour=(("prompt", 2.0), ("slow", 1.0)), paid=0.9, late=0.3)
world.add_demand(Plan(curve=Curve(0.7), count=60, buying=buying))
world.add_demand(Plan(burst=Burst(30, 5 * HOUR, Tempo.FLASH), buying=buying))
for nth in range(120):
    order = world.buyers.place_order(Purchase(
        mode=(Mode.PLATFORM, Mode.SELLER)[nth % 2],
        city=("Shenzhen", "Yiwu", "Hangzhou")[nth % 3],
        paid=nth % 7 > 0,
        behaviour=("prompt", "slow", "absent", "")[nth % 4],
    ))
    if nth % 11 == 0:
        world.carriers.hold("jt", 30 * HOUR)
    world.advance(later(world.now, HOUR))
    buyers = world.buyers
    commands = (world.sellers.ready_to_ship, buyers.change_address, buyers.cancel)
    for command in commands[: nth % 5]:
        try:
            command(order.id)
        except DomainError:
            pass
world.advance(later(world.now, 60 * 24 * HOUR))
assert world.next_due is None
print(world.journal.length, world.journal.digest())
"""

IMPORTS = "import simpy, faker; faker.Faker('en_GB').postcode()"

PATHS = [Path(module.__file__).parents[1] for module in (simulator, simpy, faker)]
"""What an interpreter needs to see: this repository, and two libraries in plain Python."""

INTERPRETERS = [
    sys.executable,
    *map(str, sorted(Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python3.1[1-9]"))),
]


def run(python, program, hash_seed="0"):
    return subprocess.run(
        [python, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "PYTHONPATH": os.pathsep.join(map(str, PATHS)),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )


@cache
def here_and_now():
    ended = run(sys.executable, PROGRAM)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("hash_seed", chosen(["1", "2"]))
def test_a_run_does_not_depend_on_the_hash_seed(hash_seed):
    assert run(sys.executable, PROGRAM, hash_seed).stdout == here_and_now()


@pytest.mark.slow  # other interpreters start
@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_run_does_not_depend_on_the_interpreter(python):
    tried = run(python, IMPORTS)
    if tried.returncode and python != sys.executable:
        pytest.skip(f"{python} cannot import simpy and faker: {tried.stderr.splitlines()[-1:]}")

    ended = run(python, PROGRAM)

    assert (ended.stdout, ended.stderr) == (here_and_now(), "")
