"""Buyers' addresses: each in the postal form of its country, whatever the pool draws."""

import re

import pytest

from simulator.errors import UnknownName
from simulator.people import POOL, people
from simulator.places import COUNTRIES, TIMEZONES

POSTAL_CODES = {
    "GB": r"[A-Z]{1,2}\d{1,2} \d[A-Z]{2}",
    "US": r"\d{5}",
    "TH": r"[1-9]\d{4}",
    "VN": r"\d{5}",
    "ID": r"[1-9]\d{4}",
    "MY": r"\d{5}",
    "PH": r"\d{4}",
    "SG": r"\d{6}",
    "DE": r"\d{5}",
    "BR": r"\d{5}-\d{3}",
    "MX": r"\d{5}",
    "JP": r"\d{3}-\d{4}",
}
PHONES = {
    "GB": r"\+44 7700 900\d{3}",
    "US": r"\+1 [2-9]\d\d 555 01\d\d",
    "TH": r"\+66 [689]\d \d{3} \d{4}",
    "VN": r"\+84 [35789]\d \d{3} \d{4}",
    "ID": r"\+62 8\d\d \d{4} \d{4}",
    "MY": r"\+60 1\d \d{3} \d{4}",
    "PH": r"\+63 9\d\d \d{3} \d{4}",
    "SG": r"\+65 [89]\d{3} \d{4}",
    "DE": r"\+49 30 23125\d{3}",
    "BR": r"\+55 11 9\d{4} \d{4}",
    "MX": r"\+52 55 \d{4} \d{4}",
    "JP": r"\+81 90 \d{4} \d{4}",
}

LOCALES = pytest.mark.parametrize("locale", COUNTRIES)


@LOCALES
def test_every_postal_code_is_one_of_its_country(locale):
    country = COUNTRIES[locale]
    for each in people(locale):
        assert re.fullmatch(country.postal_code, each.postal_code), each
        assert re.fullmatch(POSTAL_CODES[each.region], each.postal_code), each


@LOCALES
def test_every_telephone_number_is_one_of_its_country(locale):
    for each in people(locale):
        assert re.fullmatch(PHONES[each.region], each.phone), each


@LOCALES
def test_towns_and_postal_codes_belong_together(locale):
    leading = {}
    for town in COUNTRIES[locale].towns:
        leading.setdefault(town.name, []).append(re.split("[#%?]", town.postal_code)[0])
    for each in people(locale):
        name = each.city if each.region != "SG" else re.match(r"Blk \d+ (.+) Avenue", each.line1)[1]
        assert each.postal_code.startswith(tuple(leading[name])), each


@LOCALES
def test_an_address_is_whole_and_on_one_line(locale):
    for each in people(locale):
        assert all((each.name, each.phone, each.line1, each.city, each.postal_code))
        assert each.region == COUNTRIES[locale].region
        assert "\n" not in each.full


@LOCALES
def test_a_pool_is_a_crowd(locale):
    pool = people(locale)

    assert len(pool) == POOL
    assert len({each.full for each in pool}) > POOL * 0.9
    assert len({each.name for each in pool}) > POOL * 0.9
    assert len({each.phone for each in pool}) > POOL * 0.7


def test_american_mail_names_the_state():
    one = people("en_US")[0]

    assert one.full == f"{one.line1}, {one.city}, {one.state} {one.postal_code}, US"


def test_a_japanese_name_says_how_it_is_read():
    for each in people("ja_JP"):
        assert re.fullmatch(r"[ァ-ヶー]+ [ァ-ヶー]+", each.reading), each
        assert len(each.name.split()) == 2
    assert not people("de_DE")[0].reading


def test_every_country_has_a_local_time():
    assert {country.region for country in COUNTRIES.values()} == set(TIMEZONES)


def test_an_unknown_locale_is_told_with_those_that_there_are():
    with pytest.raises(UnknownName) as refusal:
        people("xx_XX")

    assert str(refusal.value).startswith("no locale 'xx_XX'; known are en_GB, en_US, th_TH")
