"""Random requests, answers and waits about one order: money is conserved, every request ends, and
no deadline comes early or late."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from simulator import Purchase, World, WorldConfig, facts
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, later
from simulator.errors import DomainError
from simulator.parcels.model import ON_THE_WAY, ParcelStatus
from simulator.returns.answering import Verdict
from simulator.returns.model import Handover, Kind, ReturnStatus
from simulator.returns.signals import Answer, Answered, Inspected, Offered
from simulator.returns.wishes import Wanted
from tests.simulator.repeating import Kept
from tests.thoroughness import examples

WITHIN = {"refund": 48 * HOUR, "return_and_refund": 48 * HOUR, "replacement": 24 * HOUR}
SAID = st.sampled_from([*map(Answered, Answer), Offered(), Inspected(accepted=True)])
SILENT = {"granted", "awaiting_buyer_ship"}
"""What the platform makes of a request that the seller has not answered."""


class Returns(RuleBasedStateMachine):
    """The oracle keeps, of each request, its kind, its status and since when."""

    @initialize(seed=st.integers(0, 50))
    def deliver(self, seed):
        self.world = World(WorldConfig(seed=seed))
        self.kept = Kept(self.world)
        self.paid, self.known, self.kinds = 0, {}, {}
        skus = tuple(each.id for each in SHELF[:3])
        self.order = self.world.buyers.place_order(Purchase(sku_ids=skus, behaviour="prompt"))
        while self.order.status != "DELIVERED":
            self.world.advance(later(self.world.now, 6 * HOUR))
        self.own_parcels = list(self.order.parcel_ids)
        self.world.journal.subscribe(self.hear)

    def hear(self, _seq, at, fact):
        match fact:
            case facts.RefundPaid():
                self.paid += fact.amount_minor
            case facts.ReturnDivided():
                self.kinds[fact.part_id] = self.kinds[fact.return_id]
                self.known[fact.part_id] = self.known[fact.return_id]
            case facts.ReturnAsked():
                self.kinds[fact.return_id] = fact.wish
                self.known[fact.return_id] = ("requested", at)
            case facts.RefundMoved(status="pending") if fact.refund_id not in self.known:
                self.kinds[fact.refund_id] = "refund"
                self.known[fact.refund_id] = ("requested", at)
            case facts.RefundMoved():
                word = "requested" if fact.status == "pending" else fact.status
                self.move(fact.refund_id, word, fact.by, at)
            case facts.ReturnMoved():
                self.move(fact.return_id, fact.status, fact.by, at)

    def move(self, key, status, by, at):
        before, since = self.known[key]
        if by == "platform" and before == "requested" and status in SILENT:
            assert at - since == WITHIN[self.kinds[key]], "silence, neither early nor late"
        if by == "platform" and before == "offered":
            assert at - since == 48 * HOUR
        if by == "platform" and before == "received":
            assert at - since == 48 * HOUR
        if by == "platform" and before == "awaiting_buyer_ship":
            assert at - since == 10 * DAY
        assert before not in ("completed", "refunded", "closed"), "what has ended stays so"
        self.known[key] = (status, at)

    def attempt(self, act, *args, **more):
        mark = self.world.journal.length
        try:
            act(*args, **more)
        except DomainError:
            assert self.world.journal.length == mark, "a refusal leaves no fact"

    @rule(
        kind=st.sampled_from(list(Kind)),
        which=st.sets(st.integers(0, 2)),
        seller=st.booleans(),
        way=st.sampled_from(Handover),
        amount=st.none() | st.integers(1, 20_000),
    )
    def begin(self, kind, which, seller, way, amount):
        items = tuple(self.order.items[each].id for each in sorted(which))
        act = self.world.sellers.begin_return if seller else self.world.buyers.request
        wanted = Wanted(kind, item_ids=items, amount_minor=amount, handover=way)
        self.attempt(act, self.order.id, wanted)

    @rule(nth=st.integers(0, 2), what=st.sampled_from(["grant", "now", "no", "offer", "look"]))
    def seller_says(self, nth, what):
        for key in self.order.open_returns[nth : nth + 1]:
            sellers = self.world.sellers
            match what:
                case "offer":
                    self.attempt(sellers.reply, key, Offered(), 500)
                case "look":
                    self.attempt(sellers.inspect_return, key, accepted=nth != 1)
                case _:
                    now = what == "now"
                    self.attempt(sellers.answer_return, key, granted=what != "no", refund_now=now)

    @rule(nth=st.integers(0, 2), cut=st.integers(1, 2), said=st.lists(SAID, min_size=2, max_size=2))
    def seller_divides(self, nth, cut, said):
        for key in self.order.open_returns[nth : nth + 1]:
            asked = self.world.registry.returns.get(key)
            parts, total = asked.item_ids[:cut], asked.amount_minor
            rest, known = asked.item_ids[cut:], set(self.known)
            verdicts = [
                Verdict(key, tuple(items), each, 300 if isinstance(each, Offered) else 0)
                for items, each in zip((parts, rest), said, strict=True)
            ]
            self.attempt(self.world.sellers.decide, verdicts)
            new = [self.world.registry.returns.get(each) for each in set(self.known) - known]
            assert asked.amount_minor + sum(each.amount_minor for each in new) == total
            assert [asked.item_ids, *(each.item_ids for each in new)] in (
                [parts, rest],
                [parts + rest],
            )

    @rule(what=st.sampled_from(["ship", "dispute", "take", "decline", "withdraw"]))
    def buyer_says(self, what):
        buyers, key = self.world.buyers, self.order.id
        match what:
            case "ship":
                self.attempt(buyers.ship_return, key)
            case "dispute":
                self.attempt(buyers.dispute_return, key)
            case "withdraw":
                self.attempt(buyers.withdraw_return, key)
            case _:
                self.attempt(buyers.answer_offer, key, accepted=what == "take")

    @rule(
        nth=st.integers(0, 3),
        event=st.sampled_from(["lose", "damage", "mislay", "find", "dispose", "send_back"]),
    )
    def a_carrier_does(self, nth, event):
        for parcel in self.world.registry.parcels_home(self.order)[nth : nth + 1]:
            self.attempt(getattr(self.world.carriers, event), parcel.id)

    @rule(hours=st.sampled_from([1, 23, 24, 47, 48, 72, 240]))
    def wait(self, hours):
        self.world.advance(later(self.world.now, hours * HOUR))

    @invariant()
    def what_goes_back_moves_its_return_and_nothing_of_its_order(self):
        here = self.world.registry
        assert self.order.parcel_ids == self.own_parcels
        assert self.order.status in ("DELIVERED", "COMPLETED")
        for parcel in here.parcels_home(self.order):
            asked = here.return_in(parcel)
            waits = parcel.status is ParcelStatus.BOOKED
            assert waits == (asked.status is ReturnStatus.AWAITING_GOODS)
            assert (parcel.status in ON_THE_WAY) == (asked.status is ReturnStatus.SENT_BACK)
            assert (parcel.status is ParcelStatus.RETURNED) == bool(asked.received_at)

    @invariant()
    def money_is_conserved(self):
        order = self.order
        settled = self.world.settlement(order.id)
        assert self.paid == settled.refunded_minor <= order.total_minor
        ended = ("completed", "refunded", "closed")
        opened = {key for key, (status, _) in self.known.items() if status not in ended}
        assert opened == set(order.open_returns)
        assert not (order.is_over and opened), "an open request keeps its order"

    def teardown(self):
        if hasattr(self, "order"):
            self.world.advance(later(self.world.now, 90 * DAY))
            assert self.order.is_over, "every request ends, and so does its order"
            self.kept.assert_another_world_is_the_same()


TestReturns = Returns.TestCase
TestReturns.settings = settings(max_examples=examples(15), stateful_step_count=14, deadline=None)
