"""Shipments, pickups and trackers under any interleaving: saving changes nothing, every view is the
image of the carrier's scans, and what a courier took was there to be taken."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import Mode, Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, later
from simulator.errors import DomainError
from simulator.facts import PickupMade, TrackerUpdated
from simulator.parcels.model import ParcelStatus
from simulator.parcels.moves import follows
from simulator.shipments.model import ShipmentStatus
from simulator.shipments.windows import Policy, Window
from simulator.world import Pickups
from tests.simulator.shippers import AMERICAN, BUYER, SENDER, call, wish
from tests.thoroughness import examples

CARRIERS = ("ups", "fedex", "dhl", "tnt", "jt", "yunexpress", "epacket", "ems")
VIEWS = ("17track", "easypost", "aftership")
ACTS = st.one_of(
    st.tuples(st.just("ship"), st.integers(0, 99)),
    st.tuples(st.just("void"), st.integers(0, 9)),
    st.tuples(st.just("call"), st.integers(0, 48)),
    st.tuples(st.just("call_off"), st.integers(0, 9)),
    st.tuples(st.just("change"), st.integers(0, 9)),
    st.tuples(st.just("track"), st.integers(0, 29)),
    st.tuples(st.just("stop"), st.integers(0, 9)),
    st.tuples(st.just("resume"), st.integers(0, 9)),
    st.tuples(st.just("name"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, HOUR, 5 * HOUR, DAY, 4 * DAY])),
)


def nth_of(found, n):
    found = list(found)
    return found[n % len(found)] if found else None


def carriers_of(world):
    return [code for code in CARRIERS if code in world.registry.carriers]


def do(world, act, value):
    with suppress(DomainError):
        DOES[act](world, value)


def ship(world, value):
    code = nth_of(carriers_of(world), value)
    lane = (AMERICAN, AMERICAN) if value % 5 == 4 else (SENDER, BUYER)
    world.shippers.ship(wish(code, sender=lane[0], recipient=lane[1]))


def courier(world, value):
    code = nth_of(carriers_of(world), value)
    opens = later(world.now, value * HOUR)
    policy = Policy(moves_on=bool(value % 2))
    world.shippers.book_pickup(call(opens, later(opens, 6 * HOUR), code, policy))


def change(world, value):
    opens = later(world.now, DAY)
    window = Window(opens, later(opens, 9 * HOUR))
    world.shippers.change_pickup(nth_of(world.registry.pickups.all, value) or "", window)


def track(world, value):
    number = nth_of(world.registry.by_number or ["UNKNOWN99"], value)
    world.trackers.add(VIEWS[value % 3], number)


def resume(world, value):
    tracker = nth_of(world.registry.trackers.all.values(), value)
    if tracker and tracker.is_stopped:
        world.trackers.resume(tracker.id)


def name(world, value):
    """An order is placed, and named for it is a shipment's number."""
    order = world.buyers.place_order(Purchase(mode=Mode.SELLER))
    world.advance(later(world.now, HOUR))
    shipment = nth_of(world.registry.shipments.all.values(), value)
    for parcel in world.shippers.parcels_of(shipment)[:1] if shipment else ():
        world.sellers.mark_shipped(order.id, shipment.carrier, parcel.tracking_number)


DOES = {
    "ship": ship,
    "void": lambda w, n: w.shippers.void(nth_of(w.registry.shipments.all, n) or ""),
    "call": courier,
    "call_off": lambda w, n: w.shippers.cancel_pickup(nth_of(w.registry.pickups.all, n) or ""),
    "change": change,
    "track": track,
    "stop": lambda w, n: w.trackers.stop(nth_of(w.registry.trackers.all, n) or ""),
    "resume": resume,
    "name": name,
    "wait": lambda w, seconds: w.advance(later(w.now, seconds)),
}


def copied(world):
    return World.restore(json.loads(json.dumps(world.save())))


@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 2**32),
    pickups=st.sampled_from(Pickups),
    mishaps=st.sampled_from([0, 1, 30]),
    acts=st.lists(ACTS, min_size=3, max_size=16),
    naps=st.sets(st.integers(0, 15), max_size=5),
)
def test_saving_changes_nothing_and_views_are_images(seed, pickups, mishaps, acts, naps):
    config = WorldConfig(seed=seed, pickups=pickups, mishaps=mishaps)
    straight, sleepy, facts = World(config), World(config), []
    straight.journal.subscribe(lambda _, at, fact: facts.append((at, fact)))
    for nth, (act, value) in enumerate([*acts, ("wait", 20 * DAY)]):
        do(straight, act, value)
        do(sleepy, act, value)
        if nth in naps:
            sleepy = copied(sleepy)
        assert_images(straight)
    assert sleepy.journal.digest() == straight.journal.digest()
    assert_taken_once(straight, facts)
    assert_told_in_order(facts)


def assert_images(world):
    """What a view knows is how the carrier's record begins; and no voided label travels."""
    for number, parcel_id in world.registry.by_number.items():
        scans = world.parcel(parcel_id).scans
        for view in VIEWS:
            seen = list(world.trackers.sight(view, number).scans)
            assert seen == scans[: len(seen)]
            known = [t.known for t in world.trackers.of(view) if t.number == number]
            assert all(each <= len(scans) for each in known)
        moves = [None, *(scan.scan for scan in scans)]
        assert all(follows(moves[n], moves[n + 1]) for n in range(min(1, len(scans))))
    for shipment in world.shippers.shipments():
        if shipment.status is ShipmentStatus.VOIDED:
            parcels = world.shippers.parcels_of(shipment)
            assert {parcel.status for parcel in parcels} == {ParcelStatus.CANCELLED}


def assert_taken_once(world, facts):
    taken = [fact.parcel_id for _, fact in facts if isinstance(fact, PickupMade)]
    assert len(taken) == len(set(taken))
    booked = {each for pickup in world.shippers.pickups() for each in pickup.collected}
    assert booked == set(taken)


def assert_told_in_order(facts):
    known = {}
    for _, fact in facts:
        if isinstance(fact, TrackerUpdated):
            assert fact.known > known.get(fact.tracker_id, 0)
            known[fact.tracker_id] = fact.known
