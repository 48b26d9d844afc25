"""The shape of what is seen of a shipment, the same for all three interfaces."""

from dataclasses import dataclass
from datetime import date, datetime

from mock_api.carriers.dhl.places import Area
from mock_api.carriers.dhl.words import Said


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One scan, by the clocks of its place."""

    said: Said
    text: str
    at: datetime
    area: Area
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends, or gets."""

    name: str
    city: str
    postal_code: str
    country: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class SeenPiece:
    """One box."""

    number: int
    licence_plate: str
    weight_kg: float | None
    sides_cm: tuple[float, ...]
    checkpoints: tuple[Checkpoint, ...]


@dataclass(frozen=True, slots=True)
class Consignment:
    """A shipment."""

    waybill: str
    product: str
    shipped_at: datetime
    description: str
    reference: str
    shipper: Party
    receiver: Party
    origin: Area
    destination: Area
    weight_kg: float | None
    checkpoints: tuple[Checkpoint, ...]
    """Its first piece's, oldest first."""
    pieces: tuple[SeenPiece, ...]
    expected_on: date | None = None

    @property
    def latest(self) -> Checkpoint | None:
        return self.checkpoints[-1] if self.checkpoints else None
