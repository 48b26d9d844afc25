"""What the platform owes a seller for one order, and of which parts that is made.

An order has a *position* at each instant: what it has come to by then. What a statement says of it
is the position at the statement's end less the one at its beginning, so that all statements and
what is still unsettled add up by construction, whatever happens when.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, Instant
from simulator.market.finance import FinanceTerms
from simulator.money.ledger import Entry, Kind
from simulator.orders.model import Order, Party, Status
from simulator.words import Word

_WHOLE: Final = 10_000
"""Basis points."""


class TransactionType(Word):
    """Those of the platform's types that our world knows."""

    ORDER = "ORDER"
    PLATFORM_PENALTY = "PLATFORM_PENALTY"
    LOGISTICS_REIMBURSEMENT = "LOGISTICS_REIMBURSEMENT"
    PLATFORM_REIMBURSEMENT = "PLATFORM_REIMBURSEMENT"
    SHIPPING_FEE_ADJUSTMENT = "SHIPPING_FEE_ADJUSTMENT"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Minor units, signed as the seller sees them."""

    subtotal: int = 0
    refund_subtotal: int = 0
    """Of the goods: nought or less."""
    shipping: int = 0
    refund_shipping: int = 0
    """What is left of a refund when the goods are paid back (inferred)."""
    commission: int = 0

    @property
    def revenue(self) -> int:
        return self.subtotal + self.refund_subtotal

    @property
    def shipping_cost(self) -> int:
        return self.shipping + self.refund_shipping

    @property
    def settlement(self) -> int:
        return self.revenue + self.shipping_cost + self.commission

    @property
    def refund(self) -> int:
        return self.refund_subtotal + self.refund_shipping

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.subtotal - other.subtotal,
            self.refund_subtotal - other.refund_subtotal,
            self.shipping - other.shipping,
            self.refund_shipping - other.refund_shipping,
            self.commission - other.commission,
        )


NOTHING: Final = Amounts()


@dataclass(frozen=True, slots=True)
class Transaction:
    """One row: an order's own, or an adjustment on its account."""

    id: str
    type: TransactionType
    order_id: str
    at: Instant
    """When its latest cause happened."""
    amounts: Amounts = NOTHING
    adjustment: int = 0

    @property
    def settlement(self) -> int:
        return self.amounts.settlement + self.adjustment


def midnight_before(now: Instant) -> Instant:
    """Where the statements end that have been issued by *now*: 00:00 UTC."""
    return Instant(now // DAY * DAY)


def position(
    order: Order, entries: Iterable[Entry], until: Instant, terms: FinanceTerms
) -> Amounts:
    """What the order had come to just before *until*: nothing while it is not over."""
    ended = order.completed_at or order.cancelled_at
    if not ended or ended >= until:
        return NOTHING
    return as_if_over(order, entries, until, terms)


def as_if_over(
    order: Order, entries: Iterable[Entry], until: Instant, terms: FinanceTerms
) -> Amounts:
    """What it would come to if it ended now."""
    if not order.paid_at:
        return NOTHING
    refunded = sum(each.amount_minor for each in entries if _is_refund(each) and each.at < until)
    goods = order.goods_minor
    of_goods = min(refunded, goods)
    commission = (goods - of_goods) * terms.commission_bp // _WHOLE
    return Amounts(goods, -of_goods, order.shipping_fee_minor, of_goods - refunded, -commission)


def transactions(
    order: Order, entries: Sequence[Entry], begin: Instant, end: Instant, terms: FinanceTerms
) -> Iterator[Transaction]:
    """The rows of *order* in a statement of what happened from *begin* to just before *end*."""
    own = position(order, entries, end, terms) - position(order, entries, begin, terms)
    if own != NOTHING and (own.settlement or order.status is Status.COMPLETED):
        refunds = [each.at for each in entries if _is_refund(each) and each.at < end]
        at = max([order.completed_at or order.cancelled_at, *refunds])
        row_id = _row_id("3", order.id, len(refunds))
        yield Transaction(row_id, TransactionType.ORDER, order.id, at, own)
    yield from adjustments(order, entries, begin, end)


def estimate(order: Order, amounts: Amounts) -> Transaction:
    """The row that an order would have which is not over."""
    return Transaction(
        _row_id("3", order.id, 0), TransactionType.ORDER, order.id, order.paid_at, amounts
    )


def adjustments(
    order: Order, entries: Sequence[Entry], begin: Instant, end: Instant
) -> Iterator[Transaction]:
    """Every other movement of that time, a row each."""
    for nth, entry in enumerate(entries):
        if begin <= entry.at < end:
            found = _adjustment(order, entry)
            if found:
                kind, amount = found
                row_id = _row_id("4", order.id, nth)
                yield Transaction(row_id, kind, order.id, entry.at, adjustment=amount)


def _adjustment(order: Order, entry: Entry) -> tuple[TransactionType, int] | None:
    """What the platform calls it, and what it does to the seller's money."""
    match entry.kind:
        case Kind.PENALTY:
            return TransactionType.PLATFORM_PENALTY, -entry.amount_minor
        case Kind.REIMBURSEMENT if entry.payer is Party.CARRIER:
            return TransactionType.LOGISTICS_REIMBURSEMENT, entry.amount_minor
        case Kind.REIMBURSEMENT:
            return TransactionType.PLATFORM_REIMBURSEMENT, entry.amount_minor
        case Kind.FEE if order.ships_from_platform:
            return TransactionType.SHIPPING_FEE_ADJUSTMENT, -entry.amount_minor
        case _:  # refunds are the order's own; a seller pays a carrier of their own themselves
            return None


def _is_refund(entry: Entry) -> bool:
    return entry.kind is Kind.REFUND


def _row_id(kind: str, order_id: str, nth: int) -> str:
    """18 digits again: the kind, the order's number, and which row of the order's it is."""
    return f"{kind}{order_id[4:]}{nth:03d}"
