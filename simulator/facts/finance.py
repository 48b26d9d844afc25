"""Facts of settlement: statements, payments, withdrawals."""

from simulator.facts.base import Fact, fact


@fact
class StatementIssued(Fact):
    """What a shop's orders came to on one day of UTC."""

    shop_id: str
    statement_id: str
    settlement_minor: int
    transactions: int


@fact
class PaymentStarted(Fact):
    """The platform sends a shop what its statements came to."""

    shop_id: str
    payment_id: str
    amount_minor: int


@fact
class PaymentMade(Fact):
    """The shop has it."""

    shop_id: str
    payment_id: str
    amount_minor: int


@fact
class PaymentFailed(Fact):
    """It came back: it is owed again, and goes out with the next statement."""

    shop_id: str
    payment_id: str
    amount_minor: int


@fact
class WithdrawalMoved(Fact):
    """The seller takes money from the balance, has it, or it came back."""

    shop_id: str
    withdrawal_id: str
    amount_minor: int
    status: str
