"""Simulated sellers: how soon each one acts, and what each one does wrong, so that a world runs
with no integration attached. All spans and shares are ours: no source tells what sellers do."""

from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, HOUR, MINUTE
from simulator.errors import UnknownName

Delay = tuple[int, int]
"""The shortest and the longest, in seconds."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A named way of playing the seller. Shares are of orders, or of what has to be answered; each
    order's luck decides. Spans are the shortest and longest delays in seconds.

    ``None`` means never.
    """

    name: str
    packs_after: Delay | None
    """From the order's release until it is set ready to ship, or its own carrier booked."""
    marks_after: Delay | None
    """Seller shipping: from the carrier's pickup until the order is marked shipped."""
    packs_badly: float = 0.0
    """Declares a packing that breaks one of P1-P5."""
    labels_badly: float = 0.0
    """Declares a label that breaks one of L1-L6."""
    photographs: float = 0.0
    """H2: has photos on file before the handover."""
    misroutes: float = 0.0
    """H1: hands the parcels to another carrier than their labels'."""
    forgets_to_mark: float = 0.0
    """D5: nobody marks the order shipped."""
    marks_early: float = 0.0
    """D5, S2: as soon as it is packed, before any pickup."""
    mistypes: float = 0.0
    """D5, S2: gives the number without its last digit, which nobody knows; or, every other time,
    the latest that the same carrier gave to somebody else."""
    complains: float = 0.0
    """C1: about the carrier, when D2 was breached."""
    complains_anyway: float = 0.0
    """C1: about the carrier, as soon as it was called."""
    complains_after: Delay = (HOUR, DAY)
    appeals: float = 0.0
    """C1: when the complaint is rejected."""
    concedes: float = 0.0
    """C2: accepts a buyer's complaint."""
    contests: float = 0.0
    """C2: contests it. To the rest of them it says nothing."""
    grants: float = 0.0
    """A buyer's request to cancel, or for the money back."""
    declines: float = 0.0
    """The same. To the rest of them it says nothing."""
    answers_after: Delay = (HOUR, 12 * HOUR)
    """From the complaint or request; the same for appeals, from the rejection."""

    @property
    def writes(self) -> bool:
        """It has something to do beside shipping."""
        shares = (self.complains, self.complains_anyway, self.appeals)
        return any((*shares, self.concedes, self.contests, self.grants, self.declines))


_SOON: Final = (30 * MINUTE, 12 * HOUR)
_THEN: Final = (5 * MINUTE, 3 * HOUR)

BEHAVIOURS: Final = {
    behaviour.name: behaviour
    for behaviour in (
        Behaviour("prompt", _SOON, _THEN),
        Behaviour("slow", (40 * HOUR, 100 * HOUR), (12 * HOUR, 60 * HOUR)),
        Behaviour("absent", None, None),
        Behaviour(
            "careless",
            (2 * HOUR, 48 * HOUR),
            (HOUR, DAY),
            packs_badly=0.5,
            labels_badly=0.3,
            misroutes=0.05,
            mistypes=0.05,
            concedes=0.5,
        ),
        Behaviour("forgetful", _SOON, _THEN, forgets_to_mark=0.5),
        Behaviour("hasty", (5 * MINUTE, 2 * HOUR), _THEN, packs_badly=0.1, marks_early=1.0),
        Behaviour("mistyping", _SOON, _THEN, mistypes=0.5),
        Behaviour("misrouting", _SOON, _THEN, misroutes=0.5),
        Behaviour(
            "diligent",
            _SOON,
            _THEN,
            photographs=1.0,
            complains=1.0,
            contests=1.0,
            grants=1.0,
        ),
        Behaviour(
            "belated",
            _SOON,
            _THEN,
            complains=1.0,
            complains_after=(100 * DAY, 120 * DAY),  # when the time for it has run out (C1)
            contests=1.0,
            answers_after=(3 * DAY, 5 * DAY),
        ),
        Behaviour(
            "quarrelsome",
            _SOON,
            _THEN,
            photographs=0.5,
            complains_anyway=1.0,
            appeals=1.0,
            contests=1.0,
            declines=1.0,
        ),
    )
}


def behaviour_named(name: str) -> Behaviour:
    """The behaviour of that name; UnknownName tells which there are."""
    try:
        return BEHAVIOURS[name]
    except KeyError:
        raise UnknownName("seller behaviour", name, ", ".join(BEHAVIOURS)) from None
