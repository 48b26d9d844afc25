"""The seller's decisions: which fit which return, and what each says to it.

202309's Approve and Reject Return, their newer versions, and the newer reviews by line item all end
here. Which of several documented codes a wrong pair has is inferred from their texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mock_api.seller_center.domain_errors import in_words
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import shop_of, world_of
from mock_api.seller_center.return_refund import refusals
from mock_api.seller_center.return_refund.returns.causes import ANSWERS
from mock_api.seller_center.return_refund.returns.words import return_id_in
from simulator import World
from simulator.errors import NotFound
from simulator.reasons.lists import is_known, reasons
from simulator.reasons.model import About, Giver
from simulator.returns.answering import Verdict
from simulator.returns.model import Arbitration, Image, Kind, Return, ReturnStatus
from simulator.returns.signals import Answer, Answered, Inspected, Offered

REQUESTED, RECEIVED = ReturnStatus.REQUESTED, ReturnStatus.RECEIVED


@dataclass(frozen=True, slots=True)
class Decision:
    """When it fits, and what it says."""

    kinds: tuple[Kind, ...]
    status: ReturnStatus
    says: Answer | bool | None
    """An answer, whether what came back is accepted, or ``None``: a part is offered."""
    rejects: bool = False


DECISIONS: Final = {
    "APPROVE_REFUND": Decision((Kind.REFUND,), REQUESTED, Answer.GRANT),
    "APPROVE_RETURN": Decision((Kind.RETURN,), REQUESTED, Answer.GRANT),
    "APPROVE_RECEIVED_PACKAGE": Decision((Kind.RETURN,), RECEIVED, says=True),
    "APPROVE_REPLACEMENT": Decision((Kind.REPLACEMENT,), REQUESTED, Answer.GRANT),
    "ISSUE_REPLACEMENT_REFUND": Decision((Kind.REPLACEMENT,), REQUESTED, Answer.REFUND),
    "DIRECT_REFUND": Decision((Kind.REFUND, Kind.RETURN), REQUESTED, Answer.REFUND),
    "OFFER_PARTIAL_REFUND": Decision((Kind.REFUND, Kind.RETURN), REQUESTED, None),
    "REJECT_REFUND": Decision((Kind.REFUND,), REQUESTED, Answer.REJECT, rejects=True),
    "REJECT_RETURN": Decision((Kind.RETURN,), REQUESTED, Answer.REJECT, rejects=True),
    "REJECT_RECEIVED_PACKAGE": Decision((Kind.RETURN,), RECEIVED, says=False, rejects=True),
    "REJECT_REPLACEMENT": Decision((Kind.REPLACEMENT,), REQUESTED, Answer.REJECT, rejects=True),
    "OFFER_PARTIAL_REFUND_AFTER_RECEIVING_PKG": Decision(
        (Kind.RETURN,), RECEIVED, None, rejects=True
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a decision."""

    reason: str = ""
    text: str = ""
    keep_item: bool = False
    part_minor: int | None = None
    images: tuple[Image, ...] = ()
    """No id is looked for: the documents have no error for a picture that was never uploaded, and
    Upload Product Image, which gives the ids, is not simulated."""


def own_return(caller: Caller, return_id: str) -> Return:
    """The shop's return of that id; its aftersales request and its RMA name it as well."""
    world = world_of(caller)
    try:
        asked = world.registry.returns.get(return_id_in(return_id))
    except NotFound:
        raise Refusal(refusals.NOT_FOUND) from None
    if world.order(asked.order_id).shop_id != shop_of(caller).id:
        raise Refusal(refusals.NO_PERMISSION)
    return asked


def flaw(asked: Return, name: str) -> Row | None:
    """Why the decision does not fit, if it does not."""
    wanted = DECISIONS[name]
    if asked.kind not in wanted.kinds:
        return refusals.OTHER_TYPE
    if asked.is_open and asked.arbitration is Arbitration.IN_PROGRESS:
        return refusals.WITH_OPERATOR
    if asked.status is wanted.status:
        spent = wanted.says is None and asked.offer_declined
        return refusals.NO_PARTIAL if spent else None
    return _late_to_reject(asked, wanted) if wanted.rejects else _late_to_approve(asked, wanted)


def _late_to_approve(asked: Return, wanted: Decision) -> Row:
    if asked.status is ReturnStatus.CLOSED:
        return refusals.CANCELLED_BEFORE
    if asked.status is ReturnStatus.OFFERED:
        return refusals.NEGOTIATING
    if wanted.says is None:
        return refusals.NO_PARTIAL
    if wanted.status is RECEIVED:
        return refusals.CANNOT_APPROVE_RECEIVE
    if asked.status is ReturnStatus.COMPLETED:
        return refusals.CANNOT_APPROVE
    return refusals.CANNOT_APPROVE_APPLICATION


def _late_to_reject(asked: Return, wanted: Decision) -> Row:
    if asked.status in (ReturnStatus.CLOSED, ReturnStatus.OFFERED, ReturnStatus.REJECTED):
        return refusals.WRONG_ORDER_STATUS
    if wanted.status is RECEIVED:
        if asked.status is ReturnStatus.COMPLETED:
            return refusals.RECEIVED_BEFORE
        on_its_way = asked.status is ReturnStatus.SENT_BACK
        return refusals.CANNOT_REJECT_PARCEL if on_its_way else refusals.CANNOT_REJECT_RECEIVE
    return refusals.APPROVED_BEFORE


def reject_reasons(world: World, asked: Return, name: str) -> dict[str, str]:
    """The reasons that fit a rejection, with their labels. Replacements have the lists of returns
    (inferred: there are none of their own)."""
    market = world.registry.market.ways.reasons
    about = About.REFUND if asked.kind is Kind.REFUND else About.RETURN
    goods = DECISIONS[name].status is RECEIVED
    giver = Giver.SELLER_REJECTS_GOODS if goods else Giver.SELLER_REJECTS
    found = reasons(market, about, giver) or reasons(market, about, Giver.SELLER_REJECTS)
    return {each.name: each.label for each in found}


def require_reject_reason(world: World, asked: Return, name: str, reason: str) -> None:
    if reason in reject_reasons(world, asked, name):
        return
    every = [(about, giver) for about in About for giver in Giver]
    market = world.registry.market.ways.reasons
    here = [pair for pair in every if any(r.name == reason for r in reasons(market, *pair))]
    if not any(is_known(about, reason) for about in About):
        raise Refusal(refusals.UNKNOWN_REASON)
    if not here:
        raise Refusal(refusals.REASON_OFFLINE)
    rejecting = (Giver.SELLER_REJECTS, Giver.SELLER_REJECTS_GOODS)
    if any(giver in rejecting for _, giver in here):
        raise Refusal(refusals.REASON_OF_OTHER_ACTION)
    raise Refusal(refusals.REASON_OF_OTHER_TYPE)


def decide(caller: Caller, asked: Return, name: str, said: Said) -> None:
    """Say it of all line items, or be refused."""
    pronounce(caller, [verdict(caller, asked, asked.item_ids, name, said)])


def verdict(
    caller: Caller, asked: Return, item_ids: Sequence[str], name: str, said: Said
) -> Verdict:
    """What the decision says of these line items; refused, if it does not fit."""
    wanted = DECISIONS[name]
    wrong = flaw(asked, name)
    if wrong:
        raise Refusal(wrong)
    if wanted.rejects:
        require_reject_reason(world_of(caller), asked, name, said.reason)
    words = (said.text, said.reason, said.images)
    if wanted.says is None:
        if said.part_minor is None:
            raise Refusal(refusals.bad_parameter("partial_refund", "is missing"))
        return Verdict(asked.id, tuple(item_ids), Offered(*words), said.part_minor)
    if isinstance(wanted.says, bool):
        return Verdict(asked.id, tuple(item_ids), Inspected(wanted.says, *words))
    answer = Answer.REFUND if said.keep_item else wanted.says
    return Verdict(asked.id, tuple(item_ids), Answered(answer, *words))


def pronounce(caller: Caller, verdicts: Sequence[Verdict]) -> None:
    """All of them, or none."""
    with in_words(ANSWERS):
        world_of(caller).sellers.decide(verdicts)
