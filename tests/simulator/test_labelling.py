"""L1-L6: what is wrong with a label, rule by rule, and what a carrier does with a wrong one."""

from dataclasses import fields, replace

import pytest

from simulator.parcels.labelling import (
    Accuracy,
    Fate,
    Label,
    LabelOutcome,
    label_violations,
    wrong_label_outcome,
)
from simulator.parcels.packing import rules_of
from simulator.terms import PackingTerms


def test_a_right_label_breaks_nothing():
    assert label_violations(Label()) == []


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ("firmly_attached", "L1"),
        ("recipient_name", "L2"),
        ("recipient_address", "L2"),
        ("postal_code", "L2"),
        ("order_number", "L3"),
        ("sender_name", "L4"),
        ("sender_address", "L4"),
        ("barcode_attached", "L6"),
        ("barcode_scans", "L6"),
    ],
)
def test_each_thing_that_is_missing_breaks_its_rule(missing, rule):
    wrongs = label_violations(replace(Label(), **{missing: False}))

    assert [each.rule for each in wrongs] == [rule]
    assert wrongs[0].words


@pytest.mark.parametrize(
    "accuracy", [Accuracy.WRONG_RECIPIENT_KNOWN, Accuracy.WRONG_RECIPIENT_UNKNOWN]
)
def test_an_inaccurate_label_breaks_l5(accuracy):
    assert rules_of(label_violations(Label(accuracy=accuracy))) == ("L5",)


def test_an_empty_label_breaks_all_of_them():
    empty = {field.name: False for field in fields(Label) if field.name != "accuracy"}
    label = Label(**empty, accuracy=Accuracy.WRONG_RECIPIENT_UNKNOWN)

    assert rules_of(label_violations(label)) == ("L1", "L2", "L3", "L4", "L5", "L6")


@pytest.mark.parametrize(
    ("accuracy", "draw", "outcome"),
    [
        (Accuracy.ACCURATE, 0.0, LabelOutcome(Fate.GOES_ON)),
        (Accuracy.ACCURATE, 0.999, LabelOutcome(Fate.GOES_ON)),
        (Accuracy.WRONG_RECIPIENT_KNOWN, 0.0, LabelOutcome(Fate.RELABELLED, 150)),
        (Accuracy.WRONG_RECIPIENT_KNOWN, 0.9, LabelOutcome(Fate.RETURNED)),
        (Accuracy.WRONG_RECIPIENT_UNKNOWN, 0.0, LabelOutcome(Fate.DISPOSED)),
        (Accuracy.WRONG_RECIPIENT_UNKNOWN, 0.5, LabelOutcome(Fate.RETURNED)),
    ],
)
def test_a_carrier_relabels_what_it_can_place_and_disposes_of_what_it_cannot(
    accuracy, draw, outcome
):
    assert wrong_label_outcome(Label(accuracy=accuracy), draw) == outcome


def test_shares_and_fee_are_settings():
    terms = PackingTerms(dispose_share=1.0, relabel_share=1.0, relabel_fee_minor=400)
    known = Label(accuracy=Accuracy.WRONG_RECIPIENT_KNOWN)
    unknown = Label(accuracy=Accuracy.WRONG_RECIPIENT_UNKNOWN)

    assert wrong_label_outcome(known, 0.999, terms) == LabelOutcome(Fate.RELABELLED, 400)
    assert wrong_label_outcome(unknown, 0.999, terms) == LabelOutcome(Fate.DISPOSED)
