"""Fulfillment, version 202309: packages from the search to the label and the tracking."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import Field

from mock_api.kernel.pages import page_token
from mock_api.kernel.questions import ANY, Question
from mock_api.seller_center.domain_errors import row_of
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.shipping import (
    NUMBER_LENGTH,
    MarkedPackage,
    ShipWish,
    mark,
    ship,
    ways_of,
)
from mock_api.seller_center.fulfillment.view import (
    PackageRow,
    PackageView,
    package_row,
    package_view,
)
from mock_api.seller_center.gates import Cipher, access
from mock_api.seller_center.packages import order_of, seen_scans
from mock_api.seller_center.requests import (
    Body,
    CallerDep,
    Paging,
    gated_router,
    own_order,
    own_parcel,
    place_in,
    shelves_of,
    shop_of,
    time_range,
    world_of,
)
from mock_api.seller_center.shelves import CREATED, UPDATED
from mock_api.seller_center.tracking import said
from simulator import World
from simulator.errors import DomainError
from simulator.orders.model import Order
from simulator.own_fleet import reports_of
from simulator.shipping import pickup_slots

router: Final = gated_router("fulfillment", "202309")

MOST_AT_ONCE: Final = 50

_MILLIS: Final = 1000


class PackageFilter(Body):
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    package_status: (
        Literal["TO_FULFILL", "PROCESSING", "FULFILLING", "COMPLETED", "CANCELLED"] | None
    ) = None


class PackagePaging(Paging):
    page_size: int = Field(ge=1, le=50)
    sort_field: Literal["create_time", "update_time", "order_pay_time"] = "create_time"


class PackagePage(Wire):
    next_page_token: str
    total_count: int
    packages: list[PackageRow] | None = None


class SlotView(Wire):
    start_time: int
    end_time: int
    avaliable: bool
    """The platform's own spelling."""


class HandoverSlots(Wire):
    can_pickup: bool
    can_drop_off: bool
    can_van_collection: bool
    drop_off_point_url: str
    pickup_slots: list[SlotView] | None = None


class BatchItem(ShipWish):
    id: str


class Batch(Body):
    packages: Annotated[list[BatchItem], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ErrorDetail(Wire):
    package_id: str


class BatchError(Wire):
    code: int
    message: str
    detail: ErrorDetail


class BatchResult(Wire):
    errors: list[BatchError] | None = None


class Marking(Body):
    order_line_item_ids: list[str] | None = None
    tracking_number: Annotated[str, Field(max_length=NUMBER_LENGTH)]
    shipping_provider_id: str


class TrackingEvent(Wire):
    description: str
    update_time_millis: int


class Tracking(Wire):
    tracking: list[TrackingEvent] | None = None


@router.post("/packages/search", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.OPTIONAL)
async def search_package(
    request: Request,
    caller: CallerDep,
    paging: Annotated[PackagePaging, Query()],
    wanted: PackageFilter | None = None,
) -> Envelope[PackagePage]:
    wanted = wanted or PackageFilter()
    world, shop = world_of(caller), shop_of(caller)
    question = (shop.id, paging.sort_field, paging.sort_order, wanted.model_dump_json())
    asked = Question(
        sort_field=paging.sort_field,
        descending=paging.descending,
        status=wanted.package_status or ANY,
        ranges=(
            *time_range(CREATED, wanted.create_time_ge, wanted.create_time_lt),
            *time_range(UPDATED, wanted.update_time_ge, wanted.update_time_lt),
        ),
    )
    shelf = shelves_of(caller).packages(shop.id)
    found, last = shelf.page(asked, place_in(paging.page_token, question), paging.page_size)
    parcels = [world.parcel(key) for key in found]
    page = PackagePage(
        next_page_token=page_token(last, question) if last else "",
        total_count=shelf.count(asked),
        packages=[package_row(world, order_of(world, each), each) for each in parcels] or None,
    )
    return ok(request, page)


@router.post("/packages/ship", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def batch_ship_packages(
    request: Request, caller: CallerDep, wanted: Batch
) -> Envelope[BatchResult]:
    """Each package by itself: what one refuses is in the answer, and the others are shipped."""
    refused = []
    for item in wanted.packages:
        try:
            ship(caller, item.id, item)
        except Refusal as refusal:
            refused.append((item.id, refusal.row))
        except DomainError as error:
            refused.append((item.id, row_of(error, refusals.FROM_DOMAIN)))
    failures = [
        BatchError(code=row.code, message=row.message, detail=ErrorDetail(package_id=package_id))
        for package_id, row in refused
    ]
    return ok(request, BatchResult(errors=failures or None))


@router.get("/packages/{package_id}", response_model_exclude_none=True)
@access("seller.fulfillment.basic", cipher=Cipher.OPTIONAL)
async def get_package_detail(
    request: Request, caller: CallerDep, package_id: str
) -> Envelope[PackageView]:
    order, parcel = own_parcel(caller, package_id, refusals.NO_PERMISSION)
    return ok(request, package_view(world_of(caller), order, parcel))


@router.get("/packages/{package_id}/handover_time_slots", response_model_exclude_none=True)
@access("seller.fulfillment.package.write", "seller.fulfillment.basic")
async def get_package_handover_time_slots(
    request: Request, caller: CallerDep, package_id: str
) -> Envelope[HandoverSlots]:
    order, parcel = own_parcel(caller, package_id, refusals.BAD_PARAMETERS)
    if not order.ships_from_platform:
        raise Refusal(refusals.NO_SERVICE)
    slots = [
        SlotView(start_time=slot.start, end_time=slot.end, avaliable=has_room)
        for slot, has_room in pickup_slots(world_of(caller).registry, parcel)
    ]
    return ok(
        request,
        HandoverSlots(
            can_pickup=bool(slots),
            can_drop_off=True,
            can_van_collection=bool(slots) and ways_of(caller).has_van_collection,
            drop_off_point_url="https://drop-off.seatrial.example/points",
            pickup_slots=slots or None,
        ),
    )


@router.post("/packages/{package_id}/ship", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def ship_package(
    request: Request, caller: CallerDep, package_id: str, wanted: ShipWish | None = None
) -> Envelope[Nothing]:
    ship(caller, package_id, wanted or ShipWish())
    return ok(request, Nothing())


@router.post("/orders/{order_id}/packages", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def mark_package_as_shipped(
    request: Request, caller: CallerDep, order_id: str, wanted: Marking
) -> Envelope[MarkedPackage]:
    item_ids = wanted.order_line_item_ids or []
    marked = mark(caller, order_id, wanted.shipping_provider_id, wanted.tracking_number, item_ids)
    return ok(request, marked)


@router.get("/orders/{order_id}/tracking", response_model_exclude_none=True)
@access("seller.logistics", "seller.fulfillment.basic")
async def get_tracking(request: Request, caller: CallerDep, order_id: str) -> Envelope[Tracking]:
    """Newest first. Before the first scan the list is left out (inferred)."""
    order = own_order(caller, order_id, refusals.BAD_PARAMETERS)
    views = [
        TrackingEvent(
            description=said(each),
            update_time_millis=each.at * _MILLIS,
        )
        for parcel in world_of(caller).registry.parcels_of(order)
        for each in reversed(seen_scans(order, parcel))
    ]
    views += _own_words(world_of(caller), order)
    return ok(request, Tracking(tracking=views or None))


def _own_words(world: World, order: Order) -> list[TrackingEvent]:
    """What the seller tells of parcels that the own fleet drives, newest first."""
    here = world.registry
    return [
        TrackingEvent(description=each.words, update_time_millis=each.at_millis)
        for each in reversed(reports_of(here, here.parcels_of(order)))
    ]
