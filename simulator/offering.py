"""What sellers do with what their shops offer: on sale or not, at what price, and how much of it.

The checks; a refusal is a DomainError and changes nothing.
"""

from collections.abc import Mapping
from typing import Final

from simulator.catalog import SHELF, Sku, sku_with
from simulator.errors import BadSetting, NotFound, WrongStatus
from simulator.facts import ListingMoved, PriceChanged
from simulator.listings.model import ListingStatus
from simulator.orders.model import Party
from simulator.registry import Registry, Shop

MOST_PRICE_MINOR: Final = 10**12
"""Ours: no source says how dear a thing may be."""

_PRODUCTS: Final = frozenset(sku.product_id for sku in SHELF)


def skus_of(product_id: str) -> list[Sku]:
    """The product's variants; NotFound if there is no such product."""
    if product_id not in _PRODUCTS:
        raise NotFound("product", product_id)
    return [sku for sku in SHELF if sku.product_id == product_id]


def move(here: Registry, shop: Shop, product_id: str, status: ListingStatus, by: Party) -> None:
    """The product goes on sale or off it. What the platform took off, its seller cannot put back;
    a product that already is so stays so."""
    skus_of(product_id)
    listing = here.listings.find(shop.id, product_id)
    now = listing.status if listing else ListingStatus.ACTIVE
    if now is status:
        return
    if by is Party.SELLER and now is ListingStatus.PLATFORM_DEACTIVATED:
        raise WrongStatus(product_id, now, "a product that its seller may sell")
    listing = here.listings.open(shop.id, product_id, here.now)
    listing.status, listing.updated_at = status, here.now
    here.record(ListingMoved(shop.id, product_id, status, by))


def set_prices(here: Registry, shop: Shop, prices: Mapping[str, int]) -> None:
    """Orders from now on pay these, by SKU; all of them or none are set."""
    for sku_id, minor in prices.items():
        sku_with(sku_id)
        if not 0 < minor <= MOST_PRICE_MINOR:
            raise BadSetting("price", repr(minor), f"1 to {MOST_PRICE_MINOR} minor units")
    for sku_id, minor in prices.items():
        product_id = sku_with(sku_id).product_id
        listing = here.listings.open(shop.id, product_id, here.now)
        listing.prices[sku_id], listing.updated_at = minor, here.now
        here.record(PriceChanged(shop.id, product_id, sku_id, minor))
