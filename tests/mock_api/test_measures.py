"""Weights and sides of requests become whole grams and millimetres."""

from decimal import Decimal

import pytest

from mock_api.kernel.measures import (
    G_PER_KG,
    G_PER_LB,
    MM_PER_CM,
    NoMeasure,
    nearest,
    number,
    rounded_up,
)


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        (1.1 * G_PER_KG, 1100),  # a float that is a hair above
        (0.5 * G_PER_LB, 227),
        (Decimal("2.01") * MM_PER_CM, 21),
        (0.0000001, 1),
        (Decimal(0), 1),
    ],
)
def test_every_gram_begun_counts_and_noise_does_not(amount, whole):
    assert rounded_up(amount) == whole


def test_the_nearest_whole_one_is_never_none():
    assert [nearest(each) for each in (0.2, 1.4, 1.6)] == [1, 1, 2]


def test_nothing_said_is_nought():
    assert number("") == 0


@pytest.mark.parametrize("text", ["much", "-1", "NaN", "Infinity", "1000001"])
def test_what_cannot_be_is_no_measure(text):
    with pytest.raises(NoMeasure):
        number(text)
