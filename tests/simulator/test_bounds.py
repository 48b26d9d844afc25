"""A world that holds as much as it may: more is refused, changes nothing, and time goes on."""

import pytest

from simulator import Purchase, World, WorldConfig
from simulator.bounds import Bounds
from simulator.channels.model import ChannelTerms, StockTerms, Transport
from simulator.clock import DAY, HOUR, later
from simulator.demand.buying import Buying
from simulator.demand.model import Cause, Plan
from simulator.demand.rhythms import Burst
from simulator.errors import LimitReached
from simulator.service.model import Kind, Said


def bounded(**bounds):
    return World(WorldConfig(seed=3, bounds=Bounds(**bounds)))


def refuses(world, act, *args, **kwargs):
    """LimitReached, without a fact; the bound that was named."""
    before = world.journal.digest()
    with pytest.raises(LimitReached) as refusal:
        act(*args, **kwargs)
    assert world.journal.digest() == before
    return refusal.value.kind, refusal.value.limit


def test_no_more_orders_are_under_way_than_may_be():
    world = bounded(orders=2)
    for _ in range(2):
        world.buyers.place_order(Purchase())
    assert refuses(world, world.buyers.place_order, Purchase()) == ("orders under way", 2)


def test_orders_that_ended_make_room_but_count_among_all_that_ever_were():
    world = bounded(orders=1, orders_ever=2)
    first = world.buyers.place_order(Purchase())
    assert refuses(world, world.buyers.place_order, Purchase()) == ("orders under way", 1)
    world.buyers.cancel(first.id)

    second = world.buyers.place_order(Purchase())
    world.buyers.cancel(second.id)
    assert refuses(world, world.buyers.place_order, Purchase()) == ("orders", 2)


@pytest.mark.parametrize("bounds", [{"orders": 5}, {"orders_ever": 5}])
def test_a_source_that_meets_a_full_world_ends_and_says_why(bounds):
    world = bounded(**bounds)
    source = world.add_demand(Plan(burst=Burst(50, HOUR)))
    world.advance(later(world.now, DAY))

    assert (source.placed, source.cause) == (5, Cause.FULL)
    assert len(world.registry.orders) == 5


def test_a_source_that_would_open_too_many_warehouses_ends_too():
    world = bounded(warehouses=4)
    buying = Buying(city=(("Chengdu", 1.0),))
    source = world.add_demand(Plan(burst=Burst(5, HOUR), buying=buying))
    world.advance(later(world.now, DAY))
    assert (source.placed, source.cause) == (0, Cause.FULL)


def test_cities_are_warehouses_and_known_ones_stay_open():
    world = bounded(warehouses=5)
    world.buyers.place_order(Purchase(city="Chengdu"))
    wanted = Purchase(city="Wuhan")
    assert refuses(world, world.buyers.place_order, wanted) == ("warehouses", 5)
    world.buyers.place_order(Purchase(city="Chengdu"))


def test_a_buyer_cancels_and_withdraws_only_so_often():
    world = bounded(cancellations_per_order=2)
    order = world.buyers.place_order(Purchase())
    world.advance(later(world.now, 2 * HOUR))
    for _ in range(2):
        world.buyers.cancel(order.id)
        world.buyers.withdraw_cancellation(order.id)
    assert refuses(world, world.buyers.cancel, order.id) == ("cancellations", 2)


def test_a_conversation_has_so_many_messages_but_lives_go_on():
    world = bounded(messages_per_conversation=3)
    order = world.buyers.place_order(Purchase())
    said = Said(Kind.TEXT, "Where is it?")
    world.chats.buyer_writes(order.id, said)
    talk = world.registry.chats.between(order.shop_id, order.buyer_id)
    while len(talk.messages) < 3:
        world.chats.seller_writes(talk.id, said)

    assert refuses(world, world.chats.buyer_writes, order.id, said) == ("messages", 3)
    assert refuses(world, world.chats.seller_writes, talk.id, said) == ("messages", 3)
    world.advance(later(world.now, 30 * DAY))


def test_goods_are_sent_ahead_in_so_many_consignments():
    stock = StockTerms(units={"*": 1})
    bounds = Bounds(consignments=1)
    world = World(WorldConfig(seed=3, channels=ChannelTerms(stock=stock), bounds=bounds))
    sku = next(iter(world.registry.stock.lines[next(iter(world.registry.stock.lines))]))
    world.desk.send_consignment(sku, 5, Transport.AIR)
    assert refuses(world, world.desk.send_consignment, sku, 5) == ("consignments", 1)
