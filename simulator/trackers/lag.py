"""How much later than the carrier a view learns of a scan: a pure function of the parcel's luck.

Carriers facts, section 8.4: aggregators ask every 6 to 12 hours, or are told within 1 to 6
(``Carrier.sync_lag``). What came later is never known earlier.
"""

from simulator.carriers.model import Carrier
from simulator.clock import Instant, later
from simulator.parcels.model import Parcel, ScanRecord
from simulator.streams import Streams

CARRIERS_OWN = ""
"""The view of the carrier itself: it knows what it scans."""


def learns_at(streams: Streams, view: str, carrier: Carrier, parcel: Parcel) -> list[Instant]:
    """When *view* learns of each scan of the parcel's record so far."""
    if view == CARRIERS_OWN:
        return [record.at for record in parcel.scans]
    found: list[Instant] = []
    latest = Instant(0)
    for nth, record in enumerate(parcel.scans):
        lag = streams.between(f"sync {view}", parcel.luck, carrier.sync_lag, nth)
        latest = max(latest, later(record.at, lag))
        found.append(latest)
    return found


def known_scans(
    streams: Streams, view: str, carrier: Carrier, parcel: Parcel, now: Instant
) -> list[ScanRecord]:
    """Those of its scans that *view* knows of at *now*, oldest first."""
    known = learns_at(streams, view, carrier, parcel)
    return [scan for scan, at in zip(parcel.scans, known, strict=True) if at <= now]
