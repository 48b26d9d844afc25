"""A sweep as a picture: each share with its interval, a panel for each figure, a row for each
variant. SVG, with no script and nothing to load."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from scenarios.sweeping.estimates import Interval
from scenarios.sweeping.figures import Figure, Line, Sweep
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.table import percent

_WIDTH: Final = 960
_RIGHT: Final = 320
_LETTER_PX: Final = 6.6
_ROW: Final = 22
_TOP: Final = 46
_PANEL: Final = 62
"""Of a panel, beside its rows: title, axis, gap."""
_TICKS: Final = 4
_STEPS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25)

_STYLE: Final = """
svg { color-scheme: light dark; --ink: #1c2733; --dim: #68778a; --line: #d5dde6; --mark: #1769aa;
  --paper: #fff; background: var(--paper); font: 12px system-ui, sans-serif }
@media (prefers-color-scheme: dark) { svg { --ink: #e4ebf2; --dim: #93a3b5; --line: #35424f;
  --mark: #6db8f2; --paper: #12181f } }
text { fill: var(--ink) } .title { font-size: 16px; font-weight: 600 } .name { font-weight: 600 }
.dim { fill: var(--dim) } .tick { text-anchor: middle; font-size: 10px; fill: var(--dim) }
.label { text-anchor: end } line { stroke: var(--line) } line.whisker { stroke: var(--mark);
  stroke-width: 2 } circle { fill: var(--mark) }
"""


def check_plot(path: Path) -> None:
    """CannotSweep if nothing can be drawn there, before anything was played."""
    if path.suffix.lower() not in (".svg", ".html"):
        raise CannotSweep(f"--plot {path}: ends with .svg or .html")
    path.parent.mkdir(parents=True, exist_ok=True)


def write_plot(path: Path, sweep: Sweep, figures: Sequence[Figure]) -> None:
    """One self-contained file."""
    drawn = picture(sweep, figures)
    if path.suffix.lower() == ".html":
        title = escape(sweep.scenario.title)
        head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        drawn = f"{head}{drawn}</html>"
    path.write_text(drawn, encoding="utf-8")


def picture(sweep: Sweep, figures: Sequence[Figure]) -> str:
    """The SVG."""
    rows = sum(len(figure.lines) for figure in figures)
    height = _TOP + rows * _ROW + len(figures) * _PANEL
    left = 30 + _LETTER_PX * max(len(variant.values) for variant in sweep.variants)
    title = escape(sweep.scenario.title)
    size = f"{_WIDTH + left:.0f} {height}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">',
        f"<style>{_STYLE}</style>",
        f'<text class="title" x="12" y="24">{title}</text>',
        f'<text class="dim" x="12" y="40">{_about(sweep)}</text>',
    ]
    top = _TOP
    for figure in figures:
        parts += _panel(figure, top, left)
        top += len(figure.lines) * _ROW + _PANEL
    return "".join([*parts, "</svg>"])


def _about(sweep: Sweep) -> str:
    words = [f"{len(sweep.outcomes)} runs of {sweep.scenario.file}", "95 % intervals"]
    words += [f"by {paths}"] if (paths := " and ".join(sweep.paths)) else []
    words += [sweep.ended] if sweep.ended else []
    return escape("; ".join(words))


def _panel(figure: Figure, top: int, left: float) -> Iterator[str]:
    shares = [line.share for line in figure.lines if line.share]
    most = max((share.interval.high for share in shares), default=1.0)
    step = next((step for step in _STEPS if step * _TICKS >= most), _STEPS[-1])
    scale = (_WIDTH - _RIGHT) / (step * _TICKS)
    bottom = top + 24 + len(figure.lines) * _ROW
    yield f'<text class="name" x="12" y="{top + 18}">{escape(figure.name)}</text>'
    for nth in range(_TICKS + 1):
        x = left + nth * step * scale
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 24}" y2="{bottom}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 13}">{nth * step:.3g}</text>'
    for nth, line in enumerate(figure.lines):
        yield from _row(line, top + 24 + nth * _ROW + _ROW // 2, left, scale)


def _row(line: Line, y: int, left: float, scale: float) -> Iterator[str]:
    yield f'<text class="label" x="{left - 10:.1f}" y="{y + 4}">{escape(line.variant)}</text>'
    if line.share is None:
        yield f'<text class="dim" x="{left + 6:.1f}" y="{y + 4}">nothing to count</text>'
        return
    interval = line.share.interval
    low, high = left + interval.low * scale, left + interval.high * scale
    yield f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>'
    yield f'<circle cx="{left + line.share.value * scale:.1f}" cy="{y}" r="4"/>'
    yield f'<text x="{high + 10:.1f}" y="{y + 4}">{escape(_words(line, interval))}</text>'


def _words(line: Line, interval: Interval) -> str:
    assert line.share is not None, line
    words = f"{line.share.value:.2%} {percent(interval)}"
    if line.against_first is None:
        return words
    apart = line.against_first
    return f"{words}; {apart.value:+.2%} {percent(apart.interval, signed=True)}"
