"""The results as one file to look at: a table of runs, a picture for each failed order.

Nothing is loaded from anywhere: the file can be kept as an artefact and opened anywhere.
"""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from scenarios.record import Failure
from scenarios.running.picture import picture
from scenarios.running.run import Result

_MOST_PICTURES: Final = 20
"""Of one run: a suite of ten thousand failed orders is read from its first ones."""

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2733; --dim: #68778a; --line: #d5dde6; --bad: #c0262d;
  --good: #1d7f4e; --paper: #fff; --wash: #f4f7fa }
@media (prefers-color-scheme: dark) { :root { --ink: #e4ebf2; --dim: #93a3b5; --line: #35424f;
  --bad: #ff7b7b; --good: #6fd39f; --paper: #12181f; --wash: #1a222b } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 1180px; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2.5rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); vertical-align: top }
code, pre { font: 13px/1.5 ui-monospace, monospace; background: var(--wash); border-radius: 4px }
code { padding: .1rem .3rem } pre { padding: .7rem 1rem; overflow-x: auto }
.passed { color: var(--good) } .failed { color: var(--bad); font-weight: 600 }
.num { text-align: right; font-variant-numeric: tabular-nums }
figure { margin: 1rem 0; overflow-x: auto } svg { min-width: 860px; width: 100% }
svg text { font: 10px system-ui, sans-serif; fill: var(--ink) } svg text.lane { font-size: 12px }
svg .rail { stroke: var(--dim) } svg .tick { stroke: var(--line); fill: var(--dim) }
svg text.tick { stroke: none; text-anchor: middle }
svg circle { fill: var(--ink) } svg circle.bad, svg text.bad { fill: var(--bad) }
svg line.due { stroke: var(--dim); stroke-dasharray: 4 3 } svg line.due.bad { stroke: var(--bad) }
svg text.due { fill: var(--dim) } svg text.due.bad { fill: var(--bad) }
"""


def write_html(path: Path, results: Sequence[Result]) -> None:
    """One self-contained page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(_page(results)), encoding="utf-8")


def _page(results: Sequence[Result]) -> Iterator[str]:
    passed = sum(each.passed for each in results)
    yield '<!doctype html><html lang="en"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Seatrial: {passed} of {len(results)} passed</title><style>{_STYLE}</style>"
    yield f"<h1>Sea trials: {passed} of {len(results)} passed</h1>"
    yield "<table><tr><th>scenario<th>seed<th>result<th class=num>facts<th class=num>time</tr>"
    for nth, each in enumerate(results):
        yield _row(nth, each)
    yield "</table>"
    for nth, each in enumerate(results):
        if not each.passed:
            yield from _failed(nth, each)
    yield "</html>"


def _row(nth: int, result: Result) -> str:
    word = "passed" if result.passed else "failed"
    shown = word if result.passed else f'<a class="failed" href="#run-{nth}">{word}</a>'
    return (
        f"<tr><td>{escape(result.title)}<br><code>{escape(result.file)}</code>"
        f"<td>{result.seed}<td class={word}>{shown}"
        f"<td class=num>{result.facts}<td class=num>{result.took_s:.2f} s</tr>"
    )


def _failed(nth: int, result: Result) -> Iterator[str]:
    yield f'<h2 id="run-{nth}">{escape(result.title)} <small>seed {result.seed}</small></h2>'
    if result.error:
        yield f"<p class=failed>Could not be played: {escape(result.error)}</p>"
    if result.failures:
        yield "<table><tr><th>expectation<th>expected<th>found</tr>"
        for failure in result.failures:
            cells = (failure.expectation, failure.expected, failure.found)
            yield "<tr>" + "".join(f"<td>{escape(cell)}" for cell in cells) + "</tr>"
        yield "</table>"
    yield f"<p>Replay: <code>{escape(result.replay)}</code></p>"
    for order_id, failures in _by_order(result.failures).items():
        yield from _order(result, order_id, failures)


def _by_order(failures: Sequence[Failure]) -> dict[str, list[Failure]]:
    orders: dict[str, list[Failure]] = {}
    for failure in failures:
        if failure.order_id and (failure.order_id in orders or len(orders) < _MOST_PICTURES):
            orders.setdefault(failure.order_id, []).append(failure)
    return orders


def _order(result: Result, order_id: str, failures: Sequence[Failure]) -> Iterator[str]:
    record = result.record
    assert record is not None, order_id
    wrong = "; ".join(dict.fromkeys(failure.expectation for failure in failures))
    yield f"<h3>Order {escape(order_id)}</h3><p>{escape(wrong)}</p>"
    yield f"<figure>{picture(record, order_id)}</figure>"
    story = "\n".join(record.story(order_id, 200))
    yield f"<details><summary>Its facts</summary><pre>{escape(story)}</pre></details>"
