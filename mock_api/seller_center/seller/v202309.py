"""The seller, version 202309: their active shops, and what they may do across borders."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.requests import CallerDep, gated_router, world_of
from mock_api.seller_center.standings import effect_on
from simulator.market.penalties import Effect

router: Final = gated_router("seller", "202309")


class ActiveShop(Wire):
    id: str
    region: str


class ActiveShops(Wire):
    shops: list[ActiveShop] | None = None


class Permissions(Wire):
    permissions: list[str]


@router.get("/shops", response_model_exclude_none=True)
@access("seller.shop.info", cipher=Cipher.ABSENT)
async def get_active_shops(request: Request, caller: CallerDep) -> Envelope[ActiveShops]:
    """All but those that the platform has closed."""
    world = world_of(caller)
    rows = [
        ActiveShop(id=shop.id, region=shop.region)
        for shop, _ in caller.sandbox.shops()
        if effect_on(world, shop.id) is not Effect.CLOSES
    ]
    return ok(request, ActiveShops(shops=rows or None))


@router.get("/permissions", response_model_exclude_none=True)
@access("seller.shop.info", cipher=Cipher.ABSENT)
async def get_seller_permissions(request: Request, caller: CallerDep) -> Envelope[Permissions]:  # noqa: ARG001 - every seller here sells across borders
    return ok(request, Permissions(permissions=["MANAGE_GLOBAL_PRODUCT"]))
