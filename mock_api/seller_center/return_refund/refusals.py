"""The refusals of cancellations, refunds, returns and replacements: the rows of this group."""

from typing import Final

from mock_api.seller_center.errors import Row

BAD_PARAMETERS: Final = Row(25001001, "An invalid request parameter was passed")
WRONG_ORDER_STATUS: Final = Row(25001003, "Invalid order status")
DONE_BEFORE: Final = Row(
    25001010, "A return request has already been completed, or the order has already been cancelled"
)
IN_PROCESS: Final = Row(
    25001011,
    "A return request is already in process, or the order has already been cancelled",
)
UNKNOWN_REASON: Final = Row(25001014, "Unknown return reason")
NOT_SELLERS_REASON: Final = Row(25001015, "The provided return reason cannot be used by the seller")
REASON_OF_OTHER_ACTION: Final = Row(25001016, "reverse reason not match action type")
REASON_OFFLINE: Final = Row(25001020, "The provided return reason is currently offline")
REASON_NOT_NOW: Final = Row(25001021, "Reason not match order status")
CANNOT_APPROVE: Final = Row(25001044, "The return request cannot be approved")
# The documents break off after "with".
SHIPPED: Final = Row(
    25001045, "The order has already been shipped and we are unable to cancel shipment with"
)
ORDER_OVER: Final = Row(
    25001051, "Not allowed to return or cancel since order is completed or cancelled"
)
REASON_OF_OTHER_TYPE: Final = Row(25001057, "reverse reason not match reason type")
TOO_MUCH: Final = Row(25005005, "Refund total amount is larger than the refundable amount")
NO_SINGLE_ITEMS: Final = Row(25005010, "Unable to cancel individual line items within this request")
BAD_ITEMS: Final = Row(
    25005011, "The requested line item(s) for return or refund exceeds the allowable limit"
)
NOT_FOUND: Final = Row(25007006, "Order not found")
NEGOTIATING: Final = Row(25007007, "ReverseOrderExistNegotiate")
WITH_OPERATOR: Final = Row(25011010, "request has been transferred to platform operator")
CANNOT_REJECT_APPLICATION: Final = Row(25011011, "reverse status cannot reject application")
CANNOT_APPROVE_APPLICATION: Final = Row(25011012, "reverse status cannot approve application")
CANNOT_APPROVE_RECEIVE: Final = Row(25011013, "reverse status cannot approve receive")
NO_PARTIAL: Final = Row(25011032, "ReverseInvalidStatusPartialRefund")
CANNOT_REJECT_PARCEL: Final = Row(25011035, "could not reject parcel now")
STATUS_MISMATCH: Final = Row(25020003, "decision not match reverse status")
OTHER_TYPE: Final = Row(25020004, "decision not match reverse type")
NO_PERMISSION: Final = Row(25020005, "No permission to process this order")
CANCELLED_BEFORE: Final = Row(25020009, "reverse already cancelled")
APPROVED_BEFORE: Final = Row(25020010, "Aftersales has been approved and cannot be rejected")
RECEIVED_BEFORE: Final = Row(25020011, "return already received")
CANNOT_REJECT_RECEIVE: Final = Row(25020012, "status can't reject receive")


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type, size or vocabulary, in this group's own code."""
    return Row(BAD_PARAMETERS.code, f"{BAD_PARAMETERS.message}; detail: '{name}': {why}")
