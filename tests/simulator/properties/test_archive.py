"""A world whose ended orders leave for an archive tells, shows and refuses what one without one
does."""

import json
from functools import partial
from operator import attrgetter

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World
from simulator.clock import DAY, HOUR, later
from simulator.disputes.case import Cause
from simulator.parcels.evidence import Photo
from simulator.plain import to_plain
from tests.thoroughness import examples

NOT_DATA = frozenset({"inbox", "watch"})
WHICH = st.integers(0, 30)
WAITS = st.sampled_from([60, HOUR, 5 * HOUR, 20 * HOUR, 2 * DAY, 6 * DAY, 15 * DAY])
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Shanghai", "Yiwu", "Chengdu"]),
    behaviour=st.sampled_from(["", "prompt", "prompt", "prompt", "slow", "quarrelsome"]),
    paid=st.sampled_from([True, True, True, False]),
    parcels=st.sampled_from([1, 1, 2]),
    buyer=st.sampled_from(["", "ann"]),
    combined=st.booleans(),
    temperament=st.sampled_from(["", "", "fussy", "fraudulent"]),
)


class Drawer:
    """The smallest archive: JSON in a list."""

    def __init__(self):
        self.put_away = []

    def put(self, ended):
        self.put_away += [(each.facts, each.keys, json.dumps(each.rows)) for each in ended]

    def find(self, kind, key):
        found = [rows for _, keys, rows in self.put_away if (kind, key) in keys]
        return json.loads(found[-1]) if found else None

    def rewind(self, facts):
        self.put_away = [each for each in self.put_away if each[0] <= facts]


class Pair:
    """Two worlds in which the same is done: one forgets nothing, one has an archive."""

    def __init__(self, stay):
        self.stay = stay
        self.whole, self.archived = World(), World()
        self.drawer = Drawer()
        self.hopped = False
        self.archived.plug_in(self.drawer, stay)
        self.ids = []

    def do(self, act, *args):
        if act == "buyers.place_order":
            placed = [command(world, act)(*args).id for world in (self.whole, self.archived)]
            assert placed[0] == placed[1]
            self.ids.append(placed[0])
            return
        if act not in ("carriers.hold", wait):
            if not self.ids:
                return
            which, *more = args
            args = (self.ids[which % len(self.ids)], *more)
            if act is mark_with_anothers_number:
                args = (args[0], self.ids[more[0] % len(self.ids)])
        answers = [answer_to(act, world, *args) for world in (self.whole, self.archived)]
        assert answers[0] == answers[1], "what one refuses, the other refuses in the same words"

    def hop(self):
        """The archived world is saved and restored, and finds its archive again."""
        self.archived = World.restore(json.loads(json.dumps(self.archived.save())))
        self.archived.plug_in(self.drawer, self.stay)
        self.hopped = True

    def assert_same(self):
        assert self.whole.journal.digest() == self.archived.journal.digest()
        # A restored world has no stale alarms; the others have the same ones.
        assert self.hopped or self.whole.next_due == self.archived.next_due
        for order_id in self.ids:
            assert seen(self.archived, order_id) == seen(self.whole, order_id)


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def mark_with_the_labels_number(world, order_id):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        world.sellers.mark_shipped(order_id, parcel.carrier, parcel.tracking_number)


def mark_with_anothers_number(world, order_id, other_id):
    for parcel in world.registry.parcels_of(world.order(other_id)):
        world.sellers.mark_shipped(order_id, parcel.carrier or "ups", parcel.tracking_number)


def command(world, act):
    """A command by its name, or a move of our own."""
    return attrgetter(act)(world) if isinstance(act, str) else partial(act, world)


def photograph(world, order_id):
    for parcel_id in world.order(order_id).parcel_ids:
        world.desk.attach_evidence(parcel_id, Photo("a.png", "image/png", "0" * 64, 9, world.now))


def appeal(world, order_id):
    for complaint in world.registry.docket.about_carriers_of(order_id):
        world.desk.appeal(complaint.id)


def answer_to(act, world, *args):
    try:
        command(world, act)(*args)
    except DomainError as refusal:
        return type(refusal), refusal.args
    return None


def seen(world, order_id):
    """All that can be looked at of an order, by every key; its money first, from the archive."""
    money = world.settlement(order_id)
    order = world.order(order_id)
    parcels = world.registry.parcels_of(order)
    for parcel in parcels:
        assert world.parcel(parcel.id) is parcel, "the same parcel by every key"
        if parcel.tracking_number:
            assert world.registry.parcel_numbered(parcel.tracking_number) is parcel
    return money, to_plain(order, NOT_DATA), [to_plain(parcel, NOT_DATA) for parcel in parcels]


def of_an_order(act, *more):
    return st.tuples(st.just(act), WHICH, *more)


COMMANDS = st.one_of(
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just("carriers.hold"), st.just("jt"), st.sampled_from([0, 60 * HOUR])),
    of_an_order("buyers.pay"),
    of_an_order("buyers.cancel"),
    of_an_order("buyers.confirm"),
    of_an_order("buyers.change_address"),
    of_an_order("buyers.withdraw_cancellation"),
    of_an_order("sellers.ready_to_ship"),
    of_an_order("sellers.book", st.just("dhl")),
    of_an_order("sellers.mark_shipped", st.just("ups"), st.sampled_from(["MY-OWN-1", "MY-OWN-2"])),
    of_an_order(mark_with_the_labels_number),
    of_an_order(mark_with_anothers_number, WHICH),
    of_an_order("desk.complain_about_carrier"),
    of_an_order(appeal),
    of_an_order("buyers.complain", st.sampled_from(Cause)),
    of_an_order(photograph),
)
CHAPTERS = st.lists(st.lists(COMMANDS, min_size=1, max_size=15), min_size=1, max_size=4)
STAYS = st.sampled_from([0, HOUR, DAY, 30 * DAY])
CALMLY = settings(max_examples=examples(20), deadline=None, derandomize=True)


def assert_an_archive_changes_nothing(chapters, stay, *, hopping=False):
    pair = Pair(stay)
    for chapter in [*chapters, [(wait, 60 * DAY)]]:
        for command in chapter:
            pair.do(*command)
        pair.assert_same()
        if hopping:
            pair.hop()
            pair.assert_same()
    live = pair.archived.registry
    assert all(not order.is_over for order in live.orders.values()), "what ended has left"
    assert len(live.parcels) == len(live.by_number) + sum(
        not parcel.tracking_number for parcel in live.parcels.values()
    )


@CALMLY
@given(chapters=CHAPTERS, stay=STAYS)
def test_an_archive_changes_nothing(chapters, stay):
    assert_an_archive_changes_nothing(chapters, stay)


@pytest.mark.usefixtures("everything_on_the_hour")
@CALMLY
@given(chapters=CHAPTERS, stay=STAYS)
def test_nor_does_it_when_everything_happens_on_the_hour(chapters, stay):
    assert_an_archive_changes_nothing(chapters, stay)


@CALMLY
@given(chapters=CHAPTERS, stay=STAYS)
def test_a_restored_world_finds_its_archive_again(chapters, stay):
    assert_an_archive_changes_nothing(chapters, stay, hopping=True)


@CALMLY
@given(before=st.lists(COMMANDS, max_size=15), after=st.lists(COMMANDS, max_size=15))
def test_a_world_restored_from_an_older_snapshot_forgets_what_has_not_happened_yet(before, after):
    pair = Pair(stay=0)
    for command in [*before, (wait, 20 * DAY)]:
        pair.do(*command)
    snapshot = json.loads(json.dumps(pair.archived.save()))
    known = list(pair.ids)
    expected = [seen(pair.archived, order_id) for order_id in known]

    for command in [*after, (wait, 20 * DAY)]:
        pair.do(*command)
    back = World.restore(snapshot)
    back.plug_in(pair.drawer, 0)

    assert [seen(back, order_id) for order_id in known] == expected
    for order_id in pair.ids[len(known) :]:
        assert back.registry.find_order(order_id) is None
