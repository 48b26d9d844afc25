"""Scenarios small enough to be played dozens of times."""

import pytest

from scenarios.format.reading import read_text

SLOW = """
title: Slow sellers & their vans <late>
seller: slow
orders:
  - {name: first, count: 2}
  - {name: own, shipping: seller}
demand:
  - {kind: burst, name: live, orders: 2, for: 2h, behaviour: slow}
timeline:
  - {at: "+0h", carrier: jt, event: hold, for: 10h}
world: {shops: 2}
runs_for: 8d
expect:
  statistics: [{rate: late_dispatch, at_most: 0.4}]
"""


@pytest.fixture(scope="session")
def slow():
    """Some of its runs fail: the seller is late by chance."""
    return read_text(SLOW.encode(), "slow.scenario.yaml")


@pytest.fixture
def slow_file(tmp_path):
    path = tmp_path / "slow.scenario.yaml"
    path.write_text(SLOW, encoding="utf-8")
    return path
