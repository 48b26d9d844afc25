"""The carriers' side of a world: bookings, vans, parcels on their way.

It is the setting of every van's and parcel's life, and tells the platform what becomes of a parcel.
"""

from collections.abc import Sequence
from typing import Protocol

from simulator import forwarding, pickups
from simulator.carriers.closures import Closure
from simulator.carriers.model import Scan
from simulator.carriers.numbers import NUMBERED
from simulator.carriers.van import Van, van_life
from simulator.clock import Instant, later
from simulator.facts import LabelCalledOff, ParcelBooked
from simulator.money import payments
from simulator.parcels.life import CalledOff, collect, parcel_life, stray
from simulator.parcels.model import Handover, Parcel, ParcelStatus, Slot
from simulator.registry import Registry
from simulator.shipments.pickup import Taken


class Tidings(Protocol):
    """Whom it concerns what becomes of a parcel."""

    def parcel_collected(self, parcel: Parcel) -> None: ...
    def parcel_delivered(self, parcel: Parcel) -> None: ...
    def parcel_ended(self, parcel: Parcel) -> None:
        """Lost, returned or disposed of."""

    def refusal_factor(self, parcel: Parcel) -> float:
        """How much likelier than others its buyer refuses it."""


class Carriage:
    """The setting of vans and parcels in one world."""

    def __init__(self, registry: Registry, tidings: Tidings) -> None:
        self._all = registry
        self._env = registry.env
        # Asked a hundred times an order: bound once, not passed through.
        self.record = registry.record
        self.streams = registry.streams
        self.carrier = registry.carrier
        self.packing = registry.market.packing
        self.parcel_collected = tidings.parcel_collected
        self.parcel_delivered = tidings.parcel_delivered
        self.parcel_ended = tidings.parcel_ended
        self.refusal_factor = tidings.refusal_factor

    # What lives ask.

    @property
    def now(self) -> Instant:
        return self._env.now

    @property
    def mishaps(self) -> float:
        return self._all.mishaps

    @property
    def closures(self) -> Sequence[Closure]:
        return self._all.closures

    def country(self, parcel: Parcel) -> str:
        return self._all.recipient(parcel).region

    def hometown(self, parcel: Parcel) -> tuple[str, str]:
        address = self._all.recipient(parcel)
        return address.city, address.name

    def charge(self, parcel: Parcel, amount_minor: int, reason: str) -> None:
        if parcel.order_id:  # shippers outside the platform have accounts of their own
            payments.charge(self._all, parcel, amount_minor, reason)

    def stays_in(self, van: Van) -> str:
        return pickups.stays_in(self._all, van)

    def leaves_standing(self, van: Van, parcel_id: str) -> bool:
        parcel = self._all.parcels[parcel_id]
        if parcel.is_misdirected:
            # H1: it is not there any more, another carrier has it.
            del van.queue[parcel_id]
            stray(self, parcel)
            self.start_parcel(parcel)
            return True
        return bool(self._all.mishaps or parcel.planned) and pickups.passes_by(self, van, parcel)

    def take_parcel(self, parcel_id: str, timezone: str) -> None:
        parcel = self._all.parcels[parcel_id]
        parcel.taken_at = self.now
        lag = self.carrier(parcel.carrier).first_scan_lag
        if any(lag):
            # The courier has no scanner: its depot scans it.
            parcel.due_at = later(self.now, self.streams.between("first scan", parcel.luck, lag))
        else:
            collect(self, parcel, Scan.PICKED_UP, parcel.city, timezone)
        self.start_parcel(parcel)
        if self._is_shipped(parcel):
            self._tell_who_called(parcel)

    def _tell_who_called(self, parcel: Parcel) -> None:
        for pickup in self._all.pickups.open_at(parcel.carrier, parcel.city):
            if pickup.is_for(parcel, self.now):
                pickup.inbox.deliver(Taken(parcel.id))
                break

    def _is_shipped(self, parcel: Parcel) -> bool:
        """It is a shipment's, whether an order has it by now or not: its sender may call
        couriers."""
        return parcel.id in self._all.shipments.of_parcel

    # Booking, and calling off.

    def book(
        self,
        parcel: Parcel,
        carrier: str,
        handover: Handover,
        slot: Slot | None,
        number: str = "",
    ) -> None:
        """Tell *carrier* of the parcel: a label, and a van to wait for or a way to the depot."""
        here, said = self._all, self.carrier(carrier)
        parcel.become(ParcelStatus.BOOKED, here.now)
        parcel.carrier, parcel.handover, parcel.slot = carrier, handover, slot
        parcel.service = parcel.service or said.service().code
        parcel.tracking_number = number or self.fresh_number(carrier)
        parcel.booked_at = here.now
        # Orders may share a number: carriers know the parcel that had it first.
        here.by_number.setdefault(parcel.tracking_number, parcel.id)
        self.record(
            ParcelBooked(parcel.order_id, parcel.id, carrier, parcel.tracking_number, handover)
        )
        if parcel.order_id:
            forwarding.charge(here, parcel)
        if handover is Handover.PICKUP:
            self.wait_for_van(parcel)
        else:
            way = self.streams.between("drop off", parcel.luck, said.drop_off_span)
            parcel.due_at = later(here.now, way)
            self.start_parcel(parcel)

    def call_off(self, parcel: Parcel) -> None:
        """Nobody has taken it, and nobody shall."""
        if parcel.handover is Handover.PICKUP and not parcel.goes_back:
            # It stands in the queue, unless the van has taken it and nobody has scanned it yet.
            self._out_of_the_queue(parcel)
        parcel.become(ParcelStatus.CANCELLED, self.now)
        if parcel.tracking_number:
            number = parcel.tracking_number
            self.record(LabelCalledOff(parcel.order_id, parcel.id, parcel.carrier, number))
        if parcel.inbox.waiting:
            parcel.inbox.deliver(CalledOff())

    def leave_the_door(self, parcel: Parcel) -> None:
        """No van need come for it: it is awaited elsewhere, at its due time."""
        self._out_of_the_queue(parcel)
        self.start_parcel(parcel)

    def stand(self, parcel: Parcel) -> None:
        """A shipment's parcel stands at its sender's door: for the first of the couriers who were
        called for it; or, where none was, for the van's usual rounds, if its sender has them."""
        here = self._all
        called = [
            max(pickup.window.opens_at, here.now)
            for pickup in here.pickups.open_at(parcel.carrier, parcel.city)
            if pickup.concerns(parcel.tracking_number)
        ]
        if called:
            self._await_from(parcel, min(called))
        elif parcel.on_call:
            self._out_of_the_queue(parcel)
        else:
            self._await_round(parcel)

    def rename(self, parcel: Parcel, new_id: str) -> None:
        """It is known by another id from now on, wherever it was filed or stands."""
        here, old_id = self._all, parcel.id
        van = here.vans.get((parcel.carrier, parcel.city))
        if van and old_id in van.queue:
            renamed = {new_id if key == old_id else key: at for key, at in van.queue.items()}
            van.queue.clear()
            van.queue.update(renamed)
        parcel.id = new_id
        here.parcels.pop(old_id, None)
        here.parcels[new_id] = parcel  # in the place of what had that id before
        here.by_number[parcel.tracking_number] = new_id

    def _out_of_the_queue(self, parcel: Parcel) -> None:
        van = self._all.vans.get((parcel.carrier, parcel.city))
        if van:
            van.queue.pop(parcel.id, None)

    def wait_for_van(self, parcel: Parcel) -> None:
        """It stands at the seller's door, in the queue of its carrier's van."""
        if self._is_shipped(parcel):
            self.stand(parcel)
        else:
            self._await_round(parcel)

    def _await_round(self, parcel: Parcel) -> None:
        carrier = self.carrier(parcel.carrier)
        service = carrier.service_in(parcel.city)
        assert service is not None, (parcel.carrier, parcel.city)
        booked_early_enough = later(self.now, service.cut_off)
        slot_opens = parcel.slot.start if parcel.slot else booked_early_enough
        promised = max(booked_early_enough, slot_opens)
        self._await_from(parcel, later(promised, carrier.pickup_delay))

    def _await_from(self, parcel: Parcel, from_: Instant) -> None:
        parcel.collect_from = from_
        van = self._all.van(parcel.carrier, parcel.city)
        van.queue[parcel.id] = parcel.collect_from
        if not van.awaited:
            van.awaited = True
            self.start_van(van)

    def fresh_number(self, carrier: str) -> str:
        """The carrier's next number; one that a seller has claimed already is passed over."""
        mint = self._all.mint
        while True:
            kind = f"number {carrier}"
            mint.counted[kind] = mint.counted.get(kind, 0) + 1
            number = NUMBERED[carrier](mint.counted[kind])
            if self._all.parcel_numbered(number) is None:
                return number

    # Starting lives.

    def start_parcel(self, parcel: Parcel) -> None:
        self._env.process(parcel_life(self, parcel))

    def start_van(self, van: Van) -> None:
        service = self.carrier(van.carrier).service_in(van.city)
        assert service is not None, (van.carrier, van.city)
        self._env.process(van_life(self, van, service))
