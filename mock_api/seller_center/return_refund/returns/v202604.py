"""Search Return Merchandise Authorizations, version 202604 (newer client)."""

from dataclasses import replace
from typing import Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    gated_router,
    shelves_of,
    shop_of,
    world_of,
)
from mock_api.seller_center.return_refund.returns import newer
from mock_api.seller_center.return_refund.returns.newer import (
    Pages,
    SkuReturn,
    Sort,
    Times,
    question_of,
    sku_return,
)
from mock_api.seller_center.return_refund.returns.searching import Place, by_return, page_of
from mock_api.seller_center.return_refund.returns.words import (
    has_rma,
    request_id_of,
    rma_id_of,
    rma_status,
)
from simulator import World
from simulator.returns.model import Return

router: Final = gated_router("return_refund", "202604")


class Filters(Body):
    rma_ids: list[str] | None = None
    package_ids: list[str] | None = None
    statuses: list[str] | None = None
    aftersales_request_ids: list[str] | None = None
    main_order_ids: list[str] | None = None
    time: Times = Field(default_factory=Times)

    def matches(self, asked: Return) -> bool:
        pairs = (
            (rma_id_of(asked), self.rma_ids),
            (asked.parcel_id, self.package_ids),
            (rma_status(asked), self.statuses),
            (request_id_of(asked), self.aftersales_request_ids),
            (asked.order_id, self.main_order_ids),
        )
        return has_rma(asked) and all(not wanted or value in wanted for value, wanted in pairs)


class RmaSearch(Body):
    whitelisted_data_fields: list[Literal["LINE_ITEMS", "SKU_RETURN_REQUESTS"]] | None = None
    filters: Filters = Field(default_factory=Filters)
    sort: Sort = Field(default_factory=Sort)
    pagination: Pages = Field(default_factory=Pages)


class Rma(newer.Rma):
    sku_return_requests: list[SkuReturn] | None = None


class RmaPage(Wire):
    return_merchandise_authorizations: list[Rma] | None = None
    total_count: int
    next_page_token: str


@router.post("/rma/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_return_merchandise_authorizations(
    request: Request, caller: CallerDep, wanted: RmaSearch
) -> Envelope[RmaPage]:
    world, filters = world_of(caller), wanted.filters
    also = by_return(caller, filters.matches)
    asked = replace(question_of(filters.time, wanted.sort), also=also)
    marked = ("rma", filters.model_dump_json(), wanted.sort.model_dump_json())
    place = Place(marked, wanted.pagination.page_token, wanted.pagination.page_size)
    shelf = shelves_of(caller).returns(shop_of(caller).id)
    found, after, total = page_of(caller, shelf, asked, place)
    shown = frozenset(wanted.whitelisted_data_fields or ())
    rows = [_row(world, each, shown) for each in found] or None
    page = RmaPage(return_merchandise_authorizations=rows, total_count=total, next_page_token=after)
    return ok(request, page)


def _row(world: World, asked: Return, shown: frozenset[str]) -> Rma:
    row = newer.rma(world, asked, with_lines="LINE_ITEMS" in shown)
    requests = [sku_return(world, asked)] if "SKU_RETURN_REQUESTS" in shown else None
    return Rma(**row.model_dump(), sku_return_requests=requests)
