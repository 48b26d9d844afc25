"""What came of one run: plain data that travels between processes and adds up."""

from collections import Counter
from dataclasses import dataclass, field

from scenarios.swarm.checks.violations import Violation


@dataclass(slots=True)
class Tally:
    """Figures of one run, or of many."""

    orders: int = 0
    facts: int = 0
    calls: int = 0
    webhooks: int = 0
    planned: Counter[str] = field(default_factory=Counter)
    """Planned faults by kind."""
    fired: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    """Facts by kind."""
    rules: Counter[str] = field(default_factory=Counter)
    """Breaches by rule."""
    statuses: Counter[int] = field(default_factory=Counter)
    """HTTP statuses of the integration's calls."""
    refused: Counter[str] = field(default_factory=Counter)
    """What the integration was refused, without ids."""
    hands: Counter[str] = field(default_factory=Counter)
    """Acts by hand that were let."""

    def add(self, other: "Tally") -> None:
        self.orders += other.orders
        self.facts += other.facts
        self.calls += other.calls
        self.webhooks += other.webhooks
        for name in ("planned", "fired", "kinds", "rules", "statuses", "refused", "hands"):
            getattr(self, name).update(getattr(other, name))


@dataclass(slots=True)
class Outcome:
    """One seed's."""

    seed: int
    drawn: str = ""
    """The configuration as one line of JSON; kept of runs that failed."""
    violations: list[Violation] = field(default_factory=list)
    more: int = 0
    """So many further ones."""
    last: dict[str, list[str]] = field(default_factory=dict)
    """The last facts about the orders that violations name."""
    digest: str = ""
    tally: Tally = field(default_factory=Tally)
    took_s: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.violations
