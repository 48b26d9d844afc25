"""The liability table in Markdown: what stands between two marks in ``docs/liability.md``."""

from typing import Any, Final

from simulator.disputes.case import Refund, Verdict
from simulator.disputes.liability import every_case
from simulator.disputes.row import Row
from simulator.disputes.table import ROWS

BEGIN: Final = "<!-- made by simulator/disputes/page.py -->\n"
END: Final = "<!-- so far -->\n"

_HEAD: Final = (
    "row",
    "mode",
    "cause",
    "packing",
    "label",
    "on file",
    "trail",
    "liable",
    "refund",
    "why",
)


def written_anew(page: str) -> str:
    """*page* with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def table() -> str:
    """Every row, after a word on how many there are."""
    cases = sum(1 for _ in every_case())
    lines = [_line(_HEAD), _line(("---",) * len(_HEAD)), *(_line(_cells(row)) for row in ROWS)]
    return f"{len(ROWS)} rows for {cases} cases, each in exactly one row.\n\n{''.join(lines)}"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cells(row: Row) -> tuple[str, ...]:
    limits = row.limits()
    return (
        f"`{row.verdict.row}`",
        _words(limits.get("mode")),
        _words(limits.get("cause")),
        _judged(limits.get("packing_right")),
        _judged(limits.get("label_right")),
        _words(limits.get("proof")),
        _words(limits.get("trail")),
        row.verdict.liable or "nobody",
        _refund(row.verdict),
        row.why,
    )


def _words(values: list[Any] | None) -> str:
    return "any" if values is None else ", ".join(values)


def _judged(values: list[Any] | None) -> str:
    if values is None:
        return "any"
    return "right" if values == [True] else "wrong"


def _refund(verdict: Verdict) -> str:
    if verdict.refund is Refund.NONE:
        return "none"
    return f"{verdict.refund.replace('_', ' ')}, {verdict.payer} pays"
