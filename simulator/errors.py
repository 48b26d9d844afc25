"""What the marketplace can refuse, in its own words.

* DomainError
  - NotFound
  - WrongStatus
  - OnHold
  - CancellationPending
  - WrongMode
  - NoPickupHere
  - SlotUnavailable
  - UnknownCarrier
  - BadTrackingNumber
  - TrackingNumberTaken
  - CarrierMismatch
  - PartialShipping
  - ClockMovesForward
  - UnknownName
  - BadSetting
  - BadEvidence
  - LimitReached
  - WindowClosed
  - ComplaintOpen
  - AlreadyRefunded
  - BadDemand
  - ScanOutOfTurn
  - OutOfStock
  - GoodsElsewhere
  - NotOnPlatform
  - SeveralParcels
  - OrderCombined
  - SkuDivided
  - BadGroups
  - NotCombinable
  - NotInParcel

A refused command changes nothing and leaves no fact. Each error takes its arguments positionally:
SimPy rebuilds a failed process's exception as ``type(exc)(*exc.args)``.
"""


class DomainError(Exception):
    """The marketplace refuses; the caller asked for something that the rules do not allow."""


class NotFound(DomainError):
    """No such order, parcel, shop or warehouse in this world."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(kind, key)
        self.kind = kind
        self.key = key

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.key!r} in this world"


class WrongStatus(DomainError):
    """The order, or parcel, is not in a status that allows this."""

    def __init__(self, key: str, status: str, wanted: str) -> None:
        super().__init__(key, status, wanted)
        self.key = key
        self.status = status
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.key} is {self.status}; this needs {self.wanted}"


class _OrderForbids(DomainError):
    """One order, one reason."""

    why = ""

    def __init__(self, order_id: str) -> None:
        super().__init__(order_id)
        self.order_id = order_id

    def __str__(self) -> str:
        return f"order {self.order_id}: {self.why}"


class OnHold(_OrderForbids):
    """The buyer's remorse hour is not over."""

    why = "is on hold until the buyer's remorse hour is over"


class CancellationPending(_OrderForbids):
    """The buyer has asked to cancel and nobody has answered yet."""

    why = "has a cancellation request that waits for an answer"


class WrongMode(_OrderForbids):
    """Platform shipping was asked of a seller-shipped order, or the other way round (M1, M2)."""

    why = "is not shipped in this mode"


class PartialShipping(_OrderForbids):
    """The items named are not what one of the order's parcels holds."""

    why = "ships parcel by parcel: name all items of one parcel, or none"


class NoPickupHere(DomainError):
    """Door pickup does not exist in this city (H3): the parcel has to be dropped off."""

    def __init__(self, carrier: str, city: str) -> None:
        super().__init__(carrier, city)
        self.carrier = carrier
        self.city = city

    def __str__(self) -> str:
        return f"{self.carrier} has no door pickup in {self.city}: drop the parcel off"


class SlotUnavailable(DomainError):
    """The wanted pickup slot is none of the carrier's rounds, is over, or its van is full."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start, end)
        self.start = start
        self.end = end

    def __str__(self) -> str:
        return f"no van comes between {self.start} and {self.end}"


class UnknownCarrier(DomainError):
    """No carrier of that code works in this world."""

    def __init__(self, carrier: str, known: str) -> None:
        super().__init__(carrier, known)
        self.carrier = carrier
        self.known = known

    def __str__(self) -> str:
        return f"no carrier {self.carrier!r}; known are {self.known}"


class BadTrackingNumber(DomainError):
    """No carrier prints such a tracking number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"{self.number!r} is no tracking number: 5 to 50 letters, digits or dashes"


class TrackingNumberTaken(DomainError):
    """The number belongs to another parcel."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"tracking number {self.number} belongs to another parcel"


class CarrierMismatch(DomainError):
    """The number belongs to another carrier's label."""

    def __init__(self, number: str, carrier: str, said: str) -> None:
        super().__init__(number, carrier, said)
        self.number = number
        self.carrier = carrier
        self.said = said

    def __str__(self) -> str:
        return f"tracking number {self.number} is {self.carrier}'s, not {self.said}'s"


class ClockMovesForward(DomainError):
    """Virtual time cannot be turned back."""

    def __init__(self, now: int, wanted: int) -> None:
        super().__init__(now, wanted)
        self.now = now
        self.wanted = wanted

    def __str__(self) -> str:
        return f"it is {self.now} already: time cannot go back to {self.wanted}"


class UnknownName(DomainError):
    """A setting names something that does not exist: a market, a behaviour, a product."""

    def __init__(self, kind: str, name: str, known: str) -> None:
        super().__init__(kind, name, known)
        self.kind = kind
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"no {self.kind} {self.name!r}; known are {self.known}"


class BadSetting(DomainError):
    """A setting has a value that it cannot have."""

    def __init__(self, path: str, value: str, wanted: str) -> None:
        super().__init__(path, value, wanted)
        self.path = path
        self.value = value
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.path} cannot be {self.value}: it takes {self.wanted}"


class BadEvidence(DomainError):
    """What was handed in is no photo or paper that a dispute could be decided with (H2)."""

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(field, wanted)
        self.field = field
        self.wanted = wanted

    def __str__(self) -> str:
        return f"evidence: {self.field} must be {self.wanted}"


class LimitReached(DomainError):
    """There are as many of these already as there may be."""

    def __init__(self, kind: str, key: str, limit: int) -> None:
        super().__init__(kind, key, limit)
        self.kind = kind
        self.key = key
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.key} has {self.limit} of its {self.kind} already: it may have no more"


class WindowClosed(DomainError):
    """It is too late for this: the time for it has run out."""

    def __init__(self, key: str, closed_at: int) -> None:
        super().__init__(key, closed_at)
        self.key = key
        self.closed_at = closed_at

    def __str__(self) -> str:
        return f"{self.key}: the time for this ended at {self.closed_at}"


class ComplaintOpen(_OrderForbids):
    """The buyer has complained already, and waits for the end of that."""

    why = "has a complaint of its buyer that is not closed yet"


class AlreadyRefunded(_OrderForbids):
    """The buyer has all of the money back, or has paid none."""

    why = "has nothing left of its payment that could go back"


class BadDemand(DomainError):
    """A source of orders as nobody could bring them: each flaw with its path and what is wrong."""

    def __init__(self, flaws: tuple[tuple[str, str], ...]) -> None:
        super().__init__(flaws)
        self.flaws = flaws

    def __str__(self) -> str:
        return "; ".join(f"{path}: {message}" for path, message in self.flaws)


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
    """The warehouse abroad has too few that are free (X2)."""

    def __init__(self, sku_id: str, wanted: int, free: int) -> None:
        super().__init__(sku_id, wanted, free)
        self.sku_id = sku_id
        self.wanted = wanted
        self.free = free

    def __str__(self) -> str:
        return f"{self.wanted} of SKU {self.sku_id} are wanted, and {self.free} are in stock abroad"


class GoodsElsewhere(_OrderForbids):
    """Who has the goods ships: a supplier (X3), or a warehouse abroad (X2)."""

    why = "has its goods elsewhere: a supplier, or a warehouse abroad, ships it"


class NotOnPlatform(_OrderForbids):
    """The order is an independent shop's: the platform has no part in it (M4)."""

    why = "is an independent shop's: the platform has no part in it"


class SeveralParcels(_OrderForbids):
    """One number was given for an order of several parcels, and it was not said for which."""

    why = "ships in several parcels: name the items, or the parcel"


class OrderCombined(_OrderForbids):
    """The order shares a parcel with another one, so it cannot be split."""

    why = "shares a parcel with another order: take that apart first"


class SkuDivided(_OrderForbids):
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
