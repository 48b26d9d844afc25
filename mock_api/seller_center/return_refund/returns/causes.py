"""Which row answers what the simulation refuses in refunds, returns and replacements."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from mock_api.seller_center.return_refund import refusals
from simulator.errors import (
    AlreadyRefunded,
    BadTrackingNumber,
    DomainError,
    ItemsSettled,
    ItemsUnknown,
    LimitReached,
    NotFound,
    OfferDeclined,
    OfferOpen,
    PlatformDecides,
    RefundTooLarge,
    ReturnOpen,
    UnknownCarrier,
    WholeOrderOnly,
    WrongStatus,
)
from simulator.orders.model import Status


def _status(error: DomainError) -> Row:
    assert isinstance(error, WrongStatus)
    over = error.status in (Status.COMPLETED, Status.CANCELLED)
    return refusals.ORDER_OVER if over else refusals.WRONG_ORDER_STATUS


CLAIMS: Final[Table] = {
    NotFound: refusals.NO_PERMISSION,
    WrongStatus: _status,
    AlreadyRefunded: refusals.DONE_BEFORE,
    ItemsSettled: refusals.DONE_BEFORE,
    ReturnOpen: refusals.IN_PROCESS,
    RefundTooLarge: refusals.TOO_MUCH,
    WholeOrderOnly: refusals.NO_SINGLE_ITEMS,
    ItemsUnknown: refusals.BAD_ITEMS,
    LimitReached: refusals.BAD_ITEMS,
}
"""Why nothing may be begun."""

ANSWERS: Final[Table] = {
    NotFound: refusals.NOT_FOUND,
    WrongStatus: refusals.WRONG_ORDER_STATUS,
    OfferOpen: refusals.NEGOTIATING,
    OfferDeclined: refusals.NO_PARTIAL,
    PlatformDecides: refusals.WITH_OPERATOR,
    ItemsUnknown: refusals.BAD_ITEMS,
    WholeOrderOnly: refusals.NO_SINGLE_ITEMS,
    RefundTooLarge: refusals.BAD_PARAMETERS,
    UnknownCarrier: refusals.BAD_PARAMETERS,
    BadTrackingNumber: refusals.BAD_PARAMETERS,
}
"""Why an answer does not count."""
