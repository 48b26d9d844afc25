"""What a market takes from a shop's standing for what its seller failed to do.

Points are charged for single breaches, or once a share of late or cancelled orders is too high.
They add up, or are taken off a full rating, and are cleared by the passage of time.
"""

from dataclasses import dataclass
from typing import Final

from simulator.words import Word

CANCELLED: Final = "cancelled"
"""What a rate counts besides rules: orders that the platform cancelled by the seller's fault."""


@dataclass(frozen=True, slots=True)
class BreachPoints:
    """So many points, and so much money, each time the seller is liable for a breach of *rule*."""

    rule: str
    points: int
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """Points once too many of a window's orders failed; at the most once in a window."""

    name: str
    counts: str
    """A rule, breached by the seller, or CANCELLED."""
    window_days: int
    from_percent: int
    """Failures of a hundred orders of the window, from which on points are charged."""
    points: int
    many: int
    """So many orders in the window, or more, are many."""
    points_if_many: int


class Effect(Word):
    """What becomes of a shop there."""

    NONE = "none"
    LIMITS = "limits"
    """It is restricted in what it may sell."""
    CLOSES = "closes"
    """It may sell no more."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """From so many points on, the shop is restricted."""

    points: int
    sanction: str
    for_good: bool = False
    """It stays when points are cleared."""
    effect: Effect = Effect.LIMITS
    """What the platform shows of it; the world does not act on it."""


@dataclass(frozen=True, slots=True)
class PenaltyScheme:
    """How a market keeps its sellers' books of sins."""

    clear_after: int
    """Seconds that a point counts."""
    breaches: tuple[BreachPoints, ...] = ()
    rates: tuple[Rate, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    """Ascending."""
    full_rating: int = 0
    """What points are taken off from; zero: the market knows points only."""

    def effect_of(self, sanction: str) -> Effect:
        """Of the highest milestone that a shop has reached, by its name; empty: of none."""
        found = (each.effect for each in self.milestones if each.sanction == sanction)
        return next(found, Effect.NONE)
