"""What a shop has of its SKUs: shown by product, and counted anew."""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.product import refusals
from mock_api.seller_center.product.catalogue import UNCOUNTED, Product, products_of
from mock_api.seller_center.requests import Body
from simulator import World
from simulator.catalog import Sku
from simulator.registry import Shop
from simulator.stockroom import MOST_UNITS

MOST_PRODUCTS: Final = 100
MOST_SKUS: Final = 600
"""That one search may name (inventory-search.spec)."""


class WarehouseStock(Body):
    warehouse_id: str | None = None
    quantity: int
    backorder_quantity: int | None = None
    handling_time: int | None = None


class InventoryWish(Body):
    id: str
    inventory: list[WarehouseStock]


class WarehouseError(Wire):
    warehouse_id: str
    code: int
    message: str


class SkuErrorDetail(Wire):
    sku_id: str
    extra_errors: list[WarehouseError]


class SkuError(Wire):
    code: int
    message: str
    detail: SkuErrorDetail


class SkuErrors(Wire):
    errors: list[SkuError] | None = None


class WarehouseInventory(Wire):
    warehouse_id: str
    available_quantity: int
    committed_quantity: int | None = None
    """Left out where nobody counts."""


class ShopInventory(Wire):
    quantity: int


class Distribution(Wire):
    in_shop_inventory: ShopInventory


class SkuInventory(Wire):
    id: str
    seller_sku: str
    total_available_quantity: int
    total_committed_quantity: int
    warehouse_inventory: list[WarehouseInventory]
    total_available_inventory_distribution: Distribution


class StockedProduct(Wire):
    product_id: str
    skus: list[SkuInventory]


def stocked(
    world: World, shop: Shop, product_ids: list[str] | None, sku_ids: list[str] | None
) -> list[StockedProduct]:
    """The named products whole, and the named SKUs; unknown SKUs are left out (inferred)."""
    if len(product_ids or ()) > MOST_PRODUCTS:
        raise Refusal(refusals.TOO_MANY_PRODUCTS)
    if len(sku_ids or ()) > MOST_SKUS:
        raise Refusal(refusals.TOO_MANY_SKUS)
    products = products_of(world, shop)
    known = {product.id for product in products}
    if not (product_ids or sku_ids) or not known.issuperset(product_ids or ()):
        raise Refusal(refusals.INVALID_PRODUCT)
    found = []
    for product in products:
        whole = product.id in (product_ids or ())
        skus = [sku for sku in product.skus if whole or sku.id in (sku_ids or ())]
        if skus:
            views = [_shown(product, sku) for sku in skus]
            found.append(StockedProduct(product_id=product.id, skus=views))
    return found


def _shown(product: Product, sku: Sku) -> SkuInventory:
    rows = [
        WarehouseInventory(
            warehouse_id=warehouse_id,
            available_quantity=line.free if line else UNCOUNTED,
            committed_quantity=line.reserved if line else None,
        )
        for warehouse_id, line in product.lines(sku)
    ]
    available = sum(row.available_quantity for row in rows)
    return SkuInventory(
        id=sku.id,
        seller_sku=sku.seller_sku,
        total_available_quantity=available,
        total_committed_quantity=sum(row.committed_quantity or 0 for row in rows),
        warehouse_inventory=rows,
        total_available_inventory_distribution=Distribution(
            in_shop_inventory=ShopInventory(quantity=available)
        ),
    )


def update_stock(product: Product, wanted: list[InventoryWish]) -> SkuErrors:
    """Count the SKUs anew. What is wrong with the request refuses it whole; what is wrong with a
    warehouse is in the answer, and that SKU stays as it was."""
    own = {sku.id: sku for sku in product.skus}
    require_skus([wish.id for wish in wanted], own, refusals.NO_SUCH_SKU)
    plans = [(wish, _units(product, own[wish.id], wish)) for wish in wanted]
    errors = []
    for wish, units in plans:
        wrong = [each for each in (_wrong_with(product, one) for one in units) if each]
        if wrong:
            detail = SkuErrorDetail(sku_id=wish.id, extra_errors=wrong)
            row = refusals.CHECK_FAILED
            errors.append(SkuError(code=row.code, message=row.message, detail=detail))
        else:
            product.world.shopkeepers.count(product.shop.id, wish.id, units)
    return SkuErrors(errors=errors or None)


def require_skus(named: list[str], own: dict[str, Sku], otherwise: Row) -> None:
    """Some SKUs, each once, and each of the product."""
    if not named:
        raise Refusal(refusals.NO_SKUS)
    if len(set(named)) < len(named):
        raise Refusal(refusals.SKU_TWICE)
    if not own.keys() >= set(named):
        raise Refusal(otherwise)


def _units(product: Product, sku: Sku, wish: InventoryWish) -> dict[str, int]:
    """How many in each warehouse. Without a warehouse's id, where there is only one, in that."""
    warehouses = [warehouse_id for warehouse_id, _ in product.lines(sku)]
    units: dict[str, int] = {}
    for row in wish.inventory:
        if row.quantity < 0:
            raise Refusal(refusals.BAD_STOCK)
        if row.quantity > MOST_UNITS:
            raise Refusal(refusals.STOCK_LIMIT)
        if row.warehouse_id is None and len(warehouses) > 1:
            raise Refusal(refusals.WAREHOUSES_MISSING)
        units[row.warehouse_id or warehouses[0]] = row.quantity
    if not units.keys() >= set(warehouses):
        raise Refusal(refusals.WAREHOUSES_MISSING)
    return units


def _wrong_with(product: Product, warehouse_id: str) -> WarehouseError | None:
    warehouse = product.world.registry.warehouses.get(warehouse_id)
    if warehouse and warehouse.shop_id == product.shop.id:
        return None
    row = refusals.FOREIGN_WAREHOUSE if warehouse else refusals.NO_SUCH_WAREHOUSE
    message = row.message.format(warehouse_id)
    return WarehouseError(warehouse_id=warehouse_id, code=row.code, message=message)
