"""Past orders from CSV text: what is read, and how a wrong cell is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.catalog import SHELF
from simulator.demand.replay import NEVER, Row, Times
from simulator.demand.sheet import read_sheet

MUG, MAT = SHELF[4].id, SHELF[6].id


def wrong(text):
    return [str(cell) for cell in read_sheet(text).wrong]


def test_a_whole_line_is_read():
    sheet = read_sheet(
        "at,shipping,city,items,behaviour,pays_after_s\n"
        f"2030-01-07T01:00:00Z,seller,Yiwu,{MUG}*2 {MAT},prompt,90\n"
    )

    items = (MUG, MUG, MAT)
    assert sheet.wrong == ()
    assert sheet.times is Times.ABSOLUTE
    assert sheet.rows == (Row(1893978000, "seller", "Yiwu", items, "prompt", 90),)
    assert sheet.lines == (2,)


def test_what_is_left_empty_is_left_to_chance():
    sheet = read_sheet("city,after_s,pays_after_s,behaviour\n,7,,\n\n ,8 ,never,integration\n")

    assert sheet.times is Times.FROM_START
    assert sheet.rows == (Row(7), Row(8, pays_after=NEVER, behaviour="integration"))
    assert sheet.lines == (2, 4)


@pytest.mark.parametrize(
    "cell",
    ["1893978000", "2030-01-07T01:00:00Z", "2030-01-07 01:00", "2030-01-07T09:00:00+08:00"],
)
def test_instants_are_iso_or_unix_and_utc_without_a_zone(cell):
    assert read_sheet(f"at\n{cell}\n").rows == (Row(1893978000),)


def test_spreadsheets_marks_quotes_and_line_ends_are_read():
    sheet = read_sheet('\ufeffat,city\r\n5,"Yi\nwu"\r\n6,"Shen,zhen"\r\n')

    assert sheet.wrong == ()
    assert [row.city for row in sheet.rows] == ["Yi\nwu", "Shen,zhen"]
    assert sheet.lines == (3, 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "at,shipping\n5,boat\n",
            "line 2, column shipping: found 'boat', allowed: platform, seller",
        ),
        (
            "at\n5\nsoon\n",
            "line 3, column at: found 'soon', allowed: 2030-01-07T00:00:00Z, or Unix",
        ),
        ("at\n99999999999999\n", "line 2, column at: found '99999999999999', allowed: 2030"),
        ("at,city\n,Yiwu\n", "line 2, column at: found '', allowed: 2030"),
        ("after_s\n-5\n", "line 2, column after_s: found '-5', allowed: whole seconds"),
        ("after_s,behaviour\n5,lazy\n", "line 2, column behaviour: found 'lazy', allowed: integr"),
        ("after_s,items\n5,mug\n", "line 2, column items: found 'mug', allowed: 1729"),
        (f"after_s,items\n5,{MUG}*0\n", f"line 2, column items: found '{MUG}*0', allowed: SKU id"),
        (f"after_s,items\n5,{MUG}*51\n", f"line 2, column items: found '{MUG}*51', allowed: SKU"),
        (f"after_s,items\n5,{MUG}*50 {MAT}\n", "line 2, column items: found '51 units', allowed"),
        ("after_s,pays_after_s\n5,later\n", "line 2, column pays_after_s: found 'later', allowed:"),
        ("after_s,pays_after_s\n5,99999999\n", "line 2, column pays_after_s: found '99999999', al"),
        ("after_s,city\n5\n", "line 2, column all: found '1 cells', allowed: 2, as in the header"),
        ("after_s,colour\n5,red\n", "line 1, column colour: found 'colour', allowed: at, after_s"),
        (
            "after_s,city,city\n",
            "line 1, column city: found '2 of them', allowed: each column once",
        ),
        ("city\nYiwu\n", "line 1, column at: found 'city', allowed: either at or after_s"),
        ("at,after_s\n5,5\n", "line 1, column at: found 'at, after_s', allowed: either at or"),
        ("", "line 1, column at: found '', allowed: either at or after_s"),
        ("at\n", "line 2, column all: found '', allowed: a row for every order"),
        ('at\n"5\n', "line 2, column all: found 'unexpected end of data', allowed: comma"),
        ("at,city\n5," + "x" * 61 + "\n", "line 2, column city: found 'xxxxxxxxxxxxxxxxxxxxxxxxx"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_is_allowed(text, told):
    (cell,) = wrong(text)

    assert cell.startswith(told)


def test_everything_that_is_wrong_is_told():
    told = wrong("at,shipping,behaviour\nx,boat,prompt\n5,seller,prompt\n6,seller,lazy\n")

    assert [cell.split(":")[0] for cell in told] == [
        "line 2, column at",
        "line 2, column shipping",
        "line 4, column behaviour",
    ]


@given(text=st.text(max_size=60) | st.text("at,\n5\"'xX\r ", max_size=40).map("at,city\n".__add__))
def test_any_text_is_read_or_told(text):
    sheet = read_sheet(text)

    assert sheet.rows or sheet.wrong
    assert len(sheet.rows) == len(sheet.lines)
