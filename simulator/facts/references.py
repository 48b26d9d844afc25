"""Facts of what orders are called elsewhere."""

from dataclasses import dataclass

from simulator.facts.base import OrderFact


@dataclass(frozen=True, slots=True)
class OrderReferenced(OrderFact):
    """The seller has told under which id a *system* of theirs keeps the order."""

    system: str
    external_id: str
    lines: int
    """How many of its line items have an id there."""
