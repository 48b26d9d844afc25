"""What returns push: types 12, and of the newer model 64 (request), 65 (RMA) and 67 (refund).

The last three are in no documented list of event types; their names here are ours, after the
client's schemas.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.order.view import money
from mock_api.seller_center.pushes import Push, Tells
from mock_api.seller_center.return_refund.returns.newer import line_items
from mock_api.seller_center.return_refund.returns.words import (
    ROLE,
    TYPE,
    request_id_of,
    reviewed,
    rma_id_of,
    status_in_words,
)
from simulator.clock import Instant
from simulator.facts import RefundMoved, ReturnAsked, ReturnDivided, ReturnMoved
from simulator.orders.model import Party
from simulator.returns.model import REFUND_WORDS, Kind, Return, ReturnStatus

RETURN_STATUS_CHANGE: Final = "RETURN_STATUS_CHANGE"
AFTERSALES_REQUEST: Final = "AFTERSALES_REQUEST_STATUS_UPDATE"
RMA: Final = "RMA_STATUS_UPDATE"
REFUND_SUCCESS: Final = "REFUND_SUCCESS"

_OF_REFUND: Final = {word: status for status, word in REFUND_WORDS.items()}
_WAITING: Final = (ReturnStatus.REQUESTED, ReturnStatus.OFFERED)
_LOOKED: Final = (ReturnStatus.RECEIVED, ReturnStatus.OFFERED)


def _asked(sandbox: Sandbox, fact: ReturnAsked, at: Instant) -> Iterator[Push]:
    yield from _moved_to(sandbox, fact.return_id, ReturnStatus.REQUESTED, at)


def _moved(sandbox: Sandbox, fact: ReturnMoved, at: Instant) -> Iterator[Push]:
    yield from _moved_to(sandbox, fact.return_id, ReturnStatus(fact.status), at)


def _refund_moved(sandbox: Sandbox, fact: RefundMoved, at: Instant) -> Iterator[Push]:
    yield from _moved_to(sandbox, fact.refund_id, _OF_REFUND[fact.status], at)


def _divided(sandbox: Sandbox, fact: ReturnDivided, at: Instant) -> Iterator[Push]:
    """A return that nobody has heard of yet; its aftersales request is the one they know."""
    part = sandbox.world.registry.returns.get(fact.part_id)
    data = _return_data(part, ReturnStatus.REQUESTED, at)
    yield _push(sandbox, part, 12, RETURN_STATUS_CHANGE, data)


def _moved_to(
    sandbox: Sandbox, return_id: str, status: ReturnStatus, at: Instant
) -> Iterator[Push]:
    asked = sandbox.world.registry.returns.get(return_id)
    before = _status_before(asked)
    if not _says_the_same(asked, status):
        yield _push(sandbox, asked, 12, RETURN_STATUS_CHANGE, _return_data(asked, status, at))
    parts = sandbox.world.registry.returns.parts(asked)
    word = _request_news(asked, before, parts)
    if word:
        yield _push(sandbox, asked, 64, AFTERSALES_REQUEST, _request_data(asked, word, at))
    for word in _rma_news(asked, before, status):
        yield _push(sandbox, asked, 65, RMA, _rma_data(asked, word, at))
    if status is ReturnStatus.COMPLETED and asked.paid_minor:
        yield _push(sandbox, asked, 67, REFUND_SUCCESS, _refund_data(sandbox, asked, at))


def _push(
    sandbox: Sandbox, asked: Return, type_: int, event_type: str, data: dict[str, object]
) -> Push:
    order = sandbox.world.order(asked.order_id)
    return Push(type_, event_type, order.shop_id, order.id, data)


def _status_before(asked: Return) -> ReturnStatus | None:
    """What its notes say that it was before it became what it is."""
    known = [note.event for note in asked.notes[:-1] if note.event in set(ReturnStatus)]
    return ReturnStatus(known[-1]) if known else None


def _says_the_same(asked: Return, status: ReturnStatus) -> bool:
    """The platform has one word for the goods being on their way and being there; a replacement
    is complete once it is granted."""
    granted = asked.kind is Kind.REPLACEMENT and status is ReturnStatus.GRANTED
    return status is ReturnStatus.RECEIVED or granted


def _request_news(
    asked: Return, before: ReturnStatus | None, parts: Sequence[Return]
) -> str | None:
    """It is reviewed with the last of its *parts*."""
    if asked.status is ReturnStatus.REQUESTED and before is None:
        return "PENDING_REQUEST_REVIEW"
    left = before in _WAITING and asked.status not in _WAITING and not asked.received_at
    done = left and all(reviewed(each) for each in parts)
    return "REQUEST_REVIEW_COMPLETED" if done else None


def _rma_news(asked: Return, before: ReturnStatus | None, status: ReturnStatus) -> tuple[str, ...]:
    """In the webhook's spelling."""
    match status:
        case ReturnStatus.AWAITING_GOODS:
            return ("INIT", "AWAITING_BUYER_SHIPPED")
        case ReturnStatus.SENT_BACK:
            return ("RETURN_IN_TRANSIT",)
        case ReturnStatus.RECEIVED:
            return ("PENDING_PACKAGE_REVIEW",)
        case ReturnStatus.GRANTED | ReturnStatus.RECEIPT_REJECTED:
            looked = asked.received_at > 0 and before in _LOOKED
            return ("PACKAGE_REVIEW_COMPLETED",) if looked else ()
        case _:
            return ()


def _role(asked: Return) -> str:
    return "SELLER" if asked.by is Party.SELLER else "BUYER"


def _return_data(asked: Return, status: ReturnStatus, at: Instant) -> dict[str, object]:
    return {
        "order_id": asked.order_id,
        "return_role": ROLE[asked.by],
        "return_type": TYPE[asked.kind],
        "return_status": status_in_words(asked, status),
        "return_id": asked.id,
        "create_time": asked.asked_at,
        "update_time": at,
    }


def _request_data(asked: Return, word: str, at: Instant) -> dict[str, object]:
    return {
        "aftersales_request_id": request_id_of(asked),
        "return_role": _role(asked),
        "aftersales_request_status": word,
        "aftersales_request_create_time": asked.asked_at,
        "aftersales_request_update_time": at,
    }


def _rma_data(asked: Return, word: str, at: Instant) -> dict[str, object]:
    made = next(n.at for n in asked.notes if n.event == ReturnStatus.AWAITING_GOODS)
    return {
        "rma_id": rma_id_of(asked),
        "aftersales_request_id": request_id_of(asked),
        "return_role": _role(asked),
        "rma_status": word,
        "rma_request_create_time": made,
        "rma_request_update_time": at,
    }


def _refund_data(sandbox: Sandbox, asked: Return, at: Instant) -> dict[str, object]:
    world = sandbox.world
    market = world.registry.market
    data: dict[str, object] = {
        "aftersales_request_id": request_id_of(asked),
        "line_items": [line.model_dump() for line in line_items(world, asked)],
        "refund_currency": market.currency,
        "refund_status": "SUCCESS",
        "refund_timestamp": at,
        "refund_total": money(asked.paid_minor, market),
    }
    return data | ({"rma_id": rma_id_of(asked)} if asked.parcel_id else {})


TELLS: Final[Tells] = {
    ReturnAsked: _asked,
    ReturnDivided: _divided,
    ReturnMoved: _moved,
    RefundMoved: _refund_moved,
}
