"""A shop's warehouses as the platform shows them: where goods leave from, and where they come back.

Each shop has one warehouse for returns: the one in its buyers' country if it has that, else its
default one. It is the same place under another id (inferred).
"""

from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.standings import effect_on
from simulator import World
from simulator.market.penalties import Effect
from simulator.places import BY_REGION
from simulator.registry import COUNTRY, Shop, Warehouse

_RETURNS: Final = "7296"
_ENTITY: Final = "7395"
_GLOBAL: Final = "7000"
"""Leading digits: of a warehouse's other ids (ours)."""
_STATUS: Final = {
    Effect.NONE: "ENABLED",
    Effect.LIMITS: "RESTRICTED",
    Effect.CLOSES: "DISABLED",  # inferred
}


class WarehouseAddress(Wire):
    region: str
    state: str
    city: str
    distict: str
    """The platform's own spelling."""
    contact_person: str
    postal_code: str
    full_address: str
    region_code: str
    phone_number: str
    address_line1: str


class WarehouseView(Wire):
    id: str
    entity_id: str
    name: str
    effect_status: str
    type: str
    sub_type: str
    is_default: bool
    address: WarehouseAddress


class GlobalWarehouse(Wire):
    id: str
    name: str
    ownership: str


def warehouse_views(world: World, shop: Shop) -> list[WarehouseView]:
    """Those for sales, in the order in which they were opened, then the one for returns."""
    rows = world.registry.warehouses_of(shop.id)
    status = _STATUS[effect_on(world, shop.id)]
    views = [_view(row, status, is_default=row is rows[0]) for row in rows]
    abroad = [row for row in rows if row.address.region != COUNTRY]
    home = (abroad or rows)[0]
    returns = _view(home, status, is_default=True).model_copy(
        update={
            "id": f"{_RETURNS}{home.id[len(_RETURNS) :]}",
            "name": f"{home.city} Returns",
            "type": "RETURN_WAREHOUSE",
        }
    )
    return [*views, returns]


def global_warehouses(world: World, shops: list[Shop]) -> list[GlobalWarehouse]:
    """The places where the seller has warehouses, each once, whichever of their shops uses it."""
    found: dict[str, GlobalWarehouse] = {}
    for shop in shops:
        for row in world.registry.warehouses_of(shop.id):
            whole = GlobalWarehouse(
                id=f"{_GLOBAL}{row.id[len(_GLOBAL) :]}", name=row.city, ownership="SELLER"
            )
            found.setdefault(row.city, whole)
    return list(found.values())


def _view(warehouse: Warehouse, status: str, *, is_default: bool) -> WarehouseView:
    address = warehouse.address
    is_home = address.region == COUNTRY
    return WarehouseView(
        id=warehouse.id,
        entity_id=f"{_ENTITY}{warehouse.id[len(_ENTITY) :]}",
        name=f"{warehouse.city} Warehouse",
        effect_status=status,
        type="SALES_WAREHOUSE",
        sub_type="CB_DIRECT_SHIPPING_WAREHOUSE" if is_home else "CB_OVERSEA_WAREHOUSE",
        is_default=is_default,
        address=WarehouseAddress(
            region="China" if is_home else BY_REGION[address.region].name,
            state=address.state or warehouse.city,
            city=warehouse.city,
            distict=warehouse.city,
            contact_person=address.name,
            postal_code=address.postal_code,
            full_address=address.full,
            region_code=address.region,
            phone_number=address.phone,
            address_line1=address.line1,
        ),
    )
