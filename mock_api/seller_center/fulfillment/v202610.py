"""Fulfillment, version 202610 (known from the newer public client): Mark Package As Shipped, and
Update Package Shipping Info."""

from typing import Annotated, Final

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Nothing, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.correction import correct_package
from mock_api.seller_center.fulfillment.shipping import (
    NUMBER_LENGTH,
    MarkedPackage,
    SelfShipment,
    mark,
)
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router

router: Final = gated_router("fulfillment", "202610")


class OrderLine(Body):
    order_line_id: str
    sub_item_id: str | None = None


class Marking(Body):
    """Takes the older version's fields too; the new lists are compatible with them."""

    order_line_item_ids: list[str] | None = None
    order_line_list: list[OrderLine] | None = None
    tracking_number: Annotated[str | None, Field(max_length=NUMBER_LENGTH)] = None
    shipping_provider_id: str | None = None
    shipping_info_list: list[SelfShipment] | None = None


class Updating(Body):
    shipping_info_list: Annotated[list[SelfShipment], Field(min_length=1)]


@router.post("/orders/{order_id}/packages", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def mark_package_as_shipped(
    request: Request, caller: CallerDep, order_id: str, wanted: Marking
) -> Envelope[MarkedPackage]:
    """One number for the whole order: several numbers would split it."""
    shipment = _the_one_shipment(wanted)
    item_ids = wanted.order_line_item_ids or [
        line.order_line_id for line in wanted.order_line_list or []
    ]
    marked = mark(
        caller, order_id, shipment.shipping_provider_id, shipment.tracking_number, item_ids
    )
    return ok(request, marked)


@router.post("/packages/{package_id}/shipping_info/update", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def update_package_shipping_info(
    request: Request, caller: CallerDep, package_id: str, wanted: Updating
) -> Envelope[Nothing]:
    """One number a package, as in marking."""
    if len(wanted.shipping_info_list) > 1:
        raise Refusal(refusals.BAD_TRACKING)
    correct_package(caller, package_id, wanted.shipping_info_list[0])
    return ok(request, Nothing())


def _the_one_shipment(wanted: Marking) -> SelfShipment:
    shipments = wanted.shipping_info_list or []
    if len(shipments) > 1:
        raise Refusal(refusals.NO_SPLIT)
    if shipments:
        return shipments[0]
    if wanted.tracking_number is None or wanted.shipping_provider_id is None:
        raise Refusal(refusals.BAD_TRACKING)
    return SelfShipment(
        tracking_number=wanted.tracking_number, shipping_provider_id=wanted.shipping_provider_id
    )
