"""What TNT shows of a consignment: its pieces together, and only what its depots have scanned."""

from dataclasses import dataclass
from datetime import date

from mock_api.carriers.tnt import words
from mock_api.carriers.tnt.names import CARRIER, NAME
from mock_api.carriers.tnt.places import bare
from mock_api.carriers.tnt.words import SAID
from mock_api.kernel.promises import promise_of
from simulator import World
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Shipment


@dataclass(frozen=True, slots=True)
class Seen:
    """A consignment of TNT's."""

    number: str
    """As it was asked for."""
    pieces: tuple[Sight, ...] = ()
    """None: TNT does not know it."""

    @property
    def shipment(self) -> Shipment | None:
        return self.pieces[0].shipment if self.pieces else None

    @property
    def is_own(self) -> bool:
        """It was shipped through this interface: its account may see all of it."""
        return self.shipment is not None and self.shipment.wish.account == NAME

    @property
    def records(self) -> list[ScanRecord]:
        """Those of all pieces, newest first, as TNT lists them."""
        found = [record for sight in self.pieces for record in reversed(_told(sight))]
        return sorted(found, key=lambda record: -record.at)

    @property
    def summary(self) -> str:
        """Delivered once every piece is; an exception if any piece has one."""
        said = [_summary(sight) for sight in self.pieces]
        for worst in (words.EXCEPTION, words.IN_TRANSIT):
            if worst in said:
                return worst
        if words.DELIVERED in said:
            return words.IN_TRANSIT if words.NOT_FOUND in said else words.DELIVERED
        return words.NOT_FOUND

    @property
    def reference(self) -> str:
        """The sender's own name for it."""
        return self.shipment.wish.reference if self.is_own and self.shipment else ""

    @property
    def due(self) -> date | None:
        """The day by which all of it is to be there (inferred: as it was promised at first)."""
        promises = [promise_of(sight) for sight in self.pieces]
        return max((each.latest for each in promises if each), default=None)


def seen(world: World, number: str) -> Seen:
    """TNT's own consignment of that number. What was made through this interface is one consignment
    of all its pieces, whose number is the first piece's."""
    sight = world.trackers.sight("", bare(number))
    if sight.carrier is None or sight.carrier.code != CARRIER:
        return Seen(number)
    shipment, parcel = sight.shipment, sight.parcel
    if shipment is None or parcel is None or shipment.wish.account != NAME:
        return Seen(number, (sight,))
    if shipment.parcel_ids[0] != parcel.id:
        return Seen(number, (sight,))
    parcels = world.shippers.parcels_of(shipment)
    return Seen(number, tuple(world.trackers.sight("", each.tracking_number) for each in parcels))


def _told(sight: Sight) -> list[ScanRecord]:
    """Oldest first: what is on paper only, TNT does not show."""
    return [each for each in sight.scans if SAID[each.scan].summary != words.NOT_FOUND]


def _summary(sight: Sight) -> str:
    said = (SAID[record.scan].summary for record in reversed(_told(sight)))
    return next((summary for summary in said if summary), words.NOT_FOUND)


# Dates and times.


def ymd(day: date) -> str:
    return f"{day:%Y%m%d}"
