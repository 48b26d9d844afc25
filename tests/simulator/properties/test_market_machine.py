"""In every market, whatever people do: limits end orders on time, and the money adds up.

The machine is that of the house rules (``test_order_machine``), with refunds and complaints, and an
oracle that asks the market's own rule book.
"""

from collections import Counter
from dataclasses import dataclass

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, rule

from simulator import Mode, Purchase, World, WorldConfig, facts, market_named
from simulator.clock import DAY, HOUR
from simulator.disputes.case import Cause
from tests.simulator.properties.rule_books import RULE_BOOKS
from tests.simulator.properties.test_order_machine import (
    MOVES,
    OVER,
    Act,
    Oracle,
    OrderMachine,
    Story,
)
from tests.thoroughness import examples

CLEARED = {"us": 180 * DAY, "sea": 90 * DAY}


@dataclass
class MarketStory(Story):
    """What the facts say of one order, judged by a market's rule book."""

    book: object = None
    paid_at: int = 0
    amount: int = 0
    delivered: Act | None = None
    refund_granted: bool = False
    ended_by: str = ""
    reason: str = ""
    refunds: tuple = ()
    reimbursements: tuple = ()
    complaints_paid: tuple = ()
    made_good: int = 0

    def owed(self):
        if not self.paid:
            return
        for name, due in self.book.deadlines(self):
            if name == "D1":
                yield name, due, self.ready, "seller"
            elif name == "D4":
                yield name, due, self.shipped, self.liable()
            else:
                yield name, due, self.shipped, "seller"
        if self.mode == "platform" and self.ready and self.handover == "pickup":
            yield "D2", self.ready.at + 48 * HOUR, self.collected, "carrier"

    def liable(self):
        """For what has no scan yet."""
        if self.mode == "seller" or not self.ready:
            return "seller"
        ready_in_time = self.ready.by(dict(self.book.deadlines(self))["D1"])
        return "carrier" if ready_in_time and self.handover == "pickup" else "seller"

    def first_limit_missed(self):
        """Due and reason; none, if the order was over before, or the buyer ended it then."""
        for due, act, reason in self.book.limits(self) if self.paid else []:
            if self.cancelled and self.cancelled.at < due:
                return None
            if self.cancelled and self.cancelled.at == due and self.ended_by != "platform":
                return None
            kept = getattr(self, act)
            if not (kept and kept.by(due)):
                return due, reason
        return None


class MarketOracle(Oracle):
    moves = MOVES | {
        ("UNPAID", "AWAITING_SHIPMENT"),
        ("AWAITING_COLLECTION", "CANCELLED"),
        ("IN_TRANSIT", "CANCELLED"),
        ("AWAITING_COLLECTION", "COMPLETED"),
        ("IN_TRANSIT", "COMPLETED"),
    }

    def __init__(self, world):
        self.book = RULE_BOOKS[world.config.market.name]
        self.charges = []
        self.expected_charges = []
        self.orders_by_day = Counter()
        self.failures_by_day = {"LDR": Counter(), "SFCR": Counter()}
        self.rated_on = {}
        self.payers = {}
        super().__init__(world)

    def story(self, at, mode):
        return MarketStory(at, mode, book=self.book)

    def note(self, seq, at, fact):
        super().note(seq, at, fact)
        story = self.stories.get(getattr(fact, "order_id", ""))
        match fact:
            case facts.OrderPlaced():
                story.amount = fact.amount_minor
            case facts.RefundMoved():
                story.refund_granted |= fact.status == "granted"
            case facts.PenaltyCharged():
                self.charges.append((at, fact.order_id, fact.rule, fact.points))
            case facts.RuleBreached(rule="D4", liable="seller"):
                self.seller_failed(at, fact.order_id, "LDR")
            case _:
                self.money_moved(story, fact)

    def money_moved(self, story, fact):
        match fact:
            case facts.RefundPaid():
                story.refunds += (fact.amount_minor,)
            case facts.ReimbursementPaid():
                assert fact.by == "platform" or (fact.by, story.mode) == ("carrier", "platform")
                story.reimbursements += (fact.amount_minor,)
            case facts.BuyerComplaintDecided():
                self.payers[fact.complaint_id] = fact.payer
            case facts.BuyerComplaintClosed():
                story.complaints_paid += (fact.paid_minor,)
                if self.payers.get(fact.complaint_id) in ("carrier", "platform"):
                    story.made_good += fact.paid_minor

    def moved(self, story, act, fact):
        super().moved(story, act, fact)
        # What a deadline's own watch brings about comes after all deadlines of that second.
        afterwards = Act(act.at, by_life=False)
        match fact:
            case facts.OrderPaid():
                story.paid_at = act.at
                self.orders_by_day[self.book.ordinal(act.at)] += 1
            case facts.OrderDelivered():
                story.delivered = act
            case facts.OrderCompleted() if story.refund_granted:
                story.cancelled, story.ended_by = act, "refund"
            case facts.OrderCancelled():
                story.ended_by, story.reason = fact.by, fact.reason
                limits = [due for due, _, _ in self.book.limits(story)] if story.paid else []
                if fact.by == "platform" or act.at in limits:
                    story.cancelled = afterwards
                if fact.by == "platform" and story.paid and self.is_sellers_fault(story):
                    self.seller_failed(act.at, fact.order_id, "SFCR")

    def is_sellers_fault(self, story):
        if story.shipped:
            return story.mode == "seller"
        return story.liable() == "seller"

    def seller_failed(self, at, order_id, what):
        """Which points that must bring."""
        if self.book.name == "us" and what == "LDR":
            self.expected_charges.append((at, order_id, "D4", 2))
        if self.book.name != "sea":
            return
        today = self.book.ordinal(at)
        self.failures_by_day[what][today] += 1
        week = range(today - 6, today + 1)
        orders = sum(self.orders_by_day[day] for day in week)
        failed = sum(self.failures_by_day[what][day] for day in week)
        if self.rated_on.get(what, 0) not in week and 10 * failed >= orders:
            self.rated_on[what] = today
            self.expected_charges.append((at, order_id, what, 4 if orders >= 30 else 2))

    def expected_anomalies(self):
        """Nobody looks up the number of an order that is over."""
        for order_id, due, anomaly in super().expected_anomalies():
            cancelled = self.stories[order_id].cancelled
            if not (cancelled and cancelled.by(due)):
                yield order_id, due, anomaly

    def expected_ends(self):
        for order_id, story in self.stories.items():
            missed = story.first_limit_missed()
            if missed and missed[0] <= self.world.now:
                yield order_id, *missed

    def ends(self):
        for order_id, story in self.stories.items():
            if story.paid and story.ended_by == "platform":
                yield order_id, story.cancelled.at, story.reason


class MarketMachine(OrderMachine):
    market = "standard"
    new_oracle = MarketOracle

    def new_world(self):
        return World(WorldConfig(market=market_named(self.market)))

    @rule(
        target=OrderMachine.orders,
        mode=st.sampled_from(Mode),
        minutes=st.integers(0, 30 * 60),
        more=st.sampled_from([0, 0, 5]),
    )
    def place_at_another_hour(self, mode, minutes, more):
        self.let_pass(minutes * 60)
        for _ in range(more):
            self.world.buyers.place_order(Purchase(mode=mode, behaviour="absent"))
        return self.world.buyers.place_order(Purchase(mode=mode)).id

    @rule(target=OrderMachine.orders, mode=st.sampled_from(Mode), hours=st.integers(1, 40))
    def leave_it_at_the_door(self, mode, hours):
        """The seller does their part, and no carrier comes."""
        order_id = self.world.buyers.place_order(Purchase(mode=mode)).id
        self.let_pass(hours * HOUR)
        for carrier in ("jt", "ups"):
            self.world.carriers.hold(carrier, 60 * DAY)
        if mode is Mode.PLATFORM:
            self.try_to(self.world.sellers.ready_to_ship, order_id)
        else:
            self.try_to(self.world.sellers.mark_shipped, order_id, "ups", f"LEFT-{order_id}")
        return order_id

    @rule(order_id=OrderMachine.orders)
    def ask_refund(self, order_id):
        self.try_to(self.world.buyers.ask_refund, order_id)

    @rule(order_id=OrderMachine.orders)
    def withdraw_refund(self, order_id):
        self.try_to(self.world.buyers.withdraw_refund, order_id)

    @rule(order_id=OrderMachine.orders, granted=st.booleans())
    def answer_refund(self, order_id, granted):
        self.try_to(self.world.sellers.answer_refund, order_id, granted=granted)

    @rule(
        order_id=OrderMachine.orders,
        causes=st.permutations(Cause),
        answer=st.sampled_from(["", "accept", "contest"]),
        waits=st.sampled_from([0, 0, 3 * DAY, 9 * DAY]),
    )
    def complain(self, order_id, causes, answer, waits):
        for cause in causes:
            self.try_to(self.world.buyers.complain, order_id, cause)
        for complaint in self.world.registry.docket.by_buyer_of(order_id)[-1:]:
            if answer:
                accepted = answer == "accept"
                self.try_to(self.world.desk.answer_complaint, complaint.id, accepted=accepted)
        if waits:
            self.let_pass(waits)

    @rule(
        order_id=OrderMachine.orders,
        nth=st.integers(0, 4),
        early=st.sampled_from([-1, 0, 1]),
    )
    def wait_for_a_due_time(self, order_id, nth, early):
        story = self.oracle.stories[order_id]
        if not story.paid:
            return
        book = self.oracle.book
        dues = [due for _, due in book.deadlines(story)] + [due for due, *_ in book.limits(story)]
        for due in dues[nth : nth + 1]:
            if due - early > self.world.now:
                self.let_pass(due - early - self.world.now)

    @invariant()
    def the_platform_ends_what_misses_a_limit_then_and_nothing_else(self):
        assert sorted(self.oracle.expected_ends()) == sorted(self.oracle.ends())

    @invariant()
    def all_money_is_somewhere_and_only_once(self):
        for order_id, story in self.oracle.stories.items():
            money = self.world.settlement(order_id)
            status = story.statuses[-1]
            paid = story.amount if story.paid else 0
            back = status == "CANCELLED" or story.refund_granted
            assert money.paid_minor == paid
            complained = sum(story.complaints_paid)
            assert sum(story.refunds) == money.refunded_minor == (paid if back else complained)
            assert complained <= money.refunded_minor <= paid
            kept = paid - money.refunded_minor
            assert (money.held_minor, money.payout_minor) == (
                (0, kept) if status in OVER else (kept, 0)
            )
            self.reimbursements_add_up(story, money)

    def reimbursements_add_up(self, story, money):
        overdue = story.ended_by == "platform" and story.shipped and story.mode == "platform"
        due = overdue and self.market == "us"
        assert sum(story.reimbursements) == money.reimbursed_minor <= money.refunded_minor
        for_delay = money.reimbursed_minor - story.made_good
        assert for_delay >= 0
        assert (for_delay > 0) is bool(due and story.made_good < money.paid_minor)
        assert money.seller_minor == money.payout_minor + money.reimbursed_minor

    @invariant()
    def points_are_charged_for_what_the_seller_failed_and_count_their_time(self):
        assert self.oracle.charges == self.oracle.expected_charges
        counts = CLEARED.get(self.market, 0)
        (shop,) = self.world.registry.shops
        live = [p for at, _, _, p in self.oracle.charges if at + counts > self.world.now]
        assert self.world.penalties(shop).points == sum(live)

    def possible_ends(self, story):
        """Where the platform sets limits, everything ends, even if the seller does nothing."""
        return super().possible_ends(story) if self.market == "standard" else OVER


CALMLY = settings(
    max_examples=examples(15), stateful_step_count=40, deadline=None, derandomize=True
)


BRIEFLY = settings(CALMLY, max_examples=examples(2), stateful_step_count=30)
"""Markets that share their rules' form with another one, but not their days and clocks."""


class StandardMachine(MarketMachine):
    market = "standard"


class UnitedStatesMachine(MarketMachine):
    market = "us"


class UnitedKingdomMachine(MarketMachine):
    market = "uk"


class SouthEastAsiaMachine(MarketMachine):
    market = "sea"


class EuropeanUnionMachine(MarketMachine):
    market = "eu"


class BrazilMachine(MarketMachine):
    market = "br"


class MexicoMachine(MarketMachine):
    market = "mx"


class JapanMachine(MarketMachine):
    market = "jp"


class TestStandard(StandardMachine.TestCase):
    settings = CALMLY


class TestUnitedStates(UnitedStatesMachine.TestCase):
    settings = CALMLY


class TestUnitedKingdom(UnitedKingdomMachine.TestCase):
    settings = CALMLY


class TestSouthEastAsia(SouthEastAsiaMachine.TestCase):
    settings = CALMLY


@pytest.mark.usefixtures("everything_on_the_hour")
class TestSouthEastAsiaOnTheHour(SouthEastAsiaMachine.TestCase):
    settings = CALMLY


@pytest.mark.usefixtures("everything_takes_long")
class TestUnitedStatesWithSlowCarriers(UnitedStatesMachine.TestCase):
    settings = CALMLY


@pytest.mark.usefixtures("everything_takes_long")
class TestSouthEastAsiaWithSlowCarriers(SouthEastAsiaMachine.TestCase):
    settings = CALMLY


class TestEuropeanUnion(EuropeanUnionMachine.TestCase):
    settings = BRIEFLY


class TestBrazil(BrazilMachine.TestCase):
    settings = BRIEFLY


class TestMexico(MexicoMachine.TestCase):
    settings = BRIEFLY


class TestJapan(JapanMachine.TestCase):
    settings = BRIEFLY
