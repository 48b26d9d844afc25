"""Where parcels go: the countries of destination, and how a route to one of them is put together.

Places are real; hours and spans are ours, set so that the legs add up to the transit times that
carriers quote (``docs/carriers.md``). A country with several time zones has that of its gateway.
"""

from dataclasses import dataclass
from typing import Final

from simulator.carriers.model import CHINA, ELSEWHERE, EVERY_DAY, Leg
from simulator.carriers.scans import Scan
from simulator.clock import HOUR
from simulator.working_hours import WorkingHours

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Country:
    """Its gateway and last mile, and whose Sundays and public holidays are kept there."""

    code: str
    timezone: str
    gateway: str
    hub: str
    local_carrier: str
    """Who takes over the last mile of lines and posts."""
    holidays: str
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5)

    @property
    def customs(self) -> WorkingHours:
        return WorkingHours(self.weekdays, holidays=self.holidays)

    @property
    def wave(self) -> WorkingHours:
        """When couriers load their vans."""
        return WorkingHours(self.weekdays, opens=7, closes=10, holidays=self.holidays)

    @property
    def rounds(self) -> WorkingHours:
        """When they ring at doors."""
        return WorkingHours(self.weekdays, opens=8, closes=20, holidays=self.holidays)


COUNTRIES: Final = (
    Country(
        "GB", "Europe/London", "London Heathrow", "Daventry Parcel Hub", "Royal Mail", "GB-ENG"
    ),
    Country("US", "America/New_York", "New York JFK", "Secaucus Parcel Hub", "USPS", "US"),
    Country("SG", "Asia/Singapore", "Changi Airport", "Pioneer Parcel Hub", "SingPost", "SG"),
    Country("TH", "Asia/Bangkok", "Suvarnabhumi Airport", "Lak Si Hub", "Thailand Post", "TH"),
    Country("MY", "Asia/Kuala_Lumpur", "KLIA", "Shah Alam Hub", "Pos Malaysia", "MY"),
    Country("PH", "Asia/Manila", "Manila NAIA", "Pasay Hub", "PHLPost", "PH"),
    Country("VN", "Asia/Ho_Chi_Minh", "Tan Son Nhat Airport", "Tan Binh Hub", "VNPost", "VN"),
    Country("ID", "Asia/Jakarta", "Soekarno-Hatta Airport", "Jakarta Hub", "Pos Indonesia", "ID"),
    Country("DE", "Europe/Berlin", "Frankfurt Airport", "Niederaula Hub", "Deutsche Post", "DE"),
    Country("BR", "America/Sao_Paulo", "São Paulo Guarulhos", "Cajamar Hub", "Correios", "BR"),
    Country(
        "MX",
        "America/Mexico_City",
        "Mexico City AICM",
        "Tepotzotlán Hub",
        "Correos de México",
        "MX",
    ),
    Country("JP", "Asia/Tokyo", "Tokyo Narita", "Kawasaki Hub", "Japan Post", "JP"),
    Country(ELSEWHERE, "UTC", "Destination Gateway", "Destination Hub", "Local Post", ""),
)


@dataclass(frozen=True, slots=True)
class Spans:
    """Shortest and longest time of each leg, in hours; of working time where somebody rests."""

    intake: Span
    """First scan to the carrier's first hub."""
    export: Span
    """Until the plane has left."""
    flight: Span
    customs: Span
    inland: Span
    """Released to the last hub."""
    loading: Span = (1, 4)
    """Of the hours of the morning's wave."""
    round: Span = (1, 8)
    """Out for delivery to the signature."""
    declaring: Span = (1, 6)
    """Landed to declared, where the carrier scans that."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A carrier's hubs in China, and when they work."""

    hub: str
    airport: str
    hours: WorkingHours = EVERY_DAY


def network_route(origin: Origin, spans: Spans, to: Country, hub: str = "") -> tuple[Leg, ...]:
    """All the way in the carrier's own hands."""
    return (*_until_landed(origin, spans, to), *_from_customs(spans, to, hub or to.hub))


def injected_route(origin: Origin, spans: Spans, to: Country) -> tuple[Leg, ...]:
    """A line's: cleared, then handed to a local carrier for the last mile."""
    cleared, *last_mile = _from_customs(spans, to, to.hub)
    handed_over = Leg(
        Scan.TRANSFERRED_TO_CARRIER,
        _seconds((2, 12)),
        f"{to.local_carrier} at {to.hub}",
        to.timezone,
        to.customs,
    )
    return (*_until_landed(origin, spans, to), cleared, handed_over, *last_mile)


def postal_route(origin: Origin, spans: Spans, to: Country) -> tuple[Leg, ...]:
    """From exchange office to exchange office: presented to customs, then released."""
    declared = Leg(
        Scan.CUSTOMS_DECLARED, _seconds(spans.declaring), to.gateway, to.timezone, to.customs
    )
    return (*_until_landed(origin, spans, to), declared, *_from_customs(spans, to, to.hub))


def _until_landed(origin: Origin, spans: Spans, to: Country) -> tuple[Leg, ...]:
    hours = origin.hours
    return (
        Leg(Scan.ARRIVED_AT_HUB, _seconds(spans.intake), origin.hub, CHINA, hours),
        Leg(Scan.DEPARTED_FROM_HUB, _seconds(spans.export), origin.airport, CHINA, hours),
        Leg(Scan.ARRIVED_AT_DESTINATION, _seconds(spans.flight), to.gateway, to.timezone),
    )


def _from_customs(spans: Spans, to: Country, hub: str) -> tuple[Leg, ...]:
    zone = to.timezone
    return (
        Leg(Scan.CLEARANCE_COMPLETED, _seconds(spans.customs), to.gateway, zone, to.customs),
        Leg(Scan.ARRIVED_AT_HUB, _seconds(spans.inland), hub, zone),
        Leg(Scan.OUT_FOR_DELIVERY, _seconds(spans.loading), None, zone, to.wave),
        Leg(Scan.DELIVERED, _seconds(spans.round), None, zone, to.rounds),
    )


def _seconds(hours: Span) -> Span:
    return hours[0] * HOUR, hours[1] * HOUR
