"""Somebody who buys under a name, and therefore may come back. Who buys once has no such entity."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Customer:
    """A buyer with a name."""

    id: str
    """The buyer's id on the platform."""
    drafts: list[str] = field(default_factory=list)
    """Parcels that another order's might join."""
