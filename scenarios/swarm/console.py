"""What ``seatrial swarm`` does: it runs seeds, prints what failed, and sums everything up.

Exit code 0 when everything held, 1 when something did not, 2 when seeds could not be run.
"""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape

from scenarios.swarm.outcome import Outcome, Tally
from scenarios.swarm.run import run_seed
from scenarios.swarm.table import show
from scenarios.sweeping.crews import processes

FAILED: Final = 1
COULD_NOT_RUN: Final = 2
_CHUNK: Final = 5
_TOLD_EVERY: Final = 50
_SHOWN: Final = 5
"""Violations of one seed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command was told."""

    seeds: str
    jobs: int = 0
    """Nought: one a core."""
    twice_every: int = 5
    fail_fast: bool = False
    refusals: bool = False


def run(choices: Choices, console: Console | None = None) -> int:
    """All seeds; the exit code."""
    console = console or Console(soft_wrap=True)
    seeds = seeds_in(choices.seeds)
    if seeds is None:
        told = f"--seeds {choices.seeds}: write how many (2000), or a range (4711:4712)"
        console.print(f"[bold red]seatrial swarm:[/] {escape(told)}")
        return COULD_NOT_RUN
    commit = commit_or_version()
    ran, failed, total = 0, 0, Tally()
    for outcome in _outcomes(seeds, choices):
        ran += 1
        total.add(outcome.tally)
        if not outcome.passed:
            failed += 1
            console.print("\n".join(lines_of(outcome, commit)), markup=False, highlight=False)
            if choices.fail_fast:
                break
        if ran % _TOLD_EVERY == 0:
            console.print(f"{ran} of {len(seeds)} seeds, {failed} failed", markup=False)
    show(console, total, ran, failed, refusals=choices.refusals)
    return FAILED if failed else 0


def seeds_in(text: str) -> range | None:
    """``2000`` are the seeds from nought; ``A:B`` those from A up to B."""
    first, _, last = text.rpartition(":")
    if not last.isdigit() or (first and not first.isdigit()):
        return None
    found = range(int(first or 0), int(last))
    return found or None


def lines_of(outcome: Outcome, commit: str) -> list[str]:
    """What a failed seed says: what was wrong with whom, of what it was made, how to repeat it."""
    seed = outcome.seed
    lines = ["", f"seed={seed} commit={commit}"]
    lines += [
        f"  {each.check}: {each.told} {' '.join(each.order_ids)}".rstrip()
        for each in outcome.violations[:_SHOWN]
    ]
    more = len(outcome.violations) - _SHOWN + outcome.more
    if more > 0:
        lines.append(f"  and {more} more")
    for order_id, facts in outcome.last.items():
        lines.append(f"  the last facts of order {order_id}:")
        lines += [f"    {each}" for each in facts]
    lines.append(f"  drawn: {outcome.drawn}")
    lines.append(f"  again: {again(seed)}   (or: make swarm SEED={seed})")
    return lines


def again(seed: int) -> str:
    """The one command that repeats a seed."""
    return f"seatrial swarm --seeds {seed}:{seed + 1} --twice-every 1"


def commit_or_version() -> str:
    """Which Seatrial this is."""
    here = Path(__file__).resolve().parent
    try:
        asked = ["git", "rev-parse", "--short=12", "HEAD"]  # whichever git the PATH has
        told = subprocess.run(asked, cwd=here, capture_output=True, text=True, check=True)  # noqa: S603 - nothing of it is from outside
    except (OSError, subprocess.CalledProcessError):
        return version("seatrial")
    return told.stdout.strip()


def _outcomes(seeds: range, choices: Choices) -> Iterator[Outcome]:
    """One after the other, as they come."""
    jobs = choices.jobs or len(os.sched_getaffinity(0))
    if jobs == 1 or len(seeds) <= _CHUNK:
        yield from (run_one(seed, choices.twice_every) for seed in seeds)
        return
    with processes(jobs) as crew:
        futures: list[Future[list[Outcome]]] = [
            crew.executor.submit(run_some, seeds[start : start + _CHUNK], choices.twice_every)
            for start in range(0, len(seeds), _CHUNK)
        ]
        try:
            for future in as_completed(futures):
                yield from future.result()
        finally:
            for future in futures:
                future.cancel()


def run_some(seeds: range, twice_every: int) -> list[Outcome]:
    """A worker's share."""
    return [run_one(seed, twice_every) for seed in seeds]


def run_one(seed: int, twice_every: int) -> Outcome:
    return run_seed(seed, twice=twice_every > 0 and seed % twice_every == 0)
