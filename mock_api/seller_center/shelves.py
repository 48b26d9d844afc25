"""A sandbox's orders and packages on sorted shelves: a sink of facts that keeps two indexes."""

from typing import Final

from mock_api.kernel.index import Entry, Index
from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.packages import last_update, package_status
from simulator import World
from simulator.clock import Instant
from simulator.facts import Fact, OrderFact, OrderMoved, ParcelCreated, ParcelScanned
from simulator.orders.model import Order

CREATED: Final = "create_time"
UPDATED: Final = "update_time"
PAID: Final = "order_pay_time"


class Shelves:
    """Index of orders and index of packages, one of each per shop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._orders: dict[str, Index] = {}
        self._packages: dict[str, Index] = {}

    def orders(self, shop_id: str) -> Index:
        return self._orders.setdefault(shop_id, Index((CREATED, UPDATED)))

    def packages(self, shop_id: str) -> Index:
        return self._packages.setdefault(shop_id, Index((CREATED, UPDATED, PAID)))

    def hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if not isinstance(fact, OrderFact):
            return
        if isinstance(fact, OrderMoved):
            order = self._world.order(fact.order_id)
            self._file_order(order)
            self._file_packages(order)
        elif isinstance(fact, ParcelCreated | ParcelScanned):
            self._file_packages(self._world.order(fact.order_id))

    def _file_order(self, order: Order) -> None:
        instants = {CREATED: order.placed_at, UPDATED: order.updated_at}
        self.orders(order.shop_id).put(order.id, Entry(order.status, instants))

    def _file_packages(self, order: Order) -> None:
        shelf = self.packages(order.shop_id)
        for parcel in self._world.registry.parcels_of(order):
            instants = {
                CREATED: parcel.created_at,
                UPDATED: last_update(order, parcel),
                PAID: order.paid_at,
            }
            shelf.put(parcel.id, Entry(package_status(order, parcel), instants))


def attach_shelves(sandbox: Sandbox) -> None:
    """Give the sandbox's world its shelves."""
    shelves = Shelves(sandbox.world)
    sandbox.attach(shelves)
    sandbox.world.journal.subscribe(shelves.hear)
