"""However an order's line items are shipped, all at once or some by some: its status says which are
shipped, every one is shipped once, and a world picked up anywhere goes on as if never stopped.

The oracle keeps a set of shipped items, from what commands gave back.
"""

from functools import partial

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from simulator import DomainError, Mode, Purchase, World, WorldConfig, market_named
from simulator.clock import DAY, HOUR, later
from tests.thoroughness import examples

SKUS = ("172900004000031676", "172900005000039595", "172900008000063352")
TO_SHIP = ("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING")


class PartsMachine(RuleBasedStateMachine):
    orders = Bundle("orders")
    market = "us"

    def __init__(self):
        super().__init__()
        self.world = World(WorldConfig(market=market_named(self.market)))
        self.shipped = {}
        """By order, the line items that were shipped."""

    @rule(
        target=orders,
        mode=st.sampled_from(Mode),
        units=st.integers(1, 3),
        behaviour=st.sampled_from(["", "", "", "prompt", "hasty"]),
        buyer=st.sampled_from(["", "ann"]),
    )
    def place(self, mode, units, behaviour, buyer):
        wanted = Purchase(mode=mode, sku_ids=SKUS[:units], behaviour=behaviour, buyer=buyer)
        order = self.world.buyers.place_order(wanted)
        if not behaviour:
            self.shipped[order.id] = set()
        self.wait(HOUR)
        return order.id

    @rule(order_id=orders, first=st.integers(0, 2), count=st.integers(0, 3))
    def ship(self, order_id, first, count):
        order, sellers = self.world.order(order_id), self.world.sellers
        item_ids = [item.id for item in order.items][first : first + count]
        wished = order.cancellation_pending
        if order.mode is Mode.PLATFORM:
            ship = partial(sellers.ready_to_ship, order_id, item_ids=item_ids)
        else:
            number = f"OWN-{first}-{count}-{order_id}"
            ship = partial(sellers.mark_shipped, order_id, "ups", number, item_ids)
        made = self.try_to(ship)
        if not made or order_id not in self.shipped:
            return
        assert not wished or self.market == "us", "elsewhere the buyer's wish stands in the way"
        assert not order.cancellation_pending
        now = {
            each for parcel in (made if type(made) is list else [made]) for each in parcel.item_ids
        }
        assert not now & self.shipped[order_id], "each item is shipped once"
        assert not item_ids or now == set(item_ids)
        self.shipped[order_id] |= now

    @rule(order_id=orders, which=st.integers(0, 2))
    def correct(self, order_id, which):
        for parcel_id in self.world.order(order_id).parcel_ids[which : which + 1]:
            number = f"NEW-{which}-{order_id}"
            self.try_to(partial(self.world.sellers.correct_shipment, parcel_id, "ups", number))

    @rule(order_id=orders)
    def cancel(self, order_id):
        self.try_to(partial(self.world.buyers.cancel, order_id))

    @rule(seconds=st.sampled_from([1, HOUR, DAY]))
    def wait(self, seconds):
        self.world.advance(later(self.world.now, seconds))

    @rule()
    def pick_it_up(self):
        self.world = World.restore(self.world.save())

    def try_to(self, command):
        before = self.world.save()
        try:
            return command()
        except DomainError:
            assert self.world.save() == before, "a refusal leaves no trace"
            return None

    @invariant()
    def the_status_says_what_is_shipped(self):
        for order_id, shipped in self.shipped.items():
            order = self.world.order(order_id)
            everything = {item.id for item in order.items}
            if order.status in TO_SHIP:
                in_part = shipped and self.world.config.market.ways.splits_while_shipping
                assert order.status == TO_SHIP[bool(in_part)]
                assert shipped < everything
            elif order.status != "CANCELLED":
                assert shipped == everything

    @invariant()
    def a_line_item_is_in_one_parcel_at_the_most(self):
        for order in self.world.registry.orders.values():
            parcels = self.world.registry.parcels_of(order)
            inside = [item_id for parcel in parcels for item_id in parcel.item_ids]
            assert len(inside) == len(set(inside))
            if self.market == "us" and order.id in self.shipped:
                assert set(inside) == self.shipped[order.id], "no package before its ship call"

    def teardown(self):
        again = World.restore(self.world.save())
        self.wait(60 * DAY)
        again.advance(self.world.now)
        assert again.journal.digest() == self.world.journal.digest()
        for order_id in self.shipped:
            assert self.world.order(order_id).status in ("COMPLETED", "CANCELLED")


class UkMachine(PartsMachine):
    market = "uk"


class SeaMachine(PartsMachine):
    market = "sea"


@pytest.mark.parametrize("machine", [PartsMachine, UkMachine, SeaMachine])
def test_orders_ship_in_parts(machine):

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(5), stateful_step_count=20, deadline=None, derandomize=True
        ),
    )
