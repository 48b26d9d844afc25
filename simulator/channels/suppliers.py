"""Suppliers in dropshipping (X3), and an order that one of them has: an errand, with its life.

A supplier gets the buyer's address and ships. The deadline stays the seller's, and knows of no
supplier.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from simulator.clock import EPOCH, HOUR, Instant
from simulator.waiting import Inbox, Life, TimeUp
from simulator.words import Word


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who ships for sellers that have no goods. The numbers of those below are ours."""

    code: str
    name: str
    lead_span: tuple[int, int]
    """From the errand to the handover; the longer one is promised."""
    late: float
    """The share of errands that take longer than promised,"""
    late_by: tuple[int, int]
    """by so much."""
    refuses: float
    """The share that comes back: sold out, as a rule."""
    answers_within: tuple[int, int] = (HOUR, 8 * HOUR)
    """How long that takes to be said."""


SUPPLIERS: Final = (
    Supplier(
        "yiwu-general",
        "Yiwu General Goods",
        (12 * HOUR, 48 * HOUR),
        0.08,
        (12 * HOUR, 96 * HOUR),
        0.02,
    ),
    Supplier(
        "shenzhen-digital",
        "Shenzhen Digital Supply",
        (6 * HOUR, 24 * HOUR),
        0.04,
        (6 * HOUR, 48 * HOUR),
        0.01,
    ),
)


class Step(Word):
    """What the supplier will do next."""

    REFUSE = "refuse"
    SHIP = "ship"
    OVER = "over"


@dataclass(slots=True)
class Errand:
    """One order with its supplier: what comes next, and when."""

    order_id: str
    supplier: str
    passed_at: Instant
    promised_by: Instant
    inbox: Inbox
    step: Step
    due_at: Instant = EPOCH


@dataclass(frozen=True, slots=True)
class OrderOver:
    """The order was cancelled: nothing is to be shipped."""


class Setting(Protocol):
    """What an errand needs of its world, and no more."""

    def refuse(self, errand: Errand, reason: str) -> None:
        """The order goes back to the seller."""

    def ship(self, errand: Errand) -> Instant | None:
        """Hand it to a carrier; when to try again, if that cannot be now."""

    def errand_done(self, errand: Errand) -> None: ...


SOLD_OUT: Final = "sold_out"


def errand_life(here: Setting, errand: Errand) -> Life:
    """Prepares, and ships; or says that there is nothing to ship."""
    while errand.step is not Step.OVER:
        signal: OrderOver | TimeUp = yield errand.inbox.next_signal(by=errand.due_at)
        if isinstance(signal, OrderOver):
            errand.step = Step.OVER
        elif errand.step is Step.REFUSE:
            errand.step = Step.OVER
            here.errand_done(errand)
            here.refuse(errand, SOLD_OUT)
            return
        else:
            again = here.ship(errand)
            errand.step = Step.SHIP if again else Step.OVER
            errand.due_at = again or errand.due_at
    here.errand_done(errand)
