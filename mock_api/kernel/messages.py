"""Webhooks as they wait and leave: what goes where, in which manner, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.clock import Instant
from simulator.words import Word


class State(Word):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    """Every attempt failed, and the vendor gives up; or it was never sent: the reason says why."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one vendor delivers: which answers are final, and the pauses before further attempts."""

    accepted: frozenset[int]
    pauses: tuple[int, ...]
    signed_in: str = "Authorization"
    """The header with the signature, or with what stands for one."""
    apart: bool = False
    """Each address has a line of its own: one that does not answer holds up no other."""
    dialect: str = ""
    """Whose, for planned faults; left out, what a message's kind says before its first dot."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery: when (virtual), and the answer's status, or why there was none."""

    at: Instant
    status: int | None
    error: str
    took_ms: float


@dataclass(slots=True)
class Message:
    """One webhook, ready to be sent as it is."""

    n: int
    lane: str
    kind: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    manner: Manner
    created_at: Instant
    due_at: Instant
    state: State = State.WAITING
    attempts: list[Attempt] = field(default_factory=list)
    queued_in: str = ""
    """The lane that it really waits in."""
    place: int = 0
    """Its place among all that were put into lanes."""
    faults: tuple[str, ...] = ()
    """What was done to it on purpose."""
    reason: str = ""
    """Why it was dropped, where no attempt shows it."""

    def shown(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "order_id": self.lane,
            "kind": self.kind,
            "url": self.url,
            "body": self.body.decode(),
            "state": self.state,
            "reason": self.reason,
            "created_at": self.created_at,
            "faults": self.faults,
            "due_at": self.due_at if self.state is State.WAITING else None,
            "attempts": [
                {"at": a.at, "status": a.status, "error": a.error, "took_ms": a.took_ms}
                for a in self.attempts
            ],
        }
