"""Whatever living buyers do: their orders end, their money is counted once, their returns go right.

The oracle below keeps its own books, from facts alone, and knows the rules from the rule book: it
shares no code with the model but the names of facts.
"""

from contextlib import suppress
from dataclasses import dataclass, field

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.buyers.temperaments import TEMPERAMENTS
from simulator.clock import DAY, HOUR, later
from tests.simulator.properties.rule_books import RULES_OF_THEIR_OWN
from tests.thoroughness import examples

OVER = ("COMPLETED", "CANCELLED")
RETURN_MOVES = {
    "requested": ("rejected", "awaiting_buyer_ship", "granted", "closed"),
    "rejected": ("awaiting_buyer_ship", "granted", "closed"),
    "awaiting_buyer_ship": ("buyer_shipped", "closed"),
    "buyer_shipped": ("received",),
    "received": ("granted", "receipt_rejected"),
    "receipt_rejected": ("granted", "closed"),
    "granted": ("completed",),
}
LONGEST = {
    "requested": 48 * HOUR,
    "rejected": 8 * DAY,  # three to turn to the platform, five for the platform
    "awaiting_buyer_ship": 10 * DAY,
    "buyer_shipped": 10 * DAY,
    "received": 48 * HOUR,
    "receipt_rejected": 8 * DAY,
    "granted": 0,
}
SHORTEST = {"buyer_shipped": 3 * DAY}


@dataclass
class Back:
    """One return, as the facts tell it."""

    wish: str
    status: str
    since: int
    replaced: bool = False


OPEN_REFUNDS = {"pending", "offered", "rejected"}


@dataclass
class Story:
    """What the facts say of one order."""

    amount: int
    status: str = ""
    paid: bool = False
    refunds: list[int] = field(default_factory=list)
    made_good: int = 0
    complaints: int = 0
    asked_back: dict[str, str] = field(default_factory=dict)
    """Refunds, with their latest statuses."""
    returns: dict[str, Back] = field(default_factory=dict)
    chased: int = 0
    acted: bool = False
    kept_after_all: bool = False

    @property
    def owed_back(self):
        """What must have gone back to the buyer: nothing for what was closed or withdrawn."""
        in_money = [
            each
            for each in self.returns.values()
            if each.status == "completed" and not each.replaced
        ]
        if self.paid and (
            self.status == "CANCELLED" or "refunded" in self.asked_back.values() or in_money
        ):
            return self.amount
        return self.complaints

    @property
    def may_wait(self):
        """A simulated seller who is ready while the buyer means to cancel does not come again."""
        return self.status == "AWAITING_SHIPMENT" and self.kept_after_all

    @property
    def open_returns(self):
        return [
            each for each in self.returns.values() if each.status not in ("completed", "closed")
        ]


class Oracle:
    """Books kept from facts."""

    def __init__(self, world):
        self.stories = {}
        world.journal.subscribe(self.note)

    def note(self, _seq, at, fact):
        if fact.kind == "OrderPlaced":
            self.stories[fact.order_id] = Story(fact.amount_minor)
        story = self.stories.get(getattr(fact, "order_id", ""))
        if hasattr(fact, "status") and fact.kind.startswith("Order"):
            story.status = fact.status
        notes = getattr(self, fact.kind, None)
        if notes:
            notes(at, fact, story)

    def OrderPaid(self, _at, _fact, story):  # noqa: N802 - named as the fact is
        story.paid = True

    def OrderCompleted(self, _at, _fact, story):  # noqa: N802
        assert not story.open_returns, "an open return keeps its order"
        assert "pending" not in story.asked_back.values()

    def CancellationMoved(self, _at, fact, story):  # noqa: N802
        story.kept_after_all |= fact.status == "closed"

    def RefundPaid(self, _at, fact, story):  # noqa: N802
        story.refunds.append(fact.amount_minor)
        assert sum(story.refunds) <= story.amount, "never more than was paid"

    def ReimbursementPaid(self, _at, fact, story):  # noqa: N802
        story.made_good += fact.amount_minor
        assert story.made_good <= sum(story.refunds)

    def BuyerComplaintClosed(self, _at, fact, story):  # noqa: N802
        story.complaints += fact.paid_minor

    def BuyerComplained(self, _at, _fact, story):  # noqa: N802
        story.acted = True

    def RefundMoved(self, _at, fact, story):  # noqa: N802
        if fact.status == "pending":
            assert not story.open_returns, "one wish at a time"
        story.asked_back[fact.refund_id], story.acted = fact.status, True

    def BuyerChased(self, _at, fact, story):  # noqa: N802
        story.chased += 1
        story.acted = True
        assert fact.nth == story.chased
        assert story.status not in ("UNPAID", "DELIVERED", *OVER), "nobody chases what is there"

    def ParcelUnwanted(self, _at, _fact, story):  # noqa: N802
        story.acted = True
        assert story.status in ("AWAITING_COLLECTION", "IN_TRANSIT")

    def ReturnAsked(self, at, fact, story):  # noqa: N802
        assert story.status == "DELIVERED"
        assert not story.open_returns, "one wish at a time"
        assert "pending" not in story.asked_back.values()
        within = 24 * HOUR if fact.wish == "replacement" else 48 * HOUR
        assert fact.answer_by == at + within
        story.returns[fact.return_id] = Back(fact.wish, "requested", at)
        story.acted = True

    def ReturnMoved(self, at, fact, story):  # noqa: N802
        back = story.returns[fact.return_id]
        assert fact.status in RETURN_MOVES[back.status], (back, fact)
        took = at - back.since
        assert SHORTEST.get(back.status, 0) <= took <= LONGEST[back.status], (back, fact)
        if fact.by == "platform" and back.status == "requested":
            assert took == (24 if back.wish == "replacement" else 48) * HOUR, "silence"
        assert back.wish == "return_and_refund" or fact.status != "awaiting_buyer_ship"
        back.status, back.since = fact.status, at

    def OrderReplaced(self, _at, fact, story):  # noqa: N802
        story.returns[fact.return_id].replaced = True
        again = self.stories[fact.replacement_id]
        assert (again.amount, again.status) == (0, "UNPAID")


CROWD = [
    Purchase(mode=mode, behaviour=behaviour, temperament=temperament)
    for mode in Mode
    for behaviour in ("prompt", "slow")
    for temperament in TEMPERAMENTS
]
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    city=st.sampled_from(["Shenzhen", "Shenzhen", "Yiwu"]),
    behaviour=st.sampled_from(["prompt", "prompt", "slow"]),
    temperament=st.sampled_from(["", *TEMPERAMENTS]),
)
ANSWERS = st.sampled_from(["grant", "refund", "reject", "reject"])
CHAPTERS = st.lists(
    st.one_of(
        st.tuples(st.just("place"), st.lists(PURCHASES, min_size=1, max_size=5)),
        st.tuples(st.just("wait"), st.sampled_from([HOUR, 9 * HOUR, DAY, 3 * DAY, 8 * DAY])),
        st.tuples(st.just("wait"), st.sampled_from([HOUR, 9 * HOUR, DAY, 3 * DAY, 8 * DAY])),
        st.tuples(st.just("hold"), st.sampled_from([0, 60 * HOUR, 12 * DAY])),
        st.tuples(st.just("answer"), ANSWERS),
    ),
    min_size=4,
    max_size=14,
)
SEEDS = st.integers(0, 2**32)
CALMLY = settings(max_examples=examples(12), deadline=None, derandomize=True)


def answer_everything(world, answer):
    """The seller says the same to everybody who waits for a word."""
    here, granted = world.registry, answer != "reject"
    for order_id in list(here.orders):
        for say in (world.sellers.answer_refund, world.sellers.answer_cancellation):
            with suppress(DomainError):
                say(order_id, granted=granted)
    for asked in list(here.returns.all.values()):
        with suppress(DomainError):
            world.sellers.answer_return(asked.id, granted=granted, refund_now=answer == "refund")
        with suppress(DomainError):
            world.sellers.inspect_return(asked.id, accepted=granted)
    for complaint in list(here.docket.by_buyers.values()):
        with suppress(DomainError):
            world.desk.answer_complaint(complaint.id, accepted=granted)


def do(world, act, what):
    match act:
        case "place":
            for purchase in what:
                world.buyers.place_order(purchase)
        case "wait":
            world.advance(later(world.now, what))
        case "hold":
            world.carriers.hold("jt", what)
        case "answer":
            answer_everything(world, what)


def assert_the_books_are_straight(world, oracle):
    for order_id, story in oracle.stories.items():
        order, money = world.order(order_id), world.settlement(order_id)
        assert sum(story.refunds) == money.refunded_minor == story.owed_back, story
        assert money.paid_minor == (story.amount if story.paid else 0)
        parts = money.refunded_minor + money.held_minor + money.payout_minor
        assert parts == money.paid_minor, "all money is somewhere, and only once"
        assert money.seller_minor <= money.paid_minor
        is_open = bool(story.open_returns) or bool(OPEN_REFUNDS & set(story.asked_back.values()))
        assert bool(order.open_returns) is is_open
        assert order.temperament or not story.acted, "who has no temperament does nothing unasked"


def assert_everything_ends(world, oracle):
    world.carriers.hold("jt", 0)
    world.advance(later(world.now, 150 * DAY))
    assert_the_books_are_straight(world, oracle)
    here = world.registry
    assert world.next_due is None
    ends = [story.status in OVER or story.may_wait for story in oracle.stories.values()]
    assert all(ends), oracle.stories
    assert set(here.patrons) <= {key for key, each in oracle.stories.items() if each.may_wait}
    assert not any(asked.is_open for asked in here.returns.all.values())
    assert not any(each.is_open for each in here.docket.by_buyers.values())
    for entity in (*here.orders.values(), *here.returns.all.values()):
        assert not entity.inbox._kept, "no signal comes too late"


def assert_life_goes_right(market, seed, chapters):
    world = World(WorldConfig(seed=seed, market=market_named(market)))
    oracle = Oracle(world)
    do(world, "place", CROWD)
    for chapter in chapters:
        do(world, *chapter)
        assert_the_books_are_straight(world, oracle)
    assert_everything_ends(world, oracle)


@pytest.mark.parametrize("market", RULES_OF_THEIR_OWN)
@CALMLY
@given(seed=SEEDS, chapters=CHAPTERS)
def test_buyers_of_all_temperaments(market, seed, chapters):
    assert_life_goes_right(market, seed, chapters)


@pytest.mark.usefixtures("everything_on_the_hour", "buyers_on_the_hour")
@pytest.mark.parametrize("market", ["standard", "us"])
@CALMLY
@given(seed=SEEDS, chapters=CHAPTERS)
def test_buyers_who_do_much_of_everything_on_the_hour(market, seed, chapters):
    assert_life_goes_right(market, seed, chapters)
