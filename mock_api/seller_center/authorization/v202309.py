"""Authorization, version 202309: the shops that the seller authorized."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("authorization", "202309")


class AuthorizedShop(Wire):
    id: str
    name: str
    region: str
    seller_type: str
    cipher: str
    code: str


class AuthorizedShops(Wire):
    shops: list[AuthorizedShop]


@router.get("/shops", response_model_exclude_none=True)
@access("seller.authorization.info", cipher=Cipher.ABSENT)
async def get_authorized_shops(request: Request, caller: CallerDep) -> Envelope[AuthorizedShops]:
    shops = [
        AuthorizedShop(
            id=shop.id,
            name=shop.name,
            region=shop.region,
            seller_type="CROSS_BORDER",
            cipher=cipher,
            code=f"CN{shop.region}CB{shop.id[-6:]}",
        )
        for shop, cipher in caller.sandbox.shops()
    ]
    return ok(request, AuthorizedShops(shops=shops))
