"""The environment of whole seconds, as SimPy's own programs use it."""

import pytest
import simpy
from simpy.core import EmptySchedule, Infinity

from simulator.clock import DAY, HOUR
from simulator.seconds import Seconds


@pytest.fixture
def env():
    return Seconds(100)


@pytest.fixture
def heard():
    return []


class Ear:
    """Notes when it is rung."""

    def __init__(self, env, heard):
        self.env, self.heard = env, heard

    def ring(self, turn):
        self.heard.append((self.env.now, turn))


def test_it_runs_until_an_instant_and_leaves_that_instants_events_alone(env, heard):
    env.ring_at(160, Ear(env, heard), 1)
    env.run(until=160)
    assert (env.now, heard) == (160, [])
    env.settle()
    assert heard == [(160, 1)]


@pytest.mark.parametrize("until", [99, 100])
def test_time_does_not_stand_still_or_go_back(env, until):
    with pytest.raises(ValueError, match="later than 100"):
        env.run(until=until)


def test_it_knows_the_next_second_of_anything(env, heard):
    assert env.peek() == Infinity
    env.ring_after(900, Ear(env, heard), 1)
    assert env.peek() == 900
    env.ring_now(Ear(env, heard), 2)
    assert env.peek() == 100


def test_who_asks_for_the_next_second_does_not_turn_the_clock(env, heard):
    """What is asked for later, but due sooner, still comes sooner."""
    ear = Ear(env, heard)
    env.ring_at(100 + 9 * HOUR, ear, 3)
    assert env.peek() == 100 + 9 * HOUR
    env.ring_at(100 + 2 * HOUR, ear, 1)
    env.ring_at(101 + 9 * HOUR, ear, 4)
    env.ring_at(99 + 9 * HOUR, ear, 2)
    assert env.peek() == 100 + 2 * HOUR
    env.run(until=100 + 3 * DAY)
    assert [turn for _, turn in heard] == [1, 2, 3, 4]


def test_a_step_is_one_event_and_a_world_without_any_has_none(env, heard):
    env.ring_at(160, Ear(env, heard), 1)
    env.ring_after(160, Ear(env, heard), 3)
    env.ring_at(160, Ear(env, heard), 2)
    for nth in (1, 2, 3):
        env.step()
        assert [turn for _, turn in heard] == [1, 2, 3][:nth]
    assert env.happened == 3
    with pytest.raises(EmptySchedule):
        env.step()


def test_a_life_may_wait_for_another_and_hears_what_it_returns(env, heard):
    def child():
        yield env.timeout(5)
        return "grown"

    def parent():
        heard.append((yield env.process(child())))
        heard.append((yield simpy.Event(env).succeed("at once")))

    env.run(until=env.process(parent()))

    assert (heard, env.now) == (["grown", "at once"], 105)


def test_what_fails_in_a_life_reaches_whoever_lets_time_pass(env):
    def life():
        yield env.timeout(5)
        raise KeyError("a bug")

    env.process(life())
    with pytest.raises(KeyError, match="a bug"):
        env.run(until=200)


def test_an_event_that_fails_and_that_nobody_takes_stops_the_run(env):
    simpy.Event(env).fail(OSError("nobody cares"))
    with pytest.raises(OSError, match="nobody cares"):
        env.run(until=200)


def test_after_a_failure_the_rest_of_the_second_is_still_there(env, heard):
    def life():
        yield env.timeout(5)
        raise KeyError

    env.process(life())
    env.run(until=101)
    env.ring_at(105, Ear(env, heard), 1)
    with pytest.raises(KeyError):
        env.run(until=200)
    env.run(until=200)
    assert heard == [(105, 1)]
