"""Review Aftersales Requests, version 202609 (newer client): decisions about several requests, each
by itself; what cannot be decided is told, and the others go on.

Different decisions about a request's line items divide it (``simulator.dividing``), which only the
wire's shape suggests: a decision has line items, and a request several returns.
"""

from collections.abc import Mapping
from typing import Final, Literal

from fastapi import Request
from pydantic import Field

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.gates import Caller, access
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.amounts import minor
from mock_api.seller_center.return_refund.returns.deciding import (
    Said,
    own_return,
    pronounce,
    verdict,
)
from mock_api.seller_center.return_refund.returns.words import (
    line_id,
    names_request,
    next_action,
)
from simulator.returns.answering import Verdict
from simulator.returns.model import Image, Kind, Return

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
    caller.sandbox.remembered.once(key, bool, act)


def _review(caller: Caller, wanted: RequestDecision) -> None:
    """All line items that wait for the seller are named, each once."""
    lines = {
        line_id(asked, nth): (asked, item_id)
        for asked in _spoken_of(caller, wanted.request_id)
        for nth, item_id in enumerate(asked.item_ids)
    }
    named = [line.return_line_item_id for d in wanted.line_item_decisions for line in d.line_items]
    if sorted(named) != sorted(lines):
        raise Refusal(refusals.BAD_ITEMS)
    verdicts = []
    for decision in wanted.line_item_decisions:
        verdicts += _verdicts(caller, decision, lines)
    pronounce(caller, verdicts)


def _spoken_of(caller: Caller, request_id: str) -> list[Return]:
    """The return that is named by its own id or its RMA's; by the request's, all of its parts that
    wait for the seller (inferred), or whatever it has, if none does."""
    asked = own_return(caller, request_id)
    if not names_request(request_id):
        return [asked]
    parts = list(world_of(caller).registry.returns.parts(asked))
    return [each for each in parts if next_action(each)] or parts


def _verdicts(
    caller: Caller, decision: LineDecision, lines: Mapping[str, tuple[Return, str]]
) -> list[Verdict]:
    """One for each return that has some of the line items. An offer is about one return: how it
    would be shared between several is nowhere said."""
    said = _said(caller, decision)
    items: dict[str, list[str]] = {}
    found: dict[str, Return] = {}
    for line in decision.line_items:
        asked, item_id = lines[line.return_line_item_id]
        found[asked.id] = asked
        items.setdefault(asked.id, []).append(item_id)
    if len(found) > 1 and said.part_minor is not None:
        raise Refusal(refusals.BAD_ITEMS)
    return [
        verdict(caller, asked, items[asked.id], _in_older_words(asked, decision.action), said)
        for asked in found.values()
    ]


def _said(caller: Caller, decision: LineDecision) -> Said:
    part, media = decision.alternative_solution_details, decision.reason.media
    market = world_of(caller).registry.market
    return Said(
        decision.reason.reason_id,
        decision.reason.text,
        part_minor=minor(part.partial_refund_amount, part.currency, market),
        images=(Image(media.uri),) if media and media.uri else (),
    )


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
