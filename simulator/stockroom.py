"""The counted goods of one world, abroad (X2) and at home: reserved, taken, given back, sent ahead.

It is the setting of every consignment's life. Counting is ``channels.stock``'s; here it is said.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from simulator import ids
from simulator.carriers.abroad import YARDS
from simulator.catalog import BY_ID, Sku, sku_with
from simulator.channels.consignments import Consignment, consignment_life
from simulator.channels.model import Channel, Transport, WhenOut
from simulator.channels.stock import StockLine
from simulator.clock import later
from simulator.errors import BadSetting, LimitReached, NotFound, OutOfStock
from simulator.facts import (
    ConsignmentArrived,
    ConsignmentSent,
    StockCounted,
    StockMoved,
    StockOut,
)
from simulator.orders.model import LineItem, Order
from simulator.orders.purchase import Purchase
from simulator.people import Address
from simulator.registry import Registry, Shop, Warehouse
from simulator.waiting import Inbox

RESERVED: Final = "reserved"
RELEASED: Final = "released"
TAKEN: Final = "taken"
CAME_BACK: Final = "came_back"
ARRIVED: Final = "arrived"

MOST_UNITS: Final = 100_000
"""Of one SKU at once: sent ahead, or counted in a warehouse."""


def yard_with(here: Registry, shop: Shop, skus: Sequence[Sku]) -> Warehouse:
    """The shop's warehouse abroad, which has all of these free; OutOfStock otherwise."""
    wanted = Counter(sku.id for sku in skus)
    warehouse_id = here.stock.yards.get(shop.id)
    here.stock.require(warehouse_id or "", wanted)
    assert warehouse_id, (shop.id, "an empty basket needs no warehouse")
    return here.warehouses[warehouse_id]


def require_at_home(here: Registry, shop: Shop, city: str, skus: Sequence[Sku]) -> None:
    """The shop's warehouse in *city* has these, as far as it counts them; OutOfStock otherwise."""
    for warehouse_id in here.stock.lines:
        warehouse = here.warehouses[warehouse_id]
        if (warehouse.shop_id, warehouse.city) == (shop.id, city):
            wanted = Counter(sku.id for sku in skus)
            here.stock.require(warehouse_id, here.stock.counted_in(warehouse_id, wanted))


def met(here: Registry, purchase: Purchase) -> Purchase | None:
    """What a source's buyer takes if too few are there, or it is off sale: from abroad the same
    from home, or nothing."""
    if purchase.channel != Channel.OVERSEAS and not here.stock.lines and not here.listings.changed:
        return purchase
    shop = here.shop(purchase.shop_id or next(iter(here.shops)))
    skus = [sku_with(sku_id) for sku_id in purchase.sku_ids]
    if not _all_for_sale(here, shop, skus, purchase.source):
        return None
    if purchase.channel == Channel.OVERSEAS:
        try:
            yard_with(here, shop, skus)
        except OutOfStock as out:
            instead = here.channels.stock.when_out
            here.record(_stock_out(purchase, shop, out, instead))
            if instead is WhenOut.LOST:
                return None
            purchase = replace(purchase, channel=Channel.DIRECT)
    return _met_at_home(here, shop, skus, purchase)


def _all_for_sale(here: Registry, shop: Shop, skus: Sequence[Sku], source: str) -> bool:
    for sku in skus:
        if not here.listings.is_for_sale(shop.id, sku.product_id):
            here.record(StockOut(source, shop.id, sku.id, 1, 0, WhenOut.LOST))
            return False
    return True


def _met_at_home(
    here: Registry, shop: Shop, skus: Sequence[Sku], purchase: Purchase
) -> Purchase | None:
    if purchase.channel == Channel.DIRECT:
        try:
            require_at_home(here, shop, purchase.city, skus)
        except OutOfStock as out:
            here.record(_stock_out(purchase, shop, out, WhenOut.LOST))
            return None
    return purchase


def _stock_out(purchase: Purchase, shop: Shop, out: OutOfStock, instead: WhenOut) -> StockOut:
    return StockOut(purchase.source, shop.id, out.sku_id, out.wanted, out.free, instead)


class Stockroom:
    """The setting of consignments in one world, and the keeper of its goods abroad."""

    def __init__(self, here: Registry) -> None:
        self._all = here

    def open_for(self, shop: Shop) -> Warehouse:
        """The shop's warehouse in its buyers' country, with what it begins with."""
        here = self._all
        found = here.stock.yards.get(shop.id)
        if found:
            return here.warehouses[found]
        yard = YARDS.get(shop.region)
        if yard is None:
            raise NotFound("warehouse in", shop.region)
        name = f"{shop.name} {yard.city}"
        address = Address(
            name, yard.phone, yard.line1, yard.city, yard.postal_code, shop.region, yard.state
        )
        warehouse = Warehouse(here.mint.next_id(ids.WAREHOUSE), shop.id, yard.city, address)
        here.warehouses[warehouse.id] = warehouse
        here.stock.yards[shop.id] = warehouse.id
        for sku_id in BY_ID:
            line = here.stock.line(warehouse.id, sku_id)
            line.on_hand = here.channels.stock.at_first(sku_id)
        return warehouse

    # What orders do to it.

    def reserve(self, order: Order) -> None:
        """Its goods are set aside, where they are counted; if few are left abroad, more is sent."""
        here = self._all
        wanted = here.stock.counted_in(
            order.warehouse_id, Counter(item.sku_id for item in order.items)
        )
        if not wanted:
            return
        here.stock.reserve(order.warehouse_id, order.id, wanted)
        for sku_id, units in wanted.items():
            self._moved(RESERVED, order.warehouse_id, sku_id, units, order.id)
        if order.warehouse_id in here.stock.yards.values():
            for sku_id in wanted:
                self._reorder(order.warehouse_id, sku_id)

    def take(self, order: Order, items: Iterable[LineItem]) -> None:
        """A carrier has these of its goods."""
        goods = Counter(item.sku_id for item in items)
        for sku_id, units in self._all.stock.take(order.warehouse_id, order.id, goods):
            self._moved(TAKEN, order.warehouse_id, sku_id, units, order.id)

    def release(self, order: Order) -> None:
        """What has not left stays there, for others."""
        for sku_id, units in self._all.stock.release(order.warehouse_id, order.id):
            self._moved(RELEASED, order.warehouse_id, sku_id, units, order.id)

    def count(self, warehouse: Warehouse, sku_id: str, units: int) -> None:
        """The seller says that so many are there for sale, beside those that are set aside."""
        sku = sku_with(sku_id)
        if not 0 <= units <= MOST_UNITS:
            raise BadSetting("units", repr(units), f"0 to {MOST_UNITS}")
        more = self._all.stock.count(warehouse.id, sku.id, units)
        line = self._all.stock.line(warehouse.id, sku.id)
        self._all.record(StockCounted(warehouse.id, sku.id, line.on_hand, line.reserved, more))

    def give_back(self, order: Order, items: Iterable[LineItem]) -> None:
        """These of its goods are not wanted any more."""
        goods = Counter(item.sku_id for item in items)
        for sku_id, units in self._all.stock.release(order.warehouse_id, order.id, goods):
            self._moved(RELEASED, order.warehouse_id, sku_id, units, order.id)

    def put_back(self, order: Order, item_ids: Iterable[str]) -> None:
        """The buyer has sent these back, and they can be sold again."""
        goods = Counter(item.sku_id for item in order.items if item.id in set(item_ids))
        for sku_id, units in self._all.stock.counted_in(order.warehouse_id, goods).items():
            self._all.stock.line(order.warehouse_id, sku_id).on_hand += units
            self._moved(CAME_BACK, order.warehouse_id, sku_id, units, order.id)

    # Sending goods ahead.

    def send(self, shop: Shop, sku_id: str, units: int, by: Transport) -> Consignment:
        """Goods leave home for the shop's warehouse abroad."""
        sku = sku_with(sku_id)
        if not 0 < units <= MOST_UNITS:
            raise BadSetting("units", repr(units), f"1 to {MOST_UNITS}")
        most = self._all.bounds.consignments
        if len(self._all.consignments) >= most:
            raise LimitReached("consignments", "this world", most)
        return self._send(self.open_for(shop), sku.id, units, by)

    def on_the_way(self, warehouse_id: str, sku_id: str) -> int:
        """Units that are to arrive there."""
        return sum(
            each.units
            for each in self._all.consignments.values()
            if (each.warehouse_id, each.sku_id) == (warehouse_id, sku_id)
        )

    def consignment_arrived(self, consignment: Consignment) -> None:
        here, there = self._all, consignment.warehouse_id
        del here.consignments[consignment.id]
        here.stock.line(there, consignment.sku_id).on_hand += consignment.units
        here.record(
            ConsignmentArrived(consignment.id, there, consignment.sku_id, consignment.units)
        )
        self._moved(ARRIVED, there, consignment.sku_id, consignment.units, "")

    def start_consignment(self, consignment: Consignment) -> None:
        self._all.env.process(consignment_life(self, consignment))

    def _reorder(self, warehouse_id: str, sku_id: str) -> None:
        terms = self._all.channels.stock
        if not terms.reorder_units:
            return
        line = self._all.stock.line(warehouse_id, sku_id)
        if line.free + self.on_the_way(warehouse_id, sku_id) <= terms.reorder_at:
            there = self._all.warehouses[warehouse_id]
            self._send(there, sku_id, terms.reorder_units, terms.reorder_by)

    def _send(self, there: Warehouse, sku_id: str, units: int, by: Transport) -> Consignment:
        here = self._all
        line: StockLine = here.stock.line(there.id, sku_id)
        luck = f"{there.shop_id}.{there.city}.{sku_id}.{line.sent}"
        line.sent += 1
        takes = here.streams.between(by, luck, here.channels.stock.span(by))
        consignment = Consignment(
            id=here.mint.next_id(ids.CONSIGNMENT),
            warehouse_id=there.id,
            sku_id=sku_id,
            units=units,
            by=by,
            sent_at=here.now,
            due_at=later(here.now, takes),
            inbox=Inbox(here.agenda),
        )
        here.consignments[consignment.id] = consignment
        here.record(
            ConsignmentSent(consignment.id, there.id, sku_id, units, by, consignment.due_at)
        )
        self.start_consignment(consignment)
        return consignment

    def _moved(self, cause: str, warehouse_id: str, sku_id: str, units: int, order_id: str) -> None:
        line = self._all.stock.line(warehouse_id, sku_id)
        self._all.record(
            StockMoved(warehouse_id, sku_id, cause, units, line.on_hand, line.reserved, order_id)
        )
