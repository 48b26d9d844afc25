"""Facts of shipping that are no step of the voyage: numbers put right, and how a warehouse hands
over."""

from dataclasses import dataclass

from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class ShipmentCorrected(OrderFact):
    """Seller shipping: after the ship call the seller gave another number, or another carrier."""

    parcel_id: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class HandoverSet(Fact):
    """The warehouse hands its parcels over in this way from now on; empty: as the carrier can."""

    warehouse_id: str
    handover: str
