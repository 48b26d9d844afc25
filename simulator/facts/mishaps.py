"""Facts of what goes wrong: mishaps, parcels that end elsewhere than at the door, closures."""

from dataclasses import dataclass

from simulator.clock import Instant
from simulator.facts.base import Fact, OrderFact


@dataclass(frozen=True, slots=True)
class MishapBefell(OrderFact):
    """It is settled that this befalls the parcel; its scans follow when somebody notices."""

    parcel_id: str
    mishap: str
    carrier: str


@dataclass(frozen=True, slots=True)
class ParcelEnded(OrderFact):
    """A parcel's way is over, and not at the door: lost, returned or disposed of."""

    parcel_id: str
    status: str
    carrier: str


@dataclass(frozen=True, slots=True)
class ParcelBroughtBack(OrderFact):
    """H1: a wrong carrier has given it back, and it waits for the right one again."""

    parcel_id: str
    carrier: str


@dataclass(frozen=True, slots=True)
class FeeCharged(OrderFact):
    """The seller pays a carrier for mending the seller's mistake (L5)."""

    parcel_id: str
    amount_minor: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class CarrierClosed(Fact):
    """Nobody will work for the carrier (empty: for any) in that country, or its city, meanwhile."""

    carrier: str
    region: str
    city: str
    starts_at: Instant
    ends_at: Instant
    cause: str


@dataclass(frozen=True, slots=True)
class PickupsSkipped(Fact):
    """By hand: the carrier's van will stay in the next time that somebody waits for it there."""

    carrier: str
    city: str


@dataclass(frozen=True, slots=True)
class MishapsSet(Fact):
    """From now on every rate of mishaps counts so many thousandths of itself."""

    factor_permille: int
