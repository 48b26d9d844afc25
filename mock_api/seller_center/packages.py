"""What the platform knows of a parcel. Of a seller's own shipment that is only what it was told,
and what it then sees under the number that it was told."""

from typing import Final

from simulator import World, packaging
from simulator.carriers.mishaps import Mishap
from simulator.clock import Instant
from simulator.market.ways import Drafts
from simulator.orders.model import TO_SHIP, Order, Status
from simulator.parcels.model import ASTRAY, Parcel, ParcelStatus, ScanRecord
from simulator.words import Word


class PackageStatus(Word):
    TO_FULFILL = "TO_FULFILL"
    """Waits for the seller. Older documents list it for line items only; the newer client has it
    everywhere."""
    PROCESSING = "PROCESSING"
    FULFILLING = "FULFILLING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


_WAITS_FOR_SELLER: Final = (Status.UNPAID, Status.ON_HOLD, *TO_SHIP)


class SubStatus(Word):
    """The newer client's finer word for where a package is (Get Package Detail). Of its others,
    ISSUE, RTSING, TSP_PENDING, PART_DELIVERED_AND_EXCEPTION and those of FBT have no state here."""

    CREATED = "CREATED"
    STOCKING = "STOCKING"
    RTS = "RTS"
    TTS = "TTS"
    DELIVERED = "DELIVERED"
    SHIP_EXCEPTION = "SHIP_EXCEPTION"
    CANCELLED = "CANCELLED"


class ShipException(Word):
    """Why it is not delivered."""

    DAMAGED = "PACKAGE_DAMAGAED"
    """The platform's own spelling."""
    LOST = "PACKAGE_LOST"
    RETURNED = "RETURNED_TO_SHIPPER"
    SCRAPPED = "PACKAGE_SCRAP"


class Tag(Word):
    """Whether a package is as the platform drafted it."""

    DEFAULT = "DEFAULT"
    COMBINE = "COMBINE"
    SPLIT = "SPLIT"


_EXCEPTIONS: Final = {
    ParcelStatus.LOST: ShipException.LOST,
    ParcelStatus.RETURNED: ShipException.RETURNED,
    ParcelStatus.DISPOSED: ShipException.SCRAPPED,
}


def order_of(world: World, parcel: Parcel) -> Order:
    """The order by which a package is shown: of several, the first that is not cancelled."""
    orders = packaging.orders_in(world.registry, parcel)
    return next((each for each in orders if each.status is not Status.CANCELLED), orders[0])


def tag_of(order: Order, parcel: Parcel) -> Tag:
    """Goods of several orders, or not all of its order's."""
    if parcel.is_combined:
        return Tag.COMBINE
    return Tag.SPLIT if len(order.parcel_ids) > 1 else Tag.DEFAULT


def is_shown(world: World, parcel: Parcel) -> bool:
    """Whether the platform has such a package: where each ship call makes one, not before it."""
    if parcel.goes_back:
        return False  # returns tell of it
    return bool(parcel.ready_at) or world.registry.market.ways.drafts is Drafts.PAYMENT


def is_seen(order: Order, parcel: Parcel) -> bool:
    """Whether the platform can follow the parcel's scans."""
    return order.ships_from_platform or parcel.is_seen


def package_status(order: Order, parcel: Parcel) -> PackageStatus:
    if order.status is Status.CANCELLED:
        return PackageStatus.CANCELLED
    if order.status in _WAITS_FOR_SELLER and not parcel.ready_at:
        return PackageStatus.TO_FULFILL
    if not is_seen(order, parcel):
        return PackageStatus.PROCESSING
    if parcel.status is ParcelStatus.DELIVERED:
        return PackageStatus.COMPLETED
    if parcel.status in ASTRAY:
        # Lost, refused or damaged: CANCELLED; the newer sub-status SHIP_EXCEPTION is not shown.
        return PackageStatus.CANCELLED
    return PackageStatus.FULFILLING if parcel.is_collected else PackageStatus.PROCESSING


def sub_status(order: Order, parcel: Parcel) -> SubStatus:
    if is_seen(order, parcel) and parcel.status in ASTRAY:
        return SubStatus.SHIP_EXCEPTION
    match package_status(order, parcel):
        case PackageStatus.CANCELLED:
            return SubStatus.CANCELLED
        case PackageStatus.TO_FULFILL:
            return SubStatus.STOCKING if order.status in TO_SHIP else SubStatus.CREATED
        case PackageStatus.PROCESSING:
            return SubStatus.RTS
        case PackageStatus.FULFILLING:
            return SubStatus.TTS
        case PackageStatus.COMPLETED:
            return SubStatus.DELIVERED


def ship_exception(order: Order, parcel: Parcel) -> ShipException | None:
    """How it ended, if elsewhere than at the door."""
    if not is_seen(order, parcel):
        return None
    if parcel.why is Mishap.DAMAGED and parcel.status is ParcelStatus.RETURNED:
        return ShipException.DAMAGED
    return _EXCEPTIONS.get(parcel.status)


def seen_scans(order: Order, parcel: Parcel) -> list[ScanRecord]:
    """The scans that the platform can show, oldest first."""
    return parcel.scans if is_seen(order, parcel) else []


def last_update(order: Order, parcel: Parcel) -> Instant:
    """When the platform last learned something about it."""
    scans = seen_scans(order, parcel)
    last_scan = scans[-1].at if scans else parcel.created_at
    return max(parcel.created_at, order.updated_at, last_scan, parcel.corrected_at)


def shown_number(order: Order, parcel: Parcel) -> str:
    """The tracking number: empty until shipped."""
    if not parcel.ready_at:
        return ""
    return parcel.tracking_number if order.ships_from_platform else parcel.claimed_number


def shown_carrier(order: Order, parcel: Parcel) -> str:
    """The carrier's code: empty until shipped."""
    if not parcel.ready_at:
        return ""
    return parcel.carrier if order.ships_from_platform else parcel.claimed_carrier
