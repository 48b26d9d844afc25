"""The page on mishaps says what the model has, and its defaults."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.mishaps import USUAL, Mishap
from simulator.clock import HOUR
from simulator.incidents import PLANNABLE
from simulator.market import STANDARD

PAGE = (Path(__file__).parents[2] / "docs" / "mishaps.md").read_text(encoding="utf-8")
RATES = CARRIERS["jt"].mishaps


def rows(heading):
    """The cells of each row of the tables whose first column is headed so."""
    found = []
    for table in re.findall(rf"^\| {heading} .*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        found += [
            [cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()
        ]
    return {row[0]: row[1:] for row in found}


def row_of(mishap):
    (row,) = [row for names, row in rows("mishap").items() if f"`{mishap}`" in names]
    return row


@pytest.mark.parametrize("mishap", Mishap)
def test_every_mishap_has_a_row_with_what_follows(mishap):
    assert len(row_of(mishap)) == 4
    assert row_of(mishap)[2]


@pytest.mark.parametrize("mishap", PLANNABLE)
def test_the_page_tells_what_can_be_planned(mishap):
    assert "plan" in row_of(mishap)[3]


@pytest.mark.parametrize("mishap", [each for each in Mishap if each not in PLANNABLE])
def test_and_what_cannot(mishap):
    assert "plan" not in row_of(mishap)[3]


@pytest.mark.parametrize(
    ("mishap", "rate"),
    [
        ("missed_pickup", RATES.missed_pickup),
        ("late_pickup", RATES.late_pickup),
        ("lost", RATES.lost),
        ("mislaid", RATES.mislaid),
        ("damaged", RATES.damaged),
        ("customs_hold", RATES.customs_hold),
        ("wrong_hub", RATES.wrong_hub),
        ("delayed", RATES.delayed),
        ("late_plane", RATES.late_plane),
        ("hub_backlog", RATES.hub_backlog),
        ("address_issue", RATES.address_issue),
        ("attempt_failed", RATES.attempt_fails["GB"]),
        ("undeliverable", RATES.returned_after_attempts),
        ("refused", STANDARD.packing.refusal_rate),
    ],
)
def test_the_rates_are_the_defaults(mishap, rate):
    assert row_of(mishap)[0].startswith(f"{rate * 100:g} %")


@pytest.mark.parametrize(
    ("mishap", "share"),
    [
        ("damaged", RATES.damaged_return),
        ("customs_hold", RATES.inspected),
        ("customs_hold", RATES.customs_return),
        ("address_issue", RATES.address_return),
    ],
)
def test_so_are_the_shares(mishap, share):
    assert f"({share * 100:g} %, ours)" in row_of(mishap)[2]


def test_every_setback_has_its_row_with_its_default():
    told = {name.strip("`"): row[0] for name, row in rows("setback").items()}

    assert told == {field.name: said(getattr(USUAL, field.name)) for field in fields(USUAL)}


def said(value):
    if isinstance(value, int):
        return str(value)
    return f"{value[0] // HOUR} to {value[1] // HOUR} h"


def test_every_event_is_told():
    events = {name.strip("`") for name in rows("event")}

    assert events == {
        *("plan", "delay", "damage", "lose", "find", "customs_hold", "release", "scan"),
        *("send_back", "dispose", "hold", "skip_pickup", "close"),
    }
