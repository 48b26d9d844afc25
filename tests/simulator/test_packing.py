"""P1-P5: what is wrong with a packing, rule by rule, and how much likelier mishaps get by it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.parcels.packing import (
    Carton,
    Closure,
    Cushioning,
    Goods,
    Packing,
    damage_factor,
    packing_violations,
    refusal_factor,
    rules_of,
    suited_to,
)
from simulator.terms import PackingTerms

MUGS = Goods(weight_g=760, units=2)
BRICKS = Goods(weight_g=31_000, units=1)
RULES = ("P1", "P2", "P3", "P4", "P5")

GOODS = st.builds(Goods, weight_g=st.integers(1, 60_000), units=st.integers(1, 50))
PACKINGS = st.builds(
    Packing,
    carton=st.sampled_from(Carton),
    cushioning=st.lists(st.sampled_from(Cushioning), unique=True).map(tuple),
    room_mm=st.integers(0, 100),
    items_apart=st.booleans(),
    closure=st.lists(st.sampled_from(Closure), unique=True).map(tuple),
)


def broken(goods=MUGS, **declared):
    return rules_of(packing_violations(replace(Packing(), **declared), goods))


@pytest.mark.parametrize(
    ("declared", "rules"),
    [
        ({}, ()),
        ({"carton": Carton.MAILER}, ("P1",)),
        ({"carton": Carton.SINGLE_WALL}, ()),
        ({"cushioning": ()}, ("P1",)),
        ({"cushioning": (Cushioning.NONE,)}, ("P1",)),
        ({"closure": ()}, ("P1",)),
        ({"room_mm": 20}, ()),
        ({"room_mm": 19}, ("P2",)),
        ({"items_apart": False}, ("P2",)),
        ({"closure": (Closure.GLUE, Closure.PAPER_TAPE)}, ()),
        (
            {"carton": Carton.MAILER, "room_mm": 0, "closure": (Closure.NYLON_TAPE,)},
            ("P1", "P2", "P5"),
        ),
    ],
)
def test_a_packing_breaks_these_rules(declared, rules):
    assert broken(**declared) == rules


@pytest.mark.parametrize(
    ("cushioning", "rules"),
    [
        (Cushioning.AIR_PILLOWS, ()),
        (Cushioning.PAPER_SHEETS, ()),
        (Cushioning.BUBBLE_WRAP, ()),
        (Cushioning.FILM, ()),
        (Cushioning.LOOSE_FILL, ("P3",)),
        (Cushioning.SHREDDED_PAPER, ("P3",)),
        (Cushioning.NONE, ("P1",)),
    ],
)
def test_cushioning_is_of_large_pieces_only(cushioning, rules):
    assert broken(cushioning=(cushioning,)) == rules


def test_large_pieces_beside_loose_fill_do_not_excuse_it():
    assert broken(cushioning=(Cushioning.BUBBLE_WRAP, Cushioning.LOOSE_FILL)) == ("P3",)


@pytest.mark.parametrize(
    ("closure", "rules"),
    [
        (Closure.PAPER_TAPE, ()),
        (Closure.PLASTIC_TAPE, ()),
        (Closure.GLUE, ()),
        (Closure.STRAPPING_BAND, ("P4",)),
        (Closure.ELASTIC_BAND, ("P4",)),
        (Closure.BUNDLING_TAPE, ("P4",)),
        (Closure.LARGE_STAPLES, ("P5",)),
        (Closure.NYLON_TAPE, ("P5",)),
    ],
)
def test_nothing_bundles_and_nothing_hurts(closure, rules):
    assert broken(closure=(closure,)) == rules


def test_a_single_item_has_nothing_to_knock_against():
    assert broken(Goods(380, 1), items_apart=False) == ()


def test_each_wrong_is_told_in_words():
    wrongs = packing_violations(
        Packing(carton=Carton.MAILER, room_mm=5, items_apart=False), Goods(900, 3)
    )

    assert [(each.rule, each.words) for each in wrongs] == [
        ("P1", "a mailer carton is too weak for 900 g"),
        ("P2", "5 mm of room around the goods; 20 mm are needed"),
        ("P2", "3 items share the box and knock against each other"),
    ]


def test_the_usual_packing_is_too_weak_for_more_than_30_kg():
    assert broken(BRICKS) == ("P1",)
    assert broken(BRICKS, carton=Carton.TRIPLE_WALL) == ()


@given(goods=GOODS)
def test_undeclared_packing_is_right_whatever_the_goods(goods):
    assert packing_violations(suited_to(goods), goods) == []


@given(goods=GOODS)
def test_and_right_by_other_markets_thresholds(goods):
    terms = PackingTerms(mailer_g_max=1, single_wall_g_max=2, double_wall_g_max=3, room_mm_min=90)

    assert packing_violations(suited_to(goods, terms), goods, terms) == []


@given(packing=PACKINGS, goods=GOODS)
def test_no_packing_breaks_a_rule_of_another_chapter(packing, goods):
    assert set(rules_of(packing_violations(packing, goods))) <= set(RULES)


@given(packing=PACKINGS, goods=GOODS)
def test_a_stronger_carton_never_breaks_more(packing, goods):
    cartons = list(Carton)
    for weaker, stronger in pairwise(cartons):
        weak = rules_of(packing_violations(replace(packing, carton=weaker), goods))
        strong = rules_of(packing_violations(replace(packing, carton=stronger), goods))
        assert set(strong) <= set(weak)


def test_good_packing_changes_no_probability():
    assert damage_factor(()) == refusal_factor(()) == 1.0


@pytest.mark.parametrize("rule", RULES)
def test_each_broken_rule_of_packing_makes_both_likelier(rule):
    assert damage_factor([rule]) > 1.0
    assert refusal_factor([rule]) > 1.0


def test_broken_rules_multiply_each_once():
    assert damage_factor(["P1", "P2", "P1"]) == damage_factor(["P1"]) * damage_factor(["P2"]) == 8.0


def test_a_label_breaks_no_goods():
    assert damage_factor(["L1", "L5"]) == 1.0


def test_factors_are_settings():
    assert damage_factor(["P3", "P4"], (("P3", 10.0),)) == 10.0
    assert refusal_factor(["P3"], ()) == 1.0
