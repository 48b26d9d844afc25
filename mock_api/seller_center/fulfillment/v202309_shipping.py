"""Fulfillment, version 202309: shipping services, packages made with them, numbers put right."""

from typing import Final

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals, services
from mock_api.seller_center.fulfillment.correction import correct_order, correct_package
from mock_api.seller_center.fulfillment.services import (
    BundleLine,
    DimensionWish,
    ServiceView,
    WeightWish,
)
from mock_api.seller_center.fulfillment.shipping import SelfShipment
from mock_api.seller_center.fulfillment.view import Dimension, Weight
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of

router: Final = gated_router("fulfillment", "202309")


class ServiceQuery(Body):
    order_line_item_ids: list[str] | None = None
    order_line_list: list[BundleLine] | None = None
    weight: WeightWish | None = None
    dimension: DimensionWish | None = None


class EligibleServices(Wire):
    order_id: str
    order_line_id: list[str]
    weight: Weight
    dimension: Dimension
    shipping_services: list[ServiceView]


class Creation(Body):
    order_id: str
    order_line_item_ids: list[str] | None = None
    dimension: DimensionWish | None = None
    weight: WeightWish | None = None
    shipping_service_id: str | None = None


class ServiceInfo(Wire):
    id: str
    name: str
    price: str
    currency: str
    earliest_delivery_days: int
    latest_delivery_days: int
    shipping_provider_id: str
    shipping_provider_name: str


class CreatedPackage(Wire):
    order_id: str
    order_line_item_ids: list[str]
    dimension: Dimension
    shipping_service_info: ServiceInfo
    package_id: str
    weight: Weight
    create_time: int


@router.post("/orders/{order_id}/shipping_services/query", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def get_eligible_shipping_service(
    request: Request, caller: CallerDep, order_id: str, wanted: ServiceQuery | None = None
) -> Envelope[EligibleServices]:
    """At the prices of the designated carrier's own list, in its currency."""
    wanted = wanted or ServiceQuery()
    lines = wanted.order_line_item_ids or [x.order_line_id for x in wanted.order_line_list or []]
    what = services.parceled(caller, order_id, lines, wanted.weight, wanted.dimension)
    services.require_queryable(what.order)
    world = world_of(caller)
    found = services.eligible(world, what)
    if not isinstance(found, list):
        raise Refusal(refusals.NO_SERVICES)
    answer = EligibleServices(
        order_id=order_id,
        order_line_id=what.item_ids,
        weight=what.weight,
        dimension=what.dimension,
        shipping_services=services.service_views(world, found),
    )
    return ok(request, answer)


@router.post("/packages", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def create_packages(
    request: Request, caller: CallerDep, wanted: Creation
) -> Envelope[CreatedPackage]:
    lines = wanted.order_line_item_ids or []
    what = services.parceled(caller, wanted.order_id, lines, wanted.weight, wanted.dimension)
    parcel, service = services.create(caller, what, wanted.shipping_service_id)
    answer = CreatedPackage(
        order_id=what.order.id,
        order_line_item_ids=list(parcel.item_ids),
        dimension=what.dimension,
        shipping_service_info=ServiceInfo.model_validate(
            service.model_dump(exclude={"is_default", "shipping_fee"})
        ),
        package_id=parcel.id,
        weight=what.weight,
        create_time=parcel.created_at,
    )
    return ok(request, answer)


@router.post("/packages/{package_id}/shipping_info/update", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def update_package_shipping_info(
    request: Request, caller: CallerDep, package_id: str, wanted: SelfShipment
) -> Envelope[Nothing]:
    correct_package(caller, package_id, wanted)
    return ok(request, Nothing())


@router.post("/orders/{order_id}/shipping_info/update", response_model_exclude_none=True)
@access("seller.logistics", "seller.fulfillment.basic")
async def update_shipping_info(
    request: Request, caller: CallerDep, order_id: str, wanted: SelfShipment
) -> Envelope[Nothing]:
    correct_order(caller, order_id, wanted)
    return ok(request, Nothing())
