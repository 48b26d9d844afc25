"""Whatever goes wrong, by itself or by hand: every parcel is in one place, breaches are what the
rule book says, the money adds up, and once mishaps are over everything ends.

The machine is that of the house rules (``test_order_machine``), with carriers' acts, and an oracle
that keeps its books from facts alone.
"""

from collections import Counter
from dataclasses import dataclass, field

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule

from simulator import Mode, World, WorldConfig, facts
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.carriers.scans import Scan
from simulator.clock import DAY, HOUR, later
from simulator.incidents import PLANNABLE
from simulator.statistics.sink import Statistics
from tests.simulator.properties.test_order_machine import (
    MOVES,
    OVER,
    Act,
    Oracle,
    OrderMachine,
    Story,
)
from tests.thoroughness import examples

PAPER = {"order_created", "label_printed", "pickup_scheduled", "pickup_failed"}
PAPER |= {"delayed", "info_only", "expired"}
FACTORS = st.sampled_from([0, 0, 1, 5, 20, 200])
REASONS = {
    "lost": {"package_lost"},
    "disposed": {"package_scrap"},
    "returned": {
        "returned_to_shipper_other",
        "returned_to_shipper_refused",
        "package_damaged",
    },
}


@dataclass
class UnluckyStory(Story):
    """What the facts say of one order, its mishaps included."""

    goods: int = 0
    total: int = 0
    strayed: Act | None = None
    ended: tuple[Act, str] | None = None
    status_then: str = ""
    why: list[str] = field(default_factory=list)
    cancelled_for: str = ""
    refunded: int = 0
    reimbursed: int = 0

    def owed(self):
        if not self.paid:
            return
        for name, due, act, liable in super().owed():
            blamed = self.strayed and self.strayed.by(due)
            yield name, due, act, "seller" if blamed else liable

    @property
    def never_came(self):
        """It ended elsewhere, and the platform knew of it."""
        return self.ended is not None and self.status_then == "IN_TRANSIT"

    @property
    def carrier_pays(self):
        """Everything is packed and labelled rightly: what is gone is gone by its fault."""
        if not self.ended or self.mode != "platform" or self.status_then in OVER:
            return False
        return self.ended[1] in ("lost", "disposed") or self.cancelled_for == "package_damaged"


class UnluckyOracle(Oracle):
    moves = MOVES | {("IN_TRANSIT", "CANCELLED")}
    story = UnluckyStory

    def note(self, seq, at, fact):
        super().note(seq, at, fact)
        story = self.stories.get(getattr(fact, "order_id", ""))
        act = Act(at, self.time_passes)
        match fact:
            case facts.OrderPlaced():
                story.total = fact.amount_minor
            case facts.MishapBefell():
                story.why.append(fact.mishap)
                if fact.mishap == "wrong_carrier" and not story.strayed:
                    story.strayed = act
            case facts.ParcelEnded():
                assert story.ended is None, "a parcel ends once"
                story.ended, story.status_then = (act, fact.status), story.statuses[-1]
            case facts.OrderCancelled():
                story.cancelled_for = fact.reason
            case facts.RefundPaid():
                story.refunded += fact.amount_minor
            case facts.ReimbursementPaid():
                story.reimbursed += fact.amount_minor

    def scanned(self, story, act, fact):
        assert story.ended is None, "after an end nothing comes"
        if fact.scan not in PAPER and not story.collected:
            assert not story.cancelled, "a parcel that was called off stays at home"
            assert fact.scan == "picked_up"
            story.collected = act
        story.scans.append((act.at, fact.scan))

    def expected_anomalies(self):
        """As ever, but of an order that was over by then."""
        for order_id, due, anomaly in super().expected_anomalies():
            cancelled = self.stories[order_id].cancelled
            if not (cancelled and cancelled.by(due)):
                yield order_id, due, anomaly


class MishapMachine(OrderMachine):
    new_oracle = UnluckyOracle

    @initialize(factor=FACTORS)
    def begin(self, factor):
        self.world.set_mishaps(factor)
        self.counted = Statistics()
        self.told = []
        self.world.journal.subscribe(self.counted.hear)
        self.world.journal.subscribe(lambda _seq, _at, fact: self.told.append(fact))

    # Parcels on their way, for something to go wrong with.

    @rule(target=OrderMachine.orders, mode=st.sampled_from(Mode), days=st.integers(1, 12))
    def send_off(self, mode, days):
        order_id = self.place_and_let_the_remorse_hour_pass(mode, "Shenzhen")
        self.hand_over(order_id)
        self.let_pass(days * DAY)
        return order_id

    @rule(
        target=OrderMachine.orders,
        days=st.integers(1, 12),
        act=st.sampled_from(["lose", "damage", "mislay", "send_back", "dispose"]),
        then=st.sampled_from(["find", "lose", "damage", "mislay", "dispose"]),
    )
    def send_off_into_trouble(self, days, act, then):
        order_id = self.send_off(Mode.PLATFORM, days)
        self.befall(order_id, act)
        self.let_pass(HOUR)
        self.befall(order_id, then)
        return order_id

    def hand_over(self, order_id):
        if self.world.order(order_id).mode is Mode.PLATFORM:
            self.try_to(self.world.sellers.ready_to_ship, order_id)
        else:
            self.book(order_id, "ups")
            self.mark_with_the_labels_number(order_id)

    # What goes wrong.

    @rule(factor=FACTORS)
    def set_mishaps(self, factor):
        self.world.set_mishaps(factor)

    @rule(order_id=OrderMachine.orders, mishap=st.sampled_from(PLANNABLE))
    def plan(self, order_id, mishap):
        self.to_its_parcel(self.world.carriers.plan, order_id, mishap)

    @rule(
        order_id=OrderMachine.orders,
        act=st.sampled_from(
            ["damage", "lose", "mislay", "find", "release", "send_back", "dispose"]
        ),
    )
    def befall(self, order_id, act):
        self.to_its_parcel(getattr(self.world.carriers, act), order_id)

    @rule(order_id=OrderMachine.orders, hours=st.sampled_from([0, 1, 30, 200]))
    def hold_at_customs(self, order_id, hours):
        self.to_its_parcel(self.world.carriers.customs_hold, order_id, hours * HOUR)

    @rule(order_id=OrderMachine.orders, hours=st.sampled_from([1, 4, 100]))
    def delay(self, order_id, hours):
        self.to_its_parcel(self.world.carriers.delay, order_id, hours * HOUR)

    @rule(order_id=OrderMachine.orders, scan=st.sampled_from(Scan))
    def scan(self, order_id, scan):
        self.to_its_parcel(self.world.carriers.scan, order_id, scan)

    @rule(order_id=OrderMachine.orders)
    def mean_to_refuse(self, order_id):
        self.try_to(self.world.buyers.refuse, order_id)

    @rule(order_id=OrderMachine.orders)
    def give_to_a_wrong_carrier(self, order_id):
        for parcel_id in self.world.order(order_id).parcel_ids:
            self.try_to(self.world.sellers.hand_to, parcel_id, "yunexpress")

    @rule(carrier=st.sampled_from(["jt", "ups"]), city=st.sampled_from(["", "Shenzhen", "Yiwu"]))
    def skip_a_pickup(self, carrier, city):
        self.try_to(self.world.carriers.skip_pickup, carrier, city)

    @rule(
        region=st.sampled_from(["CN", "GB", "US"]),
        city=st.sampled_from(["", "", "Shenzhen"]),
        carrier=st.sampled_from(["", "", "jt"]),
        after=st.sampled_from([0, 10 * HOUR]),
        hours=st.sampled_from([1, 30]),
        cause=st.sampled_from(["strike", "weather"]),
    )
    def close(self, region, city, carrier, after, hours, cause):
        starts_at = later(self.world.now, after)
        ends_at = later(starts_at, hours * HOUR)
        self.try_to(
            self.world.carriers.close, Closure(carrier, region, city, starts_at, ends_at, cause)
        )

    def to_its_parcel(self, command, order_id, *args):
        for parcel_id in self.world.order(order_id).parcel_ids:
            self.try_to(command, parcel_id, *args)

    # What must hold whenever the world is at rest.

    @invariant()
    def a_parcel_stands_at_one_door_or_none(self):
        """In a van's queue, with a life of its own, or at an end: in exactly one of these."""
        here = self.world.registry
        queued = Counter(parcel_id for van in here.vans.values() for parcel_id in van.queue)
        for parcel in here.parcels.values():
            ended = parcel.status in ("created", "delivered", "cancelled", *REASONS)
            assert queued[parcel.id] + parcel.inbox.waiting + ended == 1, parcel
        for (_, city), van in here.vans.items():
            assert van.awaited == van.inbox.waiting
            assert all(here.parcels[parcel_id].city == city for parcel_id in van.queue)

    @invariant()
    def what_never_comes_is_cancelled_at_once_for_its_reason(self):
        for order_id, story in self.oracle.stories.items():
            if story.never_came:
                act, end = story.ended
                assert (story.cancelled.at, story.statuses[-1]) == (act.at, "CANCELLED")
                assert story.cancelled_for in REASONS[end]
                assert self.world.order(order_id).cancelled_by == "platform"
                if story.cancelled_for == "returned_to_shipper_refused":
                    assert "refused" in [scan for _, scan in story.scans]

    @invariant()
    def money_goes_back_once_and_carriers_pay_for_what_they_lost(self):
        for order_id, story in self.oracle.stories.items():
            order = self.world.order(order_id)
            assert story.refunded == (story.total if story.cancelled and story.paid else 0)
            assert story.reimbursed == (order.goods_minor if story.carrier_pays else 0)

    @invariant()
    def the_statistics_count_what_was_told(self):
        told = [fact for fact in getattr(self, "told", []) if isinstance(fact, facts.MishapBefell)]
        ends = [fact for fact in getattr(self, "told", []) if isinstance(fact, facts.ParcelEnded)]
        if told:
            befell = Counter((fact.mishap, fact.carrier) for fact in told)
            kinds = {kind.value for kind in Mishap}
            counted = {key: n for key, n in self.counted.mishaps.items() if key[0] in kinds}
            assert counted == befell
        if ends:
            assert self.counted.ends == Counter((fact.status, fact.carrier) for fact in ends)

    def teardown(self):
        """Safety first, then liveness: mishaps stop, and everything ends."""
        self.world.set_mishaps(0)
        self.let_pass(60 * DAY)
        for check in (
            self.a_parcel_stands_at_one_door_or_none,
            self.what_never_comes_is_cancelled_at_once_for_its_reason,
            self.money_goes_back_once_and_carriers_pay_for_what_they_lost,
        ):
            check()
        super().teardown()


TestMishaps = MishapMachine.TestCase
TestMishaps.settings = settings(
    max_examples=examples(25), stateful_step_count=40, deadline=None, derandomize=True
)


def on_the_hour():
    """What goes wrong takes whole hours as well."""
    spans = {
        name: [4 * HOUR, 4 * HOUR]
        for name in World().registry.carrier("jt").setbacks.__slots__
        if name != "attempts_max"
    }
    return World(
        WorldConfig(carriers={code: {"setbacks": spans} for code in ("jt", "ups", "dhl", "fedex")})
    )


class PunctualMachine(MishapMachine):
    new_world = staticmethod(on_the_hour)


@pytest.mark.usefixtures("everything_on_the_hour")
class TestMishapsOnTheHour(PunctualMachine.TestCase):
    settings = TestMishaps.settings
