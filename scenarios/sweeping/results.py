"""The runs of a sweep as a table to keep: CSV, or Parquet; a row a run.

Columns are the same in both: what the run was and came to, a column for each breach and rate that
came up, and one for each path that was varied.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.variants import Variant

Row = dict[str, Any]

_TRUTH: Final = {"True": True, "False": False}
_PLAIN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "variant": str,
    "seed": int,
    "passed": lambda value: _TRUTH.get(value, value),
    "error": str,
    "unmet": lambda value: tuple(json.loads(value)),
    "orders": int,
    "breached": int,
    "facts": int,
    "digest": str,
}
"""Columns that are always there, each with how it is read."""
_BREACHES: Final = "breaches"
_RATE: Final = "rate"


def writer_for(path: Path) -> Callable[[Sequence[Outcome], Sequence[Variant]], None]:
    """How to write there; CannotSweep if that can not be, before anything was played."""
    kind = path.suffix.lower()
    if kind not in (".csv", ".parquet"):
        raise CannotSweep(f"--out {path}: ends with .csv or .parquet")
    if kind == ".parquet":
        _parquet()
    path.parent.mkdir(parents=True, exist_ok=True)

    def write(outcomes: Sequence[Outcome], variants: Sequence[Variant]) -> None:
        (_write_csv if kind == ".csv" else _write_parquet)(path, _columns(outcomes, variants))

    return write


def read_results(path: Path) -> list[Outcome]:
    """The runs of such a file, as they were written."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [_outcome(row) for row in csv.DictReader(file)]
    return [_outcome(row) for row in _parquet().read_table(path).to_pylist()]


def _columns(outcomes: Sequence[Outcome], variants: Sequence[Variant]) -> dict[str, list[Any]]:
    """Every column, with the same names and types whatever the first rows hold."""
    settings = {each.label: {s.path: s.text for s in each.settings} for each in variants}
    rows = [_row(each, settings.get(each.variant, {})) for each in outcomes]
    more = sorted({name for row in rows for name in row} - _PLAIN.keys())
    empty = {name: "" if name.startswith("vary.") else 0 for name in more}
    return {name: [row.get(name, empty.get(name)) for row in rows] for name in [*_PLAIN, *more]}


def _row(outcome: Outcome, settings: Mapping[str, str]) -> Row:
    row: Row = {name: getattr(outcome, name) for name in _PLAIN}
    row["unmet"] = json.dumps(outcome.unmet)
    row |= {f"vary.{path}": text for path, text in settings.items()}
    row |= {f"{_BREACHES}.{rule}.{liable}": n for rule, liable, n in outcome.breaches}
    for name, hits, of in outcome.rates:
        row |= {f"{_RATE}.{name}.hits": hits, f"{_RATE}.{name}.of": of}
    return row


def _outcome(row: Row) -> Outcome:
    plain = Outcome(**{name: read(row[name]) for name, read in _PLAIN.items()})
    figures = [(name.split("."), int(n)) for name, n in row.items() if _is_figure(name)]
    breaches = tuple(
        (rule, liable, n) for (kind, rule, liable), n in figures if n and kind == _BREACHES
    )
    rates = _rates({(name, part): n for (kind, name, part), n in figures if kind == _RATE})
    return plain if plain.error else replace(plain, breaches=breaches, rates=rates)


def _rates(figures: Mapping[tuple[str, str], int]) -> tuple[tuple[str, int, int], ...]:
    names = sorted({name for name, _ in figures})
    return tuple((name, figures[name, "hits"], figures[name, "of"]) for name in names)


def _is_figure(name: str) -> bool:
    return name.startswith((f"{_BREACHES}.", f"{_RATE}."))


def _write_csv(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        rows.writerows(zip(*columns.values(), strict=True))


def _write_parquet(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    table = import_module("pyarrow").table(dict(columns))
    _parquet().write_table(table, path)


def _parquet() -> Any:
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise CannotSweep(
            "--out: Parquet needs pyarrow: pip install 'seatrial[sweep]', or write a .csv"
        ) from None
