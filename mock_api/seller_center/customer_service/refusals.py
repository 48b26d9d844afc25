"""The refusals of the customer service group: its rows, and what the simulation refuses in them."""

from collections.abc import Callable
from typing import Final

from mock_api.seller_center.errors import Row
from simulator.errors import (
    BadCard,
    DomainError,
    MayNotWrite,
    NotFound,
    SensitiveContent,
    WrongStatus,
)
from simulator.service.model import Kind

BAD_PARAMETER: Final = Row(45101001, "Invalid parameter")
BAD_RETURN_CARD: Final = Row(
    45101002, "Invalid params: The RETURN_REFUND_CARD must meet the conditions listed above"
)
NOT_FOUND: Final = Row(45101003, "Record not found")
QUOTA: Final = Row(45101004, "The query quota has been reached (10000 request per day)")
SENSITIVE: Final = Row(45101006, "You cannot send the message containing sensitive content")
# The documents give this code of the upload the same text as any failure of theirs.
BAD_IMAGE: Final = Row(45101008, "Internal error")
NO_PERMISSION: Final = Row(45102007, "No permission to access this conversation")
MAY_NOT_SEND: Final = Row(45109001, "Unable to send messages due to conversation rules")
MAY_NOT_CREATE: Final = Row(
    45109003,
    "Unable to create a conversation as you did not meet the criteria for initiating",
)
NOT_SUPPORTED: Final = Row(45111001, "not support")
COUPON_QPS: Final = Row(
    45111012, "Failed to send the coupon card message due to exceeding the QPS limit"
)
BAD_COUPON: Final = Row(
    45111017, "Invalid params: The COUPON_CARD must meet the conditions listed above"
)

_CARDS: Final[dict[str, Row]] = {
    Kind.RETURN_REFUND_CARD: BAD_RETURN_CARD,
    Kind.COUPON_CARD: BAD_COUPON,
}


def _card(error: DomainError) -> Row:
    assert isinstance(error, BadCard)
    return _CARDS.get(error.kind, BAD_PARAMETER)


FROM_DOMAIN: Final[dict[type[DomainError], Row | Callable[[DomainError], Row]]] = {
    NotFound: NOT_FOUND,
    WrongStatus: BAD_PARAMETER,
    MayNotWrite: MAY_NOT_SEND,
    SensitiveContent: SENSITIVE,
    BadCard: _card,
}
"""What this group can be refused; what it lacks has the generic code."""


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type, size or vocabulary, in this group's own code."""
    return Row(BAD_PARAMETER.code, f"{BAD_PARAMETER.message}; detail: '{name}': {why}")
