"""The fifteen waybills that DHL's test system has loaded, and that never change.

Documented are the numbers, not what they show: here each shows the journey of the specification's
own sample, from Sydney to Auckland.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.dhl.names import PARCELS, piece_id
from mock_api.carriers.dhl.places import Area
from mock_api.carriers.dhl.seen import Checkpoint, Consignment, Party, SeenPiece
from mock_api.carriers.dhl.words import SAID, Said
from simulator.carriers.scans import Scan

WAYBILLS: Final = frozenset(
    (
        *("9356579890", "4818240420", "5584773180", "5786694550", "2449648740"),
        *("5980622760", "5980622970", "5980623180", "5980770460", "6781059250"),
        *("9077880070", "5786694760", "7957673080", "5786696720", "8066924740"),
    )
)
_SYDNEY: Final = Area("SYD", "SYDNEY-AU")
_AUCKLAND: Final = Area("AKL", "AUCKLAND-NZ")
_ZONES: Final = {
    _SYDNEY: ZoneInfo("Australia/Sydney"),
    _AUCKLAND: ZoneInfo("Pacific/Auckland"),
}
_JOURNEY: Final = (
    (Scan.PICKED_UP, "2023-08-09T13:56:21", _SYDNEY),
    (Scan.ARRIVED_AT_HUB, "2023-08-09T18:47:01", _SYDNEY),
    (Scan.IN_TRANSIT, "2023-08-09T19:40:02", _SYDNEY),
    (Scan.DEPARTED_FROM_HUB, "2023-08-09T21:28:58", _SYDNEY),
    (Scan.ARRIVED_AT_HUB, "2023-08-10T04:09:01", _AUCKLAND),
    (Scan.CLEARANCE_COMPLETED, "2023-08-10T04:18:00", _AUCKLAND),
    (Scan.IN_TRANSIT, "2023-08-10T05:58:15", _AUCKLAND),
    (Scan.DEPARTED_FROM_HUB, "2023-08-10T05:58:58", _AUCKLAND),
    (Scan.ARRIVED_AT_DESTINATION, "2023-08-10T09:50:00", _AUCKLAND),
    (Scan.OUT_FOR_DELIVERY, "2023-08-10T10:50:14", _AUCKLAND),
    (Scan.DELIVERED, "2023-08-10T11:59:23", _AUCKLAND),
)
_SIGNED: Final = "ALBY H"


def published(number: str) -> Consignment | None:
    """What the test system shows for it, if it is one of those."""
    if number not in WAYBILLS:
        return None
    checkpoints = tuple(_checkpoint(*line) for line in _JOURNEY)
    return Consignment(
        waybill=number,
        product=PARCELS,
        shipped_at=_at("2023-08-09T13:42:48", _SYDNEY),
        description="BUSHING",
        reference="",
        shipper=Party("", "", "", "AU"),
        receiver=Party("", "", "", "NZ"),
        origin=_SYDNEY,
        destination=_AUCKLAND,
        weight_kg=0.99,
        checkpoints=checkpoints,
        pieces=(SeenPiece(1, piece_id(number), 3.0, (40.0, 30.0, 1.0), checkpoints),),
    )


def _checkpoint(scan: Scan, local: str, area: Area) -> Checkpoint:
    said = SAID[scan]
    assert isinstance(said, Said), scan
    signed = _SIGNED if scan is Scan.DELIVERED else ""
    text = said.text.format(place=area.description, signed=signed)
    return Checkpoint(said, text, _at(local, area), area, signed)


def _at(local: str, area: Area) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=_ZONES[area])
