"""A world saved and restored, however often, goes on exactly as if it had never stopped."""

import json
from contextlib import suppress

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.clock import DAY, HOUR, later
from simulator.market import MARKETS
from simulator.parcels.model import Handover
from simulator.shipping import pickup_slots

WHICH = st.integers(0, 9)
WAITS = st.sampled_from([1, 60, 3599, HOUR, 2 * HOUR, 4 * HOUR, 20 * HOUR, DAY, 3 * DAY, 9 * DAY])
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Shenzhen", "Shanghai", "Yiwu", "Chengdu"]),
    behaviour=st.sampled_from(["", "prompt", "prompt", "slow", "absent"]),
    paid=st.sampled_from([True, True, True, False]),
)
HANDOVERS = st.sampled_from([None, None, *Handover])
EXPRESS = st.sampled_from(["ups", "dhl"])


def ready_for_a_slot(world, order_id, nth):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        for slot, _ in pickup_slots(world.registry, parcel)[nth : nth + 1]:
            world.ready_to_ship(order_id, slot=slot)


def mark_with_the_labels_number(world, order_id):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        world.mark_shipped(order_id, parcel.carrier, parcel.tracking_number)


def answer(world, order_id, granted):
    world.answer_cancellation(order_id, granted=granted)


def answer_refund(world, order_id, granted):
    world.answer_refund(order_id, granted=granted)


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def of_an_order(act, *more):
    return st.tuples(st.just(act), WHICH, *more)


COMMANDS = st.one_of(
    st.tuples(st.just(World.place_order), PURCHASES),
    st.tuples(st.just(World.place_order), PURCHASES),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(World.hold), st.just("jt"), st.sampled_from([0, 5 * HOUR, 60 * HOUR])),
    of_an_order(World.pay),
    of_an_order(World.cancel),
    of_an_order(World.withdraw_cancellation),
    of_an_order(answer, st.booleans()),
    of_an_order(World.change_address),
    of_an_order(World.confirm),
    of_an_order(World.ask_refund),
    of_an_order(World.withdraw_refund),
    of_an_order(answer_refund, st.booleans()),
    of_an_order(World.ready_to_ship, HANDOVERS),
    of_an_order(ready_for_a_slot, WHICH),
    of_an_order(World.book, EXPRESS),
    of_an_order(World.mark_shipped, EXPRESS, st.sampled_from(["MY-OWN-1", "MY-OWN-2"])),
    of_an_order(mark_with_the_labels_number),
)
CHAPTERS = st.lists(st.lists(COMMANDS, min_size=1, max_size=12), min_size=2, max_size=5)
NAPS = st.lists(WAITS, max_size=6)


def do(world, act, *args):
    """Do it; orders are meant by their number, so that both worlds mean the same one."""
    if act not in (World.place_order, World.hold, wait):
        orders = list(world.registry.orders)
        if not orders:
            return
        which, *more = args
        args = (orders[which % len(orders)], *more)
    with suppress(DomainError):
        act(world, *args)


def saved_and_restored(world):
    return World.restore(json.loads(json.dumps(world.save())))


def without_turns(saved):
    """What was saved, but for places in the queue, which are numbered anew."""
    if isinstance(saved, dict):
        return {key: without_turns(item) for key, item in saved.items() if key != "turn"}
    if isinstance(saved, list):
        return [without_turns(item) for item in saved]
    return saved


def assert_saving_changes_nothing(market, chapters, naps):
    config = WorldConfig(market=market_named(market))
    straight, hopping = World(config), World(config)
    for chapter in [*chapters, *([(wait, nap)] for nap in naps), [(wait, 60 * DAY)]]:
        hopping = saved_and_restored(hopping)
        assert straight.journal.digest() == hopping.journal.digest(), "restoring is no event"
        for command in chapter:
            do(straight, *command)
            do(hopping, *command)
        assert straight.journal.digest() == hopping.journal.digest()
    assert without_turns(straight.save()) == without_turns(hopping.save())
    for shop in straight.registry.shops:
        assert straight.penalties(shop) == hopping.penalties(shop)
    assert straight.next_due is hopping.next_due is None


CALMLY = settings(max_examples=80, deadline=None, derandomize=True)


@pytest.mark.parametrize("market", MARKETS)
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS)
def test_saving_and_restoring_changes_nothing(market, chapters, naps):
    assert_saving_changes_nothing(market, chapters, naps)


@pytest.mark.usefixtures("everything_on_the_hour")
@pytest.mark.parametrize("market", MARKETS)
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS)
def test_nor_does_it_when_everything_happens_on_the_hour(market, chapters, naps):
    assert_saving_changes_nothing(market, chapters, naps)
