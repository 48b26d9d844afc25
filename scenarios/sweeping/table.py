"""A sweep on the console: every figure with how sure it is, and how to see what failed."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.sweeping.estimates import Difference, Interval
from scenarios.sweeping.figures import Figure, Line, Sweep

_MOST_SHOWN: Final = 20


def show(console: Console, sweep: Sweep, figures: Sequence[Figure]) -> None:
    """Tables, then the runs that did not pass."""
    console.print(_table(sweep, figures))
    for words in _failures(sweep):
        console.print(Text(words), soft_wrap=True)


def _table(sweep: Sweep, figures: Sequence[Figure]) -> Table:
    compared = len(sweep.variants) > 1
    table = Table(title=Text(sweep.scenario.title), title_justify="left")
    table.add_column("")
    for heading in ("of", "share", "95 %"):
        table.add_column(heading, justify="right")
    if compared:
        for heading in (f"against {sweep.variants[0].label}", "95 %", "unpaired"):
            table.add_column(Text(heading), justify="right")
    for figure in figures:
        if compared:
            table.add_section()
            table.add_row(Text(figure.name, style="bold"))
        for line in figure.lines:
            name = f"  {line.variant}" if compared else figure.name
            table.add_row(Text(name), *_cells(line), *_apart(line.against_first))
    return table


def _cells(line: Line) -> tuple[str, str, str]:
    share = line.share
    if share is None:
        return "0", "", ""
    return f"{share.hits} of {share.of}", f"{share.value:.2%}", percent(share.interval)


def _apart(apart: Difference | None) -> tuple[str, ...]:
    if apart is None:
        return ()
    half = apart.unpaired.width / 2
    return f"{apart.value:+.2%}", percent(apart.interval, signed=True), f"± {half:.2%}"


def percent(interval: Interval, *, signed: bool = False) -> str:
    """Both ends, in per cent."""
    form = "+.2%" if signed else ".2%"
    return f"{interval.low:{form}} … {interval.high:{form}}"


def _failures(sweep: Sweep) -> Iterator[str]:
    variants = {variant.label: variant for variant in sweep.variants}
    failed = sweep.failed
    for each in failed[:_MOST_SHOWN]:
        why = f"could not be played: {each.error}" if each.error else ", ".join(each.unmet)
        yield f"FAILED  seed {each.seed}: {why}"
        yield f"        {variants[each.variant].replay(each.seed)}"
    if len(failed) > _MOST_SHOWN:
        yield f"        and {len(failed) - _MOST_SHOWN} more: --out FILE.csv has them all"
    played = len(sweep.outcomes)
    pace = f": {played / sweep.took_s:.1f} a second" if sweep.took_s else ""
    yield f"{played - len(failed)} of {played} runs passed, in {sweep.took_s:.1f} s{pace}"
