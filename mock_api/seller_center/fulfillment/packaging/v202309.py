"""Fulfillment, version 202309: splitting orders, combining packages, taking them apart."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import BaseModel, Field

from mock_api.kernel.pages import page_token
from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.failures import PackageError, package_error, refusal_of
from mock_api.seller_center.fulfillment.packaging.combinable import combinable
from mock_api.seller_center.fulfillment.packaging.refusals import (
    OF_COMBINING,
    OF_SPLITTING,
    OF_UNCOMBINING,
)
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    gated_router,
    own_order,
    own_parcel,
    place_in,
    shop_of,
    split_list,
    world_of,
)
from simulator import packaging
from simulator.market.parcel_limits import CategoryLimit
from simulator.orders.model import Order, Status
from simulator.parcels.model import Parcel

router: Final = gated_router("fulfillment", "202309")

_SCOPE: Final = "seller.fulfillment.package.write"
MOST_AT_ONCE: Final = 50


class MustSplitReason(Wire):
    type: Literal["CATEGORY_ITEM_LIMITATION", "TOTAL_COUNT_LIMITATION"]
    category_id: str | None = None
    max_count: str | None = None


class SplitAttribute(Wire):
    order_id: str
    can_split: bool
    reason: str | None = None
    must_split: bool
    must_split_reasons: list[MustSplitReason] | None = None


class SplitAttributes(Wire):
    split_attributes: list[SplitAttribute]


class SplitGroup(Body):
    id: str
    order_line_item_ids: list[str]


class OrderLine(Body):
    order_line_id: str
    sub_item_id: str | None = None


class SplitGroupV2(Body):
    id: str
    order_line_list: list[OrderLine]


class Splitting(Body):
    """The newer client's field may stand in for the older one; sub-items exist in bundle products
    only, of which this world has none."""

    splittable_groups: Annotated[list[SplitGroup], Field(max_length=MOST_AT_ONCE)] | None = None
    splittable_groups_v2: Annotated[list[SplitGroupV2], Field(max_length=MOST_AT_ONCE)] | None = (
        None
    )


class SplitPackage(Wire):
    splittable_group_id: str
    id: str


class SplitResult(Wire):
    packages: list[SplitPackage]


class CombinablePaging(BaseModel):
    page_token: str | None = None
    page_size: int = Field(ge=1, le=50)


class PackageOrders(Wire):
    id: str
    order_ids: list[str]


class CombinablePage(Wire):
    combinable_packages: list[PackageOrders] | None = None
    next_page_token: str
    total_count: int


class CombinablePackage(Body):
    id: str
    order_ids: list[str] | None = None


class Combining(Body):
    combinable_packages: Annotated[
        list[CombinablePackage], Field(min_length=1, max_length=MOST_AT_ONCE)
    ]


class CombineResult(Wire):
    packages: list[PackageOrders] | None = None
    errors: list[PackageError] | None = None


class Uncombining(Body):
    order_ids: list[str] | None = None


class UncombineResult(Wire):
    packages: list[PackageOrders]


@router.get("/orders/split_attributes", response_model_exclude_none=True)
@access(_SCOPE)
async def get_order_split_attributes(
    request: Request, caller: CallerDep, order_ids: Annotated[list[str], Query()]
) -> Envelope[SplitAttributes]:
    """An order on hold refuses the call (the changelog of ON_HOLD); others say why they cannot."""
    wanted = split_list(order_ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Refusal(refusals.bad_parameter("order_ids", f"takes 1 to {MOST_AT_ONCE} orders"))
    orders = [own_order(caller, order_id, refusals.NOT_IN_UNIT) for order_id in wanted]
    if any(order.status is Status.ON_HOLD for order in orders):
        raise Refusal(refusals.ON_HOLD)
    views = [_attribute(caller, order) for order in orders]
    return ok(request, SplitAttributes(split_attributes=views))


@router.post("/orders/{order_id}/split", response_model_exclude_none=True)
@access(_SCOPE)
async def split_orders(
    request: Request, caller: CallerDep, order_id: str, wanted: Splitting
) -> Envelope[SplitResult]:
    order = own_order(caller, order_id, refusals.NOT_IN_UNIT)
    groups = _groups(wanted)
    if len(dict(groups)) < len(groups):
        raise Refusal(refusals.BAD_REQUEST)
    with in_words(OF_SPLITTING):
        parcels = world_of(caller).sellers.split(order.id, [items for _, items in groups])
    packages = [
        SplitPackage(splittable_group_id=group_id, id=parcel.id)
        for (group_id, _), parcel in zip(groups, parcels, strict=True)
    ]
    return ok(request, SplitResult(packages=packages))


@router.get("/combinable_packages/search", response_model_exclude_none=True)
@access(_SCOPE)
async def search_combinable_packages(
    request: Request, caller: CallerDep, paging: Annotated[CombinablePaging, Query()]
) -> Envelope[CombinablePage]:
    question = ("combinable", shop_of(caller).id)
    after = place_in(paging.page_token, question)
    every = combinable(caller)
    coming = [group for group in every if after is None or group.key > after]
    shown = coming[: paging.page_size]
    page = CombinablePage(
        combinable_packages=[PackageOrders(id=each.id, order_ids=each.order_ids) for each in shown]
        or None,
        next_page_token=page_token(shown[-1].key, question) if len(coming) > len(shown) else "",
        total_count=len(every),
    )
    return ok(request, page)


@router.post("/packages/combine", response_model_exclude_none=True)
@access(_SCOPE)
async def combine_package(
    request: Request, caller: CallerDep, wanted: Combining
) -> Envelope[CombineResult]:
    """Each group by itself: what one refuses is in the answer, and the others are combined."""
    made: list[PackageOrders] = []
    errors = []
    for each in wanted.combinable_packages:
        row = refusal_of(lambda each=each: made.append(_combine(caller, each)), OF_COMBINING)  # type: ignore[misc]
        if row:
            errors.append(package_error(each.id, row))
    return ok(request, CombineResult(packages=made or None, errors=errors or None))


@router.post("/packages/{package_id}/uncombine", response_model_exclude_none=True)
@access(_SCOPE)
async def uncombine_packages(
    request: Request, caller: CallerDep, package_id: str, wanted: Uncombining | None = None
) -> Envelope[UncombineResult]:
    """Without orders, all of them: the last one stays in the package it is in."""
    _, parcel = own_parcel(caller, package_id, refusals.NOT_THIS_SHOPS)
    if not parcel.is_combined:
        raise Refusal(refusals.BAD_REQUEST)
    order_ids = list(dict.fromkeys((wanted and wanted.order_ids) or parcel.order_ids))
    if not set(order_ids) <= set(parcel.order_ids):
        raise Refusal(refusals.NOT_IN_UNIT)
    parcels = []
    with in_words(OF_UNCOMBINING):
        for order_id in order_ids:
            last = not parcel.is_combined
            act = world_of(caller).sellers.uncombine
            parcels.append(parcel if last else act(parcel.id, order_id))
    return ok(request, UncombineResult(packages=[_package(each) for each in parcels]))


def _attribute(caller: Caller, order: Order) -> SplitAttribute:
    here = world_of(caller).registry
    why_not = packaging.why_no_split(here, order)
    reasons = [_reason(limit) for limit in packaging.why_split(here, order)]
    return SplitAttribute(
        order_id=order.id,
        can_split=not why_not,
        reason=why_not or None,
        must_split=bool(reasons) and not why_not,
        must_split_reasons=reasons if reasons and not why_not else None,
    )


def _reason(limit: CategoryLimit | int) -> MustSplitReason:
    if isinstance(limit, int):
        return MustSplitReason(type="TOTAL_COUNT_LIMITATION")
    return MustSplitReason(
        type="CATEGORY_ITEM_LIMITATION",
        category_id=limit.category_id,
        max_count=str(limit.units_max),
    )


def _groups(wanted: Splitting) -> list[tuple[str, list[str]]]:
    if wanted.splittable_groups_v2:
        lines = [line for group in wanted.splittable_groups_v2 for line in group.order_line_list]
        if any(line.sub_item_id for line in lines):
            raise Refusal(refusals.BAD_REQUEST)
        return [
            (group.id, [line.order_line_id for line in group.order_line_list])
            for group in wanted.splittable_groups_v2
        ]
    return [(group.id, group.order_line_item_ids) for group in wanted.splittable_groups or ()]


def _combine(caller: Caller, wanted: CombinablePackage) -> PackageOrders:
    _, first = own_parcel(caller, wanted.id, refusals.NOT_THIS_SHOPS)
    group = next((each for each in combinable(caller) if first in each.parcels), None)
    if group is None:
        for order in packaging.orders_in(world_of(caller).registry, first):
            packaging.require_shippable(order)
        raise Refusal(refusals.NO_COMBINE)
    order_ids = wanted.order_ids or group.order_ids
    if not set(order_ids) <= set(group.order_ids):
        raise Refusal(refusals.NOT_IN_PACKAGE)
    named = [each.id for each in group.parcels if set(each.order_ids) & set(order_ids)]
    return _package(world_of(caller).sellers.combine(named))


def _package(parcel: Parcel) -> PackageOrders:
    return PackageOrders(id=parcel.id, order_ids=list(parcel.order_ids))
