"""By which channel an order's goods reach the buyer, and what has to be agreed for that.

Words and numbers only. What each channel does is in the modules beside this one.
"""

from dataclasses import dataclass, field
from typing import Final

from simulator.channels.suppliers import SUPPLIERS, Supplier
from simulator.clock import DAY
from simulator.errors import BadSetting, UnknownName
from simulator.words import Word


class Channel(Word):
    DIRECT = "direct"
    """X1: the seller has the goods at home, and posts them from there."""
    OVERSEAS = "overseas"
    """X2: the goods were sent ahead, to a warehouse in the buyers' country."""
    DROPSHIP = "dropship"
    """X3: the seller has none; a supplier gets the address, and ships."""


class Transport(Word):
    """How goods are sent ahead."""

    SEA = "sea"
    AIR = "air"


class WhenOut(Word):
    """What becomes of a buyer of a source who finds the warehouse abroad empty."""

    DIRECT = "direct"
    """They wait longer: the goods come from home."""
    LOST = "lost"
    """They buy nothing."""


EVERY_SKU: Final = "*"


@dataclass(frozen=True, slots=True)
class StockTerms:
    """X2: what a warehouse abroad begins with, and how more comes. All numbers but the flight are
    ours."""

    units: dict[str, int] = field(default_factory=dict)
    """On hand at the start in each shop's warehouse, by SKU id; ``*``: of every other SKU."""
    reorder_at: int = 0
    """More is sent once so few are free or under way."""
    reorder_units: int = 0
    """So many; nought: nothing is sent unless somebody says so."""
    reorder_by: Transport = Transport.SEA
    sea_span: tuple[int, int] = (25 * DAY, 40 * DAY)
    air_span: tuple[int, int] = (6 * DAY, 12 * DAY)
    """Air freight to the door takes 6 to 12 days (the carriers' facts, section 8.3)."""
    when_out: WhenOut = WhenOut.DIRECT

    def span(self, by: Transport) -> tuple[int, int]:
        return self.sea_span if by is Transport.SEA else self.air_span

    def at_first(self, sku_id: str) -> int:
        return self.units.get(sku_id, self.units.get(EVERY_SKU, 0))


@dataclass(frozen=True, slots=True)
class ChoiceTerms:
    """X4: which goods are dear, and which are light."""

    dear_from_minor: int = 3_000
    """Goods of so much, at the shelf's prices, are dear (ours)."""
    light_to_g: int = 2_000
    """ePacket takes no more (the carriers' facts, section 8.2)."""


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What one world agrees about its channels."""

    stock: StockTerms = StockTerms()
    suppliers: tuple[Supplier, ...] = SUPPLIERS
    choice: ChoiceTerms = ChoiceTerms()
    expected_within: int = 21 * DAY
    """M4: until when a buyer of an independent shop expects the delivery, from the order. Fifteen
    working days, the longest that posting from home takes (X1)."""

    def supplier(self, code: str) -> Supplier:
        for each in self.suppliers:
            if each.code == code:
                return each
        raise UnknownName("supplier", code, ", ".join(each.code for each in self.suppliers))


_MOST_UNITS: Final = 1_000_000
_LONGEST: Final = 366 * DAY


def channel_named(name: str) -> Channel:
    """The channel of that name; UnknownName tells which there are."""
    try:
        return Channel(name)
    except ValueError:
        raise UnknownName("channel", name, ", ".join(Channel)) from None


def require_sound(terms: ChannelTerms, skus: frozenset[str]) -> None:
    """Refuse what no warehouse and no supplier could keep; *skus* is what there is to buy."""
    _require_sound_stock(terms.stock, skus)
    for each in terms.suppliers:
        _require_sound_supplier(each)
    codes = [each.code for each in terms.suppliers]
    if len(set(codes)) < len(codes):
        raise BadSetting("suppliers", repr(codes), "a code of its own for each")


def _require_sound_stock(stock: StockTerms, skus: frozenset[str]) -> None:
    for sku_id, units in stock.units.items():
        if sku_id not in skus | {EVERY_SKU}:
            raise UnknownName("SKU", sku_id, ", ".join(sorted(skus)))
        _require_units(f"stock.units.{sku_id}", units)
    _require_units("stock.reorder_at", stock.reorder_at)
    _require_units("stock.reorder_units", stock.reorder_units)
    _require_span("stock.sea_span", stock.sea_span)
    _require_span("stock.air_span", stock.air_span)


def _require_sound_supplier(supplier: Supplier) -> None:
    path = f"suppliers.{supplier.code}"
    _require_span(f"{path}.lead_span", supplier.lead_span)
    _require_span(f"{path}.late_by", supplier.late_by)
    _require_span(f"{path}.answers_within", supplier.answers_within)
    for name, share in (("late", supplier.late), ("refuses", supplier.refuses)):
        if not 0 <= share <= 1:
            raise BadSetting(f"{path}.{name}", repr(share), "a share, from 0 to 1")


def _require_units(path: str, units: int) -> None:
    if not 0 <= units <= _MOST_UNITS:
        raise BadSetting(path, repr(units), f"0 to {_MOST_UNITS} units")


def _require_span(path: str, span: tuple[int, int]) -> None:
    if not 0 <= span[0] <= span[1] <= _LONGEST:
        raise BadSetting(path, repr(span), "a year at most, the shorter first")
