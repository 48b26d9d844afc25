"""One run of one scenario with one seed, and what it came to."""

import asyncio
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp

from mock_api.kernel.wall_clock import elapsed
from mock_api.main import create_app
from mock_api.settings import ServerSettings
from scenarios.format.model import Scenario
from scenarios.record import Failure, Record
from scenarios.running.playing import Play
from scenarios.running.stage import Refused, Stage, fresh_stage, in_process

EVENTS: Final = (
    "ORDER_STATUS_CHANGE",
    "RECIPIENT_ADDRESS_UPDATE",
    "CANCELLATION_STATUS_CHANGE",
)
"""What an integration under test is told of."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one run went."""

    file: str
    title: str
    seed: int
    took_s: float
    failures: tuple[Failure, ...] = ()
    error: str = ""
    """Why it could not be played at all."""
    digest: str = ""
    facts: int = 0
    record: Record | None = None
    """Kept of runs that failed: reports show it."""
    against: str = ""
    """Options that name the integration that was under test."""
    artefact: str = ""
    """The file with the sandbox as it was in the end, if it was saved."""
    varied: tuple[str, ...] = ()
    """What was set otherwise than in the file, as a sweep does it."""

    @property
    def passed(self) -> bool:
        return not (self.failures or self.error)

    @property
    def replay(self) -> str:
        """The command that plays exactly this run again."""
        if self.against:
            seeds = f"--seed-range {self.seed}:{self.seed + 1}"
            return f"seatrial scenario run {self.file} {self.against} {seeds}"
        return replay_command(self.file, self.seed, self.varied)


def replay_command(file: str, seed: int, varied: Iterable[str] = ()) -> str:
    """How to see a run again."""
    words = ["seatrial", "scenario", "replay", file, "--seed", str(seed)]
    return shlex.join([*words, *(word for each in varied for word in ("--vary", each))])


def run_in_process(
    scenario: Scenario,
    seed: int | None = None,
    *,
    keep: bool = False,
    artefacts: Path | None = None,
) -> Result:
    """A pure simulation: no port, no process, no integration. Its record is kept if it failed, or
    if *keep* says so; its sandbox is saved in *artefacts*, if it failed and they are wanted."""
    return asyncio.run(_run_in_process(scenario, seed, keep=keep, artefacts=artefacts))


async def _run_in_process(
    scenario: Scenario, seed: int | None, *, keep: bool, artefacts: Path | None
) -> Result:
    seed = scenario.usual_seed if seed is None else seed
    began = elapsed()
    try:
        async with in_process(_app()) as http, fresh_stage(http, scenario.sandbox(seed)) as stage:
            result = await played(scenario, seed, stage, targeted=False, keep=keep)
            return await with_artefact(result, scenario, stage, artefacts)
    except Refused as refused:
        return unplayable(scenario, seed, elapsed() - began, str(refused))


async def played(
    scenario: Scenario, seed: int, stage: Stage, *, targeted: bool, keep: bool = False
) -> Result:
    """What came of the scenario on that stage."""
    began = elapsed()
    try:
        record = await play(scenario, stage, targeted=targeted)
    except Refused as refused:
        return unplayable(scenario, seed, elapsed() - began, str(refused))
    return judged(scenario, seed, elapsed() - began, record, keep=keep)


async def with_artefact(
    result: Result, scenario: Scenario, stage: Stage, artefacts: Path | None
) -> Result:
    """The same, with its sandbox saved in that folder if it did not pass."""
    if result.passed or artefacts is None:
        return result
    path = artefacts / f"{scenario.key}-seed-{result.seed}.seatrial"
    await stage.save(path)
    return replace(result, artefact=str(path))


async def play(scenario: Scenario, stage: Stage, *, targeted: bool) -> Record:
    """The scenario on that stage, to its end."""
    record = Record(start=stage.sandbox["start"], targeted=targeted)
    return await Play(scenario, stage, record).run()


def judged(
    scenario: Scenario, seed: int, took_s: float, record: Record, *, keep: bool = False
) -> Result:
    """What the expectations say of the record."""
    failures = tuple(scenario.expect.check(record))
    return Result(
        file=scenario.file,
        title=scenario.title,
        seed=seed,
        took_s=took_s,
        failures=failures,
        digest=record.digest,
        facts=len(record.facts),
        record=record if failures or keep else None,
    )


def unplayable(scenario: Scenario, seed: int, took_s: float, why: str) -> Result:
    """The world refused what the scenario is made of."""
    return Result(scenario.file, scenario.title, seed, took_s, error=why)


@cache
def _app() -> ASGIApp:
    """One application a process; every run has a sandbox of its own."""
    return create_app(ServerSettings(default_sandbox=False))
