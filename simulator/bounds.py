"""How much one world may hold: a part of its configuration, for what would go over a bound is
refused, and sources of orders end there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Counts, at the most. Over one, LimitReached."""

    orders: int = 1_000_000
    """That have not ended. A source of orders that meets a full world ends."""
    orders_ever: int = 10_000_000
    """Placed so far, ended ones included."""
    warehouses: int = 1_000
    """Every city that a shop's orders ship from is one."""
    shipments: int = 100_000
    """Handed to carriers outside any order, drafts and voided ones included."""
    pickups: int = 100_000
    """Couriers who were called."""
    trackers: int = 1_000_000
    cancellations_per_order: int = 100
    """Asked for by buyer and seller; the platform's own always find room."""
    messages_per_conversation: int = 10_000
    """Written by hand or through an API; living buyers and the platform always find room."""
    consignments: int = 10_000
    """Under way to warehouses abroad; those that are sent by themselves always find room."""
