"""How buyers of each temperament write: how likely, how soon, and how they judge (all ours)."""

from dataclasses import dataclass
from typing import Final

from simulator.clock import HOUR, MINUTE
from simulator.terms import Span


@dataclass(frozen=True, slots=True)
class Talk:
    """Chances are of one occasion each."""

    thanks: float = 0.2
    """For what came, once they confirm it."""
    complains: float = 0.5
    """About what they complain of to the platform, too."""
    asks_to_cancel: float = 0.7
    """When it is too late to cancel by oneself."""
    answers: float = 0.5
    answers_after: Span = (2 * MINUTE, 4 * HOUR)
    rates: float = 0.4
    rates_after: Span = (MINUTE, 2 * HOUR)
    contented: float = 0.85
    """Gives four stars or five to whoever answered in time."""


_TALKS: Final = {
    "calm": Talk(thanks=0.4, complains=0.3, answers=0.6, contented=0.95),
    "impatient": Talk(complains=0.8, answers=0.7, rates=0.5, contented=0.6),
    "fussy": Talk(complains=0.9, answers=0.8, rates=0.7, contented=0.5),
    "absent_minded": Talk(thanks=0.1, answers=0.2, answers_after=(HOUR, 20 * HOUR), rates=0.1),
    "fraudulent": Talk(thanks=0.0, complains=1.0, answers=0.8, contented=0.3),
}
_TYPICAL: Final = Talk()


def talk_of(temperament: str) -> Talk:
    """How a buyer of that temperament writes; one of whom nothing is said here, as most do."""
    return _TALKS.get(temperament, _TYPICAL)
