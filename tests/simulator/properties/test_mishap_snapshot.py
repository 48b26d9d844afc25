"""A luckless world saved and restored, however often, goes on as if it had never stopped."""

import json
from contextlib import suppress

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR, later
from simulator.incidents import PLANNABLE
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.packing import Packing
from tests.simulator.properties.rule_books import RULES_OF_THEIR_OWN
from tests.simulator.repeating import without_turns
from tests.thoroughness import examples

WAITS = st.sampled_from([1, 60, HOUR, 4 * HOUR, 20 * HOUR, DAY, DAY, 3 * DAY, 9 * DAY])
WHICH = st.integers(0, 9)


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def place(world, mode, city, behaviour):
    world.buyers.place_order(Purchase(mode=mode, city=city, behaviour=behaviour))


def close(world, region, after, hours):
    starts_at = later(world.now, after)
    ends_at = later(starts_at, hours * HOUR)
    world.carriers.close(Closure("", region, "", starts_at, ends_at, "strike"))


def refuse(world, parcel):
    world.buyers.refuse(parcel.order_id)


def misdirect(world, parcel):
    world.sellers.hand_to(parcel.id, "ups")


def pack_badly(world, parcel):
    world.desk.declare_packing(parcel.id, Packing(closure=(), room_mm=0))


def label_wrongly(world, parcel, accuracy):
    world.desk.declare_label(parcel.id, Label(accuracy=accuracy))


def set_ready(world, parcel):
    world.sellers.ready_to_ship(parcel.order_id)


def cancel(world, parcel):
    world.buyers.ask_refund(parcel.order_id)
    world.sellers.answer_refund(parcel.order_id, granted=True)


def by_hand(name, *more):
    return st.tuples(
        st.just(lambda world, parcel, *args: getattr(world.carriers, name)(parcel.id, *args)),
        WHICH,
        *more,
    )


def to_a_parcel(act, *more):
    return st.tuples(st.just(act), WHICH, *more)


TO_THE_WORLD = st.one_of(
    st.tuples(
        st.just(place),
        st.sampled_from(Mode),
        st.sampled_from(["Shenzhen", "Shenzhen", "Yiwu"]),
        st.sampled_from(["prompt", "prompt", "slow", ""]),
    ),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(World.set_mishaps), st.sampled_from([0, 1, 20])),
    st.tuples(
        st.just(close),
        st.sampled_from(["CN", "GB"]),
        st.sampled_from([0, 7 * HOUR]),
        st.sampled_from([3, 50]),
    ),
    st.tuples(st.just(lambda world, city: world.carriers.skip_pickup("jt", city)), st.just("")),
)
TO_PARCELS = st.one_of(
    by_hand("plan", st.sampled_from(PLANNABLE)),
    by_hand("plan", st.sampled_from(PLANNABLE)),
    by_hand("customs_hold", st.sampled_from([0, 2 * DAY])),
    by_hand("release"),
    by_hand("delay", st.sampled_from([1, DAY])),
    by_hand("damage"),
    by_hand("lose"),
    by_hand("mislay"),
    by_hand("find"),
    by_hand("send_back"),
    by_hand("dispose"),
    by_hand("scan", st.sampled_from(Scan)),
    to_a_parcel(refuse),
    to_a_parcel(misdirect),
    to_a_parcel(pack_badly),
    to_a_parcel(label_wrongly, st.sampled_from(Accuracy)),
    to_a_parcel(set_ready),
    to_a_parcel(cancel),
)
CHAPTERS = st.lists(
    st.lists(st.one_of(TO_THE_WORLD, TO_PARCELS), min_size=1, max_size=10), min_size=2, max_size=5
)
NAPS = st.lists(WAITS, max_size=6)
PROLOGUE = [
    (place, Mode.PLATFORM, "Shenzhen", "prompt"),
    (place, Mode.SELLER, "Shanghai", "prompt"),
    (place, Mode.PLATFORM, "Yiwu", "prompt"),
    (wait, 3 * DAY),
]


def do(world, act, *args):
    """Do it; parcels are meant by their number, so that both worlds mean the same one."""
    if act not in (place, wait, close, World.set_mishaps) and isinstance(args[0], int):
        parcels = list(world.registry.parcels.values())
        if not parcels:
            return
        args = (parcels[args[0] % len(parcels)], *args[1:])
    with suppress(DomainError):
        act(world, *args)


def assert_saving_changes_nothing(config, chapters, naps):
    straight, hopping = World(config), World(config)
    for chapter in [PROLOGUE, *chapters, *([(wait, nap)] for nap in naps), [(wait, 120 * DAY)]]:
        saved = json.loads(json.dumps(hopping.save()))
        hopping = World.restore(saved)
        assert straight.journal.digest() == hopping.journal.digest(), "restoring is no event"
        for command in chapter:
            do(straight, *command)
            do(hopping, *command)
        assert straight.journal.digest() == hopping.journal.digest()
    assert without_turns(straight.save()) == without_turns(hopping.save())
    assert straight.registry.mishaps == hopping.registry.mishaps


CALMLY = settings(max_examples=examples(15), deadline=None, derandomize=True)


@pytest.mark.parametrize("market", RULES_OF_THEIR_OWN)
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS, mishaps=st.sampled_from([0, 1, 20]))
def test_saving_a_luckless_world_changes_nothing(market, chapters, naps, mishaps):
    config = WorldConfig(market=market_named(market), mishaps=mishaps)
    assert_saving_changes_nothing(config, chapters, naps)


@pytest.mark.usefixtures("everything_on_the_hour")
@CALMLY
@given(chapters=CHAPTERS, naps=NAPS)
def test_nor_does_it_when_everything_goes_wrong_on_the_hour(chapters, naps):
    spans = {
        name: [4 * HOUR, 4 * HOUR]
        for name in World().registry.carrier("jt").setbacks.__slots__
        if name != "attempts_max"
    }
    carriers = {code: {"setbacks": spans} for code in ("jt", "ups")}
    assert_saving_changes_nothing(WorldConfig(mishaps=20, carriers=carriers), chapters, naps)


def test_what_is_planned_is_saved():
    world = World()
    for command in PROLOGUE[:1]:
        do(world, *command)
    wait(world, 3 * DAY)
    (parcel,) = world.registry.parcels.values()
    world.carriers.plan(parcel.id, Mishap.ATTEMPT_FAILED)
    again = World.restore(json.loads(json.dumps(world.save())))

    assert again.parcel(parcel.id).planned == (Mishap.ATTEMPT_FAILED,)
