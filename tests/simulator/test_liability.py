"""The liability table over its whole input space: every case decided, by one row, and rightly."""

from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from simulator.disputes.case import Case, Cause, Refund, Trail
from simulator.disputes.liability import decide, every_case, settled, unspoken_for
from simulator.disputes.model import Answer
from simulator.disputes.page import written_anew
from simulator.disputes.table import ROWS
from simulator.orders.model import Mode, Party
from simulator.parcels.evidence import Proof

PAGE = Path(__file__).parents[2] / "docs" / "liability.md"
CASES = list(every_case())
LOGISTICS = (Cause.NOT_RECEIVED, Cause.LATE, Cause.DAMAGED)
CARRIER_FAILED = (Trail.STALLED, Trail.LATE, Trail.DAMAGED)
SIZE = {Refund.NONE: 0, Refund.SHIPPING_FEE: 1, Refund.FULL: 2}


def costs_seller(verdict):
    """What it comes to for the seller: nothing, the fee, or everything."""
    return SIZE[verdict.refund] if verdict.payer is Party.SELLER else 0


def a_case(**told):
    """A parcel of platform shipping of which nothing is wrong, but for what is *told*."""
    usual = Case(Mode.PLATFORM, Cause.NOT_RECEIVED, True, True, Proof.NONE, Trail.SIGNED)  # noqa: FBT003
    return replace(usual, **told)


def test_the_space_is_as_large_as_its_dimensions():
    assert len(CASES) == len(set(CASES)) == 2 * 5 * 2 * 2 * 3 * 8


def test_every_case_is_decided_by_exactly_one_row():
    covering = Counter(sum(row.covers(case) for row in ROWS) for case in CASES)

    assert covering == {1: len(CASES)}


def test_every_row_decides_something_and_has_a_name_of_its_own():
    used = {decide(case).row for case in CASES}

    assert used == {row.verdict.row for row in ROWS}
    assert len(used) == len(ROWS)
    assert all(row.why for row in ROWS)


def test_the_payer_is_whoever_is_liable_or_the_platform_when_nobody_is():
    for verdict in map(decide, CASES):
        if verdict.refund is Refund.NONE:
            assert verdict.payer is None
        else:
            assert verdict.payer is (verdict.liable or Party.PLATFORM)


# S3.


@pytest.mark.parametrize("cause", LOGISTICS)
def test_in_seller_shipping_what_comes_from_logistics_is_the_sellers_always(cause):
    cases = [case for case in CASES if case.mode is Mode.SELLER and case.cause is cause]

    assert {decide(case).liable for case in cases} == {Party.SELLER}
    assert len(cases) == 96


def test_so_is_a_refusal_of_what_the_sellers_carrier_brought_late_or_damaged():
    for case in CASES:
        if case.mode is Mode.SELLER and case.cause is Cause.REFUSED_AT_DOOR:
            at_fault = case.trail in CARRIER_FAILED
            assert not at_fault or decide(case).liable is Party.SELLER, case


def test_in_seller_shipping_no_carrier_is_ever_liable_to_the_buyer():
    cases = [case for case in CASES if case.mode is Mode.SELLER]

    assert Party.CARRIER not in {decide(case).liable for case in cases}


def test_the_buyer_gets_the_same_whoever_chose_the_carrier():
    for case in CASES:
        by_platform = decide(replace(case, mode=Mode.PLATFORM))
        by_seller = decide(replace(case, mode=Mode.SELLER))
        assert by_platform.refund is by_seller.refund, case
        assert costs_seller(by_platform) <= costs_seller(by_seller), case


# What a seller does well never costs more.


def test_more_evidence_never_costs_the_seller_more():
    for case in CASES:
        costs = [costs_seller(decide(replace(case, proof=proof))) for proof in Proof]
        assert costs == sorted(costs, reverse=True), case


def test_evidence_never_makes_the_seller_liable():
    for case in CASES:
        blamed = [decide(replace(case, proof=proof)).liable is Party.SELLER for proof in Proof]
        assert blamed == sorted(blamed, reverse=True), case


@pytest.mark.parametrize("matter", ["packing_right", "label_right"])
def test_good_packing_and_a_right_label_are_never_worse_than_bad_ones(matter):
    for case in CASES:
        good = decide(replace(case, **{matter: True}))
        bad = decide(replace(case, **{matter: False}))
        assert costs_seller(good) <= costs_seller(bad), case
        assert good.liable is not Party.SELLER or bad.liable is Party.SELLER, case


def test_each_of_the_six_matters_somewhere():
    whole = {
        "mode": Mode,
        "cause": Cause,
        "packing_right": (True, False),
        "label_right": (True, False),
        "proof": Proof,
        "trail": Trail,
    }
    for field, values in whole.items():
        differs = [
            case
            for case in CASES
            if len({decide(replace(case, **{field: value})) for value in values}) > 1
        ]
        assert differs, field


# What the scans prove.


def test_a_carrier_pays_only_for_what_its_scans_or_the_sellers_evidence_show():
    for case in CASES:
        if decide(case).payer is Party.CARRIER:
            shown_intact = case.proof is Proof.BEFORE_HANDOVER and case.trail is Trail.SIGNED
            assert case.trail in (*CARRIER_FAILED, Trail.NOT_PICKED_UP) or shown_intact, case


def test_nothing_is_paid_for_goods_that_have_not_arrived_and_are_said_to_be_wrong():
    for case, cause in product(CASES, (Cause.DAMAGED, Cause.WRONG_ITEM)):
        if case.cause is cause and case.trail not in (Trail.SIGNED, Trail.DAMAGED):
            assert decide(case).refund is Refund.NONE, case


def test_nothing_is_paid_for_lateness_when_nobody_is_late():
    for case in CASES:
        if case.cause is Cause.LATE and case.trail in (Trail.ON_COURSE, Trail.SIGNED):
            assert decide(case).refund is Refund.NONE, case


@pytest.mark.parametrize(
    ("told", "liable", "refund", "payer"),
    [
        ({"trail": Trail.NOT_SENT}, "seller", "full", "seller"),
        ({"trail": Trail.NOT_PICKED_UP}, "carrier", "full", "carrier"),
        ({"trail": Trail.STALLED}, "carrier", "full", "carrier"),
        ({"trail": Trail.STALLED, "label_right": False}, "seller", "full", "seller"),
        ({"trail": Trail.STALLED, "mode": Mode.SELLER}, "seller", "full", "seller"),
        ({"trail": Trail.SIGNED}, None, "none", None),
        ({"trail": Trail.SIGNED, "mode": Mode.SELLER}, "seller", "none", None),
        ({"cause": Cause.LATE, "trail": Trail.LATE}, "carrier", "shipping_fee", "carrier"),
        ({"cause": Cause.LATE, "trail": Trail.SENT_LATE}, "seller", "shipping_fee", "seller"),
        ({"cause": Cause.DAMAGED}, "seller", "full", "seller"),
        ({"cause": Cause.DAMAGED, "proof": Proof.LATER}, None, "full", "platform"),
        ({"cause": Cause.DAMAGED, "proof": Proof.BEFORE_HANDOVER}, "carrier", "full", "carrier"),
        (
            {"cause": Cause.DAMAGED, "proof": Proof.BEFORE_HANDOVER, "packing_right": False},
            "seller",
            "full",
            "seller",
        ),
        ({"cause": Cause.DAMAGED, "trail": Trail.DAMAGED}, "carrier", "full", "carrier"),
        ({"cause": Cause.WRONG_ITEM}, "seller", "full", "seller"),
        ({"cause": Cause.WRONG_ITEM, "proof": Proof.BEFORE_HANDOVER}, None, "none", None),
        ({"cause": Cause.REFUSED_AT_DOOR, "trail": Trail.ON_COURSE}, "buyer", "none", None),
        (
            {"cause": Cause.REFUSED_AT_DOOR, "trail": Trail.ON_COURSE, "packing_right": False},
            "seller",
            "full",
            "seller",
        ),
    ],
)
def test_the_cases_that_people_ask_about(told, liable, refund, payer):
    verdict = decide(a_case(**told))

    assert (verdict.liable, verdict.refund, verdict.payer) == (liable, refund, payer)


# The seller's answer.


def test_contesting_leaves_the_tables_word():
    for verdict in map(decide, CASES):
        assert settled(verdict, Answer.CONTEST) == verdict


@pytest.mark.parametrize("answer", [Answer.ACCEPT, Answer.SILENCE])
def test_the_buyer_of_a_seller_who_does_not_contest_always_gets_something(answer):
    for verdict in map(decide, CASES):
        outcome = settled(verdict, answer)
        assert outcome.refund is not Refund.NONE
        assert costs_seller(outcome) >= costs_seller(verdict)
        if verdict.refund is not Refund.NONE:
            assert outcome == verdict
        else:
            assert (outcome.liable, outcome.payer) == (Party.SELLER, Party.SELLER)


def test_silence_never_costs_the_seller_less_than_an_answer():
    for case in CASES:
        silent = settled(decide(unspoken_for(case)), Answer.SILENCE)
        for answer in (Answer.ACCEPT, Answer.CONTEST):
            assert costs_seller(silent) >= costs_seller(settled(decide(case), answer)), case


# The page.


def test_the_page_prints_this_very_table():
    page = PAGE.read_text(encoding="utf-8")

    assert page == written_anew(page), "docs/liability.md says how to write it anew"
    assert all(f"| `{row.verdict.row}` |" in page for row in ROWS)


def test_the_page_explains_every_word_of_the_table():
    page = PAGE.read_text(encoding="utf-8")

    assert [word for word in (*Cause, *Trail, *Proof, *Mode) if f"`{word}`" not in page] == []
