"""The simulation's refusals in the seller center's codes."""

from collections.abc import Callable
from typing import Final

from mock_api.seller_center import errors
from mock_api.seller_center.errors import Row
from simulator.errors import (
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
    DomainError,
    GoodsElsewhere,
    LimitReached,
    NoPickupHere,
    NotCombinable,
    NotFound,
    NotInParcel,
    NotOnPlatform,
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

_BY_STATUS: Final[dict[str, Row]] = {
    Status.UNPAID: errors.NOT_ALLOWED,
    Status.AWAITING_COLLECTION: errors.PACKAGE_SHIPPED,
    Status.IN_TRANSIT: errors.PACKAGE_SHIPPED,
    Status.DELIVERED: errors.PACKAGE_DELIVERED,
    Status.COMPLETED: errors.PACKAGE_DELIVERED,
    Status.CANCELLED: errors.ORDER_CANCELLED,
    # Of one parcel of several, while the order still awaits the shipment of the others.
    ParcelStatus.CREATED: errors.PACKAGE_SHIPPED,
    ParcelStatus.BOOKED: errors.PACKAGE_SHIPPED,
    ParcelStatus.TRAVELLING: errors.PACKAGE_SHIPPED,
    ParcelStatus.DELIVERED: errors.PACKAGE_DELIVERED,
}


def _wrong_status(error: DomainError) -> Row:
    assert isinstance(error, WrongStatus)
    return _BY_STATUS.get(error.status, errors.NOT_ALLOWED)


def _tracking_number(error: DomainError) -> Row:
    assert isinstance(error, BadTrackingNumber)
    plain = error.number.replace("-", "").isalnum() and error.number.isascii()
    return errors.BAD_TRACKING if plain else errors.TRACKING_SPECIAL_CHARACTERS


FROM_DOMAIN: Final[dict[type[DomainError], Row | Callable[[DomainError], Row]]] = {
    NotFound: errors.NOT_IN_UNIT,
    WrongStatus: _wrong_status,
    OnHold: errors.ON_HOLD,
    CancellationPending: errors.AFTER_SALE,
    WrongMode: errors.PLATFORM_PACKAGE,
    NoPickupHere: errors.NO_SERVICE,
    SlotUnavailable: errors.OUTSIDE_SLOT,
    UnknownCarrier: errors.BAD_TRACKING,
    BadTrackingNumber: _tracking_number,
    TrackingNumberTaken: errors.TRACKING_DUPLICATE,
    CarrierMismatch: errors.TRACKING_MISMATCH,
    PartialShipping: errors.NO_SPLIT,
    UnknownName: errors.BAD_PARAMETERS,
    ClockMovesForward: errors.BAD_PARAMETERS,
    BadSetting: errors.BAD_PARAMETERS,
    BadEvidence: errors.BAD_PARAMETERS,
    LimitReached: errors.NOT_ALLOWED,
    WindowClosed: errors.NOT_ALLOWED,
    ComplaintOpen: errors.AFTER_SALE,
    AlreadyRefunded: errors.AFTER_SALE,
    BadDemand: errors.BAD_PARAMETERS,
    ScanOutOfTurn: errors.NOT_ALLOWED,
    OutOfStock: errors.NOT_ALLOWED,
    GoodsElsewhere: errors.NOT_ALLOWED,
    NotOnPlatform: errors.NOT_ALLOWED,
    SeveralParcels: errors.NAME_THE_LINES,
    OrderCombined: errors.COMBINED,
    SkuDivided: errors.SKU_DIVIDED,
    BadGroups: errors.BAD_REQUEST,
    NotCombinable: errors.NO_COMBINE,
    NotInParcel: errors.NOT_IN_PACKAGE,
}
"""Every refusal of the simulation has a row here; a test keeps it so."""


def row_of(error: DomainError) -> Row:
    """How the seller center says it."""
    found = FROM_DOMAIN[type(error)]
    return found if isinstance(found, Row) else found(error)
