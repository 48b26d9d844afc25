"""Review Aftersales Requests, version 202609 (newer client): decisions about several requests, each
by itself; what cannot be decided is told, and the others go on."""

from typing import Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.amounts import minor
from mock_api.seller_center.return_refund.returns.deciding import Said, decide, own_return
from mock_api.seller_center.return_refund.returns.words import line_id
from simulator.returns.model import Kind, Return

router: Final = gated_router("return_refund", "202609")

_REQUEST: Final = {
    Kind.REFUND: "APPROVE_REFUND",
    Kind.RETURN: "APPROVE_RETURN",
    Kind.REPLACEMENT: "APPROVE_REPLACEMENT",
}
_NO: Final = {
    Kind.REFUND: "REJECT_REFUND",
    Kind.RETURN: "REJECT_RETURN",
    Kind.REPLACEMENT: "REJECT_REPLACEMENT",
}


class LineOf(Body):
    return_line_item_id: str
    sub_return_line_item_id: str | None = None


class Media(Body):
    uri: str | None = None
    mime_type: str | None = None


class Why(Body):
    reason_id: str = ""
    text: str = ""
    media: Media | None = None


class Alternative(Body):
    partial_refund_amount: str | None = None
    currency: str | None = None


class LineDecision(Body):
    line_items: list[LineOf] = Field(min_length=1)
    action: Literal[
        "APPROVE_REQUEST",
        "APPROVE_RETURN_PACKAGE",
        "OFFER_PARTIAL_REFUND",
        "OFFER_PARTIAL_REFUND_AFTER_RECEIVING_PKG",
        "REFUND_INSTEAD",
        "REJECT_REQUEST",
        "REJECT_RETURN_PACKAGE",
    ]
    alternative_solution_details: Alternative = Field(default_factory=Alternative)
    reason: Why = Field(default_factory=Why)


class RequestDecision(Body):
    request_id: str
    line_item_decisions: list[LineDecision] = Field(min_length=1)
    request_id_type: Literal["AFTERSALES", "RMA"] = "AFTERSALES"
    action_unix_time: int | None = None
    idempotency_key: str = Field("", max_length=255)


class Review(Body):
    aftersales_request_decisions: list[RequestDecision] = Field(min_length=1, max_length=50)


class Failure(Wire):
    code: str
    message: str


class Reviewed(Wire):
    errors: list[Failure] | None = None


@router.post("/aftersales/review", response_model_exclude_none=True)
@access("seller.return_refund.basic")
async def review_aftersales_requests(
    request: Request, caller: CallerDep, wanted: Review
) -> Envelope[Reviewed]:
    failures = []
    for each in wanted.aftersales_request_decisions:
        try:
            _once(caller, each)
        except Refusal as no:
            text = f"{each.request_id}: {no.row.message}"
            failures.append(Failure(code=str(no.row.code), message=text))
    return ok(request, Reviewed(errors=failures or None))


def _once(caller: Caller, wanted: RequestDecision) -> None:
    def act() -> bool:
        _review(caller, wanted)
        return True

    key = ("return_refund", "review", wanted.request_id, wanted.idempotency_key)
    caller.sandbox.remembered.once(key, act)


def _review(caller: Caller, wanted: RequestDecision) -> None:
    """A return is decided as a whole: one decision, about all of its line items (inferred)."""
    asked = own_return(caller, wanted.request_id)
    lines = {line_id(asked, nth) for nth in range(len(asked.item_ids))}
    named = {line.return_line_item_id for d in wanted.line_item_decisions for line in d.line_items}
    if len(wanted.line_item_decisions) != 1 or named != lines:
        raise Refusal(refusals.BAD_ITEMS)
    (decision,) = wanted.line_item_decisions
    part = decision.alternative_solution_details
    market = world_of(caller).registry.market
    said = Said(
        decision.reason.reason_id,
        decision.reason.text,
        part_minor=minor(part.partial_refund_amount, part.currency, market),
    )
    decide(caller, asked, _in_older_words(asked, decision.action), said)


def _in_older_words(asked: Return, action: str) -> str:
    match action:
        case "APPROVE_REQUEST":
            return _REQUEST[asked.kind]
        case "REJECT_REQUEST":
            return _NO[asked.kind]
        case "REFUND_INSTEAD":
            replacing = asked.kind is Kind.REPLACEMENT
            return "ISSUE_REPLACEMENT_REFUND" if replacing else "DIRECT_REFUND"
        case "APPROVE_RETURN_PACKAGE":
            return "APPROVE_RECEIVED_PACKAGE"
        case "REJECT_RETURN_PACKAGE":
            return "REJECT_RECEIVED_PACKAGE"
        case _:
            return action
