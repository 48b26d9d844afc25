"""What carriers charge: published prices, limits, and what more weight does to a price."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from simulator import World
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.prices import Declined, Quote, quote
from simulator.errors import UnknownName
from tests.thoroughness import examples

SMALL = (100, 100, 10)
EXPRESSES = ("dhl", "ups", "fedex", "tnt")


def freight(carrier, weight_g, to="US", sides=SMALL, **wishes):
    return dict(quote(CARRIERS[carrier], weight_g, sides, to, **wishes).rows)["freight"]


@pytest.mark.parametrize(
    ("to", "kilos_and_prices"),
    [
        ("US", {500: 262, 1_000: 344, 2_000: 508, 5_000: 985}),  # zone 5 of the list
        ("GB", {500: 267, 1_000: 355, 2_000: 531, 5_000: 1_054}),  # zone 6
        ("AU", {500: 344, 1_000: 434, 2_000: 614, 5_000: 1_184}),  # zone 7
    ],
)
def test_dhl_charges_its_list(to, kilos_and_prices):
    charged = {weight: freight("dhl", weight, to) / 100 for weight in kilos_and_prices}

    assert charged == kilos_and_prices


@pytest.mark.parametrize(
    ("weight_g", "yuan"),
    [(30, "8.55"), (31, "8.64"), (80, "13.20"), (81, "12.18"), (250, "24.27"), (500, "55.15")],
)
def test_a_line_charges_as_wish_epc_did(weight_g, yuan):
    assert freight("yunexpress", weight_g) == int(Decimal(yuan) * 100)


def test_26_kg_by_fedex_from_an_agent_are_38_a_kilogram_before_fuel():
    rows = dict(quote(CARRIERS["fedex"], 26_000, SMALL, "US").rows)

    assert (rows["freight"] + rows["discount"]) / 26 == pytest.approx(3_800, abs=1)


def test_expedited_is_15_percent_cheaper_and_slower():
    saver, expedited = (
        quote(CARRIERS["ups"], 3_000, SMALL, "US", service=name) for name in ("saver", "expedited")
    )

    assert dict(expedited.rows)["freight"] == dict(saver.rows)["freight"] * 85 // 100
    assert (saver.transit_days, expedited.transit_days) == ((3, 5), (5, 7))


def test_ems_charges_a_first_half_kilogram_and_further_ones():
    assert [freight("ems", weight) for weight in (1, 500, 501, 1_001)] == [
        18_000,
        18_000,
        25_500,
        33_000,
    ]


@pytest.mark.parametrize(
    ("carrier", "sides", "billable_g"),
    [
        ("dhl", (300, 200, 100), 1_500),  # 1,200 g of volume, by half kilograms
        ("ems", (300, 200, 100), 1_000),
        ("epacket", (300, 200, 100), 100),
        ("yunexpress", (300, 200, 100), 750),
        ("4px", (100, 100, 15), 100),  # 19 g of volume: nothing
    ],
)
def test_the_dearer_of_weight_and_size_is_charged(carrier, sides, billable_g):
    assert quote(CARRIERS[carrier], 100, sides, "US").billable_g == billable_g


def test_some_lines_let_size_pass_up_to_twice_the_weight():
    size = (400, 200, 100)  # a kilogram by volume

    assert quote(CARRIERS["4px"], 500, size, "US").billable_g == 500
    assert quote(CARRIERS["4px"], 499, size, "US").billable_g == 1_000


@pytest.mark.parametrize(
    ("weight_g", "billable_g"),
    [(20_400, 20_500), (20_500, 20_500), (20_501, 21_000), (34_100, 35_000)],
)
def test_from_21_kg_whole_kilograms_are_charged(weight_g, billable_g):
    assert quote(CARRIERS["dhl"], weight_g, SMALL, "US").billable_g == billable_g


@pytest.mark.parametrize(
    ("carrier", "weight_g", "sides", "why"),
    [
        ("epacket", 2_001, SMALL, "too_heavy"),
        ("epacket", 100, (601, 10, 10), "too_long"),
        ("epacket", 100, (600, 200, 101), "too_big"),
        ("dhl", 70_001, SMALL, "too_heavy"),
    ],
)
def test_what_a_carrier_does_not_take(carrier, weight_g, sides, why):
    assert quote(CARRIERS[carrier], weight_g, sides, "US") == Declined(carrier, why)


@pytest.mark.parametrize("sides", [(600, 200, 100), (10, 600, 10)])
def test_what_is_just_small_enough_goes(sides):
    assert isinstance(quote(CARRIERS["epacket"], 2_000, sides, "US"), Quote)


def test_a_carrier_without_a_tariff_to_a_country_does_not_go_there():
    only_us = replace(CARRIERS["ems"], tariffs={"US": CARRIERS["ems"].tariffs["US"]})

    assert quote(only_us, 100, SMALL, "GB") == Declined("ems", "no_such_destination")


def test_a_service_that_a_carrier_does_not_have_has_no_price():
    with pytest.raises(UnknownName):
        quote(CARRIERS["ups"], 100, SMALL, "US", service="same_day")


def test_remote_areas_cost_180_at_least_and_fuel_on_that():
    near, far = (
        quote(CARRIERS["dhl"], 1_000, SMALL, "US", remote=remote) for remote in (False, True)
    )
    heavy = quote(CARRIERS["dhl"], 60_000, SMALL, "US", remote=True)

    assert dict(far.rows)["remote_area"] == 18_000
    assert far.total_minor - near.total_minor == 18_000 * 125 // 100
    assert dict(heavy.rows)["remote_area"] == 60 * 360


def test_a_post_has_no_remote_areas():
    assert [name for name, _ in quote(CARRIERS["ems"], 100, SMALL, "US", remote=True).rows] == [
        "freight"
    ]


WEIGHTS = st.integers(1, 70_000)
SIDES = st.tuples(*[st.integers(1, 600)] * 3)
TARIFFS = st.sampled_from(
    [(carrier, to) for carrier in CARRIERS.values() for to in carrier.tariffs]
)


def bracket_of(tariff, weight_g):
    return sum(weight_g > each.above_g for each in tariff.brackets)


@settings(max_examples=examples(500), deadline=None, derandomize=True)
@given(TARIFFS, WEIGHTS, WEIGHTS)
def test_within_a_bracket_a_price_never_falls_as_the_weight_rises(chosen, one, other):
    carrier, to = chosen
    tariff = carrier.tariffs[to]
    light, heavy = sorted((one, other))
    assume(heavy <= tariff.max_weight_g)
    assume(bracket_of(tariff, light) == bracket_of(tariff, heavy))
    cheap, dear = (quote(carrier, weight, (10, 10, 10), to) for weight in (light, heavy))

    assert cheap.total_minor <= dear.total_minor


def test_between_brackets_it_falls_where_the_published_list_does_and_nowhere_else():
    falls = {
        (carrier.code, bracket.above_g)
        for carrier in CARRIERS.values()
        for to, tariff in carrier.tariffs.items()
        for bracket in tariff.brackets[1:]
        if freight(carrier.code, bracket.above_g, to)
        > freight(carrier.code, bracket.above_g + 1, to)
    }

    assert falls == {("yunexpress", 80), ("4px", 80), ("cainiao", 80)}


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(TARIFFS, WEIGHTS, SIDES, st.booleans())
def test_a_quote_is_the_sum_of_its_rows_and_charges_for_all_the_weight(
    chosen, weight, sides, remote
):
    carrier, to = chosen
    got = quote(carrier, weight, sides, to, remote=remote)
    assume(isinstance(got, Quote))

    assert got.total_minor == sum(part for _, part in got.rows) > 0
    assert got.billable_g >= weight


def fen(yuan):
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(st.integers(1, 40_000))
def test_dhl_to_the_us_by_hand(weight_g):
    """First half kilogram 262, then 82 up to 2 kg and 79.50 from there; by the kilogram from 21."""
    halves = -(-weight_g // 500)
    if weight_g > 20_500:
        halves = 2 * -(-weight_g // 1_000)
    list_price = Decimal(262) + 82 * min(halves - 1, 3) + Decimal("79.5") * max(0, halves - 4)

    assert freight("dhl", weight_g) == fen(list_price)


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(st.integers(1, 5_000))
def test_yunexpress_by_hand(weight_g):
    kilos = Decimal(weight_g) / 1000
    match weight_g:
        case _ if weight_g <= 30:
            price = Decimal("8.55")
        case _ if weight_g <= 80:
            price = Decimal("5.76") + Decimal("92.988") * kilos
        case _ if weight_g <= 250:
            price = Decimal("6.39") + Decimal("71.514") * kilos
        case _:
            price = Decimal("20.709") + Decimal("68.877") * kilos

    assert freight("yunexpress", weight_g) == fen(price)


def test_asking_for_a_price_is_no_event():
    world = World()
    before = world.save()
    quote(world.registry.carrier("jt"), 500, SMALL, "GB")

    assert world.save() == before
