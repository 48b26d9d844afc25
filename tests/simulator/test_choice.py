"""Quotes side by side (X1, X5), and the rule that chooses a carrier by them (X4)."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from simulator import Mode, Purchase, World, WorldConfig, facts, market_named
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.prices import Quote, quote
from simulator.catalog import SHELF, sku_with
from simulator.channels.model import ChannelTerms, ChoiceTerms, StockTerms
from simulator.channels.quotes import Lane, Load, Subsidy, fastest_first, load_of, offers
from simulator.clock import DAY, HOUR, later
from simulator.errors import UnknownName
from tests.thoroughness import examples

CASE, MAT, CARDIGAN = SHELF[8], SHELF[6], SHELF[10]
SMALL = Load(380, (120, 120, 110))
NONE = Subsidy("jt", 0)


def found(load=SMALL, lane=None, subsidy=NONE):
    return offers(CARRIERS, load, lane or Lane("Shenzhen", "GB"), subsidy)


def booked(rule, *skus, city="Shenzhen", **more):
    """Who is booked for a basket of these by a world with that rule."""
    world = World(WorldConfig(carrier_rule=rule, **more))
    order = world.buyers.place_order(
        Purchase(mode=Mode.SELLER, city=city, sku_ids=tuple(s.id for s in skus), behaviour="prompt")
    )
    world.advance(later(world.now, 2 * DAY))
    parcel = world.parcel(order.parcel_ids[0])
    return parcel.carrier, parcel.service


def test_every_service_of_every_carrier_is_there():
    assert sorted((offer.carrier, offer.service) for offer in found()) == sorted(
        (carrier.code, service.code)
        for carrier in CARRIERS.values()
        for service in carrier.services
    )


def test_what_cannot_be_had_says_why_and_comes_last():
    got = found(Load(3_000, (650, 200, 200)))
    possible = [offer for offer in got if offer.quote]

    assert got[: len(possible)] == possible
    assert {offer.carrier: str(offer.why) for offer in got[len(possible) :]} == {
        "epacket": "too_heavy",
        "yunexpress": "too_long",
        "4px": "too_long",
        "cainiao": "too_long",
    }


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(
    st.integers(1, 40_000),
    st.tuples(*[st.integers(1, 900)] * 3),
    st.sampled_from(["GB", "US", "VN", "BR"]),
    st.integers(0, 100),
)
def test_offers_are_the_carriers_own_quotes_cheapest_for_the_seller_first(
    weight, sides, region, percent
):
    got = found(Load(weight, sides), Lane("Shenzhen", region), Subsidy("jt", percent))
    possible = [offer for offer in got if offer.quote]

    for offer in got:
        said = quote(CARRIERS[offer.carrier], weight, sides, region, service=offer.service)
        assert offer.quote == (said if isinstance(said, Quote) else None)
        assert (offer.quote is None) is (offer.why is not None)
    paid = [
        offer.quote.total_minor
        - (offer.quote.total_minor * percent // 100 if offer.carrier == "jt" else 0)
        for offer in possible
    ]
    assert paid == sorted(offer.to_pay_minor for offer in possible) == sorted(paid)


def test_the_fastest_is_the_one_that_takes_longest_the_shortest():
    assert {offer.transit_days for offer in fastest_first(found())[:3]} == {(3, 5)}


def test_the_platform_adds_to_its_own_carriers_price():
    (plain,) = [offer for offer in found() if offer.carrier == "jt"]
    (helped,) = [offer for offer in found(subsidy=Subsidy("jt", 40)) if offer.carrier == "jt"]

    assert helped.quote == plain.quote, "the price is shown as it is"
    assert helped.subsidy_minor == plain.quote.total_minor * 40 // 100
    assert helped.to_pay_minor == plain.quote.total_minor - helped.subsidy_minor
    others = [offer for offer in found(subsidy=Subsidy("jt", 40)) if offer.carrier != "jt"]
    assert not any(offer.subsidy_minor for offer in others)


def test_from_a_warehouse_abroad_only_those_at_home_there_quote():
    got = found(lane=Lane("Daventry", "GB"))

    assert {offer.carrier for offer in got if offer.quote} == {"jt", "ups", "fedex", "dhl"}
    assert {str(offer.why) for offer in got if not offer.quote} == {"not_from_there"}
    home = {(o.carrier, o.service): o.to_pay_minor for o in found() if o.quote}
    for offer in got:
        assert not offer.quote or offer.to_pay_minor < home[offer.carrier, offer.service]
        assert offer.transit_days == (1, 4)


def test_it_says_who_comes_to_the_door():
    collects = {offer.carrier: offer.collects for offer in found(lane=Lane("Yiwu", "GB"))}

    assert [code for code, comes in collects.items() if not comes] == ["jt"]


def test_goods_are_laid_one_on_the_other():
    load = load_of([CASE, CASE, MAT])

    assert load == Load(
        60 + 60 + 1_100,
        (620, 170, 130),
    )


# The rules.


@pytest.mark.parametrize("skus", [(CASE,), (MAT, CARDIGAN)])
def test_by_the_market_it_is_the_markets_carrier_whatever_it_costs(skus):
    assert booked("market", *skus) == ("ups", "saver")


@pytest.mark.parametrize(
    ("skus", "carriers"),
    [
        ((CASE,), {"epacket"}),  # 6.49, 60 g
        ((CARDIGAN,), {"dhl", "ups", "fedex", "tnt", "ems"}),  # 34.99
        ((CASE, CASE, CASE, CASE, CASE), {"dhl", "ups", "fedex", "tnt", "ems"}),  # 32.45 together
        ((SHELF[4], SHELF[4], SHELF[4]), {"epacket"}),  # 26.97, 1140 g
    ],
)
def test_by_value_dear_goods_go_by_expresses_or_ems_and_light_ones_by_epacket(skus, carriers):
    assert booked("by_value", *skus)[0] in carriers


def test_by_value_what_is_too_heavy_for_epacket_goes_by_a_line():
    heavy = ChoiceTerms(dear_from_minor=100_000, light_to_g=50)

    assert booked("by_value", CASE, channels=ChannelTerms(choice=heavy))[0] == "cainiao"


def test_by_value_what_nobody_named_takes_goes_by_the_cheapest_that_does():
    terms = ChannelTerms(choice=ChoiceTerms(dear_from_minor=100_000))
    carrier, _ = booked("by_value", MAT, channels=terms)  # 62 cm: too long for lines and ePacket

    assert carrier in {"ups", "fedex", "dhl", "tnt", "ems"}


@pytest.mark.parametrize("sku", SHELF, ids=lambda sku: sku.seller_sku)
def test_the_cheapest_is_the_first_offer_that_is_not_the_platforms(sku):
    first, *_ = [offer for offer in found(load_of([sku])) if offer.carrier != "jt"]

    assert booked("cheapest", sku) == (first.carrier, first.service)


def test_the_fastest_takes_three_to_five_days():
    carrier, service = booked("fastest", CASE)

    assert CARRIERS[carrier].service(service).transit == (3, 5)


def test_a_carriers_code_is_a_rule():
    assert booked("tnt", CASE)[0] == "tnt"
    assert booked("epacket", MAT)[0] == "ups", "it does not take it: the market's usual one does"


def test_the_platforms_carrier_is_chosen_by_its_name_only():
    assert booked("jt", CASE)[0] == "jt"
    assert booked("jt", CASE, city="Yiwu")[0] == "ups", "there it does not collect"


def test_goods_abroad_are_posted_by_whom_the_rule_finds_there():
    world = World(
        WorldConfig(
            carrier_rule="by_value", channels=ChannelTerms(stock=StockTerms(units={"*": 3}))
        )
    )
    order = world.buyers.place_order(
        Purchase(mode=Mode.SELLER, channel="overseas", sku_ids=(CASE.id,), behaviour="prompt")
    )
    world.advance(later(world.now, 2 * DAY))

    assert world.parcel(order.parcel_ids[0]).carrier in {"ups", "fedex", "dhl"}


def test_thresholds_are_in_the_shelfs_prices_whatever_the_currency():
    assert booked("by_value", CASE, market=market_named("sea"))[0] == "epacket"


def test_an_unknown_rule_is_told_with_those_that_there_are():
    with pytest.raises(UnknownName, match="known are market, cheapest, fastest, by_value, jt"):
        World(WorldConfig(carrier_rule="dice"))


# A pair of worlds that differ in nothing but the rule.

TOLD_ALIKE = (facts.OrderPlaced, facts.OrderPaid, facts.OrderReleased, facts.ParcelCreated)


def story(rule, skus):
    """Each order's facts, of its own second."""
    world = World(WorldConfig(carrier_rule=rule))
    told = {}
    world.journal.subscribe(
        lambda _seq, at, fact: (
            told.setdefault(fact.order_id, []).append((at, fact))
            if isinstance(fact, facts.OrderFact)
            else None
        )
    )
    for nth, sku in enumerate(skus):
        mode = (Mode.SELLER, Mode.PLATFORM)[nth % 2]
        world.buyers.place_order(Purchase(mode=mode, sku_ids=(sku,), behaviour="prompt"))
        world.advance(later(world.now, HOUR))
    world.advance(later(world.now, 40 * DAY))
    return world, list(told.values())


@settings(max_examples=examples(15), deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([sku.id for sku in SHELF]), min_size=2, max_size=6),
    st.sampled_from(["cheapest", "fastest", "by_value", "tnt"]),
)
def test_another_rule_changes_bookings_and_what_follows_from_them_and_nothing_else(skus, rule):
    _, usual = story("market", skus)
    world, other = story(rule, skus)

    for one, same in zip(usual, other, strict=True):
        before = [entry for entry in one if isinstance(entry[1], TOLD_ALIKE)]
        assert [entry for entry in same if isinstance(entry[1], TOLD_ALIKE)] == before
        if world.order(one[0][1].order_id).ships_from_platform:
            assert same == one
        booked_at = [at for at, fact in one if isinstance(fact, facts.ParcelBooked)]
        assert [at for at, fact in same if isinstance(fact, facts.ParcelBooked)] == booked_at


def test_the_pair_does_differ():
    _, usual = story("market", [CASE.id, CASE.id])
    _, other = story("cheapest", [CASE.id, CASE.id])
    bills = [
        [fact.amount_minor for _, fact in order if isinstance(fact, facts.FreightCharged)]
        for order in (*usual, *other)
    ]

    assert bills[0] > bills[2]
    assert bills[1] == bills[3]


def test_a_settings_change_is_a_change_of_quotes():
    cheap = replace(CARRIERS["tnt"], tariffs=CARRIERS["epacket"].tariffs)
    got = offers(CARRIERS | {"tnt": cheap}, SMALL, Lane("Shenzhen", "GB"), NONE)

    assert [o.quote.total_minor for o in got if o.carrier == "tnt"][1] == quote(
        cheap, 380, SMALL.sides_mm, "GB"
    ).total_minor


def test_skus_have_what_quotes_need():
    assert all(min(sku_with(sku.id).sides_mm) > 0 < sku.weight_g for sku in SHELF)
