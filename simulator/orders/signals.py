"""What can reach an order while it waits."""

from dataclasses import dataclass

from simulator.parcels.model import Handover, Slot


@dataclass(frozen=True, slots=True)
class Pay:
    """The buyer pays."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Platform shipping: packed, labelled, and how the carrier gets it."""

    handover: Handover
    slot: Slot | None
    parcel_ids: tuple[str, ...]
    """Which of its parcels."""


@dataclass(frozen=True, slots=True)
class MarkShipped:
    """Seller shipping: the seller says a parcel is with this carrier, under this number."""

    carrier: str
    number: str
    parcel_id: str


@dataclass(frozen=True, slots=True)
class AskCancel:
    """Somebody asked to cancel, and the order's cancellation waits for an answer."""


@dataclass(frozen=True, slots=True)
class CloseCancel:
    """The request was turned down or withdrawn."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """The order ends here."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """Delivery has started, and the platform knows it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Every parcel was signed for."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """The buyer confirms receipt: no return any more."""


@dataclass(frozen=True, slots=True)
class ReturnOpened:
    """A refund, a return or a replacement was begun."""


@dataclass(frozen=True, slots=True)
class ReturnClosed:
    """That came to nothing, or did not end the order."""


@dataclass(frozen=True, slots=True)
class ReturnSettled:
    """The money for all of it is back, or other goods are ordered."""
