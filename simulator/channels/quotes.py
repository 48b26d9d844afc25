"""What every forwarder asks for the same goods, side by side (X1), and what the platform adds (X5).

A pure look at carriers' lists. Each offer has a price or says why there is none, and the cheapest
for the seller comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.abroad import COUNTRY_OF, domestic
from simulator.carriers.domestic import TRANSIT_DAYS
from simulator.carriers.model import Carrier, Service
from simulator.carriers.prices import Quote, Why, quote
from simulator.catalog import Sku

_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Load:
    """One parcel as forwarders see it."""

    weight_g: int
    sides_mm: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    """From which city, to which country."""

    city: str
    region: str
    remote: bool = False

    @property
    def tariff(self) -> str:
        """Its key among tariffs."""
        return domestic(COUNTRY_OF[self.city]) if self.city in COUNTRY_OF else self.region


@dataclass(frozen=True, slots=True)
class Subsidy:
    """X5: what the platform adds to parcels of its own shipping."""

    carrier: str
    percent: int

    def of(self, carrier: str, amount_minor: int) -> int:
        """Rounded down: it is the platform that pays."""
        return amount_minor * self.percent // _PERCENT if carrier == self.carrier else 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of one carrier."""

    carrier: str
    service: str
    quote: Quote | None
    transit_days: tuple[int, int]
    """Working days."""
    collects: bool
    """It comes to the door there (H3)."""
    subsidy_minor: int = 0
    why: Why | None = None
    """Why there is no price."""

    @property
    def to_pay_minor(self) -> int:
        """What is left for the seller."""
        assert self.quote is not None, self.carrier
        return self.quote.total_minor - self.subsidy_minor


def load_of(skus: Sequence[Sku]) -> Load:
    """Goods laid one on the other by their shortest sides (ours: nobody says how it is done)."""
    ranked = [sorted(sku.sides_mm, reverse=True) for sku in skus]
    length, width = (max(sides[place] for sides in ranked) for place in (0, 1))
    height = sum(sides[2] for sides in ranked)
    longest, middle, shortest = sorted((length, width, height), reverse=True)
    return Load(sum(sku.weight_g for sku in skus), (longest, middle, shortest))


def offers(
    carriers: Mapping[str, Carrier], load: Load, lane: Lane, subsidy: Subsidy
) -> list[Offer]:
    """Every service of every carrier: cheapest for the seller first, then the fastest; those that
    cannot be had come last."""
    found = [
        _offer(carrier, service, load, lane, subsidy)
        for carrier in carriers.values()
        for service in carrier.services
    ]
    return sorted(found, key=_cheapest_first)


def fastest_first(found: Iterable[Offer]) -> list[Offer]:
    """The same, by the longest time first of all."""
    return sorted(
        found, key=lambda offer: (not offer.quote, offer.transit_days[::-1], _rank(offer))
    )


def _offer(carrier: Carrier, service: Service, load: Load, lane: Lane, subsidy: Subsidy) -> Offer:
    abroad = lane.city in COUNTRY_OF
    transit = TRANSIT_DAYS if abroad else service.transit
    collects = carrier.service_in(lane.city) is not None
    if abroad and not collects:
        return Offer(carrier.code, service.code, None, transit, collects, why=Why.NOT_FROM_THERE)
    said = quote(
        carrier, load.weight_g, load.sides_mm, lane.tariff, service=service.code, remote=lane.remote
    )
    if not isinstance(said, Quote):
        return Offer(carrier.code, service.code, None, transit, collects, why=said.why)
    added = subsidy.of(carrier.code, said.total_minor)
    return Offer(carrier.code, service.code, said, transit, collects, added)


def _cheapest_first(offer: Offer) -> tuple[bool, tuple[int, str, str], tuple[int, ...]]:
    return not offer.quote, _rank(offer), offer.transit_days[::-1]


def _rank(offer: Offer) -> tuple[int, str, str]:
    return offer.to_pay_minor if offer.quote else 0, offer.carrier, offer.service
