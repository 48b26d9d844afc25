"""X4: by which carrier a seller posts, where the choice is theirs. One rule holds in a world.

Rules choose among offers that can be had; where there is none, it is left to the market's usual
carrier.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.carriers.model import Carrier, Kind
from simulator.channels.model import ChoiceTerms
from simulator.channels.quotes import Offer, fastest_first
from simulator.errors import UnknownName

MARKET: Final = "market"
"""Whoever the market's profile names, whatever it costs."""

DEAR_GOODS_BY: Final = frozenset({"dhl", "ups", "fedex", "tnt", "ems"})
LIGHT_GOODS_BY: Final = frozenset({"epacket"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be posted, and by whom it could be."""

    possible: Sequence[Offer]
    """Those that collect and have a price, cheapest first; one at least."""
    kinds: Mapping[str, Kind]
    """Of the carriers, by code."""
    value: int
    """Of the goods, at the shelf's prices."""
    weight_g: int
    terms: ChoiceTerms


def require_rule(rule: str, carriers: Mapping[str, Carrier]) -> None:
    """It is one of the rules, or a carrier's code: then that carrier, always."""
    known = (MARKET, *RULES, *carriers)
    if rule not in known:
        raise UnknownName("carrier rule", rule, ", ".join(known))


def chosen(rule: str, choice: Choice) -> Offer | None:
    """``None`` where the carrier that *rule* names does not take it."""
    if rule in RULES:
        return RULES[rule](choice)
    return next((offer for offer in choice.possible if offer.carrier == rule), None)


def _cheapest(choice: Choice) -> Offer:
    return choice.possible[0]


def _fastest(choice: Choice) -> Offer:
    return fastest_first(choice.possible)[0]


def _by_value(choice: Choice) -> Offer:
    """Dear goods go by a commercial express or EMS, cheap and light ones by ePacket, the rest by
    the cheapest line; what nobody of those takes, by the cheapest of all."""
    lines = {code for code, kind in choice.kinds.items() if kind is Kind.LINE}
    wanted: Sequence[Container[str]] = (lines,)
    if choice.value >= choice.terms.dear_from_minor:
        wanted = (DEAR_GOODS_BY,)
    elif choice.weight_g <= choice.terms.light_to_g:
        wanted = (LIGHT_GOODS_BY, lines)
    found = (offer for codes in wanted for offer in choice.possible if offer.carrier in codes)
    return next(found, choice.possible[0])


RULES: Final[Mapping[str, Callable[[Choice], Offer]]] = {
    "cheapest": _cheapest,
    "fastest": _fastest,
    "by_value": _by_value,
}
