"""Who paid whom for an order, and what that comes to.

The buyer's payment is on the order itself; the ledger has what moved after it. Only whole minor
units move, and none is made or lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.clock import Instant
from simulator.orders.model import Order, Party
from simulator.words import Word


class Kind(Word):
    REFUND = "refund"
    """Back to the buyer, from who holds the payment: the platform, or an independent shop."""
    REIMBURSEMENT = "reimbursement"
    """To the seller, for goods that were lost to them."""
    PENALTY = "penalty"
    """From the seller to the platform."""
    FEE = "fee"
    """From the seller to a carrier, that mended the seller's mistake (L5)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment, from one party to another."""

    kind: Kind
    payer: Party
    payee: Party
    amount_minor: int
    reason: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an order's money has come to. What was paid is refunded, held or paid out: all of it."""

    paid_minor: int
    refunded_minor: int
    held_minor: int
    """With the platform, while the order is not over."""
    payout_minor: int
    """The seller's, once it is."""
    reimbursed_minor: int
    penalties_minor: int
    fees_minor: int = 0

    @property
    def seller_minor(self) -> int:
        """What is left to the seller, or owed by them."""
        charged = self.penalties_minor + self.fees_minor
        return self.payout_minor + self.reimbursed_minor - charged


def settlement(order: Order, entries: Iterable[Entry]) -> Settlement:
    """The money of *order*, whose ledger holds *entries*."""
    total = dict.fromkeys(Kind, 0)
    for entry in entries:
        total[entry.kind] += entry.amount_minor
    paid = order.total_minor if order.paid_at else 0
    left = paid - total[Kind.REFUND]
    assert left >= 0, (order.id, paid, total)
    # An independent shop has the money from the first moment on (M4).
    settled = order.is_over or order.independent
    return Settlement(
        paid_minor=paid,
        refunded_minor=total[Kind.REFUND],
        held_minor=0 if settled else left,
        payout_minor=left if settled else 0,
        reimbursed_minor=total[Kind.REIMBURSEMENT],
        penalties_minor=total[Kind.PENALTY],
        fees_minor=total[Kind.FEE],
    )
