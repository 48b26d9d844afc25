"""A world whose commands are repeated on another one is the same world: from the start, or from any
snapshot on; digest, ids, places in the queue and all."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import World, WorldConfig, market_named
from simulator.clock import DAY, later
from simulator.world import Pickups
from tests.simulator.properties import test_archive as archived
from tests.simulator.properties import test_channels as channels
from tests.simulator.properties import test_mishap_snapshot as luckless
from tests.simulator.properties import test_shippers as shippers
from tests.simulator.properties import test_snapshot as voyages
from tests.simulator.properties.rule_books import RULES_OF_THEIR_OWN
from tests.simulator.repeating import Kept
from tests.thoroughness import examples

SHORTLY = settings(max_examples=examples(24), deadline=None, derandomize=True)
SEASONS = st.sampled_from([0, 1, 20])
ACTS = st.lists(shippers.ACTS, min_size=6, max_size=20)


def assert_repeatable(world, do, chapters):
    """Whatever is done to *world*, of which a snapshot is taken halfway."""
    kept = Kept(world)
    for nth, chapter in enumerate(chapters):
        if nth == len(chapters) // 2:
            kept.snapshot()
        for act in chapter:
            do(world, *act)
    world.advance(later(world.now, 30 * DAY))
    kept.assert_another_world_is_the_same()
    kept.assert_a_restored_world_is_the_same()


@pytest.mark.parametrize("market", RULES_OF_THEIR_OWN)
@SHORTLY
@given(chapters=voyages.CHAPTERS)
def test_orders_in_every_market(market, chapters):
    world = World(WorldConfig(market=market_named(market)))
    assert_repeatable(world, voyages.do, chapters)


@SHORTLY
@given(chapters=voyages.DISPUTES)
def test_disputes(chapters):
    assert_repeatable(World(), voyages.do, [voyages.IN_FULL_SAIL, *chapters])


@pytest.mark.usefixtures("everything_on_the_hour", "buyers_on_the_hour")
@SHORTLY
@given(chapters=voyages.AFTERNOONS)
def test_living_buyers_and_chats(chapters):
    world = World(voyages.PUNCTUAL_RETURNS)
    assert_repeatable(world, voyages.do, [voyages.FULL_OF_LIFE, *chapters])


@SHORTLY
@given(chapters=st.lists(st.lists(voyages.LUCKLESS, min_size=1, max_size=6), max_size=4))
def test_what_goes_back(chapters):
    voyage = [[*voyages.GOING_BACK, (voyages.bad_season, 0, 50.0)], *chapters]
    assert_repeatable(World(voyages.PUNCTUAL_RETURNS), voyages.do, voyage)


@SHORTLY
@given(chapters=luckless.CHAPTERS, mishaps=SEASONS)
def test_mishaps(chapters, mishaps):
    voyage = [luckless.PROLOGUE, *chapters]
    assert_repeatable(World(WorldConfig(mishaps=mishaps)), luckless.do, voyage)


@SHORTLY
@given(chapters=channels.CHAPTERS)
def test_channels(chapters):
    assert_repeatable(World(channels.CONFIG), channels.do, chapters)


@SHORTLY
@given(pickups=st.sampled_from(Pickups), mishaps=SEASONS, acts=ACTS)
def test_shipments_pickups_and_trackers(pickups, mishaps, acts):
    half = len(acts) // 2
    world = World(WorldConfig(pickups=pickups, mishaps=mishaps))
    assert_repeatable(world, shippers.do, [acts[:half], acts[half:]])


@SHORTLY
@given(chapters=archived.CHAPTERS, stay=archived.STAYS)
def test_a_world_with_an_archive(chapters, stay):
    """Who has left memory, and when, is nothing that commands could say."""
    pair = archived.Pair(stay)
    kept = Kept(pair.archived)
    for nth, chapter in enumerate([*chapters, [(archived.wait, 60 * DAY)]]):
        if nth == len(chapters) // 2:
            kept.snapshot()
        for act in chapter:
            pair.do(*act)
    again, restored = World(kept.world.config), World.restore(kept.saved)
    again.plug_in(archived.Drawer(), stay)
    restored.plug_in(pair.drawer, stay)
    for world, since in ((again, 0), (restored, kept.since)):
        kept.tell(world, since)
        assert world.journal.digest() == pair.archived.journal.digest()
        for order_id in pair.ids:
            assert archived.seen(world, order_id) == archived.seen(pair.whole, order_id)
