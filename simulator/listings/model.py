"""A listing: how one shop offers one product. Only what a seller changed is kept; a product that
nobody touched is listed from the world's first second on, at the shelf's price."""

from dataclasses import dataclass, field
from typing import Final

from simulator.clock import Instant
from simulator.words import Word


class ListingStatus(Word):
    """Of the platform's statuses those that our world knows: no product is drafted or audited."""

    ACTIVE = "ACTIVATE"
    SELLER_DEACTIVATED = "SELLER_DEACTIVATED"
    """The seller took it off sale, and may put it back."""
    PLATFORM_DEACTIVATED = "PLATFORM_DEACTIVATED"
    """The platform did; only the platform puts it back."""


FOR_SALE: Final = frozenset({ListingStatus.ACTIVE})


@dataclass(slots=True)
class Listing:
    """One product of one shop."""

    shop_id: str
    product_id: str
    updated_at: Instant
    status: ListingStatus = ListingStatus.ACTIVE
    prices: dict[str, int] = field(default_factory=dict)
    """By SKU, in minor units of the market's currency: those that the seller has set."""


@dataclass(slots=True)
class Listings:
    """Every listing of one world that was ever changed, by shop and product."""

    changed: dict[str, Listing] = field(default_factory=dict)

    def find(self, shop_id: str, product_id: str) -> Listing | None:
        return self.changed.get(f"{shop_id}/{product_id}")

    def open(self, shop_id: str, product_id: str, now: Instant) -> Listing:
        """To write in."""
        key = f"{shop_id}/{product_id}"
        found = self.changed.get(key)
        if found is None:
            found = self.changed[key] = Listing(shop_id, product_id, now)
        return found

    def is_for_sale(self, shop_id: str, product_id: str) -> bool:
        found = self.find(shop_id, product_id)
        return found is None or found.status in FOR_SALE

    def price(self, shop_id: str, product_id: str, sku_id: str) -> int | None:
        """What the seller asks for, if they ever said."""
        found = self.find(shop_id, product_id)
        return found.prices.get(sku_id) if found else None
