"""Facts of several parcels an order, and several orders a parcel. Other facts of a parcel name the
first of its orders; these say which others it holds."""

from dataclasses import dataclass

from simulator.facts.base import OrderFact


@dataclass(frozen=True, slots=True)
class OrderSplit(OrderFact):
    """Its goods are in these parcels now; those that it was drafted as before are no more."""

    parcel_ids: tuple[str, ...]
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelsCombined(OrderFact):
    """What was to travel in *parcel_id*, which is no more, travels in *into*."""

    parcel_id: str
    into: str
    rest: int = 0
    """How many facts of the same combination follow."""
    by: str = "seller"
    """Or the platform."""


@dataclass(frozen=True, slots=True)
class ParcelUncombined(OrderFact):
    """The order's goods were taken out of a parcel of several orders. *cause* says why: ``seller``,
    ``address_changed``, ``order_over``, ``items_cancelled`` or ``shipped_alone``."""

    parcel_id: str
    """Where they are now; empty: they were cancelled, every one of them."""
    out_of: str
    cause: str


@dataclass(frozen=True, slots=True)
class ParcelMarkedShipped(OrderFact):
    """Seller shipping: one of the order's several parcels is on its way, the seller says (D5)."""

    parcel_id: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class ParcelHandedTo(OrderFact):
    """The seller gives the parcel to *carrier*, whatever its label says (H1)."""

    parcel_id: str
    carrier: str
