"""What is refused about goods: in which parcel, from which stock, on which way."""

from simulator.errors.general import DomainError, OrderForbids


class ScanOutOfTurn(DomainError):
    """That scan may not follow the last one, or would lead the parcel away from its way."""

    def __init__(self, parcel_id: str, scan: str, possible: str) -> None:
        super().__init__(parcel_id, scan, possible)
        self.parcel_id = parcel_id
        self.scan = scan
        self.possible = possible

    def __str__(self) -> str:
        return (
            f"{self.parcel_id} cannot be scanned as {self.scan} now; possible are {self.possible}"
        )


class OutOfStock(DomainError):
    """The warehouse has too few that are free: abroad (X2), or where the seller counts them."""

    def __init__(self, sku_id: str, wanted: int, free: int) -> None:
        super().__init__(sku_id, wanted, free)
        self.sku_id = sku_id
        self.wanted = wanted
        self.free = free

    def __str__(self) -> str:
        return f"{self.wanted} of SKU {self.sku_id} are wanted, and {self.free} are in stock there"


class NotForSale(DomainError):
    """The shop does not offer the product now."""

    def __init__(self, product_id: str, status: str) -> None:
        super().__init__(product_id, status)
        self.product_id = product_id
        self.status = status

    def __str__(self) -> str:
        return f"product {self.product_id} is not for sale: it is {self.status}"


class GoodsElsewhere(OrderForbids):
    """Who has the goods ships: a supplier (X3), or a warehouse abroad (X2)."""

    why = "has its goods elsewhere: a supplier, or a warehouse abroad, ships it"


class NotOnPlatform(OrderForbids):
    """The order is an independent shop's: the platform has no part in it (M4)."""

    why = "is an independent shop's: the platform has no part in it"


class SeveralParcels(OrderForbids):
    """One number was given for an order of several parcels, and it was not said for which."""

    why = "ships in several parcels: name the items, or the parcel"


class OrderCombined(OrderForbids):
    """The order shares a parcel with another one, so it cannot be split."""

    why = "shares a parcel with another order: take that apart first"


class SkuDivided(OrderForbids):
    """Units of one SKU would travel in several parcels, which this market does not allow."""

    why = "has units of one SKU in several groups, and here they travel together"


class BadGroups(DomainError):
    """The groups of line items are no way to split this order."""

    def __init__(self, order_id: str, wanted: str) -> None:
        super().__init__(order_id, wanted)
        self.order_id = order_id
        self.wanted = wanted

    def __str__(self) -> str:
        return f"a split of order {self.order_id} takes {self.wanted}"


class NotCombinable(DomainError):
    """These parcels cannot become one."""

    def __init__(self, parcel_id: str, why: str) -> None:
        super().__init__(parcel_id, why)
        self.parcel_id = parcel_id
        self.why = why

    def __str__(self) -> str:
        return f"parcel {self.parcel_id} cannot be combined so: {self.why}"


class NotInParcel(DomainError):
    """The parcel holds nothing of this order, or nothing of another one."""

    def __init__(self, order_id: str, parcel_id: str) -> None:
        super().__init__(order_id, parcel_id)
        self.order_id = order_id
        self.parcel_id = parcel_id

    def __str__(self) -> str:
        return f"order {self.order_id} has no share of parcel {self.parcel_id}"
