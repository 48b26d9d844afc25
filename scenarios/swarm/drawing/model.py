"""What a run of the swarm is made of: plain data, so that a failure can print all of it."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """A random integration, which is correct whatever its habits are. Shares are of occasions."""

    delay: tuple[int, int] = (0, 600)
    """Seconds from hearing of an order until it is looked at."""
    at_once: float = 0.0
    """Works on the order before the webhook is answered."""
    deaf: float = 0.0
    """Answers a webhook with an error, or not in time."""
    impatient: float = 0.0
    """Hangs up before the answer of a call: what came of it has to be found out."""
    polls_every: int = 0
    """Seconds between two looks at all orders that wait; zero: it lives by webhooks alone."""
    subscribes: str = "shops"
    """Whose address: the ``shops``', the ``app``'s, or ``both``."""
    cancels: float = 0.0
    """An order that it could ship."""
    grants: float = 0.5
    """What buyers wish; to the rest it says no, or nothing."""
    declines: float = 0.3
    rearranges: float = 0.0
    """Splits or combines packages before it ships."""
    batches: float = 0.0
    """Ships by the batch call."""
    chooses_slots: float = 0.0
    prepares: float = 0.0
    """Declares packing and label, photographs, looks at papers."""
    corrects: float = 0.0
    """Puts a number right after the ship call."""
    refunds: float = 0.0
    """Begins a refund by itself."""
    complains: float = 0.0
    """About the carrier, and answers buyers' complaints."""
    errands: float = 0.0
    """Prices, stock, bundles, consignments, names elsewhere."""
    chats: float = 0.0
    labels: dict[str, float] = field(default_factory=lambda: {"number": 1.0})
    """Seller shipping: whose numbers its parcels have, by weight."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One run: a world, what happens to it by hand and when, and who sells."""

    seed: int
    days: int
    """Of the first phase, in which anything may go wrong."""
    groups: tuple[str, ...]
    """What was left switched on of all that could be."""
    sandbox: Row
    """The body of ``POST /_seatrial/sandboxes``."""
    demand: tuple[Row, ...]
    faults: tuple[tuple[int, Row], ...]
    """Planned so many seconds after the start."""
    hands: tuple[tuple[int, str], ...]
    """What somebody does so many seconds after the start, by its name in ``hands.TABLE``."""
    habits: Habits
    revivals: tuple[int, ...]
    """Seconds after the start at which the second run is saved and restored; the first stops there,
    too."""
    revives: bool = False
    """This is the second run."""

    def text(self) -> str:
        """All of it as one line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))
