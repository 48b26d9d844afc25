"""Two kinds of complaint: a seller's about a logistics provider (C1), a buyer's (C2).

Each passes through the statuses of its table, and no others.
"""

from dataclasses import dataclass
from typing import Final

from simulator.clock import EPOCH, Instant
from simulator.disputes.case import Cause, Verdict
from simulator.errors import WrongStatus
from simulator.waiting import Inbox
from simulator.words import Word


class Review(Word):
    """Where a complaint about a logistics provider stands (C1)."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    REJECTED = "rejected"


NEXT_REVIEW: Final = {
    Review.SUBMITTED: {Review.UNDER_REVIEW},
    Review.UNDER_REVIEW: {Review.UPHELD, Review.REJECTED},
    Review.UPHELD: set(),
    Review.REJECTED: {Review.UNDER_REVIEW},  # an appeal
}


class Stage(Word):
    """Where a buyer's complaint stands (C2)."""

    OPENED = "opened"
    """Waits for the seller's answer."""
    UNDER_REVIEW = "under_review"
    """The seller contests it."""
    DECIDED = "decided"
    """Money is on its way back."""
    CLOSED = "closed"


NEXT_STAGE: Final = {
    Stage.OPENED: {Stage.UNDER_REVIEW, Stage.DECIDED, Stage.CLOSED},
    Stage.UNDER_REVIEW: {Stage.DECIDED, Stage.CLOSED},
    Stage.DECIDED: {Stage.CLOSED},
    Stage.CLOSED: set(),
}


class Answer(Word):
    """What the seller says to a buyer's complaint."""

    ACCEPT = "accept"
    CONTEST = "contest"
    SILENCE = "silence"
    """Nothing, until the time for it was over."""


@dataclass(slots=True)
class CarrierComplaint:
    """A seller's complaint about the logistics provider of one order."""

    id: str
    order_id: str
    luck: str
    """After what its draws are named."""
    carrier: str
    nth: int
    """Of those about this order, from one: C1 rejects what is filed twice."""
    filed_at: Instant
    decide_by: Instant
    inbox: Inbox
    status: Review = Review.SUBMITTED
    updated_at: Instant = EPOCH
    due_at: Instant = EPOCH
    """When the next step is taken."""
    reason: str = ""
    appeals: int = 0

    def require(self, wanted: Review) -> None:
        if self.status is not wanted:
            raise WrongStatus(self.id, self.status, wanted)

    def become(self, status: Review, at: Instant, due_at: Instant = EPOCH) -> None:
        assert status in NEXT_REVIEW[self.status], (self.id, self.status, status)
        self.status, self.updated_at, self.due_at = status, at, due_at


@dataclass(slots=True)
class BuyerComplaint:
    """A buyer's complaint about one order."""

    id: str
    order_id: str
    luck: str
    """After what its draws are named."""
    cause: Cause
    opened_at: Instant
    answer_by: Instant
    inbox: Inbox
    stage: Stage = Stage.OPENED
    updated_at: Instant = EPOCH
    due_at: Instant = EPOCH
    """When this stage runs out."""
    answer: Answer | None = None
    verdict: Verdict | None = None
    amount_minor: int = 0
    """What the verdict gives back."""
    paid_minor: int = 0

    @property
    def is_open(self) -> bool:
        return self.stage is not Stage.CLOSED

    def require(self, wanted: Stage) -> None:
        if self.stage is not wanted:
            raise WrongStatus(self.id, self.stage, wanted)

    def become(self, stage: Stage, at: Instant, due_at: Instant = EPOCH) -> None:
        assert stage in NEXT_STAGE[self.stage], (self.id, self.stage, stage)
        self.stage, self.updated_at, self.due_at = stage, at, due_at
