"""Facts of papers and cases: what was declared, put on file, complained of and decided."""

from simulator.clock import Instant
from simulator.facts.base import OrderFact, fact


@fact
class PackingDeclared(OrderFact):
    """The seller said how a parcel is packed; *broken* are the rules that this breaks (P1-P5)."""

    parcel_id: str
    broken: tuple[str, ...]


@fact
class LabelDeclared(OrderFact):
    """The seller said what a parcel's label is like; *broken* are rules of L1-L6."""

    parcel_id: str
    broken: tuple[str, ...]


@fact
class EvidenceAttached(OrderFact):
    """A photo or paper came on file, by its digest (H2)."""

    parcel_id: str
    document_id: str
    media_type: str
    sha256: str
    before_handover: bool


@fact
class CarrierComplaintFiled(OrderFact):
    """The seller complains to the platform about the order's logistics provider (C1). It will be
    decided by *decide_by*."""

    complaint_id: str
    carrier: str
    decide_by: Instant


@fact
class CarrierComplaintTakenUp(OrderFact):
    """The platform reviews it now."""

    complaint_id: str


@fact
class CarrierComplaintDecided(OrderFact):
    """Upheld, and then the carrier is liable; or rejected. *reason* says why."""

    complaint_id: str
    carrier: str
    status: str
    reason: str


@fact
class CarrierComplaintAppealed(OrderFact):
    """The seller does not take the rejection: it is under review once more."""

    complaint_id: str
    decide_by: Instant


@fact
class BreachWaived(OrderFact):
    """A breach does not count against the seller: the carrier was late (C1). It stays on record."""

    rule: str
    complaint_id: str


@fact
class BuyerComplained(OrderFact):
    """The buyer complains (C2); the seller may answer by *answer_by*."""

    complaint_id: str
    cause: str
    answer_by: Instant


@fact
class BuyerComplaintAnswered(OrderFact):
    """The seller accepted or contested it, or let the time pass (``silence``)."""

    complaint_id: str
    answer: str


@fact
class BuyerComplaintDecided(OrderFact):
    """Who is liable, by which row of the liability table, and what follows. Nobody: empty."""

    complaint_id: str
    row: str
    liable: str
    refund: str
    payer: str
    amount_minor: int


@fact
class BuyerComplaintClosed(OrderFact):
    """It is over, and so much was paid back."""

    complaint_id: str
    paid_minor: int
