"""What is refused about shipping an order: before it may, or by whom it may not."""

from simulator.errors.general import DomainError, OrderForbids


class OnHold(OrderForbids):
    """The buyer's remorse hour is not over."""

    why = "is on hold until the buyer's remorse hour is over"


class CancellationPending(OrderForbids):
    """The buyer has asked to cancel and nobody has answered yet."""

    why = "has a cancellation request that waits for an answer"


class PartialShipping(OrderForbids):
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


class NumberUsedUp(DomainError):
    """As many orders as may share a tracking number have it already."""

    def __init__(self, number: str, orders_max: int) -> None:
        super().__init__(number, orders_max)
        self.number = number
        self.orders_max = orders_max

    def __str__(self) -> str:
        return f"tracking number {self.number} is used by {self.orders_max} orders already"


class BeyondLimits(DomainError):
    """The platform's carrier does not take so heavy, or so large, a parcel, or its market so many
    units in one. *why* is the carrier's word, or the market's; *alone*: one of the goods is beyond
    the limit by itself, and splitting would not help."""

    def __init__(self, parcel_id: str, why: str, alone: bool) -> None:  # noqa: FBT001 - rebuilt from its arguments
        super().__init__(parcel_id, why, alone)
        self.parcel_id = parcel_id
        self.why = why
        self.alone = alone

    def __str__(self) -> str:
        return f"parcel {self.parcel_id} is beyond the carrier's limits: {self.why}"


class AlreadyCorrected(OrderForbids):
    """Its number was put right before: once is all."""

    why = "has had its tracking number corrected already"


class CorrectionClosed(OrderForbids):
    """It was shipped too long ago for another number."""

    why = "was shipped too long ago to have its tracking number corrected"
