"""What 4PX knows of a number: its own, the customer's, the consignment's, or the last mile's.

The last mile's number (``logistics_channel_no``) is known once the warehouse has sent the parcel
out (documented, of products whose number is changed in the warehouse). It has the form of the
documentation's example UG044286942CN, made of 4PX's own digits and right by its check digit; no
other view knows it (ours).
"""

import re
from dataclasses import dataclass
from typing import Final

from mock_api.carriers.fourpx.words import CARRIER, NAME
from mock_api.kernel.sightings import recorded, taken_over_by
from simulator import World
from simulator.carriers.numbers import s10_check_digit
from simulator.carriers.scans import ON_PAPER, Scan
from simulator.following import Sight
from simulator.parcels.model import ParcelStatus, ScanRecord
from simulator.shipments.model import Shipment
from simulator.trackers.lag import CARRIERS_OWN

HELD: Final = "held"
"""Among a shipment's notes: why it is held."""
PICKUP: Final = "pickup"
"""The same: the courier who was called for it."""
_OURS: Final = "4PX30000"
"""How every number begins that this world makes (``simulator.carriers.numbers``)."""
_OWN: Final = re.compile(r"4PX(\d{13})CN", re.ASCII)
_DIGITS: Final = 8
_BACK: Final = frozenset({Scan.RETURN_INITIATED, Scan.IN_RETURN_TRANSIT, Scan.RETURNED_TO_SENDER})


@dataclass(frozen=True, slots=True)
class Look:
    """One order, at one instant."""

    number: str
    sight: Sight
    records: tuple[ScanRecord, ...]
    """Oldest first, between the forecast and the cancellation, which nobody scans."""

    @property
    def shipment(self) -> Shipment | None:
        return self.sight.shipment

    @property
    def ref_no(self) -> str:
        return self.shipment.wish.reference if self.shipment else ""

    @property
    def consignment(self) -> str:
        return consignment_of(self.number)

    @property
    def is_held(self) -> bool:
        return self.shipment is not None and HELD in self.shipment.notes

    def first(self, scan: Scan) -> ScanRecord | None:
        return next((each for each in self.records if each.scan is scan), None)

    @property
    def status(self) -> str:
        """Predicted, handed over, in the warehouse, outbound, completed, returned, closed."""
        parcel = self.sight.parcel
        assert parcel is not None
        seen = {each.scan for each in self.records}
        if parcel.is_called_off:
            return "X"
        if parcel.status is ParcelStatus.DELIVERED:
            return "F"
        if seen & _BACK:
            return "R"
        if Scan.DEPARTED_FROM_HUB in seen:
            return "C"
        if Scan.ARRIVED_AT_HUB in seen:
            return "H"
        return "V" if seen - ON_PAPER else "P"

    @property
    def channel_no(self) -> str:
        """The last mile's; empty, while nobody knows it."""
        return channel_of(self.number) if self.first(Scan.DEPARTED_FROM_HUB) else ""

    @property
    def channel_name(self) -> str:
        """Who has it then."""
        return taken_over_by(self.first(Scan.TRANSFERRED_TO_CARRIER))


def consignment_of(number: str) -> str:
    """``DS`` and the digits, as in the documentation's examples."""
    found = _OWN.fullmatch(number)
    return f"DS{found[1] if found else number}"


def channel_of(number: str) -> str:
    found = _OWN.fullmatch(number)
    body = found[1][-_DIGITS:] if found else ""
    return f"UG{body}{s10_check_digit(body)}CN" if body else ""


def look(world: World, number: str) -> Look | None:
    """By any number; ``None``, if 4PX has no such order."""
    return tracked(world, number) or _ordered(world, number)


def tracked(world: World, number: str) -> Look | None:
    """By 4PX's number or the last mile's, which is all that tracking takes (documented)."""
    for own in (number, f"{_OURS}{number[2 : 2 + _DIGITS]}CN"):
        sight = world.trackers.sight(CARRIERS_OWN, own)
        if sight.carrier and sight.carrier.code == CARRIER:
            found = Look(own, sight, recorded(sight))
            if number in {own, found.channel_no}:
                return found
    return None


def _ordered(world: World, number: str) -> Look | None:
    """By the customer's or the consignment's number: the newest."""
    if number.startswith("DS") and (found := tracked(world, f"4PX{number[2:]}CN")):
        return found
    for shipment in world.shippers.shipments_referenced(NAME, number):
        if shipment.parcel_ids:
            return of_shipment(world, shipment)
    return None


def of_shipment(world: World, shipment: Shipment) -> Look:
    number = world.shippers.parcels_of(shipment)[0].tracking_number
    sight = world.trackers.sight(CARRIERS_OWN, number)
    return Look(number, sight, recorded(sight))
