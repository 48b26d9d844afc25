"""What orders are called elsewhere: a seller's own systems have ids of their own for them.

A seller tells the platform, and may ask again by either id. Nothing else comes of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulator.plain import from_plain, to_plain
from simulator.words import Word


class System(Word):
    """Where an order may be kept besides (Add External Order References, version 202406)."""

    SHOPIFY = "SHOPIFY"
    WOOCOMMERCE = "WOOCOMMERCE"
    BIGCOMMERCE = "BIGCOMMERCE"
    MAGENTO = "MAGENTO"
    SALESFORCE_COMMERCE_CLOUD = "SALESFORCE_COMMERCE_CLOUD"
    CHANNEL_ADVISOR = "CHANNEL_ADVISOR"
    AMAZON = "AMAZON"
    ORDER_MANAGEMENT_SYSTEM = "ORDER_MANAGEMENT_SYSTEM"
    WAREHOUSE_MANAGEMENT_SYSTEM = "WAREHOUSE_MANAGEMENT_SYSTEM"
    ERP_SYSTEM = "ERP_SYSTEM"


@dataclass(frozen=True, slots=True)
class ExternalLine:
    """A line item there, and which one it is here."""

    id: str
    item_id: str


@dataclass(frozen=True, slots=True)
class ExternalOrder:
    """An order there. Several here may be one there."""

    order_id: str
    """Which one it is here."""
    system: System
    id: str
    lines: tuple[ExternalLine, ...]


class References:
    """Every one that was told, by both ids. An order has one for each system: the newest."""

    def __init__(self) -> None:
        self._by_order: dict[tuple[str, str], ExternalOrder] = {}
        self._by_external: dict[tuple[str, str], dict[str, None]] = {}

    def put(self, told: ExternalOrder) -> None:
        before = self._by_order.get((told.order_id, told.system))
        if before:
            self._by_external[before.system, before.id].pop(told.order_id)
        self._by_order[told.order_id, told.system] = told
        self._by_external.setdefault((told.system, told.id), {})[told.order_id] = None

    def of(self, order_id: str, system: System) -> ExternalOrder | None:
        """What the order is called there."""
        return self._by_order.get((order_id, system))

    def called(self, system: System, external_id: str) -> list[ExternalOrder]:
        """The orders that are called so there, in the order in which that was told."""
        ids = self._by_external.get((system, external_id), {})
        return [self._by_order[order_id, system] for order_id in ids]

    def save(self) -> list[dict[str, Any]]:
        return [to_plain(each) for each in self._by_order.values()]

    def resume(self, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            self.put(from_plain(ExternalOrder, row))
