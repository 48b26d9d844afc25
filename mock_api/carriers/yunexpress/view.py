"""What YunExpress knows of a number, be it the waybill's, the customer's own, or the last mile's.

The last mile's number is known once the parcel was handed over to the local carrier: it is told as
empty before (documented: "may be empty at first"). It is made of the waybill's digits in the form
of the documentation's example, and right by its check digit; no other view knows it (ours).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from mock_api.carriers.yunexpress.words import (
    CANCELLED,
    CARRIER,
    DELIVERED,
    FORECAST,
    NAME,
    RETURNED,
    SAID,
)
from mock_api.kernel.sightings import recorded, taken_over_by
from simulator import World
from simulator.carriers.numbers import s10_check_digit
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.clock import Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Shipment
from simulator.trackers.lag import CARRIERS_OWN

_OURS: Final = "YT30007000"
"""How every waybill begins that this world makes (``simulator.carriers.numbers``)."""
_DIGITS: Final = 8

_DEPARTED: Final = frozenset(
    {Scan.DEPARTED_FROM_HUB, Scan.ARRIVED_AT_DESTINATION, Scan.TRANSFERRED_TO_CARRIER}
)
_ENDED: Final = {CANCELLED: "E", DELIVERED: "D", RETURNED: "Y"}


class Note:
    """What a shipment's notes are called."""

    TRACKING: Final = "tracking_number"
    """The last mile's, as the customer brought it."""
    HELD: Final = "held"
    LABEL: Final = "label_type"
    DECLARED: Final = "declared"
    WEIGHT: Final = "weight_g"
    """The forecast, as it was modified."""


@dataclass(frozen=True, slots=True)
class Look:
    """One waybill, at one instant."""

    waybill: str
    sight: Sight
    records: tuple[ScanRecord, ...]
    """Oldest first, between the forecast and the cancellation, which nobody scans."""

    @property
    def shipment(self) -> Shipment | None:
        return self.sight.shipment

    @property
    def order_number(self) -> str:
        return self.shipment.wish.reference if self.shipment else ""

    @property
    def status(self) -> str:
        """The package's."""
        told = [SAID[each.scan] for each in self.records]
        return next((each.status for each in reversed(told) if each.settles), FORECAST)

    @property
    def order_status(self) -> str:
        """Forecast, in the warehouse, shipped, completed, cancelled, abnormal."""
        seen = {each.scan for each in self.records}
        if self.status in _ENDED:
            return _ENDED[self.status]
        if seen & _DEPARTED:
            return "C"
        if self.shipment and Note.HELD in self.shipment.notes:
            return "Y"
        return "B" if seen - ON_PAPER else "A"

    @property
    def tracking_number(self) -> str:
        """The last mile's; empty, while nobody knows it."""
        brought = self.shipment.wish.notes.get(Note.TRACKING, "") if self.shipment else ""
        handed_over = any(each.scan is Scan.TRANSFERRED_TO_CARRIER for each in self.records)
        return brought or (last_mile_of(self.waybill) if handed_over else "")

    @property
    def last_mile_name(self) -> str:
        """Who has it then."""
        found = [each for each in self.records if each.scan is Scan.TRANSFERRED_TO_CARRIER]
        return taken_over_by(found[-1] if found else None)


def last_mile_of(waybill: str) -> str:
    body = waybill[-_DIGITS:]
    return f"LE{body}{s10_check_digit(body)}CN" if body.isdecimal() else ""


def look(world: World, number: str) -> Look | None:
    """What is known of it; ``None``, if YunExpress has no such order."""
    for waybill in _candidates(world, number):
        sight = world.trackers.sight(CARRIERS_OWN, waybill) if waybill else Sight("")
        if sight.carrier and sight.carrier.code == CARRIER:
            found = Look(waybill, sight, recorded(sight))
            if waybill == number or number in (found.order_number, found.tracking_number):
                return found
    return None


def _candidates(world: World, number: str) -> Iterator[str]:
    """Waybills that may be meant, those that are cheap to tell first."""
    yield number
    yield _by_last_mile(number)
    yield _by_reference(world, number)


def _by_reference(world: World, number: str) -> str:
    """The newest waybill of that customer's number, or of that number which it brought."""
    for shipment in world.shippers.shipments_referenced(NAME, number):
        if shipment.parcel_ids:
            return world.shippers.parcels_of(shipment)[0].tracking_number
    return ""


def _by_last_mile(number: str) -> str:
    body = number[2 : 2 + _DIGITS]
    return f"{_OURS}{body}" if last_mile_of(f"{_OURS}{body}") == number else ""


def utc(at: Instant) -> datetime:
    return datetime.fromtimestamp(at, UTC)
