"""A sweep on the console: every figure with how sure it is, and how to see what failed."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.sweeping.estimates import Difference, Interval
from scenarios.sweeping.figures import Figure, Line, Sweep

_MOST_SHOWN: Final = 20
_HEADINGS: Final = (("of", 9), ("share, 95 %", 21), ("difference, 95 %", 25), ("unpaired", 8))
"""With their widths, so that tables stand in line."""


def show(console: Console, sweep: Sweep, figures: Sequence[Figure]) -> None:
    """The table, then the runs that did not pass."""
    console.print(Text(sweep.scenario.title, style="bold"))
    if sweep.paths:
        first = sweep.variants[0].values
        words = f"by {' and '.join(sweep.paths)}; differences are from {first}, of the same seeds"
        console.print(Text(words), soft_wrap=True)
    for nth, figure in enumerate(figures):
        console.print(Text(figure.name, style="bold"))
        console.print(_table(figure, headed=nth == 0))
    for words in _failures(sweep):
        console.print(Text(words), soft_wrap=True)


def _table(figure: Figure, *, headed: bool) -> Table:
    """A table each, for a name wider than its column would squeeze the others."""
    table = Table(box=None, show_header=headed, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", min_width=max(len(line.variant) for line in figure.lines))
    headings = _HEADINGS if len(figure.lines) > 1 else _HEADINGS[:2]
    for heading, width in headings:
        table.add_column(heading, justify="right", no_wrap=True, min_width=width)
    for line in figure.lines:
        table.add_row(Text(line.variant), *_cells(line), *_apart(line.against_first))
    return table


def _cells(line: Line) -> tuple[str, str]:
    share = line.share
    if share is None:
        return "0/0", ""
    return f"{share.hits}/{share.of}", f"{share.value:.2%} {percent(share.interval)}"


def _apart(apart: Difference | None) -> tuple[str, ...]:
    if apart is None:
        return ()
    shown = f"{apart.value:+.2%} {percent(apart.interval, signed=True)}"
    return shown, f"± {apart.unpaired.width / 2:.2%}"


def percent(interval: Interval, *, signed: bool = False) -> str:
    """Both ends, in per cent."""
    form = "+.2f" if signed else ".2f"
    return f"[{100 * interval.low:{form}}, {100 * interval.high:{form}}]"


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
