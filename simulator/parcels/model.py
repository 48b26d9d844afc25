"""A parcel: what is in it, who carries it, and every scan it got."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from simulator.carriers.mishaps import Mishap
from simulator.carriers.model import Carrier, Leg
from simulator.carriers.scans import ON_PAPER, REMARKS, Scan
from simulator.clock import EPOCH, Instant
from simulator.errors import WrongStatus
from simulator.frozen import frozen
from simulator.parcels import moves
from simulator.parcels.evidence import Document
from simulator.parcels.labelling import Fate, Label
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
    RETURNING = "returning"
    """On its way back to the seller."""
    RETURNED = "returned"
    LOST = "lost"
    DISPOSED = "disposed"
    """Done away with by its carrier."""


NEXT: Final = {
    ParcelStatus.CREATED: {ParcelStatus.BOOKED, ParcelStatus.CANCELLED},
    ParcelStatus.BOOKED: {ParcelStatus.TRAVELLING, ParcelStatus.CANCELLED},
    ParcelStatus.TRAVELLING: {
        ParcelStatus.DELIVERED,
        ParcelStatus.RETURNING,
        ParcelStatus.LOST,
        ParcelStatus.DISPOSED,
    },
    ParcelStatus.RETURNING: {ParcelStatus.RETURNED, ParcelStatus.LOST, ParcelStatus.DISPOSED},
    ParcelStatus.DELIVERED: set(),
    ParcelStatus.CANCELLED: set(),
    ParcelStatus.RETURNED: set(),
    ParcelStatus.LOST: set(),
    ParcelStatus.DISPOSED: set(),
}

ON_THE_WAY: Final = (ParcelStatus.TRAVELLING, ParcelStatus.RETURNING)
ASTRAY: Final = (ParcelStatus.RETURNED, ParcelStatus.LOST, ParcelStatus.DISPOSED)
"""Ends elsewhere than at the door."""


_UNCOLLECTED: Final = (ParcelStatus.CREATED, ParcelStatus.BOOKED, ParcelStatus.CANCELLED)


class Handover(Word):
    """How the parcel reaches its carrier (H3)."""

    PICKUP = "pickup"
    DROP_OFF = "drop_off"


@dataclass(frozen=True, slots=True)
class Slot:
    """The pickup window that the seller chose."""

    start: Instant
    end: Instant


@frozen
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
    """One parcel: of one order, of some of its goods, or of several orders; or a piece of a
    shipment that no order has anything to do with."""

    id: str
    order_id: str
    """Empty: no order's."""
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
    item_ids: tuple[str, ...] = ()
    """The line items in it."""
    handed_to: str = ""
    """H1: another carrier than its label's, to whom the seller gives it; empty: the right one."""
    is_away: bool = False
    """H1: that carrier has it, and brings it back when it is due."""
    strays: int = 0
    """How often that has happened."""
    passed_by: int = 0
    """How many rounds left it standing by mishap."""
    planned: tuple[Mishap, ...] = ()
    """What befalls it at the next occasion, since somebody wants it to."""
    held_for: int = 0
    """When customs are made to hold it: for so many seconds; zero: as long as usual."""
    will_be_refused: bool = False
    """Its buyer will not take it."""
    asked: int = 0
    """For how many legs of its route it was asked what befalls it there by chance."""
    set_out_at: Instant = EPOCH
    """When its present leg began."""
    late_by: int = 0
    """That leg takes so many seconds longer."""
    attempts: int = 0
    """Deliveries that were tried in vain."""
    fate: Fate | None = None
    """L5: what its carrier does with it, once it has read the label."""
    script: tuple[tuple[Instant, Scan], ...] = ()
    """The way that somebody wrote down for it; empty: one that is drawn."""
    why: Mishap | None = None
    """What keeps it from its recipient."""
    order_ids: tuple[str, ...] = ()
    """Whose they are; ``order_id`` is the first of these."""
    ready_at: Instant = EPOCH
    """Ready to ship (platform shipping), or marked shipped (seller shipping)."""
    pick_up_by: Instant = EPOCH
    """D2's due time, once the designated carrier owes the pickup."""
    claimed_number: str = ""
    """Seller shipping: the tracking number that the seller gave (D5)."""
    claimed_carrier: str = ""
    is_named_by_seller: bool = False
    """Seller shipping: no carrier's label was known when it was marked, so that it bears the number
    that the seller said."""
    corrected_at: Instant = EPOCH
    """When the seller gave another number after the ship call; EPOCH: never."""
    way: tuple[Leg, ...] = ()
    """Back from its buyer, with what a return is about: legs that stand in for those of a route of
    its carrier's. Empty: it goes to its buyer."""

    on_call: bool = False
    """A shipment's: no round of the van's takes it until somebody calls a courier."""

    @property
    def goes_back(self) -> bool:
        """Its buyer sends it: it is none of its order's ``parcel_ids``."""
        return bool(self.way)

    @property
    def is_combined(self) -> bool:
        """It holds goods of several orders."""
        return len(self.order_ids) > 1

    @property
    def is_seen(self) -> bool:
        """Seller shipping: the platform sees the scans under the number that it was given (S2)."""
        return bool(self.claimed_number) and self.tracking_number == self.claimed_number

    @property
    def first_scan(self) -> ScanRecord | None:
        """The first physical scan. A printed label is none."""
        return next((each for each in self.scans if each.scan not in ON_PAPER), None)

    @property
    def stands_at(self) -> Scan | None:
        """The last scan that is no mere remark: what may come next depends on it."""
        if self.scans and self.scans[-1].scan not in REMARKS:  # nearly always, and often asked
            return self.scans[-1].scan
        return next((each.scan for each in reversed(self.scans) if each.scan not in REMARKS), None)

    @property
    def is_collected(self) -> bool:
        return self.status not in _UNCOLLECTED

    @property
    def is_called_off(self) -> bool:
        return self.status is ParcelStatus.CANCELLED

    @property
    def is_misdirected(self) -> bool:
        """H1: its seller gives it to a wrong carrier."""
        return self.handed_to not in ("", self.carrier)

    def legs(self, carrier: Carrier) -> Sequence[Leg]:
        """All of its way but detours, once it is on it."""
        return self.way or carrier.routes[self.route]

    def may_be_scanned(self, scan: Scan) -> bool:
        """Whether *scan* may be next on its record."""
        return moves.may_come_next((each.scan for each in reversed(self.scans)), scan)

    def require(self, *wanted: ParcelStatus) -> None:
        if self.status not in wanted:
            raise WrongStatus(self.id, self.status, " or ".join(wanted))

    def become(self, status: ParcelStatus, at: Instant) -> None:
        assert status in NEXT[self.status], (self.id, self.status, status)
        self.status = status
        self.updated_at = at

    def add_scan(self, record: ScanRecord) -> None:
        assert not self.scans or record.at >= self.scans[-1].at, (self.id, record)
        assert self.may_be_scanned(record.scan), (self.id, self.stands_at, record.scan)
        self.scans.append(record)
        self.updated_at = record.at
