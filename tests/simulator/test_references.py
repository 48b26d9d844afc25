"""What orders are called in their sellers' own systems."""

import json

import pytest

from simulator import Purchase, World
from simulator.errors import NotFound
from simulator.orders.references import ExternalLine, ExternalOrder, System

SHOP, ERP = System.SHOPIFY, System.ERP_SYSTEM


@pytest.fixture
def orders(world):
    return [world.buyers.place_order(Purchase()) for _ in range(2)]


def told(order, system, called, *items):
    lines = tuple(ExternalLine(f"L-{item.id}", item.id) for item in items)
    return ExternalOrder(order.id, system, called, lines)


def test_an_order_has_a_name_in_each_system_and_the_newest_counts(world, orders):
    first, second = orders
    for each in (
        told(first, SHOP, "A", *first.items),
        told(first, ERP, "77"),
        told(second, SHOP, "A"),
        told(second, SHOP, "B"),
    ):
        world.sellers.refer(each)
    known = world.registry.references

    assert known.of(first.id, SHOP).lines[0].item_id == first.items[0].id
    assert known.of(first.id, ERP).id == "77"
    assert [each.order_id for each in known.called(SHOP, "A")] == [first.id]
    assert [each.order_id for each in known.called(SHOP, "B")] == [second.id]
    assert known.called(ERP, "A") == []


def test_several_orders_may_be_one_elsewhere_and_stay_so_when_restored(world, orders):
    for order in orders:
        world.sellers.refer(told(order, SHOP, "A", *order.items))
    again = World.restore(json.loads(json.dumps(world.save())))

    for each in (world, again):
        found = each.registry.references.called(SHOP, "A")
        assert [row.order_id for row in found] == [order.id for order in orders]


def test_what_is_told_of_nothing_is_refused_and_leaves_no_fact(world, orders):
    first, second = orders
    before = world.journal.digest()
    for wrong in (
        told(first, SHOP, "A", *second.items),
        ExternalOrder("1", SHOP, "A", ()),
    ):
        with pytest.raises(NotFound):
            world.sellers.refer(wrong)

    assert world.journal.digest() == before
    assert world.registry.references.called(SHOP, "A") == []
