"""A sandbox's orders, packages and cancellations on sorted shelves: a sink of facts that keeps
their indexes."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from mock_api.kernel.index import Index
from mock_api.kernel.questions import Entry
from mock_api.kernel.sandbox import Sandbox
from mock_api.limits import USUAL
from mock_api.seller_center.packages import is_shown, last_update, order_of, package_status
from simulator import World
from simulator.clock import Instant
from simulator.facts import (
    CancellationMoved,
    Fact,
    FleetReported,
    FleetSetOut,
    ItemsCancelled,
    OrderFact,
    OrderMoved,
    OrderSplit,
    ParcelBooked,
    ParcelCreated,
    ParcelMarkedShipped,
    ParcelScanned,
    ParcelsCombined,
    ParcelUncombined,
    RefundMoved,
    ReturnArbitrated,
    ReturnAsked,
    ReturnDisputed,
    ReturnDivided,
    ReturnMoved,
    ShipmentCorrected,
)
from simulator.orders.model import Order

CREATED: Final = "create_time"
UPDATED: Final = "update_time"
PAID: Final = "order_pay_time"

ORDERS: Final = "orders"
PACKAGES: Final = "packages"
CANCELLATIONS: Final = "cancellations"
RETURNS: Final = "returns"
REQUESTS: Final = "requests"

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    ORDERS: (CREATED, UPDATED),
    PACKAGES: (CREATED, UPDATED, PAID),
    CANCELLATIONS: (CREATED, UPDATED),
    RETURNS: (CREATED, UPDATED),
    REQUESTS: (CREATED, UPDATED),
}
"""What is filed, by which of its instants. The names stand in snapshots."""

_OfReturns = (
    ReturnAsked | ReturnDivided | ReturnMoved | RefundMoved | ReturnDisputed | ReturnArbitrated
)
_OF_RETURNS: Final = get_args(_OfReturns)
_OF_PACKAGES: Final = (
    ParcelCreated,
    ParcelScanned,
    ParcelBooked,
    ParcelMarkedShipped,
    ParcelsCombined,
    ParcelUncombined,
    OrderSplit,
    FleetReported,
    FleetSetOut,
    ItemsCancelled,
    ShipmentCorrected,
)


class Shelves:
    """Index of orders, of packages, of cancellations, of returns and of the requests above them,
    one of each per shop."""

    def __init__(self, world: World, in_memory: int = USUAL.listed_in_memory) -> None:
        """Of each index so many entries *in_memory*."""
        self._world = world
        self._in_memory = in_memory
        self._indexes: dict[str, dict[str, Index]] = {kind: {} for kind in _FIELDS}
        """By what is filed, then by shop."""

    def orders(self, shop_id: str) -> Index:
        return self._index(ORDERS, shop_id)

    def packages(self, shop_id: str) -> Index:
        return self._index(PACKAGES, shop_id)

    def cancellations(self, shop_id: str) -> Index:
        """Their statuses are the simulation's, not the wire's."""
        return self._index(CANCELLATIONS, shop_id)

    def returns(self, shop_id: str) -> Index:
        return self._index(RETURNS, shop_id)

    def requests(self, shop_id: str) -> Index:
        """Aftersales requests, by the returns that were asked for: each moves with any of its
        parts."""
        return self._index(REQUESTS, shop_id)

    def hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if not isinstance(fact, OrderFact) or not fact.order_id:  # a shipment's, of no order
            return
        if isinstance(fact, OrderMoved):
            order = self._world.order(fact.order_id)
            self._file_order(order)
            self._file_packages(order)
        elif isinstance(fact, CancellationMoved):
            self._file_cancellation(fact.cancellation_id)
        elif isinstance(fact, _OF_RETURNS):
            self._file_return(fact)
        elif isinstance(fact, _OF_PACKAGES):
            order = self._world.order(fact.order_id)
            self._clear_away(order, fact)
            self._file_packages(order)

    def save(self) -> dict[str, Any]:
        """By what is filed and by shop, without the shelves on which nothing is."""
        return {
            kind: {shop_id: rows for shop_id, each in of_shops.items() if (rows := each.save())}
            for kind, of_shops in self._indexes.items()
        }

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Fill empty shelves with what ``save`` gave; later facts are heard as usual."""
        for kind, of_shops in saved.items():
            for shop_id, rows in of_shops.items():
                self._index(kind, shop_id).restore(rows)

    def _index(self, kind: str, shop_id: str) -> Index:
        return self._indexes[kind].setdefault(shop_id, Index(_FIELDS[kind], self._in_memory))

    def _file_order(self, order: Order) -> None:
        instants = {CREATED: order.placed_at, UPDATED: order.updated_at}
        self.orders(order.shop_id).put(order.id, Entry(order.status, instants))

    def _file_cancellation(self, cancellation_id: str) -> None:
        order, asked = self._world.registry.cancellation(cancellation_id)
        instants = {CREATED: asked.asked_at, UPDATED: asked.moved_at}
        self.cancellations(order.shop_id).put(asked.id, Entry(asked.status, instants))

    def _file_return(self, fact: _OfReturns) -> None:
        asked = self._world.registry.returns.get(_return_in(fact))
        order, parts = self._world.order(fact.order_id), self._world.registry.returns.parts(asked)
        instants = {CREATED: asked.asked_at, UPDATED: asked.notes[-1].at}
        self.returns(order.shop_id).put(asked.id, Entry(asked.status, instants))
        latest = {CREATED: asked.asked_at, UPDATED: max(each.notes[-1].at for each in parts)}
        self.requests(order.shop_id).put(asked.origin_id, Entry(parts[0].status, latest))

    def _clear_away(self, order: Order, fact: Fact) -> None:
        """Packages that are no more; and what is left of one that was taken apart."""
        shelf = self.packages(order.shop_id)
        match fact:
            case OrderSplit(instead_of=gone):
                for parcel_id in gone:
                    shelf.drop(parcel_id)
            case ParcelsCombined(parcel_id=gone_too):
                shelf.drop(gone_too)
            case ParcelUncombined(out_of=rest):
                self._file_packages(order_of(self._world, self._world.parcel(rest)))
            case ItemsCancelled(parcels_gone=emptied):
                for parcel_id in emptied:
                    shelf.drop(parcel_id)
            case _:
                pass

    def _file_packages(self, order: Order) -> None:
        shelf = self.packages(order.shop_id)
        for parcel in self._world.registry.parcels_of(order):
            if not is_shown(self._world, parcel):
                continue
            shown = order_of(self._world, parcel) if parcel.is_combined else order
            instants = {
                CREATED: parcel.created_at,
                UPDATED: last_update(shown, parcel),
                PAID: shown.paid_at,
            }
            shelf.put(parcel.id, Entry(package_status(shown, parcel), instants))


def _return_in(fact: _OfReturns) -> str:
    match fact:
        case RefundMoved(refund_id=key) | ReturnDivided(part_id=key):
            return key
        case _:
            return fact.return_id


def attach_shelves(sandbox: Sandbox) -> None:
    """Give the sandbox's world its shelves."""
    shelves = Shelves(sandbox.world, sandbox.limits.listed_in_memory)
    sandbox.attach_derived("shelves", shelves)
    sandbox.world.journal.subscribe(shelves.hear)
