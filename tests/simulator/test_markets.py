"""What each market sets, and that its numbers belong together."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from simulator import Mode, Purchase, World, WorldConfig, market_named
from simulator.carriers.abroad import YARDS
from simulator.carriers.routes import COUNTRIES
from simulator.catalog import SHELF
from simulator.channels.model import ChannelTerms, StockTerms
from simulator.clock import DAY, HOUR, later
from simulator.market import MARKETS
from simulator.market.page import ways_table, with_table
from simulator.market.ways import Ways
from simulator.places import TIMEZONES
from simulator.plain import from_plain, to_plain

PAGE = Path(__file__).parents[2] / "docs" / "markets.md"
LIMITED = ["us", "uk", "sea", "eu", "br", "mx", "jp"]
NEW = ["eu", "br", "mx", "jp"]


def test_the_house_rules_keep_their_numbers():
    standard = market_named("standard")

    assert (standard.ready_within, standard.pick_up_within) == (72 * HOUR, 48 * HOUR)
    assert (standard.ship_within, standard.mark_within) == (120 * HOUR, 120 * HOUR)
    assert standard.shipping_due is standard.collection_due is standard.penalties is None


@pytest.mark.parametrize(
    ("market", "held", "region", "currency"),
    [
        ("standard", True, "GB", "GBP"),
        ("us", True, "US", "USD"),
        ("uk", True, "GB", "GBP"),
        ("sea", False, "VN", "VND"),
        ("eu", False, "DE", "EUR"),
        ("br", False, "BR", "BRL"),
        ("mx", False, "MX", "MXN"),
        ("jp", False, "JP", "JPY"),
    ],
)
def test_a_markets_shops_sell_to_its_region_in_its_currency(world, place, held, region, currency):
    order = place()

    assert order.has_hold is held
    assert order.status == ("ON_HOLD" if held else "AWAITING_SHIPMENT")
    assert order.address.region == region == next(iter(world.registry.shops.values())).region
    assert world.registry.market.currency == currency


@pytest.mark.parametrize("market", ["sea"])
def test_where_money_has_no_minor_units_prices_are_whole_and_higher(world, place):
    order = place(sku_ids=(SHELF[0].id,))

    assert world.registry.market.minor_digits == 0
    assert order.goods_minor == SHELF[0].price_minor * 300
    assert order.total_minor == order.goods_minor + 30_000


@pytest.mark.parametrize("name", MARKETS)
def test_a_world_of_every_market_is_restored_with_it(name):
    config = WorldConfig(market=market_named(name))
    saved = json.loads(json.dumps(to_plain(config)))

    assert from_plain(WorldConfig, saved) == config
    assert World.restore(World(config).save()).registry.market == config.market


@pytest.mark.parametrize("name", LIMITED)
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("wait", range(0, 14 * DAY, 29 * HOUR + 11))
def test_limits_follow_deadlines_and_each_other(name, mode, wait):
    """The seller is late before the platform cancels, whenever the order comes."""
    world = World(WorldConfig(market=market_named(name), starts_at=WorldConfig().starts_at + wait))
    order = world.buyers.place_order(Purchase(mode=mode))

    assert world.now < order.ready_by <= order.ship_by
    assert order.ship_by < order.shipping_due < order.collection_due < order.delivery_due
    assert not order.deliver_by or order.ship_by < order.deliver_by < order.delivery_due


def test_the_house_rules_set_no_limits(place):
    order = place()

    assert (order.ready_by, order.ship_by) == (
        order.placed_at + 72 * HOUR,
        order.placed_at + 5 * DAY,
    )
    assert order.shipping_due == order.collection_due == order.delivery_due == order.deliver_by == 0


def test_an_unpaid_order_has_no_deadlines_yet(world, place):
    order = place(paid=False)
    assert (order.ready_by, order.ship_by) == (0, 0)

    world.buyers.pay(order.id)

    assert order.ready_by


@pytest.mark.parametrize("name", NEW)
def test_goods_travel_to_every_market_and_arrive(name):
    """From home by either mode, and from the shop's warehouse there."""
    terms = ChannelTerms(stock=StockTerms(units={"*": 5}))
    world = World(WorldConfig(market=market_named(name), channels=terms))
    wishes = [Purchase(mode=mode, behaviour="prompt") for mode in Mode]
    wishes.append(Purchase(behaviour="prompt", channel="overseas"))
    orders = [world.buyers.place_order(wish) for wish in wishes]
    world.advance(later(world.now, 60 * DAY))

    region = world.registry.market.region
    (country,) = [each for each in COUNTRIES if each.code == region]
    assert {order.status for order in orders} == {"COMPLETED"}
    for order in orders:
        (parcel,) = world.registry.parcels_of(order)
        assert parcel.scans[-1].timezone == country.timezone == TIMEZONES[region]
        assert country.hub in [scan.place for scan in parcel.scans]
        assert parcel.scans[-1].place == order.address.city
    assert orders[2].city == YARDS[region].city


def test_japanese_money_has_no_decimals_and_goes_to_the_seller_whole():
    world = World(WorldConfig(market=market_named("jp")))
    order = world.buyers.place_order(Purchase(behaviour="prompt", sku_ids=(SHELF[0].id,)))
    world.advance(later(world.now, 60 * DAY))

    assert world.registry.market.minor_digits == 0
    assert order.total_minor == SHELF[0].price_minor * 2 + 500
    assert world.settlement(order.id).payout_minor == order.total_minor


def test_the_pages_table_of_ways_is_up_to_date():
    text = PAGE.read_text(encoding="utf-8")

    assert text == with_table(text), "write it anew: see simulator/market/page.py"
    assert all(f"`{way.name}`" in ways_table() for way in fields(Ways))
    assert all(f"`{market}`" in text for market in MARKETS)
