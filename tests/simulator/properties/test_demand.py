"""Sources do not disturb each other: whoever else comes, each brings the same orders."""

import hypothesis.strategies as st
from hypothesis import given, settings

from simulator import Purchase, World
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.replay import Replay, Row, Times
from simulator.demand.rhythms import Burst, Curve, Steady, Tempo
from simulator.facts import OrderPlaced
from simulator.world import STARTS_AT
from tests.thoroughness import examples

BUYING = Buying(
    shipping=(("platform", 2.0), ("seller", 1.0)),
    city=(("Shenzhen", 1.0), ("Yiwu", 1.0)),
    behaviour=(("prompt", 1.0), ("integration", 1.0)),
    paid=0.9,
    pays_after=(0, HOUR),
    late=0.3,
)
MOMENTS = st.integers(0, 2 * DAY)
ROWS = st.lists(st.builds(Row, at=MOMENTS), min_size=1, max_size=12)
RHYTHMS = st.one_of(
    st.floats(0.1, 40).map(lambda rate: {"steady": Steady(rate), "count": 20}),
    st.floats(0.1, 40).map(lambda rate: {"curve": Curve(rate), "count": 20}),
    st.builds(Burst, st.integers(1, 20), st.integers(1, DAY), st.sampled_from(Tempo)).map(
        lambda burst: {"burst": burst}
    ),
    ROWS.map(lambda rows: {"replay": Replay(tuple(rows), Times.FROM_START)}),
)
PLANS = st.builds(
    lambda rhythm, start: Plan(**rhythm, starts_at=later(STARTS_AT, start), buying=BUYING),
    RHYTHMS,
    MOMENTS,
)


def brought(plan, others=(), moments=()):
    """What the source ``mine`` brings, with other sources and buyers about."""
    world = World()
    orders = []

    def note(_seq, at, fact):
        if isinstance(fact, OrderPlaced) and fact.source == "mine":
            order = world.order(fact.order_id)
            items = [item.sku_id for item in order.items]
            bought = (order.mode, order.city, items, order.behaviour, order.address)
            orders.append((at, bought, order.pays_at and order.pays_at - at))

    world.journal.subscribe(note)
    for other in others:
        world.add_demand(other)
    world.add_demand(plan, "mine")
    for moment in sorted(moments):
        world.advance(later(STARTS_AT, moment))
        world.buyers.place_order(Purchase(behaviour="prompt"))
    world.advance(later(STARTS_AT, 14 * DAY))
    return orders


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(
    plan=PLANS,
    others=st.lists(PLANS, min_size=1, max_size=3),
    moments=st.lists(MOMENTS, max_size=4),
)
def test_each_source_brings_the_same_orders_whoever_else_comes(plan, others, moments):
    alone = brought(plan)

    assert brought(plan, others, moments) == alone
    assert alone or not plan.replay


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(rows=ROWS, start=MOMENTS)
def test_a_replay_brings_exactly_its_rows_in_order(rows, start):
    tagged = [Row(row.at, city=f"Town {nth}") for nth, row in enumerate(rows)]
    starts_at = later(STARTS_AT, start)
    plan = Plan(replay=Replay(tuple(tagged), Times.FROM_START), starts_at=starts_at)

    expected = sorted((starts_at + row.at, nth) for nth, row in enumerate(rows))
    assert [(at, bought[1]) for at, bought, _ in brought(plan)] == [
        (at, f"Town {nth}") for at, nth in expected
    ]
