"""What ``seatrial scenario`` does: it plays, prints, and says by its exit code how it went.

0 when everything passed, 1 when an expectation was not met, 2 when it could not run.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Final, ParamSpec

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from scenarios.format.model import Scenario
from scenarios.format.reading import SUFFIX, NoScenario, read_text
from scenarios.running.html import write_html
from scenarios.running.junit import told, write_junit
from scenarios.running.run import Result, run_in_process
from scenarios.running.suite import LIBRARY, collect, planned, run_all, the_one
from scenarios.running.target import run_against, server_for_integration
from scenarios.serving import CannotServe
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.variants import only_variant

FAILED: Final = 1
COULD_NOT_RUN: Final = 2
_SHOW_PROGRESS_FROM: Final = 20

P = ParamSpec("P")

_NEW: Final = """\
# yaml-language-server: $schema=./seatrial-scenario.schema.json
title: {title}
covers: [D1]
seller: integration      # or a simulated one: prompt, slow, absent …
orders:
  - {{name: first, shipping: platform, city: Shenzhen}}
timeline: []
#  - {{at: first +30h, buyer: cancel, order: first}}
#  - {{at: day 3 18:00, carrier: jt, event: hold, for: 60h}}
expect:
  orders:
    first:
      status: COMPLETED
      timeline: [AWAITING_SHIPMENT at +1h, AWAITING_COLLECTION by +72h, IN_TRANSIT, DELIVERED]
  breaches: []
  integration:
    habits: [ships_every_order, ships_once, never_ships_cancelled]
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """How scenarios are run."""

    target: str = ""
    port: int = 0
    quiet_ms: int = 0
    jobs: int = 1
    """Nought: one a core."""
    seed_range: str = ""
    junit: Path | None = None
    html: Path | None = None
    artefacts: Path | None = None


def _or_says_why(command: Callable[P, int]) -> Callable[P, int]:
    """The command; if it could not run, it says why and what to do."""

    @wraps(command)
    def tried(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except (NoScenario, CannotServe, CannotSweep, OSError) as problem:
            _say(str(problem))
            return COULD_NOT_RUN

    return tried


@_or_says_why
def run(paths: Sequence[Path], choices: Choices) -> int:
    """Play scenarios, check them, print and write what came of it."""
    console = Console(emoji=False)
    runs = planned(collect(paths or [LIBRARY]), _seeds(choices.seed_range), choices.artefacts)
    with _progress(console, len(runs)) as done:
        if choices.target:
            with server_for_integration("127.0.0.1", choices.port, choices.target) as base:
                results = run_against(base, choices.target, runs, choices.quiet_ms, done)
        else:
            results = run_all(runs, choices.jobs or os.cpu_count() or 1, done)
    if choices.junit:
        write_junit(choices.junit, results)
    if choices.html:
        write_html(choices.html, results)
    _show(console, results)
    return _exit_code(results)


@_or_says_why
def list_scenarios(paths: Sequence[Path]) -> int:
    """Print them with their titles and rules."""
    table = Table("scenario", "what it tells", "covers")
    for each in collect(paths or [LIBRARY]):
        table.add_row(each.key, escape(each.title), " ".join(each.covers))
    Console(emoji=False).print(table)
    return 0


@_or_says_why
def begin(path: Path, title: str) -> int:
    """Write a scenario to start from; nothing is overwritten."""
    name = path.name.removesuffix(SUFFIX).removesuffix(".yaml").removesuffix(".yml")
    whole = path.with_name(name + SUFFIX)
    text = _NEW.format(title=json.dumps(title, ensure_ascii=False))
    read_text(text.encode(), f"--title {title!r}")  # what is written can be read
    if whole.exists():
        raise FileExistsError(f"{whole} exists already: nothing was written")
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_text(text, encoding="utf-8")
    whole.with_name("seatrial-scenario.schema.json").write_text(schema(), encoding="utf-8")
    Console(emoji=False).print(
        f"Wrote {whole}. Run it: seatrial scenario run {whole}", highlight=False
    )
    return 0


@_or_says_why
def replay(path: Path, seed: int | None, order: str, vary: Sequence[str] = ()) -> int:
    """Play one run in process, and print its facts."""
    console = Console(emoji=False)
    scenario = the_one(path)
    variant = only_variant(scenario, vary)
    result = replace(
        run_in_process(variant.scenario, seed, keep=True), varied=tuple(map(str, variant.settings))
    )
    record = result.record
    if record is not None:
        wanted = {order, *record.orders.get(order, ())} if order else set()
        if order and not any(row.get("order_id") in wanted for row in record.facts):
            named = ", ".join(record.orders) or "none"
            raise CannotServe(f"no order is {order}, by its id or name; there are {named}")
        for row in record.facts:
            owner = row.get("order_id", "")
            if not wanted or owner in wanted:
                line = f"{owner:<18} {record.line(row)}"
                console.print(escape(line), highlight=False, soft_wrap=True)
    _show(console, [result])
    return _exit_code([result])


def schema() -> str:
    """The JSON Schema of scenario files."""
    described = Scenario.model_json_schema(by_alias=True)
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | described, indent=2)


def _seeds(text: str) -> range | None:
    if not text:
        return None
    first, _, last = text.partition(":")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise CannotServe(f"--seed-range {text}: write A:B, two whole numbers, the lower first")
    return range(int(first), int(last))


def _say(words: str) -> None:
    Console(stderr=True, emoji=False).print(
        f"[bold red]seatrial scenario:[/] {escape(words)}", highlight=False, soft_wrap=True
    )


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[Result], None]]:
    columns = (TextColumn("scenarios"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    hidden = total < _SHOW_PROGRESS_FROM or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=total)
        yield lambda _: bar.advance(task)


def _show(console: Console, results: Sequence[Result]) -> None:
    for each in results:
        mark = "[green]passed[/]" if each.passed else "[bold red]FAILED[/]"
        name = f"{escape(each.file)} [dim]seed {each.seed}, {each.took_s:.2f} s[/]"
        console.print(f"{mark}  {name}", highlight=False, soft_wrap=True)
        if not each.passed:
            text = told(each).replace("\n", "\n        ")
            console.print(f"        {escape(text)}", highlight=False, soft_wrap=True)
    passed = sum(each.passed for each in results)
    console.print(f"{passed} of {len(results)} passed", highlight=False)


def _exit_code(results: Sequence[Result]) -> int:
    if any(each.error for each in results):
        return COULD_NOT_RUN
    return FAILED if any(each.failures for each in results) else 0
