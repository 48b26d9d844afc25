"""What a buyer's complaint (C2) is decided on, and what a decision says. The words of the liability
table; which scans make which trail is ``record``'s business.
"""

from dataclasses import dataclass

from simulator.orders.model import Mode, Party
from simulator.parcels.evidence import Proof
from simulator.words import Word


class Cause(Word):
    """What the buyer says is wrong."""

    NOT_RECEIVED = "not_received"
    LATE = "late"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    REFUSED_AT_DOOR = "refused_at_door"


class Trail(Word):
    """What the carrier's scans and the order's deadlines say."""

    ON_COURSE = "on_course"
    """Not there yet, and nobody is late."""
    NOT_SENT = "not_sent"
    """No scan, and the seller is late."""
    NOT_PICKED_UP = "not_picked_up"
    """No scan: the carrier was called in time, and has not come in time (D2)."""
    SENT_LATE = "sent_late"
    """The seller handed it over late; the carrier is, or was, in time."""
    STALLED = "stalled"
    """Lost, or no scan for so long that it is taken for lost."""
    LATE = "late"
    """The carrier took too long, to pick up (D2) or to deliver."""
    DAMAGED = "damaged"
    """The carrier itself scanned it as damaged."""
    SIGNED = "signed"
    """Delivered and signed for (S1)."""


class Refund(Word):
    """What the buyer gets back."""

    NONE = "none"
    SHIPPING_FEE = "shipping_fee"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision looks at."""

    mode: Mode
    cause: Cause
    packing_right: bool
    """None of P1-P5 is broken."""
    label_right: bool
    """None of L1-L6 is broken."""
    proof: Proof
    trail: Trail


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who answers for it, what the buyer gets, and who pays that. ``None`` is nobody."""

    row: str
    liable: Party | None
    refund: Refund
    payer: Party | None
