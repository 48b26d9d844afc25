"""What sending a parcel costs: a pure function of a carrier's tariff, a weight and three sides.

Weight or size, whichever weighs more, is rounded up to the tariff's step; the bracket's fee and
rate make the list's freight; a discount comes off, remote areas and fuel on top. Nobody's subsidy
is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.model import ELSEWHERE, Carrier, Service
from simulator.carriers.tariffs import Bracket, Tariff
from simulator.words import Word

_MICRO_PER_MINOR: Final = 10_000
"""Freight is reckoned in millionths of a yuan, and rounded once, to the fen."""
_PERCENT: Final = 100


class Why(Word):
    """Why a carrier does not take a parcel."""

    NO_SUCH_DESTINATION = "no_such_destination"
    TOO_HEAVY = "too_heavy"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"
    NOT_FROM_THERE = "not_from_there"
    """It does not collect where the goods are."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The carrier does not take it."""

    carrier: str
    why: Why


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in fen (hundredths of a yuan), and what it is made of."""

    carrier: str
    service: str
    total_minor: int
    rows: tuple[tuple[str, int], ...]
    """Freight, discount, remote area, fuel: those that there are. Their sum is the total."""
    actual_g: int
    volume_g: int
    """What the size weighs; nought where it never matters."""
    billable_g: int
    """What is charged for: the dearer of the two, rounded up to the tariff's step."""
    transit_days: tuple[int, int]
    """Working days."""
    currency: str = "CNY"


def quote(
    carrier: Carrier,
    weight_g: int,
    sides_mm: Sequence[int],
    destination: str,
    *,
    service: str = "",
    remote: bool = False,
) -> Quote | Declined:
    """The price of one parcel to that country; or why the carrier does not take it."""
    chosen = carrier.service(service)
    tariff = carrier.tariffs.get(destination) or carrier.tariffs.get(ELSEWHERE)
    if tariff is None:
        return Declined(carrier.code, Why.NO_SUCH_DESTINATION)
    why = _refusal(tariff, weight_g, sides_mm)
    if why:
        return Declined(carrier.code, why)
    return _priced(carrier, chosen, tariff, (weight_g, sides_mm), remote=remote)


def freight(
    carrier: Carrier, weight_g: int, sides_mm: Sequence[int], destination: str, service: str = ""
) -> Quote | None:
    """What a parcel costs that the carrier has taken, be it too heavy or too large for its list;
    ``None`` where it has no list."""
    tariff = carrier.tariffs.get(destination) or carrier.tariffs.get(ELSEWHERE)
    if tariff is None:
        return None
    return _priced(carrier, carrier.service(service), tariff, (weight_g, sides_mm), remote=False)


def _priced(
    carrier: Carrier,
    chosen: Service,
    tariff: Tariff,
    load: tuple[int, Sequence[int]],
    *,
    remote: bool,
) -> Quote:
    weight_g, sides_mm = load
    volume_g = volume_weight_g(tariff, sides_mm)
    size_matters = volume_g > tariff.volume_tolerance * weight_g
    freight_micro, charged_g = _freight_micro(
        tariff, max(weight_g, volume_g) if size_matters else weight_g
    )
    freight = _minor(freight_micro * chosen.price)
    rows = [("freight", freight)]
    if tariff.discount_percent:
        rows.append(("discount", -_percentage(freight, tariff.discount_percent)))
    if remote and tariff.remote_per_kg_milli:
        by_weight = _minor(tariff.remote_per_kg_milli * charged_g)
        rows.append(("remote_area", max(by_weight, _minor(tariff.remote_least_milli * 1_000))))
    if tariff.fuel_percent:
        rows.append(("fuel", _percentage(sum(part for _, part in rows), tariff.fuel_percent)))
    return Quote(
        carrier=carrier.code,
        service=chosen.code,
        total_minor=sum(part for _, part in rows),
        rows=tuple(rows),
        actual_g=weight_g,
        volume_g=volume_g,
        billable_g=charged_g,
        transit_days=chosen.transit,
    )


def refusal(
    carrier: Carrier, weight_g: int, sides_mm: Sequence[int], destination: str
) -> Why | None:
    """Why the carrier takes no such parcel to that country; a carrier without a list for it says
    nothing."""
    tariff = carrier.tariffs.get(destination) or carrier.tariffs.get(ELSEWHERE)
    return _refusal(tariff, weight_g, sides_mm) if tariff else None


def volume_weight_g(tariff: Tariff, sides_mm: Sequence[int]) -> int:
    """What the size weighs: cubic centimetres by the divisor, in whole grams, rounded up."""
    if not tariff.divisor:
        return 0
    length, width, height = sides_mm
    return -(-length * width * height // tariff.divisor)


def _refusal(tariff: Tariff, weight_g: int, sides_mm: Sequence[int]) -> Why | None:
    if weight_g > tariff.max_weight_g:
        return Why.TOO_HEAVY
    if max(sides_mm) > tariff.max_side_mm:
        return Why.TOO_LONG
    return Why.TOO_BIG if sum(sides_mm) > tariff.max_sum_mm else None


def _freight_micro(tariff: Tariff, weight_g: int) -> tuple[int, int]:
    """The freight, and the weight that it is charged for."""
    bracket = _bracket(tariff, weight_g)
    charged_g = -(-weight_g // bracket.step_g) * bracket.step_g
    return bracket.fee_milli * 1_000 + bracket.per_kg_milli * charged_g, charged_g


def _bracket(tariff: Tariff, weight_g: int) -> Bracket:
    """The last one that the weight lies above."""
    found = tariff.brackets[0]
    for bracket in tariff.brackets:
        if weight_g > bracket.above_g:
            found = bracket
    return found


def _percentage(minor: int, percent: float) -> int:
    return _minor(minor * percent * _MICRO_PER_MINOR / _PERCENT)


def _minor(micro: float) -> int:
    """Rounded half up, as price lists are."""
    return int(micro + _MICRO_PER_MINOR / 2) // _MICRO_PER_MINOR
