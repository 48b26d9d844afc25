"""One seed: first safety, while anything may go wrong; then liveness, when nothing does any more.

It is run twice, the second time with the world saved and restored in mid-flight: both have to write
the same journal.
"""

import asyncio
import gc
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import format_exception
from typing import Any, Final

from starlette.applications import Starlette

from mock_api.kernel.durable.copying import copy
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.replay import Replay
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.wall_clock import elapsed
from mock_api.main import create_app
from mock_api.settings import Limits, ServerSettings
from scenarios.swarm.checks.deliveries import check_none_waits, check_told
from scenarios.swarm.checks.ends import check_ends
from scenarios.swarm.checks.violations import Violation
from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.drawn import drawn
from scenarios.swarm.drawing.model import Drawn
from scenarios.swarm.outcome import Outcome, Tally
from scenarios.swarm.ship import Ship, Unplayable, launch
from scenarios.swarm.wire import Broken, ByHand
from simulator.clock import DAY, HOUR

_LIMITS: Final = Limits(exchanges=100)
_LIVENESS_DAYS: Final = 200
_CHECKS: Final = 2
"""Thorough ones, in the first phase."""
_CARRIERS: Final = ("jt", "ups", "dhl", "fedex")


def run_seed(seed: int, *, twice: bool = True) -> Outcome:
    """The seed's outcome. *twice*: also whether it repeats itself, saved and restored meanwhile."""
    return run_drawn(drawn(seed), twice=twice)


def run_drawn(config: Drawn, *, twice: bool) -> Outcome:
    """The same of a configuration."""
    began = elapsed()
    outcome = asyncio.run(_play(config))
    if twice and outcome.passed:
        again = asyncio.run(_play(replace(config, revives=True)))
        if again.digest != outcome.digest or again.violations:
            told = f"saved and restored at {config.revivals}: {again.digest}, not {outcome.digest}"
            outcome.violations = [Violation("repeats", told), *again.violations]
            outcome.last |= again.last
    outcome.drawn = "" if outcome.passed else config.text()
    outcome.took_s = elapsed() - began
    return outcome


@cache
def _server() -> tuple[Starlette, ByHand]:
    """One application a process; every run has a sandbox of its own."""
    courier = ByHand()
    settings = ServerSettings(default_sandbox=False, limits=_LIMITS)
    app = create_app(settings, courier=courier)
    gc.freeze()  # it lives as long as the process: nobody need look for garbage in it
    return app, courier


async def _play(config: Drawn) -> Outcome:
    app, courier = _server()
    ship: Ship | None = None
    outcome = Outcome(config.seed)
    try:
        ship = await launch(app, courier, config, app.state.sandboxes)
        await _safety(ship, app.state.sandboxes)
        await _liveness(ship)
        if config.revives:
            await _replayed(ship)
    except (Broken, Unplayable) as problem:
        outcome.violations.append(Violation("raises", str(problem)))
    except Exception as problem:  # noqa: BLE001 - one seed's bug is a finding, not the swarm's end
        where = "".join(format_exception(problem)[-3:])
        outcome.violations.append(Violation("raises", f"{type(problem).__name__}: {where}"))
    finally:
        if ship is not None:
            _sum_up(ship, outcome)
            await app.state.sandboxes.delete(ship.sandbox.id)
            courier.ears.pop(f"{ship.sandbox.id}.example", None)
    return outcome


async def _replayed(ship: Ship) -> None:
    """Its commands, done once more on another world, come to the same facts."""
    with TemporaryDirectory(prefix="seatrial-") as folder:
        path = Path(folder, "swarm.seatrial")
        await copy(ship.sandbox, path)
        with closing(FoundFile(path)) as file:
            again = Replay(file)
            again.run()
            told = f"the file's commands come to {again.difference or again.world.journal.digest()}"
            ship.found.require(again.is_same, "replays", told)


async def _safety(ship: Ship, sandboxes: Sandboxes) -> None:
    """Whatever was drawn happens at its second; between, time passes in strides."""
    config, start = ship.drawn, ship.now
    for body in config.demand:
        await ship.require("POST", "/demand", body)
    end = start + config.days * DAY
    every = max((end - start) // _CHECKS, 1)
    cues: list[tuple[int, int, str, Any]] = sorted(
        [
            *((start + at, 0, "fault", body) for at, body in config.faults),
            *((start + at, 1, "hand", name) for at, name in config.hands),
            *((start + at, 2, "revival", None) for at in config.revivals),
            *((start + nth * every, 3, "check", None) for nth in range(1, _CHECKS + 1)),
        ],
        key=lambda cue: cue[:3],
    )
    for at, _, kind, what in cues:
        await _sail(ship, at)
        if kind != "revival":
            await _cue(ship, kind, what)
            continue
        # What left between saving and restoring would come twice: in both runs it leaves before.
        await ship.sandbox.outbox.settled()
        if config.revives:
            await ship.revive(sandboxes)


async def _cue(ship: Ship, kind: str, what: Any) -> None:
    match kind:
        case "fault":
            await ship.require("POST", "/faults", what)
        case "hand":
            await ship.by_hand(what)
        case _:
            await ship.check_all()


async def _sail(ship: Ship, to: int, longest: int = DAY) -> None:
    """Until then, with a stop wherever the integration wants to act."""
    strides = Dice(ship.drawn.seed, f"strides/{to}")
    while True:
        await ship.mind.work()
        if ship.now >= to:
            return
        stops = [to, ship.now + strides.scale("stride", 3 * HOUR, longest)]
        if ship.mind.next_due is not None:
            stops.append(max(ship.mind.next_due, ship.now + 1))
        await ship.advance(min(stops))
        ship.check()


async def _liveness(ship: Ship) -> None:
    """No more orders, no more faults, nothing that goes wrong: everything has to end."""
    await _let_up(ship)
    start = ship.now
    ship.mind.be_calm()
    ship.line.impatient = 0.0
    while ship.now < start + _LIVENESS_DAYS * DAY and not _is_idle(ship):
        await _sail(ship, ship.now + 10 * DAY, 5 * DAY)
    await ship.check_all()
    world, found = ship.sandbox.world, ship.found
    check_ends(world, ship.stories, found)
    check_none_waits(ship.sandbox.outbox.all.values(), found)
    check_told(ship.sandbox.outbox.all.values(), ship.stories, ship.shop_ids, found)
    digest = world.journal.digest()
    told = await ship.require("GET", "/journal", {})
    same = (told["digest"], told["length"]) == (digest, ship.stories.length)
    found.require(
        same, "numbered", f"the journal tells of {told['length']} facts, {told['digest']}"
    )


def _is_idle(ship: Ship) -> bool:
    over = all(each.status in {"COMPLETED", "CANCELLED"} for each in ship.stories.orders.values())
    return over and ship.sandbox.world.next_due is None and ship.sandbox.outbox.next_due is None


async def _let_up(ship: Ship) -> None:
    """Faults stop, demand stops, doors open, carriers come."""
    world = ship.sandbox.world
    for fault in list(ship.sandbox.faults.planned):
        ship.fired.update(
            {ship.sandbox.faults.planned[fault].plan.what: ship.sandbox.faults.planned[fault].fired}
        )
        await ship.require("DELETE", f"/faults/{fault}", {})
    for source in list(world.registry.sources):
        await ship.control("DELETE", f"/demand/{source}", {})
    await ship.require("PUT", "/mishaps", {"factor": 0})
    for carrier in _CARRIERS:
        await ship.require("POST", f"/carriers/{carrier}/hold", {"for": 0})
    await ship.control("POST", "/seller/reactivate", {})
    for shop in ship.shop_ids:
        await ship.control("POST", f"/shops/{shop}/reactivate", {})
    await ship.require("POST", "/authorization/grant", {"for": 400 * DAY})


def _sum_up(ship: Ship, outcome: Outcome) -> None:
    found, stories = ship.found, ship.stories
    outcome.violations += found.found
    outcome.more = found.more
    outcome.digest = ship.sandbox.world.journal.digest()
    named = [order_id for each in found.found for order_id in each.order_ids][:10]
    outcome.last = {key: stories.orders[key].last[-15:] for key in named if key in stories.orders}
    tally = outcome.tally
    tally.orders, tally.facts = len(stories.orders), stories.length
    tally.calls = ship.witness.calls.total()
    tally.webhooks = ship.sandbox.outbox.delivered
    tally.planned.update(body["what"] for _, body in ship.drawn.faults)
    tally.fired.update(ship.fired)
    tally.kinds.update(stories.kinds)
    tally.rules.update(stories.rules)
    tally.statuses.update(ship.witness.statuses)
    tally.refused.update(ship.mind.refused)
    tally.hands.update(ship.let)


__all__ = ["Tally", "run_drawn", "run_seed"]
