import pytest

from simulator.carriers.numbers import (
    ACCEPTED_AS_THEY_ARE,
    NUMBERED,
    checks,
    could_be_printed,
    dhl_check_digit,
    fedex_check_digit,
    s10_check_digit,
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


@pytest.mark.parametrize(
    ("body", "digit"),
    [("12345678", 5), ("47312482", 9), ("00000001", 4), ("10000000", 3), ("22345678", 8)],
)
def test_postal_numbers_check_and_tnts_like_them(body, digit):
    assert s10_check_digit(body) == digit


@pytest.mark.parametrize(
    ("carrier", "number"),
    [
        ("ups", "1Z12345E6605272234"),
        ("ups", "1ZCIETST0111111114"),
        ("ups", "1ZCIETST0422222228"),
        ("fedex", "797615467620"),
        ("fedex", "581190049992"),
        ("fedex", "449044304137821"),  # fifteen digits: Ground
        ("fedex", "020207021381215"),
        ("dhl", "9356579890"),
        ("tnt", "123456785"),
        ("tnt", "GD123456785WW"),
        ("ems", "EE123456785CN"),
        ("epacket", "LK100000003CN"),
        ("yunexpress", "YT2233621266010029"),
        ("jt", "JEG000000000001"),
        ("jt", "600000000001"),
        ("4px", "4PX3000000000001CN"),
        ("cainiao", "LP12345678901234567"),
    ],
)
def test_published_numbers_check(carrier, number):
    assert checks(carrier, number)


@pytest.mark.parametrize(
    ("carrier", "number"),
    [
        ("ups", "1Z12345E6605272235"),
        ("fedex", "797615467621"),
        ("fedex", "449044304137822"),
        ("dhl", "9356579891"),
        ("tnt", "123456786"),
        ("tnt", "GD123456786WW"),
        ("ems", "EE123456786CN"),
        ("ems", "LK100000003CN"),
        ("epacket", "LK100000004CN"),
        ("epacket", "LK100000003GB"),
        ("yunexpress", "YT223362126601002"),
        ("yunexpress", "LE339614462CN"),
        ("jt", "JT12"),
        ("4px", "4PX3000000000001"),
        ("cainiao", "LP1234567890123"),
        ("dhl", "٩٣٥٦٥٧٩٨٩٠"),
        ("dhl", "9356579890\n"),
        ("ups", ""),
    ],
)
def test_a_wrong_digit_or_form_does_not(carrier, number):
    assert not checks(carrier, number)


ACCEPTED = [
    (carrier, number)
    for carrier in ACCEPTED_AS_THEY_ARE
    for number in sorted(ACCEPTED_AS_THEY_ARE[carrier])
]


@pytest.mark.parametrize(("carrier", "number"), ACCEPTED)
def test_test_numbers_that_break_their_carriers_rule_are_let_pass(carrier, number, monkeypatch):
    assert checks(carrier, number)

    monkeypatch.setitem(ACCEPTED_AS_THEY_ARE, carrier, frozenset())
    assert not checks(carrier, number)


def test_the_wrong_digit_of_yunexpress_is_not_put_right():
    assert s10_check_digit("33961446") == 7
    assert checks("yunexpress", "LE339614461CN")
    assert checks("yunexpress", "LE339614467CN")
    assert not checks("yunexpress", "LE339614468CN")


@pytest.mark.parametrize("carrier", NUMBERED)
def test_what_a_carrier_prints_checks(carrier):
    assert all(checks(carrier, NUMBERED[carrier](nth)) for nth in (1, 2, 77, 12_345, 999_999))


@pytest.mark.parametrize("carrier", ["ups", "fedex", "dhl", "tnt", "ems", "epacket"])
def test_a_single_wrong_digit_is_found_nearly_always(carrier):
    """Not always: DHL's, modulo seven, cannot tell a seven from a nought."""
    number = NUMBERED[carrier](4_711)
    wrong = [
        f"{number[:place]}{digit}{number[place + 1 :]}"
        for place, printed in enumerate(number)
        for digit in "0123456789"
        if printed.isdigit() and digit != printed
    ]
    found = [not checks(carrier, each) for each in wrong]

    assert sum(found) >= 0.7 * len(found)


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
