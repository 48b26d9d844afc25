"""Goods abroad are conserved, whatever happens; and worlds with every channel can be saved at any
second.

The oracle keeps a book of its own from orders and their parcels: it shares no code with the stock.
"""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import partial
from operator import attrgetter

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, facts
from simulator.catalog import SHELF
from simulator.channels.model import Channel, ChannelTerms, StockTerms, Transport, WhenOut
from simulator.channels.suppliers import Supplier
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Burst
from simulator.statistics.sink import Statistics
from tests.simulator.repeating import without_turns
from tests.thoroughness import examples

SKUS = [SHELF[0].id, SHELF[4].id]
AT_FIRST = {SKUS[0]: 3, SKUS[1]: 1}
WHICH = st.integers(0, 9)
WAITS = st.sampled_from([1, HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 9 * DAY])
SUPPLIERS = (
    Supplier("even", "Even", (0, 2 * DAY), 0.5, (HOUR, 4 * DAY), 0.3, (0, DAY)),
    Supplier("odd", "Odd", (DAY, DAY), 0.3, (DAY, DAY), 0.5, (DAY, DAY)),
)
CONFIG = WorldConfig(
    carrier_rule="by_value",
    independent_shops=("Harbour Lights",),
    channels=ChannelTerms(
        stock=StockTerms(
            units=AT_FIRST,
            reorder_at=1,
            reorder_units=2,
            sea_span=(2 * DAY, 6 * DAY),
            air_span=(DAY, DAY),
        ),
        suppliers=SUPPLIERS,
        expected_within=5 * DAY,
    ),
)
CHANNELS = st.sampled_from(["overseas", "overseas", "dropship", "direct"])
PURCHASES = st.builds(
    Purchase,
    channel=CHANNELS,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Yiwu"]),
    sku_ids=st.lists(st.sampled_from(SKUS), min_size=1, max_size=2).map(tuple),
    behaviour=st.sampled_from(["", "prompt", "prompt", "slow", "absent"]),
    paid=st.sampled_from([True, True, True, False]),
)
BUYING = st.builds(
    Buying,
    channel=CHANNELS.map(lambda name: ((name, 1.0), ("direct", 0.5))),
    shipping=st.just((("platform", 1.0), ("seller", 1.0))),
    skus=st.just(tuple((sku, 1.0) for sku in SKUS)),
    behaviour=st.just((("prompt", 1.0), ("slow", 1.0))),
)


def place(world, shop, purchase):
    shops = list(world.registry.shops)
    world.buyers.place_order(replace(purchase, shop_id=shops[shop % len(shops)]))


def burst(world, orders, buying):
    world.add_demand(Plan(burst=Burst(orders, HOUR), buying=buying))


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def hold(world):
    world.carriers.hold("jt", 30 * HOUR)


def send(world, sku, units, by, shop):
    shops = list(world.registry.shops)
    world.desk.send_consignment(sku, units, by, shops[shop % len(shops)])


def answer(world, order_id, granted):
    world.sellers.answer_cancellation(order_id, granted=granted)


def answer_refund(world, order_id, granted):
    world.sellers.answer_refund(order_id, granted=granted)


def mark_with_the_labels_number(world, order_id):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        world.sellers.mark_shipped(order_id, parcel.carrier, parcel.tracking_number)


OF_THE_WORLD = (place, burst, wait, hold, send)


def of_an_order(act, *more):
    return st.tuples(st.just(act), WHICH, *more)


COMMANDS = st.one_of(
    st.tuples(st.just(place), st.integers(0, 1), PURCHASES),
    st.tuples(st.just(place), st.integers(0, 1), PURCHASES),
    st.tuples(st.just(place), st.integers(0, 1), PURCHASES),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(burst), st.integers(1, 4), BUYING),
    st.tuples(
        st.just(send),
        st.sampled_from(SKUS),
        st.integers(1, 3),
        st.sampled_from(Transport),
        st.integers(0, 1),
    ),
    st.tuples(st.just(hold)),
    of_an_order("buyers.pay"),
    of_an_order("buyers.cancel"),
    of_an_order("buyers.withdraw_cancellation"),
    of_an_order(answer, st.booleans()),
    of_an_order("buyers.ask_refund"),
    of_an_order(answer_refund, st.booleans()),
    of_an_order("sellers.ready_to_ship"),
    of_an_order("sellers.book", st.sampled_from(["ups", "yunexpress", "dhl"])),
    of_an_order("sellers.mark_shipped", st.just("ups"), st.just("MY-OWN-1")),
    of_an_order(mark_with_the_labels_number),
    of_an_order("desk.pass_to_supplier", st.sampled_from(["even", "odd"])),
    of_an_order("desk.pass_to_supplier", st.sampled_from(["even", "odd"])),
)
STORIES = st.lists(COMMANDS, min_size=1, max_size=25)
CHAPTERS = st.lists(st.lists(COMMANDS, min_size=1, max_size=10), min_size=2, max_size=5)
CALMLY = settings(max_examples=examples(15), deadline=None, derandomize=True)


def do(world, act, *args):
    """Do it; orders are meant by their number, so that two worlds mean the same one."""
    if act not in OF_THE_WORLD:
        orders = list(world.registry.orders)
        if not orders:
            return
        which, *more = args
        args = (orders[which % len(orders)], *more)
    with suppress(DomainError):
        (attrgetter(act)(world) if isinstance(act, str) else partial(act, world))(*args)


def assert_conserved(world, arrived):
    """What lies there is what was there, and came, and did not leave; what is reserved is what
    live orders wait for."""
    here = world.registry
    for shop_id, warehouse_id in here.stock.yards.items():
        left, waits = Counter(), Counter()
        for order in here.orders.values():
            if order.channel is not Channel.OVERSEAS or order.shop_id != shop_id:
                continue
            gone = any(parcel.is_collected for parcel in here.parcels_of(order))
            goods = Counter(item.sku_id for item in order.items)
            if gone:
                left += goods
            elif not order.is_over:
                waits += goods
        for sku in SKUS:
            line = here.stock.lines[warehouse_id][sku]
            assert line.on_hand == AT_FIRST[sku] + arrived[warehouse_id, sku] - left[sku]
            assert line.reserved == waits[sku]
            assert line.on_hand >= line.reserved >= 0


def listening(world):
    """What has arrived, by the facts; and that each fact says what is true at that second."""
    arrived, counts = Counter(), {}

    def hear(_seq, _at, fact):
        if isinstance(fact, facts.ConsignmentArrived):
            arrived[fact.warehouse_id, fact.sku_id] += fact.units
        if isinstance(fact, facts.StockMoved):
            place = (fact.warehouse_id, fact.sku_id)
            on_hand, reserved = counts.get(place, (AT_FIRST[fact.sku_id], 0))
            on_hand += {"arrived": fact.units, "taken": -fact.units}.get(fact.cause, 0)
            reserved += fact.units if fact.cause == "reserved" else 0
            reserved -= fact.units if fact.cause in ("taken", "released") else 0
            counts[place] = on_hand, reserved
            assert (fact.on_hand, fact.reserved) == (on_hand, reserved)
            assert on_hand >= reserved >= 0

    world.journal.subscribe(hear)
    return arrived


@CALMLY
@given(STORIES)
def test_goods_abroad_are_never_sold_twice_and_never_lost(story):
    world = World(CONFIG)
    arrived = listening(world)
    for command in [*story, (wait, 60 * DAY)]:
        before = world.journal.length
        do(world, *command)
        assert_conserved(world, arrived)
        assert world.journal.length >= before
    assert not world.registry.consignments
    assert not world.registry.errands
    assert world.next_due is None


@CALMLY
@given(STORIES, st.sampled_from(WhenOut))
def test_no_source_ever_sells_more_than_there_is(story, when_out):
    stock = replace(CONFIG.channels.stock, when_out=when_out, reorder_units=0)
    world = World(replace(CONFIG, channels=replace(CONFIG.channels, stock=stock)))
    sold = Counter()

    def hear(_seq, _at, fact):
        if isinstance(fact, facts.StockMoved) and fact.cause in ("reserved", "released"):
            sold[fact.sku_id] += fact.units if fact.cause == "reserved" else -fact.units

    world.journal.subscribe(hear)
    for command in [each for each in story if each[0] is not send]:
        do(world, *command)
        shops = len(world.registry.shops)
        assert all(0 <= sold[sku] <= AT_FIRST[sku] * shops for sku in SKUS)


@CALMLY
@given(STORIES)
def test_an_order_is_with_one_supplier_at_most_and_ships_from_where_it_was(story):
    world, errands, shipped = World(CONFIG), {}, {}

    def hear(_seq, at, fact):
        match fact:
            case facts.OrderPassedOn():
                assert fact.order_id not in errands
                errands[fact.order_id] = fact
            case facts.SupplierShipped() | facts.SupplierRefused():
                passed = errands.pop(fact.order_id)
                assert passed.supplier == fact.supplier
                if isinstance(fact, facts.SupplierShipped):
                    shipped[fact.order_id] = at
                    assert fact.late_s == max(0, at - passed.promised_by)
            case facts.OrderCancelled():
                errands.pop(fact.order_id, None)
            case facts.ParcelBooked():
                dropshipped = world.order(fact.order_id).channel is Channel.DROPSHIP
                # Within its second, the booking and the supplier's word come in either order.
                by_supplier = fact.order_id in errands or shipped.get(fact.order_id) == at
                assert dropshipped is by_supplier

    world.journal.subscribe(hear)
    for command in [*story, (wait, 60 * DAY)]:
        do(world, *command)
    assert not errands


@CALMLY
@given(STORIES)
def test_the_platform_never_judges_an_independent_shop(story):
    world = World(CONFIG)
    judged = set()
    counted = Statistics()
    world.journal.subscribe(counted.hear)
    world.journal.subscribe(
        lambda _seq, _at, fact: (
            judged.add(fact.order_id)
            if isinstance(fact, facts.RuleBreached | facts.TrackingAnomaly | facts.PenaltyCharged)
            else None
        )
    )
    for command in [*story, (wait, 60 * DAY)]:
        do(world, *command)
    own = {order.id for order in world.registry.orders.values() if order.independent}

    assert not judged & own
    if len(own) == len(world.registry.orders):
        assert not any(rate.of for rate in counted.rates())
    again = Statistics()
    again.restore(json.loads(json.dumps(counted.save())))
    assert again.save() == counted.save()


def saved_and_restored(world):
    return World.restore(json.loads(json.dumps(world.save())))


def assert_saving_changes_nothing(chapters, naps):
    straight, hopping = World(CONFIG), World(CONFIG)
    for chapter in [*chapters, *([(wait, nap)] for nap in naps), [(wait, 60 * DAY)]]:
        hopping = saved_and_restored(hopping)
        assert straight.journal.digest() == hopping.journal.digest(), "restoring is no event"
        for command in chapter:
            do(straight, *command)
            do(hopping, *command)
        assert straight.journal.digest() == hopping.journal.digest()
    assert without_turns(straight.save()) == without_turns(hopping.save())


@CALMLY
@given(CHAPTERS, st.lists(WAITS, max_size=5))
def test_worlds_with_every_channel_are_saved_and_restored(chapters, naps):
    assert_saving_changes_nothing(chapters, naps)


@pytest.mark.usefixtures("everything_on_the_hour")
@CALMLY
@given(CHAPTERS, st.lists(WAITS, max_size=5))
def test_so_they_are_when_everything_happens_on_the_hour(chapters, naps):
    assert_saving_changes_nothing(chapters, naps)
