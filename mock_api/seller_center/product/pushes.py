"""What the product group pushes: types 5 (status), 15 (information), 27 (stock runs low), and 71
(stock changed). The last two are not in the Event API's list: apps subscribe to them."""

from collections.abc import Iterator
from typing import Any, Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.wall_clock import iso
from mock_api.seller_center.pushes import Push, Tells
from simulator import World, stockroom
from simulator.catalog import Sku, sku_with
from simulator.clock import Instant
from simulator.facts import ListingMoved, PriceChanged, StockCounted, StockMoved
from simulator.registry import Shop
from simulator.words import Word

PRODUCT_STATUS_CHANGE: Final = "PRODUCT_STATUS_CHANGE"
PRODUCT_INFORMATION_CHANGE: Final = "PRODUCT_INFORMATION_CHANGE"
INVENTORY_STATUS_CHANGE: Final = "INVENTORY_STATUS_CHANGE"
INVENTORY_CHANGED_BY_SHOP: Final = "INVENTORY_CHANGED_BY_SHOP"

LOW_STOCK: Final = 10
"""From so many units down a SKU is low on stock (the platform's threshold is the seller's setting;
ours is this)."""

_SOURCE: Final = {
    stockroom.RESERVED: "ORDER_CREATED",
    stockroom.RELEASED: "ORDER_CANCELLED",
    stockroom.TAKEN: "ORDER_SHIPPED",
    stockroom.ARRIVED: "INBOUND",
    stockroom.CAME_BACK: "RETURN",
}
"""What changed it: the field is free text, and the words are ours."""
_BY_SELLER: Final = "SELLER_UPDATE"


class Level(Word):
    """How well a SKU is stocked, best first."""

    SUFFICIENT = "SUFFICIENT_STOCK"
    LOW = "LOW_STOCK"
    OUT = "OUT_OF_STOCK"


def _status(_sandbox: Sandbox, fact: ListingMoved, at: Instant) -> Iterator[Push]:
    data = {
        "product_id": int(fact.product_id),  # a number here, and a string everywhere else
        "status": "PRODUCT_STATUS_CHANGED",
        "suspended_reason": "" if fact.by == "seller" else "Taken down by the platform",
        "update_time": at,
    }
    yield Push(5, PRODUCT_STATUS_CHANGE, fact.shop_id, fact.product_id, data)


def _price(_sandbox: Sandbox, fact: PriceChanged, at: Instant) -> Iterator[Push]:
    """The list of fields that may have changed has no price: it is one of the others (inferred)."""
    data = {
        "product_id": fact.product_id,
        "change_source": "OPEN_API",
        "changed_fields": ["others"],
        "update_time": at,
    }
    yield Push(15, PRODUCT_INFORMATION_CHANGE, fact.shop_id, fact.product_id, data)


def _moved(sandbox: Sandbox, fact: StockMoved, at: Instant) -> Iterator[Push]:
    on_hand = {
        stockroom.ARRIVED: fact.units,
        stockroom.CAME_BACK: fact.units,
        stockroom.TAKEN: -fact.units,
    }.get(fact.cause, 0)
    reserved = {
        stockroom.RESERVED: fact.units,
        stockroom.RELEASED: -fact.units,
        stockroom.TAKEN: -fact.units,
    }.get(fact.cause, 0)
    return _stock(sandbox, fact, at, _SOURCE[fact.cause], (on_hand, reserved))


def _counted(sandbox: Sandbox, fact: StockCounted, at: Instant) -> Iterator[Push]:
    return _stock(sandbox, fact, at, _BY_SELLER, (fact.by, 0))


def _stock(
    sandbox: Sandbox,
    fact: StockMoved | StockCounted,
    at: Instant,
    source: str,
    more: tuple[int, int],
) -> Iterator[Push]:
    """By how much there is *more* on hand, and reserved."""
    world = sandbox.world
    shop = world.registry.shop(world.registry.warehouses[fact.warehouse_id].shop_id)
    sku, (on_hand, reserved) = sku_with(fact.sku_id), more
    total, committed = totals(world, shop, sku.id)
    now, before = level(total - committed), level(total - committed - on_hand + reserved)
    if list(Level).index(now) > list(Level).index(before):
        data = _runs_low(sku, now, total, committed) | {"update_time": at}
        yield Push(27, INVENTORY_STATUS_CHANGE, shop.id, sku.id, data)
    event = f"{world.config.starts_at}{world.journal.length:010d}"
    data = {
        "event_id": event,
        "occurred_at": iso(at),
        "shop_id": int(shop.id),
        "product_id": int(sku.product_id),
        "sku_id": int(sku.id),
        "quantity_snapshot_after_change": _snapshot(total, committed),
        "change_detail": [
            {
                "idempotency_key": f"{event}-1",
                "trigger_source": source,
                "occurred_at": iso(at),
            }
            | _delta(on_hand, reserved)
        ],
    }
    yield Push(71, INVENTORY_CHANGED_BY_SHOP, shop.id, sku.id, data)


def _runs_low(sku: Sku, now: Level, total: int, committed: int) -> dict[str, Any]:
    return {
        "product_id": sku.product_id,
        "sku_id": sku.id,
        "trigger_reason": {
            "alert_type": "REALTIME",
            "low_stock_threshold": LOW_STOCK if now is Level.LOW else 0,
        },
        "current_inventory_status": now,
        "inventory_distribution": {
            "total_quantity": total,
            "available_quantity": total - committed,
            "creator_reserved_quantity": 0,
            "campaign_reserved_quantity": 0,
            "committed_quantity": committed,
        },
    }


def _snapshot(total: int, committed: int) -> dict[str, int]:
    return {
        "total_quantity": total,
        "total_available_quantity": total - committed,
        "total_committed_quantity": committed,
        "in_shop_quantity": total - committed,
        "campaign_locked_quantity": 0,
        "creator_locked_quantity": 0,
    }


def _delta(on_hand: int, reserved: int) -> dict[str, int]:
    return {
        "total_quantity_delta": on_hand,
        "available_quantity_delta": on_hand - reserved,
        "committed_quantity_delta": reserved,
        "in_shop_quantity_delta": on_hand - reserved,
        "campaign_locked_quantity_delta": 0,
        "creator_locked_quantity_delta": 0,
    }


def totals(world: World, shop: Shop, sku_id: str) -> tuple[int, int]:
    """On hand and reserved, over all the shop's warehouses that count the SKU."""
    lines = (
        world.registry.stock.lines.get(warehouse.id, {}).get(sku_id)
        for warehouse in world.registry.warehouses_of(shop.id)
    )
    counted = [line for line in lines if line]
    return sum(line.on_hand for line in counted), sum(line.reserved for line in counted)


def level(free: int) -> Level:
    if free <= 0:
        return Level.OUT
    return Level.LOW if free <= LOW_STOCK else Level.SUFFICIENT


TELLS: Final[Tells] = {
    ListingMoved: _status,
    PriceChanged: _price,
    StockMoved: _moved,
    StockCounted: _counted,
}
