"""Ship and mark as shipped: what the versions' endpoints share on the way to the world."""

from typing import Annotated, Final, Literal

from pydantic import Field

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal, Row
from mock_api.seller_center.fulfillment import refusals
from mock_api.seller_center.fulfillment.view import FROM_WIRE
from mock_api.seller_center.gates import Caller
from mock_api.seller_center.reference import PROVIDER_CODE
from mock_api.seller_center.requests import Body, own_order, own_parcel, world_of
from simulator.clock import Instant
from simulator.errors import TrackingNumberTaken, WrongStatus
from simulator.market.ways import Ways
from simulator.orders.model import Status
from simulator.parcels.model import Slot

NUMBER_LENGTH = 100

_NOT_OPEN: Final[dict[str, Row]] = {
    Status.UNPAID: refusals.NOT_AWAITING_SHIPMENT,
    Status.CANCELLED: refusals.NOT_AWAITING_SHIPMENT,
    # Two codes have one text: that the second is for what its carrier has is inferred.
    Status.IN_TRANSIT: refusals.SHIPPED_AND_GONE,
    Status.DELIVERED: refusals.SHIPPED_AND_GONE,
    Status.COMPLETED: refusals.SHIPPED_AND_GONE,
}

Seconds = Annotated[int, Field(ge=0, le=9_999_999_999)]
"""Ten digits of Unix seconds, as the platform's times have."""


class WantedSlot(Body):
    start_time: Seconds | None = None
    end_time: Seconds | None = None


class SelfShipment(Body):
    tracking_number: Annotated[str, Field(max_length=NUMBER_LENGTH)]
    shipping_provider_id: str


class ShipWish(Body):
    """How a package is to be shipped: handed over to the platform's carrier, or by the seller."""

    handover_method: Literal["PICKUP", "DROP_OFF"] | None = None
    pickup_slot: WantedSlot | None = None
    self_shipment: SelfShipment | None = None


class Caution(Wire):
    message: str


class MarkedPackage(Wire):
    order_id: str
    order_line_item_ids: list[str]
    package_id: str
    warning: Caution | None = None


def ship(caller: Caller, package_id: str, wish: ShipWish) -> None:
    """Ship one package; refused in the documented codes."""
    order, parcel = own_parcel(caller, package_id, refusals.NOT_THIS_SHOPS)
    ways = ways_of(caller)
    elsewhere = ways.creates_packages if order.ships_from_platform else not ways.ships_own
    if elsewhere and not parcel.ready_at:
        raise Refusal(refusals.WRONG_REGION)
    sellers = world_of(caller).sellers
    if order.ships_from_platform:
        handover = FROM_WIRE[wish.handover_method] if wish.handover_method else None
        slot = _slot(wish.pickup_slot)
        sellers.ready_to_ship(order.id, handover, slot, parcel_id=parcel.id)
    elif wish.self_shipment:
        own = wish.self_shipment
        carrier = carrier_of(own.shipping_provider_id)
        sellers.mark_shipped(order.id, carrier, own.tracking_number, parcel_id=parcel.id)
    else:
        raise Refusal(refusals.BAD_TRACKING)


def mark(
    caller: Caller, order_id: str, provider_id: str, number: str, item_ids: list[str]
) -> MarkedPackage:
    """Mark an order's package as shipped by the seller: the one that holds the named items."""
    if not ways_of(caller).marks_shipped:
        raise Refusal(refusals.WRONG_REGION)
    order = own_order(caller, order_id, refusals.NOT_IN_UNIT)
    sellers, carrier = world_of(caller).sellers, carrier_of(provider_id)
    try:
        parcel = sellers.mark_shipped(order.id, carrier, number, item_ids)
    except WrongStatus as wrong:
        # This call has codes of its own for it, and not those of Ship Package.
        raise Refusal(_NOT_OPEN.get(wrong.status, refusals.ORDERS_SHIPPED)) from None
    except TrackingNumberTaken:
        raise Refusal(_taken(caller, number)) from None
    return MarkedPackage(
        order_id=order.id,
        order_line_item_ids=[item.id for item in order.items if item.id in parcel.item_ids],
        package_id=parcel.id,
        warning=_mismatch(caller, carrier, number),
    )


def ways_of(caller: Caller) -> Ways:
    """What the shop's market does its own way."""
    return world_of(caller).registry.market.ways


def _taken(caller: Caller, number: str) -> Row:
    """Another's number: it travels under it, or is yet to (inferred: both codes are listed)."""
    other = world_of(caller).registry.parcel_numbered(number)
    gone = other is not None and other.is_collected
    return refusals.NUMBER_USED if gone else refusals.TRACKING_DUPLICATE


def _mismatch(caller: Caller, carrier: str, number: str) -> Caution | None:
    """US: a number of another carrier's is taken, and the seller is told (changelog, warning in
    Mark Package As Shipped). The words are ours."""
    known = world_of(caller).registry.parcel_numbered(number)
    if known is None or known.carrier in ("", carrier):
        return None
    return Caution(message="The tracking number does not match the shipping provider.")


def carrier_of(provider_id: str) -> str:
    """The carrier's code; refused if the platform knows no such provider."""
    try:
        return PROVIDER_CODE[provider_id]
    except KeyError:
        raise Refusal(refusals.BAD_TRACKING) from None


def _slot(wanted: WantedSlot | None) -> Slot | None:
    if wanted is None or (wanted.start_time is None and wanted.end_time is None):
        return None
    if wanted.start_time is None or wanted.end_time is None:
        # Slots may be left out; half a slot is none (inferred).
        raise Refusal(refusals.SLOT_MISSING)
    return Slot(Instant(wanted.start_time), Instant(wanted.end_time))
