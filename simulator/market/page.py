"""The table of every market's ways, for ``docs/markets.md``: written from the data itself.

A test keeps the page true. To write it anew, put ``with_table(page)`` in the page's place.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from simulator.clock import HOUR
from simulator.market import MARKETS
from simulator.market.profile import MarketProfile
from simulator.market.ways import Ways

BEGINS: Final = "<!-- ways: written from simulator/market -->"
ENDS: Final = "<!-- end of ways -->"
_YES_NO: Final = {True: "yes", False: "no"}


def ways_table() -> str:
    """A row for each way, a column for each market."""
    markets = list(MARKETS.values())
    head = ["way", *(f"`{market.name}`" for market in markets)]
    rows = [
        ["country", *(market.region for market in markets)],
        ["currency, its decimals", *(_money(market) for market in markets)],
        ["`has_on_hold`", *(_YES_NO[market.has_on_hold] for market in markets)],
        *(
            [f"`{way.name}`", *(_said(getattr(market.ways, way.name)) for market in markets)]
            for way in fields(Ways)
        ),
    ]
    return "\n".join([_line(head), _line(["---"] * len(head)), *map(_line, rows)])


def with_table(page: str) -> str:
    """*page* with the table as it is now, between its two marks."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{ways_table()}\n\n{ENDS}{after}"


def _money(market: MarketProfile) -> str:
    return f"{market.currency}, {market.minor_digits}"


def _said(value: object) -> str:
    match value:
        case bool():
            return _YES_NO[value]
        case int():
            return f"{value // HOUR} h"
        case None:
            return "no limit"
        case _:
            return str(value)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
