"""The way back: the stops of the parcel that a buyer returns, from the carrier's first scan to the
seller's door.

It is no parcel of an order's: it has a number of its own and its carrier's scans, and nothing of
the order's delivery depends on it.
"""

from typing import Final, Protocol

from simulator.carriers.scans import Scan
from simulator.clock import Instant, later
from simulator.facts import Fact, ReturnScanned
from simulator.returns.model import Handover, Passage, Return
from simulator.streams import Streams
from simulator.terms import ReturnTerms

ARRIVED: Final = Scan.RETURNED_TO_SENDER


class Setting(Protocol):
    """What the way back needs of its world."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def terms(self) -> ReturnTerms: ...
    @property
    def mishaps(self) -> float:
        """By what the rate of what gets lost is multiplied."""

    def record(self, fact: Fact) -> None: ...
    def ends_of(self, asked: Return) -> tuple[str, str]:
        """The buyer's city, and that of the warehouse to which it goes."""


def set_out(here: Setting, asked: Return) -> None:
    """The carrier has it now: every stop is known, and whether it gets lost."""
    terms = here.terms
    there, home = here.ends_of(asked)
    takes = here.streams.between("way back", asked.luck, terms.way_span)
    first = Scan.PICKED_UP if asked.handover is Handover.PICKUP else Scan.RETURN_INITIATED
    half_way = Passage(later(here.now, takes // 2), Scan.IN_RETURN_TRANSIT, there)
    end = Passage(later(here.now, takes), ARRIVED, home)
    if here.mishaps and _is_lost(here, asked):
        end = Passage(later(half_way.at, terms.lost_after), Scan.LOST, "")
    asked.ahead = [Passage(here.now, first, there), half_way, end]


def pass_by(here: Setting, asked: Return) -> str:
    """It makes its next stop; what was scanned there."""
    stop = asked.ahead.pop(0)
    asked.passed.append(stop)
    number = asked.tracking_number
    here.record(
        ReturnScanned(asked.order_id, asked.id, asked.carrier, number, stop.scan, stop.place)
    )
    return stop.scan


def _is_lost(here: Setting, asked: Return) -> bool:
    rate = here.terms.lost_rate * here.mishaps
    return here.streams.unit("lost on its way back", asked.luck) < rate
