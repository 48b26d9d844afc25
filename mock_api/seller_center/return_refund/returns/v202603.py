"""Search Aftersales Requests, version 202603 (newer client)."""

from collections.abc import Sequence
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
from mock_api.seller_center.return_refund.returns.newer import (
    LineItem,
    Pages,
    Rma,
    SkuReturn,
    Sort,
    Times,
    line_items,
    question_of,
    rma,
    sku_return,
)
from mock_api.seller_center.return_refund.returns.searching import Place, by_return, page_of
from mock_api.seller_center.return_refund.returns.words import (
    TYPE,
    has_rma,
    request_id_of,
    request_status,
)
from simulator import World
from simulator.returns.model import Return

router: Final = gated_router("return_refund", "202603")


class Filters(Body):
    aftersales_request_ids: list[str] | None = None
    aftersales_request_statuses: (
        list[Literal["INIT", "PENDING_REQUEST_REVIEW", "REQUEST_REVIEW_COMPLETED"]] | None
    ) = None
    return_types: list[Literal["EXCHANGE", "REFUND", "REPLACEMENT", "RETURN_AND_REFUND"]] | None = (
        None
    )
    main_order_ids: list[str] | None = None
    buyer_ids: list[str] | None = None
    time: Times = Field(default_factory=Times)

    def matches(self, asked: Return, parts: Sequence[Return], buyer_id: str) -> bool:
        """*asked* as what, and the *parts* that it has by now: all are of one type."""
        pairs: tuple[tuple[str, list[str] | None], ...] = (
            (request_id_of(asked), self.aftersales_request_ids),
            (request_status(parts), list(self.aftersales_request_statuses or [])),
            (TYPE[asked.kind], list(self.return_types or [])),
            (asked.order_id, self.main_order_ids),
            (buyer_id, self.buyer_ids),
        )
        return all(not wanted or value in wanted for value, wanted in pairs)


class AftersalesSearch(Body):
    whitelisted_data_fields: (
        list[Literal["LINE_ITEMS", "RETURN_MERCHANDISE_AUTHORIZATIONS", "SKU_RETURN_REQUESTS"]]
        | None
    ) = None
    filters: Filters = Field(default_factory=Filters)
    sort: Sort = Field(default_factory=Sort)
    pagination: Pages = Field(default_factory=Pages)


class AftersalesRequest(Wire):
    id: str
    status: str
    line_items: list[LineItem] | None = None
    sku_return_requests: list[SkuReturn] | None = None
    return_merchandise_authorizations: list[Rma] | None = None


class AftersalesPage(Wire):
    aftersales_requests: list[AftersalesRequest] | None = None
    total_count: int
    next_page_token: str


@router.post("/aftersales/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_aftersales_requests(
    request: Request, caller: CallerDep, wanted: AftersalesSearch
) -> Envelope[AftersalesPage]:
    world, filters = world_of(caller), wanted.filters

    def also(asked: Return) -> bool:
        parts = world.registry.returns.parts(asked)
        return filters.matches(asked, parts, world.order(asked.order_id).buyer_id)

    asked = replace(question_of(filters.time, wanted.sort), also=by_return(caller, also))
    marked = ("aftersales", filters.model_dump_json(), wanted.sort.model_dump_json())
    place = Place(marked, wanted.pagination.page_token, wanted.pagination.page_size)
    shelf = shelves_of(caller).requests(shop_of(caller).id)
    found, after, total = page_of(caller, shelf, asked, place)
    shown = frozenset(wanted.whitelisted_data_fields or ())
    rows = [_row(world, each, shown) for each in found] or None
    page = AftersalesPage(aftersales_requests=rows, total_count=total, next_page_token=after)
    return ok(request, page)


def _row(world: World, asked: Return, shown: frozenset[str]) -> AftersalesRequest:
    """All of its parts together, what was asked for first."""
    parts = world.registry.returns.parts(asked)
    lines = [line for each in parts for line in line_items(world, each)]
    rmas = [rma(world, each, with_lines=True) for each in parts if has_rma(each)]
    returns = [sku_return(world, each) for each in parts]
    return AftersalesRequest(
        id=request_id_of(asked),
        status=request_status(parts),
        line_items=lines if "LINE_ITEMS" in shown else None,
        sku_return_requests=returns if "SKU_RETURN_REQUESTS" in shown else None,
        return_merchandise_authorizations=(rmas or None)
        if "RETURN_MERCHANDISE_AUTHORIZATIONS" in shown
        else None,
    )
