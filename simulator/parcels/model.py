"""A parcel: what is in it, who carries it, and every scan it got."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from simulator.carriers.model import Leg
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import EPOCH, Instant
from simulator.errors import WrongStatus
from simulator.parcels import moves
from simulator.parcels.evidence import Document
from simulator.parcels.labelling import Label
from simulator.parcels.packing import Packing
from simulator.waiting import Inbox
from simulator.words import Word


class ParcelStatus(Word):
    CREATED = "created"
    """Waits for the seller."""
    BOOKED = "booked"
    """A carrier knows of it; it stands at the seller's door, or is on its way to the depot."""
    TRAVELLING = "travelling"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


NEXT: Final = {
    ParcelStatus.CREATED: {ParcelStatus.BOOKED, ParcelStatus.CANCELLED},
    ParcelStatus.BOOKED: {ParcelStatus.TRAVELLING, ParcelStatus.CANCELLED},
    ParcelStatus.TRAVELLING: {ParcelStatus.DELIVERED},
    ParcelStatus.DELIVERED: set(),
    ParcelStatus.CANCELLED: set(),
}


class Handover(Word):
    """How the parcel reaches its carrier (H3)."""

    PICKUP = "pickup"
    DROP_OFF = "drop_off"


@dataclass(frozen=True, slots=True)
class Slot:
    """The pickup window that the seller chose."""

    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """One scan: what, when (UTC), and where, with the place's own time zone."""

    scan: Scan
    at: Instant
    place: str
    timezone: str

    @property
    def local_time(self) -> str:
        """When it was, by the clocks of its place: ISO 8601, with that place's offset."""
        return datetime.fromtimestamp(self.at, ZoneInfo(self.timezone)).isoformat()


@dataclass(slots=True)
class Parcel:
    """One parcel of one order."""

    id: str
    order_id: str
    luck: str
    """After what its draws are named."""
    city: str
    """Where it waits for its carrier."""
    created_at: Instant
    inbox: Inbox
    status: ParcelStatus = ParcelStatus.CREATED
    updated_at: Instant = EPOCH
    carrier: str = ""
    tracking_number: str = ""
    handover: Handover | None = None
    slot: Slot | None = None
    booked_at: Instant = EPOCH
    """When the carrier was told: for a designated carrier, the notice that D2 counts from."""
    collect_from: Instant = EPOCH
    """The van's first round that may take it is not before this."""
    service: str = ""
    """Which of the carrier's services."""
    taken_at: Instant = EPOCH
    """When the van took it; the first scan may come later (``Carrier.first_scan_lag``)."""
    route: str = ""
    """Which of the carrier's routes it is on: settled with the first scan."""
    leg: int = 0
    """How many legs of its route lie behind it."""
    detour: list[Leg] = field(default_factory=list)
    """Legs to do before it goes on along its route."""
    detours: int = 0
    """How many such legs lie behind it."""
    due_at: Instant = EPOCH
    """When its present leg ends."""
    scans: list[ScanRecord] = field(default_factory=list)
    signed_by: str = ""
    packing: Packing | None = None
    """As the seller declared it; undeclared, it is right (``packing.suited_to``)."""
    label: Label | None = None
    """The same."""
    broken: tuple[str, ...] = ()
    """Rules of P1-P5 and L1-L6 that the declarations break, sorted."""
    documents: tuple[Document, ...] = ()
    """Evidence on file, in the order in which it came (H2)."""
    will_be_refused: bool = False
    """The buyer will not take it at the door."""

    @property
    def first_scan(self) -> ScanRecord | None:
        """The first physical scan. A printed label is none."""
        return next((each for each in self.scans if each.scan not in ON_PAPER), None)

    @property
    def stands_at(self) -> Scan | None:
        """The last scan that is no mere remark: what may come next depends on it."""
        return next((each.scan for each in reversed(self.scans) if each.scan not in REMARKS), None)

    @property
    def is_collected(self) -> bool:
        return self.status in (ParcelStatus.TRAVELLING, ParcelStatus.DELIVERED)

    @property
    def is_called_off(self) -> bool:
        return self.status is ParcelStatus.CANCELLED

    def require(self, wanted: ParcelStatus) -> None:
        if self.status is not wanted:
            raise WrongStatus(self.id, self.status, wanted)

    def become(self, status: ParcelStatus, at: Instant) -> None:
        assert status in NEXT[self.status], (self.id, self.status, status)
        self.status = status
        self.updated_at = at

    def add_scan(self, record: ScanRecord) -> None:
        assert not self.scans or record.at >= self.scans[-1].at, (self.id, record)
        before = self.stands_at
        assert moves.follows(before, record.scan), (self.id, before, record.scan)
        self.scans.append(record)
        self.updated_at = record.at
