"""The report's part on channels: orders, freight by carrier, empty warehouses, suppliers."""

from pydantic import BaseModel

from simulator.statistics.trade import Trade


class FreightRow(BaseModel):
    """What one carrier charged for one channel's parcels."""

    channel: str
    carrier: str
    currency: str
    parcels: int
    amount_minor: int
    subsidy_minor: int
    """Of that, what the platform pays (X5)."""
    mean_minor: int


class StockOuts(BaseModel):
    """How often too few were abroad, and what became of the buyers (X2)."""

    sku_id: str
    instead: str
    count: int


class SupplierRow(BaseModel):
    """What one supplier made of the orders that it was given (X3)."""

    supplier: str
    passed: int
    shipped: int
    late: int
    mean_late_s: int
    """Of those that were late."""
    refused: int


class TradeReport(BaseModel):
    orders: dict[str, int]
    """By channel."""
    freight: list[FreightRow]
    stock_outs: list[StockOuts]
    suppliers: list[SupplierRow]
    expected_in_vain: int
    """M4: orders that were not there when their buyers expected them."""

    @classmethod
    def of(cls, counted: Trade) -> "TradeReport":
        return cls(
            orders=dict(sorted(counted.orders.items())),
            freight=[
                FreightRow(
                    channel=channel,
                    carrier=carrier,
                    currency=currency,
                    parcels=bill.parcels,
                    amount_minor=bill.amount_minor,
                    subsidy_minor=bill.subsidy_minor,
                    mean_minor=bill.mean_minor,
                )
                for (channel, carrier, currency), bill in sorted(
                    counted.freight.items(), key=lambda item: item[0]
                )
            ],
            stock_outs=[
                StockOuts(sku_id=sku_id, instead=instead, count=n)
                for (sku_id, instead), n in sorted(counted.stock_outs.items())
            ],
            suppliers=[
                SupplierRow(
                    supplier=code,
                    passed=said.passed,
                    shipped=said.shipped,
                    late=said.late,
                    mean_late_s=said.mean_late_s,
                    refused=said.refused,
                )
                for code, said in sorted(counted.suppliers.items(), key=lambda item: item[0])
            ],
            expected_in_vain=counted.expected_in_vain,
        )
