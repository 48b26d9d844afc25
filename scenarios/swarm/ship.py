"""One run under way: a sandbox, the integration, whoever acts by hand, and the checkers."""

import json
from collections import Counter
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.types import ASGIApp

from mock_api.kernel.durable.kept import Kept, Of
from mock_api.kernel.faults import Fault
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from scenarios.swarm.checks.breaches import check_breaches
from scenarios.swarm.checks.deliveries import check_deliveries
from scenarios.swarm.checks.exchanges import Witness
from scenarios.swarm.checks.money import check_money
from scenarios.swarm.checks.readings import check_readings
from scenarios.swarm.checks.stories import Stories
from scenarios.swarm.checks.violations import Violations
from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.model import Drawn
from scenarios.swarm.hands import TABLE
from scenarios.swarm.integration.calls import Center, Line
from scenarios.swarm.integration.hand import Hand
from scenarios.swarm.integration.labels import Labels
from scenarios.swarm.integration.mind import EVENTS, Mind
from scenarios.swarm.wire import Ask, ByHand, send
from simulator.clock import Instant
from simulator.errors import NotFound
from simulator.parcels.model import Parcel

Row = dict[str, Any]
_OK: Final = 300
_BROKEN: Final = 500
_SANDBOXES: Final = "/_seatrial/sandboxes"
_JSON: Final = (("content-type", "application/json"),)


class Unplayable(Exception):
    """The server refuses what the run is made of."""


@dataclass(slots=True)
class Ship:
    """Everything of one run."""

    app: ASGIApp
    courier: ByHand
    drawn: Drawn
    told: Row
    sandbox: Sandbox
    found: Violations
    stories: Stories
    witness: Witness
    line: Line
    center: Center
    mind: Mind
    dice: Dice
    let: list[str] = field(default_factory=list)
    """Acts by hand that were not refused."""
    fired: Counter[str] = field(default_factory=Counter)
    """Planned faults, by kind, that came to pass."""

    @property
    def now(self) -> int:
        return self.sandbox.world.now

    @property
    def region(self) -> str:
        return self.sandbox.config.market.region

    @property
    def shop_ids(self) -> list[str]:
        return list(self.center.ciphers)

    # The control API.

    async def control(self, method: str, path: str, body: Row) -> Row | None:
        """One call about the sandbox; ``None`` when the world does not allow it just now."""
        ask = Ask(method, f"{_SANDBOXES}/{self.told['id']}{path}", (), _JSON, _bytes(body))
        async with self.line.turn:
            before = self.sandbox.world.journal.length
            answer = await send(self.app, ask)
            grown = self.sandbox.world.journal.length - before
        if answer.status >= _BROKEN:
            told = f"{method} {path} {body} answers {answer.status}: {answer.body[:300]!r}"
            self.found.add("answers", told)
        if answer.status < _OK:
            return answer.json() if answer.body else {}
        told = f"{method} {path} {body} is refused and leaves {grown} facts"
        self.found.require(not grown, "refusals", told)
        return None

    async def require(self, method: str, path: str, body: Row) -> Row:
        """The same, of what cannot be refused."""
        answer = await self.control(method, path, body)
        if answer is None:
            raise Unplayable(f"{method} {path} {json.dumps(body)}")
        return answer

    async def advance(self, to: int) -> None:
        """Let time pass; the integration hears meanwhile."""
        self.stories.in_call = False
        await self.sandbox.driver.go_to(Instant(to))
        self.stories.in_call = True

    async def by_hand(self, name: str) -> None:
        """One act, to some order or parcel of the world's."""
        method, path, body = TABLE[name].call(self.dice, self)
        text = json.dumps(body)
        if "{order}" in path:
            orders = list(self.stories.orders)
            if not orders:
                return
            path = path.replace("{order}", self.dice.pick("whose", orders))
        if "{parcel}" in text:
            parcels = self._parcels()
            if not parcels:
                return
            parcel = self.dice.pick("which", parcels)
            path, text = (
                path.replace("{carrier}", parcel.carrier),
                text.replace("{parcel}", parcel.id),
            )
        if await self.control(method, path, json.loads(text)) is not None:
            self.let.append(name)

    def _parcels(self) -> list[Parcel]:
        """Every carrier's, in memory or not: when one leaves it may depend on when it was saved."""
        world = self.sandbox.world
        told = {key for story in self.stories.orders.values() for key in story.parcels}
        found = []
        for key in sorted(told | world.registry.parcels.keys()):
            with suppress(NotFound):  # combined with another, or split
                found.append(world.parcel(key))
        return [each for each in found if each.carrier]

    async def revive(self, sandboxes: Sandboxes) -> None:
        """As if the process had been stopped and started again: by way of a file. Only what reads
        were answered before, for those that are to be stale, no file has: it is taken along."""
        readings = self.sandbox.faults.readings
        await self.require("POST", "/snapshot", {})
        await self.require("POST", "/restore", {})
        self.sandbox = sandboxes.get(self.told["id"])
        self.sandbox.faults.readings = readings
        self.sandbox.world.journal.subscribe(self.stories.hear)
        self.witness.faults = self.sandbox.faults

    # Checking.

    def check(self) -> None:
        """What has to hold whenever the world is at rest."""
        world = self.sandbox.world
        due = world.next_due
        told = f"something is due at {due}, and it is {world.now}"
        self.found.require(due is None or due > world.now, "rest", told)
        length = world.journal.length
        told = f"{self.stories.length} facts were heard, of {length}"
        self.found.require(self.stories.length == length, "numbered", told)

    async def check_all(self) -> None:
        """And what costs more: books, breaches, and what interfaces show."""
        world, stories, found = self.sandbox.world, self.stories, self.found
        check_money(world, stories, found)
        check_breaches(stories, self.sandbox.config.market, world.now, found)
        check_deliveries(self.sandbox.outbox.all.values(), found)
        self._check_orders()
        await self.undisturbed(check_readings(self.center, stories, found))

    async def undisturbed(self, looks: Awaitable[None]) -> None:
        """Without planned faults, and with all the patience of the world."""
        faults, line = self.sandbox.faults, self.line
        planned, faults.planned = faults.planned, Kept("faults", Of(Fault))
        impatient, line.impatient = line.impatient, 0.0
        await looks
        faults.planned, line.impatient = planned, impatient

    def _check_orders(self) -> None:
        for story in self.stories.orders.values():
            order = self.sandbox.world.order(story.order_id)
            told = f"is {order.status}, and the facts say {story.status}"
            self.found.require(order.status == story.status, "orders", told, story.order_id)


async def launch(app: ASGIApp, courier: ByHand, drawn: Drawn, sandboxes: Sandboxes) -> Ship:
    """A sandbox with all that belongs to the run; the integration has subscribed."""
    answer = await send(app, Ask("POST", _SANDBOXES, (), _JSON, _bytes(drawn.sandbox)))
    if answer.status >= _OK:
        raise Unplayable(answer.body.decode())
    told = answer.json()
    sandbox = sandboxes.get(told["id"])
    found = Violations()
    stories = Stories(found, sandbox.world.now)
    sandbox.world.journal.subscribe(stories.hear)
    witness = Witness(sandbox.faults, stories, found)
    line = Line(app, Dice(drawn.seed, "integration"), drawn.habits.impatient, witness)
    ship = _manned(courier, drawn, told, sandbox, witness, line)
    await ship.undisturbed(_subscribe(ship))
    return ship


def _manned(
    courier: ByHand, drawn: Drawn, told: Row, sandbox: Sandbox, witness: Witness, line: Line
) -> Ship:
    stories = witness.stories

    def now() -> int:
        return ship.now

    async def control(method: str, path: str, body: Row) -> Row | None:
        return await ship.control(method, path, body)

    center = Center(line, told, now)
    labels = Labels(line, told["carriers"], line.dice)
    market = drawn.sandbox["market"]
    hand = Hand(center, labels, control, drawn.habits, line.dice, market, now)
    hand.on_call = drawn.sandbox.get("pickups") == "on_call"
    ship = Ship(
        app=line.app,
        courier=courier,
        drawn=drawn,
        told=told,
        sandbox=sandbox,
        found=stories.found,
        stories=stories,
        witness=witness,
        line=line,
        center=center,
        mind=Mind(hand, told["app_secret"], told["app_key"]),
        dice=Dice(drawn.seed, "hands"),
    )
    return ship


async def _subscribe(ship: Ship) -> None:
    """Somebody listens, in one of the platform's two ways or in both."""
    host = f"{ship.told['id']}.example"
    ship.courier.ears[host] = ship.mind.hear
    url = f"http://{host}/hook"
    how = ship.drawn.habits.subscribes
    if how in {"app", "both"}:
        await ship.require("PUT", "/app_webhooks", {"address": url})
    if how in {"shops", "both"}:
        for shop in ship.center.ciphers:
            for event in EVENTS:
                body = {"event_type": event, "address": url}
                await ship.center.call("PUT", "/event/202309/webhooks", body, shop=shop)


def _bytes(body: Row) -> bytes:
    return json.dumps(body).encode()
