"""The lives of complaints: a seller's about a logistics provider (C1), a buyer's (C2).

A life may be started at any status: it looks at its complaint and goes on from there. A rejected
complaint has none, until an appeal gives it another.
"""

from typing import Protocol

from simulator.clock import Instant, later
from simulator.disputes.case import Refund, Verdict
from simulator.disputes.model import (
    Answer,
    BuyerComplaint,
    CarrierComplaint,
    Review,
    Stage,
)
from simulator.disputes.provider import Ruling
from simulator.disputes.signals import Answered, OrderOver
from simulator.facts import (
    BuyerComplaintAnswered,
    BuyerComplaintClosed,
    BuyerComplaintDecided,
    CarrierComplaintDecided,
    CarrierComplaintTakenUp,
    Fact,
)
from simulator.streams import Streams
from simulator.terms import DisputeTerms, Span
from simulator.waiting import Life, TimeUp


class Setting(Protocol):
    """What complaints need of their world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def terms(self) -> DisputeTerms: ...
    def record(self, fact: Fact) -> None: ...
    def ruling_on(self, complaint: CarrierComplaint) -> Ruling: ...
    def carrier_complaint_upheld(self, complaint: CarrierComplaint) -> None: ...
    def verdict_on(self, complaint: BuyerComplaint) -> Verdict: ...
    def amount_of(self, complaint: BuyerComplaint, refund: Refund) -> int:
        """What *refund* comes to, beside what was paid back before."""

    def pay(self, complaint: BuyerComplaint) -> int:
        """Give it back; how much that was."""


def carrier_complaint_life(here: Setting, complaint: CarrierComplaint) -> Life:
    """Submitted, under review, then upheld or rejected."""
    if complaint.status is Review.SUBMITTED:
        yield complaint.inbox.next_signal(by=complaint.due_at)
        complaint.become(
            Review.UNDER_REVIEW, here.now, _some_time(here, complaint, here.terms.decide_span)
        )
        here.record(CarrierComplaintTakenUp(complaint.order_id, complaint.id))
    if complaint.status is Review.UNDER_REVIEW:
        yield complaint.inbox.next_signal(by=complaint.due_at)
        _rule(here, complaint)


def _rule(here: Setting, complaint: CarrierComplaint) -> None:
    ruling = here.ruling_on(complaint)
    complaint.become(Review.UPHELD if ruling.upheld else Review.REJECTED, here.now)
    complaint.reason = ruling.reason
    here.record(
        CarrierComplaintDecided(
            complaint.order_id,
            complaint.id,
            complaint.carrier,
            complaint.status,
            complaint.reason,
        )
    )
    if ruling.upheld:
        here.carrier_complaint_upheld(complaint)


def buyer_complaint_life(here: Setting, complaint: BuyerComplaint) -> Life:
    """Opened, under review if the seller contests it, decided, closed."""
    if complaint.stage is Stage.OPENED:
        yield from _until_answered(here, complaint)
    if complaint.stage is Stage.UNDER_REVIEW:
        yield from _until_reviewed(here, complaint)
    if complaint.stage is Stage.DECIDED:
        yield from _until_paid(here, complaint)


def _until_answered(here: Setting, complaint: BuyerComplaint) -> Life:
    signal: Answered | OrderOver | TimeUp = yield complaint.inbox.next_signal(by=complaint.due_at)
    match signal:
        case OrderOver():
            _close(here, complaint)
        case Answered(answer):
            _take_answer(here, complaint, answer)
        case TimeUp():
            _take_answer(here, complaint, Answer.SILENCE)


def _take_answer(here: Setting, complaint: BuyerComplaint, answer: Answer) -> None:
    """What is contested is reviewed; so is silence, in markets where it does not mean consent."""
    complaint.answer = answer
    here.record(BuyerComplaintAnswered(complaint.order_id, complaint.id, answer))
    agreed = answer is Answer.ACCEPT or (answer is Answer.SILENCE and here.terms.silence_concedes)
    if agreed:
        _decide(here, complaint)
    else:
        until = _some_time(here, complaint, here.terms.arbitrate_span)
        complaint.become(Stage.UNDER_REVIEW, here.now, until)


def _until_reviewed(here: Setting, complaint: BuyerComplaint) -> Life:
    signal: OrderOver | TimeUp = yield complaint.inbox.next_signal(by=complaint.due_at)
    match signal:
        case OrderOver():
            _close(here, complaint)
        case TimeUp():
            _decide(here, complaint)


def _decide(here: Setting, complaint: BuyerComplaint) -> None:
    verdict = complaint.verdict = here.verdict_on(complaint)
    complaint.amount_minor = here.amount_of(complaint, verdict.refund)
    complaint.become(
        Stage.DECIDED, here.now, _some_time(here, complaint, here.terms.refund_span, 1)
    )
    here.record(
        BuyerComplaintDecided(
            complaint.order_id,
            complaint.id,
            verdict.row,
            verdict.liable or "",
            verdict.refund,
            verdict.payer or "",
            complaint.amount_minor,
        )
    )
    if not complaint.amount_minor:
        _close(here, complaint)


def _until_paid(here: Setting, complaint: BuyerComplaint) -> Life:
    signal: OrderOver | TimeUp = yield complaint.inbox.next_signal(by=complaint.due_at)
    if isinstance(signal, TimeUp):
        complaint.paid_minor = here.pay(complaint)
    _close(here, complaint)


def _close(here: Setting, complaint: BuyerComplaint) -> None:
    complaint.become(Stage.CLOSED, here.now)
    here.record(BuyerComplaintClosed(complaint.order_id, complaint.id, complaint.paid_minor))


def _some_time(
    here: Setting, complaint: CarrierComplaint | BuyerComplaint, span: Span, nth: int = 0
) -> Instant:
    """A time from now within *span*: the complaint's own *nth* draw."""
    return later(here.now, here.streams.between("complaint", complaint.luck, span, nth))
