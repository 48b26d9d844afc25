"""What the channels come to: orders, freight, empty warehouses, suppliers. A fold of facts.

``sink.Statistics`` hands it the facts that it knows; it keeps counts, and no order.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from simulator.facts import (
    DeliveryExpected,
    Fact,
    FreightCharged,
    OrderPassedOn,
    OrderPlaced,
    StockOut,
    SupplierRefused,
    SupplierShipped,
)


@dataclass(slots=True)
class Freight:
    """The bills of one carrier for one channel."""

    parcels: int = 0
    amount_minor: int = 0
    subsidy_minor: int = 0

    @property
    def mean_minor(self) -> int:
        return self.amount_minor // self.parcels if self.parcels else 0


@dataclass(slots=True)
class Reliability:
    """What became of the orders that one supplier was given."""

    passed: int = 0
    shipped: int = 0
    late: int = 0
    """Of those shipped."""
    late_s: int = 0
    """All their lateness together."""
    refused: int = 0

    @property
    def mean_late_s(self) -> int:
        """Of those that were late."""
        return self.late_s // self.late if self.late else 0


class Trade:
    """Counts by channel, carrier, warehouse and supplier."""

    def __init__(self) -> None:
        self.orders: Counter[str] = Counter()
        """By channel."""
        self.freight: dict[tuple[str, str, str], Freight] = {}
        """By channel, carrier and currency."""
        self.stock_outs: Counter[tuple[str, str]] = Counter()
        """By SKU, and by what became of the buyer."""
        self.suppliers: dict[str, Reliability] = {}
        self.expected_in_vain = 0
        """Independent shops' orders that were not there when their buyers expected them (M4)."""

    def placed(self, fact: OrderPlaced) -> None:
        self.orders[fact.channel] += 1

    def charged(self, fact: FreightCharged) -> None:
        key = (fact.channel, fact.carrier, fact.currency)
        bill = self.freight.get(key)
        if bill is None:
            bill = self.freight[key] = Freight()
        bill.parcels += 1
        bill.amount_minor += fact.amount_minor
        bill.subsidy_minor += fact.subsidy_minor

    def out(self, fact: StockOut) -> None:
        self.stock_outs[fact.sku_id, fact.instead] += 1

    def passed_on(self, fact: OrderPassedOn) -> None:
        self._supplier(fact.supplier).passed += 1

    def shipped(self, fact: SupplierShipped) -> None:
        said = self._supplier(fact.supplier)
        said.shipped += 1
        said.late += fact.late_s > 0
        said.late_s += fact.late_s

    def refused(self, fact: SupplierRefused) -> None:
        self._supplier(fact.supplier).refused += 1

    def expected(self, _fact: DeliveryExpected) -> None:
        self.expected_in_vain += 1

    def save(self) -> dict[str, Any]:
        return {
            "orders": dict(self.orders),
            "freight": [
                [*key, bill.parcels, bill.amount_minor, bill.subsidy_minor]
                for key, bill in self.freight.items()
            ],
            "stock_outs": [[*key, n] for key, n in self.stock_outs.items()],
            "suppliers": [
                [code, said.passed, said.shipped, said.late, said.late_s, said.refused]
                for code, said in self.suppliers.items()
            ],
            "expected_in_vain": self.expected_in_vain,
        }

    def restore(self, saved: dict[str, Any]) -> None:
        """Fill an empty one with what ``save`` gave; later facts are heard as usual."""
        self.orders.update(saved["orders"])
        for channel, carrier, currency, *figures in saved["freight"]:
            self.freight[channel, carrier, currency] = Freight(*figures)
        self.stock_outs.update({(sku, instead): n for sku, instead, n in saved["stock_outs"]})
        for code, *figures in saved["suppliers"]:
            self.suppliers[code] = Reliability(*figures)
        self.expected_in_vain = saved["expected_in_vain"]

    def _supplier(self, code: str) -> Reliability:
        return self.suppliers.setdefault(code, Reliability())

    FOLDS: ClassVar[Mapping[type[Fact], Callable[["Trade", Any], None]]] = {
        OrderPlaced: placed,
        FreightCharged: charged,
        StockOut: out,
        OrderPassedOn: passed_on,
        SupplierShipped: shipped,
        SupplierRefused: refused,
        DeliveryExpected: expected,
    }
    """One function a kind of fact."""
