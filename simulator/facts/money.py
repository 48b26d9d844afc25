"""Facts of money and standing: refunds, reimbursements, penalties."""

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact, fact


@fact
class RefundMoved(OrderFact):
    """A refund was asked for by the buyer, granted, paid, or closed."""

    refund_id: str
    status: str
    by: str


@fact
class RefundPaid(OrderFact):
    """Money went back to the buyer."""

    amount_minor: int
    reason: str


@fact
class ReimbursementPaid(OrderFact):
    """The seller was paid for goods that the carrier or the platform lost to them."""

    amount_minor: int
    by: str
    reason: str


@fact
class PenaltyCharged(OrderFact):
    """The order's failure cost its shop points, until *clears_at*, and money, or either."""

    shop_id: str
    rule: str
    points: int
    amount_minor: int
    clears_at: Instant


@fact
class PenaltyLifted(OrderFact):
    """Points for a breach that was waived do not count any more."""

    shop_id: str
    rule: str
    points: int


@fact
class ShopRestricted(Fact):
    """A shop's points have reached a milestone."""

    shop_id: str
    points: int
    sanction: str
