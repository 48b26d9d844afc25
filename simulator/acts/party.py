"""What the commands of every party share: the world they act in, and the settling afterwards."""

from collections.abc import Callable

from simulator.orders.model import Order
from simulator.platform import Platform
from simulator.registry import Registry


class PartyActs:
    """Commands of one party. Each checks, acts, and lets everything settle before it answers; a
    refusal is a DomainError and changes nothing."""

    def __init__(self, here: Registry, platform: Platform, settle: Callable[[], None]) -> None:
        self._here = here
        self._platform = platform
        self._settle = settle

    def _order(self, order_id: str) -> Order:
        return self._here.order(order_id)
