"""Whatever happens in a world, its statistics are what a patient reader of the journal counts.

The reader below keeps every fact, looks at each order's whole story, and sorts whole lists: it
shares no code with the sink but the names of facts.
"""

import json
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import attrgetter

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, facts
from simulator.clock import DAY, HOUR, later
from simulator.statistics.sink import Statistics
from tests.thoroughness import examples

WAITS = st.sampled_from([60, HOUR, 4 * HOUR, 20 * HOUR, DAY, 2 * DAY, 3 * DAY, 9 * DAY])
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Shanghai", "Yiwu", "Chengdu"]),
    behaviour=st.sampled_from(["", "prompt", "prompt", "slow", "absent"]),
    paid=st.sampled_from([True, True, True, False]),
)


def wait(world, seconds):
    world.advance(later(world.now, seconds))


def mark_with_the_labels_number(world, order_id):
    for parcel in world.registry.parcels_of(world.order(order_id)):
        world.sellers.mark_shipped(order_id, parcel.carrier, parcel.tracking_number)


def of_an_order(act, *more):
    return st.tuples(st.just(act), st.integers(0, 30), *more)


COMMANDS = st.one_of(
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just("buyers.place_order"), PURCHASES),
    st.tuples(st.just(wait), WAITS),
    st.tuples(st.just(wait), WAITS),
    st.tuples(
        st.just("carriers.hold"), st.sampled_from(["jt", "ups"]), st.sampled_from([0, 60 * HOUR])
    ),
    of_an_order("buyers.cancel"),
    of_an_order("buyers.confirm"),
    of_an_order("sellers.ready_to_ship"),
    of_an_order("sellers.book", st.just("dhl")),
    of_an_order("sellers.mark_shipped", st.just("ups"), st.sampled_from(["MY-OWN-1", "MY-OWN-2"])),
    of_an_order(mark_with_the_labels_number),
)
STORIES = st.lists(COMMANDS, min_size=1, max_size=40)


def command(world, act):
    """A command by its name, or a move of our own."""
    return attrgetter(act)(world) if isinstance(act, str) else partial(act, world)


def do(world, act, *args):
    if act not in ("buyers.place_order", "carriers.hold", wait):
        orders = list(world.registry.orders)
        if not orders:
            return
        args = (orders[args[0] % len(orders)], *args[1:])
    with suppress(DomainError):
        command(world, act)(*args)


def told_by(story):
    """A world in which all this happened, left for a fortnight, and its whole journal."""
    world, journal = World(), []
    world.journal.subscribe(lambda *entry: journal.append(entry))
    for command in [*story, (wait, 14 * DAY)]:
        do(world, *command)
    return world, journal


class Reader:
    """Counts by reading everything again for every question."""

    def __init__(self, journal):
        self.journal = journal
        self.placed = {
            fact.order_id: (at, fact) for _, at, fact in journal if type(fact) is facts.OrderPlaced
        }

    def of(self, kind):
        return [(at, fact) for _, at, fact in self.journal if isinstance(fact, kind)]

    def orders_with(self, kind):
        return {fact.order_id for _, fact in self.of(kind)}

    def breaches(self):
        return Counter(
            (fact.rule, fact.liable, fact.cause) for _, fact in self.of(facts.RuleBreached)
        )

    def orders_by_status(self):
        last = {fact.order_id: fact.status for _, fact in self.of(facts.OrderMoved)}
        return Counter(last.values())

    def cancellations(self):
        return Counter((fact.reason, fact.by) for _, fact in self.of(facts.OrderCancelled))

    def rates(self):
        late = {
            fact.order_id for _, fact in self.of(facts.RuleBreached) if fact.rule in ("D1", "D4")
        }
        dispatched = self.orders_with(facts.OrderShipped)
        delivered = self.of(facts.OrderDelivered)
        on_time = [1 for at, fact in delivered if self.is_on_time(fact.order_id, at)]
        marked = {
            fact.order_id: fact.tracking_number for _, fact in self.of(facts.OrderMarkedShipped)
        }
        valid = {order_id for order_id, number in marked.items() if number in self.scanned()}
        return {
            "late_dispatch": (len(late), len(late | dispatched)),
            "on_time_delivery": (len(on_time), len(delivered)),
            "seller_fault_cancellation": (0, len(self.orders_with(facts.OrderPaid))),
            "valid_tracking": (len(valid), len(marked)),
        }

    def is_on_time(self, order_id, at):
        """Delivered by the end of the sixth weekday after the order's day."""
        day = datetime.fromtimestamp(self.placed[order_id][0], UTC).date()
        weekdays = 0
        while weekdays < 6:
            day += timedelta(days=1)
            weekdays += day.weekday() < 5
        return datetime.fromtimestamp(at, UTC).date() <= day

    def scanned(self):
        """Numbers with a physical scan."""
        seen = {fact.parcel_id for _, fact in self.of(facts.ParcelScanned)}
        return {
            fact.tracking_number
            for _, fact in self.of(facts.ParcelBooked)
            if fact.parcel_id in seen
        }

    def scans(self):
        by_parcel = defaultdict(list)
        for at, fact in self.of(facts.ParcelScanned):
            by_parcel[fact.parcel_id].append((at, fact.scan))
        return by_parcel

    def pickup_waits(self):
        waits, scans = defaultdict(list), self.scans()
        for at, fact in self.of(facts.ParcelBooked):
            if fact.parcel_id in scans:
                waits[fact.carrier, fact.handover].append(scans[fact.parcel_id][0][0] - at)
        return waits

    def transits(self):
        lanes, scans = defaultdict(list), self.scans()
        for _, fact in self.of(facts.ParcelBooked):
            way = scans[fact.parcel_id]
            if way and way[-1][1] == "delivered":
                _, order = self.placed[fact.order_id]
                lanes[fact.carrier, order.city, "GB"].append(way[-1][0] - way[0][0])
        return lanes


def read(spreads):
    return {
        key: (spread.count, spread.mean_s, spread.quantiles_min((1, 50, 90, 99, 100)))
        for key, spread in spreads.items()
    }


def read_slowly(lists):
    """Nearest ranks: the first of the sorted minutes behind which no more than the rest lies."""

    def quantile(minutes, percent):
        return next(
            minute
            for nth, minute in enumerate(minutes, start=1)
            if nth * 100 >= percent * len(minutes)
        )

    found = {}
    for key, seconds in lists.items():
        minutes = sorted(second // 60 for second in seconds)
        quantiles = [quantile(minutes, percent) for percent in (1, 50, 90, 99, 100)]
        found[key] = (len(seconds), sum(seconds) // len(seconds), quantiles)
    return found


def assert_counted_right(story):
    world, journal = told_by(story)
    reader, statistics = Reader(journal), Statistics()
    for entry in journal:
        statistics.hear(*entry)

    assert statistics.breaches == reader.breaches()
    assert +statistics.orders_by_status == reader.orders_by_status()
    assert statistics.cancellations == reader.cancellations()
    assert {rate.name: (rate.hits, rate.of) for rate in statistics.rates()} == reader.rates()
    assert read(statistics.pickup_waits) == read_slowly(reader.pickup_waits())
    assert read(statistics.transits) == read_slowly(reader.transits())
    unscanned = [each for each in world.registry.parcels.values() if each.status == "booked"]
    assert statistics.waiting_parcels == len(unscanned)
    live = [order for order in world.registry.orders.values() if not order.is_over]
    assert statistics.open_orders == len(live), "what ended is forgotten"


CALMLY = settings(max_examples=examples(40), deadline=None, derandomize=True)


@CALMLY
@given(story=STORIES)
def test_statistics_are_what_a_patient_reader_counts(story):
    assert_counted_right(story)


@pytest.mark.usefixtures("everything_on_the_hour")
@CALMLY
@given(story=STORIES)
def test_and_when_everything_happens_on_the_hour(story):
    assert_counted_right(story)


@CALMLY
@given(story=STORIES, cut=st.floats(0, 1))
def test_saved_and_resumed_anywhere_they_are_the_same(story, cut):
    _, journal = told_by(story)
    straight, before, after = Statistics(), Statistics(), Statistics()
    place = round(cut * len(journal))
    for entry in journal:
        straight.hear(*entry)
    for entry in journal[:place]:
        before.hear(*entry)
    after.restore(json.loads(json.dumps(before.save())))
    assert after.save() == before.save()
    for entry in journal[place:]:
        after.hear(*entry)

    assert after.save() == straight.save()
    assert after.rates() == straight.rates()
    assert read(after.transits) == read(straight.transits)
