"""The seller, version 202601, which only the newer client has: shops that share products.

What groups are called, and who made them, is ours: all shops of a seller are in one.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("seller", "202601")

_SELLER: Final = "7495"
"""The leading digits of a global seller's id, of whom a sandbox has one (ours)."""


class ShopGroup(Wire):
    source: str
    shop_group_name: str


class RelatedShop(Wire):
    shop_id: str
    seller_id: str
    shop_name: str
    shop_region: str


class ShopGroupData(Wire):
    shop_group: ShopGroup
    shops: list[RelatedShop]


class ShopGroups(Wire):
    shop_group_data: ShopGroupData


@router.get("/shop_groups", response_model_exclude_none=True)
@access("seller.shop.info", cipher=Cipher.OPTIONAL)
async def get_shop_groups(request: Request, caller: CallerDep) -> Envelope[ShopGroups]:
    shops = [shop for shop, _ in caller.sandbox.shops()]
    seller = f"{_SELLER}{shops[0].id[len(_SELLER) :]}"
    related = [
        RelatedShop(shop_id=shop.id, seller_id=seller, shop_name=shop.name, shop_region=shop.region)
        for shop in shops
    ]
    group = ShopGroup(source="SYSTEM", shop_group_name="All shops")
    return ok(request, ShopGroups(shop_group_data=ShopGroupData(shop_group=group, shops=related)))
