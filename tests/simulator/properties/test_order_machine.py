"""Whatever buyers, sellers and carriers do, in whatever order, the books stay straight.

The oracle below keeps its own books, from facts alone, and knows the rules from the rule book: it
shares no code with the model but the names of facts.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from simulator import DomainError, Mode, Purchase, World, facts
from simulator.clock import DAY, HOUR, later
from simulator.parcels.model import Handover
from simulator.shipping import pickup_slots
from tests.simulator.repeating import Kept
from tests.thoroughness import examples

MOVES = {
    ("", "UNPAID"),
    ("UNPAID", "ON_HOLD"),
    ("UNPAID", "CANCELLED"),
    ("ON_HOLD", "AWAITING_SHIPMENT"),
    ("ON_HOLD", "CANCELLED"),
    ("AWAITING_SHIPMENT", "AWAITING_COLLECTION"),
    ("AWAITING_SHIPMENT", "CANCELLED"),
    ("AWAITING_COLLECTION", "IN_TRANSIT"),
    ("IN_TRANSIT", "DELIVERED"),
    ("DELIVERED", "COMPLETED"),
}
WAY = [
    "picked_up",
    "arrived_at_hub",
    "departed_from_hub",
    "arrived_at_destination",
    "clearance_completed",
    "arrived_at_hub",
    "out_for_delivery",
    "delivered",
]
OVER = ("COMPLETED", "CANCELLED")
LOOKED_UP_WITHIN = 12 * HOUR
"""Carriers facts, section 8.4: so late may a third party learn of a scan."""


@dataclass
class Act:
    """Something that was done, and whether a life did it in passing time, or a command at rest."""

    at: int
    by_life: bool

    def by(self, due):
        """In time: a command in the due second comes when the second has been judged already."""
        return self.at < due or (self.at == due and self.by_life)


@dataclass
class Story:
    """What the facts say of one order."""

    placed_at: int
    mode: str
    statuses: list[str] = field(default_factory=lambda: [""])
    paid: bool = False
    ready: Act | None = None
    shipped: Act | None = None
    cancelled: Act | None = None
    collected: Act | None = None
    claimed: tuple[int, str] | None = None
    label: str = ""
    handover: str = ""
    scans: list[tuple[int, str]] = field(default_factory=list)

    def kept(self, act, due):
        """Whether *act* came in time, or the order was over by then."""
        return any(done and done.by(due) for done in (act, self.cancelled))

    def owed(self):
        """Every deadline of the rule book: rule, due, what keeps it, and who is liable."""
        if not self.paid:
            return
        sold = self.placed_at
        if self.mode == "seller":
            yield "D4", sold + 120 * HOUR, self.shipped, "seller"
            yield "D5", sold + 120 * HOUR, self.shipped, "seller"
            return
        yield "D1", sold + 72 * HOUR, self.ready, "seller"
        yield "D4", sold + 120 * HOUR, self.shipped, self._liable_for_d4()
        if self.ready and self.handover == "pickup":
            yield "D2", self.ready.at + 48 * HOUR, self.collected, "carrier"

    def _liable_for_d4(self):
        in_time = self.ready and self.ready.by(self.placed_at + 72 * HOUR)
        return "carrier" if in_time and self.handover == "pickup" else "seller"


class Oracle:
    """Books kept from facts."""

    moves = MOVES
    story = Story

    def __init__(self, world):
        self.world = world
        self.time_passes = False
        self.last_at = 0
        self.stories = {}
        self.numbers = set()
        self.breaches = []
        self.anomalies = []
        world.journal.subscribe(self.note)

    def note(self, _seq, at, fact):
        assert self.last_at <= at == self.world.now, "time runs forward"
        self.last_at = at
        act = Act(at, self.time_passes)
        if isinstance(fact, facts.OrderPlaced):
            self.stories[fact.order_id] = self.story(at, fact.mode)
        story = self.stories.get(getattr(fact, "order_id", ""))
        if isinstance(fact, facts.OrderMoved):
            self.moved(story, act, fact)
        if isinstance(fact, facts.ParcelBooked):
            assert not story.label, "one label a parcel"
            story.label, story.handover = fact.tracking_number, fact.handover
            assert fact.tracking_number not in self.numbers, "a number is one parcel's"
            self.numbers.add(fact.tracking_number)
        if isinstance(fact, facts.CarrierNotified):
            assert (fact.due, story.handover) == (story.ready.at + 48 * HOUR, "pickup")
        if isinstance(fact, facts.ParcelScanned):
            self.scanned(story, act, fact)
        if isinstance(fact, facts.RuleBreached):
            assert fact.due == at, "neither early nor late"
            self.breaches.append((fact.order_id, fact.rule, at, fact.liable))
        if isinstance(fact, facts.TrackingAnomaly):
            self.anomalies.append((fact.order_id, at, fact.anomaly))

    def moved(self, story, act, fact):
        move = (story.statuses[-1], fact.status)
        assert move in self.moves, move
        story.statuses.append(fact.status)
        match fact:
            case facts.OrderPaid():
                story.paid = True
            case facts.OrderReadyToShip():
                assert story.mode == "platform"
                story.ready = act
            case facts.OrderMarkedShipped():
                assert story.mode == "seller"
                story.ready = act
                story.claimed = (act.at, fact.tracking_number)
            case facts.OrderShipped():
                assert story.scans, "no shipment without a scan"
                story.shipped = act
            case facts.OrderDelivered():
                assert story.scans[-1][1] == "delivered"
            case facts.OrderCancelled():
                story.cancelled = act

    def scanned(self, story, act, fact):
        if not story.scans:
            assert not story.cancelled, "a parcel that was called off stays at home"
            story.collected = act
        assert fact.scan == WAY[len(story.scans)], story.scans
        story.scans.append((act.at, fact.scan))

    def expected_breaches(self):
        return [
            (order_id, rule, due, liable)
            for order_id, story in self.stories.items()
            for rule, due, act, liable in story.owed()
            if due <= self.world.now and not story.kept(act, due)
        ]

    def expected_anomalies(self):
        """S2, for numbers that are nobody's or the order's own. Of a scan that is so young that the
        third party may not know it, both are right."""
        for order_id, story in self.stories.items():
            if not story.claimed or story.claimed[0] + 24 * HOUR > self.world.now:
                continue
            due = story.claimed[0] + 24 * HOUR
            if story.claimed[1] not in self.numbers:
                yield order_id, due, "unknown_number"
            elif not (story.collected and story.collected.by(due)):
                yield order_id, due, "never_scanned"
            elif story.collected.at + LOOKED_UP_WITHIN > due:
                yield from {(order_id, due, "never_scanned")} & set(self.anomalies)


class OrderMachine(RuleBasedStateMachine):
    orders = Bundle("orders")
    new_world = World
    new_oracle = Oracle

    def __init__(self):
        super().__init__()
        self.world = self.new_world()
        self.kept = Kept(self.world)
        self.oracle = self.new_oracle(self.world)

    # What buyers do.

    @rule(
        target=orders,
        mode=st.sampled_from(Mode),
        city=st.sampled_from(["Shenzhen", "Shenzhen", "Shanghai", "Yiwu", "Chengdu"]),
        behaviour=st.sampled_from(["", "", "prompt", "slow", "absent"]),
        paid=st.sampled_from([True, True, False]),
    )
    def place(self, mode, city, behaviour, paid):
        purchase = Purchase(mode=mode, city=city, behaviour=behaviour, paid=paid)
        return self.world.buyers.place_order(purchase).id

    @rule(target=orders, mode=st.sampled_from(Mode), city=st.sampled_from(["Shenzhen", "Yiwu"]))
    def place_and_let_the_remorse_hour_pass(self, mode, city):
        order = self.world.buyers.place_order(Purchase(mode=mode, city=city))
        self.let_pass(HOUR)
        return order.id

    @rule(order_id=orders)
    def pay(self, order_id):
        self.try_to(self.world.buyers.pay, order_id)

    @rule(order_id=orders)
    def cancel(self, order_id):
        self.try_to(self.world.buyers.cancel, order_id)

    @rule(order_id=orders)
    def withdraw(self, order_id):
        self.try_to(self.world.buyers.withdraw_cancellation, order_id)

    @rule(order_id=orders)
    def change_address(self, order_id):
        self.try_to(self.world.buyers.change_address, order_id)

    @rule(order_id=orders)
    def confirm(self, order_id):
        self.try_to(self.world.buyers.confirm, order_id)

    # What sellers do.

    @rule(order_id=orders, granted=st.booleans())
    def answer(self, order_id, granted):
        self.try_to(self.world.sellers.answer_cancellation, order_id, granted=granted)

    @rule(order_id=orders, handover=st.sampled_from([None, None, *Handover]))
    def ready_to_ship(self, order_id, handover):
        self.try_to(self.world.sellers.ready_to_ship, order_id, handover)

    @rule(order_id=orders, nth=st.integers(0, 8))
    def ready_for_a_slot(self, order_id, nth):
        for parcel_id in self.world.order(order_id).parcel_ids:
            slots = pickup_slots(self.world.registry, self.world.parcel(parcel_id))
            for slot, _ in slots[nth : nth + 1]:
                self.try_to(self.world.sellers.ready_to_ship, order_id, Handover.PICKUP, slot)

    @rule(order_id=orders, carrier=st.sampled_from(["ups", "dhl", "jt"]))
    def book(self, order_id, carrier):
        self.try_to(self.world.sellers.book, order_id, carrier)

    @rule(order_id=orders)
    def mark_with_the_labels_number(self, order_id):
        for parcel in self.world.registry.parcels_of(self.world.order(order_id)):
            number = parcel.tracking_number
            self.try_to(self.world.sellers.mark_shipped, order_id, parcel.carrier or "ups", number)

    @rule(order_id=orders, carrier=st.sampled_from(["ups", "fedex", "jt"]))
    def mark_with_a_number_of_ones_own(self, order_id, carrier):
        self.try_to(self.world.sellers.mark_shipped, order_id, carrier, f"OWN-{order_id}")

    @rule(order_id=orders, other_id=orders)
    def mark_with_somebody_elses_number(self, order_id, other_id):
        for parcel in self.world.registry.parcels_of(self.world.order(other_id)):
            if parcel.tracking_number and order_id != other_id:
                self.refused(
                    self.world.sellers.mark_shipped,
                    order_id,
                    parcel.carrier,
                    parcel.tracking_number,
                )

    # What carriers and time do.

    @rule(carrier=st.sampled_from(["jt", "jt", "ups"]), hours=st.sampled_from([0, 4, 48, 60, 130]))
    def hold(self, carrier, hours):
        self.world.carriers.hold(carrier, hours * HOUR)

    @rule(seconds=st.integers(1, 2 * HOUR) | st.integers(1, 10).map(lambda days: days * DAY))
    def wait(self, seconds):
        self.let_pass(seconds)

    @rule(hours=st.integers(1, 60))
    def wait_for_hours(self, hours):
        self.let_pass(hours * HOUR)

    @rule(
        order_id=orders,
        hours=st.sampled_from([24, 48, 72, 120]),
        early=st.sampled_from([-1, 0, 1]),
    )
    def wait_for_a_deadline(self, order_id, hours, early):
        due = self.oracle.stories[order_id].placed_at + hours * HOUR - early
        if due > self.world.now:
            self.let_pass(due - self.world.now)

    # How it is done.

    def let_pass(self, seconds):
        self.oracle.time_passes = True
        self.world.advance(later(self.world.now, seconds))
        self.oracle.time_passes = False

    def try_to(self, command, *args, **kwargs):
        before = self.world.save()
        try:
            command(*args, **kwargs)
        except DomainError:
            assert self.world.save() == before, "a refusal leaves no trace"

    def refused(self, command, *args):
        before = self.world.save()
        with pytest.raises(DomainError):
            command(*args)
        assert self.world.save() == before, "a refusal leaves no trace"

    # What must hold whenever the world is at rest.

    @invariant()
    def every_breach_is_recorded_and_no_other(self):
        assert sorted(self.oracle.expected_breaches()) == sorted(self.oracle.breaches)

    @invariant()
    def every_bad_number_is_found_out(self):
        assert sorted(self.oracle.expected_anomalies()) == sorted(self.oracle.anomalies)

    @invariant()
    def orders_say_what_the_facts_said(self):
        for order_id, story in self.oracle.stories.items():
            order = self.world.order(order_id)
            assert order.status == story.statuses[-1]
            assert order.is_over == (order.status in OVER)

    @invariant()
    def parcels_say_what_the_facts_said(self):
        for parcel in self.world.registry.parcels.values():
            story = self.oracle.stories[parcel.order_id]
            assert story.scans == [(each.at, each.scan) for each in parcel.scans]
            assert all(earlier <= then for (earlier, _), (then, _) in pairwise(story.scans))

    @invariant()
    def a_parcel_stands_at_one_door_or_none(self):
        queued = [
            (parcel_id, place)
            for place, van in self.world.registry.vans.items()
            for parcel_id in van.queue
        ]
        waiting = [
            (parcel.id, (parcel.carrier, parcel.city))
            for parcel in self.world.registry.parcels.values()
            if parcel.status == "booked" and parcel.handover == "pickup"
        ]
        assert sorted(waiting) == sorted(queued)

    @invariant()
    def a_world_at_rest_has_nothing_due_and_keeps_no_signal(self):
        here = self.world.registry
        assert self.world.next_due is None or self.world.next_due > self.world.now
        for entity in (*here.orders.values(), *here.parcels.values(), *here.vans.values()):
            assert not entity.inbox._kept

    def teardown(self):
        """In the end everything ends, but what waits for a seller who does nothing."""
        for carrier in ("jt", "ups", "dhl", "fedex"):
            self.world.carriers.hold(carrier, 0)
        self.let_pass(90 * DAY)
        self.every_breach_is_recorded_and_no_other()
        self.every_bad_number_is_found_out()
        assert self.world.next_due is None
        assert self.world.registry.clerks == {}
        for story in self.oracle.stories.values():
            assert story.statuses[-1] in self.possible_ends(story)
        self.kept.assert_another_world_is_the_same()

    def possible_ends(self, story):
        lost = story.claimed and story.claimed[1] != story.label
        return (*OVER, "AWAITING_COLLECTION" if lost else "AWAITING_SHIPMENT")


TestOrders = OrderMachine.TestCase
TestOrders.settings = settings(
    max_examples=examples(35), stateful_step_count=40, deadline=None, derandomize=True
)


@pytest.mark.usefixtures("everything_on_the_hour")
class TestOrdersOnTheHour(OrderMachine.TestCase):
    settings = TestOrders.settings
