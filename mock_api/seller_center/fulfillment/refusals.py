"""The refusals of the fulfillment group: its rows, and what the simulation refuses in them."""

from collections.abc import Callable
from typing import Final

from mock_api.seller_center.errors import Row
from simulator.errors import (
    AlreadyCorrected,
    AlreadyRefunded,
    BadDemand,
    BadEvidence,
    BadGroups,
    BadSetting,
    BadTrackingNumber,
    CancellationPending,
    CarrierMismatch,
    ClockMovesForward,
    ComplaintOpen,
    CorrectionClosed,
    DomainError,
    GoodsElsewhere,
    LimitReached,
    NoPickupHere,
    NotCombinable,
    NotFound,
    NotInParcel,
    NotOnPlatform,
    NumberUsedUp,
    OnHold,
    OrderCombined,
    OutOfStock,
    PartialShipping,
    ScanOutOfTurn,
    SeveralParcels,
    SkuDivided,
    SlotUnavailable,
    TrackingNumberTaken,
    UnknownCarrier,
    UnknownName,
    WindowClosed,
    WrongMode,
    WrongStatus,
)
from simulator.orders.model import Status
from simulator.parcels.model import ParcelStatus

NO_PERMISSION: Final = Row(10006402, "permission denied")
BAD_PARAMETERS: Final = Row(21001001, "Invalid parameters")
NO_SERVICE: Final = Row(11021009, "No available shipping services for this request")
NOT_TIKTOK_SHIPPING: Final = Row(11034002, "This API is only applicable to TikTok Shipping orders")
BAD_TRACKING: Final = Row(21011022, "Invalid tracking number or provider ID")
TRACKING_SPECIAL_CHARACTERS: Final = Row(
    21004012, "Tracking number has special characters, verify failed"
)
TRACKING_MISMATCH: Final = Row(21004015, "Tracking number mismatch provider")
NOT_ALLOWED: Final = Row(21011003, "fulfill_unit action not allowed")
PLATFORM_PACKAGE: Final = Row(
    21011004,
    "This API cannot be used to update package shipping information for packages that are "
    "fulfilled by the platform",
)
AFTER_SALE: Final = Row(
    21011007,
    "Package item has after-sale request, please process the after-sale request first",
)
ORDERS_SHIPPED: Final = Row(21011020, "These orders are already shipped")
TRACKING_DUPLICATE: Final = Row(21011025, "Duplicate tracking number")
PACKAGE_DELIVERED: Final = Row(21011027, "Package has already been delivered")
NOT_THIS_SHOPS: Final = Row(21011028, "The package does not belong to the current shop")
NOT_IN_UNIT: Final = Row(21011029, "order does not belong to fulfill unit")
NO_SPLIT: Final = Row(21011035, "The order cannot be split")
BAD_REQUEST: Final = Row(21011005, "An invalid request parameter was passed")
NOT_IN_PACKAGE: Final = Row(21011031, "Order does not belong to pre_pkg")
SKU_DIVIDED: Final = Row(21011036, "split same sku in Multi Package not allow")
COMBINED: Final = Row(21011046, "Order has combine, not allow split order")
# The documents break off after "that": the last words are ours.
NAME_THE_LINES: Final = Row(
    21011048,
    "There are multiple packages that can be shipped, please specify the order line that is "
    "shipped",
)
NO_COMBINE: Final = Row(10007014, "fulfillment not allow combine package")
PACKAGE_SHIPPED: Final = Row(21011040, "Package has already been shipped")
ORDER_CANCELLED: Final = Row(21011041, "Cannot complete the operation when order is cancelled")
ON_HOLD: Final = Row(
    21011044,
    "Order status is on hold. Please process when order status update to awaiting shipment",
)
OUTSIDE_SLOT: Final = Row(
    21011053, "Fail to ship package because the shipment time is outside of the pick-up time"
)
SHIP_FIRST: Final = Row(21023035, "Please arrange shipment before retrieving the shipping document")
DOCUMENT_CANCELLED: Final = Row(21023059, "Package has already been cancelled")
DOCUMENT_AFTER_PICKUP: Final = Row(
    21042102, "Documents couldn't be printed after the package has been pickup"
)
NOT_AWAITING_SHIPMENT: Final = Row(21042057, "These orders are not in the Awaiting shipment status")

WRONG_REGION: Final = Row(21008106, "This interface cannot be used in this region")
NUMBER_USED_UP: Final = Row(21011026, "fulfillment tracking no used times over limit")
NUMBER_USED: Final = Row(21034012, "tracking no has been used")
NO_SERVICES: Final = Row(21011037, "There are no available shipping services for this request")
NO_SUCH_SERVICE: Final = Row(21004008, "create label shipping service not found")
OVERSIZE: Final = Row(11021014, "product oversize")
NO_TRADE_RULE: Final = Row(21011012, "not match trade rule")
LABEL_BOUGHT: Final = Row(21022025, "A shipping label has already been purchased")
SHIPPED_ALREADY: Final = Row(21011006, "These orders are already shipped")
ALREADY_COMBINED: Final = Row(21011033, "order already combined")
UPDATE_NOT_NOW: Final = Row(
    10007002,
    "You cannot update the shipping information due to the order's current status, please try "
    "again later",
)
UPDATE_DELIVERED: Final = Row(21011030, "Package has already been delivered")
PACKAGE_CANCELLED: Final = Row(21011042, ORDER_CANCELLED.message)
NOT_SHIPPED_YET: Final = Row(21011043, "The package has not been shipped yet")
UPDATE_NOT_ALLOWED: Final = Row(
    21011049, "Due to platform rule limitations, you are unable to update the tracking number"
)
UPDATE_TOO_LATE: Final = Row(
    21011050, "The tracking number can only be updated within a certain number of hours"
)
UPDATED_ONCE: Final = Row(21011051, "The tracking number can only be updated once")
UPDATE_REFUNDED: Final = Row(
    25001010,
    "A return request has already been completed, or the order has already been cancelled",
)

_BY_STATUS: Final[dict[str, Row]] = {
    Status.UNPAID: NOT_ALLOWED,
    Status.AWAITING_COLLECTION: PACKAGE_SHIPPED,
    Status.IN_TRANSIT: PACKAGE_SHIPPED,
    Status.DELIVERED: PACKAGE_DELIVERED,
    Status.COMPLETED: PACKAGE_DELIVERED,
    Status.CANCELLED: ORDER_CANCELLED,
    # Of one parcel of several, while the order still awaits the shipment of the others.
    ParcelStatus.CREATED: PACKAGE_SHIPPED,
    ParcelStatus.BOOKED: PACKAGE_SHIPPED,
    ParcelStatus.TRAVELLING: PACKAGE_SHIPPED,
    ParcelStatus.DELIVERED: PACKAGE_DELIVERED,
}


def _wrong_status(error: DomainError) -> Row:
    assert isinstance(error, WrongStatus)
    return _BY_STATUS.get(error.status, NOT_ALLOWED)


def _tracking_number(error: DomainError) -> Row:
    assert isinstance(error, BadTrackingNumber)
    plain = error.number.replace("-", "").isalnum() and error.number.isascii()
    return BAD_TRACKING if plain else TRACKING_SPECIAL_CHARACTERS


FROM_DOMAIN: Final[dict[type[DomainError], Row | Callable[[DomainError], Row]]] = {
    NotFound: NOT_IN_UNIT,
    WrongStatus: _wrong_status,
    OnHold: ON_HOLD,
    CancellationPending: AFTER_SALE,
    WrongMode: PLATFORM_PACKAGE,
    NoPickupHere: NO_SERVICE,
    SlotUnavailable: OUTSIDE_SLOT,
    UnknownCarrier: BAD_TRACKING,
    BadTrackingNumber: _tracking_number,
    TrackingNumberTaken: TRACKING_DUPLICATE,
    CarrierMismatch: TRACKING_MISMATCH,
    PartialShipping: NO_SPLIT,
    UnknownName: BAD_PARAMETERS,
    ClockMovesForward: BAD_PARAMETERS,
    BadSetting: BAD_PARAMETERS,
    BadEvidence: BAD_PARAMETERS,
    LimitReached: NOT_ALLOWED,
    WindowClosed: NOT_ALLOWED,
    ComplaintOpen: AFTER_SALE,
    AlreadyRefunded: AFTER_SALE,
    BadDemand: BAD_PARAMETERS,
    ScanOutOfTurn: NOT_ALLOWED,
    OutOfStock: NOT_ALLOWED,
    GoodsElsewhere: NOT_ALLOWED,
    NotOnPlatform: NOT_ALLOWED,
    SeveralParcels: NAME_THE_LINES,
    OrderCombined: COMBINED,
    SkuDivided: SKU_DIVIDED,
    BadGroups: BAD_REQUEST,
    NotCombinable: NO_COMBINE,
    NotInParcel: NOT_IN_PACKAGE,
    NumberUsedUp: NUMBER_USED_UP,
    AlreadyCorrected: UPDATED_ONCE,
    CorrectionClosed: UPDATE_TOO_LATE,
}
"""What this group can be refused, and more; what it lacks has the generic code."""


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type, size or vocabulary, in this group's own code."""
    return Row(BAD_PARAMETERS.code, f"{BAD_PARAMETERS.message}; detail: '{name}': {why}")
