"""Simulated sellers: how soon each one acts, so that a world runs with no integration attached."""

from dataclasses import dataclass
from typing import Final

from simulator.clock import HOUR, MINUTE
from simulator.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A named way of playing the seller; spans are the shortest and longest delays in seconds.

    ``None`` means never.
    """

    name: str
    packs_after: tuple[int, int] | None
    """From the order's release until it is set ready to ship, or its own carrier booked."""
    marks_after: tuple[int, int] | None
    """Seller shipping: from the carrier's pickup until the order is marked shipped."""


BEHAVIOURS: Final = {
    behaviour.name: behaviour
    for behaviour in (
        Behaviour("prompt", (30 * MINUTE, 12 * HOUR), (5 * MINUTE, 3 * HOUR)),
        Behaviour("slow", (40 * HOUR, 100 * HOUR), (12 * HOUR, 60 * HOUR)),
        Behaviour("absent", None, None),
    )
}


def behaviour_named(name: str) -> Behaviour:
    """The behaviour of that name; UnknownName tells which there are."""
    try:
        return BEHAVIOURS[name]
    except KeyError:
        raise UnknownName("seller behaviour", name, ", ".join(BEHAVIOURS)) from None
