"""Strikes and storms: from when until when nobody works for a carrier in a country, or a city.

Pure looks at a list of closures. They are announced, and then they are data: vans and parcels look
at them when they would move.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.abroad import COUNTRY_OF
from simulator.carriers.model import CHINA, Leg
from simulator.clock import Instant

HOME: Final = "CN"
"""Where every carrier's vans drive and first hubs stand."""
CAUSES: Final = ("strike", "weather")


@dataclass(frozen=True, slots=True)
class Closure:
    """Nobody works there from *starts_at* on, until *ends_at*."""

    carrier: str
    """Whose people; empty: everybody's."""
    region: str
    """The country, by its ISO 3166 code."""
    city: str
    """Only pickups there; empty: all of the country."""
    starts_at: Instant
    ends_at: Instant
    cause: str


def of_pickups(closures: Iterable[Closure], carrier: str, city: str) -> list[Closure]:
    """Those that keep that carrier's van in that city in."""
    region = COUNTRY_OF.get(city, HOME)
    return [
        each
        for each in closures
        if each.carrier in ("", carrier) and each.region == region and each.city in ("", city)
    ]


def of_legs(closures: Iterable[Closure], carrier: str, region: str) -> list[Closure]:
    """Those that stop that carrier's parcels in that country."""
    return [
        each
        for each in closures
        if each.carrier in ("", carrier) and each.region == region and not each.city
    ]


def region_of(leg: Leg, destination: str) -> str:
    """In which country a leg ends."""
    return HOME if leg.timezone == CHINA else destination


def at_that_time(closures: Iterable[Closure], at: Instant) -> Closure | None:
    """The one that closes at *at* for longest."""
    shut = [each for each in closures if each.starts_at <= at < each.ends_at]
    return max(shut, key=lambda each: each.ends_at, default=None)


def opens_at(closures: Sequence[Closure], at: Instant) -> Instant:
    """The first instant from *at* on at which somebody works: one closure may follow another."""
    while shut := at_that_time(closures, at):
        at = shut.ends_at
    return at


def closed_seconds(closures: Iterable[Closure], since: Instant, until: Instant) -> int:
    """For how much of the time from *since* to *until* nobody worked."""
    total, reached = 0, since
    for each in sorted(closures, key=lambda each: each.starts_at):
        begins, ends = max(each.starts_at, reached), min(each.ends_at, until)
        if begins < ends:
            total += ends - begins
            reached = ends
    return total
