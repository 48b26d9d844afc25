"""Authorization, version 202405: the category assets that a partner authorized.

A sandbox has one, that of the platform's own sample: Seatrial plays sellers, and no partner's
business stands behind it.
"""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import Cipher, access, asset_cipher
from mock_api.seller_center.requests import CallerDep, gated_router

router: Final = gated_router("authorization", "202405")


class Category(Wire):
    id: int
    name: str


class CategoryAsset(Wire):
    cipher: str
    target_market: str
    category: Category


class CategoryAssets(Wire):
    category_assets: list[CategoryAsset]


@router.get("/category_assets", response_model_exclude_none=True)
@access("partner.authorization.info", cipher=Cipher.ABSENT, answered=True)
async def get_authorized_category_assets(
    request: Request, caller: CallerDep
) -> Envelope[CategoryAssets]:
    asset = CategoryAsset(
        cipher=asset_cipher(caller.sandbox),
        target_market=caller.sandbox.config.market.region,
        category=Category(id=3, name="Customer Support"),
    )
    return ok(request, CategoryAssets(category_assets=[asset]))
