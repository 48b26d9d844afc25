"""What the platform does with a shop's products by hand: it takes them down, and lets them be sold
again. What sellers do with them, they do by the product API."""

from typing import Any, Final, Literal

from fastapi import APIRouter

from mock_api.control.requests import SandboxDep, Wish

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["shops"])


class ShopWish(Wish):
    shop_id: str = ""
    """Left out, the first shop's."""


@router.post("/listings/{product_id}/{action}")
async def platform_acts(
    sandbox: SandboxDep,
    product_id: str,
    action: Literal["take_down", "let_sell"],
    wanted: ShopWish | None = None,
) -> dict[str, Any]:
    world = sandbox.world
    shop_id = (wanted.shop_id if wanted else "") or next(iter(world.registry.shops))
    keepers = world.shopkeepers
    (keepers.take_down if action == "take_down" else keepers.let_sell)(shop_id, product_id)
    listing = world.registry.listings.find(shop_id, product_id)
    status = listing.status if listing else "ACTIVATE"
    return {"shop_id": shop_id, "product_id": product_id, "status": status, "now": world.now}
