"""Update Shipping Info and Update Package Shipping Info: what their versions share."""

from typing import Final

from mock_api.seller_center.domain_errors import Table, in_words
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.shipping import SelfShipment, carrier_of
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.requests import own_order, own_parcel, world_of
from simulator.errors import (
    AlreadyCorrected,
    BadTrackingNumber,
    CarrierMismatch,
    CorrectionClosed,
    DomainError,
    NumberUsedUp,
    TrackingNumberTaken,
    UnknownCarrier,
    WrongStatus,
)
from simulator.orders.model import Order, Status
from simulator.returns.model import ReturnStatus

_BY_STATUS: Final[dict[str, Row]] = {
    Status.UNPAID: refusals.UPDATE_NOT_NOW,
    Status.ON_HOLD: refusals.ON_HOLD,
    Status.DELIVERED: refusals.UPDATE_DELIVERED,
    Status.COMPLETED: refusals.UPDATE_DELIVERED,
    Status.CANCELLED: refusals.PACKAGE_CANCELLED,
}


def _status(error: DomainError) -> Row:
    assert isinstance(error, WrongStatus)
    return _BY_STATUS.get(error.status, refusals.NOT_SHIPPED_YET)


_COMMON: Final[Table] = {
    WrongStatus: _status,
    UnknownCarrier: refusals.BAD_TRACKING,
    BadTrackingNumber: refusals.BAD_TRACKING,
    TrackingNumberTaken: refusals.BAD_TRACKING,
    CarrierMismatch: refusals.BAD_TRACKING,
    NumberUsedUp: refusals.BAD_TRACKING,
}
_OF_ORDERS: Final[Table] = {
    **_COMMON,
    # This endpoint's list has one code for both.
    AlreadyCorrected: refusals.UPDATE_NOT_ALLOWED,
    CorrectionClosed: refusals.UPDATE_NOT_ALLOWED,
}


def correct_package(caller: Caller, package_id: str, told: SelfShipment) -> None:
    """Another number, or carrier, for one package."""
    order, parcel = own_parcel(caller, package_id, refusals.NOT_THIS_SHOPS)
    _require_no_refund(caller, order)
    with in_words(_COMMON):
        _correct(caller, parcel.id, told)


def correct_order(caller: Caller, order_id: str, told: SelfShipment) -> None:
    """The same for an order's package; of several, for the last that was shipped (inferred)."""
    order = own_order(caller, order_id, refusals.NOT_THIS_SHOPS)
    _require_no_refund(caller, order)
    if order.status is Status.CANCELLED:
        raise Refusal(refusals.ORDER_CANCELLED)
    if order.ships_from_platform:
        raise Refusal(refusals.PLATFORM_PACKAGE)
    parcels = world_of(caller).registry.parcels_of(order)
    if not any(parcel.ready_at for parcel in parcels):
        raise Refusal(_BY_STATUS.get(order.status, refusals.NOT_SHIPPED_YET))
    with in_words(_OF_ORDERS):
        _correct(caller, max(parcels, key=lambda each: each.ready_at).id, told)


def _correct(caller: Caller, parcel_id: str, told: SelfShipment) -> None:
    carrier = carrier_of(told.shipping_provider_id)
    world_of(caller).sellers.correct_shipment(parcel_id, carrier, told.tracking_number)


def _require_no_refund(caller: Caller, order: Order) -> None:
    asked = world_of(caller).registry.returns.of(order.id)
    if any(each.status is ReturnStatus.COMPLETED for each in asked):
        raise Refusal(refusals.UPDATE_REFUNDED)
