"""Reasons: the words that the platform lets buyers and sellers cancel, refund, return and refuse
with. Which there are differs from market to market, and with the order's status."""

from dataclasses import dataclass
from typing import Final

from simulator.words import Word

LETTERS: Final = {
    "U": "UNPAID",
    "H": "ON_HOLD",
    "A": "AWAITING_SHIPMENT",
    "C": "AWAITING_COLLECTION",
    "T": "IN_TRANSIT",
    "D": "DELIVERED",
    "F": "COMPLETED",
}
"""An order's statuses, as the tables write them."""


class About(Word):
    """What is asked for."""

    CANCELLATION = "cancellation"
    REFUND = "refund"
    """The money, and the goods are kept, or never came."""
    RETURN = "return"


class Giver(Word):
    """Who gives the reason, and what for."""

    BUYER = "buyer"
    SELLER = "seller"
    SELLER_REJECTS = "seller_rejects"
    """Turning down what the buyer asked for."""
    SELLER_REJECTS_GOODS = "seller_rejects_goods"
    """Turning down what came back."""
    SYSTEM = "system"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as one list has it."""

    name: str
    label: str
    statuses: frozenset[str]
    """Those in which it may be given; empty: any."""

    def fits(self, status: str) -> bool:
        return not self.statuses or status in self.statuses
