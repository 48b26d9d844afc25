"""Who follows which number through whose eyes, in one world: the setting of every tracker's life.

A number may be followed before any carrier knows it. What a view shows is always the image of the
carrier's own scans (``trackers.lag``): it keeps no record of its own.
"""

from dataclasses import dataclass
from typing import Final

from simulator import ids
from simulator.carriers.model import Carrier
from simulator.clock import EPOCH, Instant
from simulator.errors import LimitReached
from simulator.facts import (
    Fact,
    ParcelBooked,
    ParcelScanned,
    ShipmentNamed,
    TrackerAdded,
    TrackerStopped,
    TrackerUpdated,
)
from simulator.parcels.model import Parcel, ScanRecord
from simulator.parcels.moves import ENDS
from simulator.people import Address
from simulator.registry import Registry
from simulator.shipments.model import Shipment
from simulator.trackers.lag import known_scans, learns_at
from simulator.trackers.life import tracker_life
from simulator.trackers.model import Stirred, Tracker
from simulator.waiting import Inbox

BY_HAND: Final = "by_hand"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a view knows of a number by now."""

    number: str
    parcel: Parcel | None = None
    """``None``: no carrier knows the number."""
    carrier: Carrier | None = None
    shipment: Shipment | None = None
    scans: tuple[ScanRecord, ...] = ()
    """Oldest first."""
    sender: Address | None = None
    recipient: Address | None = None


class Following:
    """One world's trackers."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self._listens = False
        self.record = registry.record

    @property
    def now(self) -> Instant:
        return self._all.now

    # What followers do.

    def add(self, view: str, number: str, carrier: str, notes: dict[str, str]) -> Tracker:
        """From now on that view follows *number*; what it would know by now, it knows at once."""
        here = self._all
        most = here.bounds.trackers
        if len(here.trackers.all) >= most:
            raise LimitReached("trackers", "this world", most)
        tracker = Tracker(
            here.mint.next_id(ids.TRACKER),
            view,
            number,
            carrier,
            self.now,
            Inbox(here.agenda),
            notes=dict(notes),
        )
        here.trackers.file(tracker)
        self.record(TrackerAdded(tracker.id, view, number))
        self._catch_up(tracker)
        self.start_tracker(tracker)
        return tracker

    def stop(self, tracker: Tracker, cause: str = BY_HAND) -> None:
        tracker.is_stopped, tracker.stopped_at, tracker.due_at = True, self.now, EPOCH
        self.record(TrackerStopped(tracker.id, tracker.view, tracker.number, cause))
        self._wake(tracker)

    def resume(self, tracker: Tracker) -> None:
        """It is followed again."""
        tracker.is_stopped, tracker.stopped_at, tracker.heard_at = False, EPOCH, self.now
        self.record(TrackerAdded(tracker.id, tracker.view, tracker.number))
        self._catch_up(tracker)
        self.start_tracker(tracker)

    def remove(self, tracker: Tracker) -> None:
        """It is forgotten."""
        if not tracker.is_stopped:
            self.stop(tracker)
        self._all.trackers.drop(tracker)

    def sight(self, view: str, number: str, at: Instant | None = None) -> Sight:
        """What *view* knows of that number by now, whoever follows it; or what it knew then."""
        here, at = self._all, self.now if at is None else at
        parcel = here.parcel_numbered(number)
        if parcel is None or parcel.booked_at > at:
            return Sight(number)
        carrier = here.carriers.get(parcel.carrier)
        if carrier is None:  # a seller's own fleet: nobody scans it
            return Sight(number, parcel)
        shipment = here.shipments.with_parcel(parcel.id)
        scans = known_scans(here.streams, view, carrier, parcel, at)
        sender = shipment.wish.sender if shipment else self._warehouse_of(parcel)
        recipient: Address | None = here.recipient(parcel)
        if parcel.goes_back:
            sender, recipient = recipient, sender
        return Sight(number, parcel, carrier, shipment, tuple(scans), sender, recipient)

    def _warehouse_of(self, parcel: Parcel) -> Address | None:
        order = self._all.find_order(parcel.order_id)
        warehouse = self._all.warehouses.get(order.warehouse_id) if order else None
        return warehouse.address if warehouse else None

    # What trackers ask.

    def coming(self, tracker: Tracker) -> list[Instant]:
        here = self._all
        parcel = here.parcel_numbered(tracker.number)
        carrier = here.carriers.get(parcel.carrier) if parcel else None
        if parcel is None or carrier is None:
            return []
        return learns_at(here.streams, tracker.view, carrier, parcel)

    def has_ended(self, tracker: Tracker) -> bool:
        parcel = self._all.parcel_numbered(tracker.number)
        return bool(parcel and parcel.scans and parcel.scans[-1].scan in ENDS)

    def start_tracker(self, tracker: Tracker) -> None:
        self._listen()
        self._all.env.process(tracker_life(self, tracker))

    # Within.

    def _catch_up(self, tracker: Tracker) -> None:
        known = sum(at <= self.now for at in self.coming(tracker))
        if known > tracker.known:
            tracker.known, tracker.heard_at = known, self.now
            self.record(TrackerUpdated(tracker.id, tracker.view, tracker.number, known))

    def _wake(self, tracker: Tracker) -> None:
        if tracker.inbox.waiting:
            tracker.inbox.deliver(Stirred())

    def _listen(self) -> None:
        """Nobody looks at scans until the first number is followed."""
        if not self._listens:
            self._listens = True
            self._all.journal.subscribe(self._hear)

    def _hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if isinstance(fact, ParcelScanned):
            self._stir(self._all.parcels[fact.parcel_id].tracking_number)
        elif isinstance(fact, ParcelBooked | ShipmentNamed):
            self._stir(fact.tracking_number)

    def _stir(self, number: str) -> None:
        for tracker in self._all.trackers.of_number.get(number, ()):
            self._wake(tracker)
