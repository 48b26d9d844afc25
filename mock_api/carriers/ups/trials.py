"""UPS's published test numbers.

Those of the Customer Integration Environment are snapshots: they never move. Which place and day
they show is ours. The two of Track Alert tell several events, one second apart, says
UPSTrackAlert.yaml; which events, it does not say.
"""

from datetime import UTC, datetime
from typing import Final

from mock_api.carriers.ups.view import Seen
from simulator.carriers.scans import Scan
from simulator.clock import Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.people import Address

_ZONE: Final = "America/New_York"
_HUB: Final = "Louisville"
_SENDER: Final = Address("UPS", "", "", _HUB, "40213", "US", "KY")
_RECIPIENT: Final = Address("UPS CIE", "", "", "New York", "10001", "US", "NY")
_BEGAN: Final = datetime(2029, 12, 3, 14, tzinfo=UTC)
_STEP: Final = 8 * 3600

_ORIGIN: Final = (Scan.LABEL_PRINTED, Scan.PICKED_UP)
_OUT: Final = (*_ORIGIN, Scan.DEPARTED_FROM_HUB, Scan.ARRIVED_AT_HUB, Scan.OUT_FOR_DELIVERY)

_SNAPSHOTS: Final = {
    "1Z12345E6605272234": (*_OUT, Scan.DELIVERED),
    "1Z12345E0205271688": (*_OUT, Scan.DELIVERED),
    "1Z12345E1305277940": _ORIGIN,
    "1Z12345E6205277936": (
        *_OUT,
        Scan.DELIVERY_ATTEMPTED,
        Scan.OUT_FOR_DELIVERY,
        Scan.DELIVERY_ATTEMPTED,
    ),
}
"""1Z12345E1505270452 has none: "No tracking information available"."""

PLAYS: Final = {
    "1ZCIETST0111111114": (*_OUT, Scan.DELIVERED),
    "1ZCIETST0422222228": (
        *_OUT,
        Scan.DELIVERY_ATTEMPTED,
        Scan.OUT_FOR_DELIVERY,
        Scan.DELIVERED,
    ),
}
"""By number of Track Alert: what is told, second by second."""

_AT_HOME: Final = frozenset({Scan.OUT_FOR_DELIVERY, Scan.DELIVERY_ATTEMPTED, Scan.DELIVERED})


def snapshot(number: str) -> Seen | None:
    """What the test environment shows of that number; ``None`` if it is no test number."""
    scans = _SNAPSHOTS.get(number)
    if scans is None:
        return None
    began = int(_BEGAN.timestamp())
    records = tuple(record_at(scan, Instant(began + nth * _STEP)) for nth, scan in enumerate(scans))
    return Seen(number, sight_of(number), records)


def record_at(scan: Scan, at: Instant) -> ScanRecord:
    place = _RECIPIENT.city if scan in _AT_HOME else _HUB
    return ScanRecord(scan, at, place, _ZONE)


def sight_of(number: str) -> Sight:
    return Sight(number, sender=_SENDER, recipient=_RECIPIENT)
