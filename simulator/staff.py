"""The simulated sellers of a world: whoever plays an order that no integration plays.

It is the setting of every clerk's life, and gives the commands that an integration would give. Who
writes for them is ``correspondence``'s.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from simulator import declaring, paperwork, portions, shipping
from simulator.carriage import Carriage
from simulator.carriers.numbers import NUMBERED
from simulator.channels.model import Channel
from simulator.clock import Instant
from simulator.dropshipping import Suppliers
from simulator.orders.model import Order
from simulator.parcels.evidence import Photo
from simulator.parcels.model import Parcel, ParcelStatus
from simulator.registry import Registry
from simulator.sellers.behaviours import Behaviour, behaviour_named
from simulator.sellers.life import Clerk, Collected, OrderOver, clerk_life, does
from simulator.sellers.mistakes import BAD_LABELS, bad_packings, without_its_last_digit
from simulator.waiting import Inbox

_PHOTOS: Final = ("contents.jpg", "parcel.jpg")
_PHOTO_BYTES: Final = (80_000, 400_000)
"""Ours: what a telephone's camera makes of a small picture."""


class Staff:
    """The setting of clerks in one world."""

    def __init__(self, registry: Registry, carriage: Carriage, suppliers: Suppliers) -> None:
        self._all = registry
        self._suppliers = suppliers
        self._carriage = carriage
        self.streams = registry.streams
        self.remorse = registry.market.remorse

    @property
    def now(self) -> Instant:
        return self._all.now

    # What the platform tells.

    def order_released(self, order: Order) -> None:
        """The seller may act; a simulated one begins to."""
        if order.behaviour:
            clerk = Clerk(order.id, order.luck, order.behaviour, Inbox(self._all.agenda))
            self._all.clerks[order.id] = clerk
            self.start_clerk(clerk)

    def parcel_collected(self, order: Order) -> None:
        clerk = self._all.clerks.get(order.id)
        if clerk and self.is_collected(order.id):
            clerk.inbox.deliver(Collected())

    def order_over(self, order: Order) -> None:
        clerk = self._all.clerks.pop(order.id, None)
        if clerk:
            clerk.inbox.deliver(OrderOver())

    def start_clerk(self, clerk: Clerk) -> None:
        self._all.env.process(clerk_life(self, clerk))

    # What clerks do.

    def clerk_done(self, clerk: Clerk) -> None:
        self._all.clerks.pop(clerk.order_id, None)

    def is_collected(self, order_id: str) -> bool:
        order = self._all.order(order_id)
        return all(parcel.is_collected for parcel in self._all.parcels_of(order))

    def pack(self, clerk: Clerk) -> None:
        behaviour = behaviour_named(clerk.behaviour)
        order = self._all.order(clerk.order_id)
        portions.pack_the_rest(self._all, order)
        parcels = [
            parcel
            for parcel in self._all.parcels_of(order)
            if parcel.status is ParcelStatus.CREATED
        ]
        if does(self, clerk, "packs badly", behaviour.packs_badly):
            self._pack_badly(parcels)
        if does(self, clerk, "labels badly", behaviour.labels_badly):
            self._label_badly(parcels)
        if does(self, clerk, "photographs", behaviour.photographs):
            self._photograph(parcels)
        if does(self, clerk, "misroutes", behaviour.misroutes):
            self._misroute(parcels)

    def hand_over(self, order_id: str) -> bool:
        order = self._all.order(order_id)
        if order.channel is Channel.DROPSHIP:
            self._suppliers.pass_to_anybody(order)
            return not order.ships_from_platform
        return shipping.hand_over(self._carriage, self._all, order)

    def mark(self, clerk: Clerk) -> None:
        order = self._all.order(clerk.order_id)
        behaviour = behaviour_named(clerk.behaviour)
        paperwork.supply(self._all, order)
        for parcel in self._all.parcels_of(order):
            if not parcel.ready_at:
                number = self._typed(clerk, behaviour, parcel)
                claim = shipping.Claim(parcel.carrier, number)
                shipping.mark_shipped(self._carriage, self._all, order, claim, parcel)

    # How they do it.

    def _pack_badly(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            if parcel.packing is None:
                wrong = bad_packings(declaring.packing_of(self._all, parcel))
                nth = self.streams.pick("bad packing", parcel.luck, len(wrong))
                declaring.declare_packing(self._all, parcel, wrong[nth])

    def _label_badly(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            if parcel.label is None:
                nth = self.streams.pick("bad label", parcel.luck, len(BAD_LABELS))
                declaring.declare_label(self._all, parcel, BAD_LABELS[nth])

    def _photograph(self, parcels: Sequence[Parcel]) -> None:
        """The photos are named and weighed; there are no bytes behind them."""
        for parcel in parcels:
            for nth, name in enumerate(_PHOTOS) if not parcel.documents else ():
                digest = sha256(f"{parcel.luck}/{name}".encode()).hexdigest()
                size = self.streams.between("photo", parcel.luck, _PHOTO_BYTES, nth)
                photo = Photo(name, "image/jpeg", digest, size, self.now)
                declaring.attach_evidence(self._all, parcel, photo)

    def _misroute(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            market = self._all.market
            order = self._all.order(parcel.order_id)
            right = (
                market.designated_carrier if order.ships_from_platform else market.seller_carrier
            )
            wrong = [code for code in self._all.carriers if code != right]
            nth = self.streams.pick("wrong carrier", parcel.luck, len(wrong))
            if not parcel.handed_to:
                shipping.hand_to(self._all, parcel, wrong[nth])

    def _typed(self, clerk: Clerk, behaviour: Behaviour, parcel: Parcel) -> str:
        """The label's number; or what is typed instead of it."""
        number = parcel.tracking_number
        if not does(self, clerk, "mistypes", behaviour.mistypes):
            return number
        other = self._anothers(parcel)
        if other and self.streams.pick("mistyped", clerk.luck, 2):
            return other
        return without_its_last_digit(number)

    def _anothers(self, parcel: Parcel) -> str:
        """The number that the same carrier gave out last, to somebody else; if it did."""
        nth = self._all.mint.counted.get(f"number {parcel.carrier}", 0)
        latest = (NUMBERED[parcel.carrier](each) for each in (nth, nth - 1) if each > 0)
        return next((number for number in latest if number != parcel.tracking_number), "")
