"""The life of one source: order after order, each of them awaited, until it ends.

Only the next order is ever known, so a source of a million orders waits as cheaply as one of ten.
"""

from dataclasses import dataclass
from typing import Protocol

from simulator.clock import Instant, later
from simulator.demand.buying import again, bought
from simulator.demand.model import Cause, Source, Step
from simulator.demand.rhythms import MICROS
from simulator.errors import LimitReached
from simulator.facts import DemandEnded, Fact
from simulator.orders.purchase import Purchase
from simulator.streams import Streams
from simulator.waiting import Life, TimeUp


@dataclass(frozen=True, slots=True)
class Stop:
    """Nobody else shall come."""


class Setting(Protocol):
    """What a source needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def streams(self) -> Streams: ...
    def record(self, fact: Fact) -> None: ...
    def check_out(self, purchase: Purchase) -> None:
        """Somebody's order, now; LimitReached where the world may hold no more."""


def source_life(here: Setting, source: Source) -> Life:
    """Looks ahead to the next order, waits for it, places it; and so on."""
    while not source.is_over:
        if source.step is Step.LOOK_AHEAD:
            _look_ahead(here, source)
        signal: Stop | TimeUp = yield source.inbox.next_signal(by=source.due_at)
        match signal:
            case Stop():
                _end(here, source, Cause.STOPPED)
            case TimeUp() if source.step is Step.END:
                _end(here, source, Cause.TIME)
            case TimeUp():
                _place(here, source)


def _look_ahead(here: Setting, source: Source) -> None:
    plan = source.plan
    draws = source.draws(here.streams)
    coming = plan.rhythm.coming(plan.starts_at, source.reached, source.placed, draws)
    at = plan.ends_at if coming is None else later(plan.starts_at, coming // MICROS)
    if coming is None or at >= plan.ends_at:
        source.step, source.due_at = Step.END, plan.ends_at
    else:
        source.step, source.due_at, source.reached = Step.ORDER, at, coming


def _place(here: Setting, source: Source) -> None:
    plan, draws = source.plan, source.draws(here.streams)
    purchase = bought(plan.buying, source.id, here.now, draws)
    if plan.replay:
        purchase = again(plan.replay.rows[source.placed], purchase, here.now)
    source.placed += 1
    source.step = Step.LOOK_AHEAD
    try:
        here.check_out(purchase)
    except LimitReached:
        source.placed -= 1
        _end(here, source, Cause.FULL)
        return
    if source.placed == plan.most:
        _end(here, source, Cause.COMPLETE)


def _end(here: Setting, source: Source, cause: Cause) -> None:
    source.step, source.cause, source.ended_at = Step.OVER, cause, here.now
    here.record(DemandEnded(source.id, source.placed, cause))
