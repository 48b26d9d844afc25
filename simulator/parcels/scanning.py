"""A scan, on the parcel's record and in the journal.

The fact names no recipient's town: who lives where is drawn from a pool (``people``).
"""

from typing import Protocol

from simulator.carriers.model import Carrier
from simulator.carriers.scans import Scan
from simulator.clock import Instant
from simulator.facts import Fact, ParcelScanned
from simulator.parcels.detours import Stop
from simulator.parcels.model import Parcel, ScanRecord


class Setting(Protocol):
    """What scanning needs of its world, and no more."""

    @property
    def now(self) -> Instant: ...
    def record(self, fact: Fact) -> None: ...
    def hometown(self, parcel: Parcel) -> tuple[str, str]:
        """The recipient's town and name."""


def scanned(here: Setting, parcel: Parcel, scan: Scan, place: str | None, timezone: str) -> None:
    """*parcel* is scanned: at *place*, or in its recipient's own town."""
    town = here.hometown(parcel)[0] if place is None else place
    parcel.add_scan(ScanRecord(scan, here.now, town, timezone))
    here.record(ParcelScanned(parcel.order_id, parcel.id, scan, place or "", timezone))


def remarked(here: Setting, parcel: Parcel, carrier: Carrier, scan: Scan) -> None:
    """Something is said of *parcel* where it stands."""
    stop = stop_of(here, parcel, carrier)
    scanned(here, parcel, scan, stop.place, stop.timezone)


def stop_of(here: Setting, parcel: Parcel, carrier: Carrier) -> Stop:
    """Where its carrier last had it in a house of its own: no recipient's door."""
    town = here.hometown(parcel)[0]
    for each in reversed(parcel.scans):
        if each.place != town:
            return Stop(each.place, each.timezone)
    if parcel.way:
        return Stop(parcel.way[0].place or carrier.depot, parcel.way[0].timezone)
    return Stop(carrier.depot, carrier.depot_timezone)
