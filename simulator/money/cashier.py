"""The platform's cashier: statements at midnight of UTC, payments after them, withdrawals.

A statement keeps its sums, and which orders it is about; its rows are reckoned again when somebody
reads them. A shop of which nothing is to be settled has no statement, and costs nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from simulator import ids
from simulator.clock import DAY, Instant, later
from simulator.errors import BalanceTooLow
from simulator.facts import (
    Fact,
    PaymentFailed,
    PaymentMade,
    PaymentStarted,
    StatementIssued,
    WithdrawalMoved,
)
from simulator.ids import Mint
from simulator.market import MarketProfile
from simulator.money.books import Books
from simulator.money.ledger import Entry, Kind
from simulator.money.positions import (
    Transaction,
    as_if_over,
    estimate,
    midnight_before,
    transactions,
)
from simulator.money.tills import (
    Flow,
    FlowStatus,
    FlowType,
    Payment,
    PaymentStatus,
    Statement,
    Till,
)
from simulator.orders.model import Order
from simulator.plain import from_plain, to_plain
from simulator.waiting import Agenda, QuietBell

Rung = Callable[[], None]


class Setting(Protocol):
    """What the cashier needs of the world, and no more."""

    agenda: Agenda
    books: Books
    market: MarketProfile
    mint: Mint
    orders: dict[str, Order]

    @property
    def now(self) -> Instant: ...
    def order(self, order_id: str) -> Order: ...
    def record(self, fact: Fact) -> None: ...


class Cashier:
    """Every shop's till in one world."""

    def __init__(self, here: Setting) -> None:
        self._here = here
        self.tills: dict[str, Till] = {}
        self._bells: dict[str, QuietBell] = {}

    # To read.

    def till(self, shop_id: str) -> Till:
        """The shop's, or a blank one."""
        return self.tills.get(shop_id) or Till(shop_id)

    def entries(self, order: Order) -> Sequence[Entry]:
        """The order's ledger, without asking an archive about an order that is not in it."""
        books = self._here.books
        if order.id in self._here.orders:
            return books.ledgers.get(order.id, ())
        return books.ledger(order.id)

    def transactions_in(self, statement: Statement, order_id: str) -> list[Transaction]:
        """What the statement says of that order."""
        begin = Instant(statement.at - DAY)
        return self._transactions(self._here.order(order_id), begin, statement.at)

    def statements_of(self, order: Order) -> list[Statement]:
        """Those that have, or could have, a row of its own: each after its end, or a refund."""
        ended = order.completed_at or order.cancelled_at
        if not ended:
            return []
        refunds = [each.at for each in self.entries(order) if each.kind is Kind.REFUND]
        nights = {midnight_before(max(at, ended)) + DAY for at in (ended, *refunds)}
        return [each for each in self.till(order.shop_id).statements if each.at in nights]

    def unsettled(self, shop_id: str) -> Iterator[tuple[Order, Transaction]]:
        """All that is due to the shop, or by it, and in no statement so far: with what paid orders
        would come to that are not over. It looks at every order in memory."""
        here, now = self._here, self._here.now
        begin, end = midnight_before(now), Instant(now + 1)
        touched = {order_id for _, order_id in self.till(shop_id).touched}
        for order in here.orders.values():
            if order.shop_id != shop_id or order.independent or not order.paid_at:
                continue
            if order.id in touched:
                touched.discard(order.id)
                yield from ((order, row) for row in self._transactions(order, begin, end))
            if not order.is_over:
                entries = self.entries(order)
                amounts = as_if_over(order, entries, end, here.market.finance)
                yield order, estimate(order, amounts)
        for order_id in sorted(touched):
            order = here.order(order_id)
            yield from ((order, row) for row in self._transactions(order, begin, end))

    def _transactions(self, order: Order, begin: Instant, end: Instant) -> list[Transaction]:
        terms = self._here.market.finance
        return list(transactions(order, self.entries(order), begin, end, terms))

    # What happens.

    def note(self, order_id: str) -> None:
        """Something happened to the order's money, or it is over."""
        here = self._here
        order = here.order(order_id)
        if order.independent:
            return
        till = self._open_till(order.shop_id)
        till.touched.append((here.now, order_id))
        if not self._bells[till.shop_id].turn or len(till.touched) == 1:
            self._set_bell(till)

    def withdraw(self, shop_id: str, amount: int) -> Flow:
        """The seller takes so much to the bank; BalanceTooLow if there is not so much."""
        till = self.till(shop_id)
        if not 0 < amount <= till.balance:
            raise BalanceTooLow(shop_id, amount, till.balance)
        flow = self._take(till, amount, self._here.market.finance.withdraws_within)
        self._set_bell(till)
        return flow

    def fail_next(self, shop_id: str, *, payment: bool) -> None:
        """The next payment that begins, or else the next withdrawal, will not arrive."""
        till = self._open_till(shop_id)
        if payment:
            till.next_payment_fails = True
        else:
            till.next_withdrawal_fails = True

    # The bell.

    def _ring(self, shop_id: str) -> None:
        till = self.tills[shop_id]
        now = self._here.now
        if now == midnight_before(now):
            self._close_day(till)
        for payment in till.open_payments:
            if payment.due_at <= now:
                self._end_payment(till, payment)
        for flow in till.open_flows:
            if flow.due_at <= now:
                self._end_withdrawal(till, flow)
        self._set_bell(till)

    def _set_bell(self, till: Till) -> None:
        """For the soonest of what is to come, or for nothing."""
        dues = [each.due_at for each in till.open_payments]
        dues += [each.due_at for each in till.open_flows]
        if till.touched:
            dues.append(later(midnight_before(self._here.now), DAY))
        bell = self._bells[till.shop_id]
        bell.unset()
        if dues:
            bell.set(min(dues))

    def _close_day(self, till: Till) -> None:
        """What happened in this second belongs to the day that begins with it."""
        now = self._here.now
        told = sorted({order_id for at, order_id in till.touched if at < now})
        till.touched = [each for each in till.touched if each[0] >= now]
        statement = self._statement(till, told)
        if statement is None:
            return
        till.statements.append(statement)
        self._here.record(
            StatementIssued(till.shop_id, statement.id, statement.settlement, statement.rows)
        )
        self._pay(till, statement)

    def _statement(self, till: Till, told: Iterable[str]) -> Statement | None:
        here, now = self._here, self._here.now
        begin = Instant(now - DAY)
        statement = Statement("", till.shop_id, now, 0, 0, 0, 0, 0, "")
        orders = []
        for order_id in told:
            rows = self._transactions(here.order(order_id), begin, now)
            for row in rows:
                statement.revenue += row.amounts.revenue
                statement.shipping_cost += row.amounts.shipping_cost
                statement.fees += row.amounts.commission
                statement.adjustments += row.adjustment
            statement.rows += len(rows)
            if rows:
                orders.append(order_id)
        if not orders:
            return None
        statement.id = here.mint.next_id(ids.STATEMENT)
        statement.orders = "".join(orders)
        return statement

    def _pay(self, till: Till, statement: Statement) -> None:
        """What is owed goes out; a debt waits for better days."""
        here = self._here
        till.carried += statement.settlement
        if till.carried <= 0:
            return
        due = later(here.now, here.market.finance.pays_after)
        fresh = here.mint.next_id(ids.PAYMENT)
        payment = Payment(fresh, till.shop_id, till.carried, here.now, due)
        payment.fails, till.next_payment_fails = till.next_payment_fails, False
        till.carried = 0
        till.payments.append(payment)
        for each in reversed(till.statements):
            if each.payment_id:
                break
            each.payment_id = fresh
        here.record(PaymentStarted(till.shop_id, payment.id, payment.amount))

    def _end_payment(self, till: Till, payment: Payment) -> None:
        here = self._here
        if payment.fails:
            payment.status = PaymentStatus.FAILED
            till.carried += payment.amount
            here.record(PaymentFailed(till.shop_id, payment.id, payment.amount))
            return
        payment.status, payment.paid_at = PaymentStatus.PAID, here.now
        fresh = here.mint.next_id(ids.WITHDRAWAL)
        till.flows.append(
            Flow(fresh, FlowType.SETTLE, payment.amount, here.now, here.now, FlowStatus.SUCCESS)
        )
        till.balance += payment.amount
        here.record(PaymentMade(till.shop_id, payment.id, payment.amount))
        if here.market.finance.to_bank:
            self._take(till, payment.amount, 0)

    def _take(self, till: Till, amount: int, within: int) -> Flow:
        """From the balance, to arrive after so many seconds; at once, if that is none."""
        here = self._here
        fresh = here.mint.next_id(ids.WITHDRAWAL)
        due = later(here.now, within)
        flow = Flow(fresh, FlowType.WITHDRAW, amount, here.now, due, FlowStatus.PROCESSING)
        if within:
            flow.fails, till.next_withdrawal_fails = till.next_withdrawal_fails, False
        else:
            flow.status = FlowStatus.SUCCESS
        till.balance -= amount
        till.flows.append(flow)
        here.record(WithdrawalMoved(till.shop_id, flow.id, amount, flow.status))
        return flow

    def _end_withdrawal(self, till: Till, flow: Flow) -> None:
        here = self._here
        flow.status = FlowStatus.FAILED if flow.fails else FlowStatus.SUCCESS
        here.record(WithdrawalMoved(till.shop_id, flow.id, flow.amount, flow.status))
        if flow.fails:
            fresh = here.mint.next_id(ids.WITHDRAWAL)
            at, done = here.now, FlowStatus.SUCCESS
            till.flows.append(Flow(fresh, FlowType.REVERSE, flow.amount, at, at, done))
            till.balance += flow.amount

    # Saving.

    def save(self) -> list[dict[str, Any]]:
        """Every till, with its bell's place in the world's queue."""
        return [
            to_plain(till) | {"turn": self._bells[till.shop_id].turn}
            for till in self.tills.values()
        ]

    def take_up(self, row: dict[str, Any]) -> Rung:
        """A till again; what sets its bell again."""
        till = from_plain(Till, {name: item for name, item in row.items() if name != "turn"})
        self._put(till)
        return partial(self._set_bell, till)

    def _open_till(self, shop_id: str) -> Till:
        if shop_id not in self.tills:
            self._put(Till(shop_id))
        return self.tills[shop_id]

    def _put(self, till: Till) -> None:
        self.tills[till.shop_id] = till
        self._bells[till.shop_id] = QuietBell(self._here.agenda, partial(self._ring, till.shop_id))
