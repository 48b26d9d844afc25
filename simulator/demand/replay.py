"""Orders of the past, placed again at their instants; who wrote them down is not its matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.buyers.temperaments import PASSIVE, TEMPERAMENTS
from simulator.catalog import BY_ID
from simulator.clock import DAY, Instant
from simulator.demand.chance import Draws
from simulator.demand.rhythms import MICROS
from simulator.orders.model import Mode
from simulator.sellers.behaviours import BEHAVIOURS
from simulator.words import Word

INTEGRATION: Final = "integration"
"""In place of a seller behaviour: nobody but the integration plays the seller."""

NEVER: Final = -1
"""In place of the seconds until an order is paid."""

MOST_UNITS: Final = 50
LONGEST_CITY: Final = 60
LONGEST: Final = 366 * DAY

Wrong = tuple[str, str, str]
"""The field that is wrong, what was found in it, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One order. What is left empty is drawn, as for any other order of the source."""

    at: int
    """Seconds: Unix time, or after the source's start; the replay says which."""
    shipping: str = ""
    city: str = ""
    items: tuple[str, ...] = ()
    """SKU ids, one per unit."""
    behaviour: str = ""
    """A seller behaviour, or INTEGRATION."""
    pays_after: int | None = None
    """Seconds until it is paid, or NEVER."""
    buyer: str = ""
    """A temperament, or PASSIVE."""


class Times(Word):
    """What the instants of the rows mean."""

    ABSOLUTE = "absolute"
    """They are the world's own."""
    FROM_FIRST = "from_first"
    """The earliest order comes at the source's start, the others as much later as they once did."""
    FROM_START = "from_start"
    """They are seconds after the source's start."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Rows that come each at its instant; within one second, in the order in which they stand."""

    rows: tuple[Row, ...]
    times: Times = Times.ABSOLUTE

    @property
    def total(self) -> int:
        return len(self.rows)

    def delays(self, starts_at: Instant) -> list[int]:
        """Of each row, the seconds from the source's start to its order; below zero: too early."""
        zero = 0
        if self.times is Times.ABSOLUTE:
            zero = starts_at
        elif self.times is Times.FROM_FIRST:
            zero = min((row.at for row in self.rows), default=0)
        return [row.at - zero for row in self.rows]

    def in_turn(self, starts_at: Instant) -> "Replay":
        """The same orders, the earliest first, their times counted from the source's start."""
        delays = self.delays(starts_at)
        moved = (replace(row, at=at) for row, at in zip(self.rows, delays, strict=True))
        return Replay(tuple(sorted(moved, key=lambda row: row.at)), Times.FROM_START)

    def coming(self, _: Instant, before: int, nth: int, draws: Draws) -> int:
        """Microseconds from the start to the *nth* order, from zero. Nothing is drawn."""
        assert self.times is Times.FROM_START, draws.entity
        return max(before, self.rows[nth].at * MICROS)


def wrong_fields(row: Row) -> Iterator[Wrong]:
    """What is in the row that no world knows."""
    if row.shipping and row.shipping not in (each.value for each in Mode):
        yield "shipping", row.shipping, ", ".join(Mode)
    if len(row.city) > LONGEST_CITY:
        yield "city", row.city, f"up to {LONGEST_CITY} letters"
    yield from wrong_items(row.items)
    if row.behaviour not in ("", INTEGRATION, *BEHAVIOURS):
        yield "behaviour", row.behaviour, ", ".join((INTEGRATION, *BEHAVIOURS))
    if row.buyer not in ("", PASSIVE, *TEMPERAMENTS):
        yield "buyer", row.buyer, ", ".join((PASSIVE, *TEMPERAMENTS))
    if row.pays_after is not None and not NEVER <= row.pays_after <= LONGEST:
        yield "pays_after", str(row.pays_after), "0 to 366 days, or never"


def wrong_items(items: Sequence[str]) -> Iterator[Wrong]:
    """Goods that are not on the shelf, and baskets that are too large."""
    if len(items) > MOST_UNITS:
        yield "items", f"{len(items)} units", f"up to {MOST_UNITS}"
    for sku_id in dict.fromkeys(items):
        if sku_id not in BY_ID:
            yield "items", sku_id, ", ".join(BY_ID)
