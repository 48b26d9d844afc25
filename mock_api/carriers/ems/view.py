"""What EMS shows of a parcel. No HTTP here: pushes are made of the same."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mock_api.carriers.ems.names import CARRIERS, NAME
from mock_api.carriers.ems.words import SAID, Said
from mock_api.kernel import shipped
from mock_api.kernel.sightings import recorded, state_of
from simulator import World
from simulator.carriers.model import CHINA
from simulator.clock import Instant
from simulator.following import Sight
from simulator.parcels.model import ScanRecord
from simulator.shipments.model import Shipment

FORM: Final = "%Y-%m-%d %H:%M:%S"


def wall_clock(at: Instant, timezone: str = CHINA) -> str:
    """Local text, without an offset."""
    return datetime.fromtimestamp(at, ZoneInfo(timezone)).strftime(FORM)


def seen(world: World, number: str) -> Sight | None:
    """A parcel of China Post's of that number."""
    sight = world.trackers.sight("", number)
    return sight if sight.carrier and sight.carrier.code in CARRIERS else None


def traces(sight: Sight) -> list[dict[str, str]]:
    """Oldest first, the cancellation of its order included; what EMS has no word for is not
    shown."""
    shown = ((record, SAID[record.scan]) for record in recorded(sight))
    return [trace(record, said, sight) for record, said in shown if said]


def trace(record: ScanRecord, said: Said, sight: Sight) -> dict[str, str]:
    """One operation."""
    told = {
        "waybillNo": sight.number,
        "opTime": wall_clock(record.at, record.timezone),
        "opCode": said.code,
        "opName": said.name,
        "opDesc": said.description.format(place=record.place),
        "opOrgProvName": state_of(record, sight),
        "opOrgCity": record.place,
        "opOrgName": record.place,
        "productName": sight.carrier.name if sight.carrier else "",
    }
    return {name: value for name, value in told.items() if value}


def numbered(world: World, number: str) -> Shipment | None:
    """The shipment of that number that was made through this interface."""
    return shipped.numbered(world, NAME, number)


def referenced(world: World, reference: str) -> Shipment | None:
    """The same by its shipper's own number."""
    return shipped.referenced(world, NAME, reference)
