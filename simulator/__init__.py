"""A marketplace in virtual time: orders, parcels, carriers and sellers. No HTTP, no wall clock."""

from simulator.errors import DomainError
from simulator.market import MarketProfile, market_named
from simulator.orders.model import Mode
from simulator.orders.purchase import Purchase
from simulator.world import World, WorldConfig

__all__ = [
    "DomainError",
    "MarketProfile",
    "Mode",
    "Purchase",
    "World",
    "WorldConfig",
    "market_named",
]
