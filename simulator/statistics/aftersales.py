"""What became of complaints, returns and payments: the after-sales part of every report.

It hears facts, as the rest of the figures do, and forgets a complaint or a return when it is over.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from simulator.facts import (
    BuyerChased,
    BuyerComplained,
    BuyerComplaintClosed,
    BuyerComplaintDecided,
    Fact,
    RefundPaid,
    ReimbursementPaid,
    ReturnAsked,
    ReturnDivided,
    ReturnMoved,
)
from simulator.returns.model import ReturnStatus

OVERTAKEN: Final = "order_over"
"""In place of a row of the liability table: the order ended before the complaint was decided."""
_ENDS: Final = (ReturnStatus.COMPLETED, ReturnStatus.CLOSED)


class Aftersales:
    """Counts of one world, from the first fact on."""

    def __init__(self) -> None:
        self.complaints: Counter[tuple[str, str, str, str]] = Counter()
        """Decided, or overtaken: by cause, row, liable party and refund."""
        self.returns: Counter[tuple[str, str, str]] = Counter()
        """By what was asked for, the status it has now, and reason."""
        self.chases = 0
        self.refunds = 0
        self.refunded_minor = 0
        self.reimbursed_minor: Counter[str] = Counter()
        """Paid to sellers, by who paid."""
        self._causes: dict[str, str] = {}
        """Of complaints that are not decided."""
        self._open: dict[str, tuple[str, str, str]] = {}
        """Of returns that are not over, where they count."""

    @property
    def open_complaints(self) -> int:
        return len(self._causes)

    def hear(self, fact: Fact) -> None:
        fold = self._FOLDS.get(type(fact))
        if fold:
            fold(self, fact)

    def save(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON."""
        return {
            "complaints": [[*key, n] for key, n in self.complaints.items()],
            "returns": [[*key, n] for key, n in self.returns.items()],
            "counts": [self.chases, self.refunds, self.refunded_minor],
            "reimbursed_minor": dict(self.reimbursed_minor),
            "causes": dict(self._causes),
            "open": {key: list(place) for key, place in self._open.items()},
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Fill an empty one with what ``save`` gave; later facts are heard as usual."""
        self.complaints.update({tuple(row[:-1]): row[-1] for row in saved["complaints"]})
        self.returns.update({tuple(row[:-1]): row[-1] for row in saved["returns"]})
        self.chases, self.refunds, self.refunded_minor = saved["counts"]
        self.reimbursed_minor.update(saved["reimbursed_minor"])
        self._causes.update(saved["causes"])
        for key, (wish, status, reason) in saved["open"].items():
            self._open[key] = wish, status, reason

    # One function a kind of fact.

    def _chased(self, _fact: BuyerChased) -> None:
        self.chases += 1

    def _complained(self, fact: BuyerComplained) -> None:
        self._causes[fact.complaint_id] = fact.cause

    def _decided(self, fact: BuyerComplaintDecided) -> None:
        cause = self._causes.pop(fact.complaint_id, None)
        if cause:
            self.complaints[cause, fact.row, fact.liable, fact.refund] += 1

    def _closed(self, fact: BuyerComplaintClosed) -> None:
        cause = self._causes.pop(fact.complaint_id, None)
        if cause:
            self.complaints[cause, OVERTAKEN, "", "none"] += 1

    def _asked(self, fact: ReturnAsked) -> None:
        place = self._open[fact.return_id] = (fact.wish, str(ReturnStatus.REQUESTED), fact.reason)
        self.returns[place] += 1

    def _divided(self, fact: ReturnDivided) -> None:
        """One more, that stands where the other does."""
        place = self._open.get(fact.return_id)
        if place:
            self._open[fact.part_id] = place
            self.returns[place] += 1

    def _moved(self, fact: ReturnMoved) -> None:
        place = self._open.pop(fact.return_id, None)
        if place is None:
            return
        self.returns[place] -= 1
        there = (place[0], fact.status, place[2])
        self.returns[there] += 1
        if fact.status not in _ENDS:
            self._open[fact.return_id] = there

    def _refunded(self, fact: RefundPaid) -> None:
        self.refunds += 1
        self.refunded_minor += fact.amount_minor

    def _reimbursed(self, fact: ReimbursementPaid) -> None:
        self.reimbursed_minor[fact.by] += fact.amount_minor

    _FOLDS: ClassVar[Mapping[type[Fact], Callable[["Aftersales", Any], None]]] = {
        BuyerChased: _chased,
        BuyerComplained: _complained,
        BuyerComplaintDecided: _decided,
        BuyerComplaintClosed: _closed,
        ReturnAsked: _asked,
        ReturnDivided: _divided,
        ReturnMoved: _moved,
        RefundPaid: _refunded,
        ReimbursementPaid: _reimbursed,
    }
