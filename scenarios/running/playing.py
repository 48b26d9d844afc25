"""Plays one scenario on a stage: orders, demand and steps each at their second, then the record.

What belongs to a known instant waits in a queue; what counts from an order's life is put there once
that life has come so far. A step whose moment never comes is remembered, and fails the run.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from mock_api.control.sources import AnySource
from scenarios.format.instants import PLACED, When
from scenarios.format.model import INTEGRATION, PlannedOrders, Scenario
from scenarios.format.steps import (
    Acted,
    BuyerStep,
    CarrierStep,
    FaultStep,
    MishapStep,
    SellerStep,
)
from scenarios.format.story import StoryLine
from scenarios.record import Record
from scenarios.running.stage import Refused, Stage
from simulator import Mode
from simulator.carriers.scans import ON_PAPER, Scan

_SHOPS: Final = ("shops", "independent_shops")
_SCANS: Final = frozenset(map(str, Scan))


@dataclass(slots=True)
class Cue:
    """Something to do, when, and what to call it."""

    at: When
    what: str
    do: Callable[[], Awaitable[None]]
    nth: int


@dataclass(slots=True)
class Play:
    """One run under way."""

    scenario: Scenario
    stage: Stage
    record: Record
    now: int = 0
    came: dict[tuple[str, str], int] = field(default_factory=dict)
    """By an order's name and a milestone: when it came to it."""

    async def run(self) -> Record:
        """All of it, to the end."""
        self.now = self.record.start
        end = self.record.start + self.scenario.runs_for
        waiting = self._cues()
        while waiting:
            due = self._due(waiting)
            if due and due[0][0] <= self.now:
                at, cue = due[0]
                waiting.remove(cue)
                if at < self.record.start:
                    self.record.missed_steps.append(f"{cue.what} at {cue.at}, before the start,")
                else:
                    await cue.do()
            elif self.now < end:
                await self._go(min([at for at, _ in due] + [end]), waiting)
            else:
                break
        self.record.missed_steps += [f"{cue.what} at {cue.at}" for cue in waiting]
        await self._to_the_end(end)
        await self._read()
        return self.record

    def _cues(self) -> list[Cue]:
        scenario = self.scenario
        cues = [
            *((each.at, f"orders {each.name}", self._placing(each)) for each in scenario.orders),
            *((When("+0"), "demand", self._adding(each)) for each in scenario.demand),
            *(cue for each in scenario.orders for cue in self._telling(each)),
            *((step.at, _named(step), self._taking(step)) for step in scenario.timeline),
        ]
        return [Cue(at, what, do, nth) for nth, (at, what, do) in enumerate(cues)]

    def _due(self, waiting: list[Cue]) -> list[tuple[int, Cue]]:
        """Those whose second is known, soonest first; of one second, in the file's order."""
        known = [(cue.at.second(self.record.start, self._milestone), cue) for cue in waiting]
        return sorted(
            ((at, cue) for at, cue in known if at is not None), key=lambda due: (due[0], due[1].nth)
        )

    def _milestone(self, name: str, milestone: str) -> int | None:
        return self.came.get((name, milestone))

    async def _go(self, until: int, waiting: list[Cue]) -> None:
        """Let time pass until then, or until a life has come to what somebody waits for."""
        wanted = {
            (cue.at.order, cue.at.milestone)
            for cue in waiting
            if cue.at.order and (cue.at.order, cue.at.milestone) not in self.came
        }
        known = {
            key: self.record.orders[key[0]][0] for key in wanted if key[0] in self.record.orders
        }
        if await self._note(known):
            return
        if not known:
            await self._advance({"to": until})
            return
        places = [
            {"order": order_id, "scan" if milestone in _SCANS else "status": milestone}
            for (_, milestone), order_id in known.items()
        ]
        await self._advance({"until": places, "at_most": until - self.now})

    async def _note(self, known: dict[tuple[str, str], str]) -> bool:
        """Whether a life has come there: an order may pass through within one second."""
        before = len(self.came)
        for (name, milestone), order_id in known.items():
            page = await self.stage.call("GET", "/journal", order_id=order_id, limit=10_000)
            at = next((row["at"] for row in page["facts"] if _shows(row, milestone)), None)
            if at is not None:
                self.came[name, milestone] = at
        return len(self.came) > before

    async def _advance(self, wish: dict[str, Any]) -> None:
        went = await self.stage.call("POST", "/clock/advance", wish)
        while not went["done"]:
            went = await self.stage.call("GET", "/clock/advance")
        self.now = went["now"]

    async def _to_the_end(self, end: int) -> None:
        if self.now < end:
            await self._advance({"until": "idle", "at_most": end - self.now})
        self.record.end = self.now

    async def _read(self) -> None:
        record, stage = self.record, self.stage
        record.facts = await stage.pages("/journal", "facts")
        record.exchanges = await stage.pages("/exchanges", "exchanges")
        record.webhooks = await stage.pages("/webhooks", "webhooks")
        record.report = await stage.call("GET", "/report")
        record.faults = (await stage.call("GET", "/faults"))["faults"]
        record.digest = (await stage.call("GET", ""))["digest"]

    # What can be done.

    def _placing(self, planned: PlannedOrders) -> Callable[[], Awaitable[None]]:
        async def place() -> None:
            player = self.scenario.player(planned)
            self.record.played_by[planned.name] = player
            wishes = planned.wishes()
            if planned.shop:
                wishes["shop_id"] = self._shop(planned.shop)
            if player == INTEGRATION:
                wishes["behaviour"] = "" if self.record.targeted else self.scenario.stand_in
            else:
                wishes["behaviour"] = player
            placed = await self.stage.call("POST", "/orders", wishes)
            self.record.orders[planned.name] = placed["orders"]
            self.came[planned.name, PLACED] = self.now

        return place

    def _shop(self, name: str) -> str:
        sandbox = self.stage.sandbox
        shops = {shop["name"]: shop["id"] for key in _SHOPS for shop in sandbox[key]}
        if name not in shops:
            raise Refused(f"there is no shop {name!r}; there are {', '.join(shops)}")
        return str(shops[name])

    def _telling(
        self, planned: PlannedOrders
    ) -> Iterator[tuple[When, str, Callable[[], Awaitable[None]]]]:
        """A story, line by line: the seller is ready at its first line, what is said on paper is
        scanned by hand, and the rest is the parcel's way."""
        if not planned.story:
            return
        name = planned.name
        first = planned.story[0].at
        yield first, f"seller ship {name}", self._readying(planned)
        for line in planned.story:
            if line.scan in ON_PAPER:
                yield line.at, f"{line.scan} of {name}", self._scanning(planned, line.scan)
        way = [line for line in planned.story if line.scan not in ON_PAPER]
        if way:
            yield first, f"story of {name}", self._writing(planned, way)

    def _readying(self, planned: PlannedOrders) -> Callable[[], Awaitable[None]]:
        async def ready() -> None:
            if planned.shipping is Mode.PLATFORM:
                await self._each(planned.name, "/sellers/{}/ship", {})
                return
            await self._each(planned.name, "/sellers/{}/book", {})
            await self._each(planned.name, "/sellers/{}/mark", {})

        return ready

    def _scanning(self, planned: PlannedOrders, scan: Scan) -> Callable[[], Awaitable[None]]:
        async def scanned() -> None:
            for order_id in self.record.orders[planned.name]:
                await self._to_carrier(order_id, "scan", {"scan": scan})

        return scanned

    def _writing(
        self, planned: PlannedOrders, lines: Sequence[StoryLine]
    ) -> Callable[[], Awaitable[None]]:
        async def written() -> None:
            seconds = [line.at.second(self.record.start, self._milestone) for line in lines]
            way = [{"at": at, "scan": line.scan} for at, line in zip(seconds, lines, strict=True)]
            for order_id in self.record.orders[planned.name]:
                await self._to_carrier(order_id, "follow", {"way": way})

        return written

    async def _to_carrier(self, order_id: str, event: str, body: dict[str, Any]) -> None:
        """Whoever has been told of the order's parcel."""
        page = await self.stage.call("GET", "/journal", order_id=order_id, limit=10_000)
        booked = [row["carrier"] for row in page["facts"] if row["kind"] == "ParcelBooked"]
        path = f"/carriers/{booked[-1]}/{event}"
        await self.stage.call("POST", path, body | {"order_id": order_id})

    def _adding(self, source: AnySource) -> Callable[[], Awaitable[None]]:
        async def add() -> None:
            told = await self.stage.call("POST", "/demand", self._bodied(source))
            if self.scenario.sellers_of(source) == {INTEGRATION}:
                self.record.own_sources.append(told["id"])

        return add

    def _bodied(self, source: AnySource) -> dict[str, Any]:
        """What the control API is asked for; a stand-in plays where no integration is."""
        stand_in = INTEGRATION if self.record.targeted else self.scenario.stand_in
        body = source.model_dump(mode="json", by_alias=True, exclude_unset=True)
        weights: dict[str, float] = {}
        for seller, weight in body.get("behaviour", {self.scenario.seller: 1}).items():
            player = stand_in if seller == INTEGRATION else seller
            weights[player] = weights.get(player, 0) + weight
        for row in body.get("rows") or ():
            row["behaviour"] = {INTEGRATION: stand_in}.get(
                row.get("behaviour"), row.get("behaviour", "")
            )
        return body | {"behaviour": weights}

    def _taking(self, step: Acted) -> Callable[[], Awaitable[None]]:
        async def take() -> None:
            name = getattr(step, "order", "")
            if name and name not in self.record.orders:
                wanted = f"{_named(step)} finds orders named {name}"
                self.record.refusals.append((wanted, "they are placed later"))
                return
            try:
                await self._take(step)
            except Refused as refused:
                if not step.refused:
                    self.record.refusals.append((f"{_named(step)} is let", f"refused: {refused}"))
            else:
                if step.refused:
                    self.record.refusals.append((f"{_named(step)} is refused", "it was let"))

        return take

    async def _take(self, step: Acted) -> None:
        match step:
            case BuyerStep():
                await self._each(step.order, f"/buyers/{{}}/{step.buyer}", step.body())
            case SellerStep():
                await self._each(step.order, f"/sellers/{{}}/{step.seller}", step.body())
            case CarrierStep():
                await self._carrier(step)
            case MishapStep():
                await self.stage.call("PUT", "/mishaps", {"factor": step.mishaps})
            case FaultStep():
                await self._fault(step)
            case _:
                raise AssertionError(step)

    async def _fault(self, step: FaultStep) -> None:
        body = step.fault.model_dump(mode="json", by_alias=True, exclude_unset=True)
        ids = self.record.orders[step.order] if step.order else [""]
        for order_id in ids:
            await self.stage.call("POST", "/faults", body | {"order_id": order_id})

    async def _carrier(self, step: CarrierStep) -> None:
        path = f"/carriers/{step.carrier}/{step.event}"
        if not step.order:
            await self.stage.call("POST", path, step.body())
            return
        for order_id in self.record.orders[step.order]:
            await self.stage.call("POST", path, step.body() | {"order_id": order_id})

    async def _each(self, name: str, path: str, body: dict[str, Any]) -> None:
        for order_id in self.record.orders[name]:
            await self.stage.call("POST", path.format(order_id), body)


def _named(step: Acted) -> str:
    for key in ("buyer", "seller"):
        if hasattr(step, key):
            return f"{key} {getattr(step, key)} {getattr(step, 'order', '')}".strip()
    match step:
        case CarrierStep():
            return f"carrier {step.carrier} {step.event} {step.order}".strip()
        case MishapStep():
            return f"mishaps {step.mishaps:g}"
        case FaultStep():
            return f"fault {step.fault.what} {step.order}".strip()
        case _:
            raise AssertionError(step)


def _shows(row: dict[str, Any], milestone: str) -> bool:
    return milestone in (
        row.get("status") if row["kind"].startswith("Order") else "",
        row.get("scan"),
    )
