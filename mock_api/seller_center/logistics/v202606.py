"""Logistics, version 202606, which only the newer client has: is there a template for a warehouse?

The client sends the access token in the query as well, and ids as numbers.
"""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, shop_of, world_of

router: Final = gated_router("logistics", "202606")


class TemplateExists(Wire):
    template_exist: bool


@router.get("/seller_template/template_exist", response_model_exclude_none=True)
@access("seller.logistics")
async def check_shipping_template_existence(
    request: Request,
    caller: CallerDep,
    biz_warehouse_id: Annotated[int, Query()],
    shop_id: Annotated[int | None, Query()] = None,
) -> Envelope[TemplateExists]:
    """Each of the shop's warehouses for sales has its templates; no other one has (inferred)."""
    shop = shop_of(caller)
    own = {row.id for row in world_of(caller).registry.warehouses_of(shop.id)}
    is_shop = shop_id in (None, int(shop.id))
    return ok(request, TemplateExists(template_exist=is_shop and str(biz_warehouse_id) in own))
