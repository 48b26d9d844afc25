"""Get Decision Eligibility, version 202601 (newer client): which decisions fit a return now."""

from typing import Annotated, Final

from fastapi import Query, Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.gates import access
from mock_api.seller_center.requests import CallerDep, gated_router, split_list, world_of
from mock_api.seller_center.return_refund.returns.deciding import (
    DECISIONS,
    flaw,
    own_return,
    reject_reasons,
)
from simulator import World
from simulator.returns.model import Return

router: Final = gated_router("return_refund", "202601")

_NEWER: Final = ("OFFER_PARTIAL_REFUND", "OFFER_PARTIAL_REFUND_AFTER_RECEIVING_PKG")


class RejectReason(Wire):
    name: str
    text: str


class DecisionRow(Wire):
    decision: str
    eligible: bool
    ineligible_code: int | None = None
    ineligible_reason: str | None = None
    available_reject_reasons: list[RejectReason] | None = None


class Decisions(Wire):
    decisions: list[DecisionRow]


def decision_row(world: World, asked: Return, name: str) -> DecisionRow:
    wrong = flaw(asked, name)
    offered = None
    if wrong is None and DECISIONS[name].rejects:
        labels = reject_reasons(world, asked, name)
        offered = [RejectReason(name=each, text=text) for each, text in labels.items()]
    return DecisionRow(
        decision=name,
        eligible=wrong is None,
        ineligible_code=wrong.code if wrong else None,
        ineligible_reason=wrong.message if wrong else None,
        available_reject_reasons=offered,
    )


@router.get("/decision_eligibility", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def get_decision_eligibility(
    request: Request,
    caller: CallerDep,
    return_or_cancel_id: str,
    check_decisions: Annotated[list[str] | None, Query()] = None,
) -> Envelope[Decisions]:
    """Of a return; decisions about cancellations and exchanges are not among them."""
    asked = own_return(caller, return_or_cancel_id)
    wanted = split_list(check_decisions or [])
    names = [each for each in DECISIONS if each not in _NEWER and (not wanted or each in wanted)]
    rows = [decision_row(world_of(caller), asked, each) for each in names]
    return ok(request, Decisions(decisions=rows))
