"""Where shipments, and the pickups that were booked for them, are found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.errors import NotFound
from simulator.shipments.model import Shipment
from simulator.shipments.pickup import Pickup


@dataclass(slots=True)
class ShipmentShelf:
    """Every shipment of one world, oldest first."""

    all: dict[str, Shipment] = field(default_factory=dict)
    of_parcel: dict[str, str] = field(default_factory=dict)
    """Parcel id to shipment id."""
    _referenced: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """By account and the sender's own name for it, or for one of its pieces."""
    _waiting: dict[str, dict[str, Shipment]] = field(default_factory=dict)
    """By carrier and id: the labelled ones that it had not fetched when somebody last asked."""

    def get(self, shipment_id: str) -> Shipment:
        try:
            return self.all[shipment_id]
        except KeyError:
            raise NotFound("shipment", shipment_id) from None

    def referenced(self, account: str, reference: str) -> list[Shipment]:
        """Those that their sender calls so, or a piece of them; newest first."""
        found = self._referenced.get((account, reference), ())
        return [self.all[shipment_id] for shipment_id in reversed(found)]

    def file(self, shipment: Shipment) -> None:
        if shipment.id not in self.all:
            wish = shipment.wish
            names = {wish.reference, *(piece.reference for piece in wish.pieces)} - {""}
            for name in sorted(names):
                self._referenced.setdefault((wish.account, name), []).append(shipment.id)
        self.all[shipment.id] = shipment
        self.of_parcel.update(dict.fromkeys(shipment.parcel_ids, shipment.id))
        if shipment.parcel_ids:
            self._waiting.setdefault(shipment.carrier, {})[shipment.id] = shipment

    def waiting(self, carrier: str, waits: Callable[[Shipment], bool]) -> list[Shipment]:
        """The labelled ones of that carrier that still wait; those that do not are never asked
        again, so that a long-lived world looks at no more of them than there are."""
        found = self._waiting.get(carrier, {})
        for gone in [each for each in found.values() if not waits(each)]:
            del found[gone.id]
        return list(found.values())

    def with_parcel(self, parcel_id: str) -> Shipment | None:
        shipment_id = self.of_parcel.get(parcel_id)
        return self.all[shipment_id] if shipment_id else None


@dataclass(slots=True)
class PickupShelf:
    """Every pickup that was booked in one world, oldest first."""

    all: dict[str, Pickup] = field(default_factory=dict)
    by_confirmation: dict[str, str] = field(default_factory=dict)
    _open: dict[tuple[str, str], list[Pickup]] = field(default_factory=dict)
    """By carrier and city: those that were open when somebody last asked."""

    def get(self, pickup_id: str) -> Pickup:
        try:
            return self.all[pickup_id]
        except KeyError:
            raise NotFound("pickup", pickup_id) from None

    def file(self, pickup: Pickup) -> None:
        self.all[pickup.id] = pickup
        self.by_confirmation[pickup.confirmation] = pickup.id
        self._open.setdefault((pickup.carrier, pickup.city), []).append(pickup)

    def open_at(self, carrier: str, city: str) -> list[Pickup]:
        """Those for which that carrier's van is still to come to that city: what is over is never
        asked again."""
        found = self._open.get((carrier, city), [])
        found[:] = [pickup for pickup in found if pickup.is_open]
        return list(found)
