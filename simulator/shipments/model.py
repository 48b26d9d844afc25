"""A shipment: what somebody asks a carrier to carry, outside any order of the platform's.

It is made through a carrier's own interface. Each of its pieces is a parcel of the world, with a
label and a number of its own. A seller may later name one of the numbers for an order (D5).
"""

from dataclasses import dataclass, field

from simulator.clock import EPOCH, Instant
from simulator.errors import WrongStatus
from simulator.parcels.model import Handover
from simulator.people import Address
from simulator.words import Word


class ShipmentStatus(Word):
    DRAFT = "draft"
    """Priced, and nobody has bought a label yet."""
    LABELLED = "labelled"
    VOIDED = "voided"
    """Its labels must not be used any more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One box of a shipment: whole grams, and three sides in millimetres."""

    weight_g: int
    sides_mm: tuple[int, int, int]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants carried."""

    account: str
    """Through which interface: the dialect's name."""
    sender: Address
    recipient: Address
    pieces: tuple[Piece, ...]
    carrier: str = ""
    """Empty: chosen when the label is bought."""
    service: str = ""
    """Empty: the carrier's usual one."""
    handover: Handover | None = None
    """How the carrier gets it; ``None``: it is fetched where the carrier fetches, else dropped
    off."""
    on_call: bool | None = None
    """Nobody fetches it until a courier is called; ``None``: as the world's shippers have it."""
    contents: str = ""
    reference: str = ""
    """The sender's own name for it."""
    value_minor: int = 0
    """What the goods are declared to be worth."""
    value_currency: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    """What only its dialect understands, to say it again."""


@dataclass(slots=True)
class Shipment:
    """What became of a wish."""

    id: str
    luck: str
    """After what its parcels' draws are named."""
    wish: Wish
    created_at: Instant
    status: ShipmentStatus = ShipmentStatus.DRAFT
    carrier: str = ""
    service: str = ""
    labelled_at: Instant = EPOCH
    voided_at: Instant = EPOCH
    price_minor: int = 0
    """Of all its pieces."""
    currency: str = ""
    parcel_ids: list[str] = field(default_factory=list)
    """Piece by piece; the first one's number stands for all."""
    notes: dict[str, str] = field(default_factory=dict)
    """What its dialect has to remember of it, beside what the wish said."""

    @property
    def weight_g(self) -> int:
        return sum(piece.weight_g for piece in self.wish.pieces)

    def require(self, *wanted: ShipmentStatus) -> None:
        if self.status not in wanted:
            raise WrongStatus(self.id, self.status, " or ".join(wanted))
