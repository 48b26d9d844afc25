"""``docs/channels.md`` is true: its numbers are the code's, and its examples open sandboxes."""

import json
import re
from pathlib import Path

import pytest

from simulator.carriers.abroad import YARDS
from simulator.carriers.domestic import DOMESTIC_CARRIERS, TRANSIT_DAYS
from simulator.channels.choice import RULES
from simulator.channels.model import Channel, ChannelTerms, WhenOut
from simulator.channels.suppliers import SUPPLIERS
from simulator.clock import DAY, HOUR

PAGE = (Path(__file__).parents[2] / "docs" / "channels.md").read_text(encoding="utf-8")
TERMS = ChannelTerms()


def rows():
    """The cells of every table's rows."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if line.startswith("|")
    ]


def hours(span):
    return f"{span[0] // HOUR} to {span[1] // HOUR} h"


@pytest.mark.parametrize("supplier", SUPPLIERS, ids=lambda each: each.code)
def test_every_supplier_has_its_row(supplier):
    expected = [
        f"`{supplier.code}`",
        hours(supplier.lead_span),
        f"{supplier.late:.0%}".replace("%", " %"),
        hours(supplier.late_by),
        f"{supplier.refuses:.0%}".replace("%", " %"),
    ]

    assert expected in rows()


@pytest.mark.parametrize("word", [*Channel, *WhenOut, *RULES, *sorted(DOMESTIC_CARRIERS)])
def test_every_word_is_explained(word):
    assert f"`{word}`" in PAGE


def test_the_numbers_are_the_codes():
    stock, choice = TERMS.stock, TERMS.choice

    assert f"within {TERMS.expected_within // DAY} days" in PAGE
    assert f"sea ({stock.sea_span[0] // DAY} to {stock.sea_span[1] // DAY} days" in PAGE
    assert f"air ({stock.air_span[0] // DAY} to {stock.air_span[1] // DAY} days" in PAGE
    assert f"dear from {choice.dear_from_minor / 100:.2f}" in PAGE
    assert f"up to {choice.light_to_g // 1_000} kg: ePacket" in PAGE
    assert f"{TRANSIT_DAYS[0]} to {TRANSIT_DAYS[1]} working days" in PAGE
    assert all(YARDS[region].city in PAGE for region in ("GB", "US", "VN"))


EXAMPLES = [
    json.loads(text)
    for text in re.findall(
        r"(?:```json\n|`)(\{\"(?:stock|suppliers)\".*?\})(?:\n```|`)", PAGE, re.DOTALL
    )
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: next(iter(each)))
def test_the_examples_open_sandboxes(open_box, example):
    box = open_box(**example)
    terms = box.inside.config.channels

    assert terms != ChannelTerms()


def test_there_are_examples():
    assert [next(iter(each)) for each in EXAMPLES] == ["stock", "suppliers"]
