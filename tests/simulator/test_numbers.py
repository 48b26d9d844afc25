import pytest

from simulator.carriers.numbers import (
    NUMBERED,
    could_be_printed,
    dhl_check_digit,
    fedex_check_digit,
    ups_check_digit,
)


def test_the_published_ups_number_checks():
    assert ups_check_digit("12345E660527223") == 4


@pytest.mark.parametrize("number", ["9356579890", "4818240420", "1103733901"])
def test_published_dhl_waybills_check(number):
    assert dhl_check_digit(number[:9]) == int(number[9])


def fedex_by_the_book(body):
    """Weights 3, 1, 7 from the left; what is left of eleven, of which ten counts as nought."""
    total = 0
    for place, digit in enumerate(body):
        total += int(digit) * [3, 1, 7][place % 3]
    return total % 11 % 10


@pytest.mark.parametrize("body", ["77000000001", "98765432109", "00000000000", "12345678901"])
def test_fedex_numbers_check_by_the_book(body):
    assert fedex_by_the_book(body) == fedex_check_digit(body)


def test_ups_labels_check_by_the_book():
    number = NUMBERED["ups"](123)
    values = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in number[2:17]]
    total = sum(values[0::2]) + 2 * sum(values[1::2])

    assert int(number[17]) == -total % 10


def test_fedex_labels_check_by_the_book():
    number = NUMBERED["fedex"](123)

    assert (len(number), int(number[11])) == (12, fedex_by_the_book(number[:11]))


def test_dhl_labels_check_by_the_book():
    number = NUMBERED["dhl"](123)

    assert (len(number), int(number[9])) == (10, int(number[:9]) % 7)


@pytest.mark.parametrize("carrier", NUMBERED)
def test_labels_are_all_different_and_could_be_printed(carrier):
    numbers = [NUMBERED[carrier](nth) for nth in range(1, 300)]

    assert len(set(numbers)) == 299
    assert all(map(could_be_printed, numbers))


@pytest.mark.parametrize("number", ["A1234", "JT-5000-1", "x" * 50])
def test_such_a_number_could_be_printed(number):
    assert could_be_printed(number)


@pytest.mark.parametrize(
    "number", ["", "A123", "x" * 51, "-A1234", "A1234 ", "A12\n34", "A1234\n", "数字数字数字"]
)
def test_such_a_number_could_not(number):
    assert not could_be_printed(number)
