"""The simulated sellers of a world: whoever plays an order that no integration plays.

It is the setting of every clerk's life, and gives the commands that an integration would give.
"""

from simulator import shipping
from simulator.carriage import Carriage
from simulator.channels.model import Channel
from simulator.clock import Instant
from simulator.dropshipping import Suppliers
from simulator.orders.model import Order
from simulator.registry import Registry
from simulator.sellers.life import Clerk, Collected, OrderOver, clerk_life
from simulator.waiting import Inbox


class Staff:
    """The setting of clerks in one world."""

    def __init__(self, registry: Registry, carriage: Carriage, suppliers: Suppliers) -> None:
        self._all = registry
        self._suppliers = suppliers
        self._carriage = carriage
        self.streams = registry.streams

    @property
    def now(self) -> Instant:
        return self._all.now

    # What the platform tells.

    def order_released(self, order: Order) -> None:
        """The seller may act; a simulated one begins to."""
        if order.behaviour:
            clerk = Clerk(order.id, order.luck, order.behaviour, Inbox(self._all.agenda))
            self._all.clerks[order.id] = clerk
            self.start_clerk(clerk)

    def parcel_collected(self, order: Order) -> None:
        clerk = self._all.clerks.get(order.id)
        if clerk:
            clerk.inbox.deliver(Collected())

    def order_over(self, order: Order) -> None:
        clerk = self._all.clerks.pop(order.id, None)
        if clerk:
            clerk.inbox.deliver(OrderOver())

    def start_clerk(self, clerk: Clerk) -> None:
        self._all.env.process(clerk_life(self, clerk))

    # What clerks do.

    def clerk_done(self, clerk: Clerk) -> None:
        self._all.clerks.pop(clerk.order_id, None)

    def hand_over(self, order_id: str) -> bool:
        order = self._all.order(order_id)
        if order.channel is Channel.DROPSHIP:
            self._suppliers.pass_to_anybody(order)
            return not order.ships_from_platform
        return shipping.hand_over(self._carriage, self._all, order)

    def mark_as_booked(self, order_id: str) -> None:
        order = self._all.order(order_id)
        (parcel,) = self._all.parcels_of(order)
        shipping.mark_shipped(self._all, order, parcel.carrier, parcel.tracking_number)
