"""Couriers who are called: pickups that somebody books for a place and a window.

It is the setting of every pickup's life. The van that comes is the carrier's own, on its rounds; a
pickup says from when on what stands there may be taken. A refusal is a DomainError and changes
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from simulator import ids
from simulator.carriage import Carriage
from simulator.carriers.model import CityService
from simulator.clock import EPOCH, Instant, later
from simulator.consigning import city_of, vans_for
from simulator.errors import (
    AlreadyCollected,
    CourierOnTheWay,
    LimitReached,
    NoPickupHere,
    NotFound,
    PickupStands,
    WrongStatus,
)
from simulator.facts import PickupBooked, PickupCancelled
from simulator.parcels.model import Handover, Parcel, ParcelStatus
from simulator.people import Address
from simulator.registry import Registry
from simulator.shipments.model import Shipment
from simulator.shipments.pickup import Changed, Pickup, PickupStatus, PickupWish, pickup_life
from simulator.shipments.windows import Window, access_seconds, next_window, settle
from simulator.waiting import Inbox


@dataclass(frozen=True, slots=True)
class Availability:
    """What a carrier offers at a place on a day."""

    cut_off: Instant
    """The latest instant at which a pickup of that day may be booked."""
    access_seconds: int
    """The shortest window that is sure to be kept."""
    rounds: tuple[Instant, ...]
    timezone: str


class Callouts:
    """One world's pickups."""

    def __init__(self, registry: Registry, carriage: Carriage) -> None:
        self._all = registry
        self._carriage = carriage
        self.record = registry.record

    @property
    def now(self) -> Instant:
        return self._all.now

    # What callers do.

    def book(self, wish: PickupWish) -> Pickup:
        """The courier is called."""
        here, city = self._all, city_of(wish.address)
        for number in wish.numbers:
            self._require_waiting(number, wish.carrier)
        window = self.agreed(wish)
        nth = here.mint.counted.get(ids.PICKUP, 0) + 1
        pickup = Pickup(
            id=here.mint.next_id(ids.PICKUP),
            confirmation=f"{wish.carrier.upper()[:3]}{100_000 + nth}",
            wish=wish,
            carrier=wish.carrier,
            city=city,
            window=window,
            booked_at=self.now,
            inbox=Inbox(here.agenda),
            due_at=window.closes_at,
            updated_at=self.now,
        )
        here.pickups.file(pickup)
        opens, closes = window.opens_at, window.closes_at
        self.record(
            PickupBooked(
                *(pickup.id, wish.account, wish.carrier, city, opens, closes, window.moved)
            )
        )
        self.await_again(pickup)
        self.start_pickup(pickup)
        return pickup

    def agreed(self, wish: PickupWish) -> Window:
        """When the courier would come, if he were called now; refused as a call would be."""
        most = self._all.bounds.pickups
        if len(self._all.pickups.all) >= most:
            raise LimitReached("pickups", "this world", most)
        service = self._service(wish.carrier, wish.address)
        window = settle(service, wish.window, self.now, wish.policy)
        if wish.unique:
            self._require_only(wish, city_of(wish.address), service, window)
        return window

    def change(self, pickup: Pickup, wished: Window) -> Pickup:
        """It is for another time."""
        self._require_in_time(pickup)
        service = self._service_for(pickup)
        pickup.window = settle(service, wished, self.now, pickup.wish.policy)
        pickup.due_at, pickup.updated_at = pickup.window.closes_at, self.now
        opens, closes = pickup.window.opens_at, pickup.window.closes_at
        wish = pickup.wish
        self.record(
            PickupBooked(
                *(pickup.id, wish.account, wish.carrier, pickup.city, opens, closes),
                moved=pickup.window.moved,
            )
        )
        self.await_again(pickup)
        pickup.inbox.deliver(Changed())
        return pickup

    def cancel(self, pickup: Pickup) -> Pickup:
        """Nobody need come: possible until the courier is on the way. What stands there waits for
        whoever else was called, or the van's usual rounds, where its shippers have them."""
        self._require_in_time(pickup)
        pickup.status, pickup.updated_at, pickup.due_at = PickupStatus.CANCELLED, self.now, EPOCH
        self.record(PickupCancelled(pickup.id, pickup.carrier))
        self.await_again(pickup)
        pickup.inbox.deliver(Changed())
        return pickup

    def confirmed(self, confirmation: str) -> Pickup:
        """The one of that number."""
        try:
            return self._all.pickups.get(self._all.pickups.by_confirmation[confirmation])
        except KeyError:
            raise NotFound("pickup", confirmation) from None

    def availability(self, carrier: str, address: Address, day: date) -> Availability | None:
        """What that carrier offers there on that day; ``None``: it does not come at all."""
        service = vans_for(self._all.carrier(carrier), address)
        rounds = service.rounds_on(day) if service else ()
        if service is None or not rounds:
            return None
        cut_off = later(rounds[-1], -service.cut_off)
        return Availability(cut_off, access_seconds(service), rounds, service.timezone)

    # What pickups ask.

    def stands_ready(self, pickup: Pickup) -> bool:
        return bool(self._standing(pickup))

    def window_after(self, pickup: Pickup) -> Window:
        service, window = self._service_for(pickup), pickup.window
        opened_on = datetime.fromtimestamp(window.opens_at, ZoneInfo(service.timezone)).date()
        return next_window(service, window, opened_on, from_=later(self.now, 1))

    def await_again(self, pickup: Pickup) -> None:
        for parcel in self._standing(pickup):
            self._carriage.stand(parcel)

    def leave_standing(self, pickup: Pickup) -> None:
        """What the courier passed by is fetched late; what came to stand there afterwards waits for
        the next call, or goes with the usual rounds."""
        for parcel in self._standing(pickup):
            if parcel.on_call and not parcel.passed_by:
                self._carriage.stand(parcel)

    def start_pickup(self, pickup: Pickup) -> None:
        self._all.env.process(pickup_life(self, pickup))

    # Within.

    def _service(self, carrier: str, address: Address) -> CityService:
        service = vans_for(self._all.carrier(carrier), address)
        if service is None:
            raise NoPickupHere(carrier, address.city)
        return service

    def _service_for(self, pickup: Pickup) -> CityService:
        return self._service(pickup.carrier, pickup.wish.address)

    def _standing(self, pickup: Pickup) -> list[Parcel]:
        """Shipments' parcels that the courier may take: they are no order's of a warehouse."""
        ready = [
            parcel
            for parcel in self._meant_by(pickup)
            if _waits(parcel)
            and (parcel.carrier, parcel.city) == (pickup.carrier, pickup.city)
            and parcel.handover is Handover.PICKUP
        ]
        return sorted(ready, key=lambda parcel: (parcel.booked_at, parcel.tracking_number))

    def _meant_by(self, pickup: Pickup) -> Iterator[Parcel]:
        """Those whose numbers its caller named; where none is named, of every shipment that its
        carrier has not yet."""
        here = self._all
        for number in dict.fromkeys(pickup.wish.numbers):
            parcel = here.parcel_numbered(number)
            if parcel and parcel.id in here.shipments.of_parcel:
                yield parcel
        if not pickup.wish.numbers:
            for shipment in here.shipments.waiting(pickup.carrier, self._is_waiting):
                yield from map(here.parcel, shipment.parcel_ids)

    def _is_waiting(self, shipment: Shipment) -> bool:
        """Its carrier has not all of it yet."""
        return any(_waits(self._all.parcel(parcel_id)) for parcel_id in shipment.parcel_ids)

    def _require_waiting(self, number: str, carrier: str) -> None:
        parcel = self._all.parcel_numbered(number)
        if parcel is None or parcel.carrier != carrier:
            raise NotFound("shipment", number)
        if not _waits(parcel):
            raise AlreadyCollected(number)

    def _require_only(
        self, wish: PickupWish, city: str, service: CityService, window: Window
    ) -> None:
        zone = ZoneInfo(service.timezone)
        day = datetime.fromtimestamp(window.opens_at, zone).date()
        for other in self._all.pickups.open_at(wish.carrier, city):
            same_door = other.wish.address.line1 == wish.address.line1
            that_day = datetime.fromtimestamp(other.window.opens_at, zone).date()
            if same_door and that_day == day:
                raise PickupStands(other.confirmation)

    def _require_in_time(self, pickup: Pickup) -> None:
        if pickup.status is not PickupStatus.SCHEDULED:
            raise WrongStatus(pickup.id, pickup.status, PickupStatus.SCHEDULED)
        service = self._service_for(pickup)
        coming = service.round_after(Instant(max(pickup.window.opens_at, self.now) - 1))
        if self.now > coming - service.cut_off:
            raise CourierOnTheWay(pickup.confirmation)


def _waits(parcel: Parcel) -> bool:
    """It has its label, and nobody has taken it."""
    return parcel.status is ParcelStatus.BOOKED and not parcel.taken_at
