"""An order's watch: each due judged at its second, once; what is forgotten, never."""

import pytest

from simulator.orders.watch import Watch
from simulator.seconds import Seconds
from simulator.waiting import Agenda


@pytest.fixture
def env():
    return Seconds(100)


@pytest.fixture
def judged():
    return []


@pytest.fixture
def agenda(env):
    return Agenda(env)


@pytest.fixture
def watch(env, agenda, judged):
    watch = Watch(agenda, lambda rule, due: judged.append((env.now, rule, due)))
    for rule, due in (("b", 120), ("a", 110), ("c", 130)):
        watch.add(rule, due)
    return watch


def test_each_is_judged_at_its_second_soonest_first(env, agenda, watch, judged):
    assert watch.due("b") == 120
    env.run()

    assert judged == [(110, "a", 110), (120, "b", 120), (130, "c", 130)]
    assert agenda.open_waits == 0


@pytest.mark.parametrize("forgotten", [{"a"}, {"b"}, {"c"}, {"a", "b"}, {"a", "c"}, {"nothing"}])
def test_what_is_forgotten_is_not_judged_and_the_rest_is(env, agenda, watch, judged, forgotten):
    watch.forget(forgotten)
    env.run()

    assert [rule for _, rule, _ in judged] == sorted({"a", "b", "c"} - forgotten)
    assert all(at == due for at, _, due in judged)
    assert agenda.open_waits == 0


def test_who_forgets_everything_waits_for_nothing(env, agenda, watch, judged):
    watch.forget({"a", "b", "c"})

    assert (agenda.open_waits, watch.turn) == (0, 0)
    env.run()
    assert judged == []


def test_what_is_forgotten_may_be_added_again(env, watch, judged):
    watch.forget({"a", "b", "c"})
    watch.add("a", 105)
    env.run()

    assert judged == [(105, "a", 105)]
