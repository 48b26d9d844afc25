"""Which row answers what the simulation refuses in cancellations."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from mock_api.seller_center.return_refund import refusals
from simulator import cancelling
from simulator.errors import (
    CancellationOver,
    CancellationPending,
    DomainError,
    ItemsExceeded,
    ItemsIndivisible,
    NotARequest,
    NotFound,
    ReasonForOtherAction,
    ReasonForOtherMatter,
    ReasonOfAnother,
    ReasonOffline,
    ReasonOutOfPlace,
    UnknownReason,
    WrongStatus,
)
from simulator.orders.model import Status

_OF_ORDERS: Final[dict[str, Row]] = {
    Status.CANCELLED: refusals.IN_PROCESS,
    Status.COMPLETED: refusals.ORDER_OVER,
    "being refunded": refusals.IN_PROCESS,
}


def _wrong_status(error: DomainError) -> Row:
    """Of two codes that fit a cancelled order, the one that has it in its words first."""
    assert isinstance(error, WrongStatus)
    return _OF_ORDERS.get(error.status, refusals.SHIPPED)


FROM_DOMAIN: Final[Table] = {
    NotFound: refusals.NOT_FOUND,
    WrongStatus: _wrong_status,
    CancellationPending: refusals.IN_PROCESS,
    UnknownReason: refusals.UNKNOWN_REASON,
    ReasonOfAnother: refusals.NOT_SELLERS_REASON,
    ReasonOffline: refusals.REASON_OFFLINE,
    ReasonOutOfPlace: refusals.REASON_NOT_NOW,
    ReasonForOtherAction: refusals.REASON_OF_OTHER_ACTION,
    ReasonForOtherMatter: refusals.REASON_OF_OTHER_TYPE,
    ItemsIndivisible: refusals.NO_SINGLE_ITEMS,
    ItemsExceeded: refusals.BAD_ITEMS,
    NotARequest: refusals.OTHER_TYPE,
}
"""What cancelling can be refused."""

# Which of its codes the platform takes for which end of a request is inferred from their texts.
_APPROVING: Final[dict[str, Row]] = {
    cancelling.GRANTED: refusals.CANNOT_APPROVE_APPLICATION,
    cancelling.WITHDRAWN: refusals.CANCELLED_BEFORE,
    cancelling.TURNED_DOWN: refusals.STATUS_MISMATCH,
    cancelling.SHIPPED: refusals.SHIPPED,
    cancelling.ORDER_OVER: refusals.WRONG_ORDER_STATUS,
}
_REJECTING: Final[dict[str, Row]] = {
    cancelling.GRANTED: refusals.APPROVED_BEFORE,
    cancelling.WITHDRAWN: refusals.CANNOT_REJECT_APPLICATION,
    cancelling.TURNED_DOWN: refusals.STATUS_MISMATCH,
    cancelling.SHIPPED: refusals.CANNOT_REJECT_APPLICATION,
    cancelling.ORDER_OVER: refusals.WRONG_ORDER_STATUS,
}


def _cannot_approve(error: DomainError) -> Row:
    assert isinstance(error, CancellationOver)
    return _APPROVING[error.how]


def _cannot_reject(error: DomainError) -> Row:
    assert isinstance(error, CancellationOver)
    return _REJECTING[error.how]


WHEN_APPROVING: Final[Table] = {**FROM_DOMAIN, CancellationOver: _cannot_approve}
WHEN_REJECTING: Final[Table] = {**FROM_DOMAIN, CancellationOver: _cannot_reject}
