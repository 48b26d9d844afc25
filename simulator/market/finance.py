"""What the platform keeps of a sale, and when it pays out the rest: one market's terms."""

from dataclasses import dataclass

from simulator.clock import DAY


@dataclass(frozen=True, slots=True)
class FinanceTerms:
    """The tariff and the pace of payments. No public page gives numbers that last: all inferred,
    and settings."""

    commission_bp: int = 600
    """The platform's commission on what is left of the goods' price: basis points."""
    pays_after: int = 2 * DAY
    """From the statement to the end of its payment, in seconds."""
    withdraws_within: int = DAY
    """How long a withdrawal takes to arrive, in seconds."""
    to_bank: bool = True
    """Payments go to the seller's bank. Else they stay on the balance until the seller withdraws
    them, and there is no list of payments (Get Payments: "unavailable to SEA markets")."""


STANDARD_FINANCE = FinanceTerms()
