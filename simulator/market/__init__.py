"""The markets: one profile each, found by name."""

from typing import Final

from simulator.errors import UnknownName
from simulator.market.br import BR
from simulator.market.eu import EU
from simulator.market.jp import JP
from simulator.market.mx import MX
from simulator.market.profile import ClockStart, MarketProfile
from simulator.market.sea import SEA
from simulator.market.standard import STANDARD
from simulator.market.uk import UK
from simulator.market.us import US

__all__ = ["MARKETS", "STANDARD", "ClockStart", "MarketProfile", "market_named"]

MARKETS: Final = {profile.name: profile for profile in (STANDARD, US, UK, SEA, EU, BR, MX, JP)}


def market_named(name: str) -> MarketProfile:
    """The profile of that name; UnknownName tells which there are."""
    try:
        return MARKETS[name]
    except KeyError:
        raise UnknownName("market", name, ", ".join(MARKETS)) from None
