"""What a shop asks for its SKUs, set by its seller."""

import re

from mock_api.seller_center.errors import Refusal
from mock_api.seller_center.product import refusals
from mock_api.seller_center.product.catalogue import Product
from mock_api.seller_center.product.inventory import require_skus
from mock_api.seller_center.requests import Body
from simulator.market import MarketProfile
from simulator.offering import MOST_PRICE_MINOR

_DECIMAL = re.compile(r"\d{1,15}(?:\.(\d{1,6}))?")


class NewPrice(Body):
    amount: str | None = None
    """Of sellers who sell at home."""
    sale_price: str | None = None
    """Of sellers who sell across borders."""
    currency: str


class ListPrice(Body):
    amount: str
    currency: str


class ExternalListPrice(ListPrice):
    source: str


class PriceWish(Body):
    id: str
    price: NewPrice
    list_price: ListPrice | None = None
    external_list_prices: list[ExternalListPrice] | None = None


def update_prices(product: Product, wanted: list[PriceWish]) -> None:
    """Set them all; refused as a whole if one is wrong."""
    own = {sku.id: sku for sku in product.skus}
    require_skus([wish.id for wish in wanted], own, refusals.FOREIGN_SKU)
    market = product.world.registry.market
    prices = {wish.id: _minor(wish, market) for wish in wanted}
    product.world.shopkeepers.set_prices(product.shop.id, prices)


def _minor(wish: PriceWish, market: MarketProfile) -> int:
    """In minor units. A shop has no list prices beside its own (simulated: none)."""
    if wish.list_price or wish.external_list_prices:
        raise Refusal(refusals.NO_LIST_PRICE)
    if wish.price.currency != market.currency:
        raise Refusal(refusals.OTHER_CURRENCY)
    asked = wish.price.sale_price or wish.price.amount
    if not asked:
        raise Refusal(refusals.NO_PRICE)
    minor = _parsed(asked, market.minor_digits)
    if not minor:
        raise Refusal(refusals.PRICE_INVALID)
    if minor > MOST_PRICE_MINOR:
        raise Refusal(refusals.PRICE_LIMIT)
    return minor


def _parsed(asked: str, digits: int) -> int:
    """A decimal string with no more places than the currency has, unless they are noughts."""
    match = _DECIMAL.fullmatch(asked)
    part = (match[1] or "") if match else ""
    if match is None or part[digits:].strip("0"):
        raise Refusal(refusals.BAD_PRICE)
    whole = asked.partition(".")[0]
    return int(whole + part[:digits].ljust(digits, "0"))
