"""Fulfillment, version 202309: Get Package Shipping Document."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.documents.kinds import (
    DocumentFormat,
    DocumentSize,
    DocumentType,
    kind_of,
    require_printable,
)
from mock_api.seller_center.fulfillment.documents.links import path_of
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, own_parcel, world_of

router: Final = gated_router("fulfillment", "202309")


class ShippingDocument(Wire):
    doc_url: str
    tracking_number: str


@router.get("/packages/{package_id}/shipping_documents", response_model_exclude_none=True)
@access("seller.fulfillment.basic")
async def get_package_shipping_document(
    request: Request,
    caller: CallerDep,
    package_id: str,
    document_type: Annotated[DocumentType, Query()],
    document_size: Annotated[DocumentSize, Query()] = "A6",
    document_format: Annotated[DocumentFormat, Query()] = "PDF",
) -> Envelope[ShippingDocument]:
    world = world_of(caller)
    order, parcel = own_parcel(caller, package_id, refusals.NOT_THIS_SHOPS)
    kind = kind_of(world, document_type, document_size, document_format)
    require_printable(world, order, parcel, kind)
    path = path_of(caller.sandbox, parcel, kind)
    document = ShippingDocument(
        doc_url=f"{str(request.base_url).rstrip('/')}{path}",
        tracking_number=parcel.tracking_number,
    )
    return ok(request, document)
