"""Another tracking number, or carrier, after the ship call: once, and not for long (6.5).

A refusal is a DomainError and changes nothing.
"""

from simulator import consigning, packaging
from simulator.carriers.numbers import could_be_printed
from simulator.clock import later
from simulator.errors import (
    AlreadyCorrected,
    BadTrackingNumber,
    CancellationPending,
    CorrectionClosed,
    WrongMode,
    WrongStatus,
)
from simulator.facts import ShipmentCorrected
from simulator.orders.model import TO_SHIP, Order, Status
from simulator.parcels.model import Parcel
from simulator.registry import Registry
from simulator.shipping import Bookings, require_number


def correct(
    bookings: Bookings, here: Registry, parcel: Parcel, carrier: str, number: str
) -> Parcel:
    """The *parcel* is with *carrier* under *number*, and not as the seller said before; as it is
    then."""
    orders = packaging.orders_in(here, parcel)
    for order in orders:
        _require_correctable(here, order, parcel)
    here.carrier(carrier)
    if not could_be_printed(number):
        raise BadTrackingNumber(number)
    require_number(here, orders[0], parcel, carrier, number)
    shipped = consigning.free_with(here, number)
    if shipped:
        consigning.require_nameable(parcel, number)
        parcel = consigning.name_for(here, bookings, orders[0], parcel, shipped)
    parcel.claimed_carrier, parcel.claimed_number = carrier, number
    parcel.corrected_at = here.now
    _relabel(here, parcel)
    for order in orders:
        here.record(ShipmentCorrected(order.id, parcel.id, carrier, number))
    return parcel


def _relabel(here: Registry, parcel: Parcel) -> None:
    """A parcel that bears what its seller says bears the new number now; it stays with the carrier
    that has it, or will come for it (inferred)."""
    number = parcel.claimed_number
    if not parcel.is_named_by_seller or here.parcel_numbered(number):
        return
    if here.by_number.get(parcel.tracking_number) == parcel.id:
        del here.by_number[parcel.tracking_number]
    parcel.tracking_number = number
    here.by_number[number] = parcel.id


def _require_correctable(here: Registry, order: Order, parcel: Parcel) -> None:
    if order.ships_from_platform:
        raise WrongMode(order.id)
    order.require(*TO_SHIP, Status.AWAITING_COLLECTION, Status.IN_TRANSIT)
    if not parcel.ready_at:
        raise WrongStatus(parcel.id, parcel.status, "a parcel that was shipped")
    if order.cancellation_pending or order.open_returns:
        raise CancellationPending(order.id)
    if parcel.corrected_at:
        raise AlreadyCorrected(order.id)
    within = here.market.ways.update_shipping_within
    if within is not None and here.now > later(parcel.ready_at, within):
        raise CorrectionClosed(order.id)
