"""The refusals of the cancellations: their rows, and what the simulation refuses in them."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
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

BAD_PARAMETERS: Final = Row(25001001, "An invalid request parameter was passed")
WRONG_ORDER_STATUS: Final = Row(25001003, "Invalid order status")
IN_PROCESS: Final = Row(
    25001011,
    "A return request is already in process, or the order has already been cancelled",
)
UNKNOWN_REASON: Final = Row(25001014, "Unknown return reason")
NOT_A_SELLERS: Final = Row(25001015, "The provided return reason cannot be used by the seller")
OTHER_ACTION: Final = Row(25001016, "reverse reason not match action type")
OFFLINE: Final = Row(25001020, "The provided return reason is currently offline")
OTHER_STATUS: Final = Row(25001021, "Reason not match order status")
# The documents break off after "with".
SHIPPED: Final = Row(
    25001045, "The order has already been shipped and we are unable to cancel shipment with"
)
ORDER_OVER: Final = Row(
    25001051, "Not allowed to return or cancel since order is completed or cancelled"
)
OTHER_MATTER: Final = Row(25001057, "reverse reason not match reason type")
INDIVISIBLE: Final = Row(25005010, "Unable to cancel individual line items within this request")
TOO_MANY: Final = Row(
    25005011, "The requested line item(s) for return or refund exceeds the allowable limit"
)
NO_SUCH_ORDER: Final = Row(25007006, "Order not found")
CANNOT_REJECT: Final = Row(25011011, "reverse status cannot reject application")
CANNOT_APPROVE: Final = Row(25011012, "reverse status cannot approve application")
STATUS_MISMATCH: Final = Row(25020003, "decision not match reverse status")
TYPE_MISMATCH: Final = Row(25020004, "decision not match reverse type")
NO_PERMISSION: Final = Row(25020005, "No permission to process this order")
ALREADY_CANCELLED: Final = Row(25020009, "reverse already cancelled")
ALREADY_APPROVED: Final = Row(25020010, "Aftersales has been approved and cannot be rejected")

_OF_ORDERS: Final[dict[str, Row]] = {
    Status.CANCELLED: IN_PROCESS,
    Status.COMPLETED: ORDER_OVER,
    "being refunded": IN_PROCESS,
}


def _wrong_status(error: DomainError) -> Row:
    """Of two codes that fit a cancelled order, the one that has it in its words first."""
    assert isinstance(error, WrongStatus)
    return _OF_ORDERS.get(error.status, SHIPPED)


FROM_DOMAIN: Final[Table] = {
    NotFound: NO_SUCH_ORDER,
    WrongStatus: _wrong_status,
    CancellationPending: IN_PROCESS,
    UnknownReason: UNKNOWN_REASON,
    ReasonOfAnother: NOT_A_SELLERS,
    ReasonOffline: OFFLINE,
    ReasonOutOfPlace: OTHER_STATUS,
    ReasonForOtherAction: OTHER_ACTION,
    ReasonForOtherMatter: OTHER_MATTER,
    ItemsIndivisible: INDIVISIBLE,
    ItemsExceeded: TOO_MANY,
    NotARequest: TYPE_MISMATCH,
}
"""What cancelling can be refused."""

# Which of its codes the platform takes for which end of a request is inferred from their texts.
_APPROVING: Final[dict[str, Row]] = {
    cancelling.GRANTED: CANNOT_APPROVE,
    cancelling.WITHDRAWN: ALREADY_CANCELLED,
    cancelling.TURNED_DOWN: STATUS_MISMATCH,
    cancelling.SHIPPED: SHIPPED,
    cancelling.ORDER_OVER: WRONG_ORDER_STATUS,
}
_REJECTING: Final[dict[str, Row]] = {
    cancelling.GRANTED: ALREADY_APPROVED,
    cancelling.WITHDRAWN: CANNOT_REJECT,
    cancelling.TURNED_DOWN: STATUS_MISMATCH,
    cancelling.SHIPPED: CANNOT_REJECT,
    cancelling.ORDER_OVER: WRONG_ORDER_STATUS,
}


def _cannot_approve(error: DomainError) -> Row:
    assert isinstance(error, CancellationOver)
    return _APPROVING[error.how]


def _cannot_reject(error: DomainError) -> Row:
    assert isinstance(error, CancellationOver)
    return _REJECTING[error.how]


WHEN_APPROVING: Final[Table] = {**FROM_DOMAIN, CancellationOver: _cannot_approve}
WHEN_REJECTING: Final[Table] = {**FROM_DOMAIN, CancellationOver: _cannot_reject}


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type, size or vocabulary, in this group's own code."""
    return Row(BAD_PARAMETERS.code, f"{BAD_PARAMETERS.message}; detail: '{name}': {why}")
