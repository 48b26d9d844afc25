"""Fulfillment, version 202512 (known from the newer public client): Create Packages."""

from typing import Final, Literal

from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals, services
from mock_api.seller_center.fulfillment.services import BundleLine, DimensionWish, WeightWish
from mock_api.seller_center.fulfillment.view import Dimension, Weight
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router

router: Final = gated_router("fulfillment", "202512")


class Creation(Body):
    ship_type: Literal["1", "2", "3"]
    """1: the whole order in one package; 2: the named lines; 3: several orders in one."""
    order_id: str | None = None
    order_line_item: list[BundleLine] | None = None
    order_list_ids: list[str] | None = None
    dimension: DimensionWish | None = None
    shipping_service_id: str | None = None
    weight: WeightWish | None = None


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
    dimension: Dimension
    shipping_service_info: ServiceInfo
    package_id: str
    weight: Weight
    create_time: int


@router.post("/packages", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def create_packages(
    request: Request, caller: CallerDep, wanted: Creation
) -> Envelope[CreatedPackage]:
    """One order a package: several orders are not combined in this way here."""
    if wanted.ship_type == "3":
        raise Refusal(refusals.NO_TRADE_RULE)
    lines = [line.order_line_id for line in wanted.order_line_item or []]
    in_part = wanted.ship_type == "2"
    if wanted.order_id is None or (in_part and not lines):
        raise Refusal(refusals.BAD_PARAMETERS)
    what = services.parceled(
        caller, wanted.order_id, lines if in_part else [], wanted.weight, wanted.dimension
    )
    parcel, service = services.create(caller, what, wanted.shipping_service_id)
    answer = CreatedPackage(
        dimension=what.dimension,
        shipping_service_info=ServiceInfo.model_validate(
            service.model_dump(exclude={"is_default", "shipping_fee"})
        ),
        package_id=parcel.id,
        weight=what.weight,
        create_time=parcel.created_at,
    )
    return ok(request, answer)
