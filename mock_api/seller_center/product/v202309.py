"""Products, version 202309: reading one, taking it off sale and back, its stock, its prices."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import Caller, Cipher, access
from mock_api.seller_center.product import refusals
from mock_api.seller_center.product.catalogue import Product, find_product
from mock_api.seller_center.product.detail import ProductView, product_view
from mock_api.seller_center.product.inventory import (
    InventoryWish,
    SkuErrors,
    StockedProduct,
    stocked,
    update_stock,
)
from mock_api.seller_center.product.prices import PriceWish, update_prices
from mock_api.seller_center.requests import Body, CallerDep, gated_router, shop_of, world_of
from simulator.errors import DomainError

router: Final = gated_router("product", "202309")

MOST_PRODUCTS: Final = 20
"""That are put on sale, or taken off, in one call (inferred: the code is documented, the number is
not)."""

Platform = Literal["TOKOPEDIA", "TIKTOK_SHOP"]


class NamedProducts(Body):
    product_ids: list[str]
    listing_platforms: list[Platform] | None = None

    def require_sound(self) -> None:
        if not self.product_ids:
            raise Refusal(refusals.INVALID_INPUT)
        if len(self.product_ids) > MOST_PRODUCTS:
            raise Refusal(refusals.TOO_MANY_PRODUCTS)
        if self.listing_platforms and "TIKTOK_SHOP" not in self.listing_platforms:
            raise Refusal(refusals.OTHER_PLATFORM)


class InventoryQuestion(Body):
    product_ids: list[str] | None = None
    sku_ids: list[str] | None = None


class StockChange(Body):
    skus: list[InventoryWish]


class PriceChange(Body):
    skus: list[PriceWish]


class ExtraError(Wire):
    code: int
    message: str


class ProductErrorDetail(Wire):
    product_id: str
    extra_errors: list[ExtraError] | None = None


class ProductError(Wire):
    code: int
    message: str
    detail: ProductErrorDetail


class ProductErrors(Wire):
    errors: list[ProductError] | None = None


class FoundInventory(Wire):
    inventory: list[StockedProduct] | None = None


@router.get("/products/{product_id}", response_model_exclude_none=True)
@access("seller.product.basic")
async def get_product(
    request: Request,
    caller: CallerDep,
    product_id: str,
    return_under_review_version: Annotated[bool, Query()] = False,  # noqa: FBT002 - the platform's own
    return_draft_version: Annotated[bool, Query()] = False,  # noqa: ARG001, FBT002 - there are no drafts: the live version it is
    locale: Annotated[str, Query()] = "",  # noqa: ARG001 - the shelf has English names only
) -> Envelope[ProductView]:
    product = _product(caller, product_id)
    if return_under_review_version:
        raise Refusal(refusals.NOT_UNDER_REVIEW)
    return ok(request, product_view(product))


@router.post("/products/activate", response_model_exclude_none=True)
@access("seller.product.basic")
async def activate_products(
    request: Request, caller: CallerDep, wanted: NamedProducts
) -> Envelope[ProductErrors]:
    """Each product by itself: what cannot be put on sale is in the answer."""
    wanted.require_sound()
    failed = _moved(caller, wanted, on_sale=True)
    errors = [
        ProductError(
            code=refusals.CHECK_FAILED.code,
            message=refusals.CHECK_FAILED.message,
            detail=ProductErrorDetail(
                product_id=product_id, extra_errors=[ExtraError(code=row.code, message=row.message)]
            ),
        )
        for product_id, row in failed
    ]
    return ok(request, ProductErrors(errors=errors or None))


@router.post("/products/deactivate", response_model_exclude_none=True)
@access("seller.product.basic")
async def deactivate_products(
    request: Request, caller: CallerDep, wanted: NamedProducts
) -> Envelope[ProductErrors]:
    wanted.require_sound()
    failed = _moved(caller, wanted, on_sale=False)
    errors = [
        ProductError(
            code=row.code, message=row.message, detail=ProductErrorDetail(product_id=product_id)
        )
        for product_id, row in failed
    ]
    return ok(request, ProductErrors(errors=errors or None))


@router.post("/inventory/search", response_model_exclude_none=True)
@access("seller.product.basic")
async def inventory_search(
    request: Request, caller: CallerDep, wanted: InventoryQuestion
) -> Envelope[FoundInventory]:
    found = stocked(world_of(caller), shop_of(caller), wanted.product_ids, wanted.sku_ids)
    return ok(request, FoundInventory(inventory=found or None))


@router.post("/products/{product_id}/inventory/update", response_model_exclude_none=True)
@access("seller.product.write", cipher=Cipher.OPTIONAL)
async def update_inventory(
    request: Request, caller: CallerDep, product_id: str, wanted: StockChange
) -> Envelope[SkuErrors]:
    """From now on these SKUs are counted, and never sold twice."""
    product = _product(caller, product_id)
    return ok(request, update_stock(product, wanted.skus))


@router.post("/products/{product_id}/prices/update", response_model_exclude_none=True)
@access("seller.product.write")
async def update_price(
    request: Request, caller: CallerDep, product_id: str, wanted: PriceChange
) -> Envelope[Nothing]:
    """All SKUs or none. Orders that were placed keep their price."""
    product = _product(caller, product_id)
    update_prices(product, wanted.skus)
    return ok(request, Nothing())


def _product(caller: Caller, product_id: str) -> Product:
    product = find_product(world_of(caller), shop_of(caller), product_id)
    if product is None:
        raise Refusal(refusals.NO_SUCH_PRODUCT)
    return product


def _moved(caller: Caller, wanted: NamedProducts, *, on_sale: bool) -> list[tuple[str, Row]]:
    """Those that could not be, and why."""
    failed, shop_id = [], shop_of(caller).id
    keepers = world_of(caller).shopkeepers
    for product_id in dict.fromkeys(wanted.product_ids):
        try:
            (keepers.activate if on_sale else keepers.deactivate)(shop_id, product_id)
        except DomainError as error:
            failed.append((product_id, row_of(error, refusals.FROM_DOMAIN)))
    return failed
