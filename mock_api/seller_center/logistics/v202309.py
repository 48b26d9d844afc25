"""Logistics, version 202309: warehouses, their delivery options, and shipping providers."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import access
from mock_api.seller_center.logistics import refusals
from mock_api.seller_center.reference import OPTION, PROVIDER_ID, PROVIDER_NAME
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of
from simulator import Mode
from simulator.carriers.fleet import OWN_FLEET
from simulator.registry import Warehouse

router: Final = gated_router("logistics", "202309")


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


class Warehouses(Wire):
    warehouses: list[WarehouseView]


class DimensionLimit(Wire):
    max_height: int
    max_length: int
    max_width: int
    unit: str


class WeightLimit(Wire):
    max_weight: int
    min_weight: int
    unit: str


class DeliveryOptionView(Wire):
    id: str
    name: str
    type: str
    description: str
    dimension_limit: DimensionLimit
    weight_limit: WeightLimit
    platform: list[str]


class DeliveryOptions(Wire):
    delivery_options: list[DeliveryOptionView]


class ShippingProvider(Wire):
    id: str
    name: str


class ShippingProviders(Wire):
    shipping_providers: list[ShippingProvider]


@router.get("/warehouses", response_model_exclude_none=True)
@access("seller.logistics")
async def get_warehouse_list(request: Request, caller: CallerDep) -> Envelope[Warehouses]:
    rows = world_of(caller).registry.warehouses_of(shop_of(caller).id)
    views = [_warehouse(row, is_default=row is rows[0]) for row in rows]
    return ok(request, Warehouses(warehouses=views))


@router.get("/warehouses/{warehouse_id}/delivery_options", response_model_exclude_none=True)
@access("seller.logistics")
async def get_warehouse_delivery_options(
    request: Request,
    caller: CallerDep,
    warehouse_id: str,
    scope: Annotated[Literal["WAREHOUSE", "PRODUCT"], Query()] = "WAREHOUSE",  # noqa: ARG001 - both scopes hold the same two options
) -> Envelope[DeliveryOptions]:
    own = world_of(caller).registry.warehouses_of(shop_of(caller).id)
    if warehouse_id not in {warehouse.id for warehouse in own}:
        raise Refusal(bad_parameter("warehouse_id", "is no warehouse of this shop"))
    options = [
        DeliveryOptionView(
            id=option.id,
            name=option.name,
            type=option.type,
            description=option.description,
            dimension_limit=DimensionLimit(max_height=60, max_length=120, max_width=60, unit="CM"),
            weight_limit=WeightLimit(max_weight=20_000, min_weight=1, unit="GRAM"),
            platform=["TIKTOK_SHOP"],
        )
        for option in OPTION.values()
    ]
    return ok(request, DeliveryOptions(delivery_options=options))


@router.get(
    "/delivery_options/{delivery_option_id}/shipping_providers", response_model_exclude_none=True
)
@access("seller.fulfillment.basic", "seller.logistics")
async def get_shipping_providers(
    request: Request, caller: CallerDep, delivery_option_id: str
) -> Envelope[ShippingProviders]:
    if delivery_option_id == OPTION[Mode.PLATFORM].id:
        raise Refusal(refusals.FULFILLED_BY_TIKTOK)
    if delivery_option_id != OPTION[Mode.SELLER].id:
        raise Refusal(refusals.NOT_SUBSCRIBED)
    market = world_of(caller).registry.market
    hidden = {market.designated_carrier}
    if not (market.ways.own_fleet or market.ways.own_tracking):
        hidden.add(OWN_FLEET)
    providers = [
        ShippingProvider(id=provider_id, name=PROVIDER_NAME[code])
        for code, provider_id in PROVIDER_ID.items()
        if code not in hidden
    ]
    return ok(request, ShippingProviders(shipping_providers=providers))


def _warehouse(warehouse: Warehouse, *, is_default: bool) -> WarehouseView:
    address = warehouse.address
    return WarehouseView(
        id=warehouse.id,
        entity_id=f"7395{warehouse.id[4:]}",
        name=f"{warehouse.city} Warehouse",
        effect_status="ENABLED",
        type="SALES_WAREHOUSE",
        sub_type="CB_DIRECT_SHIPPING_WAREHOUSE",
        is_default=is_default,
        address=WarehouseAddress(
            region="China",
            state=warehouse.city,
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
