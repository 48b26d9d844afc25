"""Logistics, version 202309: warehouses, their delivery options, and shipping providers."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.logistics import refusals
from mock_api.seller_center.logistics.limits import DIMENSION, WEIGHT
from mock_api.seller_center.logistics.warehouses import (
    GlobalWarehouse,
    WarehouseView,
    global_warehouses,
    warehouse_views,
)
from mock_api.seller_center.reference import OPTION, PROVIDER_ID, PROVIDER_NAME
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of
from simulator import Mode
from simulator.carriers.fleet import OWN_FLEET

router: Final = gated_router("logistics", "202309")


class Warehouses(Wire):
    warehouses: list[WarehouseView]


class GlobalWarehouses(Wire):
    global_warehouses: list[GlobalWarehouse]


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
    delivery_options: list[DeliveryOptionView] | None = None


class ShippingProvider(Wire):
    id: str
    name: str


class ShippingProviders(Wire):
    shipping_providers: list[ShippingProvider]


@router.get("/warehouses", response_model_exclude_none=True)
@access("seller.logistics")
async def get_warehouse_list(request: Request, caller: CallerDep) -> Envelope[Warehouses]:
    views = warehouse_views(world_of(caller), shop_of(caller))
    return ok(request, Warehouses(warehouses=views))


@router.get("/global_warehouses", response_model_exclude_none=True)
@access("seller.shop.info", cipher=Cipher.ABSENT)
async def get_global_seller_warehouses(
    request: Request, caller: CallerDep
) -> Envelope[GlobalWarehouses]:
    shops = [shop for shop, _ in caller.sandbox.shops()]
    rows = global_warehouses(world_of(caller), shops)
    return ok(request, GlobalWarehouses(global_warehouses=rows))


@router.get("/warehouses/{warehouse_id}/delivery_options", response_model_exclude_none=True)
@access("seller.logistics")
async def get_warehouse_delivery_options(
    request: Request,
    caller: CallerDep,
    warehouse_id: str,
    scope: Annotated[Literal["WAREHOUSE", "PRODUCT"], Query()] = "WAREHOUSE",  # noqa: ARG001 - both scopes hold the same two options
) -> Envelope[DeliveryOptions]:
    own = {row.id: row for row in warehouse_views(world_of(caller), shop_of(caller))}
    if warehouse_id not in own:
        raise Refusal(bad_parameter("warehouse_id", "is no warehouse of this shop"))
    if own[warehouse_id].type == "RETURN_WAREHOUSE":
        return ok(request, DeliveryOptions())  # nothing is sent to buyers from there
    options = [
        DeliveryOptionView(
            id=option.id,
            name=option.name,
            type=option.type,
            description=option.description,
            dimension_limit=DimensionLimit(**DIMENSION, unit="CM"),
            weight_limit=WeightLimit(**WEIGHT, unit="GRAM"),
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
