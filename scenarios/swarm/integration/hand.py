"""What each deed of the integration has at hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.model import Habits
from scenarios.swarm.integration.calls import Center
from scenarios.swarm.integration.labels import Labels
from simulator.market import MARKETS

Row = dict[str, Any]
Control = Callable[[str, str, Row], Awaitable[Row | None]]
"""Method, path below the sandbox's, body; ``None`` when it is refused."""
MARKS: Final = frozenset(name for name, market in MARKETS.items() if market.ways.marks_shipped)
"""Markets in which sellers mark an order as shipped; elsewhere they ship their own package."""
CREATES: Final = frozenset({"us"})
"""Markets in which the ship call makes the package."""


@dataclass(slots=True)
class Hand:
    """One integration's means: its calls, habits, chance, and what it remembers."""

    center: Center
    labels: Labels
    control: Control
    habits: Habits
    dice: Dice
    market: str
    now: Callable[[], int]
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By what a label was bought for: carrier and number. Whoever asks twice gets the same."""
    shipments: dict[str, list[str]] = field(default_factory=dict)
    """EasyPost's shipments that a courier is called for, by order."""
    on_call: bool = False
    """Nobody comes to fetch what was not asked for."""
    settled: set[tuple[str, str]] = field(default_factory=set)
    """What was thought over once: an order, and a question about it."""

    def first_time(self, order_id: str, question: str) -> bool:
        """Whether this question about the order is new."""
        fresh = (order_id, question) not in self.settled
        self.settled.add((order_id, question))
        return fresh

    def wants(self, order_id: str, question: str, share: float) -> bool:
        """Thought over once an order."""
        return self.first_time(order_id, question) and self.dice.chance(question, share)
