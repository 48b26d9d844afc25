"""A row of the liability table, and short ways to write one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from simulator.disputes.case import Case, Cause, Refund, Trail, Verdict
from simulator.orders.model import Mode, Party
from simulator.parcels.evidence import Proof

T = TypeVar("T")

_EITHER: Final = frozenset({True, False})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the cases that it covers, and what it says of them."""

    verdict: Verdict
    why: str
    causes: frozenset[Cause]
    trails: frozenset[Trail]
    modes: frozenset[Mode] = frozenset(Mode)
    packing: frozenset[bool] = _EITHER
    label: frozenset[bool] = _EITHER
    proofs: frozenset[Proof] = frozenset(Proof)

    def covers(self, case: Case) -> bool:
        return all(
            value in covered
            for value, covered in (
                (case.mode, self.modes),
                (case.cause, self.causes),
                (case.packing_right, self.packing),
                (case.label_right, self.label),
                (case.proof, self.proofs),
                (case.trail, self.trails),
            )
        )

    def limits(self) -> dict[str, list[Any]]:
        """What each field of a case may be; fields that may be anything are left out."""
        every: tuple[tuple[str, frozenset[Any], Sequence[Any]], ...] = (
            ("mode", self.modes, tuple(Mode)),
            ("cause", self.causes, tuple(Cause)),
            ("packing_right", self.packing, (True, False)),
            ("label_right", self.label, (True, False)),
            ("proof", self.proofs, tuple(Proof)),
            ("trail", self.trails, tuple(Trail)),
        )
        return {
            name: [value for value in values if value in covered]
            for name, covered, values in every
            if len(covered) < len(values)
        }


def those(*words: T) -> frozenset[T]:
    return frozenset(words)


def paid_by(party: Party, row: str, refund: Refund = Refund.FULL) -> Verdict:
    """*party* is liable, and pays."""
    return Verdict(row, party, refund, party)


def refused(row: str, liable: Party | None = None) -> Verdict:
    """The buyer gets nothing. *liable* answers for it all the same."""
    return Verdict(row, liable, Refund.NONE, None)


def doubt(row: str) -> Verdict:
    """Nobody is shown to be at fault: the platform pays."""
    return Verdict(row, None, Refund.FULL, Party.PLATFORM)
