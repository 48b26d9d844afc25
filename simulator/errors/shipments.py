"""What carriers refuse about shipments and pickups."""

from simulator.errors.general import DomainError


class BadWindow(DomainError):
    """Nobody comes in such a window. *why* is a word of ``shipments.windows.WindowFault``."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why, hint)
        self.why = why
        self.hint = hint

    def __str__(self) -> str:
        return f"no pickup in that window ({self.why}): {self.hint}"


class CarriesNot(DomainError):
    """The carrier does not take it. *why* is a word of ``prices.Why``."""

    def __init__(self, carrier: str, why: str) -> None:
        super().__init__(carrier, why)
        self.carrier = carrier
        self.why = why

    def __str__(self) -> str:
        return f"{self.carrier} does not take the shipment: {self.why}"


class AlreadyCollected(DomainError):
    """It is on its way: it can be neither voided nor called off any more."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"{self.key} has been collected already"


class PickupStands(DomainError):
    """There is a pickup for that place and day already."""

    def __init__(self, confirmation: str) -> None:
        super().__init__(confirmation)
        self.confirmation = confirmation

    def __str__(self) -> str:
        return f"pickup {self.confirmation} is booked for that place and day already"


class CourierOnTheWay(DomainError):
    """Too late to call the courier off."""

    def __init__(self, confirmation: str) -> None:
        super().__init__(confirmation)
        self.confirmation = confirmation

    def __str__(self) -> str:
        return f"the courier for pickup {self.confirmation} is on the way already"
