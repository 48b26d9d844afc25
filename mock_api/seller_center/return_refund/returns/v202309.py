"""Refunds, returns and replacements, version 202309."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import Field

from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, own_order, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.amounts import RefundAmount, amount_of, minor
from mock_api.seller_center.return_refund.returns.causes import CLAIMS
from mock_api.seller_center.return_refund.returns.creating import (
    LineWish,
    RefundQuestion,
    ReturnWish,
    create,
    items_of,
    why_not,
)
from mock_api.seller_center.return_refund.returns.deciding import Said, decide, own_return
from mock_api.seller_center.return_refund.returns.records import Records, records_of
from mock_api.seller_center.return_refund.returns.searching import (
    ReturnFilter,
    ReturnPaging,
    found_returns,
)
from mock_api.seller_center.return_refund.returns.view import ReturnRow, return_row
from mock_api.seller_center.return_refund.returns.words import status_of
from simulator.orders.model import Party, Status
from simulator.returns.model import Image, Kind
from simulator.returns.wishes import Wanted

router: Final = gated_router("return_refund", "202309")

Key = Annotated[str, Query(max_length=255)]


class CreatedReturn(Wire):
    return_id: str
    return_status: str


class Amount(Body):
    currency: str | None = None
    amount: str | None = None


class Approval(Body):
    decision: Literal[
        "APPROVE_REFUND",
        "APPROVE_RETURN",
        "APPROVE_RECEIVED_PACKAGE",
        "APPROVE_REPLACEMENT",
        "ISSUE_REPLACEMENT_REFUND",
        "OFFER_PARTIAL_REFUND",
        "DIRECT_REFUND",
    ]
    """DIRECT_REFUND only the newer client has."""
    buyer_keep_item: bool = False
    partial_refund: Amount | None = None


class Picture(Body):
    image_id: str
    mime_type: str | None = None
    height: int | None = None
    width: int | None = None


class Rejection(Body):
    decision: Literal[
        "REJECT_REFUND", "REJECT_RETURN", "REJECT_RECEIVED_PACKAGE", "REJECT_REPLACEMENT"
    ]
    reject_reason: str = ""
    comment: str = Field("", max_length=1000)
    images: list[Picture] | None = None


class Calculated(Wire):
    order_refund_amount: RefundAmount


class LineEligibility(Wire):
    request_type: str
    order_line_items_ids: list[str]
    eligible: bool
    ineligible_code: int | None = None
    ineligible_reason: str | None = None


class SkuEligibility(Wire):
    sku_id: str
    line_item_eligibility: list[LineEligibility]


class Eligibility(Wire):
    sku_eligibility: list[SkuEligibility]


class ReturnPage(Wire):
    return_orders: list[ReturnRow] | None = None
    total_count: int
    next_page_token: str


def once(caller: Caller, what: str, key: str, body: Body) -> tuple[str, ...]:
    """Under what an answer is remembered: the same key about something else is another request."""
    return (
        "return_refund",
        what,
        caller.shop.id if caller.shop else "",
        body.model_dump_json(),
        key,
    )


@router.post("/returns", response_model_exclude_none=True)
@access("seller.fulfillment.basic", "seller.return_refund.basic")
async def create_return(
    request: Request, caller: CallerDep, wish: ReturnWish, idempotency_key: Key = ""
) -> Envelope[CreatedReturn]:
    return ok(request, created(caller, wish, idempotency_key))


def created(
    caller: Caller, wish: ReturnWish, key: str, lines: list[LineWish] | None = None
) -> CreatedReturn:
    """Once for each idempotency key; without one, each time."""

    def act() -> CreatedReturn:
        asked = create(caller, wish, lines)
        return CreatedReturn(return_id=asked.id, return_status=status_of(asked))

    return caller.sandbox.remembered.once(once(caller, "create", key, wish), CreatedReturn, act)


@router.post("/returns/{return_id}/approve", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def approve_return(
    request: Request,
    caller: CallerDep,
    return_id: str,
    said: Approval,
    idempotency_key: Key = "",
) -> Envelope[Nothing]:
    part = said.partial_refund or Amount()
    market = world_of(caller).registry.market

    def act() -> Nothing:
        asked = own_return(caller, return_id)
        amount = minor(part.amount, part.currency, market)
        words = Said(keep_item=said.buyer_keep_item, part_minor=amount)
        decide(caller, asked, said.decision, words)
        return Nothing()

    key = once(caller, f"approve {return_id}", idempotency_key, said)
    return ok(request, caller.sandbox.remembered.once(key, Nothing, act))


@router.post("/returns/{return_id}/reject", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def reject_return(
    request: Request,
    caller: CallerDep,
    return_id: str,
    said: Rejection,
    idempotency_key: Key = "",
) -> Envelope[Nothing]:
    return ok(request, rejected(caller, return_id, said, idempotency_key))


def rejected(
    caller: Caller, return_id: str, said: Rejection, key: str, part: int | None = None
) -> Nothing:
    """Once for each idempotency key."""

    def act() -> Nothing:
        asked = own_return(caller, return_id)
        images = tuple(
            Image(each.image_id, each.width or 0, each.height or 0) for each in said.images or ()
        )
        words = Said(said.reject_reason, said.comment, part_minor=part, images=images)
        decide(caller, asked, said.decision, words)
        return Nothing()

    remembered = once(caller, f"reject {return_id}", key, said)
    return caller.sandbox.remembered.once(remembered, Nothing, act)


@router.post("/returns/search", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def search_returns(
    request: Request,
    caller: CallerDep,
    paging: Annotated[ReturnPaging, Query()],
    wanted: ReturnFilter | None = None,
) -> Envelope[ReturnPage]:
    found, after, total = found_returns(caller, wanted or ReturnFilter(), paging)
    rows = [return_row(world_of(caller), each) for each in found] or None
    return ok(request, ReturnPage(return_orders=rows, total_count=total, next_page_token=after))


@router.get("/returns/{return_id}/records", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_return_records(
    request: Request, caller: CallerDep, return_id: str
) -> Envelope[Records]:
    asked = own_return(caller, return_id)
    return ok(request, Records(records=records_of(world_of(caller), asked)))


@router.post("/refunds/calculate", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def calculate_refund(
    request: Request, caller: CallerDep, wish: RefundQuestion
) -> Envelope[Calculated]:
    return ok(request, calculated(caller, wish))


def calculated(
    caller: Caller, wish: RefundQuestion, lines: list[LineWish] | None = None
) -> Calculated:
    """What would go back now. What could not be asked for is a bad parameter here: the endpoint has
    no other words (inferred)."""
    world = world_of(caller)
    order = own_order(caller, wish.order_id, refusals.NOT_FOUND)
    items = items_of(order, wish, lines)
    if wish.request_type == "CANCEL":
        whole = [item.id for item in order.items]
        amount = amount_of(order.total_minor, order, whole, world.registry.market)
        return Calculated(order_refund_amount=amount)
    kind = Kind.REFUND if wish.request_type == "REFUND" else Kind.RETURN
    bad = dict.fromkeys(CLAIMS, refusals.BAD_PARAMETERS)
    with in_words(bad):
        wanted = Wanted(kind, wish.reason_name, items)
        total = world.platform.returns.require_possible(order, wanted, Party.SELLER)
    named = list(items) or [item.id for item in order.items]
    market = world.registry.market
    return Calculated(order_refund_amount=amount_of(total, order, named, market))


@router.get("/orders/{order_id}/aftersale_eligibility", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_aftersale_eligibility(
    request: Request,
    caller: CallerDep,
    order_id: str,
    initiate_aftersale_user: Literal["SELLER", "BUYER"] = "SELLER",
) -> Envelope[Eligibility]:
    rows = [
        SkuEligibility(
            sku_id=sku_id,
            line_item_eligibility=[
                LineEligibility(
                    request_type=each.request_type,
                    order_line_items_ids=each.order_line_items_ids,
                    eligible=each.eligible,
                    ineligible_code=each.ineligible_code,
                    ineligible_reason=each.ineligible_reason,
                )
                for each in lines
            ],
        )
        for sku_id, lines in eligibility(caller, order_id, initiate_aftersale_user, KINDS).items()
    ]
    return ok(request, Eligibility(sku_eligibility=rows))


KINDS: Final = ("CANCEL", "REFUND", "RETURN_AND_REFUND")
_MAY_CANCEL: Final = (Status.ON_HOLD, Status.AWAITING_SHIPMENT)


def eligibility(
    caller: Caller, order_id: str, who: str, kinds: tuple[str, ...]
) -> dict[str, list[LineEligibility]]:
    """By SKU, for each kind of request: its units together where they fare alike."""
    order = own_order(caller, order_id, refusals.NO_PERMISSION)
    world, by = world_of(caller), Party(who.lower())
    found: dict[str, list[LineEligibility]] = {}
    for item in order.items:
        rows = found.setdefault(item.sku_id, [])
        for kind in kinds:
            if kind == "CANCEL":
                row = None if order.status in _MAY_CANCEL else refusals.WRONG_ORDER_STATUS
            else:
                of = Kind.REFUND if kind == "REFUND" else Kind.RETURN
                items = (item.id,) if order.status is Status.DELIVERED else ()
                row = why_not(world, order, Wanted(of, item_ids=items), by)
            code = row.code if row else None
            same = [r for r in rows if r.request_type == kind and r.ineligible_code == code]
            if same:
                same[0].order_line_items_ids.append(item.id)
                continue
            rows.append(
                LineEligibility(
                    request_type=kind,
                    order_line_items_ids=[item.id],
                    eligible=row is None,
                    ineligible_code=code,
                    ineligible_reason=row.message if row else None,
                )
            )
    return found
