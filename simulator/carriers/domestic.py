"""The last mile alone: carriers that collect from warehouses abroad, and deliver in that country.

Hours and prices are ours, for want of a source; the platform's carrier does it with a partner.
"""

from dataclasses import replace
from typing import Final

from simulator.carriers.abroad import YARDS, domestic
from simulator.carriers.model import Carrier, CityService, Leg
from simulator.carriers.routes import COUNTRIES, Country
from simulator.carriers.scans import Scan
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.clock import HOUR

DOMESTIC_CARRIERS: Final = frozenset({"jt", "ups", "fedex", "dhl"})
"""Those with a network of their own, or the platform's partner's; TNT's is not what it was."""

TRANSIT_DAYS: Final = (1, 4)
"""Working days, shortest and longest, as quoted for the way within a country (ours)."""

# Ours: about three pounds for a small parcel, half a pound for each kilogram.
_TARIFF: Final = Tariff(
    brackets=(Bracket(above_g=0, fee_milli=26_000, per_kg_milli=5_000),),
    max_weight_g=30_000,
    max_side_mm=1_200,
    max_sum_mm=2_500,
)
_DEARER: Final = Tariff(
    brackets=(Bracket(above_g=0, fee_milli=52_000, per_kg_milli=8_000, step_g=500),),
    max_weight_g=30_000,
    max_side_mm=1_200,
    max_sum_mm=2_500,
    divisor=5_000,
)


def with_last_mile(carrier: Carrier) -> Carrier:
    """The carrier as it is, and at home in the countries that have warehouses."""
    if carrier.code not in DOMESTIC_CARRIERS:
        return carrier
    served = [country for country in COUNTRIES if country.code in YARDS]
    tariff = _TARIFF if carrier.code == "jt" else _DEARER
    return replace(
        carrier,
        abroad={YARDS[each.code].city: _van(each) for each in served},
        routes=carrier.routes | {domestic(each.code): _last_mile(each) for each in served},
        tariffs=carrier.tariffs | {domestic(each.code): tariff for each in served},
    )


def _van(country: Country) -> CityService:
    """Two rounds on each day that the country's couriers work."""
    return CityService(
        timezone=country.timezone, rounds=(11, 16), capacity=600, days=country.customs
    )


def _last_mile(country: Country) -> tuple[Leg, ...]:
    zone = country.timezone
    return (
        Leg(Scan.ARRIVED_AT_HUB, (2 * HOUR, 8 * HOUR), country.hub, zone),
        Leg(Scan.OUT_FOR_DELIVERY, (1 * HOUR, 6 * HOUR), None, zone, country.wave),
        Leg(Scan.DELIVERED, (1 * HOUR, 8 * HOUR), None, zone, country.rounds),
    )
