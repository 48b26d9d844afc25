"""Version 202606 (newer client): Reject Return with a partial offer after the goods came back, and
Get Available Review Decisions by line item."""

from typing import Annotated, Final, Literal

from fastapi import Query, Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Nothing, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.order.view import money
from mock_api.seller_center.requests import Body, CallerDep, gated_router, split_list, world_of
from mock_api.seller_center.return_refund.returns import v202309
from mock_api.seller_center.return_refund.returns.amounts import minor
from mock_api.seller_center.return_refund.returns.deciding import DECISIONS, own_return
from mock_api.seller_center.return_refund.returns.v202309 import Key
from mock_api.seller_center.return_refund.returns.v202601 import DecisionRow, decision_row
from mock_api.seller_center.return_refund.returns.words import line_id
from simulator import World
from simulator.returns.claims import shares
from simulator.returns.model import Return

router: Final = gated_router("return_refund", "202606")


class PartWish(Body):
    partial_refund_total: str | None = None
    currency: str | None = None


class Rejection(v202309.Rejection):
    decision: Literal[  # type: ignore[assignment]
        "REJECT_REFUND",
        "REJECT_RETURN",
        "REJECT_RECEIVED_PACKAGE",
        "REJECT_REPLACEMENT",
        "OFFER_PARTIAL_REFUND_AFTER_RECEIVING_PKG",
    ]
    partial_refund_amount: PartWish = Field(default_factory=PartWish)


class Range(Wire):
    min_amount: str
    max_amount: str
    currency: str


class ReviewDecision(DecisionRow):
    partial_refund_amount_range: Range | None = None


class LineDecisions(Wire):
    return_line_item_id: str
    decisions: list[ReviewDecision]


class ReviewDecisions(Wire):
    line_items: list[LineDecisions]


@router.post("/returns/{return_id}/reject", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def reject_return(
    request: Request,
    caller: CallerDep,
    return_id: str,
    said: Rejection,
    idempotency_key: Key = "",
) -> Envelope[Nothing]:
    part = said.partial_refund_amount
    market = world_of(caller).registry.market
    amount = minor(part.partial_refund_total, part.currency, market)
    return ok(request, v202309.rejected(caller, return_id, said, idempotency_key, amount))


@router.get("/review_decision", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_available_review_decisions(
    request: Request,
    caller: CallerDep,
    return_or_cancel_id: str,
    check_decisions: Annotated[list[str] | None, Query()] = None,
) -> Envelope[ReviewDecisions]:
    """The same for every line item of a return, but for the range of an offer: a line item's own
    (inferred)."""
    asked, world = own_return(caller, return_or_cancel_id), world_of(caller)
    wanted = split_list(check_decisions or [])
    names = [each for each in DECISIONS if not wanted or each in wanted]
    amounts = shares(asked.amount_minor, world.order(asked.order_id), asked.item_ids)
    lines = [
        LineDecisions(
            return_line_item_id=line_id(asked, nth),
            decisions=[_review(world, asked, each, amount) for each in names],
        )
        for nth, amount in enumerate(amounts)
    ]
    return ok(request, ReviewDecisions(line_items=lines))


def _review(world: World, asked: Return, name: str, amount_minor: int) -> ReviewDecision:
    row, market = decision_row(world, asked, name), world.registry.market
    offers = row.eligible and DECISIONS[name].says is None and amount_minor > 1
    most = money(amount_minor - 1, market)
    return ReviewDecision(
        **row.model_dump(),
        partial_refund_amount_range=Range(
            min_amount=money(1, market), max_amount=most, currency=market.currency
        )
        if offers
        else None,
    )
