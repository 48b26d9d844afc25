"""What J&T shows of a parcel: its scans, newest first, by the clocks of their places.

No HTTP here: pushes are made of the same.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.jt.names import CARRIER, NAME
from mock_api.carriers.jt.words import SAID, Said
from mock_api.kernel import shipped
from mock_api.kernel.local_time import zone_at
from mock_api.kernel.sightings import state_of
from simulator import World
from simulator.clock import Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Shipment

FORM: Final = "%Y-%m-%d %H:%M:%S"


def wall_clock(at: Instant, timezone: str) -> str:
    """Local text, without an offset."""
    return datetime.fromtimestamp(at, ZoneInfo(timezone)).strftime(FORM)


def placed_at(world: World, shipment: Shipment) -> datetime:
    """When its order was placed, by the clocks of its sender's place."""
    zone = zone_at(world.registry.carrier(CARRIER), shipment.wish.sender)
    return datetime.fromtimestamp(shipment.created_at, zone)


def seen(world: World, number: str) -> Sight | None:
    """J&T's own parcel of that number."""
    sight = world.trackers.sight("", number)
    is_own = sight.carrier is not None and sight.carrier.code == CARRIER
    return sight if is_own else None


def details(sight: Sight) -> list[dict[str, str]]:
    """Newest first; what J&T has no word for is not shown."""
    shown = ((record, SAID[record.scan]) for record in reversed(sight.scans))
    return [detail(record, said, sight) for record, said in shown if said]


def detail(record: ScanRecord, said: Said, sight: Sight) -> dict[str, str]:
    """One scan."""
    words = said.description.format(place=record.place)
    told = {
        "scanTime": wall_clock(record.at, record.timezone),
        "desc": words,
        "scanType": said.scan_type,
        "scanTypeCode": said.code,
        "scanNetworkName": record.place,
        "scanNetworkCity": record.place,
        "scanNetworkProvince": state_of(record, sight),
    }
    if said.code == "110":
        told["probleDescription"] = words  # J&T's own spelling
    if said.problem:
        told["problemType"] = said.problem
    return {name: value for name, value in told.items() if value}


def order_number_of(sight: Sight) -> str:
    """The shipper's own, where it was shipped through this interface."""
    shipment = sight.shipment
    return shipment.wish.reference if shipment and shipment.wish.account == NAME else ""


def numbered(world: World, number: str) -> Shipment | None:
    """The shipment of that number that was made through this interface."""
    return shipped.numbered(world, NAME, number)


def referenced(world: World, reference: str) -> Shipment | None:
    """The same by its shipper's own number."""
    return shipped.referenced(world, NAME, reference)
