"""The refusals of splitting, combining and taking apart, where they differ from the group's."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from mock_api.seller_center.fulfillment import refusals
from simulator.errors import NotFound, NotInParcel, SplitNotAllowed, WrongStatus

SPLIT_NOT_ALLOWED: Final = Row(21011035, "split order not allowed")

OF_SPLITTING: Final[Table] = {
    SplitNotAllowed: SPLIT_NOT_ALLOWED,
    WrongStatus: SPLIT_NOT_ALLOWED,
    NotFound: refusals.BAD_REQUEST,
}
OF_COMBINING: Final[Table] = refusals.FROM_DOMAIN
OF_UNCOMBINING: Final[Table] = {NotInParcel: refusals.NOT_IN_UNIT, NotFound: refusals.NOT_IN_UNIT}
