"""A shop's till: what is to be settled, its statements, payments and withdrawals. Plain data."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from simulator.clock import EPOCH, Instant
from simulator.words import Word

ID_LENGTH: Final = 18


class PaymentStatus(Word):
    PROCESSING = "PROCESSING"
    PAID = "PAID"
    FAILED = "FAILED"


class FlowType(Word):
    SETTLE = "SETTLE"
    """The platform settles a payment to the seller."""
    WITHDRAW = "WITHDRAW"
    """The seller takes it to the bank."""
    REVERSE = "REVERSE"
    """The bank sent it back."""


class FlowStatus(Word):
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


@dataclass(slots=True)
class Statement:
    """One day of a shop's, until just before *at*: 00:00 UTC. Amounts in minor units, signed."""

    id: str
    shop_id: str
    at: Instant
    revenue: int
    shipping_cost: int
    fees: int
    adjustments: int
    rows: int
    orders: str
    """The ids of the orders of which it has rows, ascending, without anything between them: a
    statement's rows are reckoned anew when somebody reads them."""
    payment_id: str = ""
    """The one that pays it; empty: none yet, for it came to nothing, or less."""

    @property
    def settlement(self) -> int:
        return self.revenue + self.shipping_cost + self.fees + self.adjustments

    def order_ids(self) -> Iterator[str]:
        """Ascending."""
        for place in range(0, len(self.orders), ID_LENGTH):
            yield self.orders[place : place + ID_LENGTH]


@dataclass(slots=True)
class Payment:
    """What goes to the seller for one or more statements."""

    id: str
    shop_id: str
    amount: int
    at: Instant
    due_at: Instant
    status: PaymentStatus = PaymentStatus.PROCESSING
    fails: bool = False
    """It is planned to."""
    paid_at: Instant = EPOCH


@dataclass(slots=True)
class Flow:
    """A movement of the seller's balance."""

    id: str
    type: FlowType
    amount: int
    at: Instant
    due_at: Instant
    status: FlowStatus
    fails: bool = False


@dataclass(slots=True)
class Till:
    """One shop's."""

    shop_id: str
    touched: list[tuple[Instant, str]] = field(default_factory=list)
    """When something happened to which order's money, since the last midnight."""
    statements: list[Statement] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    carried: int = 0
    """What statements came to that no payment has paid: less than nothing is a debt."""
    balance: int = 0
    """What the seller may withdraw."""
    next_payment_fails: bool = False
    next_withdrawal_fails: bool = False

    @property
    def open_payments(self) -> list[Payment]:
        return [each for each in self.payments if each.status is PaymentStatus.PROCESSING]

    @property
    def open_flows(self) -> list[Flow]:
        return [each for each in self.flows if each.status is FlowStatus.PROCESSING]
