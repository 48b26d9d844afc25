"""Whatever happens, finance adds up to the cent with it: per order, per statement, per shop."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import example, given, settings

from simulator import DomainError, World, WorldConfig, market_named
from simulator.archive import Archive
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady
from simulator.facts import (
    FeeCharged,
    OrderPaid,
    PaymentFailed,
    PaymentMade,
    PenaltyCharged,
    RefundPaid,
    ReimbursementPaid,
    StatementIssued,
)
from simulator.market.penalties import BreachPoints
from simulator.money.positions import TransactionType
from simulator.money.tills import FlowStatus, FlowType, PaymentStatus
from simulator.returns.answering import Verdict
from simulator.returns.signals import Answer, Answered
from tests.thoroughness import examples

BUYING = Buying(
    behaviour=(("diligent", 1.0), ("careless", 1.0), ("slow", 1.0), ("absent", 0.3)),
    buyer=(("passive", 1.0), ("fussy", 1.0), ("impatient", 1.0)),
    late=0.2,
)


class Told:
    """The oracle: what facts said of money, order by order, and nothing of the books."""

    def __init__(self, world):
        self._world = world
        self.refunds, self.others = Counter(), Counter()
        self.paid, self.of_shops = set(), Counter()
        self.statements = Counter()
        world.journal.subscribe(self._hear)

    def _hear(self, _seq, _at, fact):
        match fact:
            case OrderPaid(order_id=key):
                self.paid.add(key)
            case RefundPaid(order_id=key):
                self.refunds[key] += fact.amount_minor
            case ReimbursementPaid(order_id=key):
                self.others[key] += fact.amount_minor
            case PenaltyCharged(order_id=key):
                self.others[key] -= fact.amount_minor
            case FeeCharged(order_id=key) if self._world.order(key).ships_from_platform:
                self.others[key] -= fact.amount_minor
            case StatementIssued():
                self.statements[fact.shop_id] += fact.settlement_minor
            case PaymentMade() | PaymentFailed():
                self.of_shops[type(fact), fact.shop_id] += fact.amount_minor
            case _:
                pass

    def worth(self, order_id):
        """What the order is to bring its seller, if nothing more happens."""
        order, percent = self._world.order(order_id), 6
        left = order.goods_minor - min(self.refunds[order_id], order.goods_minor)
        paid = order.total_minor - self.refunds[order_id] if order_id in self.paid else 0
        commission = left * percent // 100 if order_id in self.paid else 0
        return paid - commission + self.others[order_id]


class Drawer(Archive):
    """An archive in memory."""

    def __init__(self):
        self._rows = {}

    def put(self, ended):
        for each in ended:
            self._rows.update(dict.fromkeys(each.keys, json.dumps(each.rows)))

    def find(self, kind, key):
        found = self._rows.get((kind, key))
        return json.loads(found) if found else None

    def rewind(self, facts):
        pass


def _check(world, told):
    per_order, cashier = Counter(), world.registry.cashier
    for shop_id in world.registry.shops:
        till = cashier.till(shop_id)
        for statement in till.statements:
            _check_statement(cashier, statement, per_order)
        for order, row in cashier.unsettled(shop_id):
            per_order[order.id] += row.settlement
            today = row.at // DAY == world.now // DAY
            assert today or not order.is_over, "what is over waits for midnight, and no longer"
        _check_till(till, told)

    known = told.paid | set(told.others)
    expected = {order_id: told.worth(order_id) for order_id in known}
    assert {key: per_order[key] for key in expected} == expected
    assert not set(per_order) - known


def _check_statement(cashier, statement, per_order):
    rows = [row for key in statement.order_ids() for row in cashier.transactions_in(statement, key)]
    for row in rows:
        per_order[row.order_id] += row.settlement
        assert statement.at - DAY <= row.at < statement.at
        if row.type is TransactionType.ORDER:
            order = cashier._here.order(row.order_id)
            assert statement in cashier.statements_of(order)
    assert len(rows) == statement.rows > 0
    assert len({row.id for row in rows}) == len(rows)
    assert sum(row.settlement for row in rows) == statement.settlement
    assert sum(row.amounts.revenue for row in rows) == statement.revenue
    assert sum(row.adjustment for row in rows) == statement.adjustments


def _check_till(till, told):
    """Statements are paid, on their way, or carried; what was paid is on the balance, or gone."""
    issued = sum(each.settlement for each in till.statements)
    by_status = Counter()
    for payment in till.payments:
        by_status[payment.status] += payment.amount
    assert issued == told.statements[till.shop_id]
    assert by_status[PaymentStatus.PAID] == told.of_shops[PaymentMade, till.shop_id]
    assert by_status[PaymentStatus.FAILED] == told.of_shops[PaymentFailed, till.shop_id]
    paid, on_its_way = by_status[PaymentStatus.PAID], by_status[PaymentStatus.PROCESSING]
    assert paid + on_its_way + till.carried == issued
    flows = Counter()
    for flow in till.flows:
        flows[flow.type] += flow.amount
    came_back = sum(each.amount for each in till.flows if each.status is FlowStatus.FAILED)
    assert flows[FlowType.SETTLE] == paid
    assert flows[FlowType.REVERSE] == came_back
    assert till.balance == paid - flows[FlowType.WITHDRAW] + came_back >= 0


def _busy_world(market, seed, archived):
    profile = market_named(market)
    if market == "us":
        dear = replace(profile.penalties, breaches=(BreachPoints("D4", 2, 350),))
        profile = replace(profile, penalties=dear)
    config = WorldConfig(seed=seed, market=profile, mishaps=40.0, shops=("One", "Two"))
    world = World(config)
    if archived:
        world.plug_in(Drawer(), 2 * HOUR)
    for shop_id in world.registry.shops:
        buying = replace(BUYING, shop_id=shop_id)
        world.add_demand(Plan(steady=Steady(0.5), count=8, buying=buying))
    return world


def _divide_what_is_asked(world):
    """Who has their goods asks for the money; the first line item is paid for, and the rest not."""
    for order in list(world.registry.orders.values()):
        if order.status == "DELIVERED":
            with suppress(DomainError):
                world.buyers.ask_refund(order.id)
    for asked in list(world.registry.returns.all.values()):
        first, rest = tuple(asked.item_ids[:1]), tuple(asked.item_ids[1:])
        yes, no = Answered(Answer.REFUND), Answered(Answer.REJECT)
        with suppress(DomainError):
            world.sellers.decide([Verdict(asked.id, first, yes), Verdict(asked.id, rest, no)])


@example(
    market="sea", seed=6970, archived=False, waits=[HOUR, HOUR], failing=False, dividing=False
).via("every order of it is cancelled or refunded: three statements, and no money")
@settings(max_examples=examples(5), deadline=None)
@given(
    market=st.sampled_from(["standard", "uk", "us", "sea"]),
    seed=st.integers(1, 10_000),
    archived=st.booleans(),
    waits=st.lists(st.sampled_from([HOUR, DAY, 5 * DAY, 17 * DAY]), min_size=2, max_size=5),
    failing=st.booleans(),
    dividing=st.booleans(),
)
def test_statements_and_what_is_unsettled_are_all_there_is(
    market, seed, archived, waits, failing, dividing
):
    world = _busy_world(market, seed, archived)
    told = Told(world)
    for wait in [*waits, 20 * DAY, 20 * DAY]:
        for shop_id in world.registry.shops:
            till = world.registry.cashier.till(shop_id)
            if failing:
                world.desk.fail_next(shop_id, payment=bool(wait % 2 == 0 and till.payments))
            if till.balance > 1:
                world.desk.withdraw(shop_id, till.balance // 2)
        if dividing:
            _divide_what_is_asked(world)
        world.advance(later(world.now, wait))
        _check(world, told)


@settings(max_examples=examples(2), deadline=None)
@given(seed=st.integers(1, 10_000), stop=st.integers(1, 60 * 24))
def test_a_world_saved_in_between_settles_as_if_it_had_never_stopped(seed, stop):
    world = _busy_world("sea", seed, archived=False)
    world.advance(later(world.now, stop * HOUR))
    again = World.restore(json.loads(json.dumps(world.save())))
    for each in (world, again):
        for shop_id, till in each.registry.cashier.tills.items():
            each.desk.fail_next(shop_id, payment=True)
            if till.balance:
                each.desk.withdraw(shop_id, till.balance)
        each.advance(later(each.now, 60 * DAY))

    assert again.journal.digest() == world.journal.digest()
    assert again.registry.cashier.save() == world.registry.cashier.save()
