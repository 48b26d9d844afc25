"""What can go wrong with a carrier: the words for it, how probable each is, how long it takes.

Nothing but words and numbers. What follows from a mishap is in ``parcels.mishaps`` and ``parcels.
detours``, and in ``van`` for pickups.
"""

from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, HOUR
from simulator.words import Word

Span = tuple[int, int]
"""The shortest and the longest time, in seconds."""


class Mishap(Word):
    """What befell a parcel."""

    # At the seller's door.
    MISSED_PICKUP = "missed_pickup"
    """The van passed, and the courier found nobody or nothing: next round."""
    LATE_PICKUP = "late_pickup"
    """The courier comes for it a day late."""
    WRONG_CARRIER = "wrong_carrier"
    """H1: handed to another carrier than its label's."""
    # On the way.
    WRONG_LABEL = "wrong_label"
    """L5: relabelled, sent back or disposed of."""
    LOST = "lost"
    """For good."""
    MISLAID = "mislaid"
    """Lost, and found again."""
    DAMAGED = "damaged"
    CUSTOMS_HOLD = "customs_hold"
    WRONG_HUB = "wrong_hub"
    DELAYED = "delayed"
    HUB_BACKLOG = "hub_backlog"
    LATE_PLANE = "late_plane"
    STRIKE = "strike"
    WEATHER = "weather"
    # At the recipient's door.
    ADDRESS_ISSUE = "address_issue"
    ATTEMPT_FAILED = "attempt_failed"
    """A delivery was tried in vain."""
    UNDELIVERABLE = "undeliverable"
    """Nobody is ever there, and nobody fetches it."""
    REFUSED = "refused"
    # By hand only.
    SENT_BACK = "sent_back"
    DISPOSED = "disposed"


DELAYS: Final = (Mishap.LATE_PLANE, Mishap.HUB_BACKLOG, Mishap.DELAYED)
"""Three ways to come late: a world's factor is on their sum, ``MishapRates.delayed``."""


@dataclass(frozen=True, slots=True)
class MishapRates:
    """How probable each mishap is, per parcel (or per attempt, per pickup). Section numbers are
    those of the carriers' facts; whatever has a default here is ours: no source gives it."""

    lost: float
    damaged: float
    customs_hold: float
    delayed: float
    """For whatever reason: the shares below say for which."""
    attempt_fails: dict[str, float]
    """Per delivery attempt, by country."""
    returned_after_attempts: float
    """Nobody is ever there: every attempt fails, and it goes back."""
    missed_pickup: float
    """Per pickup."""
    late_pickup: float = 0.01
    """Per pickup: the courier comes a day late (§8.5 names it, and gives no rate)."""
    no_capacity: float = 0.002
    """Per round: it does not take place."""
    mislaid: float = 0.002
    wrong_hub: float = 0.005
    address_issue: float = 0.003
    late_plane: float = 0.2
    """Of the delayed, the share whose plane is late."""
    hub_backlog: float = 0.3
    """Of the delayed, the share that waits in a hub."""
    inspected: float = 0.3
    """Of what customs hold, the share that is opened; for the rest they ask for papers."""
    customs_return: float = 0.02
    """Of what customs hold, the share that they do not let in."""
    damaged_return: float = 0.1
    """Of what gets damaged, the share that the carrier sends back; the rest is delivered so."""
    address_return: float = 0.2
    """Of wrong addresses, the share that nobody puts right."""

    def rate_of(self, mishap: Mishap) -> float:
        """Per parcel, for what is drawn once a parcel and has a rate of its own."""
        rate: float = getattr(self, mishap.value)
        return rate


@dataclass(frozen=True, slots=True)
class Setbacks:
    """How long what goes wrong takes, in seconds. Ours, where no source is named."""

    late_pickup: Span = (12 * HOUR, DAY)
    """§8.5: the courier comes the next day."""
    wrong_carrier: Span = (DAY, 2 * DAY)
    """H1: to that carrier's depot, refused there, and brought back."""
    lost: Span = (7 * DAY, 10 * DAY)
    """Until it is given up. The platform: more than seven days without movement (§5 of its
    facts)."""
    noticed: Span = (HOUR, 12 * HOUR)
    """Until somebody sees that something is wrong."""
    search: Span = (DAY, 5 * DAY)
    """Until what was mislaid is found."""
    detour: Span = (12 * HOUR, 48 * HOUR)
    """To a wrong hub."""
    papers: Span = (3 * DAY, 7 * DAY)
    """§8.4 (weefreight): a query for documents takes three to seven days, up to fourteen."""
    inspection: Span = (DAY, 7 * DAY)
    """§8.4, the same."""
    delayed: Span = (12 * HOUR, 4 * DAY)
    hub_backlog: Span = (12 * HOUR, 3 * DAY)
    late_plane: Span = (6 * HOUR, 48 * HOUR)
    relabelling: Span = (4 * HOUR, 48 * HOUR)
    address: Span = (DAY, 3 * DAY)
    """Until somebody has put it right, or given up."""
    shelf: Span = (5 * DAY, 10 * DAY)
    """How long it waits to be fetched before it goes back."""
    fetched: Span = (6 * HOUR, 4 * DAY)
    """Until its recipient fetches it."""
    decision: Span = (4 * HOUR, 48 * HOUR)
    """Until it is sent back, or disposed of."""
    way_back: Span = (5 * DAY, 15 * DAY)
    """From the destination country to the carrier's first hub."""
    home: Span = (DAY, 4 * DAY)
    """From there to the seller."""
    attempts_max: int = 3
    """§8.4: it goes back after three failed attempts."""


USUAL: Final = Setbacks()
