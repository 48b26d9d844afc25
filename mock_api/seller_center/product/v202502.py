"""Products, version 202502: Search Products."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from mock_api.kernel.pages import BadPageToken, page_token, read_page_token
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import access
from mock_api.seller_center.product import refusals
from mock_api.seller_center.product.catalogue import (
    Audit,
    Inventory,
    Price,
    Product,
    StatusInfo,
    products_of,
)
from mock_api.seller_center.requests import Body, CallerDep, gated_router, shop_of, world_of
from simulator.clock import Instant

router: Final = gated_router("product", "202502")

_MOST_ON_A_PAGE: Final = 100
_MOST_NAMED: Final = 10

ProductStatus = Literal[
    "ALL",
    "DRAFT",
    "PENDING",
    "FAILED",
    "ACTIVATE",
    "SELLER_DEACTIVATED",
    "PLATFORM_DEACTIVATED",
    "FREEZE",
    "DELETED",
]


class ProductFilter(Body):
    """Which products; all conditions hold at once. Bounds of times are both included."""

    status: ProductStatus = "ALL"
    seller_skus: list[str] | None = None
    sku_ids: list[str] | None = None
    create_time_ge: int | None = None
    create_time_le: int | None = None
    update_time_ge: int | None = None
    update_time_le: int | None = None
    category_version: str | None = None
    listing_quality_tiers: list[Literal["POOR", "FAIR", "GOOD"]] | None = None
    listing_platforms: list[Literal["TOKOPEDIA", "TIKTOK_SHOP"]] | None = None
    audit_status: list[Literal["AUDITING", "FAILED", "APPROVED"]] | None = None
    sns_filter: Literal["CONFIGURED", "ELIGIBLE"] | None = None
    return_draft_version: bool = False

    def require_sound(self) -> None:
        if len(self.seller_skus or ()) > _MOST_NAMED:
            raise Refusal(refusals.SEARCHED_SELLER_SKUS)
        if len(self.sku_ids or ()) > _MOST_NAMED:
            raise Refusal(refusals.SEARCHED_SKUS)
        if _is_turned_round(self.create_time_ge, self.create_time_le):
            raise Refusal(refusals.CREATED_RANGE)
        if _is_turned_round(self.update_time_ge, self.update_time_le):
            raise Refusal(refusals.UPDATED_RANGE)

    def matches(self, product: Product) -> bool:
        skus = product.skus
        return (
            self.status in ("ALL", product.status)
            and (not self.seller_skus or any(s.seller_sku in self.seller_skus for s in skus))
            and (not self.sku_ids or any(sku.id in self.sku_ids for sku in skus))
            and _is_within(product.created_at, self.create_time_ge, self.create_time_le)
            and _is_within(product.updated_at, self.update_time_ge, self.update_time_le)
            and self._matches_what_all_are()
        )

    def _matches_what_all_are(self) -> bool:
        """Every product here is good, approved, on the platform's own shop, and no subscription."""
        return (
            (not self.listing_quality_tiers or "GOOD" in self.listing_quality_tiers)
            and (not self.audit_status or "APPROVED" in self.audit_status)
            and (not self.listing_platforms or "TIKTOK_SHOP" in self.listing_platforms)
            and self.sns_filter is None
        )


class FoundSku(Wire):
    id: str
    seller_sku: str
    price: Price
    inventory: list[Inventory]
    status_info: StatusInfo


class FoundProduct(Wire):
    id: str
    title: str
    status: str
    skus: list[FoundSku]
    sales_regions: list[str]
    create_time: int
    update_time: int
    is_not_for_sale: bool
    listing_quality_tier: str
    audit: Audit
    has_draft: bool


class ProductPage(Wire):
    total_count: int
    next_page_token: str
    products: list[FoundProduct] | None = None


@router.post("/products/search", response_model_exclude_none=True)
@access("seller.product.basic")
async def search_products(
    request: Request,
    caller: CallerDep,
    page_size: Annotated[int, Query()],
    page_token: Annotated[str, Query()] = "",
    wanted: ProductFilter | None = None,
) -> Envelope[ProductPage]:
    """In the shelf's order (no source says in which)."""
    wanted = wanted or ProductFilter()
    if not 1 <= page_size <= _MOST_ON_A_PAGE:
        raise Refusal(refusals.PAGE_SIZE)
    wanted.require_sound()
    shop = shop_of(caller)
    question = (shop.id, wanted.model_dump_json())
    found = [each for each in products_of(world_of(caller), shop) if wanted.matches(each)]
    start = _start(page_token, question)
    shown, end = found[start : start + page_size], start + page_size
    page = ProductPage(
        total_count=len(found),
        next_page_token=_token(end, question) if end < len(found) else "",
        products=[_found(each) for each in shown] or None,
    )
    return ok(request, page)


def _found(product: Product) -> FoundProduct:
    return FoundProduct(
        id=product.id,
        title=product.title,
        status=product.status,
        skus=[
            FoundSku(
                id=sku.id,
                seller_sku=sku.seller_sku,
                price=product.price(sku),
                inventory=product.inventory(sku),
                status_info=StatusInfo(status="NORMAL"),
            )
            for sku in product.skus
        ],
        sales_regions=[product.shop.region],
        create_time=product.created_at,
        update_time=product.updated_at,
        is_not_for_sale=False,
        listing_quality_tier="GOOD",
        audit=Audit(status="APPROVED"),
        has_draft=False,
    )


def _token(end: int, question: object) -> str:
    return page_token((end, ""), question)


def _start(token: str, question: object) -> int:
    if not token:
        return 0
    try:
        return read_page_token(token, question)[0]
    except BadPageToken:
        raise Refusal(refusals.PAGE_NUMBER) from None


def _is_turned_round(from_: int | None, to: int | None) -> bool:
    return from_ is not None and to is not None and from_ > to


def _is_within(at: Instant, from_: int | None, to: int | None) -> bool:
    return (from_ is None or from_ <= at) and (to is None or at <= to)
