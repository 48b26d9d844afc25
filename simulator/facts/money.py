"""Facts of money and standing: refunds, reimbursements, penalties."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class RefundMoved(OrderFact):
    """A refund was asked for by the buyer, granted, paid, or closed."""

    refund_id: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class RefundPaid(OrderFact):
    """Money went back to the buyer."""

    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReimbursementPaid(OrderFact):
    """The seller was paid for goods that the carrier or the platform lost to them."""

    amount_minor: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PenaltyCharged(OrderFact):
    """The order's failure cost its shop points, until *clears_at*, and money, or either."""

    shop_id: str
    rule: str
    points: int
    amount_minor: int
    clears_at: Instant


@dataclass(frozen=True, slots=True)
class PenaltyLifted(OrderFact):
    """Points for a breach that was waived do not count any more."""

    shop_id: str
    rule: str
    points: int


@dataclass(frozen=True, slots=True)
class ShopRestricted(Fact):
    """A shop's points have reached a milestone."""

    shop_id: str
    points: int
    sanction: str
