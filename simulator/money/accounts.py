"""A shop's penalty account: points with their reasons, each counting until it is cleared.

Nothing happens when a point is cleared. Whoever looks, counts those whose time is not over.
"""

from dataclasses import dataclass, field

from simulator.clock import EPOCH, Instant
from simulator.market.penalties import PenaltyScheme


@dataclass(frozen=True, slots=True)
class Charge:
    """Points, what for, and until when."""

    rule: str
    """A rule, or the name of a rate."""
    order_id: str
    """The order whose failure brought them."""
    points: int
    at: Instant
    clears_at: Instant


@dataclass(slots=True)
class Day:
    """How many orders a shop got on one local day, and how many failed on it."""

    ordinal: int
    """Of the proleptic calendar, as dates count."""
    orders: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    """By what a rate counts."""


@dataclass(slots=True)
class Account:
    """One shop's standing with the platform."""

    shop_id: str
    charges: list[Charge] = field(default_factory=list)
    """Those that may still count, oldest first: cleared in the order in which they came."""
    total: int = 0
    """Of all these charges. A bad season brings thousands: they are not added up each time."""
    days: list[Day] = field(default_factory=list)
    """The latest days on which something happened, as far back as a rate looks."""
    rated: dict[str, int] = field(default_factory=dict)
    """The day on which each rate was last charged for."""
    closed_at: Instant = EPOCH
    """It reached a milestone for good."""

    def points(self, now: Instant) -> int:
        """What counts at *now*."""
        return self.total - sum(charge.points for charge in self.charges[: self._cleared(now)])

    def charge(self, charge: Charge) -> None:
        """One more; what is cleared by then is forgotten."""
        assert not self.charges or charge.clears_at >= self.charges[-1].clears_at, charge
        self.total = self.points(charge.at) + charge.points
        del self.charges[: self._cleared(charge.at)]
        self.charges.append(charge)

    def lift(self, rule: str, order_id: str, now: Instant) -> int:
        """Take back what was charged for *rule* of that order: how many points still counted."""
        lifted = [each for each in self.charges if (each.rule, each.order_id) == (rule, order_id)]
        self.charges = [each for each in self.charges if each not in lifted]
        self.total -= sum(each.points for each in lifted)
        return sum(each.points for each in lifted if each.clears_at > now)

    def _cleared(self, now: Instant) -> int:
        return next(
            (nth for nth, charge in enumerate(self.charges) if charge.clears_at > now),
            len(self.charges),
        )

    def until_today(self, ordinal: int, window_days: int) -> list[Day]:
        """The days of the window that ends with that day; older ones are forgotten."""
        self.days = [day for day in self.days if day.ordinal > ordinal - window_days]
        if not self.days or self.days[-1].ordinal != ordinal:
            self.days.append(Day(ordinal))
        return self.days


@dataclass(frozen=True, slots=True)
class Standing:
    """What a seller reads of the account at one instant."""

    points: int
    rating: int | None
    """What the points leave of a full rating; ``None`` where the market has none."""
    sanction: str
    """The highest milestone that is reached; empty: none."""
    charges: tuple[Charge, ...]
    """Those that count."""


def standing(account: Account, scheme: PenaltyScheme | None, now: Instant) -> Standing:
    """How the shop stands at *now*."""
    live = tuple(charge for charge in account.charges if charge.clears_at > now)
    points = account.points(now)
    if scheme is None:
        return Standing(points, None, "", live)
    reached = [
        each.sanction
        for each in scheme.milestones
        if points >= each.points or (each.for_good and account.closed_at)
    ]
    rating = max(0, scheme.full_rating - points) if scheme.full_rating else None
    return Standing(points, rating, reached[-1] if reached else "", live)
