"""What shops offer: on sale or not, at what price, and never more than is there."""

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from simulator import World
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Plan
from simulator.demand.rhythms import Steady
from simulator.errors import NotForSale, OutOfStock, WrongStatus
from simulator.facts import ListingMoved, PriceChanged, StockOut
from simulator.orders.model import Status
from simulator.orders.purchase import Purchase
from tests.thoroughness import examples

MUG = next(sku for sku in SHELF if sku.product == "Ceramic Mug")


@pytest.fixture
def world():
    return World()


@pytest.fixture
def shop(world):
    return next(iter(world.registry.shops.values()))


@pytest.fixture
def home(world, shop):
    """The warehouse in Shenzhen."""
    return next(each for each in world.registry.warehouses_of(shop.id) if each.city == "Shenzhen")


def bought(world, *sku_ids):
    return world.buyers.place_order(Purchase(sku_ids=sku_ids or (MUG.id,)))


def heard(world, kind):
    found = []
    world.journal.subscribe(
        lambda _seq, _at, fact: found.append(fact) if isinstance(fact, kind) else None
    )
    return found


def test_orders_pay_the_price_of_their_checkout(world, shop):
    before = bought(world)
    said = heard(world, PriceChanged)
    world.shopkeepers.set_prices(shop.id, {MUG.id: 1_234})
    after = bought(world)

    assert [order.goods_minor for order in (before, after)] == [MUG.price_minor, 1_234]
    assert [fact.price_minor for fact in said] == [1_234]


def test_what_is_off_sale_is_not_bought_and_not_drawn(world, shop):
    world.shopkeepers.deactivate(shop.id, MUG.product_id)
    with pytest.raises(NotForSale):
        bought(world)
    drawn = [world.buyers.place_order(Purchase()) for _ in range(60)]

    assert MUG.product_id not in {
        next(sku.product_id for sku in SHELF if sku.id == item.sku_id)
        for order in drawn
        for item in order.items
    }
    world.shopkeepers.activate(shop.id, MUG.product_id)
    assert bought(world).items


def test_the_seller_cannot_put_back_what_the_platform_took_down(world, shop):
    said = heard(world, ListingMoved)
    world.shopkeepers.take_down(shop.id, MUG.product_id)
    with pytest.raises(WrongStatus):
        world.shopkeepers.activate(shop.id, MUG.product_id)
    world.shopkeepers.let_sell(shop.id, MUG.product_id)
    world.shopkeepers.activate(shop.id, MUG.product_id)

    assert [fact.status for fact in said] == ["PLATFORM_DEACTIVATED", "ACTIVATE"]


def test_nothing_is_sold_that_is_not_there(world, shop, home):
    world.shopkeepers.count(shop.id, MUG.id, {home.id: 2})
    bought(world)
    bought(world)
    with pytest.raises(OutOfStock):
        bought(world)
    earbuds = SHELF[0].id
    assert bought(world, earbuds), "what is not counted is always there"


def test_a_cancelled_orders_goods_are_for_sale_again_and_a_collected_ones_are_gone(
    world, shop, home
):
    world.shopkeepers.count(shop.id, MUG.id, {home.id: 2})
    leaves, stays = bought(world), bought(world)
    line = world.registry.stock.line(home.id, MUG.id)
    world.buyers.cancel(stays.id)
    assert (line.on_hand, line.reserved) == (2, 1)
    world.advance(later(world.now, HOUR))
    world.sellers.ready_to_ship(leaves.id)
    world.advance(later(world.now, 2 * DAY))

    assert leaves.status is not Status.AWAITING_COLLECTION
    assert (line.on_hand, line.reserved) == (1, 0)


def test_counting_leaves_what_is_set_aside_alone(world, shop, home):
    world.shopkeepers.count(shop.id, MUG.id, {home.id: 5})
    bought(world)
    world.shopkeepers.count(shop.id, MUG.id, {home.id: 1})
    line = world.registry.stock.line(home.id, MUG.id)

    assert (line.free, line.reserved, line.on_hand) == (1, 1, 2)


@pytest.mark.parametrize("how", ["out of stock", "off sale"])
def test_a_sources_buyers_go_away_with_nothing(world, shop, home, how):
    said = heard(world, StockOut)
    if how == "off sale":
        world.shopkeepers.deactivate(shop.id, MUG.product_id)
    else:
        world.shopkeepers.count(shop.id, MUG.id, {home.id: 3})
    world.add_demand(Plan(steady=Steady(10), count=10, buying=Buying(items=(MUG.id,))))
    world.advance(later(world.now, DAY))
    placed = len(world.registry.orders)

    assert placed == (0 if how == "off sale" else 3)
    assert len(said) == 10 - placed
    assert {fact.instead for fact in said} == {"lost"}


class Counting(RuleBasedStateMachine):
    """The oracle: what the seller last said, less what was bought since and is not given back."""

    def __init__(self):
        super().__init__()
        self.world = World()
        self.shop = next(iter(self.world.registry.shops))
        homes = self.world.registry.warehouses_of(self.shop)
        self.home = next(each.id for each in homes if each.city == "Shenzhen")
        self.orders = {}
        self.count(3)

    @rule(units=st.integers(0, 4))
    def count(self, units):
        self.world.shopkeepers.count(self.shop, MUG.id, {self.home: units})
        self.free = units

    @rule(units=st.integers(1, 3))
    def buy(self, units):
        if units > self.free:
            with pytest.raises(OutOfStock):
                bought(self.world, *[MUG.id] * units)
            return
        self.orders[bought(self.world, *[MUG.id] * units).id] = units
        self.free -= units

    @rule(nth=st.integers(0, 5))
    def cancel(self, nth):
        for order_id in list(self.orders)[nth : nth + 1]:
            if self.world.order(order_id).status in (Status.UNPAID, Status.ON_HOLD):
                self.world.buyers.cancel(order_id)
                self.free += self.orders.pop(order_id)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours):
        self.world.advance(later(self.world.now, hours * HOUR))

    @rule()
    def save(self):
        self.world = World.restore(json.loads(json.dumps(self.world.save())))

    @invariant()
    def it_adds_up(self):
        line = self.world.registry.stock.line(self.home, MUG.id)
        assert (line.free, line.reserved) == (self.free, sum(self.orders.values()))


TestCounting = Counting.TestCase
TestCounting.settings = settings(max_examples=examples(20), stateful_step_count=12, deadline=None)
