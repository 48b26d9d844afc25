"""Cancellations, version 202309: Cancel Order, Approve and Reject Cancellation, Search
Cancellations, Get Reject Reasons."""

from typing import Annotated, Final

from fastapi import Query, Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from mock_api.seller_center.return_refund.cancellations import calls
from mock_api.seller_center.return_refund.cancellations.reject_reasons import reasons_for
from mock_api.seller_center.return_refund.cancellations.searching import (
    CancellationFilter,
    CancellationPaging,
    search,
)
from mock_api.seller_center.return_refund.cancellations.view import (
    CancellationFields,
    shared_fields,
)
from mock_api.seller_center.return_refund.cancellations.words import STATUS
from simulator.cancelling import No

router: Final = gated_router("return_refund", "202309")

IdempotencyKey = Annotated[str, Query(max_length=255)]


class CancelOrder(Body):
    order_id: str
    cancel_reason: str
    skus: list[calls.SkuAmount] = Field(default_factory=list)
    order_line_item_ids: list[str] = Field(default_factory=list)


class Image(Body):
    image_id: str
    mime_type: str = ""
    height: int = 0
    width: int = 0


class Rejection(Body):
    reject_reason: str
    comment: str = ""
    images: list[Image] = Field(default_factory=list)


class CancellationPage(Wire):
    cancellations: list[CancellationFields] | None = None
    total_count: int
    next_page_token: str


class RejectReason(Wire):
    name: str
    text: str


class RejectReasons(Wire):
    reasons: list[RejectReason] | None = None


@router.post("/cancellations", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def cancel_order(
    request: Request, caller: CallerDep, wanted: CancelOrder
) -> Envelope[calls.Cancelled]:
    done = calls.cancel(
        caller, wanted.order_id, wanted.cancel_reason, wanted.order_line_item_ids, wanted.skus
    )
    return ok(request, done)


@router.post("/cancellations/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_cancellations(
    request: Request,
    caller: CallerDep,
    paging: Annotated[CancellationPaging, Query()],
    wanted: CancellationFilter | None = None,
) -> Envelope[CancellationPage]:
    found, count, token = search(caller, paging, wanted)
    world = world_of(caller)
    views = [shared_fields(world, order, asked, STATUS[asked.status]) for order, asked in found]
    page = CancellationPage(cancellations=views or None, total_count=count, next_page_token=token)
    return ok(request, page)


@router.post("/cancellations/{cancel_id}/approve", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def approve_cancellation(
    request: Request, caller: CallerDep, cancel_id: str, idempotency_key: IdempotencyKey = ""
) -> Envelope[Nothing]:
    return calls.approve(request, caller, cancel_id, idempotency_key)


@router.post("/cancellations/{cancel_id}/reject", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def reject_cancellation(
    request: Request,
    caller: CallerDep,
    cancel_id: str,
    wanted: Rejection,
    idempotency_key: IdempotencyKey = "",
) -> Envelope[Nothing]:
    images = tuple(each.image_id for each in wanted.images)
    no = No(wanted.reject_reason, wanted.comment, images)
    return calls.reject(request, caller, cancel_id, idempotency_key, no)


@router.get("/reject_reasons", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_reject_reasons(
    request: Request, caller: CallerDep, return_or_cancel_id: str, locale: str = "en-US"
) -> Envelope[RejectReasons]:
    """For cancellations, returns and refunds. Texts are English in every *locale* (ours)."""
    _ = locale
    listed = [
        RejectReason(name=each.name, text=each.label)
        for each in reasons_for(caller, return_or_cancel_id)
    ]
    return ok(request, RejectReasons(reasons=listed or None))
