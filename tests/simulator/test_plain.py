import json
from dataclasses import dataclass, field
from typing import Optional

import pytest

from simulator.plain import Misfit, from_plain, to_plain
from simulator.rows import from_row, to_row
from simulator.words import Word


class Colour(Word):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass
class Picture:
    title: str
    origin: Point
    frame: Point | None = None
    old_style: Optional[Point] = None  # noqa: UP045 - both spellings are read
    colour: Colour = Colour.RED
    maybe: Colour | None = None
    size: tuple[int, int] = (0, 0)
    corner: tuple[str, Point] = ("", Point(0, 0))
    path: tuple[Point, ...] = ()
    marks: list[Point] = field(default_factory=list)
    named: dict[str, Point] = field(default_factory=dict)
    shown: bool = True


FULL = Picture(
    title="sea",
    origin=Point(1, 2),
    frame=Point(3, 4),
    old_style=Point(5, 6),
    colour=Colour.BLUE,
    maybe=Colour.RED,
    size=(7, 8),
    corner=("left", Point(9, 10)),
    path=(Point(11, 12), Point(13, 14)),
    marks=[Point(15, 16)],
    named={"here": Point(17, 18)},
    shown=False,
)


BOTH = pytest.mark.parametrize("picture", [FULL, Picture("", Point(0, 0))], ids=["full", "empty"])


@BOTH
def test_a_picture_comes_back_through_json(picture):
    again = from_plain(Picture, json.loads(json.dumps(to_plain(picture))))

    assert picture == again


@BOTH
def test_and_as_a_bare_row(picture):
    row = json.loads(json.dumps(to_row(picture)))

    assert picture == from_row(Picture, row)
    assert "title" not in json.dumps(row), "a row has no names"


def test_what_a_row_leaves_out_is_given_back_by_whoever_reads_it():
    leave_out = frozenset({"title", "marks"})
    row = json.loads(json.dumps(to_row(FULL, leave_out)))

    assert from_row(Picture, row, leave_out, title="sea", marks=[Point(15, 16)]) == FULL


def test_enums_come_back_as_members():
    again = from_plain(Picture, json.loads(json.dumps(to_plain(FULL))))

    assert (again.colour, again.maybe) == (Colour.BLUE, Colour.RED)
    assert isinstance(again.colour, Colour)
    assert isinstance(again.maybe, Colour)


def test_plain_data_shares_nothing_with_its_entity():
    picture = Picture("sea", Point(1, 2))
    plain = to_plain(picture)
    picture.marks.append(Point(3, 4))

    assert plain["marks"] == []


def test_what_is_left_out_is_given_back_by_hand():
    plain = to_plain(FULL, frozenset({"title"}))
    assert "title" not in plain

    assert from_plain(Picture, plain, title="sea") == FULL


def test_a_missing_field_is_an_error():
    with pytest.raises(Misfit):
        from_plain(Point, {"x": 1})


def test_words_print_and_hash_like_their_texts():
    assert (repr(Colour.RED), f"{Colour.RED}", hash(Colour.RED)) == ("'red'", "red", hash("red"))


@dataclass(frozen=True)
class Circle:
    radius: int


@dataclass(frozen=True)
class Shape:
    outline: int | Point | Circle | None = None


@pytest.mark.parametrize("outline", [None, 7, Point(1, 2), Circle(3)])
def test_of_several_kinds_the_one_with_its_fields_is_read(outline):
    saved = json.loads(json.dumps(to_plain(Shape(outline))))

    assert from_plain(Shape, saved) == Shape(outline)
