"""What ``seatrial sweep`` does: it plays, counts, prints, writes, and says by its exit code how it
went.

0 when every run passed, 1 when some did not, 2 when runs could not be played, or not all.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from mock_api.kernel.wall_clock import elapsed
from scenarios.format.model import Scenario
from scenarios.format.reading import NoScenario
from scenarios.running.suite import collect
from scenarios.sweeping.crews import Hire, dask_cluster, processes
from scenarios.sweeping.figures import Sweep, figures_of
from scenarios.sweeping.harvest import INTERRUPTED, Told, harvest
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.plot import check_plot, write_plot
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.results import writer_for
from scenarios.sweeping.table import show
from scenarios.sweeping.variants import Variant, variants_of
from scenarios.sweeping.work import chunks_of

FAILED: Final = 1
COULD_NOT_RUN: Final = 2
_MOST_RUNS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Choices:
    """How a sweep is made."""

    seeds: str
    vary: Sequence[str] = ()
    jobs: int = 0
    """Nought: one a core."""
    dask: str = ""
    out: Path | None = None
    plot: Path | None = None


def run(file: Path, choices: Choices) -> int:
    """Make the sweep; if it can not be made, say why and what to do."""
    # A shell's background jobs are born deaf to interrupts; a sweep is to be stoppable there, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _run(Console(), file, choices)
    except (CannotSweep, NoScenario, OSError) as problem:
        _say(str(problem))
        return COULD_NOT_RUN


def _run(console: Console, file: Path, choices: Choices) -> int:
    scenario = _only(collect([file]), file)
    variants = variants_of(scenario, choices.vary)
    seeds = _seeds(choices.seeds, len(variants))
    write = writer_for(choices.out) if choices.out else _write_nothing
    if choices.plot:
        check_plot(choices.plot)
    jobs = choices.jobs or os.cpu_count() or 1
    where = f"Dask at {choices.dask}" if choices.dask else _counted(jobs, "process", "es")
    hire: Hire = partial(dask_cluster, choices.dask) if choices.dask else partial(processes, jobs)
    count = len(seeds) * len(variants)
    what = f"{_counted(count, 'run')}, {_counted(len(variants), 'variant')}"
    words = f"Sweeping {scenario.file}: {what}, on {where}"
    try:
        console.print(escape(words), highlight=False, soft_wrap=True)
        with _progress(console, count) as told:
            sweep = play(scenario, variants, seeds, hire, told)
    except KeyboardInterrupt:  # before anything was played; later, what was played is kept
        sweep = Sweep(scenario, variants, seeds, (), ended=INTERRUPTED)
    figures = figures_of(sweep)
    try:
        write(sweep.outcomes, variants)
        if choices.plot and sweep.outcomes:
            write_plot(choices.plot, sweep, figures)
    finally:  # a full disk does not take the tables too
        if sweep.outcomes:
            show(console, sweep, figures)
    return _exit_code(sweep, count)


def play(
    scenario: Scenario,
    variants: Sequence[Variant],
    seeds: range,
    hire: Hire,
    told: Told = lambda _: None,
) -> Sweep:
    """Every variant with every seed; as much of it as could be."""
    began = elapsed()
    come = harvest(chunks_of(variants, seeds), hire, told)
    places = {variant.label: nth for nth, variant in enumerate(variants)}
    outcomes = sorted(come.outcomes.values(), key=lambda each: (places[each.variant], each.seed))
    return Sweep(scenario, variants, seeds, outcomes, elapsed() - began, come.ended)


def _exit_code(sweep: Sweep, count: int) -> int:
    if sweep.ended:
        _say(f"{sweep.ended}: {len(sweep.outcomes)} of {count} runs were played")
        return COULD_NOT_RUN
    if any(each.error for each in sweep.outcomes):
        return COULD_NOT_RUN
    return FAILED if sweep.failed else 0


def _only(scenarios: Sequence[Scenario], file: Path) -> Scenario:
    if len(scenarios) != 1:
        raise CannotSweep(f"{file} has {len(scenarios)} scenarios: a sweep is of one")
    return scenarios[0]


def _seeds(text: str, variants: int) -> range:
    first, sign, last = text.partition(":") if ":" in text else ("0", ":", text)
    if not (sign and first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise CannotSweep(f"--seeds {text}: write how many, or A:B, from A up to B, without B")
    seeds = range(int(first), int(last))
    if int(last) > 2**63 or len(seeds) * variants > _MOST_RUNS:
        raise CannotSweep(f"--seeds {text}: at most {_MOST_RUNS} runs, and seeds below 2^63")
    return seeds


def _counted(count: int, word: str, more: str = "s") -> str:
    return f"{count} {word}{more if count != 1 else ''}"


def _write_nothing(outcomes: Sequence[Outcome], variants: Sequence[Variant]) -> None:
    """Nobody asked for a file."""


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[int], None]]:
    columns = (
        TextColumn("runs"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=total)
        yield lambda runs: bar.advance(task, runs)


def _say(words: str) -> None:
    Console(stderr=True).print(
        f"[bold red]seatrial sweep:[/] {escape(words)}", highlight=False, soft_wrap=True
    )
