"""Runs with an integration under test: it is told by signed webhooks, and calls the server.

The integration keeps the default sandbox's credentials all the time; before each run that sandbox
gets a new world. So nothing has to be restarted or told anew.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import httpx

from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import ServerSettings
from scenarios.client import CallFailed, Credentials, SellerCenter
from scenarios.format.model import Scenario
from scenarios.running.run import EVENTS, Result, judged, play, unplayable
from scenarios.running.stage import Refused, at_url, default_stage
from scenarios.running.suite import Planned
from scenarios.serving import served


@contextmanager
def server_for_integration(host: str, port: int) -> Iterator[str]:
    """A server with the well-known credentials, where the integration looks for it."""
    with served(ServerSettings(), host, port) as base:
        yield base


def run_against(
    base: str,
    target: str,
    runs: Sequence[Planned],
    quiet_ms: int,
    done: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """One after the other: there is one integration. *target* is where its webhooks go."""
    return asyncio.run(_run_against(base, target, runs, quiet_ms, done))


async def _run_against(
    base: str, target: str, runs: Sequence[Planned], quiet_ms: int, done: Callable[[Result], None]
) -> list[Result]:
    results = []
    async with at_url(base) as http:
        for each in runs:
            results.append(await _run(http, base, target, each, quiet_ms))
            done(results[-1])
    return results


async def _run(
    http: httpx.AsyncClient, base: str, target: str, each: Planned, quiet_ms: int
) -> Result:
    scenario, began = each.scenario, elapsed()
    wishes = {"quiet_ms": quiet_ms} | _without_quiet(scenario, each.seed)
    try:
        async with default_stage(http, wishes) as stage:
            if scenario.needs_integration:
                await asyncio.to_thread(_subscribe, base, stage.sandbox, target)
            record = await play(scenario, stage, targeted=scenario.needs_integration)
    except (Refused, CallFailed) as problem:
        return unplayable(scenario, each.seed, elapsed() - began, str(problem))
    return judged(scenario, each.seed, elapsed() - began, record)


def _without_quiet(scenario: Scenario, seed: int) -> dict[str, object]:
    wishes = scenario.sandbox(seed)
    if scenario.world.quiet_ms is None:
        del wishes["quiet_ms"]
    return wishes


def _subscribe(base: str, sandbox: dict[str, object], target: str) -> None:
    with httpx.Client(base_url=base, trust_env=False) as http:
        seller = SellerCenter(http, Credentials.of(sandbox))
        for event in EVENTS:
            wanted = {"event_type": event, "address": target}
            seller.call("PUT", "/event/202309/webhooks", wanted)
