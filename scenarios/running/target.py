"""Runs with an integration under test: it is told by signed webhooks, and calls the server.

The integration keeps the default sandbox's credentials all the time; before each run that sandbox
gets a new world. So nothing has to be restarted or told anew.
"""

import asyncio
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import httpx

from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import DEFAULT_PORT, Delivery, Limits, ServerSettings
from scenarios.access import place_of
from scenarios.client import CallFailed, Credentials, SellerCenter
from scenarios.format.model import Scenario
from scenarios.running.run import EVENTS, Result, played, unplayable, with_artefact
from scenarios.running.stage import Refused, at_url, default_stage
from scenarios.running.suite import Planned
from scenarios.serving import CannotServe, served

_EXCHANGES: Final = 100_000
"""Habits are judged by all calls of a run, so none may be forgotten."""
_PATIENCE_S: Final = 20.0
_PAUSE_S: Final = 0.1


@contextmanager
def server_for_integration(host: str, port: int, target: str = "") -> Iterator[str]:
    """A server with the well-known credentials, where the integration looks for it. Its webhooks
    may go to *target*, wherever that is: whoever started it said so."""
    place = place_of(target)
    delivery = Delivery(hosts=(place,) if place else ())
    settings = ServerSettings(limits=Limits(exchanges=_EXCHANGES), delivery=delivery)
    with served(settings, host, port) as base:
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
    await _until_it_listens(target)
    against = _options(base, target, quiet_ms)
    async with at_url(base) as http:
        for each in runs:
            result = await _run(http, base, target, each, quiet_ms)
            results.append(replace(result, against=against))
            done(results[-1])
    return results


async def _until_it_listens(target: str) -> None:
    """An integration that was just started may need a moment."""
    url = httpx.URL(target)
    if url.scheme not in ("http", "https") or not url.host:
        raise CannotServe(f"--target {target}: write a URL, such as http://127.0.0.1:9000/webhooks")
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    patience = elapsed() + _PATIENCE_S
    while True:
        try:
            _, writer = await asyncio.open_connection(url.host, port)
        except OSError as problem:
            if elapsed() > patience:
                words = f"nobody listens at {target} ({problem.strerror or problem})"
                raise CannotServe(f"{words}: start the integration first") from None
            await asyncio.sleep(_PAUSE_S)
        else:
            writer.close()
            return


def _options(base: str, target: str, quiet_ms: int) -> str:
    port = httpx.URL(base).port
    said = f"--target {shlex.quote(target)} --quiet-ms {quiet_ms}"
    return said if port == DEFAULT_PORT else f"{said} --port {port}"


async def _run(
    http: httpx.AsyncClient, base: str, target: str, each: Planned, quiet_ms: int
) -> Result:
    scenario, began = each.scenario, elapsed()
    wishes = {"quiet_ms": quiet_ms} | _without_quiet(scenario, each.seed)
    try:
        async with default_stage(http, wishes) as stage:
            if scenario.needs_integration:
                await asyncio.to_thread(_subscribe, base, stage.sandbox, target)
            result = await played(scenario, each.seed, stage, targeted=scenario.needs_integration)
            return await with_artefact(result, scenario, stage, each.artefacts)
    except (Refused, CallFailed) as problem:
        return unplayable(scenario, each.seed, elapsed() - began, str(problem))


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
