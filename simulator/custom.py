"""Whose orders are whose: a shop's custom, by buyer.

Nobody keeps such a list until somebody asks for the first time; from then on it grows with every
order. It follows from the orders, so it is not saved, and says the same whenever it was begun.
"""

from simulator.clock import Instant
from simulator.facts import Fact, OrderPlaced
from simulator.orders.model import Order
from simulator.registry import Registry


class Custom:
    """One world's orders by their buyers."""

    def __init__(self, registry: Registry) -> None:
        self._all = registry
        self._of: dict[str, list[str]] | None = None

    def orders_of(self, shop_id: str, buyer_id: str) -> list[Order]:
        """In the order in which they came, which is that of their ids."""
        here = self._all
        known = set(self._index().get(buyer_id, ()))
        if here.ended:
            known.update(here.ended.orders_of(buyer_id))
        orders = [here.order(order_id) for order_id in sorted(known)]
        return [order for order in orders if order.shop_id == shop_id]

    def _index(self) -> dict[str, list[str]]:
        if self._of is None:
            self._of = {}
            for order in self._all.orders.values():
                self._file(order)
            self._all.journal.subscribe(self._hear)
        return self._of

    def _hear(self, _seq: int, _at: Instant, fact: Fact) -> None:
        if isinstance(fact, OrderPlaced):
            self._file(self._all.order(fact.order_id))

    def _file(self, order: Order) -> None:
        assert self._of is not None
        self._of.setdefault(order.buyer_id, []).append(order.id)
