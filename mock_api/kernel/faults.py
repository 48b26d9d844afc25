"""Planned faults: what a sandbox does wrong on purpose, to whom, how often, and how often it did.

Nothing is drawn and nothing is looked at while none is planned. Probability is by named draws, so a
run with faults repeats as any other. A fault that never came to pass is told as such.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from math import exp
from statistics import NormalDist
from typing import Final

from mock_api.kernel.durable.kept import Counts, Kept, Of
from mock_api.kernel.stale import Readings
from simulator.clock import DAY, EPOCH, Instant
from simulator.streams import Streams
from simulator.words import Word

LONGEST_MS: Final = 600_000
"""No answer is held back for longer, whatever is drawn."""
_NORMAL: Final = NormalDist()
_LEAST: Final = 2.0**-64


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
    BAD_GATEWAY = "bad_gateway"
    """An intermediary's page (502), before anything took effect."""
    GATEWAY_TIMEOUT = "gateway_timeout"
    """The same (504)."""
    CONNECTION_RESET = "connection_reset"
    """The connection is reset in place of an answer, before anything took effect."""
    LATENCY = "latency"
    """The answer leaves so many milliseconds of real time later."""
    LOST_ANSWER = "lost_answer"
    """The command took effect, and its answer is never sent."""
    TRUNCATED_BODY = "truncated_body"
    """The connection ends after a share of the body; its length is told rightly."""
    SLOW_BODY = "slow_body"
    """The body comes in pieces."""
    STALE_READ = "stale_read"
    """A read is answered as it was before the last change."""


OF_WEBHOOKS: Final = frozenset(what for what in What if what.startswith("webhook_"))
OF_REQUESTS: Final = frozenset(What) - OF_WEBHOOKS
IN_DIALECTS_WORDS: Final = frozenset({What.THROTTLED, What.OVERLOADED, What.INTERNAL_ERROR})
"""What any dialect has an answer for."""
OF_ANY_DIALECT: Final = OF_REQUESTS - {What.REFUSED}
_BESIDE_OTHERS: Final = frozenset({What.LATENCY, What.STALE_READ})


class Then(Word):
    """What becomes of the connection of an answer that is lost."""

    RESET = "reset"
    GATEWAY_TIMEOUT = "gateway_timeout"
    """An intermediary answers instead (504)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, or a webhook, that a fault could befall."""

    dialect: str
    operation: str
    """The endpoint's name, as the exchange log has it; of webhooks: the event type. A carrier's
    begins with its dialect and a dot."""
    about: Collection[str] = ()
    """Orders and tracking numbers."""

    def is_called(self, dialect: str, operation: str) -> bool:
        """Whether a plan that names those means it; nothing means everything. The dialect may be
        said before the operation, or for it."""
        own = self.dialect
        if dialect not in ("", own):
            return False
        bare = self.operation.removeprefix(f"{own}.")
        known = ("", self.operation, own, f"{own}.{bare}")
        return operation in known or (bool(dialect) and operation == bare)


@dataclass(frozen=True, slots=True)
class Plan:
    """What, to whom, and when. What is left out is everything."""

    what: What
    dialect: str = ""
    order_id: str = ""
    operation: str = ""
    """See ``Call``."""
    nth: tuple[int, ...] = ()
    """Of those that it could befall just these, counted from one."""
    after: int = 0
    """So many that it could befall are spared first."""
    times: int | None = None
    """It befalls so many at the most."""
    probability: float = 1.0
    from_: Instant = EPOCH
    until: Instant | None = None
    between: tuple[int, int] | None = None
    """Of each day, in UTC: from this second on, and before that one; past midnight, if that comes
    first."""
    by: int = 0
    """Seconds of virtual time, where something is late."""
    retry_after: int | None = None
    code: int = 0
    """Of a refusal."""
    ms: int = 0
    """Milliseconds of real time, where an answer is late, slow or lost."""
    median_ms: int = 0
    """Of a latency that is drawn: lognormal, with ``sigma``."""
    sigma: float = 0.0
    share: float = 0.5
    """How much of a truncated body is sent."""
    then: Then = Then.RESET

    def is_in_force(self, now: Instant) -> bool:
        if now < self.from_ or (self.until is not None and self.until <= now):
            return False
        if self.between is None:
            return True
        first, last = self.between
        second = now % DAY
        return first <= second < last if first < last else not last <= second < first


@dataclass(slots=True)
class Fault:
    """A plan, and what came of it."""

    id: str
    plan: Plan
    met: int = 0
    """How many it could have befallen."""
    fired: int = 0
    delayed_ms: int = 0
    """By how much it held answers back, all in all."""
    withheld_bytes: int = 0
    """How much of bodies it kept back, all in all."""
    last_at: Instant | None = None
    """When it last came to pass."""

    def is_about(self, call: Call) -> bool:
        plan = self.plan
        return (
            (not plan.order_id or plan.order_id in call.about)
            and call.is_called(plan.dialect, plan.operation)
            and (plan.times is None or self.fired < plan.times)
        )

    def befalls(self, streams: Streams, now: Instant) -> bool:
        """Whether this one is hit; both outcomes are counted."""
        plan = self.plan
        self.met += 1
        if self.met <= plan.after or (plan.nth and self.met not in plan.nth):
            return False
        hit = plan.probability >= 1 or streams.unit("fault", self.id, self.met) < plan.probability
        if hit:
            self.fired += 1
            self.last_at = now
        return hit

    def delay(self, streams: Streams) -> int:
        """By how many milliseconds the one that was just hit is late."""
        plan = self.plan
        ms = plan.ms
        if plan.median_ms:
            drawn = max(_LEAST, streams.unit("fault latency", self.id, self.met))
            ms = round(plan.median_ms * exp(plan.sigma * _NORMAL.inv_cdf(drawn)))
        ms = min(ms, LONGEST_MS)
        self.delayed_ms += ms
        return ms


@dataclass(slots=True)
class Faults:
    """Those of one sandbox, in the order in which they were planned."""

    streams: Streams
    planned: Kept[Fault] = field(default_factory=lambda: Kept("faults", Of(Fault)))
    counts: Counts = field(default_factory=Counts)
    readings: Readings = field(default_factory=Readings)
    """What reads were answered, while stale ones are planned. It is not kept: after a restart no
    read is stale before the same call was answered once more."""
    documented: Callable[[str], frozenset[int]] = lambda _: frozenset()
    """A dialect says which codes a refusal of that operation may have."""
    orders_behind: Callable[[str], Collection[str]] = lambda _: ()
    """The orders whose goods travel under a tracking number."""

    def plan(self, plan: Plan) -> Fault:
        """One more."""
        fault = Fault(f"fault-{self.counts.one_more('faults')}", plan)
        self.planned[fault.id] = fault
        return fault

    def take_back(self, fault_id: str) -> bool:
        """False, if there is none of that id."""
        gone = self.planned.drop(fault_id)
        if all(fault.plan.what is not What.STALE_READ for fault in self.planned.values()):
            self.readings.forget()
        return gone is not None

    @property
    def never_fired(self) -> list[Fault]:
        return [fault for fault in self.planned.values() if not fault.fired]

    def of_webhook(
        self, call: Call, now: Instant, among: frozenset[What] = OF_WEBHOOKS
    ) -> Iterator[Plan]:
        """What befalls that webhook, of those *among* which it could be."""
        for fault in self._about(call, among):
            if self.befalls(fault, now):
                yield fault.plan

    def of_call(
        self, call: Call, now: Instant, among: frozenset[What] = OF_ANY_DIALECT
    ) -> Iterator[Fault]:
        """What befalls that call: every latency, and of the others the first that does, of those
        *among* which the dialect has words for. Stale reads come unasked: whether they befall it
        shows when its answer is there (``readings``)."""
        taken = False
        for fault in self._about(call, among):
            what = fault.plan.what
            if what is What.STALE_READ:
                yield fault
            elif what in _BESIDE_OTHERS or not taken:
                hit = self.befalls(fault, now)
                taken = taken or (hit and what not in _BESIDE_OTHERS)
                if hit:
                    yield fault

    def befalls(self, fault: Fault, now: Instant) -> bool:
        """Whether the next one is hit, if the fault is in force; both outcomes are counted."""
        if not fault.plan.is_in_force(now):
            return False
        self.planned.touch(fault.id)
        return fault.befalls(self.streams, now)

    def delay(self, fault: Fault) -> int:
        """By how many milliseconds the one that was just hit is late."""
        self.planned.touch(fault.id)
        return fault.delay(self.streams)

    def withhold(self, fault: Fault, size: int) -> None:
        """So many bytes of a body were kept back."""
        self.planned.touch(fault.id)
        fault.withheld_bytes += size

    def _about(self, call: Call, among: frozenset[What]) -> Iterator[Fault]:
        for fault in self.planned.values():
            if fault.plan.what in among and fault.is_about(call):
                yield fault
