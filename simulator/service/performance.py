"""How well a shop answers, from what happened (targets: 80 % answered, 75 % satisfied)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simulator.clock import DAY, Instant
from simulator.service.model import SATISFIED, Conversation, Session

IN_TIME: Final = DAY
"""The first answer is to come within 24 hours."""


@dataclass(frozen=True, slots=True)
class Performance:
    """Figures of the sessions that buyers began in a span of time."""

    sessions: int
    answered: int
    """Whose first answer there was."""
    in_time: int
    answer_s: int
    """Seconds until the first answer, of all together."""
    rated: int
    """Ratings that were given in the span, whenever their sessions began."""
    satisfied: int

    @property
    def response_share(self) -> float:
        return self.in_time / self.sessions if self.sessions else 0.0

    @property
    def satisfied_share(self) -> float:
        return self.satisfied / self.rated if self.rated else 0.0

    @property
    def answer_minutes(self) -> float:
        return self.answer_s / self.answered / 60 if self.answered else 0.0


def performance(
    conversations: Iterable[Conversation], since: Instant, until: Instant
) -> Performance:
    """Of sessions from *since* on and before *until*."""
    every = [session for talk in conversations for session in talk.sessions]
    begun = [each for each in every if each.by_buyer and since <= each.begun_at < until]
    took = [answered_after(each) for each in begun if each.answered_at]
    rated = [each for each in every if each.stars and since <= each.rated_at < until]
    return Performance(
        sessions=len(begun),
        answered=len(took),
        in_time=sum(seconds <= IN_TIME for seconds in took),
        answer_s=sum(took),
        rated=len(rated),
        satisfied=sum(each.stars >= SATISFIED for each in rated),
    )


def answered_after(session: Session) -> int:
    """Seconds from the buyer's first message to the first answer, which there was."""
    return session.answered_at - session.asked_at
