"""Worlds: market, shops, carriers' settings, channels, pickups."""

from collections.abc import Callable, Mapping
from typing import Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.model import Row
from simulator.clock import DAY, HOUR, MINUTE
from simulator.market import MARKETS
from simulator.world import STARTS_AT

_WEIGHTS: Final = {name: 3.0 if name in {"standard", "us", "sea"} else 1.0 for name in MARKETS}
_YEAR: Final = 365 * DAY
_RULES: Final = ("market", "cheapest", "fastest", "by_value", "dhl", "yunexpress", "epacket")


def drawn_world(dice: Dice, seed: int, groups: frozenset[str]) -> Row:
    """The body that opens the sandbox."""
    wishes: Row = {
        "seed": seed,
        "market": dice.weighed("market", _WEIGHTS),
        "timestamps": "virtual",
        "quiet_ms": 0,
        "rate_limit": 0,
    }
    for group, draw in _OF_GROUPS.items():
        if group in groups:
            wishes |= draw(dice)
    return wishes


def _start(dice: Dice) -> Row:
    """Any hour of any day of two years: clocks change, feasts come."""
    return {"start": STARTS_AT + dice.between("start", 0, 2 * _YEAR)}


def _shops(dice: Dice) -> Row:
    return {"shops": dice.between("shops", 2, 3)}


def _independent(_: Dice) -> Row:
    return {"independent_shops": ["Sea Trial Outlet"]}


def _mishaps(dice: Dice) -> Row:
    return {"mishaps": dice.pick("mishaps", (0.5, 1, 5, 20, 60))}


def _carriers(dice: Dice) -> Row:
    """Vans that are small, late, or seldom; and lags from nothing to days."""
    settings: Row = {}
    for code in ("jt", "ups", "dhl"):
        if dice.chance("van", 0.7):
            settings[code] = {
                "pickup": {"capacity": dice.pick("capacity", (1, 2, 5, 400))},
                "sync_lag": [0, dice.pick("lag", (0, HOUR, 2 * DAY))],
            }
    return {"carriers": settings}


def _channels(dice: Dice) -> Row:
    return {
        "stock": {"units": dice.pick("stock", (1, 5, 100))},
        "carrier_rule": dice.pick("rule", _RULES),
        "subsidy_percent": dice.pick("subsidy", (0, 30, 100)),
    }


def _on_call(dice: Dice) -> Row:
    return {
        "pickups": "on_call",
        "labels_take": dice.pick("labels_take", (0, 10 * MINUTE, 2 * HOUR)),
    }


def _short_terms(dice: Dice) -> Row:
    """The seller's consent runs out within the run; bearer tokens of carriers, too."""
    return {
        "authorized_for": dice.between("authorized", 20, 60) * DAY,
        "carrier_tokens": "virtual",
    }


_OF_GROUPS: Final[Mapping[str, Callable[[Dice], Row]]] = {
    "start": _start,
    "shops": _shops,
    "independent": _independent,
    "mishaps": _mishaps,
    "carriers": _carriers,
    "channels": _channels,
    "on_call": _on_call,
    "short_terms": _short_terms,
}
GROUPS: Final = tuple(_OF_GROUPS)
