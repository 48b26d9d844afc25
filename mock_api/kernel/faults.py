"""Planned faults: what a sandbox does wrong on purpose, to whom, how often, and how often it did.

Nothing is drawn and nothing is looked at while none is planned. Probability is by named draws, so a
run with faults repeats as any other. A fault that never came to pass is told as such.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from simulator.clock import EPOCH, Instant
from simulator.streams import Streams
from simulator.words import Word


class What(Word):
    """What goes wrong."""

    WEBHOOK_LOST = "webhook_lost"
    """Never sent; the platform believes that it was."""
    WEBHOOK_DOUBLED = "webhook_doubled"
    """Sent twice, the same notification id and all."""
    WEBHOOK_DELAYED = "webhook_delayed"
    """Sent ``by`` later; younger news may overtake it."""
    WEBHOOK_REORDERED = "webhook_reordered"
    """Sent after the next one of its order."""
    WEBHOOK_WRONG_SIGNATURE = "webhook_wrong_signature"
    THROTTLED = "throttled"
    """The dialect's answer to too many requests (429), with Retry-After if ``retry_after`` says."""
    OVERLOADED = "overloaded"
    """The dialect's answer when it is overloaded (503)."""
    INTERNAL_ERROR = "internal_error"
    """The dialect's answer to a failure of its own, before anything took effect."""

    REFUSED = "refused"
    """A code that the dialect documents for the operation and no state of a world brings about."""


IN_DIALECTS_WORDS: Final = frozenset({What.THROTTLED, What.OVERLOADED, What.INTERNAL_ERROR})
"""What any dialect has an answer for."""
OF_REQUESTS: Final = IN_DIALECTS_WORDS | {What.REFUSED}
OF_WEBHOOKS: Final = frozenset(What) - OF_REQUESTS


@dataclass(frozen=True, slots=True)
class Plan:
    """What, to whom, and when. What is left out is everything."""

    what: What
    order_id: str = ""
    operation: str = ""
    """The endpoint's name, as the exchange log has it; of webhooks: the event type. A carrier's
    name: whatever is its."""
    after: int = 0
    """So many that it could befall are spared first."""
    times: int | None = None
    """It befalls so many at the most."""
    probability: float = 1.0
    from_: Instant = EPOCH
    until: Instant | None = None
    by: int = 0
    """Seconds of virtual time, where something is late."""
    retry_after: int | None = None
    code: int = 0
    """Of a refusal."""


@dataclass(slots=True)
class Fault:
    """A plan, and what came of it."""

    id: str
    plan: Plan
    met: int = 0
    """How many it could have befallen."""
    fired: int = 0

    def concerns(self, order_ids: Collection[str], operation: str, now: Instant) -> bool:
        plan = self.plan
        return (
            (not plan.order_id or plan.order_id in order_ids)
            and plan.operation in ("", operation, operation.partition(".")[0])
            and plan.from_ <= now
            and (plan.until is None or now < plan.until)
            and (plan.times is None or self.fired < plan.times)
        )

    def befalls(self, streams: Streams) -> bool:
        """Whether this one is hit; both outcomes are counted."""
        self.met += 1
        if self.met <= self.plan.after:
            return False
        hit = self.plan.probability >= 1 or (
            streams.unit("fault", self.id, self.met) < self.plan.probability
        )
        self.fired += hit
        return hit


@dataclass(slots=True)
class Faults:
    """Those of one sandbox, in the order in which they were planned."""

    streams: Streams
    planned: dict[str, Fault] = field(default_factory=dict)
    documented: Callable[[str], frozenset[int]] = lambda _: frozenset()
    """A dialect says which codes a refusal of that operation may have."""
    _made: int = 0

    def plan(self, plan: Plan) -> Fault:
        """One more."""
        self._made += 1
        fault = Fault(f"fault-{self._made}", plan)
        self.planned[fault.id] = fault
        return fault

    def of_webhook(self, order_id: str, event: str, now: Instant) -> Iterator[Plan]:
        """What befalls that webhook."""
        return self._befalling((order_id,), event, now, OF_WEBHOOKS)

    def of_request(
        self,
        order_ids: Collection[str],
        operation: str,
        now: Instant,
        among: frozenset[What] = OF_REQUESTS,
    ) -> Plan | None:
        """What befalls a request about those orders: the first that does, of those *among* which
        the dialect has words for."""
        return next(self._befalling(order_ids, operation, now, among), None)

    def _befalling(
        self, order_ids: Collection[str], operation: str, now: Instant, among: frozenset[What]
    ) -> Iterator[Plan]:
        for fault in self.planned.values():
            if (
                fault.plan.what in among
                and fault.concerns(order_ids, operation, now)
                and fault.befalls(self.streams)
            ):
                yield fault.plan
