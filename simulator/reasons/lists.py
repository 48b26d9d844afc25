"""The lists of reasons: which reasons one market has for one matter."""

from functools import cache
from typing import Final

from simulator.reasons import cancelling, refunding, returning
from simulator.reasons.model import LETTERS, About, Giver, Reason

_TABLES: Final = {
    About.CANCELLATION: cancelling.ROWS,
    About.REFUND: refunding.ROWS,
    About.RETURN: returning.ROWS,
}


@cache
def reasons(market: str, about: About, giver: Giver) -> tuple[Reason, ...]:
    """Every reason of that *market*'s list (``Ways.reasons``), in the platform's order; none where
    it has no such list. A name may stand in it twice, for different statuses."""
    rows = (line.split(" ", 4) for line in _TABLES[about].strip().splitlines())
    return tuple(
        Reason(name, label, frozenset(LETTERS[each] for each in letters if each in LETTERS))
        for by, name, letters, markets, label in rows
        if by == giver and market in markets.split(",")
    )


@cache
def is_known(about: About, name: str) -> bool:
    """Whether any market has a reason of that name."""
    rows = _TABLES[about].strip().splitlines()
    return any(line.split(" ", 2)[1] == name for line in rows)
