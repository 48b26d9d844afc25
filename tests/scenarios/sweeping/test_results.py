"""Runs as files: what is read is what was written."""

import csv

import pytest

from scenarios.sweeping import results
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.results import read_results, writer_for
from scenarios.sweeping.variants import variants_of

WISHES = ["carrier.jt.pickup.rounds=[10, 14],[18]"]
LABELS = ("carrier.jt.pickup.rounds=[10, 14]", "carrier.jt.pickup.rounds=[18]")
RATES = (("late_dispatch", 1, 3), ("valid_tracking", 0, 0))
OUTCOMES = [
    Outcome(LABELS[0], 0, passed=True, orders=3, rates=RATES, facts=40, digest="ab"),
    Outcome(
        LABELS[0],
        1,
        passed=False,
        unmet=("expect.breaches", "expect.orders.a, b; c.status"),
        orders=3,
        breached=2,
        breaches=(("D1", "seller", 2), ("D4", "carrier", 1)),
        rates=RATES,
        facts=2**40,
        digest="cd",
    ),
    Outcome(LABELS[1], 2**63 - 1, passed=False, error='Broken: "so",\nor so…'),
]


@pytest.fixture(params=["runs.csv", "runs.parquet", "runs.CSV"])
def path(request, tmp_path):
    return tmp_path / "deeper" / request.param


def test_what_is_read_is_what_was_written(path, slow):
    writer_for(path)(OUTCOMES, variants_of(slow, WISHES))
    assert read_results(path) == OUTCOMES


def test_a_sweep_without_a_run_has_a_file_without_rows(path, slow):
    writer_for(path)([], variants_of(slow, []))
    assert read_results(path) == []


def test_what_was_varied_has_columns_of_its_own(tmp_path, slow):
    path = tmp_path / "runs.csv"
    writer_for(path)(OUTCOMES, variants_of(slow, WISHES))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["vary.carrier.jt.pickup.rounds"] for row in rows] == ["[10, 14]"] * 2 + ["[18]"]
    assert [row["breaches.D4.carrier"] for row in rows] == ["0", "1", "0"]


@pytest.mark.parametrize("name", ["runs.json", "runs", "csv"])
def test_other_kinds_of_files_are_refused(tmp_path, name):
    with pytest.raises(CannotSweep, match=r"ends with \.csv or \.parquet"):
        writer_for(tmp_path / name)


def test_without_pyarrow_parquet_is_refused_with_what_to_install(tmp_path, monkeypatch):
    def nothing(name):
        raise ImportError(name)

    monkeypatch.setattr(results, "import_module", nothing)
    with pytest.raises(CannotSweep, match=r"pip install 'seatrial\[sweep\]'"):
        writer_for(tmp_path / "runs.parquet")
    writer_for(tmp_path / "runs.csv")
