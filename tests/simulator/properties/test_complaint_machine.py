"""Whoever complains, answers and appeals, in whatever order: complaints end, and end rightly.

The oracle below keeps its own books, from facts alone, and knows the rules from the rule book: it
shares no code with the model but the names of facts.
"""

from dataclasses import dataclass, field

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from simulator import DomainError, Mode, Purchase, World, facts
from simulator.clock import DAY, HOUR, later
from simulator.disputes.case import Cause
from simulator.parcels.evidence import Photo
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.packing import Cushioning, Packing
from tests.simulator.repeating import Kept
from tests.thoroughness import examples

PROMISE = 21 * DAY
LOGISTICS = ("not_received", "late", "damaged")
MAY_COMPLAIN = {
    "not_received": ("AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED"),
    "late": ("AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED"),
    "damaged": ("DELIVERED",),
    "wrong_item": ("DELIVERED",),
    "refused_at_door": ("IN_TRANSIT",),
}
PACKINGS = st.sampled_from([Packing(), Packing(room_mm=3), Packing(cushioning=(Cushioning.NONE,))])
PHOTO = Photo("a.png", "image/png", "0" * 64, 9, 0)


@dataclass
class Story:
    """What the facts say of one order."""

    mode: str
    total: int
    status: str = ""
    handover: str = ""
    ready: bool = False
    shipped_at: int = 0
    delivered_at: int = 0
    breaches: dict[str, int] = field(default_factory=dict)
    waived: dict[str, int] = field(default_factory=dict)
    packing: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    evidence: list[bool] = field(default_factory=list)
    about_carrier: list["Review"] = field(default_factory=list)
    by_buyer: list["Claim"] = field(default_factory=list)

    def ruling(self, nth, now):
        """C1, by the rule book."""
        if nth > 1:
            return "rejected", "filed_twice"
        dropped_off_late = "D4" in self.breaches and self.handover == "drop_off"
        if not self.ready or "D1" in self.breaches or dropped_off_late:
            return "rejected", "seller_not_ready"
        if "D2" in self.breaches:
            return "upheld", "pickup_late"
        if self.shipped_at and (self.delivered_at or now) - self.shipped_at > PROMISE:
            return "upheld", "delivery_late"
        return "rejected", "carrier_in_time"

    def proof(self, claim):
        """H2: what is on file, and is put forward."""
        if claim.answer == "silence" or not self.evidence:
            return "none"
        return "before" if any(self.evidence) else "later"

    def payer_for_damage(self, claim):
        """Of what arrived, and bears no scan of damage."""
        if self.mode == "seller" or self.packing:
            return "seller"
        return {"before": "carrier", "later": "platform", "none": "seller"}[self.proof(claim)]


@dataclass
class Review:
    """One complaint about a carrier."""

    filed_at: int
    decide_by: int
    under_review_since: int = 0
    decided_at: int = 0
    status: str = "submitted"
    reason: str = ""


@dataclass
class Claim:
    """One complaint of a buyer."""

    cause: str
    opened_at: int
    answer: str = ""
    answered_at: int = 0
    decided_at: int = 0
    closed_at: int = 0
    amount: int = 0
    paid: int = 0


class Oracle:
    """Books kept from facts."""

    def __init__(self, world):
        self.world = world
        self.stories = {}
        self.reviews = {}
        self.claims = {}
        world.journal.subscribe(self.note)

    def note(self, _seq, at, fact):
        if isinstance(fact, facts.OrderPlaced):
            self.stories[fact.order_id] = Story(fact.mode, fact.amount_minor)
        story = self.stories.get(getattr(fact, "order_id", ""))
        if isinstance(fact, facts.OrderMoved):
            story.status = fact.status
        notes = getattr(self, fact.kind, None)
        if notes:
            notes(at, fact, story)

    def OrderReadyToShip(self, _at, _fact, story):  # noqa: N802 - named as the fact is
        story.ready = True

    def OrderShipped(self, at, _fact, story):  # noqa: N802
        story.shipped_at = at

    def OrderDelivered(self, at, _fact, story):  # noqa: N802
        story.delivered_at = at

    def ParcelBooked(self, _at, fact, story):  # noqa: N802
        story.handover = fact.handover

    def RuleBreached(self, at, fact, story):  # noqa: N802
        story.breaches[fact.rule] = at

    def PackingDeclared(self, _at, fact, story):  # noqa: N802
        assert not story.shipped_at
        story.packing = fact.broken

    def LabelDeclared(self, _at, fact, story):  # noqa: N802
        assert not story.shipped_at
        story.label = fact.broken

    def EvidenceAttached(self, _at, fact, story):  # noqa: N802
        story.evidence.append(fact.before_handover)

    # C1.

    def CarrierComplaintFiled(self, at, fact, story):  # noqa: N802
        assert story.mode == "platform"
        assert fact.decide_by == at + 6 * DAY
        review = self.reviews[fact.complaint_id] = Review(at, fact.decide_by)
        story.about_carrier.append(review)

    def CarrierComplaintTakenUp(self, at, fact, _story):  # noqa: N802
        review = self.reviews[fact.complaint_id]
        assert review.status == "submitted"
        assert HOUR <= at - review.filed_at <= DAY
        review.status, review.under_review_since = "under_review", at

    def CarrierComplaintAppealed(self, at, fact, _story):  # noqa: N802
        review = self.reviews[fact.complaint_id]
        assert review.status == "rejected"
        assert at - review.decided_at <= 30 * DAY
        review.status, review.under_review_since = "under_review", at
        review.decide_by = fact.decide_by

    def CarrierComplaintDecided(self, at, fact, story):  # noqa: N802
        review = self.reviews[fact.complaint_id]
        assert review.status == "under_review"
        assert DAY <= at - review.under_review_since <= 5 * DAY
        assert at <= review.decide_by
        nth = story.about_carrier.index(review) + 1
        assert (fact.status, fact.reason) == story.ruling(nth, at)
        review.status, review.reason, review.decided_at = fact.status, fact.reason, at

    def BreachWaived(self, at, fact, story):  # noqa: N802
        assert fact.rule not in story.waived, "once"
        story.waived[fact.rule] = at

    # C2.

    def BuyerComplained(self, at, fact, story):  # noqa: N802
        assert story.status in MAY_COMPLAIN[fact.cause]
        assert all(earlier.closed_at for earlier in story.by_buyer), "one at a time"
        assert fact.answer_by == at + 48 * HOUR
        claim = self.claims[fact.complaint_id] = Claim(fact.cause, at)
        story.by_buyer.append(claim)

    def BuyerComplaintAnswered(self, at, fact, _story):  # noqa: N802
        claim = self.claims[fact.complaint_id]
        assert not claim.answer
        silent = fact.answer == "silence"
        assert (at == claim.opened_at + 48 * HOUR) if silent else (at - claim.opened_at <= 2 * DAY)
        claim.answer, claim.answered_at = fact.answer, at

    def BuyerComplaintDecided(self, at, fact, story):  # noqa: N802
        claim = self.claims[fact.complaint_id]
        took = at - claim.answered_at
        assert (DAY <= took <= 5 * DAY) if claim.answer == "contest" else took == 0
        claim.decided_at, claim.amount = at, fact.amount_minor
        self.judged(claim, fact, story)

    def judged(self, claim, fact, story):
        if story.mode == "seller" and claim.cause in LOGISTICS:
            assert fact.liable == "seller", "S3"
        if claim.answer != "contest":
            assert fact.refund != "none", "who does not contest, agrees"
        if claim.cause == "damaged":
            assert (fact.payer, fact.refund) == (story.payer_for_damage(claim), "full")
        if claim.cause == "not_received" and story.delivered_at and not story.label:
            pays = claim.answer != "contest"
            assert (fact.payer, fact.refund) == (("seller", "full") if pays else ("", "none"))
        if claim.cause == "wrong_item" and claim.answer == "contest" and not story.label:
            payer = {"before": "", "later": "platform", "none": "seller"}[story.proof(claim)]
            assert fact.payer == payer
        assert bool(fact.payer) == (fact.refund != "none")

    def BuyerComplaintClosed(self, at, fact, story):  # noqa: N802
        claim = self.claims[fact.complaint_id]
        assert not claim.closed_at
        if claim.decided_at and claim.amount:
            assert DAY <= at - claim.decided_at <= 5 * DAY
            assert fact.paid_minor == claim.amount
        claim.closed_at, claim.paid = at, fact.paid_minor
        assert sum(each.paid for each in story.by_buyer) <= story.total


SHIPPED, OWN, DROPPED = {}, {"mode": Mode.SELLER}, {"city": "Yiwu"}


class ComplaintMachine(RuleBasedStateMachine):
    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.world = World()
        self.kept = Kept(self.world)
        self.oracle = Oracle(self.world)

    @initialize(target=orders, mode=st.sampled_from(Mode))
    def an_order_on_its_way(self, mode):
        order_id = self.world.buyers.place_order(Purchase(mode=mode, behaviour="prompt")).id
        self.wait(3 * DAY)
        return order_id

    @rule(
        target=orders,
        wishes=st.sampled_from([SHIPPED, SHIPPED, OWN, DROPPED]),
        packing=PACKINGS,
        photos=st.integers(0, 1),
        dawdles=st.sampled_from([0, 0, 80]),
        hold=st.sampled_from([0, 60, 130]),
    )
    def sell_and_hand_over(self, wishes, packing, photos, dawdles, hold):
        order_id = self.world.buyers.place_order(Purchase(**wishes)).id
        self.wait(HOUR + dawdles * HOUR)
        self.pack(order_id, packing)
        for _ in range(photos):
            self.photograph(order_id)
        self.hold(hold)
        self.ready_to_ship(order_id)
        self.mark(order_id)
        return order_id

    @rule(
        target=orders,
        mode=st.sampled_from(Mode),
        city=st.sampled_from(["Shenzhen", "Shenzhen", "Yiwu"]),
        behaviour=st.sampled_from(["", "prompt", "prompt", "slow", "absent"]),
    )
    def place(self, mode, city, behaviour):
        order = self.world.buyers.place_order(Purchase(mode=mode, city=city, behaviour=behaviour))
        self.wait(HOUR)
        return order.id

    @rule(order_id=orders)
    def ready_to_ship(self, order_id):
        self.try_to(self.world.sellers.ready_to_ship, order_id)

    @rule(order_id=orders)
    def mark(self, order_id):
        self.try_to(self.world.sellers.mark_shipped, order_id, "ups", f"OWN-{order_id}")

    @rule(order_id=orders)
    def cancel(self, order_id):
        self.try_to(self.world.buyers.cancel, order_id)

    @rule(order_id=orders, packing=PACKINGS)
    def pack(self, order_id, packing):
        self.try_to(self.world.desk.declare_packing, self.parcel_of(order_id), packing)

    @rule(order_id=orders, accuracy=st.sampled_from(Accuracy))
    def label(self, order_id, accuracy):
        self.try_to(
            self.world.desk.declare_label, self.parcel_of(order_id), Label(accuracy=accuracy)
        )

    @rule(order_id=orders)
    def photograph(self, order_id):
        self.try_to(self.world.desk.attach_evidence, self.parcel_of(order_id), PHOTO)

    @rule(order_id=orders)
    def complain_about_the_carrier(self, order_id):
        self.try_to(self.world.desk.complain_about_carrier, order_id)

    @rule(order_id=orders)
    def appeal(self, order_id):
        for complaint in self.world.registry.docket.about_carriers_of(order_id):
            self.try_to(self.world.desk.appeal, complaint.id)

    @rule(order_id=orders)
    def complain_about_the_carrier_in_time(self, order_id):
        if not self.oracle.stories[order_id].about_carrier:
            self.try_to(self.world.desk.complain_about_carrier, order_id)

    @rule(
        order_id=orders,
        causes=st.permutations(Cause),
        answer=st.sampled_from(["", "accept", "contest", "contest"]),
    )
    def complain_of_something_possible(self, order_id, causes, answer):
        status = self.oracle.stories[order_id].status
        possible = [cause for cause in causes if status in MAY_COMPLAIN[cause]]
        for cause in possible[:1]:
            self.complain(order_id, cause)
            if answer:
                self.answer(order_id, answer == "accept")

    @rule(order_id=orders, cause=st.sampled_from(Cause))
    def complain(self, order_id, cause):
        self.try_to(self.world.buyers.complain, order_id, cause)

    @rule(order_id=orders, accepted=st.booleans())
    def answer(self, order_id, accepted):
        for complaint in self.world.registry.docket.by_buyer_of(order_id):
            self.try_to(self.world.desk.answer_complaint, complaint.id, accepted=accepted)

    @rule(hours=st.sampled_from([0, 60, 130]))
    def hold(self, hours):
        self.world.carriers.hold("jt", hours * HOUR)

    @rule(seconds=st.sampled_from([1, HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY]))
    def wait(self, seconds):
        self.world.advance(later(self.world.now, seconds))

    def parcel_of(self, order_id):
        (parcel_id,) = self.world.order(order_id).parcel_ids
        return parcel_id

    def try_to(self, command, *args, **kwargs):
        before = self.world.save()
        try:
            command(*args, **kwargs)
        except DomainError:
            assert self.world.save() == before, "a refusal leaves no trace"

    @invariant()
    def a_breach_is_waived_when_its_late_pickup_is_the_carriers(self):
        """By the later of the two: the decision, and the breach itself."""
        for order_id, story in self.oracle.stories.items():
            upheld = [
                each.decided_at
                for each in story.about_carrier
                if each.status == "upheld" and each.reason == "pickup_late"
            ]
            both = upheld and "D4" in story.breaches
            assert story.waived == ({"D4": max(*upheld, story.breaches["D4"])} if both else {})
            assert self.world.order(order_id).waived == tuple(story.waived)

    @invariant()
    def nothing_takes_longer_than_it_may(self):
        now = self.world.now
        for review in self.oracle.reviews.values():
            assert review.status in ("upheld", "rejected") or now <= review.decide_by
        for claim in self.oracle.claims.values():
            assert claim.closed_at or now <= claim.opened_at + 12 * DAY

    @invariant()
    def complaints_say_what_the_facts_said(self):
        docket = self.world.registry.docket
        assert {key: each.status for key, each in docket.about_carriers.items()} == {
            key: each.status for key, each in self.oracle.reviews.items()
        }
        assert {key: (each.is_open, each.paid_minor) for key, each in docket.by_buyers.items()} == {
            key: (not each.closed_at, each.paid) for key, each in self.oracle.claims.items()
        }

    def teardown(self):
        self.wait(120 * DAY)
        self.nothing_takes_longer_than_it_may()
        self.a_breach_is_waived_when_its_late_pickup_is_the_carriers()
        assert self.world.next_due is None
        self.kept.assert_another_world_is_the_same()


TestComplaints = ComplaintMachine.TestCase
TestComplaints.settings = settings(
    max_examples=examples(25), stateful_step_count=40, deadline=None, derandomize=True
)
