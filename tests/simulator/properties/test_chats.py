"""Random conversations: indexes rise, sessions close when they are due, and every count is right.

The oracle keeps its own books from what was done, and knows the two silences from the rule book.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given, settings

from simulator import Purchase, World, WorldConfig
from simulator.clock import DAY, HOUR, later
from simulator.service.model import Kind, Said
from tests.thoroughness import examples

HELLO = Said(Kind.TEXT, "hello")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["buyer", "buyer", "seller", "seller", "read", "end", "staff", "wait"]),
        st.integers(0, 2),
        st.sampled_from([1, HOUR, 6 * HOUR - 1, 6 * HOUR, DAY, 7 * DAY - 1, 7 * DAY]),
    ),
    min_size=5,
    max_size=40,
)


@dataclass
class Book:
    """What must be so, of one conversation."""

    unread: int = 0
    closes_at: int = 0
    waits_for: str = ""
    ends: list[int] = field(default_factory=list)

    def time_is(self, now):
        if self.closes_at and self.closes_at <= now:
            self.end(self.closes_at)

    def end(self, at):
        self.ends.append(at)
        self.closes_at, self.waits_for = 0, ""

    def buyer(self, now):
        self.unread += 1
        if self.waits_for != "shop":
            self.waits_for, self.closes_at = "shop", now + 7 * DAY

    def seller(self, now):
        self.waits_for, self.closes_at = "buyer", now + 6 * HOUR


def act(world, what, order, talk, book):
    match what:
        case "buyer":
            world.chats.buyer_writes(order.id, HELLO)
            book.buyer(world.now)
        case "seller":
            world.chats.seller_writes(talk.id, HELLO)
            book.seller(world.now)
        case "read":
            world.chats.read(talk.id)
            book.unread = 0
        case "staff":
            accepted = not world.chats.accepts(order.shop_id)
            world.chats.accept(order.shop_id, accepted=accepted)
        case "end" if talk.session and talk.session.has_agent:
            world.chats.end_session(talk.id, talk.session.id)
            book.end(world.now)


def assert_it_is_as_written(talk, book):
    indexes = [message.index for message in talk.messages]
    assert all(before < after for before, after in pairwise(indexes))
    assert talk.unread == book.unread
    assert talk.closes_at == book.closes_at
    assert [session.ended_at for session in talk.sessions if session.ended_at] == book.ends
    assert bool(talk.session) is bool(book.closes_at)
    assert not talk.inbox._kept
    begun = [session.begun_at for session in talk.sessions]
    assert begun == sorted(begun)


@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(acts=ACTS, seed=st.integers(0, 2**32))
def test_conversations_go_as_the_rules_say(acts, seed):
    world = World(WorldConfig(seed=seed))
    orders = [world.buyers.place_order(Purchase(paid=False)) for _ in range(3)]
    talks = [world.chats.open(order.shop_id, order.buyer_id) for order in orders]
    books = [Book() for _ in orders]
    for what, which, seconds in acts:
        if what == "wait":
            world.advance(later(world.now, seconds))
            for book in books:
                book.time_is(world.now)
        elif world.chats.may_write(talks[which]) or what != "seller":
            act(world, what, orders[which], talks[which], books[which])
        for talk, book in zip(talks, books, strict=True):
            assert_it_is_as_written(talk, book)
    world.advance(later(world.now, 30 * DAY))
    assert world.next_due is None
    assert not any(talk.session for talk in talks)
