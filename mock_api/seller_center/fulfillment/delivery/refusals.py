"""The refusals of deliveries by the seller's own fleet, and of uploads."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from mock_api.seller_center.fulfillment import refusals
from simulator.errors import NotInThisMarket, NotOwnFleet, WrongStatus

BAD_FILE: Final = Row(12038002, "Invalid upload file")
BAD_FILE_TYPE: Final = Row(12038004, "Invalid file type")
BAD_FILE_SIZE: Final = Row(12038005, "Invalid file size")
BAD_IMAGE_TYPE: Final = Row(12038004, "Invalid image file type")
BAD_IMAGE_SIZE: Final = Row(12038005, "Invalid image file size")
BAD_RESOLUTION: Final = Row(12019116, "Invalid image resolution")
NOT_SOF: Final = Row(10007014, "order not in sof service")
NOT_ON_ITS_WAY: Final = Row(10007014, "package status not allow this delivery update")

OF_DELIVERIES: Final[Table] = {
    NotOwnFleet: NOT_SOF,
    WrongStatus: NOT_ON_ITS_WAY,
    NotInThisMarket: refusals.WRONG_REGION,
}
"""What it lacks has the generic code."""
