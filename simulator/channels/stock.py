"""Goods that are counted: plain counts, and the moves that keep them whole. Abroad all goods are
(X2); at home a SKU is from when its seller first says how many there are.

On hand is what lies there; of that, some is reserved for orders that have not left. Nothing is ever
sold that is not there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from simulator.errors import OutOfStock


@dataclass(slots=True)
class StockLine:
    """One SKU in one warehouse."""

    on_hand: int = 0
    reserved: int = 0
    sent: int = 0
    """Consignments so far: after that number, the next one's draws are named."""

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


@dataclass(slots=True)
class Stock:
    """All the goods of one world that are counted, and for whom they are set aside."""

    yards: dict[str, str] = field(default_factory=dict)
    """Shop id to the id of its warehouse abroad."""
    lines: dict[str, dict[str, StockLine]] = field(default_factory=dict)
    """By warehouse and SKU."""
    held: dict[str, dict[str, int]] = field(default_factory=dict)
    """Of each order that has not left: the units reserved, by SKU."""

    def line(self, warehouse_id: str, sku_id: str) -> StockLine:
        """To write in."""
        return self.lines.setdefault(warehouse_id, {}).setdefault(sku_id, StockLine())

    def require(self, warehouse_id: str, wanted: Mapping[str, int]) -> None:
        """All of it is free there, or nothing is touched."""
        known = self.lines.get(warehouse_id, {})
        for sku_id, units in wanted.items():
            line = known.get(sku_id)
            free = line.free if line else 0
            if units > free:
                raise OutOfStock(sku_id, units, free)

    def count(self, warehouse_id: str, sku_id: str, free: int) -> int:
        """So many are free there, beside those that are set aside; by how much that is more than
        before."""
        line = self.line(warehouse_id, sku_id)
        more = free + line.reserved - line.on_hand
        line.on_hand += more
        return more

    def counted_in(self, warehouse_id: str, wanted: Mapping[str, int]) -> dict[str, int]:
        """What of these is counted there."""
        known = self.lines.get(warehouse_id, {})
        return {sku_id: units for sku_id, units in wanted.items() if sku_id in known}

    def reserve(self, warehouse_id: str, order_id: str, wanted: Mapping[str, int]) -> None:
        self.require(warehouse_id, wanted)
        self.held[order_id] = dict(wanted)
        for sku_id, units in wanted.items():
            self.line(warehouse_id, sku_id).reserved += units

    def take(
        self, warehouse_id: str, order_id: str, goods: Mapping[str, int]
    ) -> Iterator[tuple[str, int]]:
        """The carrier has them: each SKU with its units, once."""
        for sku_id, units in self._let_go(order_id, goods):
            line = self.line(warehouse_id, sku_id)
            line.reserved -= units
            line.on_hand -= units
            assert line.on_hand >= line.reserved >= 0, (warehouse_id, sku_id, line)
            yield sku_id, units

    def release(
        self, warehouse_id: str, order_id: str, goods: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, int]]:
        """What is still set aside for the order, or these of its *goods*, are free again."""
        held = self.held.get(order_id, {}) if goods is None else goods
        for sku_id, units in self._let_go(order_id, held):
            self.line(warehouse_id, sku_id).reserved -= units
            yield sku_id, units

    def _let_go(self, order_id: str, goods: Mapping[str, int]) -> list[tuple[str, int]]:
        held = self.held.get(order_id, {})
        gone = [(sku_id, min(units, held.get(sku_id, 0))) for sku_id, units in goods.items()]
        for sku_id, units in gone:
            held[sku_id] = held.get(sku_id, 0) - units
        if not any(held.values()):
            self.held.pop(order_id, None)
        return [(sku_id, units) for sku_id, units in gone if units]
