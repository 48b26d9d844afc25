"""Facts of what shops offer: on sale or not, at what price, and how much of it they have."""

from dataclasses import dataclass

from simulator.facts.base import Fact


@dataclass(frozen=True, slots=True)
class ListingMoved(Fact):
    """A product was taken off sale, or put back, by the seller or the platform."""

    shop_id: str
    product_id: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class PriceChanged(Fact):
    """Orders from now on pay this, in minor units of the market's currency."""

    shop_id: str
    product_id: str
    sku_id: str
    price_minor: int


@dataclass(frozen=True, slots=True)
class StockCounted(Fact):
    """The seller said how much of a SKU lies in a warehouse. From then on it is counted there, and
    nothing is sold that is not there."""

    warehouse_id: str
    sku_id: str
    on_hand: int
    reserved: int
    by: int
    """By how much that is more than before."""
