"""Facts of shipments outside the platform, their pickups, and who follows a number."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class ShipmentDrafted(Fact):
    """Somebody asked what it would cost."""

    shipment_id: str
    account: str


@dataclass(frozen=True, slots=True)
class ShipmentLabelled(Fact):
    """Its labels were bought: its parcels exist from now on."""

    shipment_id: str
    account: str
    carrier: str
    service: str
    parcel_ids: tuple[str, ...]
    numbers: tuple[str, ...]
    price_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ShipmentVoided(Fact):
    shipment_id: str
    account: str


@dataclass(frozen=True, slots=True)
class LabelCalledOff(OrderFact):
    """The label will not be used: its shipment was voided, or its order is over before anybody has
    taken the parcel."""

    parcel_id: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class ShipmentNamed(OrderFact):
    """A seller named its number for an order: its parcel is the order's from now on, under the id
    that the platform knows."""

    shipment_id: str
    parcel_id: str
    was_parcel_id: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class PickupBooked(Fact):
    """A courier was called. *opens_at* to *closes_at* is what the carrier agreed to."""

    pickup_id: str
    account: str
    carrier: str
    city: str
    opens_at: Instant
    closes_at: Instant
    moved: bool


@dataclass(frozen=True, slots=True)
class PickupMade(Fact):
    """The courier who was called took a parcel."""

    pickup_id: str
    carrier: str
    parcel_id: str


@dataclass(frozen=True, slots=True)
class PickupFailed(Fact):
    """The window is over, and nothing was taken: ``missed`` or ``not_ready``. *again_by* is when
    the next window closes; nought: nobody comes any more."""

    pickup_id: str
    carrier: str
    cause: str
    attempts: int
    again_by: Instant


@dataclass(frozen=True, slots=True)
class PickupMiscounted(Fact):
    """The window is over, and the courier took another number of parcels than was said."""

    pickup_id: str
    carrier: str
    said: int
    taken: int


@dataclass(frozen=True, slots=True)
class PickupCancelled(Fact):
    pickup_id: str
    carrier: str


@dataclass(frozen=True, slots=True)
class TrackerAdded(Fact):
    """Somebody follows a number through a third party's eyes."""

    tracker_id: str
    view: str
    number: str


@dataclass(frozen=True, slots=True)
class TrackerUpdated(Fact):
    """The view has learnt of *known* scans by now."""

    tracker_id: str
    view: str
    number: str
    known: int


@dataclass(frozen=True, slots=True)
class TrackerStopped(Fact):
    """Nobody looks any more: by hand, or since nothing was heard for so long (``expired``)."""

    tracker_id: str
    view: str
    number: str
    cause: str
