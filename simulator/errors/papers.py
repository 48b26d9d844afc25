"""What is refused about papers, and about ways of packing that a market does not have."""

from simulator.errors.general import DomainError, OrderForbids


class NotInThisMarket(DomainError):
    """Nobody does that here."""

    def __init__(self, what: str, market: str) -> None:
        super().__init__(what, market)
        self.what = what
        self.market = market

    def __str__(self) -> str:
        return f"{self.what}: not in the market {self.market!r}"


class SplitNotAllowed(OrderForbids):
    """Orders are not split before they are shipped, or this one holds one thing only."""

    why = "cannot be split"


class NotInvoiced(DomainError):
    """Nothing ships here without a good invoice. *status* is that of the one there is, if any."""

    def __init__(self, parcel_id: str, status: str) -> None:
        super().__init__(parcel_id, status)
        self.parcel_id = parcel_id
        self.status = status

    def __str__(self) -> str:
        return f"parcel {self.parcel_id} has no good invoice: {self.status or 'none at all'}"


class InvoiceStands(DomainError):
    """The parcel has an invoice that is good, or is being looked at."""

    def __init__(self, parcel_id: str) -> None:
        super().__init__(parcel_id)
        self.parcel_id = parcel_id

    def __str__(self) -> str:
        return f"The invoice already exists in the upload of parcel {self.parcel_id}"


class NotOwnFleet(DomainError):
    """A carrier has the parcel, or nobody: the seller's word does not move it."""

    def __init__(self, parcel_id: str) -> None:
        super().__init__(parcel_id)
        self.parcel_id = parcel_id

    def __str__(self) -> str:
        return f"parcel {self.parcel_id} is not driven by the seller's own fleet"


class NotBundled(DomainError):
    """The order cannot go in this first-mile bundle."""

    def __init__(self, order_id: str, why: str) -> None:
        super().__init__(order_id, why)
        self.order_id = order_id
        self.why = why

    def __str__(self) -> str:
        return f"order {self.order_id} goes in no such bundle: {self.why}"


class NotDeclared(OrderForbids):
    """It does not ship before customs know what is in it."""

    why = "has line items that are not declared to customs"


class BadPaper(DomainError):
    """What was handed in does not fit the order, or parcel."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(key, why)
        self.key = key
        self.why = why

    def __str__(self) -> str:
        return f"{self.key}: {self.why}"
