"""Demand: who orders what, how, when; who plays the seller; what kind of people they are."""

from typing import Any, Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing.model import Row
from simulator.buyers.temperaments import TEMPERAMENTS
from simulator.clock import DAY, HOUR, MINUTE
from simulator.sellers.behaviours import BEHAVIOURS

_CITIES: Final = ("Shenzhen", "Shanghai", "Hangzhou", "Yiwu", "Chengdu")
_CHANNELS: Final = ("direct", "overseas", "dropship")
_INTEGRATION: Final = "integration"
GROUPS: Final = (
    "seller_shipping",
    "cities",
    "several_parcels",
    "returning_buyers",
    "unpaid",
    "temperaments",
    "simulated_sellers",
    "integration",
)


def drawn_demand(dice: Dice, groups: frozenset[str], days: int) -> tuple[Row, ...]:
    """One to three sources: four to fifty orders in all, for the most part few."""
    orders = dice.scale("orders", 4, 50)
    count = min(dice.between("sources", 1, 3), orders)
    shares = [orders // count + (nth < orders % count) for nth in range(count)]
    return tuple(_source(dice, groups, share, days) for share in shares)


def _source(dice: Dice, groups: frozenset[str], orders: int, days: int) -> Row:
    kind = dice.pick("kind", ("steady", "curve", "burst", "replay"))
    body: Row = {"kind": kind} | _buying(dice, groups)
    spread = max(1, days * 2 // 3)
    match kind:
        case "burst":
            tempo = dice.pick("tempo", (10 * MINUTE, HOUR, DAY))
            return body | {"orders": orders, "for": tempo}
        case "replay":
            after = sorted(dice.between("after", 0, spread * DAY) for _ in range(orders))
            return body | {"rows": [{"after": each} for each in after]}
        case _:
            per_hour = round(max(orders / (spread * 24), 0.05), 3)
            return body | {"per_hour": per_hour, "count": orders, "for": f"{spread}d"}


def _buying(dice: Dice, groups: frozenset[str]) -> Row:
    buying: Row = {"behaviour": _sellers(dice, groups)}
    if "seller_shipping" in groups:
        buying["shipping"] = {"platform": dice.unit("platform"), "seller": 1}
    if "cities" in groups:
        buying["city"] = dict.fromkeys(dice.some("city", _CITIES, 4), 1)
    if "channels" in groups:
        buying["channel"] = dict.fromkeys(dice.some("channel", _CHANNELS, 3), 1)
    if "several_parcels" in groups:
        buying |= {"parcels": {"1": 1, "2": 1, "3": dice.pick("three", (0, 1))}}
        buying["units"] = {"1": 1, "2": 2, "5": 1}
    if "returning_buyers" in groups:
        buying |= {"returning": 0.7, "combined": dice.chance("combined", 0.5)}
    if "unpaid" in groups:
        buying |= {"paid": 0.7, "late": 0.4, "pays_after": [0, "2h"], "late_after": ["1h", "30h"]}
    if "temperaments" in groups:
        names = ("passive", *TEMPERAMENTS)
        buying["buyer"] = dict.fromkeys(dice.some("buyer", names, len(names)), 1)
    return buying


def _sellers(dice: Dice, groups: frozenset[str]) -> dict[str, Any]:
    """The integration, simulated sellers, or both side by side."""
    sellers: dict[str, Any] = {}
    if "simulated_sellers" in groups:
        names = dice.some("behaviour", tuple(BEHAVIOURS), 5)
        sellers = dict.fromkeys(names, 1)
    if "integration" in groups or not sellers:
        sellers[_INTEGRATION] = dice.pick("integration", (1, 3))
    return sellers
