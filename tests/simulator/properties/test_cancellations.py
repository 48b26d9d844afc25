"""Whoever cancels what, in whatever order: the money for it goes back, to the minor unit and never
more, and every cancellation ends."""

import json
from contextlib import suppress

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, later
from simulator.money.ledger import Kind
from simulator.orders.cancellations import cancellations_of, shares
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver
from tests.thoroughness import examples

WHICH = st.integers(0, 5)
SOME = st.lists(st.integers(0, 3), max_size=3, unique=True).map(tuple)
PURCHASES = st.builds(
    Purchase,
    mode=st.sampled_from(Mode),
    sku_ids=st.sampled_from([tuple(sku.id for sku in SHELF[:n]) for n in (1, 2, 4)]),
    parcels=st.sampled_from([1, 2, 3]),
    paid=st.sampled_from([True, True, False]),
    buyer=st.sampled_from(["", "ann"]),
    combined=st.booleans(),
    behaviour=st.sampled_from(["", "", "prompt"]),
)
ACTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([60, HOUR, DAY, 3 * DAY])),
    st.tuples(st.just("seller"), WHICH, SOME, st.booleans()),
    st.tuples(st.just("seller"), WHICH, SOME, st.booleans()),
    st.tuples(st.just("buyer"), WHICH),
    st.tuples(st.just("withdraw"), WHICH),
    st.tuples(st.just("answer"), WHICH, st.booleans()),
    st.tuples(st.just("ship"), WHICH, st.integers(0, 2)),
    st.tuples(st.just("sleep")),
)


class Story:
    """A world, and what was cancelled in it singly, by what the commands said."""

    def __init__(self, market, purchases):
        self.world = World(WorldConfig(market=market_named(market)))
        self.gone = {}
        for purchase in purchases:
            self.world.buyers.place_order(purchase)

    def do(self, act, *args):
        if act == "wait":
            self.world.advance(later(self.world.now, *args))
        elif act == "sleep":
            self.world = World.restore(json.loads(json.dumps(self.world.save())))
        else:
            orders = list(self.world.registry.orders.values())
            with suppress(DomainError):
                getattr(self, act)(orders[args[0] % len(orders)], *args[1:])

    def seller(self, order, places, out_of_stock):
        listed = self.world.config.market.ways.reasons
        names = [each.name for each in reasons(listed, About.CANCELLATION, Giver.SELLER)]
        fitting = [name for name in names if "unpaid" not in name]
        out = [name for name in fitting if "out_of_stock" in name]
        item_ids = [order.items[nth % len(order.items)].id for nth in places]
        live = {item.id for item in order.live_items}
        self.world.sellers.cancel(order.id, (out if out_of_stock else fitting)[-1], item_ids)
        if item_ids and set(item_ids) != live:
            self.gone.setdefault(order.id, set()).update(item_ids)

    def buyer(self, order):
        self.world.buyers.cancel(order.id)

    def withdraw(self, order):
        self.world.buyers.withdraw_cancellation(order.id)

    def answer(self, order, granted):
        self.world.sellers.answer_cancellation(order.id, granted=granted)

    def ship(self, order, nth):
        parcel_id = order.parcel_ids[nth % len(order.parcel_ids)] if order.parcel_ids else ""
        if order.ships_from_platform:
            self.world.sellers.ready_to_ship(order.id, parcel_id=parcel_id)
        else:
            number = self.world.sellers.book(order.id, "ups", parcel_id=parcel_id)
            self.world.sellers.mark_shipped(order.id, "ups", number, parcel_id=parcel_id)


def what_was_paid_for(order, gone):
    """What the buyer paid for what is cancelled, reckoned from the order alone."""
    if not order.paid_at:
        return 0
    if order.status == "CANCELLED":
        return order.total_minor
    return sum(item.price_minor for item in order.items if item.id in gone)


@pytest.mark.parametrize("market", ["us", "uk", "sea"])
@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(
    purchases=st.lists(PURCHASES, min_size=1, max_size=3),
    acts=st.lists(ACTS, min_size=2, max_size=12),
)
def test_refunds_add_up_to_what_was_paid_for_what_was_cancelled(market, purchases, acts):
    story = Story(market, purchases)
    for act in acts:
        story.do(*act)
    world = story.world
    world.advance(later(world.now, 120 * DAY))

    for order in world.registry.orders.values():
        entries = world.registry.books.ledger(order.id)
        back = sum(each.amount_minor for each in entries if each.kind is Kind.REFUND)
        assert back == what_was_paid_for(order, story.gone.get(order.id, set()))
        assert order.is_over
        for asked in cancellations_of(order):
            assert asked.status in (("refunded", "closed") if order.paid_at else ("granted",))
        refunded = [each for each in cancellations_of(order) if each.status == "refunded"]
        assert back == sum(each.refund_minor for each in refunded)
        for asked in refunded:
            parts = shares(order, asked)
            assert sum(part.goods_minor + part.fee_minor for part in parts) == asked.refund_minor
        if order.status != "CANCELLED":
            inside = [
                item_id for each in world.registry.parcels_of(order) for item_id in each.item_ids
            ]
            assert {item.id for item in order.live_items} <= set(inside)
            assert not set(order.cancelled_item_ids) & set(inside)
