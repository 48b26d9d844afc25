"""The world's side of demand: adding and stopping sources, and what their lives ask for."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from simulator import ids, stockroom
from simulator.clock import EPOCH, Instant
from simulator.demand.checks import Flaw, flaws
from simulator.demand.life import Stop, source_life
from simulator.demand.model import Plan, Source
from simulator.errors import BadDemand, NotFound
from simulator.facts import DemandAdded, Fact
from simulator.orders.purchase import Purchase
from simulator.places import TIMEZONES
from simulator.registry import Registry
from simulator.streams import Streams
from simulator.waiting import Inbox

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_ANYWHERE: Final = "UTC"


class Arrivals:
    """The setting of every source in one world."""

    def __init__(self, here: Registry, check_out: Callable[[Purchase], object]) -> None:
        self._all = here
        self._check_out = check_out

    # What sources ask.

    @property
    def now(self) -> Instant:
        return self._all.now

    @property
    def streams(self) -> Streams:
        return self._all.streams

    def record(self, fact: Fact) -> None:
        self._all.record(fact)

    def check_out(self, purchase: Purchase) -> None:
        wanted = stockroom.met(self._all, purchase)
        if wanted:
            self._check_out(wanted)

    # Commands.

    def add(self, plan: Plan, name: str) -> Source:
        """A new source; BadDemand says everything that is wrong with it."""
        here = self._all
        plan = self._resolved(plan)
        wrong = (*self._wrong_name(name), *self._wrong_shop(plan), *flaws(plan, self.now))
        if wrong:
            raise BadDemand(wrong)
        if plan.replay:
            plan = replace(plan, replay=plan.replay.in_turn(plan.starts_at))
        source = Source(name or self._fresh_name(), plan, Inbox(here.agenda))
        here.sources[source.id] = source
        self.record(DemandAdded(source.id, type(plan.rhythm).__name__.lower()))
        self.start(source)
        return source

    def stop(self, source_id: str) -> Source:
        """It ends, if it has not yet, and is forgotten."""
        source = self.find(source_id)
        if not source.is_over:
            source.inbox.deliver(Stop())
        del self._all.sources[source_id]
        return source

    def find(self, source_id: str) -> Source:
        try:
            return self._all.sources[source_id]
        except KeyError:
            raise NotFound("source", source_id) from None

    def start(self, source: Source) -> None:
        self._all.env.process(source_life(self, source))

    # Small parts.

    def _resolved(self, plan: Plan) -> Plan:
        """Its start and its local time, if it leaves them to the world."""
        if plan.starts_at == EPOCH:
            plan = replace(plan, starts_at=self.now)
        if plan.curve and not plan.curve.timezone:
            local = TIMEZONES.get(self._all.market.region, _ANYWHERE)
            plan = replace(plan, curve=replace(plan.curve, timezone=local))
        return plan

    def _wrong_name(self, name: str) -> list[Flaw]:
        if name and not _NAME.fullmatch(name):
            return [("name", "is 1 to 40 letters, digits, dots, dashes and underscores")]
        if name in self._all.sources:
            return [("name", f"{name!r} is the name of another source")]
        return []

    def _wrong_shop(self, plan: Plan) -> list[Flaw]:
        wanted, known = plan.buying.shop_id, self._all.shops
        if wanted and wanted not in known:
            return [("shop_id", f"there is no {wanted!r}; known are {', '.join(known)}")]
        return []

    def _fresh_name(self) -> str:
        """The next one that no source has."""
        counted = self._all.mint.counted
        while True:
            counted[ids.DEMAND] = counted.get(ids.DEMAND, 0) + 1
            name = f"{ids.DEMAND}-{counted[ids.DEMAND]}"
            if name not in self._all.sources:
                return name
